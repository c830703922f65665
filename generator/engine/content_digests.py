"""Digests of the files of content: those of files that are as an earlier build read them are known."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.engine.ledger import FileState, StateFolder, read_value, write_value
from generator.files import digest_of, load
from generator.library.paths import content_paths

SETTLED = 2_000_000_000
"""Nanoseconds since a file's last change until its state is kept: if it changes again within a tick of the
file system's clock, which is 2 s at most, it has the same state."""
MANY = 16
"""States are kept again once one in so many is new: to read few files takes less time than to keep all."""


class _DigestedFile(msgspec.Struct, frozen=True, array_like=True):
    state: FileState | None
    digest: bytes


class _Kept(msgspec.Struct, frozen=True):
    files: Mapping[str, _DigestedFile] = {}
    """By path."""


def content_digests(root: Path, state: StateFolder) -> dict[str, bytes]:
    """Return the digests of all files of content that are read for the site, by path.

    The state folder has those of files that are as they were. Without one, which a first build makes, none
    are returned: who reads a file then takes its digest.
    """
    if not state.path.exists():
        return {}
    place = state.path / "digests"
    known = (read_value(place, _Kept) or _Kept()).files
    with suppress(OSError):  # of another's digest, which may be read: states count as settled later
        os.utime(state.path)
    settled = state.path.stat().st_mtime_ns - SETTLED
    found: dict[str, _DigestedFile] = {}
    for path in content_paths(root):
        now, file = _state(f"{root}/{path}"), known.get(path)
        if file is None or file.state != now:
            file = _DigestedFile(now, digest_of(load(root, path)))
        found[path] = file
    new = sum(file is not known.get(path) for path, file in found.items())
    if new * MANY > len(found):
        kept = {path: file for path, file in found.items() if file.state and file.state.changed < settled}
        with suppress(OSError):  # then the next command takes them again
            write_value(place, _Kept(kept))
    return {path: file.digest for path, file in found.items()}


def _state(path: str) -> FileState | None:
    try:
        return FileState.of(os.stat(path))
    except OSError:  # what is wrong with the file is told by who reads it
        return None
