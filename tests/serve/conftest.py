"""Fixtures of the live server's tests: a digest, the server, a page in a browser."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.digest import Write
from tests.support.live_server import DIGEST, PATIENCE, Serve, Server


@pytest.fixture
def root(digest: Write) -> Path:
    return digest(DIGEST)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts the live server; after the test it must still run, unfailing."""
    servers: list[Server] = []

    def start(root: Path, *options: str) -> Server:
        servers.append(Server(root, *options))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.returncode is None:
            assert server.process.poll() is None, server.complained
            server.stop(signal.SIGKILL)
        assert [line for line in server.complained if "Traceback" in line or "Error:" in line] == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose every error fails the test."""
    expect.set_options(timeout=PATIENCE * 1000)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
