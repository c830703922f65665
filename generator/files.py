"""Read files, compute digests of their bytes, and write a file atomically."""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import IO

from generator.problem import Location, Problem, error

_READING = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # else opening a pipe waits for a writer


class NoFileError(OSError):
    """There is a folder, a pipe or a device in place of a file."""


def read_file(path: str | Path) -> bytes:
    """Return a file's bytes. Raises OSError: NoFileError where reading might never end, as of a pipe."""
    file = os.open(path, _READING)  # a file object costs half as much again
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or device"
            raise NoFileError(errno.EISDIR, f"This is {what}, not a file", str(path))
        parts = []
        while part := os.read(file, found.st_size + 1):
            parts.append(part)
        return b"".join(parts)  # a single part is not copied
    finally:
        os.close(file)


def load(root: Path, path: str) -> bytes | Problem:
    """Return a file's bytes, or why it cannot be read; `path` is as `in_utf8` gives it, or absolute."""
    try:
        return read_file(path if path.startswith("/") else f"{root}/{path}")
    except NoFileError as flaw:
        return _no_file(root / path, path, flaw)
    except OSError as flaw:
        if "\\x" in path and isinstance(flaw, FileNotFoundError):
            return error(Location(path=path), "The file's name is not in UTF-8.", "Rename it.")
        message = f"The file cannot be read: {flaw.strerror}."
        return error(Location(path=path), message, "Make it readable, or remove it if it is not needed.")


def names_in(folder: Path) -> list[str]:
    """Return the names of the files and folders in a folder, in order, without hidden ones; none without it.

    Raises OSError if they cannot be read: they are not to be taken for gone, as they are by `Path.glob`. So
    of a link that leads nowhere: perhaps its disk is not mounted.
    """
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        if folder.is_symlink():
            raise
    return []


def walk(folder: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield what `os.walk` does of a folder. Raises OSError if one in it cannot be read."""
    return os.walk(folder, onerror=_raised)


def _raised(flaw: OSError) -> None:
    if not isinstance(flaw, FileNotFoundError) or os.path.islink(flaw.filename):  # else it is not there
        raise flaw


def _no_file(place: Path, path: str, flaw: NoFileError) -> Problem:
    message, hint = f"{flaw.strerror}.", "Rename it." if place.is_dir() else "Remove it."
    if place.is_dir() and place.is_symlink():
        message = "This folder is a symbolic link, so what is in it is not read."
        hint = "Put the folder itself here."
    return error(Location(path=path), message, hint)


def in_utf8(path: str) -> str:
    r"""Return a path that can be written down: bytes that are not UTF-8 as `\xff`. No file is there then."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def digest_of(data: bytes | Problem) -> bytes:
    """Return the digest of a file's bytes; an empty one if it could not be read."""
    return b"" if isinstance(data, Problem) else digest(data)


DIGEST = 16
"""Bytes of a digest."""


def digest(data: bytes | bytearray | memoryview) -> bytes:
    """Return the first 16 bytes of the SHA-256 of data: processors have instructions for it."""
    return sha256(data).digest()[:DIGEST]


def write_file(path: Path, data: bytes | bytearray) -> None:
    """Write a file so that it has, at any time, either its old bytes or all of the new ones.

    It keeps its mode; missing folders are made. Raises OSError, which names the file, and then leaves nothing
    behind: also where the file may not be written, although its folder may.
    """
    temporary = path.with_name(f".{path.name}.new")  # hidden: never read as a record, receipt or listing
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        is_new = not path.exists()
        if not (is_new or os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not is_new and (other := _other_spelling(str(path.parent), path.name)):
            path.with_name(other).rename(path)  # else it might keep that name
        temporary.unlink(missing_ok=True)  # of a killed process; or a link or pipe, to which it would go
        temporary.write_bytes(data)
        if not is_new:
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except BaseException as flaw:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(flaw, OSError):
            flaw.filename = str(path)
        raise


def open_lock(path: Path) -> IO[bytes]:
    """Open a file that is only there to be locked, and make it and its folders if needed. Raises OSError.

    What is in it stays, and nothing is waited for: it may be a link to another file, or a pipe.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b", buffering=0)


def is_there(root: Path, path: str) -> bool:
    """Tell whether there is anything at a path, which is as `in_utf8` gives it, of just this spelling."""
    named = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), path.encode())
    if not any(os.path.lexists(os.path.join(os.fsencode(root), name)) for name in (path.encode(), named)):
        return False
    parts = path.split("/")
    return not any(
        _other_spelling("/".join((str(root), *parts[:depth])), name) for depth, name in enumerate(parts)
    )


_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def _other_spelling(folder: str, name: str) -> str:
    """Return the name that a file of a folder has, where the file system finds it by others too.

    Nothing where it has this very name. Where the file system tells names apart by case, that takes no more
    than a look for one that is not there.
    """
    if not os.path.lexists(f"{folder}/{name.swapcase()}") or name in (names := os.listdir(folder)):
        return ""
    return next((other for other in names if _folded(other) == _folded(name)), "")


def indistinct(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield an error for each path that some file systems cannot tell from one before, in itself or a folder.

    macOS and Windows do not tell `Logo.png` from `logo.png`, and keep only one of the two.
    """
    spelled: dict[str, str] = {}
    for path in paths:
        for part in accumulate(path.split("/"), "{}/{}".format):
            if (other := spelled.setdefault(_folded(part), part)) != part:
                message = f"Some file systems cannot tell this name from {other}."
                yield error(Location(path=path), message, "Rename one of the two.")
                break


def _folded(name: str) -> str:
    """Return what names have in common that a file system may take for one: letters of any case or form."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name.casefold())
