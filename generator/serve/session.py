"""A live session: its state follows the files; pages are rendered on request, in their last good state."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

import msgspec

from generator.engine.page import Page, plan
from generator.engine.render import Renderer
from generator.library.library import Library
from generator.library.snapshot import Snapshot
from generator.problem import Location, Problem, Severity, error, has_error
from generator.processes import Workers
from generator.publication.guard import check_published
from generator.serve.file_changes import FileChanges, RecordScan, changes_of
from generator.serve.state import State, changed_files, first_state, next_state
from generator.website.planners import PLANNERS

T = TypeVar("T")

QUIET = 1.0
"""Seconds without a change before what would vanish is looked for."""
CACHED_PAGES = 64
"""Pages whose bytes are kept: those that browsers show are rendered once for all of them."""
NAMED_FILES = 3
"""Changed files that one line in the terminal names."""


class Log(msgspec.Struct, frozen=True):
    """Where the live server tells the editor what happens: `broadsheet serve` prints it."""

    info: Callable[[str], None]
    """Takes one line."""
    problems: Callable[[Iterable[Problem]], None]


class ServedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is served."""

    path: str
    body: bytes | None
    """Its bytes, or its last good ones; None if it never had any."""
    problem: Problem | None = None
    """Why these are not the bytes that a build would write."""
    page: Page | None = None
    """None if it could not even be planned."""
    renderer: Renderer | None = None
    """The current renderer; where that failed, the bytes may come from an earlier one."""


class Session:
    """The live site. One thread calls `update` and takes the steps of `rescan`; any thread asks for pages.

    `publish` is called after each change of the state. At the start all errors are logged; after an edit, the
    errors and notices that are new.
    """

    def __init__(
        self, root: Path, log: Log, publish: Callable[[], None], workers: Workers | None = None
    ) -> None:
        self._root = root
        self._log = log
        self._publish = publish
        self._records = RecordScan(root)
        self._lock = Lock()
        self._served: dict[str, ServedPage] = {}
        self._good: dict[str, Renderer] = {}
        """By template, the renderer that last rendered a page with it."""
        self._changed = Event()
        self.losses: tuple[Problem, ...] = ()
        """An error for each published paper, theme or issue that would vanish, as last found."""
        self.state = _read(State(), lambda: first_state(root, workers))
        if self.state.errors:
            log.problems(self.state.errors)

    def keep_prepared(self) -> None:
        """Prepare the index of related papers, now and after each change, for pages to come; never return.

        When no more changes come, also find what was published and would vanish.
        """
        while True:
            if (library := self.state.content.library) and library.related:
                library.related.prepare()
            if not self._changed.wait(QUIET):
                self.find_losses()
                self._changed.wait()
            self._changed.clear()

    def find_losses(self) -> None:
        """Find what a build would refuse to lose: that needs the addresses of all pages."""
        state, before = self.state, self.losses
        library = state.content.library
        found: tuple[Problem, ...] | Problem = ()
        if library and library.published.marked and not has_error(state.content_errors):
            found = _or_problem("content", lambda: _losses(state.content, library))
        self.losses = found if isinstance(found, tuple) else (found,)
        if self.losses != before:
            self._log.problems([problem for problem in self.losses if problem not in before])
            self._publish()

    def update(self, paths: Iterable[Path]) -> None:
        """Read again what changed; everything, where the paths do not tell."""
        changes = changes_of(self._root, paths)
        if changes:
            self._apply(changes)
        else:
            for _ in self.rescan():
                pass

    def rescan(self) -> Iterator[None]:
        """Look, step by step, for changes that no event reported, and apply them."""
        differing: frozenset[str] = frozenset()
        with suppress(OSError):  # a folder that cannot be read: what follows meets it again, and says so
            differing = yield from self._records.steps(lambda: self.state.content)
        self._apply(FileChanges(records=differing, others=True, templates=True))

    def _apply(self, changes: FileChanges) -> None:
        start = time.perf_counter()
        before = self.state
        after = _read(before, lambda: next_state(self._root, before, changes))
        files = changed_files(before, after, changes)
        if not files and before.errors == after.errors:
            return
        self.state = after
        self._publish()
        self._changed.set()
        if files:
            label = f"changed, {(time.perf_counter() - start) * 1000:.0f} ms  "
            more = len(files) - NAMED_FILES
            names = [*files[:NAMED_FILES], *([f"and {more} more"] if more > 0 else [])]
            self._log.info(label + f"\n{' ' * len(label)}".join(names))
        if new := after.new_problems(before):
            self._log.problems(new)
        if before.errors and not after.errors:
            self._log.info("All errors are fixed.")

    def find(self, state: State, path: str) -> Page | Problem | None:
        """Return the page at a path in a state, None if there is none."""
        return _or_problem(path, lambda: state.page_lookup.get(path))

    def serve(self, state: State, path: str) -> ServedPage | None:
        """Return the page at a path in a state, rendered; None if there is none."""
        page = self.find(state, path)
        if page is None:
            return None
        with self._lock:
            before = self._served.get(path)
            served = self._render(state, path, page, before)
            if served is before:
                return served
            self._served.pop(path, None)
            self._served[path] = served
            if len(self._served) > CACHED_PAGES:
                del self._served[next(iter(self._served))]
        logged = (*state.errors, before.problem if before else None)
        if served.problem and served.problem not in logged:
            self._log.problems([served.problem])
        return served

    def _render(self, state: State, path: str, page: Page | Problem, before: ServedPage | None) -> ServedPage:
        body = before.body if before else None
        if isinstance(page, Problem):
            return ServedPage(path=path, body=body, problem=page)
        renderer = state.templates.renderer
        if before and before.renderer is renderer and (before.page is page or before.page == page):
            return before
        data = _or_problem(path, lambda: renderer.render(page))
        if isinstance(data, bytes):
            if data:  # an empty page comes from a template that an editor is just saving
                self._good[page.template] = renderer
            return ServedPage(path=path, body=data, page=page, renderer=renderer)
        for earlier in (self._good.get(page.template), state.templates.last_good):
            if earlier and earlier is not renderer:
                last = _or_problem(path, partial(earlier.render, page))
                if isinstance(last, bytes):
                    body = last
                    break
        return ServedPage(path=path, body=body, problem=data, page=page, renderer=renderer)


def _read(before: State, read: Callable[[], State]) -> State:
    """Return the state that `read` returns; where it fails, the one before and why."""
    after = _or_problem("content", read)
    return after if isinstance(after, State) else msgspec.structs.replace(before, failure=after)


def _losses(content: Snapshot, library: Library) -> tuple[Problem, ...]:
    found = check_published(content, plan(library, PLANNERS))
    return tuple(problem for problem in found if problem.severity is Severity.ERROR)


def _or_problem(path: str, call: Callable[[], T]) -> T | Problem:
    """Return what `call` returns, or a problem: the file system refused, or we have a bug."""
    try:
        return call()
    except OSError as exc:
        place, hint = Location(path=str(exc.filename or path)), "The last state that could be read is served."
        return error(place, f"Cannot read this: {exc.strerror}.", hint)
    except MemoryError:
        return error(Location(path=path), "This takes more memory than there is.", "Close other programs.")
    except Exception:
        traceback.print_exc()
        hint = "Please report it, with what the terminal shows."
        return error(Location(path=path), "This is a bug in Broadsheet.", hint)
