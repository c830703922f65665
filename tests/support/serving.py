"""A site, served as hosts do, and its pages by kind."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from gzip import compress, decompress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.request import urlopen

import msgspec
from playwright.sync_api import Page, Request, Route

from generator.commands.build import build
from generator.engine.page import plan
from generator.library.snapshot import read_library
from generator.problem import has_error
from generator.website.planners import PLANNERS

COMPRESSED = (".html", ".css", ".js", ".json", ".svg")
SOON = 100_000
"""Bytes; a longer page lists more of the same."""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A digest's site."""

    site: Path
    url: str
    kinds: Mapping[str, tuple[str, ...]]
    """For each template, the paths of the HTML pages that are made with it."""

    def examples(self) -> Iterator[tuple[str, str]]:
        """Yield the smallest page of each kind, and the largest soon looked at, with its template."""
        for template, paths in self.kinds.items():
            sizes = {path: (self.site / path).stat().st_size for path in paths}
            ranked = sorted(paths, key=sizes.__getitem__)
            soon = [path for path in ranked if sizes[path] < SOON] or ranked[:1]
            yield from ((template, path) for path in dict.fromkeys((soon[0], soon[-1])))


class Host(SimpleHTTPRequestHandler):
    """Sends each page compressed, as hosts do."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if not path.is_file() or path.suffix not in COMPRESSED:
            return super().send_head()
        data = compress(path.read_bytes(), mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def handle(self) -> None:
        with suppress(ConnectionError):  # nobody waits for the rest of a page that was left
            super().handle()

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def serving(root: Path, folder: Path) -> Iterator[Served]:
    """Build the digest at `root`, copied to `folder`, for a free port of this machine, and serve it there."""
    site = folder / "site"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site))) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        shutil.copytree(root / "content", folder / "content")
        about = folder / "content/site.yaml"
        about.write_text(re.sub("(?m)^url: .*", f"url: {url}", about.read_text("utf-8")), "utf-8")
        assert not [problem for problem in build(folder, site).problems if has_error([problem])]
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Served(site=site, url=url, kinds=_kinds(folder))
        finally:
            server.shutdown()


def _kinds(root: Path) -> dict[str, tuple[str, ...]]:
    library = read_library(root).library
    assert library
    kinds: dict[str, tuple[str, ...]] = {}
    for page in plan(library, PLANNERS):
        if page.path.endswith(".html"):
            kinds[page.template] = (*kinds.get(page.template, ()), page.path)
    return kinds


def visit(page: Page, url: str) -> None:
    """Open a page and stay there, also where it leads to another address by itself."""

    def stay(route: Route, request: Request) -> None:
        if request.is_navigation_request() and request.url != url:
            route.abort("aborted")
        else:
            route.continue_()

    page.unroute_all()
    with urlopen(url) as sent:
        if b'http-equiv="refresh"' in decompress(sent.read()):  # on others it would take a fifth of the time
            page.route("**/*", stay)
    page.goto(url)
