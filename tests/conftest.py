"""Fixtures that tests of several rooms share: a digest, the command run as a process, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.support.digest import Digest, Write
from tests.support.examples import MORE
from tests.support.program import Broadsheet, needed, run_broadsheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# a loaded machine is no failure, so there is no deadline; CI judges a change, so it looks at the same
# examples each time
hypothesis.settings.register_profile(
    "any machine", deadline=None, max_examples=100 * MORE, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("any machine")


@pytest.fixture
def digest(tmp_path: Path) -> Write:
    """Return a function that writes a digest: site and themes, and the files that its text holds."""
    found = Digest(tmp_path)

    def write(text: str = "") -> Path:
        return found.write(text).root

    return write


@pytest.fixture
def broadsheet() -> Broadsheet:
    """Return a function that runs the command as a process of its own and returns how it ended."""
    return run_broadsheet


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return Chromium: one for a process, since Playwright starts but once in each."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = needed(next(filter(None, map(shutil.which, names)), None), "Chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()
