r"""The arXiv dump: abstracts with identifiers and days, without titles and authors.

A paper is its abstract, the authors' comment where there is one, its identifier and its days::

    An abstract, in one line or hard-wrapped.

    13 pages, 4 figures

    arXiv:2410.15393
    Created: 2024-10-20 Updated: 2024-11-02

Blank lines part paragraphs; the lines of one paragraph are joined by a space. The last is the authors'
comment, not the abstract's end, if it has at most 250 characters and

- it counts what authors count there (``9 pages, 3 figures``), or begins as they begin (``Accepted by``), or
- it does not end as a sentence does (``NeurIPS 2024``).

The text is taken for a dump if days follow an identifier. A dump ends inside a paper if the last lacks an
identifier or days, or if its last line does not end with a day.
"""

import datetime as dt
import re
from itertools import groupby, pairwise
from typing import NamedTuple

import msgspec

from generator.listings import links
from generator.listings.days import iso_day
from generator.listings.entry import Entry, Line, Listing, Parse, Span
from generator.listings.page_entries import quote
from generator.listings.pairing import ends_whole
from generator.model import ArxivId, Stated
from generator.problem import Problem, error

NAME = "arxiv-dump"
IDENTIFIER = re.compile(r"(?i:arxiv):\s*(?P<arxiv>[!-~]+?)(?:v(?P<version>[0-9]{1,4}))?")
LINE_OF_DAYS = re.compile(r"(?:Created|Updated):.{0,60}")
DAY = re.compile(r"(?:(Created|Updated):\s*)?(\S+)")
ENDS_WITH_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

LONGEST_COMMENT = 250
COMMENT = re.compile(
    r"\b[0-9]+ (?:pages?|pp|figures?|figs?|tables?|slides)\b"
    r"|\A(?:accepted|(?:to )?appear(?:ed|s)? (?:at|in)|published (?:as|at|by|in)|presented (?:at|in)"
    r"|submitted (?:for|to)|under review|camera[- ]ready|preprint|draft|work in progress|in proceedings"
    r"|extended (?:abstract|version)|arxiv admin note)\b",
    re.IGNORECASE,
)
WITHDRAWN = re.compile(r"(?:this \w+ (?:has been|is|was) )?withdrawn\b", re.IGNORECASE)

# A dump is read as a string, a letter a line: t text, i identifier, d days.
PAPERS = re.compile(r"(?!\Z)(?P<texts>t*+)(?P<identifier>i?)(?P<days>d*+)")


class _Paper(NamedTuple):
    """The lines of a paper, any of which may be missing."""

    texts: list[Line]
    identifier: list[Line]
    days: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.texts, *self.identifier, *self.days]

    @property
    def span(self) -> Span:
        return Span(self.lines[0].number, self.lines[-1].number)


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a dump."""
    return ("i", "d") in pairwise(_kind(text) for _, text, *_ in listing.written())


def parse(listing: Listing) -> Parse:
    """Return the papers of such a dump: abstract, comment and the links in them, identifier and days."""
    lines = list(listing.written())
    kinds = "".join(_kind(line.text) for line in lines)
    kinds = re.sub(r"(?<=i)t\Z", "d", kinds)  # it says "Cre": a line of days, cut short
    papers = [
        _Paper(*(lines[slice(*match.span(part))] for part in _Paper._fields))
        for match in PAPERS.finditer(kinds)
    ]
    entries: list[Entry] = []
    problems: list[Problem] = []
    for paper in papers:
        flaw = _flaw(listing, paper, is_last=paper is papers[-1])
        if flaw:
            problems.append(flaw)
            continue
        days, flaws = _days(listing, paper.days)
        entries.append(_entry(len(entries) + 1, paper, days))
        problems += flaws
    boilerplate = listing.between(paper.span for paper in papers)
    return Parse(entries=tuple(entries), problems=tuple(problems), boilerplate=boilerplate)


def _kind(text: str) -> str:
    if _identifier(text):
        return "i"
    return "d" if LINE_OF_DAYS.fullmatch(text) else "t"


def _identifier(text: str) -> tuple[str, int | None] | None:
    """Return an identifier and its version, or None where the line is none that the model allows."""
    match = IDENTIFIER.fullmatch(text)
    if not match:
        return None
    try:
        arxiv = msgspec.convert(match["arxiv"], ArxivId)
    except msgspec.ValidationError:
        return None
    return arxiv, int(match["version"]) if match["version"] else None


def _flaw(listing: Listing, paper: _Paper, *, is_last: bool) -> Problem | None:
    """Return why the paper cannot be kept, or None."""
    place, name = listing.at(paper.span), quote(paper.lines[0].text)
    if is_last and not (paper.identifier and ENDS_WITH_DAY.search(paper.lines[-1].text)):
        message = f"This listing ends inside a paper: {name} is not whole."
        return error(place, message, "Capture the listing again to its end, or delete the paper's lines.")
    if not _abstract_and_comment(paper.texts)[0]:
        return error(place, f"{name} has no abstract above it.", "Add the abstract, or delete these lines.")
    if not paper.identifier:
        hint = "Add it above the days, as in arXiv:2410.15393, or delete the paper's lines."
        return error(place, f"{name} has no arXiv identifier.", hint)
    return None


def _days(listing: Listing, lines: list[Line]) -> tuple[dict[str, dt.date], list[Problem]]:
    """Return the days that the lines state, by label, and an error for each word there that is none."""
    days: dict[str, dt.date] = {}
    problems = []
    for number, *_ in lines:
        for match in DAY.finditer(listing.lines[number - 1]):
            label, text = match.groups()
            day = iso_day(text)
            if label and day:
                days[label] = day
            else:
                place = listing.within(number, match.start(2) + 1)
                hint = "Write it as in Created: 2024-06-28; the paper is read without it."
                problems.append(error(place, f"There is no such day as {quote(text)}.", hint))
    return days, problems


def _entry(position: int, paper: _Paper, days: dict[str, dt.date]) -> Entry:
    abstract, comment = _abstract_and_comment(paper.texts)
    arxiv, version = _identifier(paper.identifier[0].text) or (None, None)
    stated = Stated(
        abstract=abstract,
        comment=comment,
        arxiv=arxiv,
        version=version,
        published=days.get("Created"),
        updated=days.get("Updated"),
        withdrawn=any(WITHDRAWN.match(text) for text in (abstract, comment or "")),
        links=links.find(f"{abstract}\n{comment or ''}"),
    )
    return Entry(position=position, span=paper.span, stated=stated)


def _abstract_and_comment(texts: list[Line]) -> tuple[str, str | None]:
    blocks = groupby(enumerate(texts), key=lambda pair: pair[1].number - pair[0])
    paragraphs = [" ".join(line.text for _, line in block) for _, block in blocks]
    comment = paragraphs.pop() if paragraphs and _is_comment(*paragraphs) else None
    return "\n".join(paragraphs), comment


def _is_comment(*paragraphs: str) -> bool:
    """Tell whether the last paragraph is the authors' comment."""
    *above, last = paragraphs
    if len(last) > LONGEST_COMMENT:
        return False
    if WITHDRAWN.match(last):
        return bool(above)  # an abstract is often replaced by these words
    return bool(COMMENT.search(last)) or not ends_whole(last)
