r"""arXiv's daily mail, its listings as text, and ``.abs`` files.

A paper is between lines of two backslashes (info.arxiv.org/help/subscribe.html, arXiv's ``abs`` format)::

    \\
    arXiv:2411.13560
    Date: Thu, 7 Nov 2024 02:49:53 GMT   (31214kb,D)

    Title: A Title that Goes on
      in the Next Line
    Authors: Ann Other (1), Bob Brown (2) ((1) Kiev, (2) Bonn)
    Categories: cs.AI cs.ET
    Comments: 9 pages
    \\
      The abstract, whose paragraphs are indented.
    \\ ( https://arxiv.org/abs/2411.13560 , 31214kb)

Older ones begin with ``Paper: hep-th/9201001``; a cross-listing says so behind the identifier or before it. A
replacement has ``replaced with revised version`` and a day in place of ``Date:``, and no abstract; listings
of months and weeks have none either. ``Date:`` is the day of version 1, the last ``Date (revised v2):`` that
of the last version; ``(0kb,I)`` there says that it is withdrawn. Between papers are lines of hyphens or
percent signs, and headings of days, as ``/* Fri, 3 Mar 2023 */``.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from generator.listings.entry import Line, Listing, Parse, Span, quote
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of, whole
from generator.listings.values.dates import day
from generator.listings.values.identifiers import arxiv_id, doi
from generator.listings.values.names import author_list
from generator.listings.values.texts import line, paragraphs, words
from generator.problem import Problem, error

NAME = "arxiv-mail"
FENCE = "\\\\"
FENCE_LINE = re.compile(r"\\\\\s*(?:\(.*)?")
"""A fence, perhaps with the paper's address behind it. An abstract may have a line that begins with TeX's."""
IDENTIFIER = re.compile(
    r"(?:arXiv|Paper)\s*(?P<before>\([^()]*\))?\s*:\s*(?P<name>\S*)\s*(?P<behind>\([^()]*\))?.*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<label>From|Date|Title|Authors?|Categories|Comments?|Report-no|Subj-class|[A-Z]{3}-class|Journal-ref|DOI"
    r"|License|Proxy|Replaced|Address)(?: \((?P<remark>[^()]*)\))?:(?P<value>.*)",
    re.IGNORECASE,
)
REPLACED = re.compile(r"replaced with revised version (?P<value>.*)", re.IGNORECASE)
RULE = re.compile(r"-{20,}|%[-%]{20,}")
REVISION = re.compile(r"v([1-9][0-9]{0,3})")
SIZE_OF_NOTHING = re.compile(r"\(\s*0kb,\s*I\s*\)")
NEW_PAPERS = re.compile(r"Subject:.*?\b([0-9]{1,5}) new\b", re.IGNORECASE)
END = "Fetch the listing again, or add the missing line of two backslashes; the others are kept."


class _Paper(NamedTuple):
    """The lines of a paper, from its first fence to its last."""

    header: list[Line]
    abstract: list[Line]
    span: Span
    is_whole: bool


def matches(listing: Listing) -> bool:
    """Tell whether the text has a paper in this form."""
    return any(above == FENCE and IDENTIFIER.fullmatch(text) for above, text in _pairs(listing))


def parse(listing: Listing) -> Parse:
    """Return the papers: new ones, cross-listings and replacements."""
    papers = list(_papers(listing))
    records = [ListedItem(paper.span, _facts(paper)) for paper in papers]
    stated = sum(above == FENCE and IDENTIFIER.fullmatch(text) is not None for above, text in _pairs(listing))
    return parse_of(listing, records, _count(listing, papers), stated if stated > len(papers) else None)


def _pairs(listing: Listing) -> Iterator[tuple[str, str]]:
    """Yield each line that is not blank with the one above."""
    return pairwise(["", *(found.text for found in listing.written())])


def _papers(listing: Listing) -> Iterator[_Paper]:
    """Yield the papers, without headings of days and what is between."""
    lines = [Line(number, text.rstrip()) for number, text in enumerate(listing.lines, start=1)]
    index = 0
    while index < len(lines):
        if _is_paper(lines, index):
            paper = _paper_at(lines, index)
            yield paper
            index = paper.span.last  # the index of the line below, since lines are counted from 1
        else:
            index += 1


def _paper_at(lines: list[Line], begin: int) -> _Paper:
    """Return the paper whose first fence is at an index."""
    header_end = _fence(lines, begin + 1)
    header = lines[begin + 1 : header_end]
    closing = lines[header_end].text.strip() if header_end < len(lines) else ""
    if closing != FENCE:  # the last fence, with the paper's address behind it; or there is none
        is_whole = closing.startswith(FENCE)
        return _Paper(header, [], Span(begin + 1, header_end + 1 if is_whole else header_end), is_whole)
    below = next((at for at in range(header_end + 1, len(lines)) if lines[at].text), len(lines))
    if below == len(lines) or RULE.fullmatch(lines[below].text.strip()) or _is_paper(lines, below):
        return _Paper(header, [], Span(begin + 1, header_end + 1), is_whole=True)
    end = _fence(lines, below)
    is_whole = end < len(lines) and lines[end].text.startswith(FENCE)
    abstract = lines[header_end + 1 : end]
    return _Paper(header, abstract, Span(begin + 1, end + 1 if is_whole else end), is_whole)


def _is_paper(lines: list[Line], index: int) -> bool:
    """Tell whether the line is a fence with the header of a paper below it."""
    if lines[index].text.strip() != FENCE:
        return False
    first = next((line.text.strip() for line in lines[index + 1 : index + 4] if line.text), "")
    return IDENTIFIER.fullmatch(first) is not None or LABEL.fullmatch(first) is not None


def _fence(lines: list[Line], index: int) -> int:
    """Return where the next line is that begins with a fence, or a rule between papers, or the end."""
    return next(
        (
            at
            for at in range(index, len(lines))
            if FENCE_LINE.fullmatch(lines[at].text.strip()) or RULE.fullmatch(lines[at].text.strip())
        ),
        len(lines),
    )


def _facts(paper: _Paper) -> Facts | Refused:
    identifier = next((IDENTIFIER.fullmatch(line.text.strip()) for line in paper.header if line.text), None)
    stated = identifier["name"] if identifier else ""
    if not paper.is_whole:
        return Refused(f"This paper is not whole: {quote(stated)}.", END)
    name = arxiv_id(stated.rstrip(",;"))
    if name is None:
        return identifier_flaw(stated)
    fields = _fields(paper.header)
    authors = fields.get("authors") or fields.get("author")
    return {
        "title": line(fields.get("title")),
        "abstract": paragraphs("\n".join(line.text for line in paper.abstract)),
        "authors": author_list(authors),
        "arxiv": name.arxiv,
        "doi": doi(fields.get("doi")),
        "venue": line(fields.get("journal-ref")),
        "comment": line(fields.get("comments") or fields.get("comment")),
        "categories": words(fields.get("categories")),
        "license": line(fields.get("license")),
        **_dates(paper.header, name.version),
    }


def _fields(header: list[Line]) -> dict[str, str]:
    """Return the fields of a header by label, each with the lines it goes on in; the first of each counts."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for found in header:
        text = found.text
        if match := LABEL.fullmatch(text):
            current = [match["value"]]
            fields.setdefault(match["label"].lower(), current)
        elif not text or IDENTIFIER.fullmatch(text) or REPLACED.match(text):
            current = []
        else:
            current.append(text)
    return {label: "\n".join(lines) for label, lines in fields.items()}


def _dates(header: list[Line], version: int | None) -> dict[str, Any]:
    """Return the days of the first and last version, the latter's number, and whether it is withdrawn."""
    facts: dict[str, Any] = {"version": version}
    last = ""
    for found in header:
        text = found.text
        dated, replaced = LABEL.fullmatch(text), REPLACED.match(text)
        if dated and dated["label"].lower() == "date":
            last = dated["value"]
            if not dated["remark"]:
                facts["published"] = day(last)
                continue
            facts["updated"] = day(last) or facts.get("updated")
            number = REVISION.search(dated["remark"])
            facts["version"] = int(number[1]) if number else (facts["version"] or 1) + 1
        elif replaced:
            last = replaced["value"]
            facts["updated"] = day(last)
    return facts | {"withdrawn": SIZE_OF_NOTHING.search(last) is not None}


def _count(listing: Listing, papers: list[_Paper]) -> list[Problem]:
    """Return an error if there are not as many new papers as the mail's subject says."""
    subject = next((found for text in listing.lines[:30] if (found := NEW_PAPERS.match(text))), None)
    new = sum(not any(_is_known(line.text) for line in paper.header) for paper in papers)
    if subject is None or int(subject[1]) == new:
        return []
    message = f"This listing says that it has {subject[1]} new papers; it has {new}."
    return [error(whole(listing), message, "Fetch it again; what it has is kept.")]


def _is_known(text: str) -> bool:
    """Tell whether a line says that the paper was announced before, elsewhere or in another version."""
    is_cross = IDENTIFIER.fullmatch(text) is not None and "cross" in text.lower()
    return is_cross or REPLACED.match(text) is not None
