import datetime as dt

import pytest

from generator.listings.pages.days import PageDay, day_abroad, is_relative, leads_to_days, page_day
from generator.listings.values.dates import iso_day

ISSUE = dt.date(2025, 10, 30)


def resolve(text: str, issue: dt.date | None) -> dt.date | None:
    day = page_day(text)
    assert day
    return day.resolve(issue)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Oct 30", PageDay(month=10, day=30, year=None, comments=None)),
        ("Oct 1 3", PageDay(month=10, day=1, year=None, comments=3)),
        ("Apr 16, 2021", PageDay(month=4, day=16, year=2021, comments=None)),
        ("May 12, 2023 1", PageDay(month=5, day=12, year=2023, comments=1)),
        ("May 12, 2023\u00a0 1", PageDay(month=5, day=12, year=2023, comments=1)),
        ("Sept 2", PageDay(month=9, day=2, year=None, comments=None)),
        ("October 30, 2025", PageDay(month=10, day=30, year=2025, comments=None)),
        ("Oct 30 2025", PageDay(month=10, day=30, year=2025, comments=None)),
        ("30 Oct. 2025", PageDay(month=10, day=30, year=2025, comments=None)),
        ("2025-10-30", PageDay(month=10, day=30, year=2025, comments=None)),
        ("Thu, Oct 30", PageDay(month=10, day=30, year=None, comments=None)),
    ],
)
def test_a_day_of_a_page(text: str, day: PageDay) -> None:
    assert page_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "Oct", "30 octobre", "2 days ago", "Oct 30,", "Oct 30, 20", "Oct ٣", "Oct 1 3 5"]
)
def test_no_day_of_a_page(text: str) -> None:
    assert page_day(text) is None


@pytest.mark.parametrize(
    ("text", "month", "day", "year"),
    [
        ("29 mai", 5, 29, None),
        ("1er oct. 2025", 10, 1, 2025),
        ("2. März 2024", 3, 2, 2024),
        ("30 de out. de 2025", 10, 30, 2025),
        ("2025年10月30日", 10, 30, 2025),
        ("10월 30일", 10, 30, None),
    ],
)
def test_a_day_in_another_language(text: str, month: int, day: int, year: int | None) -> None:
    assert day_abroad(text) == PageDay(month, day, year, None)


@pytest.mark.parametrize(
    "text", ["2 days ago", "an hour ago", "3d ago 5", "yesterday", "Updated 2 weeks ago"]
)
def test_how_long_ago_is_no_day(text: str) -> None:
    assert is_relative(text)
    assert not page_day(text)


@pytest.mark.parametrize(
    ("text", "issue", "day"),
    [
        ("Apr 20", ISSUE, dt.date(2025, 4, 20)),
        ("Oct 30", ISSUE, ISSUE),
        ("Oct 31", ISSUE, dt.date(2024, 10, 31)),
        ("Dec 31", dt.date(2025, 1, 1), dt.date(2024, 12, 31)),
        ("Feb 29", ISSUE, dt.date(2024, 2, 29)),
        ("Feb 29", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
        ("Feb 29", dt.date(2024, 2, 28), dt.date(2020, 2, 29)),
        ("Feb 29", dt.date(1904, 2, 28), dt.date(1896, 2, 29)),
        ("Jan 1", dt.date(1, 1, 1), dt.date(1, 1, 1)),
        ("Apr 16, 2021", ISSUE, dt.date(2021, 4, 16)),
        ("Apr 16, 2021", None, dt.date(2021, 4, 16)),
        ("Apr 20", None, None),
        ("Feb 30", ISSUE, None),
        ("Feb 29, 2023", ISSUE, None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_not_after_the_issue(
    text: str, issue: dt.date | None, day: dt.date | None
) -> None:
    assert resolve(text, issue) == day


@pytest.mark.parametrize(
    ("text", "exists"),
    [
        ("Feb 29", True),
        ("Feb 29, 2024", True),
        ("Feb 29, 2023", False),
        ("Feb 30", False),
        ("Jan 1, 0000", False),
    ],
)
def test_whether_the_calendar_has_a_day(text: str, *, exists: bool) -> None:
    day = page_day(text)
    assert day
    assert day.exists() is exists


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("Oct 30", True), ("Oct 30, 2025", True), ("Oct 30, 2024", False), ("Oct 29", False), ("Feb 30", False)],
)
def test_whether_a_page_is_of_its_issues_day(text: str, *, agrees: bool) -> None:
    day = page_day(text)
    assert day
    assert day.agrees(ISSUE) is agrees


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("« Oct 1", True),
        ("Oct 3, 2026 →", True),
        ("<- 2026-10-01", True),
        ("\u2b05\ufe0f Thu, Oct 1", True),
        ("« Oct 1 Oct 2 Oct 3 »", True),
        ("Oct 1 | Oct 3", True),
        ("\u2039 Prev", True),
        ("»", True),
        ("Next day: Oct 3", True),
        ("Oct 1", False),
        ("Next", False),
        ("Next Day Forecasts", False),
        ("Sim → Real", False),
        ("< 5", False),
        ("A | B", False),
        ("Oct 1 | " * 9 + "Sept. 30", True),
        ("Oct 1 | " * 9 + "August 31", False),
    ],
)
def test_what_leads_to_other_days(text: str, *, leads: bool) -> None:
    assert leads_to_days(text) is leads


def test_a_day_of_a_dump() -> None:
    assert iso_day("2024-06-28") == dt.date(2024, 6, 28)


@pytest.mark.parametrize(
    "text", ["2024-13-40", "2023-02-29", "2024-6-28", "20240628", "2024-W26-5", "", "soon"]
)
def test_no_day_of_a_dump(text: str) -> None:
    assert iso_day(text) is None
