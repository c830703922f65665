"""Fix the mistakes in content that have only one possible correction. Every other byte stays."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from generator.commands.ingest import locked
from generator.files import load, write_file
from generator.library.snapshot import Snapshot, read_again, read_library
from generator.problem import Fix, Location, Problem

BOM = b"\xef\xbb\xbf"


class Fixed(NamedTuple):
    """A piece of a file that was mended."""

    place: Location
    old: str
    new: str


def fix(root: Path, is_wanted: Callable[[Problem], bool]) -> tuple[Fixed, ...]:
    """Fix the wanted problems of the digest at `root` that have a certain correction; return what was done.

    One mistake in a file may hide others, so the file is read again after each fix. If the problem is still
    there then, the fix is taken back. Raises OSError.
    """
    done: list[Fixed] = []
    tried: set[Problem] = set()
    with locked(root):
        content = read_library(root)
        while found := _first_of_files(
            one for one in content.problems if is_wanted(one) and one not in tried
        ):
            tried.update(found.values())
            written = {path: before for path, one in found.items() if (before := _mended(root, one))}
            content = _read(root, content, found)
            for path, before in written.items():
                problem = found[path]
                if _is_there(problem, content):
                    write_file(root / path, before)
                elif problem.fix:
                    done.append(_fixed(problem.location, problem.fix))
            content = _read(root, content, found)
    return tuple(sorted(done))


def _first_of_files(problems: Iterable[Problem]) -> dict[str, Problem]:
    """Return for each file, by path, its first problem that has a fix."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.fix:
            found.setdefault(problem.location.path, problem)
    return found


def _read(root: Path, content: Snapshot, paths: Iterable[str]) -> Snapshot:
    return read_again(root, content, frozenset(paths) & content.files.keys(), others=True)


def _mended(root: Path, problem: Problem) -> bytes:
    """Write a file with a problem fixed, and return its former bytes; empty if nothing was written."""
    path, mend, data = problem.location.path, problem.fix, load(root, problem.location.path)
    if mend is None or isinstance(data, Problem):
        return b""
    mark = BOM if data.startswith(BOM) else b""
    lines = data.removeprefix(mark).decode("utf-8", "surrogateescape").split("\n")
    line, start = lines[mend.line - 1] if mend.line <= len(lines) else "", mend.column - 1
    if line[start : start + len(mend.old)] != mend.old:
        return b""
    lines[mend.line - 1] = line[:start] + mend.new + line[start + len(mend.old) :]
    write_file(root / path, mark + "\n".join(lines).encode("utf-8", "surrogateescape"))
    return data


def _is_there(problem: Problem, content: Snapshot) -> bool:
    """Tell whether a file still has the problem, on the same line."""
    place = problem.location
    return any(
        (other.location.line, other.message) == (place.line, problem.message)
        for other in content.flaws.get(place.path, ())
    )


def _fixed(place: Location, mend: Fix) -> Fixed:
    return Fixed(Location(path=place.path, line=mend.line, column=mend.column), mend.old, mend.new)
