"""The output's folder: the one place that writes and removes published files.

Paths are joined as text here: for a page, building `Path` objects costs more than writing it.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from time import sleep

import msgspec

from generator.engine.ledger import FileState, Row
from generator.files import digest

STAGING = ".staging"
"""Folder in the output where rendered pages wait: on its file system, so that a rename puts them in place."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC  # a cluster may do lost work again
_MODE = 0o666


class Output(msgspec.Struct, frozen=True):
    """A folder that pages are published to. Paths are relative to it, with forward slashes."""

    folder: str

    def state(self, path: str) -> FileState | None:
        """Return what tells a file from any other state of it, None where there is no file."""
        try:
            return _state(os.stat(f"{self.folder}/{path}"))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def holds(self, rows: Mapping[str, Row]) -> bool:
        """Tell whether every file of the rows, by path, is as it was left."""
        return all(self.state(path) == row.state for path, row in rows.items())

    def is_empty(self) -> bool:
        """Tell whether nothing but dotfiles stands in the folder."""
        return not any(not path.name.startswith(".") for path in Path(self.folder).glob("*"))

    def open_staging(self) -> None:
        """Make an empty folder for rendered pages, whatever a killed build left in it."""
        self.close_staging()
        os.makedirs(f"{self.folder}/{STAGING}")

    def close_staging(self) -> None:
        """Remove the folder for rendered pages with what is in it."""
        shutil.rmtree(f"{self.folder}/{STAGING}", ignore_errors=True)

    def stage(self, path: str, data: bytes) -> FileState:
        """Let a rendered page wait; return the state that it keeps when it is put in place."""
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
        """Put waiting pages in place, in order: each in one step, or with its folder where that is new.

        Whoever alters one from then on alters its state as well, also within one tick of the file system's
        clock.
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
        """Move the outermost folder of a path that is not there yet, with all that waits in it."""
        found = (folder for folder in _folders(path) if not os.path.exists(f"{self.folder}/{folder}"))
        new = next(found, path)  # where all folders are there, it is the waiting page that is not
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
        """Return what keeps a page from its place: a folder there, or a file where its folder would be."""
        if os.path.isdir(f"{self.folder}/{path}"):
            return path
        names = (folder[:-1] for folder in _folders(path))
        return next((name for name in names if os.path.isfile(f"{self.folder}/{name}")), None)

    def _make_way(self, path: str) -> None:
        """Remove a file where a folder would be, or empty folders where a page would be."""
        if (name := self.blocker(path)) != path:
            os.unlink(f"{self.folder}/{name}")
        for folder, _, _ in os.walk(f"{self.folder}/{path}", topdown=False):
            os.rmdir(folder)

    def paths_below(self, path: str) -> Iterator[str]:
        """Yield the paths of all files in a folder."""
        below = Path(self.folder, path).rglob("*")
        return (found.relative_to(self.folder).as_posix() for found in below if not found.is_dir())

    def is_ours(self, path: str, contents: Iterable[bytes]) -> bool:
        """Tell whether a file still holds what a build wrote: bytes of one of the digests."""
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
    """Return the old paths at which a new one has a folder, and those in a folder where a new one is."""
    folders = {folder for path in new for folder in _folders(path)}
    return {path for path in old if f"{path}/" in folders or any(name[:-1] in new for name in _folders(path))}


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path is in, the outermost first: "a/", "a/b/"."""
    return accumulate(f"{name}/" for name in path.split("/")[:-1])


def _state(found: os.stat_result) -> FileState:
    return FileState(size=found.st_size, modified=found.st_mtime_ns, inode=found.st_ino)
