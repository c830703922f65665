"""The command `broadsheet`, run as a process, and other tools that tests need."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

Broadsheet = Callable[..., "subprocess.CompletedProcess[str]"]
"""Runs `broadsheet` with the arguments given and returns how it ended."""


def run_broadsheet(*arguments: str | Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run `broadsheet` as a process of its own, in the folder `cwd`."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def is_alive(process: int) -> bool:
    """Tell whether a process runs, by its number: Linux says so."""
    status = Path(f"/proc/{process}/status")
    with suppress(FileNotFoundError, ProcessLookupError):
        return "State:\tZ" not in status.read_text()
    return False


def needed(found: str | Path | None, what: str) -> Path:
    """Return a tool that a test needs; without it the test is skipped, or fails where CI asks for all."""
    if found and Path(found).exists():
        return Path(found)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed")
