"""Find the page at a path, in one state of the site. Each page is planned when it is asked for."""

from collections.abc import Iterator
from threading import Lock
from typing import Self

from generator.engine.page import Page, Planner
from generator.library.library import Library
from generator.library.site_files import OWN_ADDRESSES
from generator.website.pages import papers
from generator.website.planners import PLANNERS


class PageLookup:
    """Finds the page at a path: a paper's page directly, any other by running one planner after the other.

    The likeliest planner runs first: the one that planned this path before, or the one whose module is named
    as the path's folder. Any thread may ask; the page of a paper never waits for another.
    """

    def __init__(self, library: Library | None, assets: Planner, before: Self | None = None) -> None:
        self._library = library
        self._planners = (assets, *(planner for planner in PLANNERS if planner is not papers.plan))
        self._running: dict[int, Iterator[Page]] = {}
        """By number of the planner, the pages it has not yielded yet."""
        self._planned: dict[str, Page] = {}
        self._planner_of: dict[str, int] = before._planner_of if before else {}
        """By path, the number of the planner of every page that was ever asked for."""
        self._lock = Lock()

    def get(self, path: str) -> Page | None:
        """Return the page at a path, None if there is none."""
        library = self._library
        if library is None:
            return None
        folder, below, _ = path.partition("/")
        if below and folder not in OWN_ADDRESSES and folder not in {page.slug for page in library.pages}:
            return None
        paper = papers.page(library, path)
        if paper:
            return paper
        with self._lock:
            if path not in self._planned:
                self._plan_until(library, path)
            return self._planned.get(path)

    def _plan_until(self, library: Library, path: str) -> None:
        folder = path.partition("/")[0]

        def likely(number: int) -> tuple[bool, bool]:
            named_so = self._planners[number].__module__.endswith(f".{folder}")
            return number == self._planner_of.get(path), named_so

        for number in sorted(range(len(self._planners)), key=likely, reverse=True):
            try:
                for page in self._running.setdefault(number, self._planners[number](library)):
                    self._planned.setdefault(page.path, page)
                    if page.path == path:
                        self._planner_of[path] = number
                        return
            except Exception:
                del self._running[number]  # a generator that raised would look as if it had ended
                raise
