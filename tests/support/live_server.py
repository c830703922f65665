"""A small digest, edits of its files, and the live server as a process."""

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import msgspec

DIGEST = """
== content/papers/2025/alpha.yaml
title: Alpha of the first kind
author_count: 2
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
themes: [data]
pick: true
note: Because it is short.
abstract: An abstract of alpha.
== content/papers/2025/beta.yaml
title: Beta
author_count: 1
published: 2024-05-06
listed:
- {listing: x, issue: 2025-10-30, position: 2}
themes: [models]
abstract: An abstract of beta.
== content/papers/2025/gamma.yaml
title: Gamma
author_count: 3
published: 2024-05-07
listed:
- {listing: y, issue: 2025-10-29, position: 1}
themes: [models]
formerly: [old-gamma]
== content/pages/about.md
# About
What this is.
"""
ALPHA = "content/papers/2025/alpha.yaml"
SCRIPT = re.compile(rb'<script src="/-/client\.js" data-page="(\w+)" data-styles="(\w+)"></script>')
PATIENCE = 10
"""Seconds to wait for what should take milliseconds, before a test fails."""
START = 120
"""Seconds in which a server of many papers starts."""


def edit(path: Path, old: str, new: str) -> None:
    """Replace text in a file in one step."""
    text = path.read_text("utf-8")
    assert old in text
    put(path, text.replace(old, new))


def put(path: Path, text: str) -> None:
    """Write a file in one step, as an editor that writes another and moves it there: it is never empty."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)


def until(what: str, holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Wait until something holds, and return it."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.005)
    return found


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def built(self) -> bytes:
        """The page without the one script that is added."""
        return SCRIPT.sub(b"", self.body, count=1)


class Server:
    """The live server of a digest, run as `broadsheet serve` in a process of its own."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stderr
        self.said: list[str] = []
        self.complained: list[str] = []
        self._readers = [
            Thread(target=lambda: self.said.extend(self.process.stdout or ())),
            Thread(target=lambda: self.complained.extend(self.process.stderr or ())),
        ]
        for reader in self._readers:
            reader.start()
        line = until("the server starts", lambda: self.said and self.said[0], START)
        self.url = line.split()[2].rstrip("/,")
        self.port = int(self.url.rpartition(":")[2])

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def errors(self, path: str = "/") -> list[dict[str, Any]]:
        """Return the problems that the page at the path shows."""
        found: list[dict[str, Any]] = msgspec.json.decode(self.get(f"/-/status?path={path}").body)["problems"]
        return found

    def until_shows(self, path: str, text: str) -> Reply:
        def reply() -> Reply | None:
            found = self.get(path)
            return found if text in found.text else None

        found = until(f"{path} shows {text!r}", reply)
        assert isinstance(found, Reply)
        return found

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sign)
        status = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        return status


Serve = Callable[..., Server]
