"""Who has an issue already: a journal on disk that a run which is killed at any moment leaves readable.

It holds no addresses but their keyed digests (BLAKE2, RFC 7693). The key stands in its first line, so who can
read the file can test a guess; its owner alone can.
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


class Mark(StrEnum):
    """How far the mail to an address has come."""

    BEGUN = "begun"
    """The server may have it: nobody can tell, unless another mark follows."""
    SENT = "sent"
    REFUSED = "refused"


KEY = re.compile("key ([0-9a-f]{32})")
LINE = re.compile(f"([0-9a-f]{{32}}) ({'|'.join(Mark)})")


class Journal:
    """The journal of one issue, which no other process has open."""

    def __init__(self, file: BinaryIO, key: str, marks: dict[str, Mark]) -> None:
        self._file = file
        self._key = key
        self._marks = marks

    def mark(self, mailbox: str) -> Mark | None:
        """Return how far the mail to a mailbox has come; None where it was never tried."""
        return self._marks.get(self._digest(mailbox))

    def note(self, mailbox: str, mark: Mark) -> None:
        """Keep how far the mail to a mailbox has come. It is on the disk when this returns."""
        name = self._digest(mailbox)
        self._marks[name] = mark
        _append(self._file, f"{name} {mark}")

    def _digest(self, mailbox: str) -> str:
        return blake2b(mailbox.encode(), key=bytes.fromhex(self._key), digest_size=16).hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Journal | Problem]:
    """Yield the journal, a new one where there is none, or why it cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message, hint = "Another process is sending this issue.", "Wait until it is done."
            yield error(Location(path=str(path)), message, hint)
        else:
            yield _read(file, path)


def _read(file: BinaryIO, path: Path) -> Journal | Problem:
    file.seek(0)
    data = file.read()
    whole = data.rfind(b"\n") + 1
    file.truncate(whole)  # a process was killed while it wrote the rest
    first, *lines = data[:whole].decode("ascii", "replace").splitlines() or [""]
    key, rows = KEY.fullmatch(first), [LINE.fullmatch(line) for line in lines]
    if not whole:
        return Journal(file, _new_key(file, path), {})
    if key is None or None in rows:
        hint = "Restore it. If nobody has the issue yet, remove it."
        return error(Location(path=str(path)), "The journal of who has the issue was altered.", hint)
    return Journal(file, key[1], {row[1]: Mark(row[2]) for row in rows if row})


def _new_key(file: BinaryIO, path: Path) -> str:
    key = secrets.token_hex(16)
    _append(file, f"key {key}")
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else a crash may take the file's name
    finally:
        os.close(folder)
    return key


def _append(file: BinaryIO, line: str) -> None:
    file.write(f"{line}\n".encode("ascii"))
    file.flush()
    os.fsync(file.fileno())
