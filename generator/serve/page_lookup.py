"""The pages of one state of the site, each planned when it is asked for."""

from collections.abc import Iterator
from threading import Lock
from typing import Self

from generator.engine.page import Page, Planner
from generator.library.library import Library
from generator.library.site_files import OWN_ADDRESSES
from generator.website.pages import papers
from generator.website.planners import PLANNERS


class Pages:
    """Finds the page at a path: a paper's without any other, else by planning kind after kind.

    The likeliest kind is planned first: of which the page was before, or whose module is named as its folder.
    Any thread may ask; the page of a paper never waits for another.
    """

    def __init__(self, library: Library | None, assets: Planner, before: Self | None = None) -> None:
        self._library = library
        self._planners = (assets, *(planner for planner in PLANNERS if planner is not papers.plan))
        self._begun: dict[int, Iterator[Page]] = {}
        """What is left of each kind that was looked through."""
        self._planned: dict[str, Page] = {}
        self._kinds: dict[str, int] = before._kinds if before else {}
        """The kinds of the pages that were ever asked for."""
        self._lock = Lock()

    def get(self, path: str) -> Page | None:
        """Return the page at a path, None where there is none."""
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

        def likely(kind: int) -> tuple[bool, bool]:
            return kind == self._kinds.get(path), self._planners[kind].__module__.endswith(f".{folder}")

        for kind in sorted(range(len(self._planners)), key=likely, reverse=True):
            try:
                for page in self._begun.setdefault(kind, self._planners[kind](library)):
                    self._planned.setdefault(page.path, page)
                    if page.path == path:
                        self._kinds[path] = kind
                        return
            except Exception:
                del self._begun[kind]  # or it would look as if it had ended
                raise
