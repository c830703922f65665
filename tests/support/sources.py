"""Local servers that answer as arXiv and Hugging Face do: rightly, wrongly, slowly, by half or not at all."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

Send = Callable[[BaseHTTPRequestHandler], None]
"""Answers a request."""


class Asked(NamedTuple):
    """A request that came."""

    path: str
    headers: dict[str, str]
    time: float


class Servers:
    """What is answered at each path, and all that was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, list[Send]] = {}
        """By path without query: what is answered in turn; the last one again and again."""
        self.asked: list[Asked] = []

    def at(self, path: str, *sends: Send) -> None:
        """Have a path answer so from now on."""
        self.answers[path] = list(sends)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(Asked(handler.path, dict(handler.headers), time.monotonic()))
        sends = self.answers.get(handler.path.partition("?")[0], [status(404)])
        (sends.pop(0) if len(sends) > 1 else sends[0])(handler)


def body(data: str | bytes, **headers: str) -> Send:
    """Answer with a document, and with 304 whoever names its ETag."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        named = handler.headers.get("If-None-Match")
        is_known = named is not None and named == headers.get("ETag")
        content = data.encode() if isinstance(data, str) else data
        handler.send_response(304 if is_known else 200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if not is_known:
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        if not is_known:
            handler.wfile.write(content)

    return send


def status(code: int, **headers: str) -> Send:
    """Answer with a status, and a page of HTML as servers send with errors."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(b"<html><body>Sorry.</body></html>")

    return send


def half(data: str) -> Send:
    """Announce a whole document, send half of it and hang up."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data.encode())))
        handler.end_headers()
        handler.wfile.write(data.encode()[: len(data) // 2])

    return send


def in_pieces(pieces: int, seconds: float, size: int = 1) -> Send:
    """Send spaces without an end in sight, with a pause before each piece."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(pieces):
                time.sleep(seconds)
                handler.wfile.write(b" " * size)
        except OSError:  # the other side has had enough
            pass

    return send


@contextmanager
def running() -> Iterator[Servers]:
    """Yield servers at one address of this machine."""
    servers = Servers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            servers.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        servers.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield servers
        finally:
            server.shutdown()
            thread.join()


def rss(numbers: Sequence[int], day: str = "Mon, 27 Apr 2026") -> str:
    """Return arXiv's feed of a day, with these papers."""
    items = [
        f"<item><title>Paper {number} on Orchards</title>"
        f"<link>https://arxiv.org/abs/2604.{number:05}</link>"
        f"<description>arXiv:2604.{number:05}v1 Announce Type: new\nAbstract: What we know of tree {number}."
        f'</description><guid isPermaLink="false">oai:arXiv.org:2604.{number:05}v1</guid>'
        f"<category>cs.CL</category><pubDate>{day} 00:00:00 -0400</pubDate>"
        "<arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ann Other, Bob Brown</dc:creator></item>"
        for number in numbers
    ]
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'version="2.0">'
        f"\n<channel><title>cs.CL updates on arXiv.org</title><pubDate>{day} 00:00:00 -0400</pubDate>"
        f"<lastBuildDate>{formatdate(len(numbers))}</lastBuildDate>"
        "<skipDays><day>Sunday</day><day>Saturday</day></skipDays>\n"
        + "\n".join(items)
        + "</channel>\n</rss>\n"
    )


def daily_papers(numbers: Sequence[int]) -> str:
    """Return Hugging Face's answer for a day, with these papers."""
    papers = [
        {
            "paper": {
                "id": f"2604.{number:05}",
                "title": f"Paper {number} on Orchards",
                "summary": f"What we know of tree {number}.",
                "publishedAt": "2026-04-24T10:00:00.000Z",
                "authors": [{"name": "Ann Other"}, {"name": "Bob Brown"}],
                "upvotes": number,
            },
            "numComments": 1,
            "publishedAt": "2026-04-27T00:21:50.434Z",
        }
        for number in numbers
    ]
    return json.dumps(papers)
