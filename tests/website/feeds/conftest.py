"""Digests that the tests of feeds share, read and rendered once."""

import pytest

from generator.engine.templates import SHIPPED
from generator.library.library import Library
from tests.support.digest import write_files
from tests.support.feed_documents import HOSTILE, Documents, documents, read
from tests.support.libraries import library


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("hostile")
    write_files(root, HOSTILE)
    return read(root)


@pytest.fixture(scope="session")
def hostile(hostile_library: Library) -> Documents:
    return documents(hostile_library)


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    return read(SHIPPED.parent)


@pytest.fixture(scope="session")
def shipped(shipped_library: Library) -> Documents:
    return documents(shipped_library)


@pytest.fixture(scope="session")
def empty() -> Documents:
    """A digest without papers and without themes."""
    return documents(library(themes=()))


@pytest.fixture(params=["shipped", "hostile", "empty"])
def every(request: pytest.FixtureRequest) -> Documents:
    """Each of the digests in turn."""
    found: Documents = request.getfixturevalue(request.param)
    return found
