"""Related papers as the last build found them, so that the next seeks those alone that may differ since."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import msgspec

from generator.engine.ledger import Store, code_fingerprint, read_value, write_value
from generator.library.library import Record
from generator.library.record_files import RecordFile
from generator.library.terms import Terms
from generator.related.index import Entry, Index, Relation, latest, start_from


class _Row(msgspec.Struct, frozen=True, array_like=True):
    digest: bytes
    """Of the record's file."""
    entry: Entry
    relations: tuple[Relation, ...] | None
    """None where nobody asked for them."""


class _Kept(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that found them."""
    terms: Terms = Terms()
    rows: Mapping[str, _Row] = {}
    """By slug."""


@contextmanager
def remembered(store: Store, files: Mapping[str, RecordFile]) -> Iterator[None]:
    """Have the last build's index at hand while pages are planned from these records; keep what it is then.

    Nothing is read or written where no page asks for related papers.
    """
    before = cache(lambda: _index(_read(store), files))
    start_from(before)
    yield
    if before.cache_info().currsize:
        index = latest()
        if (index.terms, index.entries, index.found) != (before().terms, before().entries, before().found):
            rows = (
                (file.slug, _Row(file.digest, index.entries[file.slug], index.found.get(file.slug)))
                for file in files.values()
                if file.slug in index.entries
            )
            kept = _Kept(code=code_fingerprint(), terms=index.terms, rows=dict(rows))
            write_value(store.folder / "related", kept)


def recalled_terms(store: Store, files: Mapping[str, RecordFile]) -> Terms:
    """Have the last build's index at hand, and return the table of terms it was made with."""
    kept = _read(store)
    start_from(lambda: _index(kept, files))
    return kept.terms


def recall(store: Store, files: Mapping[str, RecordFile]) -> None:
    """Have the last build's index at hand; it is read when it is asked for."""
    start_from(lambda: _index(_read(store), files))


def _read(store: Store) -> _Kept:
    kept = read_value(store.folder / "related", _Kept)
    return kept if kept and kept.code == code_fingerprint() else _Kept()


def _index(kept: _Kept, files: Mapping[str, RecordFile]) -> Index:
    """Return the index that was kept; a record whose file is another now, or gone, is an empty one there."""
    now = {file.slug: file for file in files.values()}
    records = {slug: Record(slug=slug, packed=memoryview(b"")) for slug in kept.rows}
    for slug, row in kept.rows.items():
        file = now.get(slug)
        if file and file.record and file.digest == row.digest:
            records[slug] = file.record
    return Index(
        kept.terms,
        records,
        {slug: row.entry for slug, row in kept.rows.items()},
        {slug: row.relations for slug, row in kept.rows.items() if row.relations is not None},
    )
