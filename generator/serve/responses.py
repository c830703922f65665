"""Answers to requests: which page an address means, and its bytes with the one script that is added."""

from hashlib import blake2b
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from generator.engine.page import Page
from generator.problem import Problem
from generator.serve.session import Live, Shown
from generator.serve.state import State

CLIENT = Path(__file__).with_name("client.js").read_bytes()
SHOWN_PROBLEMS = 20
"""Problems that a page shows; more would hide the first."""

HTML = "text/html; charset=utf-8"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": HTML,
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""By suffix. The standard library's table is the machine's own, and differs."""
UNKNOWN = "application/octet-stream"

NOTHING = b"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing to show yet</title>
</head>
<body>
<p>There is nothing to show here yet. The page comes by itself when the problem is mended.</p>
</body>
</html>
"""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a request is answered with."""

    status: int
    type: str
    body: bytes
    location: str = ""
    """Where the browser is to go instead."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What a page that is open in a browser compares with what it has, and shows."""

    page: str
    """Digest of the page as it is now, and of the static files that it may use."""
    styles: str
    """Digest of the stylesheets, which can be swapped without a reload."""
    problems: tuple[Problem, ...]
    more: int
    """Problems beyond these."""


def answer(live: Live, path: str) -> Answer:
    """Return what a request for a path, which begins with a slash, is answered with."""
    state = live.state
    name = _name(path)
    if "." not in name and isinstance(live.find(state, f"{name}/index.html"), Page):
        return Answer(status=307, type=TYPES[".txt"], body=b"", location=quote(f"/{name}/"))
    shown = _shown(live, state, name)
    if shown is None or shown.body is None:
        return Answer(status=500, type=HTML, body=_with_script(NOTHING, state))
    type_ = type_of(shown.path)
    body = _with_script(shown.body, state) if type_ == HTML else shown.body
    return Answer(status=200 if shown.path == name else 404, type=type_, body=body)


def news(live: Live, path: str) -> News:
    """Return what a browser that shows the page at a path needs to know."""
    state = live.state
    shown = _shown(live, state, _name(path))
    found = [shown.problem] if shown and shown.problem else []
    errors = list(dict.fromkeys([*found, *state.errors]))
    return News(
        page=_digest(_body(shown), state),
        styles=state.press.styles,
        problems=tuple(errors[:SHOWN_PROBLEMS]),
        more=len(errors[SHOWN_PROBLEMS:]),
    )


def type_of(path: str) -> str:
    """Return the content type of a file."""
    return TYPES.get(PurePosixPath(path).suffix, UNKNOWN)


def _name(path: str) -> str:
    """Return the path of the file that a static host would send for a request's path."""
    name = path.removeprefix("/")
    return f"{name}index.html" if name == "" or name.endswith("/") else name


def _shown(live: Live, state: State, name: str) -> Shown | None:
    return live.show(state, name) or live.show(state, "404.html")


def _body(shown: Shown | None) -> bytes:
    return shown.body if shown and shown.body is not None else NOTHING


def _with_script(body: bytes, state: State) -> bytes:
    data = f'data-page="{_digest(body, state)}" data-styles="{state.press.styles}"'
    script = f'<script src="/-/client.js" {data}></script>'.encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


def _digest(body: bytes, state: State) -> str:
    return blake2b(body + state.press.assets.encode() + CLIENT, digest_size=8).hexdigest()
