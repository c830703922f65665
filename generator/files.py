"""Bytes of files: reading them, their digests, and the one atomic write."""

import os
from hashlib import sha256
from pathlib import Path

from generator.problem import Location, Problem, error

_BUFFER = 1 << 14
"""Bytes: more than a record has. A buffer that no file fills costs time to make."""


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
        return error(
            Location(path=path), message, "Make it readable; remove it if the digest can do without."
        )


def digest_of(data: bytes | Problem) -> bytes:
    """Return the digest of a file's bytes; of one that cannot be read, none."""
    return b"" if isinstance(data, Problem) else digest(data)


DIGEST = 16
"""Bytes of a digest."""


def digest(data: bytes | bytearray | memoryview) -> bytes:
    """Return what stands for bytes: half of their SHA-256, for which processors have instructions."""
    return sha256(data).digest()[:DIGEST]


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it holds, at any time, what it held before or all of the new bytes.

    Folders that are missing are made. Raises OSError, and leaves nothing behind then.
    """
    temporary = path.with_name(f".{path.name}.new")  # hidden: never read as a record, receipt or listing
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
