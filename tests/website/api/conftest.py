"""The files for programs of two digests, as they are published."""

from pathlib import Path

import pytest

from generator.engine.templates import SHIPPED
from generator.website.api import planner
from tests.support.api_files import Published
from tests.support.digest import write_files
from tests.support.feed_documents import HOSTILE, read
from tests.support.libraries import planned, rendered


@pytest.fixture(scope="session", params=["shipped", "hostile"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    root: Path = SHIPPED.parent
    if request.param == "hostile":
        root = tmp_path_factory.mktemp("hostile")
        write_files(root, HOSTILE)
    found = read(root)
    return Published(found, {path: rendered(page) for path, page in planned(found, planner.plan).items()})
