"""The shipped digest, built once for each process that runs tests, and the tools that look at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.problem import has_error
from generator.publishing.build import build

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "tests/node/node_modules"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "site"
    assert not has_error(build(ROOT, out).problems)
    return out


def needed(found: str | Path | None, what: str) -> Path:
    """Return a tool that a test needs; without it the test is skipped, or fails where CI asks for all."""
    if found and Path(found).exists():
        return Path(found)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not at hand")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    needed(shutil.which("node"), "Node.js")
    return needed(NODE_MODULES, "tests/node/node_modules (npm ci)")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = needed(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"])
        yield browser
        browser.close()
