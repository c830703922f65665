"""The search index as it is served: made in memory when asked for, and again when papers have changed."""

import time
from collections.abc import Callable, Mapping
from threading import Lock

from generator.library.library import Library
from generator.problem import Location, error
from generator.serve.session import Report, Say
from generator.website.search.index import ENTRY, FOLDER, made, source


class Search:
    """The files of the index, and of the one before: a page that is open may have begun with that.

    Any thread may ask. Where the index cannot be made, the last one stays.
    """

    def __init__(self, library: Callable[[], Library | None], say: Say, report: Report) -> None:
        self._library = library
        self._say = say
        self._report = report
        self._making = Lock()
        self._looked_at: Library | None = None
        self._source = b""
        self._newest: Mapping[str, bytes] = {}
        self._files: Mapping[str, bytes] = {}

    def at_hand(self, path: str) -> bytes | None:
        """Return a file by its path in the output, None where only `file` can tell. It never waits."""
        return None if path == ENTRY else self._files.get(path)

    def file(self, path: str) -> bytes | None:
        """Return a file by its path in the output, of an index of the papers as they are; None for no file.

        It takes as long as an index does: a second for a hundred papers, a dozen for ten thousand.
        """
        with self._making:
            library = self._library()
            if library and library is not self._looked_at:
                self._bring_up_to_date(library)
            return self._files.get(path)

    def _bring_up_to_date(self, library: Library) -> None:
        found = source(library)
        if found != self._source:
            start = time.perf_counter()
            files = _made(library)
            if isinstance(files, str):
                hint = "All else is served. To open the search page again is to try again."
                self._report([error(Location(path=FOLDER), f"The search index was not made: {files}", hint)])
                return
            self._say(f"made: the search index, {(time.perf_counter() - start) * 1000:.0f} ms")
            before = {path: data for path, data in self._newest.items() if path != ENTRY}
            self._newest, self._files, self._source = files, {**before, **files}, found
        self._looked_at = library


def _made(library: Library) -> Mapping[str, bytes] | str:
    try:
        return made(library)
    except OSError as flaw:  # there is no Pagefind, or no process for it
        return f"{flaw.strerror}."
