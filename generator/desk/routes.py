"""Serve the desk over HTTP: its page and scripts, lists of papers, edits, and the undoing of an edit.

Only the desk's own page may write: a request must come from its origin and have the page's token. A browser
lets no page of another origin read the token or send the header (Fetch standard, CORS).
"""

import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from generator.desk.edits import Change, Changed, DeskEdits
from generator.desk.papers import (
    DRAFTS,
    EVERYTHING,
    HIDDEN,
    INBOX,
    MOST,
    STATES,
    DeskPaper,
    desk_paper,
    paths_of,
)
from generator.library.record_files import RecordFile, read_changed
from generator.library.snapshot import Snapshot
from generator.library.vectors import Vectors
from generator.model import Paper, Theme
from generator.problem import file_system_error
from generator.related.learning import classifier_of, suggestions_for
from generator.related.suggestions import Classifier
from generator.website.parts.markdown import note_html

PAGE, SCRIPT, STYLE = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("desk.html", "desk.js", "desk.css")
)
POLICY = "default-src 'none'; frame-ancestors 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "connect", "frame", "img")
)
PATIENCE, MOST_PATIENCE = 0.3, 60.0
"""Seconds that a list waits for suggestions: at first, and where it is asked for again because of them."""
KEPT_LISTS = 32
"""Lists whose order is kept for pages that show them."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
}


class DeskList(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the desk, or a part of it, and what may be chosen."""

    lists: tuple[tuple[str, str], ...]
    """The names of lists and themes in addresses, and their titles."""
    themes: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    number: int
    """Number of the list, to ask for further parts: it keeps its papers, whatever the editor decides."""
    papers: tuple[DeskPaper, ...]
    total: int
    """Papers of the whole list."""
    asked: int
    """Papers of the list up to the end of this part."""
    is_learning: bool
    """Whether suggestions are still being computed; a request with `wait` waits for them."""


class Desk:
    """The desk of one server. `content` gives the content as it is now; any thread may ask."""

    def __init__(self, root: Path, content: Callable[[], Snapshot]) -> None:
        self._root = root
        self._content = content
        self._edits = DeskEdits(root)
        self._token = secrets.token_urlsafe(24)
        self._lists: dict[int, tuple[str, ...]] = {}
        """By number, the paths of lists that pages show."""
        self._numbers = count(1)
        self._learner = ThreadPoolExecutor(1, "suggestions")
        self._learned: tuple[tuple[Theme, ...], Future[Classifier]] | None = None

    def routes(self) -> list[Route]:
        """Return what the server answers below `/_desk/`."""
        return [
            Route("/_desk/", self._page),
            Route("/_desk/desk.js", _file(SCRIPT, "text/javascript")),
            Route("/_desk/desk.css", _file(STYLE, "text/css")),
            Route("/_desk/papers", self._papers),
            Route("/_desk/paper", self._paper),
            Route("/_desk/edit", self._edit, methods=["POST"]),
            Route("/_desk/undo", self._undo, methods=["POST"]),
            Route("/_desk/preview", self._preview, methods=["POST"]),
        ]

    def _page(self, _: Request) -> Response:
        self._classifier(self._content(), 0)  # to begin learning; the page then asks for a list
        return Response(PAGE.replace("{{ token }}", self._token), 200, HEADERS, "text/html; charset=utf-8")

    def _papers(self, request: Request) -> Response:
        content, query = self._content(), request.query_params
        number, start = (
            int(text) if text.isdecimal() else 0 for text in map(query.get, ("number", "from"), "00")
        )
        if number not in self._lists:
            number = self._new_list(content, query.get("list", INBOX), query.get("state", "any"))
        paths, end = self._lists[number], start + MOST
        known = [file for path in paths[start:end] if (file := content.files.get(path)) and file.record]
        classifier = self._classifier(content, MOST_PATIENCE if query.get("wait") else PATIENCE)
        vectors = content.library.vectors if content.library else Vectors()
        themes = (
            tuple((theme.slug, theme.title) for theme in content.library.themes) if content.library else ()
        )
        found = DeskList(
            lists=(
                (INBOX, "Inbox"),
                *themes,
                (EVERYTHING, "All papers"),
                (DRAFTS, "Drafts"),
                (HIDDEN, "Hidden"),
            ),
            themes=themes,
            states=tuple(STATES),
            number=number,
            papers=tuple(_desk_paper(file, classifier, vectors) for file in known),
            total=len(paths),
            asked=min(end, len(paths)),
            is_learning=bool(themes) and classifier is None,
        )
        return _json(found)

    def _new_list(self, content: Snapshot, name: str, state: str) -> int:
        number = next(self._numbers)
        self._lists[number] = paths_of(content, name, state if state in STATES else "any")
        self._lists.pop(number - KEPT_LISTS, None)
        return number

    def _paper(self, request: Request) -> Response:
        path = request.query_params.get("path", "")
        return _json({"paper": self._now(path) if path in self._content().files else None})

    def _classifier(self, content: Snapshot, patience: float) -> Classifier | None:
        """Return the classifier, which learns from the papers with themes, and again when the themes change.

        None if there are no themes, or if it is still learning after `patience` seconds.
        """
        library = content.library
        if library is None or not library.themes:
            return None
        if self._learned is None or self._learned[0] != library.themes:
            self._learned = library.themes, self._learner.submit(classifier_of, library, ())
        try:
            return self._learned[1].result(patience)
        except TimeoutError:
            return None

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
            told = file_system_error(flaw, "")
            done = Changed(problem=f"Not saved. {told.message} {told.hint}")
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
        if request.headers.get("origin") != origin or not token:
            return _json({"problem": "Only the desk itself may write."}, 403)
        if not secrets.compare_digest(token, self._token):
            return _json({"problem": "The server was started again. Load this page again."}, 403)
        try:
            return msgspec.json.decode(await request.body(), type=kind)
        except msgspec.DecodeError as flaw:
            return _json({"problem": f"{flaw}."}, 400)


def _desk_paper(file: RecordFile, classifier: Classifier | None, vectors: Vectors) -> DeskPaper:
    paper = file.record.paper() if file.record else Paper()
    if classifier is None or paper.themes:
        return desk_paper(file, paper)
    return desk_paper(file, paper, suggestions_for(paper, classifier, vectors))


def _file(text: str, kind: str) -> Callable[[Request], Response]:
    return lambda _: Response(text, 200, HEADERS, f"{kind}; charset=utf-8")


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, HEADERS, "application/json")
