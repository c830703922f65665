"""The daily page of Hugging Face, as text.

The text is boilerplate, the page's own day, and then papers; blank lines mean nothing::

    Daily Papers
    byAK and the research community
    Oct 30

    A Title

    An abstract, in one line.

      • 6 authors
    ·
    Apr 16, 2021

A byline is a number of authors, or an organization's handle and name (``stanfordnlp Stanford NLP``); a lone
``·``; and a day, without its year where that is the page's own, with a count of comments where there are some
(``Oct 1 3``). A paper may have no byline at all. A day that nothing of a byline precedes is the page's own.

The text is taken for this page if it says who makes it (the second line above), or if two lines of a byline
follow one another.

Two lines before a byline are a title and its abstract. Where bylines are missing, more lines meet, and
`generator.listings.pairing` tells them apart. A page that ends before its last paper's day is taken to be cut
there, unless boilerplate follows: the paper may be whole, but half a paper is worse than none.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from generator.listings import links
from generator.listings.boilerplate import BOILERPLATE, DAILY_PAGE, unglued_lines
from generator.listings.days import PageDay, page_day
from generator.listings.entry import Entry, Line, Listing, Parse, Span
from generator.listings.pairing import Kind, Passage, flaws, may_be_title, pair, reads_as_abstract
from generator.model import Stated
from generator.problem import Problem, error, notice

NAME = "hf-daily"
AUTHORS = re.compile(r"(?:[•·]\s*)?([0-9]{1,5}) authors?")
HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SEPARATORS = ("·", "•")

# A page is read as a string, a letter a line: f boilerplate, t text, c count of authors, s separator, d day.
OWN_DAY = re.compile(r"(?<![cs])d")  # becomes o
CUT_DAY = re.compile(r"(?<=[cs])t\Z")  # becomes x
PAPERS = re.compile(r"(?!\Z)(?P<texts>t*+)(?P<byline>(?:(?:cs?|s)[dx]?)?)")
TWO_OF_A_BYLINE = ("cs", "cd", "sd")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    above = ""
    for _, text in listing.written():
        kind = _kind(text)
        if text == DAILY_PAGE or above + kind in TWO_OF_A_BYLINE:
            return True
        above = kind
    return False


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: title, abstract and its links, and what their bylines state."""
    passages, own_days = _take_apart(unglued_lines(listing))
    papers = [passage for passage in passages if passage.kind is Kind.PAPER]
    days = [(line, day) for paper in papers for line in paper.lines[2:] if (day := page_day(line.text))]
    problems = (
        *flaws(listing, passages),
        *_other_day(listing, own_days),
        *_impossible_days(listing, days),
        *_unknown_years(listing, days),
    )
    return Parse(
        entries=tuple(
            _entry(position, paper, listing.issue) for position, paper in enumerate(papers, start=1)
        ),
        problems=problems,
        boilerplate=listing.between(passage.span for passage in passages),
    )


def _kind(text: str) -> str:
    if text in BOILERPLATE:
        return "f"
    if text in SEPARATORS:
        return "s"
    if AUTHORS.fullmatch(text):
        return "c"
    return "d" if page_day(text) else "t"


def _take_apart(written: list[Line]) -> tuple[list[Passage], list[Line]]:
    """Return papers, with the lines of their bylines, and strays; and the page's own days."""
    kinds = "".join(_kind(line.text) for line in written)
    kinds = CUT_DAY.sub("x", OWN_DAY.sub("o", kinds))
    own_days = [line for line, kind in zip(written, kinds, strict=True) if kind == "o"]
    lines = [line for line, kind in zip(written, kinds, strict=True) if kind not in "fo"]
    passages: list[Passage] = []
    for match in PAPERS.finditer(kinds.replace("f", "").replace("o", "")):
        texts, byline = (lines[slice(*match.span(part))] for part in ("texts", "byline"))
        passages += _passages(texts, byline)
    if kinds.endswith(("t", "c", "s", "x")):
        passages.append(_pop_cut(passages))
    return passages, own_days


def _passages(texts: list[Line], byline: list[Line]) -> list[Passage]:
    """Return the papers and strays that lines up to a byline hold, the byline with the last of them."""
    if not texts:
        return [Passage(byline, Kind.STRAYS)]
    if len(texts) > 1 and byline and byline[0].text in SEPARATORS and _ends_with_organization(texts):
        texts, byline = texts[:-1], [texts[-1], *byline]
    if byline and len(texts) == 2 and may_be_title(texts[0].text):
        return [Passage([*texts, *byline], Kind.PAPER)]
    passages = pair(texts)
    passages[-1].lines.extend(byline)
    return passages


def _pop_cut(passages: list[Passage]) -> Passage:
    """Remove what misses its day at the end, a paper and perhaps a stray, its byline; return it as one."""
    last = passages.pop()
    if last.kind is Kind.STRAYS and passages and not page_day(passages[-1].lines[-1].text):
        return Passage([*passages.pop().lines, *last.lines], Kind.CUT)
    return Passage(last.lines, Kind.CUT)


def _ends_with_organization(texts: list[Line]) -> bool:
    """Tell whether a lone separator has an organization above it, and not an abstract."""
    return len(texts) % 2 == 1 or not reads_as_abstract(texts[-1].text)


def _entry(position: int, paper: Passage, issue: dt.date | None) -> Entry:
    title, abstract, *byline = (line.text for line in paper.lines)
    facts: dict[str, Any] = {}
    discussion = None
    for text in byline:
        if authors := AUTHORS.fullmatch(text):
            facts["author_count"] = int(authors[1])
        elif day := page_day(text):
            facts["published"] = day.resolve(issue)
            discussion = day.comments
        elif text not in SEPARATORS:
            facts["organization_handle"], facts["organization"] = _organization(text)
    stated = Stated(title=title, abstract=abstract, links=links.find(abstract), **facts)
    return Entry(position=position, span=paper.span, stated=stated, discussion=discussion)


def _organization(text: str) -> tuple[str | None, str]:
    """Return an organization's handle, where the line has one, and its name."""
    handle, _, name = text.partition(" ")
    return (handle, name.strip()) if name and HANDLE.fullmatch(handle) else (None, text)


def _other_day(listing: Listing, own_days: list[Line]) -> Iterator[Problem]:
    """Yield a notice where the page says that it is of another day than its issue."""
    for number, text in own_days:
        day = page_day(text)
        if listing.issue and day and not day.agrees(listing.issue):
            yield notice(
                listing.at(Span(number, number)),
                f"The page says it is of {text}; it is filed under {listing.issue}.",
                "Days without a year are counted back from the latter. Rename the file if its day is wrong.",
            )
            return


def _impossible_days(listing: Listing, days: list[tuple[Line, PageDay]]) -> Iterator[Problem]:
    for (number, text), day in days:
        if not day.exists():
            column = listing.lines[number - 1].index(text) + 1
            hint = "Correct the line; the paper is read without a day."
            yield error(listing.within(number, column), f"There is no such day as '{text}'.", hint)


def _unknown_years(listing: Listing, days: list[tuple[Line, PageDay]]) -> Iterator[Problem]:
    """Yield a notice if days lack a year and the listing has no issue to count back from."""
    unknown = [line for line, day in days if day.year is None and day.exists()]
    if unknown and listing.issue is None:
        number, text = unknown[0]
        papers = "1 paper states" if len(unknown) == 1 else f"{len(unknown)} papers state"
        yield notice(
            listing.at(Span(number, number)),
            f"{papers} a day without a year, such as '{text}', and no day is known to count back from.",
            "Begin the file's name with its day, as in 2025-10-30-NAME, or these days stay unknown.",
        )
