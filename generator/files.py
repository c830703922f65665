"""Bytes of files: reading them, their digests, and the one atomic write."""

import os
from hashlib import sha256
from pathlib import Path

from generator.problem import Location, Problem, error

_BUFFER = 1 << 14
"""Bytes: more than a record has. A larger buffer takes longer to make."""


def load(root: Path, path: str) -> bytes | Problem:
    """Return a file's bytes, or why it cannot be read."""
    try:
        file = os.open(f"{root}/{path}", os.O_RDONLY | os.O_CLOEXEC)  # a file object costs half as much again
        try:
            data = os.read(file, _BUFFER)
            while more := os.read(file, _BUFFER):
                data += more
            return data
        finally:
            os.close(file)
    except OSError as flaw:
        message = f"The file cannot be read: {flaw.strerror}."
        return error(Location(path=path), message, "Make it readable, or remove it if it is not needed.")


def digest_of(data: bytes | Problem) -> bytes:
    """Return the digest of a file's bytes; an empty one if it could not be read."""
    return b"" if isinstance(data, Problem) else digest(data)


DIGEST = 16
"""Bytes of a digest."""


def digest(data: bytes | bytearray | memoryview) -> bytes:
    """Return the first 16 bytes of the SHA-256 of data: processors have instructions for it."""
    return sha256(data).digest()[:DIGEST]


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it has, at any time, either its old bytes or all of the new ones.

    Missing folders are made. Raises OSError, and then leaves nothing behind.
    """
    temporary = path.with_name(f".{path.name}.new")  # hidden: never read as a record, receipt or listing
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
