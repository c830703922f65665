"""Read the catalog: of each listing, receipt and record, what tells whether it has to be read again.

It is kept in `.broadsheet/`, so that one new listing among many is ingested without decoding all others. What
it holds of a file holds for that file's digest only, and for the code that read it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec

from generator.files import DIGEST, digest
from generator.ingest.identity import Facts
from generator.problem import Location, Problem, error

CATALOG = ".broadsheet/ingest.catalog"


class RecordHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record's file."""

    path: str
    digest: bytes
    slug: str
    id: str = ""
    """What receipts know it by; empty where it cannot be read."""
    aliases: tuple[str, ...] = ()
    """Its former slugs; of one that cannot be read, the slugs and ids that it may have."""
    facts: Facts | None = None
    problems: tuple[Problem, ...] = ()


class ReceiptHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A receipt: the record's id, and by what its listing knows the paper."""

    id: str
    facts: Facts
    vanished: bool = False


class ReceiptsHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The receipts of a listing, by position."""

    digest: bytes
    receipts: tuple[ReceiptHead, ...] = ()
    format_name: str | None = None
    anyway: str | None = None
    problems: tuple[Problem, ...] = ()


class ListingHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A listing that was ingested whole: all its entries have receipts."""

    digest: bytes
    receipts: bytes
    """Digest of its receipts, as ingest left them."""
    entries: int
    source: str
    """The name of its format."""
    problems: tuple[Problem, ...] = ()
    """What was said of it."""


class Catalog(msgspec.Struct, frozen=True, array_like=True):
    """The files of a digest that ingest reads."""

    code: bytes = b""
    records: Mapping[str, RecordHead] = {}
    """By path."""
    receipts: Mapping[str, ReceiptsHead] = {}
    """By the listing's name, also of listings that are gone."""
    listings: Mapping[str, ListingHead] = {}
    """By name."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What records and receipts know of papers."""

    records: Mapping[str, RecordHead]
    """By id: those that can be read, no two of one id."""
    receipts: Mapping[str, tuple[ReceiptHead, ...]]
    """By the listing's name."""
    live_ids: Mapping[str, str]
    """The ids of records, by all ids that lead to them: former slugs too."""
    unread: frozenset[str] = frozenset()
    """Slugs and ids that files may have which cannot be read."""

    def taken(self) -> set[str]:
        """Return the slugs and ids that no new record may have, with those of records that are gone."""
        slugs = (head.slug.lower() for head in self.records.values())
        receipts = chain.from_iterable(self.receipts.values())
        return {*self.live_ids, *slugs, *(receipt.id for receipt in receipts)}

    def live(self, id_: str) -> str:
        """Return the id of the record that an id leads to; the id itself where the record is gone."""
        return self.live_ids.get(id_, id_)


def known_of(
    records: Iterable[RecordHead], receipts: Mapping[str, ReceiptsHead]
) -> tuple[Known, tuple[Problem, ...]]:
    """Return what heads know, and what is wrong with records, be it that two have one id."""
    by_id: dict[str, RecordHead] = {}
    copies: dict[str, list[RecordHead]] = {}
    unread: set[str] = set()
    problems: list[Problem] = []
    for head in records:
        problems += head.problems
        if not head.id:
            unread.update(head.aliases)
        elif head.id in by_id:
            copies.setdefault(head.id, [by_id[head.id]]).append(head)
        else:
            by_id[head.id] = head
    for id_, heads in copies.items():
        del by_id[id_]
        message = f"{len(heads)} records have the id {id_!r}; ingest leaves them as they are."
        for head in heads:
            unread.update((head.id, head.slug.lower()))
            problems.append(error(Location(path=head.path), message, "Give each paper an id of its own."))
    live_ids = {old: head.id for head in by_id.values() for old in head.aliases}
    live_ids.update(zip(by_id, by_id, strict=True))
    rows = {name: one.receipts for name, one in receipts.items()}
    known = Known(records=by_id, receipts=rows, live_ids=live_ids, unread=frozenset(unread))
    return known, tuple(problems)


def read_catalog(root: Path) -> Catalog:
    """Return the catalog that the last ingest left; an empty one where it is damaged or of other code."""
    try:
        data = (root / CATALOG).read_bytes()
        if digest(memoryview(data)[DIGEST:]) == data[:DIGEST]:
            catalog = _decode(memoryview(data)[DIGEST:])
            if catalog.code == code_digest():
                return catalog
    except (OSError, msgspec.MsgspecError):
        pass
    return Catalog()


def encode_catalog(catalog: Catalog) -> bytes:
    """Return a catalog as it is kept."""
    data = msgspec.msgpack.encode(msgspec.structs.replace(catalog, code=code_digest()))
    return digest(data) + data


_decode = msgspec.msgpack.Decoder(Catalog).decode


@cache
def code_digest() -> bytes:
    """Return the digest of the code that what is kept follows from."""
    folder = Path(__file__).parents[1]
    rooms = ("ingest", "listings", "records", "text")
    files = [folder / "model.py", *(file for room in rooms for file in sorted((folder / room).rglob("*.py")))]
    return digest(b"".join(digest(file.read_bytes()) for file in files))
