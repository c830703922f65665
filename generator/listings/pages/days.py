"""Days as Hugging Face pages write them: "Oct 30", "May 12, 2023 1", "Published on Oct 4, 2026"."""

import datetime as dt
import re
from typing import NamedTuple

from generator.listings.values.dates import MONTHS, calendar_day

_DAY = re.compile(
    rf"(?:Published on )?(?P<month>{'|'.join(MONTHS)}) (?P<day>[0-9]{{1,2}})"
    r"(?:, (?P<year>[0-9]{4}))?"
    r"(?: (?P<comments>[0-9]{1,6}))?"
)
LEAP_YEAR = 2000
YEARS_BETWEEN_LEAP_DAYS = 8
"""At most: 1900 was no leap year, so the leap day before 1904's was 1896's."""


class PageDay(NamedTuple):
    """A day as a Hugging Face page gives it, and the count of comments behind it."""

    month: int
    day: int
    year: int | None
    comments: int | None

    def resolve(self, issue: dt.date | None) -> dt.date | None:
        """Return the day; without a year the last such day not after the issue; None where there is none."""
        if self.year is not None:
            return calendar_day(self.year, self.month, self.day)
        if issue is None:
            return None
        years = range(issue.year, issue.year - YEARS_BETWEEN_LEAP_DAYS - 1, -1)
        days = (calendar_day(year, self.month, self.day) for year in years)
        return next((day for day in days if day and day <= issue), None)

    def exists(self) -> bool:
        """Tell whether the calendar has such a day, in some year where none is stated."""
        year = LEAP_YEAR if self.year is None else self.year
        return calendar_day(year, self.month, self.day) is not None

    def agrees(self, issue: dt.date) -> bool:
        """Tell whether the issue's day is this one, so far as stated."""
        year = issue.year if self.year is None else self.year
        return (year, self.month, self.day) == (issue.year, issue.month, issue.day)


def page_day(text: str) -> PageDay | None:
    """Read a line such as ``Oct 1 3`` (1 October, 3 comments); None where it is no such line.

    ``Published on Oct 1`` is the same day; a no-break space is a space.
    """
    match = _DAY.fullmatch(text.replace("\u00a0", " "))
    if not match:
        return None
    year, comments = match["year"], match["comments"]
    return PageDay(
        month=MONTHS.index(match["month"]) + 1,
        day=int(match["day"]),
        year=int(year) if year else None,
        comments=int(comments) if comments else None,
    )
