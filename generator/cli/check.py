"""The command that checks a digest."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from generator.cli.options import amount, digest_option, finish, quiet_option
from generator.problem import Problem, Severity, has_error
from generator.processes import processes
from generator.terminal import printable, shown_path

if TYPE_CHECKING:
    from generator.commands.check import CheckReport

FORMATS = ("text", "github", "json")
BACKSLASH_T = r"\t"
MEGABYTE = 1_000_000


@click.command()
@digest_option
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Name every place of notices that are alike.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Text for people, annotations for a GitHub workflow, or JSON.",
)
@click.option("--fix", "is_fixing", is_flag=True, help="First mend what cannot be meant otherwise.")
def check(
    root: Path, quiet: bool, verbose: bool, files: tuple[Path, ...], form: str, is_fixing: bool
) -> None:
    """List every problem in content and templates.

    With FILE, list only those of some files or folders. --fix mends, in place and byte for byte otherwise: a
    list of one word without brackets, yes for true, a day as 2025/1/2, an arXiv identifier or DOI given as an
    address, a text that needs quotes, a colon without space, tabs that indent, the old name of a theme.
    """
    from generator.commands.check import check as run

    fixed = _fixed(root, files) if is_fixing else []
    if is_fixing and form == "text":
        click.echo("\n".join(fixed or ["Nothing to fix that is certain."]))
    report = run(root, processes())
    problems = [problem for problem in report.problems if _is_in(root, problem, files)]
    shown = [problem for problem in problems if not quiet or problem.severity is Severity.ERROR]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counts = {
        "papers": report.papers,
        "unsorted": report.unsorted,
        "picked": report.picked,
        "drafts": report.drafts,
        "images": report.images,
        "image_bytes": report.image_bytes,
        "errors": errors,
        "notices": len(problems) - errors,
    }
    if form != "text":
        click.echo(_json(shown, counts) if form == "json" else _annotations(shown, root), nl=form == "json")
        raise SystemExit(has_error(problems))
    tally = f"{amount(errors, 'error')}, {amount(len(problems) - errors, 'notice')}."
    finish(shown, root, "" if quiet else tally if files else f"{tally} {_left(report)}", every=verbose)


def _fixed(root: Path, files: Sequence[Path]) -> list[str]:
    """Fix what is certain in these files, or in all, and return a line for each change."""
    from generator.commands.fix import fix

    done = fix(root, lambda problem: _is_in(root, problem, files))
    places = (f"{shown_path(root, place.path)}:{place.line}:{place.column}" for place, _, _ in done)
    changes = (f"{_visible(old)} -> {_visible(new)}" for _, old, new in done)
    return [f"fixed  {place}  {change}" for place, change in zip(places, changes, strict=True)]


def _visible(text: str) -> str:
    """Return a piece of a line for the terminal, in backquotes; a tab as in YAML's double quotes."""
    return f"`{printable(text.replace(chr(9), BACKSLASH_T))}`"


def _left(report: "CheckReport") -> str:
    """Return what the digest has, and what is left to do: "342 papers, 57 unsorted, 4 picked."."""
    size = report.image_bytes
    whole = f"{size / 1e6:.1f} MB" if size >= MEGABYTE else f"{size / 1e3:.0f} KB"
    facts = [
        amount(report.papers, "paper"),
        f"{report.unsorted} unsorted",
        f"{report.picked} picked",
        *([f"{amount(report.images, 'image')} of {whole}"] if report.images else []),
        *([amount(report.drafts, "draft")] if report.drafts else []),
    ]
    return f"{', '.join(facts)}."


def _is_in(root: Path, problem: Problem, files: Sequence[Path]) -> bool:
    # `resolve` would raise on a loop of links
    place = Path(os.path.realpath(root / problem.location.path))
    return not files or any(place.is_relative_to(os.path.realpath(file)) for file in files)


def _json(problems: Sequence[Problem], counts: dict[str, int]) -> str:
    rows = [msgspec.to_builtins(problem) for problem in problems]
    for row in rows:
        del row["many"], row["fix"]
    return json.dumps({**counts, "problems": rows}, indent=2, ensure_ascii=False)


def _annotations(problems: Sequence[Problem], root: Path) -> str:
    """Return problems as a GitHub workflow annotates files with them.

    See docs.github.com/actions/reference/workflow-commands-for-github-actions:
    `::error file=content/papers/a.yaml,line=1,col=7::'yes' is not true or false.`
    """
    return "".join(f"{_annotation(problem, root)}\n" for problem in problems)


def _annotation(problem: Problem, root: Path) -> str:
    place = problem.location
    rows = [("file", shown_path(root, place.path)), ("line", place.line), ("col", place.column)]
    where = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in rows if value)
    message = _escaped(" ".join(filter(None, (problem.message, problem.hint))), "")
    return f"::{problem.severity} {where}::{message}"


def _escaped(text: str, more: str) -> str:
    """Return text with the characters escaped that end a workflow command, or a part of it."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text
