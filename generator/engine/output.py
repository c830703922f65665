"""The output's folder: the only module that writes and removes published files.

Paths are joined as text here, since building `Path` objects for a page costs more than writing it.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from time import sleep

import msgspec

from generator.engine.ledger import FileState, LedgerRow
from generator.files import digest

STAGING = ".staging"
"""Folder in the output where rendered pages wait: on the same file system, so a rename puts them in place."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC  # a cluster may repeat work that was lost
_MODE = 0o666


class Output(msgspec.Struct, frozen=True):
    """A folder that pages are written to. Paths are relative to it, with forward slashes."""

    folder: str

    def state(self, path: str) -> FileState | None:
        """Return the state of a file, None if there is no file."""
        try:
            return _state(os.stat(f"{self.folder}/{path}"))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def holds(self, rows: Mapping[str, LedgerRow]) -> bool:
        """Tell whether every file of the rows, by path, is as it was left."""
        return all(self.state(path) == row.state for path, row in rows.items())

    def is_empty(self) -> bool:
        """Tell whether the folder has nothing but dotfiles."""
        return not any(not path.name.startswith(".") for path in Path(self.folder).glob("*"))

    @contextmanager
    def staging(self) -> Iterator[None]:
        """Have an empty staging folder until the block ends. What a killed build left there is removed."""
        staging = f"{self.folder}/{STAGING}"
        shutil.rmtree(staging, ignore_errors=True)
        os.makedirs(staging)
        try:
            yield
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def stage(self, path: str, data: bytes) -> FileState:
        """Write a rendered page to the staging folder; return its state, which it keeps when put in place."""
        staged = f"{self.folder}/{STAGING}/{path}"
        try:
            file = os.open(staged, _NEW, _MODE)
        except FileNotFoundError:
            os.makedirs(staged.rpartition("/")[0], exist_ok=True)
            file = os.open(staged, _NEW, _MODE)
        try:
            while data:
                data = data[os.write(file, data) :]
            return _state(os.fstat(file))
        finally:
            os.close(file)

    def place(self, paths: Iterable[str]) -> None:
        """Put staged pages in place, in order: each in one step, or with its folder if that is new.

        Any later change of a page changes its state too, even within one tick of the file system's clock.
        """
        self._await_tick()
        moved: set[str] = set()
        for path in paths:
            if moved and not moved.isdisjoint(_folders(path)):
                continue
            try:
                os.replace(f"{self.folder}/{STAGING}/{path}", f"{self.folder}/{path}")
            except FileNotFoundError:
                moved.add(self._place_folder(path))
            except (IsADirectoryError, NotADirectoryError):
                self._make_way(path)
                moved.add(self._place_folder(path))

    def _place_folder(self, path: str) -> str:
        """Put in place the outermost folder of a path that does not exist yet, with all its staged files."""
        found = (folder for folder in _folders(path) if not os.path.exists(f"{self.folder}/{folder}"))
        new = next(found, path)  # if all folders exist, only the page is missing
        os.rename(f"{self.folder}/{STAGING}/{new}", f"{self.folder}/{new}")
        return new

    def _await_tick(self) -> None:
        staging = f"{self.folder}/{STAGING}"
        os.utime(staging)
        before = os.stat(staging).st_mtime_ns
        while os.stat(staging).st_mtime_ns == before:
            sleep(0.001)
            os.utime(staging)

    def blocker(self, path: str) -> str | None:
        """Return what prevents a page: a folder at its path, or a file where a folder of it has to be."""
        if os.path.isdir(f"{self.folder}/{path}"):
            return path
        names = (folder[:-1] for folder in _folders(path))
        return next((name for name in names if os.path.isfile(f"{self.folder}/{name}")), None)

    def _make_way(self, path: str) -> None:
        """Remove a file where a folder has to be, or empty folders where a page has to be."""
        if (name := self.blocker(path)) != path:
            os.unlink(f"{self.folder}/{name}")
        for folder, _, _ in os.walk(f"{self.folder}/{path}", topdown=False):
            os.rmdir(folder)

    def paths_below(self, path: str) -> Iterator[str]:
        """Yield the paths of all files in a folder."""
        below = Path(self.folder, path).rglob("*")
        return (found.relative_to(self.folder).as_posix() for found in below if not found.is_dir())

    def is_ours(self, path: str, contents: Iterable[bytes]) -> bool:
        """Tell whether a file still has what a build wrote: bytes of one of the digests."""
        try:
            return digest(Path(self.folder, path).read_bytes()) in contents
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        os.unlink(f"{self.folder}/{path}")
        for folder in Path(path).parents[:-1]:
            try:
                os.rmdir(f"{self.folder}/{folder}")
            except OSError:
                break


def crossing(old: Iterable[str], new: Collection[str]) -> set[str]:
    """Return the old paths where a new one needs a folder, and those in a folder that a new one replaces."""
    folders = {folder for path in new for folder in _folders(path)}
    return {path for path in old if f"{path}/" in folders or any(name[:-1] in new for name in _folders(path))}


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path is in, the outermost first: "a/", "a/b/"."""
    return accumulate(f"{name}/" for name in path.split("/")[:-1])


def _state(found: os.stat_result) -> FileState:
    return FileState(size=found.st_size, modified=found.st_mtime_ns, inode=found.st_ino)
