"""Which parts of a digest may have changed: as events name files, or found by a rescan of all files."""

import os
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import msgspec

from generator.engine.templates import SHIPPED
from generator.files import digest_of, in_utf8, load
from generator.library.paths import is_record, record_paths
from generator.library.snapshot import Snapshot

TIMESTAMP_STEP = 2_000_000_000
"""Nanoseconds within which two changes may have the same time: file systems count in steps of up to this."""
BATCH = 50
"""Files that a rescan checks before the watcher may read an edit."""


class FileChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What may have changed."""

    records: frozenset[str]
    """Paths of records, relative to the digest's folder."""
    others: bool
    """Whether other content may have."""
    templates: bool


def changes_of(root: Path, paths: Iterable[Path]) -> FileChanges | None:
    """Return what changed files mean for the digest at `root`; None where anything may have changed.

    That is so for a folder, and for a file outside content and templates, which a link may lead to.

        content/papers/2025/a.yaml  -> records={"content/papers/2025/a.yaml"}
        content/site.yaml           -> others=True
        templates/paper.html        -> templates=True
    """
    records, others, templates = set(), False, False
    for path in paths:
        if path.is_dir():
            return None
        name = in_utf8(path.relative_to(root).as_posix()) if path.is_relative_to(root) else ""
        if name.startswith("content/papers/"):
            if is_record(path.name):
                records.add(name)
            else:
                others = True  # it may be a file that nothing reads
        elif name.startswith("content/"):
            others = True
        elif name.startswith("templates/") or path.is_relative_to(SHIPPED):
            templates = True
        else:
            return None
    return FileChanges(records=frozenset(records), others=others, templates=templates)


FileStat = tuple[int, int, int]
"""Inode, size and time of the last change (ns): a file with the same three is taken to be unchanged."""


class RecordScan:
    """Finds the records that differ from those served. It reads only files whose stat has changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unchanged: dict[str, FileStat] = {}
        """The stat of each record that did not differ."""

    def steps(self, content: Callable[[], Snapshot]) -> Generator[None, None, frozenset[str]]:
        """Check all records, `BATCH` at each step; return the paths of those that differ.

        `content` returns what is served, which may change between two steps.
        """
        unchanged: dict[str, FileStat] = {}
        differing = {*content().files}
        for number, path in enumerate(record_paths(self._root), 1):
            stat = _stat(f"{self._root}/{path}")
            is_same = stat and stat == self._unchanged.get(path)
            if is_same or content().digest_of(path) == digest_of(load(self._root, path)):
                differing.discard(path)
                if stat:
                    unchanged[path] = stat
            else:
                differing.add(path)
            if number % BATCH == 0:
                yield
        self._unchanged = unchanged
        return frozenset(differing)


def _stat(path: str) -> FileStat | None:
    """Return the stat of a file; None for a missing one, or one changed so lately that more may not show."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    settled = time.time_ns() - found.st_ctime_ns > TIMESTAMP_STEP
    return (found.st_ino, found.st_size, found.st_ctime_ns) if settled else None
