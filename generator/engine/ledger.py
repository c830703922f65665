"""The ledger: what the last build wrote, and what it was made from. It is kept outside the output.

While a build writes, a journal next to it has the digests of what is about to be written. So a build that is
killed leaves no file that the next one would not recognise as its own.
"""

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from generator.files import DIGEST, NoFileError, digest, open_lock, read_file, write_file

PATIENCE = 2.0
"""Seconds to wait for another build: the processes of one that was killed end soon after it."""


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """What distinguishes a file from every other state of it, without reading it."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds, as the file system has them."""
    inode: int
    changed: int
    """Nanoseconds: the last change of bytes, name or permissions, which no program can set back."""

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """Return the state of a file of which this is known."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns)


Pieces = tuple[tuple[bytes, int], ...]
"""The pieces of a file in order: the digest of what each is made from, and how many bytes it has."""


class LedgerRow(msgspec.Struct, frozen=True, array_like=True):
    """One file as the last build left it."""

    code: bytes
    """Fingerprint of the program that rendered it."""
    template: bytes
    """Fingerprint of the template it was rendered with."""
    view: bytes
    """Digest of the view it was rendered from."""
    content: bytes
    """Digest of its bytes."""
    state: FileState
    pieces: Pieces = ()
    """Of a long list."""


class Ledger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What earlier builds left in an output."""

    inputs: bytes = b""
    """Digest of all that the last build depended on; empty if no build was finished."""
    source: bytes = b""
    """Of a bundle, the digest of what it was made from."""
    papers: int = 0
    rows: Mapping[str, LedgerRow] = {}
    """The last finished build's files, by path relative to the output's folder."""
    journal: Mapping[str, tuple[bytes, ...]] = {}
    """By path, the digests of what builds killed since then may have written."""
    readable: bool = True
    """False if the ledger or its journal was damaged. All else is empty then."""

    def paths(self) -> set[str]:
        """Return every path that may hold a file written by a build."""
        return {*self.rows, *self.journal}

    def contents(self, path: str) -> tuple[bytes, ...]:
        """Return the digests of everything that builds may have written at the path."""
        row = self.rows.get(path)
        return (*self.journal.get(path, ()), *([row.content] if row else ()))


class StateFolder(msgspec.Struct, frozen=True, kw_only=True):
    """The folder of all that is remembered of one output: ledger, journal, lock and caches."""

    path: Path

    @classmethod
    def of(cls, root: Path, out: Path) -> Self:
        """Return the folder for an output of the digest at `root`: `.broadsheet/site-0123456789ab/`.

        An output inside the digest is known by its path in it, so that the two may move.
        """
        home, place = Path(os.path.realpath(root)), Path(os.path.realpath(out))
        known_by = place.relative_to(home) if place.is_relative_to(home) else place
        name = digest(os.fsencode(known_by)).hex()[:12]
        return cls(path=root / ".broadsheet" / f"{out.name}-{name}")

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Lock the folder until the block ends or its processes die; yield whether that was possible.

        `filelock` would take 34 ms to import, a fifth of the time of a build in which nothing changed.
        """
        with open_lock(self.path / "lock") as file:
            end, is_locked = time.monotonic() + PATIENCE, False
            while not is_locked and time.monotonic() < end:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    is_locked = True
                except BlockingIOError:
                    time.sleep(0.01)
            yield is_locked

    def read_ledger(self) -> Ledger:
        """Return the ledger with its journal; an empty one if there was no build."""
        ledger = read_value(self.path / "ledger", Ledger)
        journal = read_value(self._journal, dict[str, tuple[bytes, ...]])
        if ledger is None or journal is None:
            return Ledger(readable=False)
        return msgspec.structs.replace(ledger, journal=journal)

    def write_journal(self, contents: Mapping[str, tuple[bytes, ...]]) -> None:
        """Keep, by path, the digests of what is about to be written and of what a killed build may have."""
        write_value(self._journal, contents)

    def write_ledger(self, ledger: Ledger) -> None:
        """Keep the ledger with its journal, which replaces the one on disk."""
        write_value(self.path / "ledger", msgspec.structs.replace(ledger, journal={}))
        if ledger.journal:
            self.write_journal(ledger.journal)
        else:
            self._journal.unlink(missing_ok=True)

    @property
    def _journal(self) -> Path:
        return self.path / "journal"


T = TypeVar("T")


def read_value(path: Path, kind: type[T]) -> T | None:
    """Return a file's value, an empty one if there is no file, None if it cannot be read as such a value."""
    try:
        data = memoryview(read_file(path))
        is_whole = data[:DIGEST] == digest(data[DIGEST:])
        return msgspec.msgpack.decode(data[DIGEST:], type=kind) if is_whole else None
    except FileNotFoundError:
        return kind()
    except (msgspec.DecodeError, NoFileError):
        return None


def write_value(path: Path, value: object) -> None:
    """Write a value to a file in one step: 16 bytes of digest, then MessagePack."""
    data = bytearray(DIGEST)
    msgspec.msgpack.Encoder().encode_into(value, data, DIGEST)
    data[:DIGEST] = digest(memoryview(data)[DIGEST:])
    write_file(path, data)
