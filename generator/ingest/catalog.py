"""Keep the catalog: the rows of all listings, receipts and records, which spare ingest decoding these files.

It is in `.broadsheet/`, so that one new listing among many is ingested without decoding all others. A row is
valid only for a file of the same digest, and for the same code.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from generator.files import DIGEST, digest, read_file
from generator.ingest.identity import Identity
from generator.problem import Problem

CATALOG = ".broadsheet/ingest.catalog"


class CatalogRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record's file."""

    path: str
    digest: bytes
    slug: str
    id: str = ""
    """Its id in receipts; empty if the record cannot be read."""
    aliases: tuple[str, ...] = ()
    """Its former slugs; if it cannot be read, the slugs and ids that it may have."""
    identity: Identity | None = None
    problems: tuple[Problem, ...] = ()
    """Why it cannot be read."""
    listings: tuple[str, ...] = ()
    """The names of the listings that its `listed` has rows for."""


class CatalogReceipt(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A receipt: the record's id, and the identity of the paper in its listing."""

    id: str
    identity: Identity
    vanished: bool = False


class CatalogReceipts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The receipts of a listing, by position."""

    digest: bytes = b""
    receipts: tuple[CatalogReceipt, ...] = ()
    format_name: str | None = None
    anyway: str | None = None
    problems: tuple[Problem, ...] = ()


class CatalogListing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A listing that was ingested whole: all its entries have receipts."""

    digest: bytes
    receipts: bytes
    """Digest of its receipts, as ingest left them."""
    size: int
    """How many entries it has."""
    source: str
    """The name of its format."""
    problems: tuple[Problem, ...] = ()
    """The problems that were reported for it."""


class Catalog(msgspec.Struct, frozen=True, array_like=True):
    """The files of a digest that ingest reads, as the last ingest left them."""

    code: bytes = b""
    records: Mapping[str, CatalogRecord] = {}
    """By path."""
    receipts: Mapping[str, CatalogReceipts] = {}
    """By the listing's name, also of listings that are gone."""
    listings: Mapping[str, CatalogListing] = {}
    """By name."""
    notices: Mapping[str, Problem] = {}
    """By path of record: the notice that listings no longer name its paper."""


def read_catalog(root: Path) -> Catalog:
    """Return the catalog that the last ingest left; an empty one where it is damaged or of other code."""
    try:
        data = read_file(root / CATALOG)
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
    """Return the digest of the code that makes the rows."""
    folder = Path(__file__).parents[1]
    rooms = ("ingest", "listings", "records", "text")
    files = [folder / "model.py", *(file for room in rooms for file in sorted((folder / room).rglob("*.py")))]
    return digest(b"".join(digest(file.read_bytes()) for file in files))
