"""Findings: what a chart's counts show, as its title says it; empty if they show nothing in particular."""

from itertools import accumulate

import msgspec

from generator.words import number_word

FEWEST = 10
"""Of fewer papers, nothing is found."""
FEWEST_BARS = 6
"""Fewer are not drawn: they show no more than their numbers in words."""


class ChartPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """A month or year that has papers, and how many."""

    index: int
    """Months or years since the first one."""
    short: str
    """ "Oct 2025"."""
    name: str
    """ "October 2025"."""
    count: int


def period_finding(periods: tuple[ChartPeriod, ...], noun: str, verb: str) -> str:
    """Return what the counts show: most in one period, half in a short run of them, or a highest one."""
    total = sum(period.count for period in periods)
    if total < FEWEST:
        return ""
    first, last, count = _shortest_half(periods, total)
    if first == last and 2 * count > total:
        return f"Most {noun} were {verb} in {first.name}"
    length = last.index - first.index + 1
    if 3 * length <= periods[-1].index + 1:
        short = {1: f"in {last.name}", 2: f"in {first.name} and {last.name}"}
        run = short.get(length, f"from {first.name} to {last.name}")
        return f"{_share(count, total)} of the {noun} were {verb} {run}"
    highest = max(period.count for period in periods)
    leaders = [period.name for period in periods if period.count == highest]
    return f"{leaders[0]} has the most {noun}" if len(leaders) == 1 else ""


def theme_finding(ranked: list[tuple[str, set[str]]], total: int, noun: str) -> str:
    """Return what the sizes of themes show: half of all papers on a few of them, or a largest one.

    The themes come with their papers' slugs, the largest first.
    """
    if total < FEWEST:
        return ""
    together: set[str] = set()
    for number, (theme, slugs) in enumerate(ranked[: len(ranked) // 2], 1):
        together |= slugs
        if 2 * len(together) >= total:
            place = theme if number == 1 else f"{number_word(number)} themes"
            return f"{_share(len(together), total)} of the {noun} are on {place}"
    (first, most), (_, second) = ranked[:2]
    return f"{first} has the most {noun}" if len(most) > len(second) else ""


def _share(count: int, total: int) -> str:
    return "Half" if 2 * count == total else "More than half"


def _shortest_half(periods: tuple[ChartPeriod, ...], total: int) -> tuple[ChartPeriod, ChartPeriod, int]:
    """Return the shortest run of periods that has half of all: its ends and its count.

    Among equally short ones it is the one with the most, and the newest of those.
    """
    before = [0, *accumulate(period.count for period in periods)]
    runs, start = [], 0
    for end, last in enumerate(periods):
        while 2 * (before[end + 1] - before[start + 1]) >= total:
            start += 1
        if 2 * (before[end + 1] - before[start]) >= total:
            runs.append((periods[start], last, before[end + 1] - before[start]))
    return min(runs, key=lambda run: (run[1].index - run[0].index, -run[2], -run[1].index))
