"""The search index of the live server: built in memory when asked for, and again after papers changed."""

import time
from collections.abc import Callable, Mapping
from threading import Lock

from generator.library.library import Library
from generator.problem import Location, error
from generator.serve.session import Log
from generator.website.search.index import ENTRY, FOLDER, Cache, made, source


class SearchIndex:
    """The files of the index, and of the one before: an open page may have begun with that.

    Any thread may ask. If the index cannot be built, the last one is kept.
    """

    def __init__(self, library: Callable[[], Library | None], log: Log) -> None:
        self._library = library
        self._log = log
        self._building = Lock()
        self._indexed: Library | None = None
        self._source = b""
        self._cache: Cache = {}
        self._newest: Mapping[str, bytes] = {}
        self._files: Mapping[str, bytes] = {}

    def cached(self, path: str) -> bytes | None:
        """Return a file by its path in the output; None if only `read` can tell. It never waits."""
        return None if path == ENTRY else self._files.get(path)

    def read(self, path: str) -> bytes | None:
        """Return a file by its path in the output, of an index of the current papers; None if there is none.

        It takes as long as to index the papers: a dozen seconds for ten thousand, half of one after an edit.
        """
        with self._building:
            library = self._library()
            if library and library is not self._indexed:
                self._update(library)
            return self._files.get(path)

    def _update(self, library: Library) -> None:
        found = source(library)
        if found != self._source:
            start = time.perf_counter()
            try:
                files = made(library, self._cache, self._newest.keys())
            except OSError as exc:  # Pagefind is missing, or cannot be started
                files = f"{exc.strerror}."
            if isinstance(files, str):
                hint = "All other pages work. Open the search page again to retry."
                message = f"Cannot build the search index: {files}"
                self._log.problems([error(Location(path=FOLDER), message, hint)])
                return
            self._log.info(f"built: the search index, {(time.perf_counter() - start) * 1000:.0f} ms")
            before = {path: data for path, data in self._newest.items() if path != ENTRY}
            self._newest = {
                path: self._newest[path] if data is None else data for path, data in files.items()
            }
            self._files, self._source = {**before, **self._newest}, found
        self._indexed = library
