"""What was published: `content/published.jsonl`, a line for every address and every feed entry that ever was.

For example `{"feed":"feeds/picks","id":"tag:digest.example,2025:x","updated":"2025-10-30","current":true}`
and `{"url":"papers/x/"}`.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import msgspec

from generator.library.paths import PUBLISHED
from generator.problem import Location, Problem, error


class PublishedAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page's address."""

    url: str
    """Relative to the site's root: "papers/x/"."""


class PublishedEntry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry of a feed."""

    feed: str
    """The feed's name, which its formats share: "feeds/picks"."""
    id: str
    """The entry's permanent identity."""
    updated: dt.date | None = None
    current: bool = False
    """Whether the feed held the entry when it was last marked."""


Published: TypeAlias = PublishedAddress | PublishedEntry


def read_published(root: Path) -> tuple[tuple[Published, ...] | None, tuple[Problem, ...]]:
    """Return the rows in order, None if nothing was ever marked, and an error for each unreadable line."""
    try:
        lines = (root / PUBLISHED).read_bytes().splitlines()
    except FileNotFoundError:
        return None, ()
    rows: list[Published] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        try:
            is_address = "url" in _fields(line)
            rows.append(_address(line) if is_address else _entry(line))
        except msgspec.DecodeError as flaw:
            place = Location(path=PUBLISHED, line=number, text=line.decode("utf-8", "replace"))
            hint = "Restore the line. Only `broadsheet mark-published` writes this file."
            problems.append(error(place, f"This line is not a published address or entry: {flaw}.", hint))
    return tuple(rows), tuple(problems)


_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_address = msgspec.json.Decoder(PublishedAddress).decode
_entry = msgspec.json.Decoder(PublishedEntry).decode


def encode_published(rows: Iterable[Published]) -> bytes:
    """Return rows as JSON Lines: entries by feed and identity, then addresses."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in sorted(rows, key=_order))


def _order(row: Published) -> tuple[str, str, str]:
    return (row.url, "", "") if isinstance(row, PublishedAddress) else ("", row.feed, row.id)
