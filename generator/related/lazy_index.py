"""The index of related papers, made when somebody first asks for it."""

from collections.abc import Callable
from threading import Lock

import msgspec

from generator.library.library import Library, Relation
from generator.related.index import NOTHING, RelatedIndex


class LazyIndex:
    """The related papers of a library, whose index is made from an earlier one when it is first asked for.

    Any thread may ask; one of them makes it, and the others wait.
    """

    def __init__(self, library: Library, earlier: Callable[[], RelatedIndex]) -> None:
        self._library = msgspec.structs.replace(library, related=None)  # so that earlier ones can be freed
        self._earlier = earlier
        self.made: RelatedIndex | None = None
        """The index; None until somebody asks for it."""
        self._making = Lock()

    @property
    def index(self) -> RelatedIndex:
        """The index, which is made now if it was not made before."""
        if not self._library.terms.rows:
            return NOTHING
        with self._making:
            if self.made is None:
                self.made = self._earlier().after(self._library)
                self._earlier = lambda: NOTHING  # so the earlier index can be freed
            return self.made

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers that are related to one, the most alike first."""
        return self.index.of(slug)

    def after(self, library: Library) -> "LazyIndex":
        """Return the related papers of the library that follows."""
        is_at_hand = self.made or self._making.locked()
        return LazyIndex(library, (lambda: self.index) if is_at_hand else self._earlier)

    def prepare(self) -> None:
        """Make the index with all that the first search in it needs."""
        index = self.index
        with self._making:
            index.prepare()
