"""What was published: `content/published.jsonl`, every URL and feed entry that ever was, a line each."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.library.paths import PUBLISHED
from generator.problem import Location, Problem, error


class Published(msgspec.Struct, frozen=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """A page's address, or an entry of a feed."""

    url: str = ""
    """Relative to the site's root: "papers/x/"; empty for an entry."""
    feed: str = ""
    """The feed's name, which its formats share: "feeds/picks"."""
    id: str = ""
    """The entry's permanent identity."""
    updated: dt.date | None = None
    current: bool = False
    """Whether the feed held the entry when it was last marked."""


def read_published(root: Path) -> tuple[tuple[Published, ...] | None, tuple[Problem, ...]]:
    """Return the rows in their order, None where nothing was ever marked, and which lines are unreadable."""
    try:
        lines = (root / PUBLISHED).read_bytes().splitlines()
    except FileNotFoundError:
        return None, ()
    rows: list[Published] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append(_decode(line))
        except msgspec.DecodeError as flaw:
            place = Location(path=PUBLISHED, line=number, text=line.decode("utf-8", "replace"))
            hint = "Restore the line; `broadsheet mark-published` alone writes this file."
            problems.append(error(place, f"This line is no row of what was published: {flaw}.", hint))
    return tuple(rows), tuple(problems)


_decode = msgspec.json.Decoder(Published).decode


def encode_published(rows: Iterable[Published]) -> bytes:
    """Return rows as JSON Lines, in their order."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in sorted(rows, key=_order))


def _order(row: Published) -> tuple[str, str, str]:
    return row.url, row.feed, row.id
