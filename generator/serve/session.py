"""The site as it is served: the state, read again when told to, and the pages rendered from it on request."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Lock

import msgspec

from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.library.record_files import Workers
from generator.problem import Location, Problem, error
from generator.serve.file_changes import Sight, Survey, sight_of
from generator.serve.state import State, advance, begin, edited_files, failed

KEPT = 64
"""Pages whose bytes are kept: those that browsers show are rendered once for all of them, and stay good."""
NAMED = 3
"""Edited files that one line on the terminal names."""

Say = Callable[[str], None]
Report = Callable[[Iterable[Problem]], None]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is shown."""

    path: str
    body: bytes | None
    """Its bytes, or its last good ones; None where it never had any."""
    problem: Problem | None = None
    """Why these are not the bytes that a build would write."""
    page: Page | None = None
    """None where it could not even be planned."""
    renderer: Renderer | None = None
    """The one that was asked first."""


class Live:
    """The live site. One thread calls `look` and takes the steps of `survey`; any thread asks for pages.

    At the start, and after an edit, errors are reported; notices only where an edit brings them.
    """

    def __init__(self, root: Path, say: Say, report: Report, workers: Workers | None = None) -> None:
        self._root = root
        self._say = say
        self._report = report
        self._survey = Survey(root)
        self._lock = Lock()
        self._shown: dict[str, Shown] = {}
        self._good: dict[str, Renderer] = {}
        """By template, the renderer that last made a page with it."""
        self._changed = Event()
        self.state = self._after(State(), lambda: begin(root, workers))
        if self.state.errors:
            report(self.state.errors)

    def stay_prepared(self) -> None:
        """Make what relates papers, now and after each change, before a page asks for it; never return."""
        while True:
            if (library := self.state.reading.library) and library.related:
                library.related.prepare()
            self._changed.wait()
            self._changed.clear()

    def look(self, changed: Iterable[Path], publish: Callable[[], None]) -> None:
        """Read again what changed, and say so; where a change does not tell what it means, look at all."""
        sight = sight_of(self._root, changed)
        if sight:
            self._take(sight, publish)
        else:
            for _ in self.survey(publish):
                pass

    def survey(self, publish: Callable[[], None]) -> Iterator[None]:
        """Look, step by step, for changes that no event told of, and take them over."""
        differing = yield from self._survey.steps(lambda: self.state.reading)
        self._take(Sight(records=differing, others=True, templates=True), publish)

    def _take(self, sight: Sight, publish: Callable[[], None]) -> None:
        start = time.perf_counter()
        before = self.state
        after = self._after(before, lambda: advance(self._root, before, sight))
        files = edited_files(before, after, sight)
        if not files and before.failure == after.failure:
            return
        self.state = after
        publish()
        self._changed.set()
        if files:
            took = (time.perf_counter() - start) * 1000
            names = ", ".join(files[:NAMED]) + (
                f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
            )
            self._say(f"changed: {names}, {took:.0f} ms")
        if new := after.since(before):
            self._report(new)
        if before.errors and not after.errors:
            self._say("No errors are left.")

    def _after(self, before: State, read: Callable[[], State]) -> State:
        """Return the state after reading, or the one before with one problem more where that fails."""
        try:
            return read()
        except OSError as flaw:
            place = Location(path=str(flaw.filename or self._root))
            problem = error(place, f"The file system says: {flaw.strerror}.", "Mend that; nothing is lost.")
        except Exception:
            problem = _our_fault("content")
        return failed(before, problem)

    def find(self, state: State, path: str) -> Page | Problem | None:
        """Return the page of the state at a path, None where there is none."""
        try:
            return state.pages.get(path)
        except Exception:
            return _our_fault(path)

    def show(self, state: State, path: str) -> Shown | None:
        """Return the page of the state at a path as it is shown, None where there is none."""
        page = self.find(state, path)
        if page is None:
            return None
        with self._lock:
            known = self._shown.get(path)
            shown = self._render(state, path, page, known)
            if shown is known:
                return shown
            self._shown.pop(path, None)
            self._shown[path] = shown
            if len(self._shown) > KEPT:
                del self._shown[next(iter(self._shown))]
        told = (*state.errors, known.problem if known else None)
        if shown.problem and shown.problem not in told:
            self._report([shown.problem])
        return shown

    def _render(self, state: State, path: str, page: Page | Problem, known: Shown | None) -> Shown:
        press, body = state.press, known.body if known else None
        if isinstance(page, Problem):
            return Shown(path=path, body=body, problem=page)
        if known and known.renderer is press.renderer and (known.page is page or known.page == page):
            return known
        data = _rendered(press.renderer, page)
        if isinstance(data, bytes):
            if data:  # an empty page is what a template gives that an editor is just saving
                self._good[page.template] = press.renderer
            return Shown(path=path, body=data, page=page, renderer=press.renderer)
        for earlier in (self._good.get(page.template), press.sound):
            if earlier and earlier is not press.renderer:
                last = _rendered(earlier, page)
                if isinstance(last, bytes):
                    body = last
                    break
        return Shown(path=path, body=body, problem=data, page=page, renderer=press.renderer)


def _rendered(renderer: Renderer, page: Page) -> bytes | Problem:
    try:
        return renderer.render(page)
    except Exception:
        return _our_fault(page.path)


def _our_fault(path: str) -> Problem:
    traceback.print_exc()
    return error(Location(path=path), "Broadsheet itself failed here.", "The terminal shows where.")
