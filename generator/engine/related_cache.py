"""Keep the related papers that the last build found, so that the next one searches only what may differ."""

from collections.abc import Mapping
from functools import cached_property

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import StateFolder, read_value, write_value
from generator.library.library import Library, Relation
from generator.library.packed import PackedPaper
from generator.library.record_files import RecordFile
from generator.library.terms import Terms
from generator.related.index import RelatedIndex
from generator.related.lazy_index import LazyIndex
from generator.related.likeness import IndexedPaper


class _Row(msgspec.Struct, frozen=True, array_like=True):
    digest: bytes
    """Of the record's file."""
    paper: IndexedPaper
    relations: tuple[Relation, ...] | None
    """None where no page asked for them."""


class _Kept(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that found them."""
    terms: Terms = Terms()
    rows: Mapping[str, _Row] = {}
    """By slug."""


class RelatedCache:
    """The index that the last build of an output kept. Its file is read when it is first needed."""

    def __init__(self, state: StateFolder, files: Mapping[str, RecordFile]) -> None:
        self._path = state.path / "related"
        self._files = files
        """The records as they are now."""

    @cached_property
    def _kept(self) -> _Kept:
        kept = read_value(self._path, _Kept)
        return kept if kept and kept.code == code_fingerprint() else _Kept()

    @cached_property
    def _index(self) -> RelatedIndex:
        """The index of the last build, with an empty record in place of each that has changed or is gone."""
        now = {file.slug: file for file in self._files.values()}
        rows = self._kept.rows
        records = {slug: PackedPaper(slug=slug, packed=memoryview(b"")) for slug in rows}
        for slug, row in rows.items():
            file = now.get(slug)
            if file and file.record and file.digest == row.digest:
                records[slug] = file.record
        return RelatedIndex(
            self._kept.terms,
            records,
            {slug: row.paper for slug, row in rows.items()},
            {slug: row.relations for slug, row in rows.items() if row.relations is not None},
        )

    def attach(self, library: Library) -> Library:
        """Return the library with its related papers. They are searched when a page asks for them."""
        return msgspec.structs.replace(library, related=LazyIndex(library, lambda: self._index))

    def save(self, library: Library) -> None:
        """Write the related papers that pages asked for, for the next build."""
        if not (isinstance(library.related, LazyIndex) and library.related.made):
            return
        index, before = library.related.made, self._index
        if (index.terms, index.entries, index.found) == (before.terms, before.entries, before.found):
            return
        rows = {
            file.slug: _Row(file.digest, index.entries[file.slug], index.found.get(file.slug))
            for file in self._files.values()
            if file.slug in index.entries
        }
        write_value(self._path, _Kept(code=code_fingerprint(), terms=index.terms, rows=rows))
