"""The daily page of Hugging Face (huggingface.co/papers), and its search results, which look the same.

The text is furniture, the page's own day, and then papers; blank lines mean nothing::

    Daily Papers
    byAK and the research community
    Oct 30

    A Title

    An abstract, in one line.

      • 6 authors
    ·
    Apr 16, 2021

A byline is a number of authors, or an organization's handle and name (``stanfordnlp Stanford NLP``); a lone ``·``;
and a day, without its year where that is the page's own, with a count of comments where there are some
(``Oct 1 3``). A paper may have no byline at all. A day that nothing of a byline precedes is the page's own.

The text is taken for this page if it says who makes it (the second line above), or if two lines of a byline
follow one another.

Two lines before a byline are a title and its abstract. Where bylines are missing, more lines meet, and
`generator.listings.pairing` tells them apart. A page that ends before the day of its last paper is taken to be cut,
unless furniture follows: it may be whole, but half a paper is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.listings import links
from generator.listings.days import PageDay, page_day
from generator.listings.entry import Entry, Line, Listing, Parse, Span
from generator.listings.furniture import DAILY_PAGE, without_furniture
from generator.listings.pairing import cut, may_be_title, pair, stray
from generator.model import Stated
from generator.problem import Problem, error, notice

NAME = "hf-daily"
AUTHORS = re.compile(r"(?:[•·]\s*)?([0-9]{1,5}) authors?")
HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SEPARATORS = ("·", "•")

TEXT, COUNT, SEPARATOR, DAY, CUT_DAY = "tcsdx"
GRAMMAR = re.compile(r"(?P<own_day>d)|(?!\Z)(?P<texts>t*+)(?P<byline>(?:cs?|s)[dx]?)?")
"""A page, a letter a line."""
TWO_OF_A_BYLINE = ("cs", "cd", "sd")


class _Page(NamedTuple):
    """A page, taken apart. A paper is its title, its abstract and its byline's lines."""

    papers: list[list[Line]]
    strays: list[list[Line]]
    cut: list[Line]
    own_days: list[Line]


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
    lines = without_furniture(listing)
    page = _take_apart(lines, is_end=not _goes_on(listing, lines))
    days = [(line, day) for paper in page.papers for line in paper[2:] if (day := page_day(line.text))]
    problems = [stray(listing, group) for group in page.strays]
    problems += _cut(listing, page.cut)
    problems += _other_day(listing, page.own_days)
    problems += _impossible_days(listing, days)
    problems += _unknown_years(listing, days)
    own_days = frozenset(page.own_days)
    return Parse(
        entries=tuple(_entry(listing, position, paper) for position, paper in enumerate(page.papers, start=1)),
        problems=tuple(problems),
        furniture=listing.between(line for line in lines if line not in own_days),
    )


def _kind(text: str) -> str:
    if text in SEPARATORS:
        return SEPARATOR
    if AUTHORS.fullmatch(text):
        return COUNT
    return DAY if page_day(text) else TEXT


def _goes_on(listing: Listing, lines: list[Line]) -> bool:
    """Tell whether furniture follows the last line that is a paper's."""
    return bool(lines) and any(map(str.strip, listing.lines[lines[-1].number :]))


def _take_apart(lines: list[Line], *, is_end: bool) -> _Page:
    kinds = "".join(_kind(line.text) for line in lines)
    if is_end:
        kinds = re.sub(rf"(?<={SEPARATOR}){TEXT}\Z", CUT_DAY, kinds)
    page = _Page(papers=[], strays=[], cut=[], own_days=[])
    for match in GRAMMAR.finditer(kinds):
        if match["own_day"]:
            page.own_days.append(lines[match.start()])
            continue
        texts, byline = (lines[slice(*match.span(part))] for part in ("texts", "byline"))
        papers, strays = _papers(texts, byline)
        if is_end and match.end() == len(kinds) and not kinds.endswith(DAY):
            start = papers.pop()[0] if papers else strays[0][0]
            strays = [stray for stray in strays if stray[0] < start]
            page.cut.extend(line for line in (*texts, *byline) if line >= start)
        page.papers.extend(papers)
        page.strays.extend(strays)
    return page


def _papers(texts: list[Line], byline: list[Line]) -> tuple[list[list[Line]], list[list[Line]]]:
    """Return the papers that lines up to a byline hold, the byline with the last of them, and the strays."""
    if byline and byline[0].text in SEPARATORS and len(texts) % 2 and len(texts) > 1:
        organization = texts[-1:]
        texts, byline = texts[:-1], [*organization, *byline]
    if byline and len(texts) == 2 and may_be_title(texts[0].text):
        return [[*texts, *byline]], []
    papers, strays = pair(texts) if texts else ([], [[]])
    for group in (*papers[-1:], *strays[-1:]):
        if group[-1:] == texts[-1:]:
            group.extend(byline)
    return papers, strays


def _entry(listing: Listing, position: int, paper: list[Line]) -> Entry:
    title, abstract, *byline = paper
    facts: dict[str, Any] = {}
    discussion = None
    for _, text in byline:
        if authors := AUTHORS.fullmatch(text):
            facts["author_count"] = int(authors[1])
        elif day := page_day(text):
            facts["published"] = day.resolve(listing.issue)
            discussion = day.comments
        elif text not in SEPARATORS:
            facts["organization_handle"], facts["organization"] = _organization(text)
    stated = Stated(title=title.text, abstract=abstract.text, links=links.find(abstract.text), **facts)
    span = Span(title.number, paper[-1].number)
    return Entry(position=position, span=span, stated=stated, discussion=discussion)


def _organization(text: str) -> tuple[str | None, str]:
    """Return an organization's handle, where the line has one, and its name."""
    handle, _, name = text.partition(" ")
    return (handle, name.strip()) if name and HANDLE.fullmatch(handle) else (None, text)


def _cut(listing: Listing, lines: list[Line]) -> Iterator[Problem]:
    if len(lines) == 1:
        yield cut(listing, lines, "no abstract", "delete the line")
    elif lines:
        hint = "add a line 'Subscribe' below it if that is all the page says"
        yield cut(listing, lines, "no whole byline", hint)


def _other_day(listing: Listing, own_days: list[Line]) -> Iterator[Problem]:
    """Yield a notice where the page says that it is of another day than its issue."""
    for number, text in own_days:
        day = page_day(text)
        if listing.issue and day and not day.agrees(listing.issue):
            yield notice(
                listing.at(number),
                f"The page says it is of {text}; it is filed under {listing.issue}.",
                "Days without a year are counted back from the latter. Rename the file if its day is wrong.",
            )
            return


def _impossible_days(listing: Listing, days: list[tuple[Line, PageDay]]) -> Iterator[Problem]:
    for (number, text), day in days:
        if not day.exists():
            column = listing.lines[number - 1].index(text) + 1
            hint = "Correct the line; the paper is read without a day."
            yield error(listing.at(number, column=column), f"There is no such day as '{text}'.", hint)


def _unknown_years(listing: Listing, days: list[tuple[Line, PageDay]]) -> Iterator[Problem]:
    """Yield a notice if days lack a year and the listing has no issue to count back from."""
    unknown = [line for line, day in days if day.year is None and day.exists()]
    if unknown and listing.issue is None:
        number, text = unknown[0]
        papers = "1 paper states" if len(unknown) == 1 else f"{len(unknown)} papers state"
        yield notice(
            listing.at(number),
            f"{papers} a day without a year, such as '{text}', and the listing has no day to count back from.",
            "Begin the file's name with its day, as in 2025-10-30-NAME, or these days stay unknown.",
        )
