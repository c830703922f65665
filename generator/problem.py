"""What is wrong, where, how bad, and what to do about it: a user's mistake is a value, never an exception."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How bad a problem is. Only an error sets exit status 1."""

    ERROR = "error"
    NOTICE = "notice"


class Location(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A place in a text file that somebody wrote."""

    path: str
    """Where the file is, relative to the digest's folder, with forward slashes."""
    line: int = 0
    """Line, counted from 1; 0 where the problem is the whole file."""
    column: int = 0
    """Column, in characters counted from 1; 0 where it is the whole line."""
    last_line: int = 0
    """Last line the problem speaks of; 0 where it is one line."""
    text: str = ""
    """The source line itself, without its line break."""

    def __str__(self) -> str:
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join([self.path, *numbers])


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a person should know of, and what they can do about it."""

    severity: Severity
    location: Location
    message: str
    hint: str = ""
    """What to do; empty only where the message says so itself."""

    @property
    def order(self) -> tuple[Location, Severity, str]:
        """A sort key that is total: place first, errors before notices."""
        return self.location, self.severity, self.message


def error(location: Location, message: str, hint: str = "") -> Problem:
    """Return a problem that stops a build and sets exit status 1."""
    return Problem(severity=Severity.ERROR, location=location, message=message, hint=hint)


def notice(location: Location, message: str, hint: str = "") -> Problem:
    """Return a problem that a person should know of and that stops nothing."""
    return Problem(severity=Severity.NOTICE, location=location, message=message, hint=hint)


def has_error(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
