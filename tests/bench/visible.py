"""Edit-to-visible: a word is added to one paper's file; how long until its page has it over HTTP?

`python -m tests.bench.visible ROOT [EDITS]` measures Broadsheet; `zola SITE` or `hugo SITE` for ROOT, a
peer, with its binary from PATH or the environment (ZOLA, HUGO).
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
POLL = 0.002
"""Seconds between two requests."""
LIMIT = 60
"""Seconds after which an edit counts as lost."""
REST = 0.05
"""Seconds between one edit's page and the next edit."""


def broadsheet(root: Path, edits: int = 200, rest: float = REST) -> list[float]:
    """Return the milliseconds from each edit of a record to its page."""
    record = _middle(root / "content/papers", "*.yaml")
    command = [sys.executable, "-m", "generator", "serve", "--quiet", "--root", root, "--port", "{port}"]
    with _served(command, ROOT) as port:
        return _edit(record, f"/papers/{record.stem}/", port, edits, rest)


def zola(site: Path, edits: int = 20, rest: float = 1.5) -> list[float]:
    """Return the same of Zola's fastest server; `site` is one that `sites.make` made."""
    command = [os.environ.get("ZOLA", "zola"), "serve", "--port", "{port}", "--fast"]
    asked = subprocess.run([command[0], "serve", "--help"], capture_output=True, text=True, check=True)
    command += ["--debounce", "1"] if "--debounce" in asked.stdout else []
    return _peer(command, site, edits, rest)


def hugo(site: Path, edits: int = 20, rest: float = 1.5) -> list[float]:
    """Return the same of Hugo's server."""
    command = [os.environ.get("HUGO", "hugo"), "server", "--bind", "127.0.0.1", "-p", "{port}", "--quiet"]
    return _peer(command, site, edits, rest)


def _peer(command: Sequence[object], site: Path, edits: int, rest: float) -> list[float]:
    page = _middle(site / "content/papers", "[!_]*.md")
    with _served(command, site) as port:
        return _edit(page, f"/papers/{page.stem}/", port, edits, rest)


def _middle(folder: Path, pattern: str) -> Path:
    found = sorted(folder.rglob(pattern))
    return found[len(found) // 2]


@contextmanager
def _served(command: Sequence[object], folder: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    arguments = [str(part).replace("{port}", str(port)) for part in command]
    server = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _edit(file: Path, address: str, port: int, edits: int, rest: float) -> list[float]:
    """Edit a file again and again; return the milliseconds until its page shows each."""
    before = file.read_text("utf-8")
    end = before.rindex(" (Record")
    connection = _connected(port, address)
    times = []
    try:
        for number in range(edits):
            word = f"zqx{number}edit"
            time.sleep(rest)
            start = time.perf_counter()
            file.write_text(f"{before[:end]} {word}{before[end:]}", "utf-8")
            while word.encode() not in _page(connection, port, address):
                assert time.perf_counter() - start < LIMIT, f"edit {number} is lost"
                time.sleep(POLL)
            times.append((time.perf_counter() - start) * 1000)
    finally:
        file.write_text(before, "utf-8")
        connection.close()
    return times


def _connected(port: int, address: str) -> HTTPConnection:
    """Return a connection to a server that shows the page by now."""
    end = time.monotonic() + 20 * LIMIT
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            if b"Record" in response.read() and response.status == 200:
                time.sleep(1)
                return connection
        except OSError:
            assert time.monotonic() < end, "the server does not start"
        connection.close()
        time.sleep(0.05)


def _page(connection: HTTPConnection, port: int, address: str) -> bytes:
    """Return a page over a connection that is kept open, where the server keeps it."""
    connection.request("GET", address, headers={"Host": f"127.0.0.1:{port}"})
    return connection.getresponse().read()


def summary(times: list[float]) -> str:
    """Return the times in words."""
    steps = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return f"{len(times)} edits: least {min(times):.1f}, median {steps[49]:.1f}, 99 of 100 {steps[98]:.1f} ms"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    tools = {"zola": zola, "hugo": hugo}
    measure = tools[arguments.pop(0)] if arguments[0] in tools else broadsheet
    print(summary(measure(Path(arguments[0]).resolve(), *map(int, arguments[1:]))))
