"""Days as Hugging Face pages write them: "Oct 30", "May 12, 2023 1", "Published on Oct 4, 2026".

A browser of another language may write "30 août 2025" or "10月30日". "2 days ago" is no day: only the day of
the capture, which nothing states, would tell which.
"""

import datetime as dt
import re
from typing import NamedTuple

from generator.listings.values.dates import calendar_day

_MONTHS = (
    "Jan|January|janvier|janv|januar|jänner|jän|enero|ene|gennaio|gen|janeiro|januari",
    "Feb|February|février|févr|fév|februar|febrero|febbraio|fevereiro|fev|februari",
    "Mar|March|mars|märz|mär|marzo|março|maart|mrt",
    "Apr|April|avril|avr|abril|abr|aprile",
    "May|mai|mayo|maggio|mag|maio|mei",
    "Jun|June|juin|juni|junio|giugno|giu|junho",
    "Jul|July|juillet|juil|juli|julio|luglio|lug|julho",
    "Aug|August|août|agosto|ago|augustus",
    "Sep|Sept|September|septembre|septiembre|settembre|set|setembro",
    "Oct|October|octobre|oktober|okt|octubre|ottobre|ott|outubro|out",
    "Nov|November|novembre|noviembre|novembro",
    "Dec|December|décembre|déc|dezember|dez|diciembre|dic|dicembre|dezembro",
)
"""Months in English, and in French, German, Spanish, Italian, Portuguese and Dutch; no name means two."""
_NUMBERS = {name.lower(): number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_ENGLISH = "|".join(
    sorted((name for name in "|".join(_MONTHS).split("|") if name[0].isupper()), key=len)[::-1]
)
_ANY = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_YEAR = "(?:19|20)[0-9]{2}"
_COMMENTS = r"(?:(?: \[\])? (?P<comments>[0-9]{1,6}))?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_ON = f"(?:(?:Published|Updated|Submitted) on )?{_WEEKDAY}"
_DAYS = (
    re.compile(
        rf"{_ON}(?P<month>{_ENGLISH})\.? (?P<day>[0-9]{{1,2}})"
        rf"(?:(?:, | (?=(?:19|20)))(?P<year>[0-9]{{4}}))?{_COMMENTS}"
    ),
    re.compile(rf"{_ON}(?P<day>[0-9]{{1,2}}) (?P<month>{_ENGLISH})\.?(?:,? (?P<year>{_YEAR}))?{_COMMENTS}"),
    re.compile(rf"{_ON}(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_COMMENTS}"),
)
_DAYS_ABROAD = (
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:\.|er|º)? (?:de )?(?P<month>{_ANY})\.?"
        rf"(?:,? (?:de )?(?P<year>{_YEAR}))?{_COMMENTS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?P<year>{_YEAR}) ?[年년] ?)?"
        rf"(?P<month>[0-9]{{1,2}}) ?[月월] ?(?P<day>[0-9]{{1,2}}) ?[日일]{_COMMENTS}"
    ),
)
_RELATIVE = re.compile(
    r"(?:(?:Published|Updated|Submitted) )?"
    r"(?:(?:about |almost |over )?(?:[0-9]{1,3} ?|an? |one |two )"
    r"(?:[smhdwy]|mo|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?) ago"
    r"|just now|today|yesterday|last (?:week|month|year))"
    r"(?: [0-9]{1,6})?",
    re.IGNORECASE,
)
ARROWS = "«»\u2039\u203a<>←→⟵⟶⇐⇒◀▶◄►◂▸⬅➡\u276e\u276f"
_ARROW = re.compile(rf"-*[{ARROWS}]+[-\ufe0e\ufe0f]*")
_OTHER_DAY = r"(?:prev(?:ious)?|next|older|newer|earlier|later) (?:day|date|week|month|page|paper)s?"
_NAMED = re.compile(rf"{_OTHER_DAY}|prev(?:ious)?|next|older|newer|yesterday|today|tomorrow", re.IGNORECASE)
_NAMES = re.compile(rf"{_OTHER_DAY}(?:\Z|: )", re.IGNORECASE)
_BETWEEN_DAYS = re.compile(r"\s*[|·•/]\s*|: | {2,}|(?<=[0-9]) +(?=[^\W\d])")
LONGEST_LINK = 80
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

    DAY::

        Sept. 2
        Published on Oct 30, 2025
        30 October 2025
        2025-10-30

    NO DAY::

        30 octobre
        2 days ago
    """
    return _read(_DAYS, text)


def day_abroad(text: str) -> PageDay | None:
    """Read a line such as ``30 août 2025``, ``2. Okt.`` or ``10月30日``; None where it is no such line."""
    return _read(_DAYS_ABROAD, text)


def any_day(text: str) -> PageDay | None:
    """Read a line that is a day in any form."""
    return page_day(text) or day_abroad(text)


def is_relative(text: str) -> bool:
    """Tell whether a line is ``2 days ago`` or ``yesterday``."""
    return bool(_RELATIVE.fullmatch(" ".join(text.split())))


def leads_to_days(text: str) -> bool:
    """Tell whether a line leads to the pages of other days, by an arrow, a bar or a name.

    YES::

        « Oct 1
        Oct 1 | Oct 3
        ← Previous
        Next day: Oct 3

    NO::

        Oct 1 3
        Next
        A → B
    """
    if len(text) > LONGEST_LINK:
        return False
    without_arrows = _ARROW.sub("  ", text).strip()
    if without_arrows == text and " | " not in text and not _NAMES.match(text):
        return False
    bits = filter(None, _BETWEEN_DAYS.split(without_arrows))
    return all(_NAMED.fullmatch(bit) or any_day(bit) or is_relative(bit) for bit in bits)


def _read(forms: tuple[re.Pattern[str], ...], text: str) -> PageDay | None:
    """Return the day of a line in one of the forms; any white space is a space."""
    if not any(map(str.isdecimal, text)):
        return None
    line = " ".join(text.split())
    match = next((match for form in forms if (match := form.fullmatch(line))), None)
    if not match:
        return None
    month, year, comments = match["month"], match["year"], match["comments"]
    return PageDay(
        month=int(month) if month.isdecimal() else _NUMBERS[month.lower()],
        day=int(match["day"]),
        year=int(year) if year else None,
        comments=int(comments) if comments else None,
    )
