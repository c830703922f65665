"""The command that looks papers up, and what it prints."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.ingest_report import lines_of_plan, outcome_in_words
from generator.cli.options import amount, digest_option, finish, quiet_option
from generator.problem import has_error
from generator.terminal import say

if TYPE_CHECKING:
    from generator.commands.enrich import EnrichReport

SNAPSHOT = "Read FILE, arXiv's snapshot at Kaggle (.json, .gz or .zip), and ask no service."


@click.command()
@digest_option
@quiet_option
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--snapshot",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=SNAPSHOT,
)
@click.option("--again", is_flag=True, help="Ask again what was asked before.")
def enrich(root: Path, quiet: bool, slugs: tuple[str, ...], snapshot: Path | None, again: bool) -> None:
    """Look up identifiers and authors of papers.

    SLUG names papers; without one, all that lack an identifier, a title or authors. By title, an answer is
    taken only if the titles are alike to 0.95, and the abstract or the number of authors agrees. What is
    found is in content/listings/enriched.jsonl: it fills in what no other listing states.
    """
    import logging

    from generator.commands.enrich import enrich as run

    logging.getLogger("stamina").addHandler(logging.NullHandler())  # it would print each attempt
    start = time.perf_counter()
    tell = (lambda _: None) if quiet else say
    done = run(root, slugs, snapshot=snapshot, again=again, tell=tell)
    if done.unknown:
        message = f"There is no paper {done.unknown[0]}. A slug is the name of a record's file."
        raise click.BadParameter(message, param_hint="SLUG")
    problems = [*done.problems, *(done.ingested.problems if done.ingested else ())]
    finish(problems, root, "" if quiet else "\n".join(_lines(done, root, start)))


def _lines(done: "EnrichReport", root: Path, start: float) -> list[str]:
    if has_error(done.problems) and not done.wanted:
        return ["Nothing was looked up."]
    lines = [f"open    {slug}: not found" for slug in done.left]
    lines += [
        f"open    {slug}: may be the paper of {other}; `broadsheet merge {other} {slug}`"
        for slug, other in done.others.items()
    ]
    if done.ingested:
        lines += lines_of_plan(done.ingested, root)
    where = Counter(one.service for one in done.found)
    counts = ", ".join(f"{number} by {service}" for service, number in where.items())
    lines.append(
        f"{len(done.found)} of {amount(done.wanted, 'paper')} found" + (f": {counts}" if counts else "")
    )
    took = f"nothing changed, {time.perf_counter() - start:.2f} s"
    lines.append(outcome_in_words(done.ingested, start) if done.ingested else took)
    return lines
