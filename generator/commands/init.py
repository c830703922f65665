"""Start a digest in a folder, with all files that a first build needs."""

import datetime as dt
from pathlib import Path

import msgspec

from generator.commands.schema import write_schemas
from generator.engine.templates import SHIPPED
from generator.files import write_file
from generator.library.paths import SITE
from generator.problem import Location, Problem, error
from generator.starter.digest import Answers, starter_files


class InitReport(msgspec.Struct, frozen=True, kw_only=True):
    """What init did."""

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files that were there before, and are as they were."""


def init(folder: Path, answers: Answers, today: dt.date) -> InitReport:
    """Write the files of a digest into a folder; files that are there stay as they are.

    A folder that has a digest already is left alone, with an error. Raises OSError.
    """
    if (folder / SITE).exists():
        hint = "Edit it, or name another folder: broadsheet init FOLDER."
        problem = error(Location(path=str(folder / SITE)), "There is a digest already.", hint)
        return InitReport(problems=(problem,))
    files = starter_files(answers, today, (SHIPPED / "static/custom.css").read_text("utf-8"))
    kept = tuple(path for path in files if (folder / path).exists())
    for path, text in files.items():
        if path not in kept:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(folder / path, text.encode())
    written = *(path for path in files if path not in kept), *write_schemas(folder)
    return InitReport(written=written, kept=kept)
