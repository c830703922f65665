"""The files for programs of a digest, rendered in memory."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.library.library import Library
from generator.website.api import planner


class Published(NamedTuple):
    """A digest, and its files by path."""

    library: Library
    files: dict[str, str]

    def documents(self) -> Iterator[tuple[str, str]]:
        """Yield each document but the schema, with its path: a file, or a line of one."""
        for path, text in self.files.items():
            if path != planner.SCHEMA:
                yield from (
                    (path, document) for document in (text.split("\n")[:-1] if "jsonl" in path else [text])
                )
