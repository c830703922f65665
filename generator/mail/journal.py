"""Keep the delivery journal: who has an issue already. A run that is killed at any moment leaves it readable.

It is a folder with a file for each issue, and one for addresses that no issue is sent to. It holds keyed
digests of addresses (BLAKE2, RFC 7693), not addresses. Who has the key can test a guess. The key is the
secret of the environment; without one it is made and kept in the folder's file `key`, which only its owner
can read.

    2025-10-30:
    journal 0f1e...            one line, which proves the key
    9a8b... begun              one line for each step: digest of the mailbox, status
    9a8b... sent

A file is appended to and synced line by line, so `files.write_file`, which replaces a file, does not fit.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from generator.files import read_file
from generator.problem import Location, Problem, error


class Delivery(StrEnum):
    """How far the delivery to an address has come."""

    BEGUN = "begun"
    """The server may have the message: nobody can tell unless another status follows."""
    SENT = "sent"
    FAILED = "failed"
    """The server did not take it; it is tried again."""
    REFUSED = "refused"
    """The server knows no such address: it is left out of this issue and the next ones."""


KEY_FILE = "key"
REFUSED_FILE = "refused"
FIRST_LINE = re.compile("journal ([0-9a-f]{32})")
LINE = re.compile(f"([0-9a-f]{{32}}) ({'|'.join(Delivery)})")


class _Rows(NamedTuple):
    """An open file of the journal, and the last status of each name in it."""

    file: FileIO
    statuses: dict[str, Delivery]

    def add(self, name: str, status: Delivery) -> None:
        self.statuses[name] = status
        _append(self.file, f"{name} {status}")


class Journal:
    """The journal of one issue. No other process has it open."""

    def __init__(self, folder: Path, key: bytes, issue: _Rows, refused: _Rows) -> None:
        self.folder = folder
        self._key = key
        self._issue = issue
        self._refused = refused

    def status(self, mailbox: str) -> Delivery | None:
        """Return how far the delivery to a mailbox has come; None if it was never tried."""
        name = _digest(self._key, mailbox)
        return self._refused.statuses.get(name) or self._issue.statuses.get(name)

    def record(self, mailbox: str, status: Delivery) -> None:
        """Record how far the delivery to a mailbox has come. It is on the disk when this returns.

        Raises OSError where the file system refuses.
        """
        rows = self._refused if status is Delivery.REFUSED else self._issue
        rows.add(_digest(self._key, mailbox), status)


@contextmanager
def open_journal(folder: Path, issue: str, secret: str = "") -> Iterator[Journal | Problem]:
    """Yield the journal of an issue, a new one if there is none, or the problem why it cannot be used.

    Takes the folder of all journals, the name of the issue's, such as "2025-10-30", and the secret that the
    key is made of. Raises OSError where the file system refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (REFUSED_FILE, issue):
        (folder / name).touch(0o600)
        read_file(folder / name)  # raises where this is no file, and says so
    with (
        (folder / REFUSED_FILE).open("a+b", buffering=0) as refused,
        (folder / issue).open("a+b", buffering=0) as file,
    ):
        try:
            fcntl.flock(refused, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message, hint = "Another process is sending mail.", "Wait until it has finished."
            yield error(Location(path=str(folder)), message, hint)
            return
        key = blake2b(os.fsencode(secret), digest_size=16).digest() if secret else _kept_key(folder)
        if isinstance(key, Problem):
            yield key
            return
        both = _read(file, folder / issue, key), _read(refused, folder / REFUSED_FILE, key)
        flaws = [found for found in both if isinstance(found, Problem)]
        rows = (found for found in both if isinstance(found, _Rows))
        yield flaws[0] if flaws else Journal(folder, key, *rows)


def _kept_key(folder: Path) -> bytes | Problem:
    """Return the key in the folder, a new one if there is none."""
    path = folder / KEY_FILE
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        path.touch(0o600)
        with path.open("ab", buffering=0) as file:
            _append(file, secrets.token_hex(16))
        _sync(folder)
    text = read_file(path).decode("ascii", "replace").strip()
    if re.fullmatch("[0-9a-f]{32}", text):
        return bytes.fromhex(text)
    hint = "Restore it from a backup. If nobody has an issue yet, remove the folder."
    return error(Location(path=str(path)), "The key of the delivery journal is damaged.", hint)


def _read(file: FileIO, path: Path, key: bytes) -> _Rows | Problem:
    """Return the rows of a file.

    Machines that share a journal by git may join two versions of a file, line by line in any order. So its
    first line may occur twice, and an address with the status "sent" has the issue, whatever other lines say.
    """
    file.seek(0)
    data = file.read()
    whole = data.rfind(b"\n") + 1
    file.truncate(whole)  # a process was killed while it wrote the last line
    proof = _digest(key, "")
    if not whole:
        _append(file, f"journal {proof}")
        _sync(path.parent)
        return _Rows(file, {})
    statuses: dict[str, Delivery] = {}
    for number, line in enumerate(data[:whole].decode("ascii", "replace").splitlines(), start=1):
        place = Location(path=str(path), line=number, text=line)
        if first := FIRST_LINE.fullmatch(line):
            if first[1] != proof:
                hint = f"Set BROADSHEET_MAIL_KEY as it was then, or restore the folder's file {KEY_FILE!r}."
                return error(place, "The delivery journal was written with another key.", hint)
        elif (row := LINE.fullmatch(line)) and number > 1:
            if statuses.get(row[1]) is not Delivery.SENT:
                statuses[row[1]] = Delivery(row[2])
        else:
            return error(place, "The delivery journal of this issue is damaged.", _damaged(line))
    return _Rows(file, statuses)


def _damaged(line: str) -> str:
    if line[:7] in {"<" * 7, "=" * 7, ">" * 7, "|" * 7}:
        return "Keep the lines of both versions, and remove the lines <<<<<<<, ======= and >>>>>>>."
    return "Restore the file from a backup. If nobody has the issue yet, remove it."


def _digest(key: bytes, mailbox: str) -> str:
    return blake2b(mailbox.encode(), key=key, digest_size=16).hexdigest()


def _append(file: FileIO, line: str) -> None:
    data = f"{line}\n".encode("ascii")
    while data:
        data = data[file.write(data) :]
    os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Write the names in a folder to the disk, else a new file may be lost in a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
