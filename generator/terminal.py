"""Print what the commands report: one fact a line; colour only for severity."""

import os
import re
import shlex
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from generator.problem import Problem, Severity

T = TypeVar("T")

LISTED_ALIKE = 3
"""Notices with the same message whose files are listed before the rest are counted."""
LINE_WIDTH = 100
"""Characters of a source line that are shown around the column."""


def print_problems(problems: Sequence[Problem], root: Path) -> None:
    """Print problems to standard error in their order, with the source line, a caret and what to do."""
    if not problems:
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for found in _alike(sorted(problems, key=lambda problem: problem.order)):
        for number, line in enumerate(_lines(found, root)):
            if number:
                console.print(Text(" " * 7 + line))
            else:
                style = "red" if found[0].severity is Severity.ERROR else "yellow"
                console.print(Text(f"{found[0].severity:7}", style=style) + Text(line))


def _lines(found: list[Problem], root: Path) -> Iterator[str]:
    """Yield the lines that say a problem, or several of a kind."""
    problem = found[0]
    texts = shown_text(root, problem.message), shown_text(root, problem.hint)
    folded = problem.many if len(found) > 1 else ""
    if folded:
        yield f"{len(found)} {folded}"
    says_the_same = len({other.message for other in found}) == 1
    for other in found[:LISTED_ALIKE]:
        yield _place(other, root) + ("" if says_the_same else f"  {shown_text(root, other.message)}")
    if len(found) > LISTED_ALIKE:
        yield f"and {len(found) - LISTED_ALIKE} more"
    yield from filter(None, ["" if folded else texts[0], *_source(problem), texts[1]])


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
    """Return a path below the digest's folder, or an absolute one, as it is from the working directory."""
    return printable(os.path.relpath(root / path))


def shown_text(root: Path, text: str) -> str:
    """Return text that names the digest's files, and commands, as they are from the working directory."""
    here = Path.cwd()
    if here == root.resolve():
        return text
    text = _FILE.sub(lambda found: shown_path(root, found[0]), text)
    if root.resolve() in here.parents:  # which is where commands find it
        return text
    option = f" --root {shlex.quote(shown_path(root, ''))}"
    return _COMMAND.sub(lambda found: found[0] + option, text)


_FILE = re.compile(r"\bcontent/(?:listings|papers|receipts)/[\w./-]*\w")
_COMMAND = re.compile("`broadsheet [a-z-]+")


def _place(problem: Problem, root: Path) -> str:
    """Return the place as a path that an editor opens from the working directory."""
    numbers = str(problem.location).removeprefix(problem.location.path)
    return shown_path(root, problem.location.path) + numbers


def _source(problem: Problem) -> list[str]:
    place = problem.location
    if not place.text:
        return []
    start = max(0, place.column - LINE_WIDTH // 2) if len(place.text) > LINE_WIDTH else 0
    shown = printable(place.text[start : start + LINE_WIDTH])
    number = f"{place.line} | "
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
