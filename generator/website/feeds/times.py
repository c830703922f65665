"""Find when an entry was published and updated: from content and from the register, never from a clock.

The first entry of a day is published at noon UTC (midnight is the day before in the Americas), each of the
others a second before the one above it, so that readers keep the editors' order. An entry that is added to a
published issue has the newest day. If a day has published entries already, new ones are later than those.
Once `broadsheet mark-published` has written the times of an entry, only the time of its update changes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec

from generator.library.library import Library
from generator.library.register import PublishedEntry, Register
from generator.website.feeds.items import Candidate
from generator.website.parts.feed_catalogue import PAPERS

_NOON = dt.time(12, tzinfo=dt.UTC)
_SECOND = dt.timedelta(seconds=1)


class EntryTimes(msgspec.Struct, frozen=True, array_like=True):
    """When an entry was first published, and when it was last updated."""

    published: dt.datetime
    updated: dt.datetime


class NewsDays(NamedTuple):
    """The days by which an entry is found to be late: added to an issue that is published already."""

    last: dt.date | None
    """The newest day of the papers that were published; None if nothing was."""
    now: dt.date | None
    """The day of late entries: that of the newest issue, or `last` if that is later."""
    latest: Mapping[dt.date, dt.datetime]
    """By day, the latest time on the register, also of entries that are gone: they may come back."""

    @classmethod
    def of(cls, library: Library) -> "NewsDays":
        """Return the days of a library."""
        register = library.published
        gone = {name for name, entry in register.entries.items() if entry.let_go}
        rows = register.feeds.get(PAPERS.base, {}).values()
        last = max((row.since for row in rows if row.since and row.id not in gone), default=None)
        newest = next((issue.day for issue in library.issues if issue.day), None)
        now = max(filter(None, (last, newest)), default=None)
        return cls(last, now, _latest_of_days(register.entries.values()))

    def day_of(self, day: dt.date) -> dt.date:
        """Return the day on which an unpublished entry appears: its own, or the newest if it comes late."""
        return day if self.last is None or self.now is None or day > self.last else max(day, self.now)


def since(library: Library, days: NewsDays, feed: str, entry: Candidate, identity: str) -> dt.date:
    """Return the day since which a feed has an entry; the newest day if it is new there, or is back."""
    register = library.published
    if not register.entries or not register.has_feed(feed):
        return entry.day
    row = register.feeds.get(feed, {}).get(identity)
    if row and not row.left:
        return row.since or entry.day
    return max(entry.day, days.now or entry.day)


def entry_times(
    entries: Iterable[Candidate], register: Register, prefix: str, days: NewsDays
) -> dict[str, EntryTimes]:
    """Return the times of entries by name, each time once. They come in the order of lists.

    `prefix` is the beginning of their identities.
    """
    entries, rows = tuple(entries), register.entries
    stored = {entry.name: row for entry in entries if (row := rows.get(prefix + entry.name))} if rows else {}
    latest = dict(days.latest)
    day_of = days.day_of if days.last else _same
    new = [(day_of(entry.day), entry.name) for entry in entries if entry.name not in stored]
    published = {name: row.published for name, row in stored.items()} | _placed(new, latest)
    updated = {name: row.updated for name, row in stored.items()}
    changed = [
        (day, entry.name)
        for entry in entries
        if (entry.changed or entry.name in stored)
        and (day := _new_change(entry, stored.get(entry.name), published[entry.name], days))
    ]
    updated |= _placed(changed, latest)
    return {name: EntryTimes(time, updated.get(name, time)) for name, time in published.items()}


def _same(day: dt.date) -> dt.date:
    return day


def _latest_of_days(rows: Iterable[PublishedEntry]) -> dict[dt.date, dt.datetime]:
    found: dict[dt.date, dt.datetime] = {}
    for row in rows:
        for time in (row.published, row.updated):
            found[time.date()] = max(time, found.get(time.date(), time))
    return found


def _placed(names: list[tuple[dt.date, str]], latest: dict[dt.date, dt.datetime]) -> dict[str, dt.datetime]:
    """Return a time for each name, later than the latest of its day; `latest` is updated."""
    found: dict[str, dt.datetime] = {}
    for day, members in groupby(sorted(names, key=itemgetter(0)), key=itemgetter(0)):
        group = [name for _, name in members]
        time = latest[day] + len(group) * _SECOND if day in latest else dt.datetime.combine(day, _NOON)
        latest[day] = time
        for name in group:
            found[name] = time
            time -= _SECOND
    return found


def _new_change(
    entry: Candidate, row: PublishedEntry | None, published: dt.datetime, days: NewsDays
) -> dt.date | None:
    """Return the day of a change that subscribers have not seen; None if there is none."""
    last = (row.updated if row else published).date()
    if row and (row.papers, row.withdrawn) != (entry.papers, entry.withdrawn):
        return max(last, entry.changed or last, days.now or last)
    if entry.changed is None or (row is None and entry.changed <= last):
        return None
    return max(last, entry.changed)
