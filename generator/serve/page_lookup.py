"""Find the page at a path, in one state of the site. Each page is planned when it is asked for."""

from collections.abc import Iterator
from threading import Lock
from typing import Self

from generator.engine.page import Page, Planner, plan
from generator.library.library import Library
from generator.library.site_files import OWN_ADDRESSES
from generator.website.pages import papers
from generator.website.planners import PLANNERS


class PageLookup:
    """Finds the page at a path: a paper's page directly, any other by running planners until one yields it.

    The likeliest planner runs first: the one that planned this path before, or the one whose module is named
    as the path's folder. Any thread may ask; the page of a paper never waits for another.
    """

    def __init__(self, library: Library | None, assets: Planner, before: Self | None = None) -> None:
        self._library = library
        self._planners = (assets, *(planner for planner in PLANNERS if planner is not papers.plan))
        self._running: dict[Planner, Iterator[Page]] = {}
        """The pages that each planner has not yielded yet."""
        self._planned: dict[str, Page] = {}
        self._planner_of: dict[str, Planner] = before._planner_of if before else {}
        """By path, the planner of each page that was ever asked for."""
        self._lock = Lock()

    def get(self, path: str) -> Page | None:
        """Return the page at a path, None if there is none."""
        library = self._library
        if library is None or not _may_be_page(path, library):
            return None
        if paper := papers.page(library, path):
            return paper
        with self._lock:
            if path not in self._planned:
                self._run_planners_until(path, library)
            return self._planned.get(path)

    def _run_planners_until(self, path: str, library: Library) -> None:
        """Plan page after page until the one at the path is planned, or all are."""
        suffix = f".{path.partition('/')[0]}"

        def is_unlikely(planner: Planner) -> tuple[bool, bool]:
            return planner is not self._planner_of.get(path), not planner.__module__.endswith(suffix)

        for planner in sorted(self._planners, key=is_unlikely):
            try:
                for page in self._running.setdefault(planner, plan(library, (planner,))):
                    self._planned.setdefault(page.path, page)
                    if page.path == path:
                        self._planner_of[path] = planner
                        return
            except Exception:
                del self._running[planner]  # a generator that raised would look as if it had ended
                raise


def _may_be_page(path: str, library: Library) -> bool:
    """Tell whether a path is in a folder of the site, so that no planner runs for any other."""
    folder, is_below, _ = path.partition("/")
    return not is_below or folder in OWN_ADDRESSES or any(page.slug == folder for page in library.pages)
