"""Charts: counts in; bars, labels and a title that says the finding out. Pure; `_chart.html` draws them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

import msgspec

from generator.model import Card, ThemePapers
from generator.website.urls import Link, theme_link
from generator.words import month_name, number_word

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
"""A longer time is told in years."""
FEWEST = 10
"""Of fewer papers, nothing is found."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A month or year that has papers."""

    index: int
    """Its place in time, the first one's being 0."""
    short: str
    """ "Oct 2025"."""
    name: str
    """ "October 2025"."""
    count: int


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
    """Papers over time: a bar for each month or year, one that has no paper left empty."""

    title: str
    """The finding."""
    unit: str
    """What a bar stands for: "month" or "year"."""
    points: tuple[Point, ...]
    """Oldest first."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return WIDTH, ABOVE + TALLEST + BELOW

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return ABOVE + TALLEST

    @property
    def peak(self) -> Point:
        """The highest; the newest, where several are."""
        return max(self.points, key=lambda point: (point.count, point.index))

    @property
    def alternative(self) -> str:
        """What is seen, in words."""
        first, last, peak = self.points[0].name, self.points[-1].name, self.peak
        return (
            f"A bar for each {self.unit} from {first} to {last}; the highest, {peak.name}, is {peak.count}."
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """A bar for each point."""
        width = max(NARROWEST, min(WIDEST, 0.75 * self._step))
        heights = [max(1.0, TALLEST * point.count / self.peak.count) for point in self.points]
        return tuple(
            Bar(
                x=round(min(max(0.0, self._middle(point) - width / 2), WIDTH - width), 1),
                y=round(self.base - height, 1),
                width=round(width, 1),
                height=round(height, 1),
            )
            for point, height in zip(self.points, heights, strict=True)
        )

    @property
    def labels(self) -> tuple[Label, ...]:
        """The first and the last period, and the highest one with its count, where there is room for it."""
        below = self.base + BELOW - 5
        first, last, peak = (
            _kept_inside(Label(x=self._middle(point), y=below, text=point.short))
            for point in (self.points[0], self.points[-1], self.peak)
        )
        ends = [first, last] if _apart(first, last) else [last]
        count = Label(x=self._middle(self.peak), y=self.base - TALLEST - 6, text=str(self.peak.count))
        has_room = all(_apart(end, peak) or _apart(peak, end) for end in ends)
        return (*ends, *([peak] if has_room else []), _kept_inside(count))

    @property
    def _step(self) -> float:
        return WIDTH / (self.points[-1].index + 1)

    def _middle(self, point: Point) -> float:
        return (point.index + 0.5) * self._step


def _apart(left: Label, right: Label) -> bool:
    return left.right + GAP <= right.left


def _kept_inside(label: Label) -> Label:
    half = len(label.text) * LETTER / 2
    return msgspec.structs.replace(label, x=round(min(max(label.x, half), WIDTH - half), 1))


def over_time(dates: Iterable[dt.date | None], verb: str = "published") -> Timeline | None:
    """Return papers by the month of their dates, or by the year where these lie far apart.

    The verb says what they were on these dates.

    None where there would be a single bar, or none.
    """
    found = list(dates)
    dated = sorted(date for date in found if date)
    by_month = bool(dated) and _months(dated[-1]) - _months(dated[0]) < MOST_MONTHS
    counts = Counter(_months(date) if by_month else date.year for date in dated)
    if len(counts) < 2:
        return None
    start, unit = min(counts), "month" if by_month else "year"
    points = tuple(_point(place, start, counts[place], by_month=by_month) for place in sorted(counts))
    noun = "papers" if len(dated) == len(found) else "dated papers"
    return Timeline(
        title=_finding(points, noun, verb) or f"{noun.capitalize()} by {unit}", unit=unit, points=points
    )


def _months(date: dt.date) -> int:
    return 12 * date.year + date.month - 1


def _point(place: int, start: int, count: int, *, by_month: bool) -> Point:
    if not by_month:
        return Point(index=place - start, short=str(place), name=str(place), count=count)
    year, name = place // 12, month_name(place % 12 + 1)
    return Point(index=place - start, short=f"{name[:3]} {year}", name=f"{name} {year}", count=count)


def _finding(points: tuple[Point, ...], noun: str, verb: str) -> str:
    """Return what the counts show: most in one period, half in a short run of them, or a highest one."""
    total = sum(point.count for point in points)
    if total < FEWEST:
        return ""
    first, last, count = _shortest_half(points, total)
    if first == last and 2 * count > total:
        return f"Most {noun} were {verb} in {first.name}"
    length = last.index - first.index + 1
    if 3 * length <= points[-1].index + 1:
        short = {1: f"in {last.name}", 2: f"in {first.name} and {last.name}"}
        run = short.get(length, f"from {first.name} to {last.name}")
        return f"{_share(count, total)} of the {noun} were {verb} {run}"
    highest = max(point.count for point in points)
    leaders = [point.name for point in points if point.count == highest]
    return f"{leaders[0]} has the most {noun}" if len(leaders) == 1 else ""


def _share(count: int, total: int) -> str:
    return "Half" if 2 * count == total else "More than half"


def _shortest_half(points: tuple[Point, ...], total: int) -> tuple[Point, Point, int]:
    """Return the shortest run of periods that has half of all: its ends and its count.

    Among equally short ones it is the one with the most, and the newest of those.
    """
    before = [0, *accumulate(point.count for point in points)]
    runs, start = [], 0
    for end, last in enumerate(points):
        while 2 * (before[end + 1] - before[start + 1]) >= total:
            start += 1
        if 2 * (before[end + 1] - before[start]) >= total:
            runs.append((points[start], last, before[end + 1] - before[start]))
    return min(runs, key=lambda run: (run[1].index - run[0].index, -run[2], -run[1].index))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, and how long its bar is."""

    link: Link
    count: int
    percent: int
    """Of the longest bar."""


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Papers by theme: a bar for each, the longest first."""

    title: str
    """The finding."""
    themes: tuple[tuple[Link, int], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The bars, each beside its name and number."""
        longest = max((count for _, count in self.themes), default=0) or 1
        return tuple(
            Row(link=link, count=count, percent=round(100 * count / longest)) for link, count in self.themes
        )


def by_theme(themes: Iterable[ThemePapers], cards: Iterable[Card], noun: str = "papers") -> Ranking | None:
    """Return the papers of the cards by theme; one may have several; those without one count as papers.

    None where fewer than two themes have any.
    """
    slugs = {card.slug for card in cards}
    found = [
        (theme_link(themed, counted=False), _slugs(themed) & slugs)
        for themed in themes
        if not themed.is_unsorted
    ]
    ranked = sorted(found, key=lambda row: -len(row[1]))
    if sum(bool(held) for _, held in ranked) < 2:
        return None
    title = _themes_finding(ranked, len(slugs), noun) or f"{noun.capitalize()} by theme"
    return Ranking(title=title, themes=tuple((link, len(held)) for link, held in ranked))


def _slugs(themed: ThemePapers) -> set[str]:
    return {card.slug for card in themed.cards}


def _themes_finding(ranked: list[tuple[Link, set[str]]], total: int, noun: str) -> str:
    """Return what the themes show: half of all on a few of them, or a longest one."""
    if total < FEWEST:
        return ""
    together: set[str] = set()
    for number, (link, slugs) in enumerate(ranked[: len(ranked) // 2], 1):
        together |= slugs
        if 2 * len(together) >= total:
            place = f"under {link.title}" if number == 1 else f"under {number_word(number)} themes"
            return f"{_share(len(together), total)} of the {noun} stand {place}"
    (first, most), (_, second) = ranked[:2]
    return f"{first.title} has the most {noun}" if len(most) > len(second) else ""
