"""A listing that was cut anywhere gives whole papers, and an error for the rest."""

import datetime as dt

import pytest

from generator.listings import parse
from generator.problem import has_error

DAILY = """\
Daily Papers
byAK and the research community

A First Paper

The first abstract, which is one sentence alone

  • 2 authors
·
Jul 1

A Second Paper, by an Organization

The second abstract, which is one sentence alone

orchard Orchard Labs
·
Jul 2

A Third Paper

The third abstract, which is one sentence alone

  • 12 authors
·
Jul 3
"""
SIMILAR = """\
Get trending papers in your email inbox once a day!
SubscribeA First Paper
The first abstract, which is one sentence alone.
A Second Paper
The second abstract, which is one sentence alone.
A Third Paper
The third abstract, which is one sentence alone.
"""
DUMP = """\
The first abstract, which is one sentence alone.

13 pages, 4 figures

arXiv:2411.00001
Created: 2024-11-03

The second abstract, which is one sentence alone.

arXiv:2411.00002v3
Created: 2024-11-04
"""
ISSUE = dt.date(2025, 10, 30)


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize(
    ("format_name", "text"), [("hf-daily", DAILY), ("hf-similar", SIMILAR), ("arxiv-dump", DUMP)]
)
def test_no_half_paper_is_kept(format_name: str, text: str, end: str) -> None:
    whole = parse(text.encode(), "page.txt", ISSUE, format_name).entries
    for length in range(len(text.rstrip())):
        cut = (text[:length] + end).encode()
        entries = parse(cut, "page.txt", ISSUE, format_name).entries
        assert entries == whole[: len(entries)], text[:length]


@pytest.mark.parametrize(
    ("format_name", "text"), [("hf-daily", DAILY), ("hf-similar", SIMILAR), ("arxiv-dump", DUMP)]
)
def test_a_half_paper_is_reported(format_name: str, text: str) -> None:
    ends = {entry.span.last for entry in parse(text.encode(), "page.txt", ISSUE, format_name).entries}
    for length in range(len(text.rstrip())):
        cut = text[:length].rstrip()
        is_whole = cut.count("\n") + 1 in ends and text[len(cut)] == "\n"
        problems = parse(cut.encode(), "page.txt", ISSUE, format_name).problems
        assert has_error(problems) == (not is_whole), cut
