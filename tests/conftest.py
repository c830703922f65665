"""What tests of several rooms share: digests written from one readable text, and the command run for real."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

MORE = 50 if os.environ.get("SOAK") else 1
"""How many times more examples of each property `make soak` looks at."""

# a loaded machine is no failure, so there is no deadline
hypothesis.settings.register_profile("any machine", deadline=None, max_examples=100 * MORE)
hypothesis.settings.load_profile("any machine")

SITE = """\
title: A Digest
url: https://digest.example/base/
tag_authority: digest.example,2025
description: Papers worth reading.
"""
THEMES = """\
- slug: data
  title: Data
- slug: models
  title: Models & more
"""

Write = Callable[[str], Path]


def write_files(root: Path, text: str) -> None:
    """Write the files that a text holds, each below a line `== path`."""
    for chunk in text.split("\n== ")[1:] if text.startswith("\n") else f"\n{text}".split("\n== ")[1:]:
        name, _, body = chunk.partition("\n")
        path = root / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body.rstrip("\n") + "\n" if body.strip() else "", "utf-8")


@pytest.fixture
def digest(tmp_path: Path) -> Write:
    """Return a function that writes a digest: site and themes, and the files that its text holds."""

    def write(text: str = "") -> Path:
        root = tmp_path / "digest"
        if not root.exists():
            write_files(root, f"== content/site.yaml\n{SITE}\n== content/themes.yaml\n{THEMES}")
        write_files(root, text)
        return root

    return write


def needed(found: str | Path | None, what: str) -> Path:
    """Return a tool that a test needs; without it the test is skipped, or fails where CI asks for all."""
    if found and Path(found).exists():
        return Path(found)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not at hand")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium: one for a process, since Playwright starts but once in each."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = needed(next(filter(None, map(shutil.which, names)), None), "Chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


Broadsheet = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def broadsheet() -> Broadsheet:
    """Return a function that runs the command as a process of its own and returns how it ended."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "generator", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)

    return run
