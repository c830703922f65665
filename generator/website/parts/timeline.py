"""Timelines: papers by month or year, as bars and labels, with a title that says the finding.

Pure; `_chart.html` draws them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import msgspec

from generator.website.parts.findings import FEWEST_BARS, ChartPeriod, period_finding
from generator.words import month_name

WIDTH = 288
"""Units; where a chart is drawn as wide as the side column, one is a CSS pixel."""
TALLEST = 64
ABOVE, BELOW = 20, 20
"""Room for a line of labels above and below the bars."""
WIDEST = 24
NARROWEST = 1.5
LETTER = 7
"""How wide a character of a label is at most, on average."""
GAP = 8
"""Between labels, at least."""
MOST_MONTHS = 36
"""A longer time is shown in years."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A bar as it is drawn, in units, rounded to a tenth."""

    x: float
    y: float
    width: float
    height: float


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A word at its place: `x` is its middle, `y` its base line."""

    x: float
    y: int
    text: str

    @property
    def left(self) -> float:
        """Where it begins at the latest."""
        return self.x - len(self.text) * LETTER / 2

    @property
    def right(self) -> float:
        """Where it ends at the earliest."""
        return self.x + len(self.text) * LETTER / 2


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Papers over time: a bar for each month or year that has any."""

    title: str
    """The finding."""
    unit: str
    """The period of a bar: "month" or "year"."""
    periods: tuple[ChartPeriod, ...]
    """Oldest first."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return WIDTH, ABOVE + TALLEST + BELOW

    @property
    def base(self) -> int:
        """The bars' base line."""
        return ABOVE + TALLEST

    @property
    def peak(self) -> ChartPeriod:
        """The highest; the newest, where several are."""
        return max(self.periods, key=lambda period: (period.count, period.index))

    @property
    def alternative(self) -> str:
        """What is seen, in words."""
        first, last, peak = self.periods[0].name, self.periods[-1].name, self.peak
        return (
            f"A bar for each {self.unit} from {first} to {last}; the highest, {peak.name}, is {peak.count}."
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """A bar for each period."""
        width = max(NARROWEST, min(WIDEST, 0.75 * self._step))
        heights = [max(1.0, TALLEST * period.count / self.peak.count) for period in self.periods]
        return tuple(
            Bar(
                x=round(min(max(0.0, self._middle(period) - width / 2), WIDTH - width), 1),
                y=round(self.base - height, 1),
                width=round(width, 1),
                height=round(height, 1),
            )
            for period, height in zip(self.periods, heights, strict=True)
        )

    @property
    def labels(self) -> tuple[Label, ...]:
        """The first and the last period, and the highest one with its count, where there is room for it."""
        below = self.base + BELOW - 5
        first, last, peak = (
            _label(self._middle(period), below, period.short)
            for period in (self.periods[0], self.periods[-1], self.peak)
        )
        ends = [first, last] if _apart(first, last) else [last]
        count = _label(self._middle(self.peak), ABOVE - 6, str(self.peak.count))
        has_room = all(_apart(end, peak) or _apart(peak, end) for end in ends)
        return (*ends, *([peak] if has_room else []), count)

    @property
    def _step(self) -> float:
        return WIDTH / (self.periods[-1].index + 1)

    def _middle(self, period: ChartPeriod) -> float:
        return (period.index + 0.5) * self._step


def _apart(left: Label, right: Label) -> bool:
    return left.right + GAP <= right.left


def _label(middle: float, y: int, text: str) -> Label:
    """Return a label that is kept inside the chart."""
    half = len(text) * LETTER / 2
    return Label(x=round(min(max(middle, half), WIDTH - half), 1), y=y, text=text)


def over_time(
    dates: Iterable[dt.date | None], verb: str = "published", *, fewest: int = FEWEST_BARS
) -> Timeline | None:
    """Return papers by the month of their dates, or by the year if these are far apart.

    The verb says what they were on these dates. None if there would be fewer bars than `fewest`.
    """
    found = Counter(dates)
    dated = [date for date in found if date]
    by_month = bool(dated) and _months(max(dated)) - _months(min(dated)) < MOST_MONTHS
    counts = Counter[int]()
    for date in dated:
        counts[_months(date) if by_month else date.year] += found[date]
    if len(counts) < fewest:
        return None
    start, unit = min(counts), "month" if by_month else "year"
    periods = tuple(_period(place, start, counts[place], by_month=by_month) for place in sorted(counts))
    noun = "dated papers" if None in found else "papers"
    return Timeline(
        title=period_finding(periods, noun, verb) or f"{noun.capitalize()} by {unit}",
        unit=unit,
        periods=periods,
    )


def _months(date: dt.date) -> int:
    return 12 * date.year + date.month - 1


def _period(place: int, start: int, count: int, *, by_month: bool) -> ChartPeriod:
    if not by_month:
        return ChartPeriod(index=place - start, short=str(place), name=str(place), count=count)
    year, name = place // 12, month_name(place % 12 + 1)
    return ChartPeriod(index=place - start, short=f"{name[:3]} {year}", name=f"{name} {year}", count=count)
