"""The live server: pages over HTTP, and an event to every open page after each change."""

import asyncio
import gc
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
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
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from generator.desk.routes import Desk
from generator.processes import Workers
from generator.serve.editor import EditorLinks
from generator.serve.guard import ImpatientProtocol, guarded, is_loopback
from generator.serve.request_log import logged
from generator.serve.responses import SCRIPTS, TYPES, page_status, respond, type_of
from generator.serve.search_index import SearchIndex
from generator.serve.session import Log, Session
from generator.serve.sources import sources
from generator.serve.watcher import Watcher
from generator.website.search.index import FOLDER
from generator.words import count

NO_STORE = {"Cache-Control": "no-store"}
FIRST_PORT, TRIED_PORTS = 8000, 100
SCREENS = {"BROWSER", "DISPLAY", "WAYLAND_DISPLAY"}
"""Variables of which one is set where a browser has a window."""
SWITCH_INTERVAL = 0.0005
"""Seconds that a thread computes while others wait. Work in the background takes seconds and a response
several switches: at the interpreter's own 5 ms it would be late."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to serve a digest."""

    host: str
    port: int | None
    """0 is any free port; None is the first free one from `FIRST_PORT` on."""
    poll: bool
    """Whether to look for changes by polling."""
    opens_browser: bool
    editor: str
    """The address of a place in a text editor: see `EditorLinks`."""
    requests: bool
    """Whether to log each request."""


def serve(root: Path, options: Options, log: Log, workers: Workers | None = None) -> None:
    """Serve the digest at `root` live until Ctrl-C.

    At the start, records that no build has decoded are decoded by `workers`. Raises ClickException where it
    cannot listen or cannot watch files.
    """
    host = options.host
    root = root.resolve()
    sys.setswitchinterval(SWITCH_INTERVAL)
    with _listen(host, options.port) as listener:
        broadcaster = Broadcaster()
        gc.disable()  # it would search what is made here again and again, and find nothing
        session = Session(root, log, broadcaster.publish, workers)
        gc.freeze()
        gc.enable()
        search = SearchIndex(lambda: session.state.content.library, log)
        is_private = is_loopback(host)
        desk = Desk(root, lambda: session.state.content) if is_private else None
        links = EditorLinks(root=root, address=options.editor) if is_private else None
        app = guarded(_application(session, search, broadcaster, desk, links), host)
        server = _Server(logged(app, log.info) if options.requests else app, broadcaster)
        try:
            watcher = Watcher(root, session.update, session.rescan, log.info, poll=options.poll)
            watcher.start()
        except OSError as exc:
            message = f"Cannot watch files: {exc.strerror}. Serve with --poll."
            raise click.ClickException(message) from exc
        address = f"http://{_in_url(host)}:{listener.getsockname()[1]}/"
        log.info(f"Serving on {address} (Ctrl-C stops)")
        if desk:
            log.info(f"The desk is {address}_desk/")
        if notices := len(session.state.problems) - len(session.state.errors):
            log.info(f"{count(notices, 'notice')}. Run broadsheet check to list them.")
        Thread(target=session.keep_prepared, name="prepare", daemon=True).start()
        if options.opens_browser:
            Thread(target=_open_browser, args=(address, log), name="browser", daemon=True).start()
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # uvicorn knows only two signals
            signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
        with suppress(SystemExit):  # uvicorn ends by the signal that it got
            server.run(sockets=[listener])
        watcher.stop()


def _open_browser(address: str, log: Log) -> None:
    # without a screen, Python would open a browser for text, in the terminal of this server
    has_screen = sys.platform == "darwin" or not SCREENS.isdisjoint(os.environ)
    if not (has_screen and webbrowser.open(address)):
        log.info("No browser could be opened. Open the address above yourself.")


def _listen(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    candidates = range(FIRST_PORT, FIRST_PORT + TRIED_PORTS) if port is None else (port,)
    for candidate in candidates:
        try:
            listener = socket.create_server((host, candidate), family=family)
            break
        except OSError as exc:
            in_use = exc.errno == EADDRINUSE
            if in_use and candidate != candidates[-1]:
                continue
            hint = "the port is in use. Choose another with -p, or the next free one with -p auto"
            message = f"Cannot listen on {_in_url(host)}:{candidate}: {hint if in_use else exc.strerror}."
            raise click.ClickException(message) from exc
    # Connections inherit it. Without it every response's body waits 40 ms for its headers to be acknowledged;
    # asyncio sets it only on listeners that it creates.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    return listener


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class Broadcaster:
    """Sends an event to every open page at once when it connects, and again after each change."""

    def __init__(self) -> None:
        self._change = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def close(self) -> None:
        """End all streams, so that they do not delay the end of the server."""
        self._closed = True
        self._change.set()

    def publish(self) -> None:
        """Tell all open pages of a change; from any thread."""
        if self._loop:
            with suppress(RuntimeError):  # the loop ended just now
                self._loop.call_soon_threadsafe(self._publish)

    def _publish(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    async def stream(self) -> AsyncIterator[str]:
        """Yield server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html)."""
        self._loop = asyncio.get_running_loop()
        yield "retry: 300\n"
        while not self._closed:
            change = self._change  # taken before the event is sent: a change meanwhile is told, too
            yield "data: changed\n\n"
            await change.wait()


class _Server(uvicorn.Server):
    """Ends the event streams before it waits for open connections."""

    def __init__(self, app: ASGIApp, broadcaster: Broadcaster) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=ImpatientProtocol,
                lifespan="off",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        self._broadcaster = broadcaster

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._broadcaster.close()
        await super().shutdown(sockets)


def _application(
    session: Session,
    search: SearchIndex,
    broadcaster: Broadcaster,
    desk: Desk | None,
    links: EditorLinks | None,
) -> ASGIApp:
    """Return the application. Only where nobody but this machine can ask there are the desk, and `links`."""
    index_thread = ThreadPoolExecutor(1, "search")  # to wait for an index takes no thread that pages need

    def page(request: Request) -> Response:
        found = respond(session, request.scope["path"])
        headers = dict(NO_STORE)
        if found.location:
            query = request.scope["query_string"].decode("latin-1")
            headers["Location"] = f"{found.location}?{query}" if query else found.location
        return Response(found.body, found.status, headers, media_type=found.type)

    def status(request: Request) -> Response:
        found = page_status(session, unquote(request.query_params.get("path", "/")), links)
        return Response(msgspec.json.encode(found), 200, NO_STORE, media_type=TYPES[".json"])

    def sources_of_page(request: Request) -> Response:
        path = unquote(request.query_params.get("path", "/")).strip("/")
        found = sources(session.state.content, path, links) if links else ()
        return Response(msgspec.json.encode(found), 200, NO_STORE, media_type=TYPES[".json"])

    async def index_file(request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        data = search.cached(path)
        if data is None:
            data = await asyncio.get_running_loop().run_in_executor(index_thread, search.read, path)
        if data is None:
            return await run_in_threadpool(page, request)
        return Response(data, 200, NO_STORE, media_type=type_of(path))

    async def events(_: Request) -> Response:
        return StreamingResponse(broadcaster.stream(), 200, NO_STORE, media_type="text/event-stream")

    routes = [
        *(Route(f"/-/{name}", partial(_script, data)) for name, data in SCRIPTS.items()),
        Route("/-/sources", sources_of_page),
        Route("/-/status", status),
        Route("/-/events", events),
        Route(f"/{FOLDER}/{{path:path}}", index_file),
        *(desk.routes() if desk else []),
        Route("/{path:path}", page),
    ]
    return Starlette(routes=routes)


async def _script(data: bytes, _: Request) -> Response:
    return Response(data, 200, NO_STORE, media_type=TYPES[".js"])
