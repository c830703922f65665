"""Print the problems and messages of commands: one fact a line; colour only for severity."""

import os
import re
import shlex
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

import click

from generator.problem import Problem, Severity

T = TypeVar("T")

LISTED_ALIKE = 3
"""Notices with the same message whose files are listed before the rest are counted."""
LINE_WIDTH = 100
"""Characters of a source line that are shown around the column, if the terminal is as wide."""


def print_problems(problems: Sequence[Problem], root: Path, *, every: bool = False) -> None:
    """Print problems to standard error in their order, with the source line, a caret and what to do.

    Of notices that are alike, the first few places are named, or `every` one.
    """
    if not problems:
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True)
    width = columns(sys.stderr) - 7
    for found in _alike(sorted(problems, key=lambda problem: problem.order)):
        lines = _lines(found, root, width, None if every else LISTED_ALIKE)
        style = "red" if found[0].severity is Severity.ERROR else "yellow"
        label = f"{found[0].severity:7}"
        text = ("\n" + " " * len(label)).join(lines)
        console.print(Text.assemble((label, style), text))  # at once: each call takes long


def say(text: str) -> None:
    """Print text to standard output, without control characters; no word is broken at a terminal's edge."""
    for line in text.split("\n"):
        click.echo("\n".join(wrapped(printable(line), columns(sys.stdout))))


def columns(stream: TextIO) -> int:
    """Return how many characters fit into a line of a terminal; very many where it is none."""
    return shutil.get_terminal_size().columns if stream.isatty() else sys.maxsize


def wrapped(line: str, width: int) -> list[str]:
    """Wrap a line at words; further lines begin below the text after the label of the first one.

    "build    the website" goes on below "the website". A path is never broken, nor put below its label: if it
    is too long it goes beyond the edge, so that terminals still open and copy it as one.
    """
    if len(line) <= width:
        return [line]
    text = _LEADING.sub("", line, count=1)
    label = line.removesuffix(text)
    return textwrap.wrap(
        text,
        width,
        initial_indent=label,
        subsequent_indent=" " * min(len(label), width // 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


_LEADING = re.compile(r"\s*(?:\S+(?: \S+)*\s{2,}|[a-z]+ (?=\S*/))?")
"""A label in a column of its own, or in front of a path."""


def _lines(found: list[Problem], root: Path, width: int, most: int | None) -> Iterator[str]:
    """Yield the lines that say a problem, or several of a kind."""
    problem = found[0]
    message, hint = shown_text(root, problem.message), shown_text(root, problem.hint)
    is_counted = len(found) > 1 and bool(problem.many)
    if is_counted:
        yield f"{len(found)} {problem.many}"
    has_one_message = len({other.message for other in found}) == 1
    for other in found[:most]:
        yield from [_place(other, root)] if has_one_message else _place_and(other, root, width)
    if most and len(found) > most:
        yield f"and {len(found) - most} more"
    if not is_counted:
        yield from wrapped(message, width)
    yield from _source(problem, min(width, LINE_WIDTH))
    if hint:
        yield from wrapped(hint, width)


def _alike(problems: Sequence[Problem]) -> Iterator[list[Problem]]:
    """Yield each problem; notices of a kind are grouped, and those on whole files with the same message."""
    rest: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.severity is Severity.NOTICE and (problem.many or not problem.location.line):
            rest.setdefault((problem.many or problem.message, problem.hint), []).append(problem)
        else:
            yield [problem]
    yield from rest.values()


def shown_path(root: Path, path: str) -> str:
    """Return a path below the digest's folder, or an absolute one, relative to the working directory."""
    try:
        return printable(os.path.relpath(root / path))
    except FileNotFoundError:  # the working directory is gone
        return printable(str(root / path))


def shown_text(root: Path, text: str) -> str:
    """Return text with paths relative to the working directory, and with --root in commands if needed."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it is gone
        return text
    if here == root.resolve():
        return text
    text = _FILE.sub(lambda found: shown_path(root, found[0]), text)
    if root.resolve() in here.parents:  # which is where commands find it
        return text
    option = f" --root {shlex.quote(shown_path(root, ''))}"
    return _COMMAND.sub(lambda found: found[0] + option, text)


_FILE = re.compile(r"(?<![\w./-])content/(?:listings|papers|receipts)/[\w./-]*\w")
_COMMAND = re.compile("`broadsheet [a-z-]+")


def _place(problem: Problem, root: Path) -> str:
    """Return the place as a path that an editor opens from the working directory."""
    numbers = str(problem.location).removeprefix(problem.location.path)
    return shown_path(root, problem.location.path) + numbers


def _place_and(problem: Problem, root: Path, width: int) -> list[str]:
    """Return a place and what is wrong there: in a line, if both fit."""
    place, message = _place(problem, root), shown_text(root, problem.message)
    line = f"{place}  {message}"
    return [line] if len(line) <= width else [place, *wrapped(f"  {message}", width)]


def _source(problem: Problem, width: int) -> list[str]:
    place = problem.location
    if not place.text:
        return []
    number = f"{place.line} | "
    room = max(width - len(number), 20)
    start = max(0, place.column - room // 2) if len(place.text) > room else 0
    shown = printable(place.text[start : start + room])
    caret = " " * (len(number) + place.column - 1 - start) + "^"
    return [number + shown, caret] if place.column else [number + shown]


def printable(text: str) -> str:
    """Return text without control characters, which could steer the terminal: each becomes a middle dot."""
    return "".join("·" if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text)


def track(items: Sequence[T], what: str) -> Iterable[T]:
    """Return the items, with a progress bar on standard error if that is a terminal and there are many."""
    if len(items) < 500 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track as bar

    return bar(items, description=what, console=Console(stderr=True), transient=True)
