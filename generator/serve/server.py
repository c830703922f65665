"""The live server: pages over HTTP, and word of every change over server-sent events."""

import asyncio
import gc
import ipaddress
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from errno import EADDRINUSE
from functools import partial
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import click
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.library.record_files import Workers
from generator.serve.responses import CLIENT, TYPES, answer, news, type_of
from generator.serve.search_index import Search
from generator.serve.session import Live, Report, Say
from generator.serve.watcher import Watch
from generator.website.search.index import FOLDER

NEVER_KEPT = {"Cache-Control": "no-store"}
TURN = 0.0005
"""Seconds that a thread computes while others wait. What is made in the background takes seconds, and an
answer several turns: at the interpreter's own 5 ms it would be late."""


def serve(
    root: Path,
    host: str,
    port: int,
    *,
    poll: bool,
    say: Say,
    report: Report,
    workers: Workers | None = None,
) -> None:
    """Serve the digest at `root` live until Ctrl-C; `report` is given problems as they appear.

    At the start, many records that no build has decoded are decoded by `workers`.
    """
    root = root.resolve()
    sys.setswitchinterval(TURN)
    with _listen(host, port) as listener:
        with _uncollected():
            live = Live(root, say, report, workers)
        search = Search(lambda: live.state.reading.library, say, report)
        listeners = Listeners()
        server = _Server(_application(live, search, listeners, any_host=not _is_loopback(host)), listeners)
        try:
            look, survey = partial(live.look, publish=listeners.tell), partial(live.survey, listeners.tell)
            watch = Watch(root, look, survey, poll=poll)
            watch.start()
        except OSError as flaw:
            message = f"The system cannot report changes: {flaw.strerror}. Serve with --poll."
            raise click.ClickException(message) from flaw
        say(f"Serving on http://{_shown(host)}:{listener.getsockname()[1]}/ (Ctrl-C stops)")
        if notices := live.state.notices:
            say(f"Notices: {notices}; broadsheet check lists them.")
        Thread(target=live.stay_prepared, name="prepare", daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        watch.stop()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from what is made here: it would find nothing, again and again."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as flaw:
        taken = "something else does already. Stop that, or name another port with --port"
        reason = taken if flaw.errno == EADDRINUSE else flaw.strerror
        message = f"Cannot listen on {_shown(host)}:{port}: {reason}."
        raise click.ClickException(message) from flaw
    # Connections inherit it. Without it every answer's body waits 40 ms for its headers to be acknowledged;
    # asyncio sees to that only for listeners of its own making.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Listeners:
    """The browsers that wait for word of a change. Each is told at once, and again after every change."""

    def __init__(self) -> None:
        self._changes = 0
        self._change = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Begin, in the loop that serves."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """Let all go, so that they do not hold up the end of the server."""
        self._loop = None
        self._change.set()

    def tell(self) -> None:
        """Tell all of a change; from any thread."""
        if self._loop:
            with suppress(RuntimeError):  # the loop ended just now
                self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._changes += 1
        self._change.set()
        self._change = asyncio.Event()

    async def stream(self) -> AsyncIterator[str]:
        """Yield server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html)."""
        yield "retry: 300\n"
        while self._loop:
            change = self._change  # taken before the number is read: no change falls between the two
            yield f"data: {self._changes}\n\n"
            await change.wait()


class _Server(uvicorn.Server):
    def __init__(self, app: ASGIApp, listeners: Listeners) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        self._listeners = listeners

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._listeners.open()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._listeners.close()
        await super().shutdown(sockets)


def _application(live: Live, search: Search, listeners: Listeners, *, any_host: bool) -> ASGIApp:
    aside = ThreadPoolExecutor(1, "search")  # what waits for an index takes no thread that pages need

    def page(request: Request) -> Response:
        found = answer(live, request.scope["path"])
        headers = dict(NEVER_KEPT)
        if found.location:
            query = request.scope["query_string"].decode("latin-1")
            headers["Location"] = f"{found.location}?{query}" if query else found.location
        return Response(found.body, found.status, headers, media_type=found.type)

    def page_news(request: Request) -> Response:
        found = news(live, unquote(request.query_params.get("path", "/")))
        return Response(msgspec.json.encode(found), 200, NEVER_KEPT, media_type=TYPES[".json"])

    async def index_file(request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        data = search.at_hand(path)
        if data is None:
            data = await asyncio.get_running_loop().run_in_executor(aside, search.file, path)
        if data is None:
            return await run_in_threadpool(page, request)
        return Response(data, 200, NEVER_KEPT, media_type=type_of(path))

    async def client(_: Request) -> Response:
        return Response(CLIENT, 200, NEVER_KEPT, media_type=TYPES[".js"])

    async def events(_: Request) -> Response:
        return StreamingResponse(listeners.stream(), 200, NEVER_KEPT, media_type="text/event-stream")

    routes = [
        Route("/-/client.js", client),
        Route("/-/news", page_news),
        Route("/-/events", events),
        Route(f"/{FOLDER}/{{path:path}}", index_file),
        Route("/{path:path}", page),
    ]
    return Starlette(routes=routes) if any_host else _for_loopback_names(Starlette(routes=routes))


def _for_loopback_names(app: ASGIApp) -> ASGIApp:
    """Refuse requests in another host's name: a web page that rebinds its name to 127.0.0.1 reads nothing."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        name = named if named.endswith("]") else named.rpartition(":")[0] or named
        if _is_loopback(name):
            await app(scope, receive, send)
        else:
            await PlainTextResponse("This server answers to loopback names only.", 403)(scope, receive, send)

    return guarded
