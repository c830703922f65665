"""Read which listings ingest took and which it refused, for the page `status/`.

`broadsheet ingest` writes a receipt for each paper that a listing names, one a line. This module reads only
the fields that the page needs, and skips a line that is not a receipt: ingest reports that. The reasons why a
listing was refused are in `content/receipts/refused/LISTING.txt`, one a line.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from generator.library.paths import RECEIPTS, REFUSED
from generator.problem import Problem


class IngestedListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that was ingested."""

    name: str
    day: dt.date | None
    """The day that its name begins with."""
    ids: tuple[str, ...]
    """Those of the records of its papers, by place; a record may be gone."""
    anyway: str = ""
    """Why it was filed, although ingest refused it."""


class RefusedListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that ingest refused, and that is not filed."""

    name: str
    """What it would be called."""
    day: dt.date | None
    """The day that its name begins with."""
    reasons: tuple[str, ...]


class _Receipt(msgspec.Struct, frozen=True):
    id: str
    vanished: bool = False
    anyway: str = ""


def ingested_listings(files: Mapping[str, bytes | Problem]) -> tuple[IngestedListing, ...]:
    """Return the listings whose receipts are among the files, by path, in order of their names."""
    found = [
        (path.removeprefix(RECEIPTS).removesuffix(".jsonl"), data)
        for path, data in files.items()
        if path.startswith(RECEIPTS) and path.endswith(".jsonl") and isinstance(data, bytes)
    ]
    return tuple(_listing(name, data) for name, data in sorted(found))


def refused_listings(files: Mapping[str, bytes | Problem]) -> tuple[RefusedListing, ...]:
    """Return the refused listings whose reasons are among the files, by path, in order of their names."""
    found = sorted(
        (path.removeprefix(REFUSED).removesuffix(".txt"), data)
        for path, data in files.items()
        if path.startswith(REFUSED) and isinstance(data, bytes)
    )
    return tuple(
        RefusedListing(
            name=name, day=_day_of(name), reasons=tuple(data.decode("utf-8", "replace").splitlines())
        )
        for name, data in found
    )


def _listing(name: str, data: bytes) -> IngestedListing:
    receipts = tuple(_receipts(data))
    return IngestedListing(
        name=name,
        day=_day_of(name),
        ids=tuple(one.id for one in receipts if not one.vanished),
        anyway=next((one.anyway for one in receipts if one.anyway), ""),
    )


def _receipts(data: bytes) -> Iterator[_Receipt]:
    for line in data.splitlines():
        try:
            yield _decode(line)
        except msgspec.MsgspecError:
            continue


_decode = msgspec.json.Decoder(_Receipt).decode


def _day_of(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name[:10]) if name[10:11] == "-" else None
    except ValueError:
        return None
