"""Groups of pages as the last build planned them, so that the next plans only those that may differ."""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import LedgerRow, StateFolder, read_value, write_value
from generator.engine.page import Group, KnownPage, Page, PageHead, Planner, encode
from generator.files import digest
from generator.library.library import Library


class _Kept(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that planned them."""
    groups: Mapping[bytes, Sequence[KnownPage]] = {}
    """By the key of a group."""


class PlanCache:
    """The plan of a library, of which earlier builds of an output know most groups."""

    def __init__(self, state: StateFolder, library: Library) -> None:
        """Plan a library with the help of what a state folder has."""
        self._path = state.path / "plan"
        kept = read_value(self._path, _Kept)
        self._before = kept.groups if kept and kept.code == code_fingerprint() else {}
        self._library, self._without_papers = library, library.without_papers
        self._groups: dict[bytes, tuple[Group, Sequence[Page | KnownPage]]] = {}
        """Those of this plan."""
        self._planned: dict[str, Page] = {}

    def pages(self, planners: tuple[Planner, ...]) -> Iterator[Page | KnownPage]:
        """Yield every page of the site, in the planners' order."""
        shared = digest(encode(self._without_papers))
        papers = {slug: record.digest for slug, record in self._library.records.items()}
        for planner in planners:
            for found in planner(self._library):
                if isinstance(found, Group):
                    key = found.key(shared, papers)
                    pages: Sequence[Page | KnownPage] | None = self._before.get(key)
                    pages = pages or [*found.pages(self._library, self._without_papers)]
                    self._groups[key] = found, pages
                    yield from pages
                else:
                    yield found

    def whole(self, page: Page | KnownPage) -> Page:
        """Return a page with its view: a known page is planned now, with its group."""
        if isinstance(page, Page):
            return page
        if page.path not in self._planned:
            pages = self._group_of[page.path].pages(self._library, self._without_papers)
            self._planned.update((found.path, found) for found in pages)
        return self._planned[page.path]

    @cached_property
    def _group_of(self) -> Mapping[str, Group]:
        return {page.path: group for group, pages in self._groups.values() for page in pages}

    def save(self, rows: Mapping[str, LedgerRow], rendered: Container[str]) -> None:
        """Keep the groups all of whose pages, by path, are rendered: their rows have the digests of views."""
        if self._groups.keys() == self._before.keys():
            return
        groups = {
            key: self._before.get(key) or [_known(page, rows[page.path].view) for page in pages]
            for key, (_, pages) in self._groups.items()
            if key in self._before or all(page.path in rendered for page in pages)
        }
        write_value(self._path, _Kept(code=code_fingerprint(), groups=groups))


def _known(page: PageHead, digest: bytes) -> KnownPage:
    heads = {name: getattr(page, name) for name in PageHead.__struct_fields__}
    return KnownPage(**heads, digest=digest)
