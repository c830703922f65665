"""Respond to requests: which page a URL's path means, and its bytes with the one script that is added."""

from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from generator.engine.page import Page
from generator.files import digest
from generator.problem import Problem
from generator.serve.editor import EditorLinks
from generator.serve.session import ServedPage, Session
from generator.serve.state import State

SCRIPTS = {
    name: Path(__file__).with_name(name).read_bytes() for name in ("client.js", "changes.js", "panels.js")
}
"""The script that is added to pages, and those that it uses."""
NOTHING = Path(__file__).with_name("nothing.html").read_bytes()
"""The page that is shown where there is none yet."""
MOST_PROBLEMS = 20
"""Problems that a page shows; more would hide the first."""

HTML = "text/html; charset=utf-8"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".html": HTML,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
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
"""By suffix. The standard library reads the machine's own table, so its types differ."""


class PageResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The response to a request for a page."""

    status: int
    type: str
    body: bytes
    location: str = ""
    """Where the browser is redirected to."""


class PageStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What an open page compares with what it has, and shows."""

    page: str
    """Digest of the page as it is now, and of the static files and images that it may show."""
    styles: str
    """Digest of the stylesheets, which can be swapped without a reload."""
    problems: tuple[Problem, ...]
    more: int
    """Problems beyond these."""
    links: tuple[str, ...]
    """What opens the place of each problem in a text editor; none for browsers on other machines."""
    has_sources: bool
    """Whether the server tells where fields are written."""


def respond(session: Session, path: str) -> PageResponse:
    """Return the response to a request for a path, which begins with a slash."""
    state = session.state
    name = _file_name(path)
    if "." not in name and isinstance(session.find(state, f"{name}/index.html"), Page):
        return PageResponse(status=307, type=TYPES[".txt"], body=b"", location=quote(f"/{name}/"))
    served = _served(session, state, name)
    if served is None or served.body is None:
        return PageResponse(status=500, type=HTML, body=_with_script(NOTHING, state))
    type_ = type_of(served.path)
    body = _with_script(served.body, state) if type_ == HTML else served.body
    return PageResponse(status=200 if served.path == name else 404, type=type_, body=body)


def page_status(session: Session, path: str, links: EditorLinks | None = None) -> PageStatus:
    """Return what a browser that shows the page at a path needs to know after a change."""
    state = session.state
    served = _served(session, state, _file_name(path))
    body = served.body if served and served.body is not None else NOTHING
    found = [served.problem] if served and served.problem else []
    errors = list(dict.fromkeys([*found, *state.errors, *session.losses]))
    return PageStatus(
        page=_digest(body, state),
        styles=state.templates.styles,
        problems=tuple(errors[:MOST_PROBLEMS]),
        more=len(errors[MOST_PROBLEMS:]),
        links=tuple(links.to(problem.location) for problem in errors[:MOST_PROBLEMS]) if links else (),
        has_sources=links is not None,
    )


def type_of(path: str) -> str:
    """Return the content type of a file."""
    return TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def _file_name(path: str) -> str:
    """Return the path of the file that a static host would send for a request's path."""
    name = path.removeprefix("/")
    return f"{name}index.html" if name == "" or name.endswith("/") else name


def _served(session: Session, state: State, name: str) -> ServedPage | None:
    """Return the page at a path; where there is none, the one that says so, with links to this server."""
    if found := session.serve(state, name):
        return found
    missing, library = session.serve(state, "404.html"), state.content.library
    if missing is None or missing.body is None or library is None:
        return missing
    # the 404 page may be at any address, so its links are absolute
    published = f'="{library.site.url}'.encode()
    return msgspec.structs.replace(missing, body=missing.body.replace(published, b'="/'))


def _with_script(body: bytes, state: State) -> bytes:
    data = f'data-page="{_digest(body, state)}" data-styles="{state.templates.styles}"'
    script = f'<script src="/-/client.js" {data}></script>'.encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


_SCRIPTS_DIGEST = digest(b"".join(SCRIPTS.values()))


def _digest(body: bytes, state: State) -> str:
    seen = f"{state.templates.assets}{state.images}".encode()
    return digest(body + seen + _SCRIPTS_DIGEST).hex()
