"""The output's folder: the one place that writes and removes published files.

Paths are joined as text here: for a page, building `Path` objects costs more than writing it.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.publishing.ledger import FileState, digest

STAGING = ".broadsheet"
"""Folder in the output where rendered pages wait: on its file system, so that a rename puts them in place."""


class Output(msgspec.Struct, frozen=True):
    """A folder that pages are published to. Paths are relative to it, with forward slashes."""

    folder: str

    def state(self, path: str) -> FileState | None:
        """Return what tells a file from any other state of it, None where there is no file."""
        try:
            found = os.stat(f"{self.folder}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return FileState(size=found.st_size, modified=found.st_mtime_ns, inode=found.st_ino)

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

    def stage(self, number: int, data: bytes) -> None:
        """Let a rendered page wait."""
        with open(f"{self.folder}/{STAGING}/{number}", "wb", buffering=0) as file:
            file.write(data)

    def place(self, number: int, path: str) -> None:
        """Put a waiting page where it belongs, in one step."""
        staged, target = f"{self.folder}/{STAGING}/{number}", f"{self.folder}/{path}"
        try:
            os.replace(staged, target)
        except FileNotFoundError:
            os.makedirs(target.rpartition("/")[0], exist_ok=True)
            os.replace(staged, target)

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
