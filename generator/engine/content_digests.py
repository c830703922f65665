"""Compute the digests of content files. A file whose state has not changed keeps the digest that is known."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.engine.ledger import FileState, StateFolder, read_value, write_value
from generator.files import digest_of, load
from generator.library.paths import content_paths

SETTLED = 2_000_000_000
"""Nanoseconds after a file's last change before its state is kept. If the file changes again within a tick of
the file system's clock (2 s at most), its state stays the same."""
MANY = 16
"""States are written again once one in 16 is new: reading a few files takes less time than writing all."""


class _DigestedFile(msgspec.Struct, frozen=True, array_like=True):
    state: FileState | None
    digest: bytes


class _Kept(msgspec.Struct, frozen=True):
    files: Mapping[str, _DigestedFile] = {}
    """By path."""


def content_digests(root: Path, state: StateFolder) -> dict[str, bytes]:
    """Return the digests of all content files that are read for the site, by path.

    Without a state folder, which the first build makes, none are returned: each reader computes its own.
    """
    if not state.path.exists():
        return {}
    place = state.path / "digests"
    known = (read_value(place, _Kept) or _Kept()).files
    with suppress(OSError):  # another user's digest may be readable only: then states settle later
        os.utime(state.path)
    settled = state.path.stat().st_mtime_ns - SETTLED
    found: dict[str, _DigestedFile] = {}
    new = 0
    for path in content_paths(root):
        now, file = _state(f"{root}/{path}"), known.get(path)
        if file is None or file.state != now:
            file, new = _DigestedFile(now, digest_of(load(root, path))), new + 1
        found[path] = file
    if new * MANY > len(found):
        kept = {path: file for path, file in found.items() if file.state and file.state.changed < settled}
        with suppress(OSError):  # then the next command computes them again
            write_value(place, _Kept(kept))
    return {path: file.digest for path, file in found.items()}


def _state(path: str) -> FileState | None:
    try:
        return FileState.of(os.stat(path))
    except OSError:  # the code that reads the file reports what is wrong with it
        return None
