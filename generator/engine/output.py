"""The output's folder: the only module that writes and removes published files.

Paths are joined as text here, since building `Path` objects for a page costs more than writing it.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from time import sleep

import msgspec

from generator.engine.ledger import FileState, LedgerRow
from generator.files import digest, names_in, read_file

STAGING = ".broadsheet-staging"
"""Folder in the output where rendered files wait: on the same file system, so a rename puts them in place.

No one else has a folder of this name: each build removes what a killed one left there.
"""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC  # a cluster may repeat work that was lost
_MODE = 0o666


class Output(msgspec.Struct, frozen=True):
    """A folder that pages are written to. Paths are relative to it, with forward slashes."""

    folder: str
    staged: str = "pages"
    """Folder in `STAGING`: one for files that are installed together."""

    def state(self, path: str) -> FileState | None:
        """Return the state of a file, None if there is no file. A link is not the file it leads to."""
        try:
            return FileState.of(os.lstat(f"{self.folder}/{path}"))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def bytes_of(self, path: str, row: LedgerRow) -> bytes:
        """Return the bytes of a file, none if it is not as the row says that it was left."""
        try:
            data = read_file(f"{self.folder}/{path}")
        except OSError:
            return b""
        return data if self.state(path) == row.state else b""

    def altered(self, rows: Mapping[str, LedgerRow]) -> dict[str, str]:
        """Return by path, of the files that are not as their rows say, what became of them."""
        return {
            path: "the file was altered" if found else "the file is gone"
            for path, row in rows.items()
            if (found := self.state(path)) != row.state
        }

    def is_empty(self) -> bool:
        """Tell whether the folder has nothing but dotfiles."""
        return not names_in(Path(self.folder))

    def sweep(self) -> None:
        """Remove the staging folder, also what a killed build left there, or a link in its place."""
        shutil.rmtree(f"{self.folder}/{STAGING}", ignore_errors=True)
        with suppress(OSError):
            os.unlink(f"{self.folder}/{STAGING}")

    @property
    def _staging(self) -> str:
        return f"{self.folder}/{STAGING}/{self.staged}"

    def stage(self, path: str, data: bytes) -> FileState:
        """Write a rendered page to the staging folder; return its state.

        It keeps that when put in place, but for `changed`, which `place` returns.
        """
        staged = f"{self._staging}/{path}"
        _make_folder(staged.rpartition("/")[0])
        file = os.open(staged, _NEW, _MODE)
        try:
            while data:
                data = data[os.write(file, data) :]
            return FileState.of(os.fstat(file))
        except OSError as flaw:
            flaw.filename = f"{self.folder}/{path}"
            raise
        finally:
            os.close(file)

    def place(self, paths: Iterable[str]) -> dict[str, int]:
        """Put staged pages in place, in order: each in one step, or with its folder if that is new.

        Any later change of a page changes its state too, even within one tick of the file system's clock.
        Returns, by path, when pages changed that were put in place one by one.
        """
        self._await_tick()
        moved: set[str] = set()
        changed: dict[str, int] = {}
        for path in paths:
            if moved and not moved.isdisjoint(_folders(path)):
                continue
            try:
                if new := self._place(path):
                    moved.add(new)
                else:
                    changed[path] = os.lstat(f"{self.folder}/{path}").st_ctime_ns
            except OSError as flaw:
                flaw.filename, flaw.filename2 = f"{self.folder}/{path}", None  # not where it is staged
                raise
        changed.update((path, os.lstat(f"{self.folder}/{path}").st_ctime_ns) for path in moved)
        return changed

    def _place(self, path: str) -> str:
        """Put a page in place. Where it came with a folder, or something made way, return that path."""
        try:
            os.replace(f"{self._staging}/{path}", f"{self.folder}/{path}")
        except FileNotFoundError:
            return self._place_folder(path)
        except (IsADirectoryError, NotADirectoryError):
            self._make_way(path)
            return self._place_folder(path)
        return ""

    def _place_folder(self, path: str) -> str:
        """Put in place the outermost folder of a path that does not exist yet, with all its staged files."""
        found = (folder for folder in _folders(path) if not os.path.exists(f"{self.folder}/{folder}"))
        new = next(found, path)  # if all folders exist, only the page is missing
        os.rename(f"{self._staging}/{new}", f"{self.folder}/{new}")
        return new

    def _await_tick(self) -> None:
        os.utime(self._staging)
        before = os.stat(self._staging).st_mtime_ns
        while os.stat(self._staging).st_mtime_ns == before:
            sleep(0.001)
            os.utime(self._staging)

    def blocker(self, path: str) -> str | None:
        """Return what prevents a page: a folder at its path, or no folder where one of its has to be."""
        if self._is_there(path):
            return path
        names = (folder[:-1] for folder in _folders(path))
        return next((name for name in names if self.state(name) and not self._is_there(name)), None)

    def linked_folders(self, paths: Iterable[str]) -> list[str]:
        """Return the folders of paths that are symbolic links: what is written there would go elsewhere."""
        folders = {folder[:-1] for path in paths for folder in _folders(path)}
        return sorted(name for name in folders if os.path.islink(f"{self.folder}/{name}"))

    def closed_folders(self, paths: Iterable[str]) -> list[str]:
        """Return the folders in which nothing may be written, although files come there or go."""
        inner = {path.rpartition("/")[0] for path in paths}
        found = {next(filter(self._is_there, (folder, *_parents(folder))), "") for folder in inner}
        return sorted(
            folder for folder in found if not os.access(f"{self.folder}/{folder}", os.W_OK | os.X_OK)
        )

    def _is_there(self, folder: str) -> bool:
        return os.path.isdir(f"{self.folder}/{folder}")

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
        if not os.path.isfile(f"{self.folder}/{path}") or self.linked_folders([path]):
            return False
        return digest(Path(self.folder, path).read_bytes()) in contents

    def remove(self, path: str) -> None:
        """Remove a file, unless it is gone already, and the folders that are empty then."""
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{self.folder}/{path}")
        for folder in Path(path).parents[:-1]:
            try:
                os.rmdir(f"{self.folder}/{folder}")
            except FileNotFoundError:
                continue
            except OSError:
                break


def crossing(old: Iterable[str], new: Collection[str]) -> set[str]:
    """Return the old paths that are in the way of new ones.

    They are where a new one needs a folder, or in a folder that a new one replaces, or differ from a new one
    only in case, or in that of a folder: some file systems do not tell the two apart.
    """
    folders = {folder for path in new for folder in _folders(path)}
    folded = {path.casefold() for path in new}
    respelled = {folder.casefold(): folder for folder in folders}
    return {
        path
        for path in old
        if f"{path}/" in folders
        or path.casefold() in folded
        or any(name[:-1] in new or respelled.get(name.casefold(), name) != name for name in _folders(path))
    }


def _make_folder(path: str) -> None:
    """Make a folder. Most pages have one of their own, so it is not looked for first."""
    try:
        os.mkdir(path)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path is in, the outermost first: "a/", "a/b/"."""
    return accumulate(f"{name}/" for name in path.split("/")[:-1])


def _parents(folder: str) -> list[str]:
    """Return the folders that a folder is in, the innermost first: "a/b", "a"."""
    return [name[:-1] for name in _folders(folder)][::-1]
