"""Problems: what is wrong, where, how severe, what to do. A user's mistake is a value, not an exception."""

import errno
import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path

import msgspec


class Severity(StrEnum):
    """How severe a problem is. Only an error sets exit status 1."""

    ERROR = "error"
    NOTICE = "notice"


class Location(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A place in a text file, printed as `content/papers/a.yaml:3:7`."""

    path: str
    """Where the file is, relative to the digest's folder, with forward slashes."""
    line: int = 0
    """Line, counted from 1; 0 for the whole file."""
    column: int = 0
    """Column, in characters counted from 1; 0 for the whole line."""
    last_line: int = 0
    """Last line of the place; 0 if it is one line."""
    text: str = ""
    """The source line itself, without its line break."""

    def __str__(self) -> str:
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join([self.path, *numbers])


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """What to write in place of a piece of a line, where nothing else can be meant."""

    line: int
    column: int
    """Where the piece begins, both counted from 1, the column in characters."""
    old: str
    new: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong or worth knowing, and what to do about it."""

    severity: Severity
    location: Location
    message: str
    hint: str = ""
    """What to do; empty only if the message says it."""
    many: str = ""
    """What several of its kind are called, behind their number: "papers name no author"."""
    fix: Fix | None = None
    """How `broadsheet check --fix` mends it; None where that is not certain."""

    @property
    def order(self) -> tuple[Location, Severity, str]:
        """A total sort key: place first, errors before notices."""
        return self.location, self.severity, self.message


def error(location: Location, message: str, hint: str = "", fix: Fix | None = None) -> Problem:
    """Return a problem that stops a build and sets exit status 1."""
    return Problem(severity=Severity.ERROR, location=location, message=message, hint=hint, fix=fix)


def notice(location: Location, message: str, hint: str = "", many: str = "") -> Problem:
    """Return a problem that is worth knowing and stops nothing."""
    return Problem(severity=Severity.NOTICE, location=location, message=message, hint=hint, many=many)


def file_system_error(flaw: OSError, place: str) -> Problem:
    """Return the error that the file system gave, with what to do; `place` where it names no file.

    Of two names, as where a file is moved, the second is the one that is known.
    """
    hint = _REMEDIES.get(flaw.errno, "Correct that")
    message = f"The file system says: {flaw.strerror or flaw}."
    return error(
        Location(path=str(Path(os.fsdecode(flaw.filename2 or flaw.filename or place)).absolute())),
        message,
        f"{hint}, then try again.",
    )


_REMEDIES: Mapping[int | None, str] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "Free disk space"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Give yourself permission"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "Allow more open files (ulimit -n)"),
    **dict.fromkeys((errno.ENOMEM, errno.EAGAIN), "Use fewer processes (build --jobs 1), or free memory"),
}
"""What to do, by the error's number."""


MOST = 200
"""Errors of one file that are told of one by one."""


def at_most(problems: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """Return the errors of a file, which are looked for as they are asked for; of very many the first ones.

    Then another error says that there are more.
    """
    found = tuple(islice(problems, MOST + 1))
    if len(found) <= MOST:
        return found
    message = f"This file has more than {MOST} errors. The first {MOST} are listed."
    return *found[:MOST], error(Location(path=path), message, "Correct these, then try again.")


def has_error(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
