"""Days and years as bibliographic formats and dumps write them. A month or a year alone is no day."""

import datetime as dt
import re

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9])")
YEAR = re.compile(r"([12][0-9]{3})(?:[-/](?![0-9]{3}).*)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAIL = re.compile(
    r"(?<![0-9\u2013-])(?<![\u2013-] )([0-9]{1,2})"  # of several, as in "27-30 June 2016", none is the day
    rf"\s+({'|'.join(MONTHS)})[a-z]*\s+([0-9]{{4}}|[0-9]{{2}})(?![0-9])"
)
FIRST_YEAR = 91
"""arXiv began in 1991; years of two digits below are of this century."""


def day(value: object) -> dt.date | None:
    """Read the day of ``2024-05-28T17:59:37Z``, ``2005/07/15/`` or ``Mon, 2 Apr 2007 19:18:42 GMT``."""
    if not isinstance(value, str):
        return None
    if match := ISO.match(value.strip()):
        return calendar_day(*map(int, match.groups()))
    if match := MAIL.search(value[:100]):
        date, month, year = match.groups()
        return calendar_day(_full_year(year), MONTHS.index(month) + 1, int(date))
    return None


def iso_day(text: str) -> dt.date | None:
    """Read ``2024-06-28``; None where it is no such day."""
    return calendar_day(*map(int, text.split("-"))) if _ISO_DAY.fullmatch(text) else None


def date_parts(value: object) -> dt.date | None:
    """Read CSL's and Crossref's ``{"date-parts": [[2019, 5, 3]]}``; parts may be strings, or missing."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or len(first) != 3:
        return None
    numbers = [str(part) for part in first]
    if not all(re.fullmatch("[0-9]{1,4}", number) for number in numbers):
        return None
    return calendar_day(*map(int, numbers))


def year(value: object) -> int | None:
    """Read the year of ``1983``, ``2005/07//``, ``2014-05`` or ``{"date-parts": [[2019]]}``."""
    if isinstance(value, dict):
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        value = first[0] if isinstance(first, list) and first else value.get("raw") or value.get("literal")
    match = YEAR.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    return int(match[1]) if match else None


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= FIRST_YEAR else 2000)
