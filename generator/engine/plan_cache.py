"""Keep the plan of the last build, so that the next build plans only the pages that may differ.

What a planner yields depends on the outline of the library (all of it except the texts of records) and on the
records that the planner reads. What a group yields depends on its key and on the records that it reads. The
cache notes which records were read.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar, cast
from zlib import crc32

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import LedgerRow, StateFolder, read_value, write_value
from generator.engine.page import (
    Group,
    KnownPage,
    NotedRecords,
    Outlines,
    Page,
    PageHead,
    Planner,
    encode,
    plan,
)
from generator.files import digest
from generator.library.library import Library, Related, Relation
from generator.library.snapshot import Snapshot

RELATED = ""
"""Noted in place of a slug, when a planner asks which papers are related to any paper."""

P = TypeVar("P", bound=PageHead)


class PlanPart(msgspec.Struct, Generic[P], frozen=True, array_like=True):
    """Pages that are planned together: those of a group, or those that a planner yields itself."""

    pages: Sequence[P]
    read: Sequence[int] = ()
    """The papers whose records were read for them: of each slug its CRC-32, which takes less space."""
    key: bytes = b""
    """Of a group, the digest of all else that they depend on."""


KnownPart = PlanPart[KnownPage]
Parts = Sequence[PlanPart[Page] | KnownPart]
"""What a planner yields: first its own pages, then each group."""


class _Kept(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that planned them."""
    outline: bytes = b""
    """Digest of the outline of their library."""
    papers: Mapping[str, bytes] = {}
    """Digests of its records, by slug."""
    parts: Mapping[str, Sequence[KnownPart]] = {}
    """By the name of the planner."""


class PlanCache:
    """The plan of a library, most of which earlier builds of the output have made already."""

    def __init__(
        self, state: StateFolder, library: Library, content: Snapshot, stage: str | None = None
    ) -> None:
        """Prepare to plan a library, read from `content`, with the plan that is kept in a state folder.

        If `stage` is given, only its pages are to be rendered.
        """
        self._path = state.path / "plan"
        kept = read_value(self._path, _Kept)
        self._before = kept if kept and kept.code == code_fingerprint() else _Kept()
        self._library, self._without_papers, self._stage = library, library.without_papers, stage
        self._papers = {slug: record.digest for slug, record in library.records.items()}
        before = self._before.papers
        self._marks = {slug: crc32(slug.encode()) for slug in (RELATED, *self._papers)}
        changed = {slug for slug, found in self._papers.items() if found != before.get(slug)}
        self._changed = {*self._marked(changed | {RELATED} if library.terms.rows else changed)}
        self._files = content.files.values()
        others = (path.encode() + found for path, found in content.other_digests.items())
        self._outline = digest(b"\0".join([*others, *(file.outline_digest for file in self._files)]))
        self._parts: dict[str, Parts] = {}
        self._groups: list[tuple[list[PlanPart[Page] | KnownPart], int, Group, bytes]] = []
        self._planners: dict[str, Planner] = {}
        self._whole: dict[str, Page] = {}

    def pages(self, planners: tuple[Planner, ...]) -> Iterator[Page | KnownPage]:
        """Yield the pages of the site in the planners' order, but for those that `others` yields."""
        for planner in planners:
            name = _name(planner)
            self._planners[name] = planner
            self._parts[name] = self._planned(planner)
            for part in self._parts[name]:
                yield from part.pages

    def others(self) -> Iterator[KnownPage]:
        """Yield the pages of groups whose stage is not to be rendered, without view digests.

        They are planned last, since only clashes, vanished pages and the next build depend on them. For the
        same reason, the keys of groups in a first build are computed here.
        """
        for parts, place, group, key in self._groups:
            part = parts[place]
            if not self._is_wanted(group):
                part = _known(self._of_group(group, key), {}, ())
                yield from part.pages
            if not part.key:
                part = msgspec.structs.replace(part, key=group.key(self._shared, self._listed))
            parts[place] = part

    def whole(self, page: Page | KnownPage) -> Page:
        """Return a page with its view: a known page is planned now, with all of its planner."""
        if isinstance(page, Page):
            return page
        if page.path not in self._whole:
            found = plan(self._library, (self._planner_of[page.path],))
            self._whole.update((one.path, one) for one in found)
        return self._whole[page.path]

    def save(self, rows: Mapping[str, LedgerRow], rendered: Container[str]) -> None:
        """Write the plan for the next build. The ledger's rows have the view digests of `rendered` pages."""
        parts = {
            name: [_known(part, rows, rendered) for part in found]
            for name, found in self._parts.items()
            if _is_pure(self._planners[name])
        }
        kept = _Kept(code_fingerprint(), self._outline, self._papers, parts)
        if kept != self._before:
            write_value(self._path, kept)

    def _planned(self, planner: Planner) -> Parts:
        """Return the pages of a planner. Only those that the last build does not know are planned now."""
        is_comparable = self._outline == self._before.outline and _is_pure(planner)
        before = self._before.parts.get(_name(planner), ()) if is_comparable else ()
        known = [*map(self._still_known, before)]
        still = [part for part in known if part]
        is_own_known = bool(still) and still[0] is before[0]
        if is_own_known and len(still) == len(before):
            return still
        read: set[str] = set()
        own: list[Page] = []
        parts: list[PlanPart[Page] | KnownPart] = [PlanPart(())]
        for found in planner(_noted(self._library, read)):
            if isinstance(found, Page):
                own.append(found)
                continue
            # if its own pages are known, the groups are the same, in the same order
            place = len(parts)
            key, part = (before[place].key, known[place]) if is_own_known else (b"", None)
            self._groups.append((parts, place, found, key))
            parts.append((part or self._of_group(found, key)) if self._is_wanted(found) else PlanPart(()))
        parts[0] = before[0] if is_own_known else PlanPart(own, self._marked(read))
        return parts

    def _still_known(self, part: KnownPart | None) -> KnownPart | None:
        """Return a part of the last build's plan if it is still true; None if it has to be planned again.

        If its records changed but none of its pages is to be rendered, it is returned without view digests.
        """
        if part is None:
            return None
        if self._changed.isdisjoint(part.read):
            return part if all(page.digest or not self._is_wanted(page) for page in part.pages) else None
        if any(map(self._is_wanted, part.pages)):
            return None
        pages = [msgspec.structs.replace(page, digest=b"") for page in part.pages]
        return msgspec.structs.replace(part, pages=pages)

    def _is_wanted(self, planned: PageHead | Group) -> bool:
        return self._stage in {None, planned.stage}

    def _of_group(self, group: Group, key: bytes) -> PlanPart[Page] | KnownPart:
        if self._groups_before and not key:
            key = group.key(self._shared, self._listed)
        if known := self._still_known(self._groups_before.get(key)):
            return known
        # what is kept without view digests is planned again for its stage, whatever it has read
        read: set[str] | None = set() if self._is_wanted(group) else None
        pages = [*group.pages(self._library, self._without_papers, read)]
        return PlanPart(pages, self._marked(read or ()), key)

    def _marked(self, slugs: Iterable[str]) -> list[int]:
        return [self._marks[slug] for slug in slugs]

    @cached_property
    def _listed(self) -> Outlines:
        return Outlines({file.card.slug: file.outline_digest for file in self._files if file.card})

    @cached_property
    def _shared(self) -> bytes:
        return digest(encode(self._without_papers))

    @cached_property
    def _groups_before(self) -> Mapping[bytes, KnownPart]:
        return {part.key: part for parts in self._before.parts.values() for part in parts[1:]}

    @cached_property
    def _planner_of(self) -> Mapping[str, Planner]:
        of_parts = ((name, part) for name, parts in self._parts.items() for part in parts)
        return {page.path: self._planners[name] for name, part in of_parts for page in part.pages}


def _name(planner: Planner) -> str:
    return f"{planner.__module__}.{planner.__qualname__}"


def _is_pure(planner: Planner) -> bool:
    """Tell whether a planner depends on its library only: it is a function of a module of this program."""
    return planner.__module__.startswith("generator.") and "<" not in planner.__qualname__


def _noted(library: Library, read: set[str]) -> Library:
    """Return a library that adds to `read` the slug of each record that is read, and `RELATED`."""
    records = NotedRecords(lambda: library.records, read)
    related = _NotedRelated(library.related, read) if library.related else None
    return msgspec.structs.replace(library, records=records, related=related)


class _NotedRelated:
    """The related papers of a library, which note that they were asked for."""

    def __init__(self, related: Related, read: set[str]) -> None:
        self._related, self._read = related, read

    def of(self, slug: str) -> tuple[Relation, ...]:
        self._read.add(RELATED)
        return self._related.of(slug)

    def after(self, library: Library) -> Related:
        return self._related.after(library)

    def prepare(self) -> None:
        self._related.prepare()


def _known(
    part: PlanPart[Page] | KnownPart, rows: Mapping[str, LedgerRow], rendered: Container[str]
) -> KnownPart:
    """Return a part of the plan as it is written to the cache: its pages have digests in place of views."""
    pages = [
        _head(page, rows[page.path].view if page.path in rendered else b"")
        for page in part.pages
        if isinstance(page, Page)
    ]
    return PlanPart(pages, part.read, part.key) if pages else cast("KnownPart", part)


def _head(page: Page, digest: bytes) -> KnownPage:
    return KnownPage(
        path=page.path,
        template=page.template,
        encoder=page.encoder,
        stage=page.stage,
        day=page.day,
        lasting=page.lasting,
        digest=digest,
    )
