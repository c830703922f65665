"""The desk over HTTP: its page and scripts, lists of papers, edits, and the way back from an edit.

Only the desk's own page may write: a request must come from its origin, and bear the token that it has. A
browser lets no page of another origin read that page, or send the header (Fetch standard, CORS).
"""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from generator.desk.edits import Change, Changed, DeskEdits
from generator.desk.papers import (
    EVERYTHING,
    HIDDEN,
    INBOX,
    MOST,
    STATES,
    DeskList,
    DeskPaper,
    desk_paper,
    files_of,
)
from generator.library.record_files import read_changed
from generator.library.snapshot import Snapshot
from generator.model import Paper, Theme
from generator.related.learning import classifier_of, suggestions_for
from generator.related.suggestions import Classifier, Suggestion
from generator.website.parts.markdown import note_html

PAGE, SCRIPT, STYLE = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("desk.html", "desk.js", "desk.css")
)
POLICY = "default-src 'none'; frame-ancestors 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "connect", "frame", "img")
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
}


class Desk:
    """The desk of one server. `content` gives the content as it is now; any thread may ask."""

    def __init__(self, root: Path, content: Callable[[], Snapshot]) -> None:
        self._root = root
        self._content = content
        self._edits = DeskEdits(root)
        self._token = secrets.token_urlsafe(24)
        self._learned: tuple[tuple[Theme, ...], Classifier] | None = None

    def routes(self) -> list[Route]:
        """Return what the server answers below `/_desk/`."""
        return [
            Route("/_desk/", self._page),
            Route("/_desk/desk.js", _file(SCRIPT, "text/javascript")),
            Route("/_desk/desk.css", _file(STYLE, "text/css")),
            Route("/_desk/papers", self._papers),
            Route("/_desk/edit", self._edit, methods=["POST"]),
            Route("/_desk/undo", self._undo, methods=["POST"]),
            Route("/_desk/preview", self._preview, methods=["POST"]),
        ]

    def _page(self, _: Request) -> Response:
        return Response(PAGE.replace("{{ token }}", self._token), 200, HEADERS, "text/html; charset=utf-8")

    def _papers(self, request: Request) -> Response:
        content, query = self._content(), request.query_params
        name, state = query.get("list", INBOX), query.get("state", "any")
        start = int(query.get("from", "0")) if query.get("from", "0").isdecimal() else 0
        found = files_of(content, name, state if state in STATES else "any")
        classifier = self._classifier(content)
        papers = tuple(
            desk_paper(file, paper, self._suggestions(content, classifier, paper))
            for file, paper in found[start : start + MOST]
        )
        lists = [(INBOX, "Inbox"), *self._themes(content), (EVERYTHING, "All papers"), (HIDDEN, "Hidden")]
        return _json(
            {
                "lists": lists,
                "themes": self._themes(content),
                "states": list(STATES),
                "found": DeskList(papers=papers, total=len(found)),
            }
        )

    def _themes(self, content: Snapshot) -> list[tuple[str, str]]:
        return [(theme.slug, theme.title) for theme in content.library.themes] if content.library else []

    def _classifier(self, content: Snapshot) -> Classifier | None:
        """Return what learned from the papers that have themes; it learns again if the themes change."""
        library = content.library
        if library is None or not library.themes:
            return None
        if self._learned is None or self._learned[0] != library.themes:
            self._learned = library.themes, classifier_of(library, ())
        return self._learned[1]

    def _suggestions(
        self, content: Snapshot, classifier: Classifier | None, paper: Paper
    ) -> Iterable[Suggestion]:
        if content.library is None or classifier is None or paper.themes:
            return ()
        return suggestions_for(paper, classifier, content.library.vectors)

    async def _edit(self, request: Request) -> Response:
        files = self._content().files
        return await self._written(request, Change, lambda change: self._edits.make(change, files))

    async def _undo(self, request: Request) -> Response:
        return await self._written(request, int, self._edits.take_back)

    async def _preview(self, request: Request) -> Response:
        note = await self._asked(request, str)
        return note if isinstance(note, Response) else _json({"html": str(note_html(note, "/"))})

    async def _written(self, request: Request, kind: type, write: Callable[[Any], Changed]) -> Response:
        asked = await self._asked(request, kind)
        if isinstance(asked, Response):
            return asked
        try:
            done = write(asked)
        except OSError as flaw:
            done = Changed(problem=f"The record cannot be written: {flaw.strerror}.")
        status = 409 if done.stale else 400 if done.problem else 200
        return _json({"problem": done.problem, "edit": done.edit, "paper": self._now(done.path)}, status)

    def _now(self, path: str) -> DeskPaper | None:
        """Return a record as its file has it now."""
        file = read_changed(self._root, {}, [path]).get(path) if path else None
        return desk_paper(file, file.record.paper()) if file and file.record else None

    async def _asked(self, request: Request, kind: type) -> Any:
        """Return what a request of the desk's own page asks for, or why it is refused."""
        origin = f"{request.url.scheme}://{request.headers.get('host', '')}"
        token = request.headers.get("x-desk-token", "")
        if request.headers.get("origin") != origin or not secrets.compare_digest(token, self._token):
            return _json({"problem": "Only the desk itself may write. Load it again."}, 403)
        try:
            return msgspec.json.decode(await request.body(), type=kind)
        except msgspec.DecodeError as flaw:
            return _json({"problem": f"{flaw}."}, 400)


def _file(text: str, kind: str) -> Callable[[Request], Response]:
    return lambda _: Response(text, 200, HEADERS, f"{kind}; charset=utf-8")


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, HEADERS, "application/json")
