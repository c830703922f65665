"""Timelines: what their titles find, what bars and labels they have, and that these fit any dates."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.parts.timeline import WIDTH, Timeline, over_time


def dates(text: str) -> list[dt.date | None]:
    """Return the dates that a text like "2024-05 3, 2025-01 12, none 2" counts."""
    found: list[dt.date | None] = []
    for row in text.split(", "):
        month, count = row.split()
        found += [None if month == "none" else dt.date.fromisoformat(f"{month}-15")] * int(count)
    return found


def timeline(text: str) -> Timeline:
    chart = over_time(dates(text), fewest=2)
    assert chart
    return chart


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ("2025-09 4, 2025-10 8", "Most papers were published in October 2025"),
        ("2025-01 5, 2025-05 5", "Half of the papers were published in May 2025"),
        ("2025-01 5, 2025-03 5", "Half of the papers were published in March 2025"),
        ("2025-09 1, 2025-10 8", "Papers by month"),
        ("2025-09 1, 2025-10 9", "Most papers were published in October 2025"),
        ("2025-09 6, 2025-10 6", "Papers by month"),
        ("2025-09 6, 2025-10 5, none 9", "Most dated papers were published in September 2025"),
        (
            "2025-01 5, 2025-06 3, 2025-07 3",
            "More than half of the papers were published in June 2025 and July 2025",
        ),
        (
            "2015-01 9, 2021-01 5, 2022-01 5, 2023-01 5, 2024-01 3",
            "More than half of the papers were published from 2021 to 2023",
        ),
        ("2025-01 4, 2025-02 3, 2025-03 4, 2025-04 5", "April 2025 has the most papers"),
        ("2025-01 4, 2025-02 4, 2025-03 4, 2025-04 3", "Papers by month"),
        ("2020-01 8, 2025-10 1", "Papers by year"),
        ("2020-01 8, 2025-10 1, none 40", "Dated papers by year"),
    ],
)
def test_the_title_of_a_timeline_says_what_its_counts_show(counts: str, title: str) -> None:
    assert timeline(counts).title == title


@pytest.mark.parametrize(
    "counts", ["none 12", "2025-10 900, none 1", "2025-01 1, 2025-02 1, 2025-03 1, 2025-04 1, 2025-05 9"]
)
def test_a_chart_needs_six_bars(counts: str) -> None:
    assert over_time(dates(counts)) is None
    assert over_time([]) is None
    assert over_time(dates(f"{counts}, 2026-01 1, 2026-02 1, 2026-03 1, 2026-04 1, 2026-05 1, 2026-06 1"))


def test_three_years_are_told_by_month_and_more_by_year() -> None:
    assert [period.name for period in timeline("2023-01 1, 2025-12 1").periods] == [
        "January 2023",
        "December 2025",
    ]
    assert [period.name for period in timeline("2023-01 1, 2026-01 1").periods] == ["2023", "2026"]


def test_the_alternative_says_what_is_seen() -> None:
    assert timeline("2025-08 2, 2025-09 4, 2025-10 3").alternative == (
        "A bar for each month from August 2025 to October 2025; the highest, September 2025, is 4."
    )


def test_bars_are_as_high_as_their_counts_and_placed_by_their_time_and_labels_are_kept_inside() -> None:
    chart = timeline("2024-11 2, 2025-04 9, 2025-09 3")
    assert (chart.size, chart.base) == ((288, 104), 84)
    assert [(bar.x, bar.y, bar.width, bar.height) for bar in chart.bars] == [
        (3.3, 69.8, 19.6, 14.2),
        (134.2, 20.0, 19.6, 64.0),
        (265.1, 62.7, 19.6, 21.3),
    ]
    assert [(label.x, label.y, label.text) for label in chart.labels] == [
        (28.0, 99, "Nov 2024"),
        (260.0, 99, "Sep 2025"),
        (144.0, 99, "Apr 2025"),
        (144.0, 14, "9"),
    ]


def test_a_bar_is_no_wider_than_24() -> None:
    assert [(bar.x, bar.width) for bar in timeline("2025-07 1, 2025-10 4").bars] == [(24.0, 24), (240.0, 24)]


@pytest.mark.parametrize(
    ("peak", "named"),
    [("2023-11", []), ("2023-12", ["Dec 2023"]), ("2025-01", ["Jan 2025"]), ("2025-02", [])],
)
def test_the_highest_bar_is_named_where_its_label_is_8_away_from_others(peak: str, named: list[str]) -> None:
    labels = timeline(f"2023-01 1, {peak} 9, 2025-12 1").labels
    assert [label.text for label in labels] == ["Jan 2023", "Dec 2025", *named, "9"]


def test_labels_name_the_ends_and_the_highest_bar_with_its_count() -> None:
    texts = [label.text for label in timeline("2024-11 2, 2025-04 9, 2025-10 3").labels]
    assert texts == ["Nov 2024", "Oct 2025", "Apr 2025", "9"]
    assert [label.text for label in timeline("2024-11 2, 2025-09 9, 2025-10 3").labels] == [
        *("Nov 2024", "Oct 2025"),
        "9",
    ]


@given(
    st.lists(st.dates() | st.none(), max_size=60)
    | st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2026, 1, 1)))
)
def test_whatever_the_dates_all_fits_and_no_label_covers_another(found: list[dt.date | None]) -> None:
    chart = over_time(found)
    if chart is None:
        return
    assert sum(period.count for period in chart.periods) == sum(date is not None for date in found)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1 and bar.height >= 1 for bar in chart.bars)
    *below, above = sorted(chart.labels, key=lambda label: (-label.y, label.x))
    assert all(label.left >= 0 and label.right <= WIDTH for label in chart.labels)
    assert all(left.right < right.left for left, right in pairwise(below))
    assert 0 < above.y < min(bar.y for bar in chart.bars)


@pytest.mark.parametrize("months", [6, 36, 200, 1200])
def test_a_chart_has_no_more_bars_than_can_be_told_apart(months: int) -> None:
    chart = over_time(dt.date(1925 + n // 12, n % 12 + 1, 1) for n in range(months) for _ in range(10))
    assert chart
    xs = [bar.x for bar in chart.bars]
    assert all(right - left >= chart.bars[0].width for left, right in pairwise(xs))
