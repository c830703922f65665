"""The site as it is served: the state, read again when told to, and the pages rendered from it on request."""

import gc
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import msgspec

from generator.editing.state import State, advance, differing_pages, edited_files
from generator.problem import Location, Problem, error, has_error
from generator.publishing.page import Page
from generator.publishing.render import Renderer
from generator.publishing.templates import SHIPPED

KEPT = 64
"""Pages whose bytes are kept: those that browsers show are rendered once for all of them, and stay good."""
NAMED = 3
"""Edited files that one line on the terminal names."""

Say = Callable[[str], None]
Report = Callable[[Iterable[Problem]], None]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is shown."""

    page: Page
    renderer: Renderer
    """The one that was asked first."""
    body: bytes | None
    """Its bytes, or its last good ones; None where it never had any."""
    problem: Problem | None = None
    """Why these are not the bytes that a build would write."""


class Live:
    """The live site. One thread calls `look`; any thread reads `state` and calls `show`."""

    def __init__(self, root: Path, say: Say, report: Report) -> None:
        self._root = root
        self._say = say
        self._report = report
        self._lock = Lock()
        self._shown: dict[str, Shown] = {}
        self._good: dict[str, Renderer] = {}
        """By template, the renderer that last made a page with it."""
        self.state = self._after(State(), content=True, templates=True)
        report(self.state.problems)

    def look(self, changed: Collection[Path], publish: Callable[[], None]) -> None:
        """Read again after files or folders changed; where anything differs, take that over and say so.

        All content is read where any of it changed, so that what one event does not tell comes to light with
        the next. What is neither below the content nor below the templates may be either, by a link.
        """
        start = time.perf_counter()
        before = self.state
        after = self._after(
            before,
            content=any(not _is_below(path, self._root / "templates", SHIPPED) for path in changed),
            templates=any(not _is_below(path, self._root / "content") for path in changed),
        )
        files = edited_files(before, after)
        if not files and before.problems == after.problems:
            return
        self.state = after
        publish()
        if files:
            took = (time.perf_counter() - start) * 1000
            names = ", ".join(files[:NAMED]) + (
                f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
            )
            pages = differing_pages(before, after)
            differ = "1 page differs" if pages == 1 else f"{pages} pages differ"
            self._say(f"changed: {names}, {differ}, {took:.0f} ms")
        self._report([problem for problem in after.problems if problem not in before.problems])
        if has_error(before.problems) and not has_error(after.problems):
            self._say("No errors are left.")

    def _after(self, before: State, *, content: bool, templates: bool) -> State:
        """Return the state after reading again, or the one before with one problem more where that fails."""
        try:
            with _no_collection():
                return advance(self._root, before, content=content, templates=templates)
        except OSError as flaw:
            place = Location(path=str(flaw.filename or self._root))
            problem = error(place, f"The file system says: {flaw.strerror}.", "Mend that; nothing is lost.")
        except Exception:
            problem = _our_fault("content")
        problems = sorted({*before.problems, problem}, key=lambda found: found.order)
        return msgspec.structs.replace(before, problems=tuple(problems))

    def show(self, state: State, page: Page) -> Shown:
        """Return a page of the state as it is shown."""
        with self._lock:
            known = self._shown.get(page.path)
            if known and known.renderer is state.press.renderer and known.page == page:
                return known
            shown = self._render(state, page, known)
            self._shown.pop(page.path, None)
            self._shown[page.path] = shown
            if len(self._shown) > KEPT:
                del self._shown[next(iter(self._shown))]
        told = (*state.problems, known.problem if known else None)
        if shown.problem and shown.problem not in told:
            self._report([shown.problem])
        return shown

    def _render(self, state: State, page: Page, known: Shown | None) -> Shown:
        press = state.press
        data = _rendered(press.renderer, page)
        if isinstance(data, bytes):
            if data:  # an empty page is what a template gives that an editor is just saving
                self._good[page.template] = press.renderer
            return Shown(page=page, renderer=press.renderer, body=data)
        body = known.body if known else None
        for earlier in (self._good.get(page.template), press.sound):
            if earlier and earlier is not press.renderer:
                last = _rendered(earlier, page)
                if isinstance(last, bytes):
                    body = last
                    break
        return Shown(page=page, renderer=press.renderer, body=body, problem=data)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector out: it would find no cycle in a state, and double the time to make one."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _is_below(path: Path, *folders: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _rendered(renderer: Renderer, page: Page) -> bytes | Problem:
    try:
        return renderer.render(page)
    except Exception:
        return _our_fault(page.path)


def _our_fault(path: str) -> Problem:
    traceback.print_exc()
    return error(Location(path=path), "Broadsheet itself failed here.", "The terminal shows where.")
