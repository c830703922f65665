"""The command that fetches listings, and what it prints for each source."""

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.ingest_report import lines_of_capture, lines_of_plan, outcome_in_words
from generator.cli.options import a_day, digest_option, finish, quiet_option
from generator.problem import has_error
from generator.terminal import shown_path

if TYPE_CHECKING:
    from generator.commands.fetch import SourceReport

ISSUE = "Issue to file the listings under: 2025-10-30, today, yesterday or a weekday."
NO_SOURCES = """\
No sources in content/site.yaml. Name some, such as:

sources:
- name: arxiv
  where: arxiv:cs.CL+cs.LG
- name: hf
  where: hf-daily"""


@click.command()
@digest_option
@quiet_option
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--issue", metavar="DAY", callback=a_day, default="today", show_default=True, help=ISSUE)
def fetch(root: Path, quiet: bool, names: tuple[str, ...], issue: dt.date) -> None:
    """Fetch listings, and read them into records.

    NAME is that of a source in content/site.yaml; without one, all are asked. Exit status 1 if one fails.
    """
    import logging

    from generator.commands.fetch import FetchOutcome
    from generator.commands.fetch import fetch as run

    logging.getLogger("stamina").addHandler(logging.NullHandler())  # it would print each attempt
    start = time.perf_counter()
    found = run(root, issue, names)
    if found.unknown:
        known = ", ".join(found.names) or "none"
        message = f"There is no source {found.unknown[0]}. The sources are: {known}."
        raise click.BadParameter(message, param_hint="NAME")
    if not found.sources:
        finish(found.problems, root, "" if has_error(found.problems) else NO_SOURCES)
    lines = [line for source in found.sources for line in _lines(source, root, issue)]
    if found.ingested:
        lines += [*lines_of_plan(found.ingested, root), outcome_in_words(found.ingested, start)]
    else:
        lines.append(f"nothing new, {time.perf_counter() - start:.2f} s")
    failed = any(one.outcome in {FetchOutcome.REFUSED, FetchOutcome.FAILED} for one in found.sources)
    problems = [*found.problems, *(found.ingested.problems if found.ingested else ())]
    finish(problems, root, "" if quiet else "\n".join(lines), failed=failed)


def _lines(source: "SourceReport", root: Path, issue: dt.date) -> list[str]:
    """Return the lines that are printed for a source."""
    from generator.commands.fetch import FetchOutcome

    if source.outcome is FetchOutcome.EMPTY:
        return [f"empty   {source.name}: no announcement today"]
    if source.outcome is FetchOutcome.UNCHANGED:
        where = f" since {shown_path(root, source.listing)}" if source.listing else " since the last fetch"
        return [f"known   {source.name}: nothing new{where}"]
    if source.outcome is FetchOutcome.FAILED:
        return [f"failed  {source.name}"]
    if source.capture is None:
        return [f"refused {source.name}"]
    lines = list(lines_of_capture(source.capture, root))
    if source.outcome is FetchOutcome.REFUSED:
        file = shown_path(root, source.capture.file)
        lines = [f"refused {source.name}: {reason}" for reason in source.capture.refusals or ("see below",)]
        if source.capture.refusals:
            lines.append(f'        `broadsheet ingest {file} --issue {issue} --anyway "why"` files it.')
    return lines
