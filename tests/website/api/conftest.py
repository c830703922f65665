"""The files for programs of two digests, as they are published."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.engine.templates import SHIPPED
from generator.library.library import Library
from generator.website.api import planner
from tests.support.digest import write_files
from tests.support.feed_documents import HOSTILE, read
from tests.support.libraries import planned, rendered


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


@pytest.fixture(scope="session", params=["shipped", "hostile"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    root: Path = SHIPPED.parent
    if request.param == "hostile":
        root = tmp_path_factory.mktemp("hostile")
        write_files(root, HOSTILE)
    found = read(root)
    return Published(found, {path: rendered(page) for path, page in planned(found, planner.plan).items()})
