"""The delivery journal: who has an issue already. A run that is killed at any moment leaves it readable.

It holds keyed digests of addresses (BLAKE2, RFC 7693), not addresses. The key is in its first line, so
anyone who can read the file can test a guess; only its owner can read it.

    key 0f1e...                one line, 32 hexadecimal digits
    9a8b... begun              one line for each step: digest of the mailbox, status
    9a8b... sent

It is appended to and synced line by line, so `files.write_file`, which replaces a file, does not fit.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from generator.problem import Location, Problem, error


class Delivery(StrEnum):
    """How far the delivery to an address has come."""

    BEGUN = "begun"
    """The server may have the message: nobody can tell unless another status follows."""
    SENT = "sent"
    REFUSED = "refused"


KEY = re.compile("key ([0-9a-f]{32})")
LINE = re.compile(f"([0-9a-f]{{32}}) ({'|'.join(Delivery)})")


class Journal:
    """The journal of one issue. No other process has it open."""

    def __init__(self, file: BinaryIO, key: str, statuses: dict[str, Delivery]) -> None:
        self._file = file
        self._key = key
        self._statuses = statuses

    def status(self, mailbox: str) -> Delivery | None:
        """Return how far the delivery to a mailbox has come; None if it was never tried."""
        return self._statuses.get(self._digest(mailbox))

    def record(self, mailbox: str, status: Delivery) -> None:
        """Record how far the delivery to a mailbox has come. It is on the disk when this returns."""
        name = self._digest(mailbox)
        self._statuses[name] = status
        _append(self._file, f"{name} {status}")

    def _digest(self, mailbox: str) -> str:
        return blake2b(mailbox.encode(), key=bytes.fromhex(self._key), digest_size=16).hexdigest()


@contextmanager
def open_journal(path: Path) -> Iterator[Journal | Problem]:
    """Yield the journal, a new one if there is none, or the problem why it cannot be used.

    Raises OSError where the file system refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message, hint = "Another process is sending this issue.", "Wait until it has finished."
            yield error(Location(path=str(path)), message, hint)
        else:
            yield _read(file, path)


def _read(file: BinaryIO, path: Path) -> Journal | Problem:
    file.seek(0)
    data = file.read()
    whole = data.rfind(b"\n") + 1
    file.truncate(whole)  # a process was killed while it wrote the last line
    first, *lines = data[:whole].decode("ascii", "replace").splitlines() or [""]
    key, rows = KEY.fullmatch(first), [LINE.fullmatch(line) for line in lines]
    if not whole:
        return Journal(file, _new_key(file, path), {})
    if key is None or None in rows:
        hint = "Restore it from a backup. If nobody has the issue yet, remove it."
        return error(Location(path=str(path)), "The delivery journal of this issue is damaged.", hint)
    return Journal(file, key[1], {row[1]: Delivery(row[2]) for row in rows if row})


def _new_key(file: BinaryIO, path: Path) -> str:
    key = secrets.token_hex(16)
    _append(file, f"key {key}")
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else the file may be lost in a crash
    finally:
        os.close(folder)
    return key


def _append(file: BinaryIO, line: str) -> None:
    file.write(f"{line}\n".encode("ascii"))
    file.flush()
    os.fsync(file.fileno())
