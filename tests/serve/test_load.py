"""The live server under load: a hundred thousand papers, an edit every 20 ms, ten browsers that listen."""

import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

import click
import pytest

from generator.serve.state import first_state
from tests.support.digest import Write
from tests.support.live_server import Serve, Server, until

pytestmark = pytest.mark.soak
SECONDS = 60
INTERVAL = 0.02
EDITED = 50
"""Papers that are edited: every second edit is of the first, which all browsers show; others take turns."""


class Browser(threading.Thread):
    """Asks for a page after each event, and notes when it first saw each edit of it."""

    def __init__(self, server: Server, path: str) -> None:
        super().__init__()
        self._server = server
        self._path = path
        self.seen_at: dict[int, float] = {}
        self.cut_off = False

    def run(self) -> None:
        events = HTTPConnection("127.0.0.1", self._server.port)
        events.request("GET", "/-/events")
        # events that it was slower than are left when the server ends
        with events.getresponse() as response, suppress(ConnectionError):
            while line := response.readline():
                if line.startswith(b"data:"):
                    self._fetch()
        events.close()
        self.cut_off = True

    def wait_for(self, edit: int) -> None:
        until(f"a browser sees edit {edit}", lambda: edit in self.seen_at)
        assert not self.cut_off

    def _fetch(self) -> None:
        number = shown_edit(self._server, self._path)
        now = time.monotonic()
        self.seen_at.update((edit, now) for edit in range(number, -1, -1) if edit not in self.seen_at)


def shown_edit(server: Server, path: str) -> int:
    return int(server.get(path).text.partition("<title>Edit ")[2].partition(":")[0])


def record(number: int, edit: int = 0) -> str:
    day = f"{2000 + number // 500}-{1 + number // 40 % 12:02}-{1 + number % 28:02}"
    return (
        f"title: 'Edit {edit}: a paper called {number}'\nauthor_count: {number % 9}\npublished: {day}\n"
        f"listed:\n- {{listing: bench, issue: {day}, position: {number}}}\nthemes: [data]\n"
        f"abstract: >\n  {'Words of an abstract, with $x_i$ in it. ' * 20}\n"
    )


def resident(server: Server) -> float:
    """Return the server's memory in megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.mark.parametrize("papers", [10_000, 100_000])
def test_no_edit_is_lost_and_memory_is_flat(digest: Write, serve: Serve, papers: int) -> None:
    root = digest("".join(f"== content/papers/p{number}.yaml\n{record(number)}" for number in range(papers)))
    server = serve(root)
    browsers = [Browser(server, "/papers/p0/") for _ in range(10)]
    for browser in browsers:
        browser.start()
    written: dict[int, tuple[int, float]] = {}
    memory = []
    start = time.monotonic()
    while (now := time.monotonic()) < start + SECONDS:
        edit = len(written) + 1
        paper = 0 if edit % 2 == 0 else 1 + edit // 2 % (EDITED - 1)
        (root / f"content/papers/p{paper}.yaml").write_text(record(paper, edit), "utf-8")
        written[edit] = paper, now
        memory.append(resident(server))
        time.sleep(max(0.0, start + edit * INTERVAL - time.monotonic()))
    last = {paper: edit for edit, (paper, _) in written.items()}
    for paper, edit in last.items():
        wait_until_shown(server, f"/papers/p{paper}/", edit)
    for browser in browsers:
        browser.wait_for(last[0])
    assert_served_as_planned(root, server, ["", *(f"papers/p{paper}/" for paper in last), "themes/data/"])
    server.stop()
    for browser in browsers:
        browser.join()
    waits = [
        1000 * (browser.seen_at[edit] - moment)
        for browser in browsers
        for edit, (paper, moment) in written.items()
        if paper == 0
    ]
    steps = quantiles(waits, n=100)
    early, late = memory[len(memory) // 4 : len(memory) // 2], memory[-len(memory) // 4 :]
    updates = sum(line.startswith("changed, ") for line in server.said)
    click.echo(
        f"{papers} papers, {len(written)} edits, {updates} updates; ten browsers had an edit after"
        f" {steps[49]:.0f} ms (median), {steps[98]:.0f} ms (99 of 100);"
        f" memory {median(early):.0f} MB early, {median(late):.0f} MB late"
    )
    assert median(late) < 1.05 * median(early)


def assert_served_as_planned(root: Path, server: Server, folders: list[str]) -> None:
    """Assert that pages are those of a site that is read from the start."""
    fresh = first_state(root, None)
    for folder in folders:
        page = fresh.page_lookup.get(f"{folder}index.html")
        assert page
        assert server.get(f"/{folder}").built == fresh.templates.renderer.render(page), folder


def wait_until_shown(server: Server, path: str, edit: int) -> None:
    until(f"{path} shows edit {edit}", lambda: shown_edit(server, path) == edit)
