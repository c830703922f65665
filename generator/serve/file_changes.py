"""What of a digest's files may have changed: told by events, or found out by looking at all of them."""

import os
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import msgspec

from generator.engine.templates import SHIPPED
from generator.files import digest_of, load
from generator.library.paths import is_record, record_paths
from generator.library.snapshot import Snapshot

SETTLED = 2_000_000_000
"""Nanoseconds until another change has another time: file systems count in steps of up to this."""
SLICE = 50
"""Files that are looked at before an edit may come in between."""


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """What may have changed."""

    records: frozenset[str] = frozenset()
    """Paths of records, relative to the digest's folder."""
    others: bool = False
    """Whether other content may have."""
    templates: bool = False


def sight_of(root: Path, changed: Iterable[Path]) -> Sight | None:
    """Return what changed files mean, None where anything may have changed.

    That is so for a folder, and for what is neither below the content nor below the templates: it may be
    either, by a link.
    """
    records, others, templates = set(), False, False
    for path in changed:
        if path.is_dir():
            return None
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        if name.startswith("content/papers/"):
            if is_record(path.name):
                records.add(name)
        elif name.startswith("content/"):
            others = True
        elif name.startswith("templates/") or path.is_relative_to(SHIPPED):
            templates = True
        else:
            return None
    return Sight(records=frozenset(records), others=others, templates=templates)


State = tuple[int, int, int]
"""What tells a file from any other state of it: its inode, its size, and when either last changed."""


class Survey:
    """Finds the records that differ from what is served. A file that looks as before is not read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._alike: dict[str, State] = {}
        """Records that did not differ, as they were then."""

    def steps(self, reading: Callable[[], Snapshot]) -> Generator[None, None, frozenset[str]]:
        """Look at all records, a few at each step; return the paths of those that differ.

        `reading` gives what is served, which may change between two steps.
        """
        alike: dict[str, State] = {}
        differing = {*reading().files}
        for number, path in enumerate(record_paths(self._root), 1):
            state = _state(f"{self._root}/{path}")
            if (state and state == self._alike.get(path)) or self._is_alike(path, reading()):
                differing.discard(path)
                if state:
                    alike[path] = state
            else:
                differing.add(path)
            if number % SLICE == 0:
                yield
        self._alike = alike
        return frozenset(differing)

    def _is_alike(self, path: str, reading: Snapshot) -> bool:
        known = reading.files.get(path)
        return known is not None and known.digest == digest_of(load(self._root, path))


def _state(path: str) -> State | None:
    """Return the state of a file; None where there is none, or where a change may not show in it."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    settled = time.time_ns() - found.st_ctime_ns > SETTLED
    return (found.st_ino, found.st_size, found.st_ctime_ns) if settled else None
