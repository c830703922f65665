"""What was published: `content/published.jsonl`, with a line for each address, entry, and entry of a feed.

For example `{"url":"papers/x/"}`, `{"id":"tag:digest.example,2025:x","url":"papers/x/","published":
"2025-10-30T12:00:00Z","updated":"2025-10-30T12:00:00Z"}` and `{"feed":"feeds/picks","id":
"tag:digest.example,2025:x","since":"2025-10-30","current":true}`. `broadsheet mark-published` writes it, and
`broadsheet let-go` adds the reason to a line of what is no longer to be published.
"""

import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from typing import Annotated, TypeAlias

import msgspec

from generator.library.paths import PUBLISHED
from generator.problem import Location, Problem, at_most, error

_Time = Annotated[dt.datetime, msgspec.Meta(tz=True)]


class PublishedAddress(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A page's address."""

    url: str
    """Relative to the site's root: "papers/x/"."""
    let_go: str = ""
    """Why it may vanish; empty if it may not."""


class PublishedEntry(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """An entry, the same in every feed that has it."""

    id: str
    """Its permanent identity."""
    url: str
    """The address of its page, relative to the site's root."""
    published: _Time
    updated: _Time
    papers: int = 0
    """How many papers it has, if it is of an issue or a week."""
    withdrawn: bool = False
    """Whether it says that its paper has been withdrawn."""
    let_go: str = ""


class FeedRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry of a feed."""

    feed: str
    """The feed's name, which its formats share: "feeds/picks"."""
    id: str
    since: dt.date | None = None
    """The day on which this feed first had it; None if the line is of a time when that was not kept."""
    current: bool | None = None
    """Whether the feed held the entry when it was last marked; None if it never did, as with old papers."""
    left: bool = False
    """Whether it no longer belonged into the feed when that was last marked; if it comes back, it is news."""
    updated: dt.date | None = None
    """Only in lines of a time when entries had none of their own; it is dropped."""


PublishedRow: TypeAlias = PublishedAddress | PublishedEntry | FeedRow


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """All that was ever published."""

    marked: bool = False
    """Whether anything was."""
    addresses: Mapping[str, PublishedAddress] = {}
    """By URL."""
    entries: Mapping[str, PublishedEntry] = {}
    """By identity."""
    feeds: Mapping[str, Mapping[str, FeedRow]] = {}
    """By feed and identity."""

    @property
    def rows(self) -> list[PublishedRow]:
        """Every line."""
        of_feeds = (row for found in self.feeds.values() for row in found.values())
        return [*self.addresses.values(), *self.entries.values(), *of_feeds]

    def has_feed(self, feed: str) -> bool:
        """Tell whether a feed was published, by its name."""
        return feed in self.feeds or f"{feed}.json" in self.addresses


def decode_register(data: bytes) -> tuple[Register, tuple[Problem, ...]]:
    """Return the register that a file holds, and an error for each unreadable line, up to `MOST`.

    Of two lines of one thing, as git joins them where two machines have published, the earlier time of
    publication counts, the later of an update, and that it is not let go.
    """
    addresses: dict[str, PublishedAddress] = {}
    entries: dict[str, PublishedEntry] = {}
    feeds: dict[str, dict[str, FeedRow]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(data.removeprefix(BOM_UTF8).splitlines(), 1):
        if not line.strip():
            continue
        try:
            match _row(line):
                case PublishedAddress(url=url) as row:
                    addresses[url] = addresses.get(url, row) if row.let_go else row
                case PublishedEntry(id=name) as row:
                    entries[name] = _joined_entry(entries[name], row) if name in entries else row
                case FeedRow(feed=feed, id=name) as row:
                    of_feed = feeds.setdefault(feed, {})
                    of_feed[name] = _joined_row(of_feed[name], row) if name in of_feed else row
        except msgspec.DecodeError as flaw:
            place = Location(path=PUBLISHED, line=number, text=line.decode("utf-8", "replace"))
            hint = "Restore the line. Only `broadsheet mark-published` and `let-go` write this file."
            problems.append(error(place, f"This line is not a published address or entry: {flaw}.", hint))
    found = Register(marked=True, addresses=addresses, entries=entries, feeds=feeds)
    return found, at_most(problems, PUBLISHED)


def _joined_entry(one: PublishedEntry, other: PublishedEntry) -> PublishedEntry:
    return msgspec.structs.replace(
        max(one, other, key=lambda row: row.updated),
        published=min(one.published, other.published),
        let_go=one.let_go and other.let_go,
    )


def _joined_row(one: FeedRow, other: FeedRow) -> FeedRow:
    shown = {row.current for row in (one, other)} - {None}
    return msgspec.structs.replace(
        one,
        since=min(filter(None, (one.since, other.since)), default=None),
        current=any(shown) if shown else None,
        left=one.left and other.left,
    )


def _row(line: bytes) -> PublishedRow:
    """Return a line's row; its fields tell its kind."""
    fields = _fields(line)
    return _row_of_feed(line) if "feed" in fields else _entry(line) if "id" in fields else _address(line)


_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_address = msgspec.json.Decoder(PublishedAddress).decode
_entry = msgspec.json.Decoder(PublishedEntry).decode
_row_of_feed = msgspec.json.Decoder(FeedRow).decode


def encode_register(rows: Iterable[PublishedRow]) -> bytes:
    """Return rows as JSON Lines: entries of feeds by feed and identity, then entries, then addresses."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in sorted(rows, key=_order))


def _order(row: PublishedRow) -> tuple[int, str, str]:
    match row:
        case FeedRow(feed=feed, id=name):
            return 0, feed, name
        case PublishedEntry(id=name):
            return 1, name, ""
        case PublishedAddress(url=url):
            return 2, url, ""
