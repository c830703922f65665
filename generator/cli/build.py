"""The command that builds the website."""

import time
from functools import partial
from pathlib import Path

import click

from generator.cli.options import amount, digest_option, finish, quiet_option
from generator.problem import has_error
from generator.processes import processes
from generator.terminal import say, track


@click.command()
@digest_option
@quiet_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: site]"
)
@click.option("--clean", is_flag=True, help="Render every page, and overwrite files that are in the way.")
@click.option(
    "--stage",
    type=click.Choice(["core", "exports", "mail", "images", "search"]),
    help="Render only one stage.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Number of processes for large builds.  [default: one for each core]",
)
@click.option("-v", "--explain", is_flag=True, help="Print why each page was rendered.")
def build(
    root: Path, quiet: bool, out: Path | None, clean: bool, stage: str | None, jobs: int | None, explain: bool
) -> None:
    """Write the website."""
    from generator.commands.build import build as run

    start = time.perf_counter()
    report = run(
        root,
        out or root / "site",
        clean=clean,
        stage=stage,
        workers=processes(jobs),
        track=partial(track, what="Rendering"),
    )
    if explain:
        for path, reason in report.changes:
            say(f"{path}: {reason}")
    if has_error(report.problems):
        finish(report.problems, root, "" if report.planned or report.broke_off else "Nothing was written.")
    facts = [
        amount(report.papers, "paper"),
        amount(report.planned, "page"),
        f"{report.written} written",
        *([f"{report.removed} removed"] if report.removed else []),
        f"{time.perf_counter() - start:.2f} s",
    ]
    finish(report.problems, root, "" if quiet else ", ".join(facts))
