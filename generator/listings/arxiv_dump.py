r"""arXiv's abstracts with identifiers and days, without titles.

A paper is its abstract, the authors' comment where there is one, its identifier and its days::

    An abstract, in one line or hard-wrapped.

    13 pages, 4 figures

    arXiv:2410.15393
    Created: 2024-10-20 Updated: 2024-11-02

Blank lines part paragraphs; the lines of one paragraph are joined. The only paragraph above an identifier is
the abstract, however short and whatever it ends with, unless it only counts pages. Of several the last is the
authors' comment, or the abstract's end: `generator.listings.comments` tells.

An identifier is a line that days follow, or a paragraph of its own; any other is a line of the abstract. A
day may have a time behind it::

    Created: 2024-10-20T12:00:00Z

The text is taken for a dump if days follow an identifier. A dump ends inside a paper if the last lacks an
identifier or days, or if its last line does not end with a day.
"""

import datetime as dt
import re
from itertools import groupby, pairwise
from typing import NamedTuple

import msgspec

from generator.listings import links
from generator.listings.comments import WITHDRAWN, is_comment
from generator.listings.entry import Entry, Line, Listing, Parse, Span, join, quote
from generator.listings.sentences import begins_as_continuation, ends_whole
from generator.listings.values.dates import iso_day
from generator.model import ArxivId, Stated
from generator.problem import Problem, error

NAME = "arxiv-dump"
IDENTIFIER = re.compile(r"(?i:arxiv):\s*(?P<arxiv>[!-~]+?)(?:v(?P<version>[0-9]{1,4}))?")
LINE_OF_DAYS = re.compile(r"(?i:created|updated):.{0,120}")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = (
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?(?:Z|UTC|GMT)|[+-][0-9]{2}:?[0-9]{2})?)?"
)
DAY = re.compile(rf"(?:((?i:created|updated)):\s*)?({_DAY}(?={_TIME}(?:\s|\Z))|\S+){_TIME}")
ENDS_WITH_DAY = re.compile(rf"{_DAY}{_TIME}\Z")
ONLY_COUNTS = re.compile(r"(?:[0-9]{1,4} (?:pages?|pp|figures?|figs?|tables?|slides)\b[.,;]?(?: and)? ?)+")

_HINT = "Add what is missing, or join the line with those around it if it is a part of the abstract."
LONGEST_HEAD = 10
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
    return "id" in _kinds(_lines(listing))


def parse(listing: Listing) -> Parse:
    """Return the papers of such a dump: abstract, comment and the links in them, identifier and days."""
    lines = _lines(listing)
    kinds = _kinds(lines)
    papers = _with_doubtful_joined(
        [
            _Paper(*(lines[slice(*match.span(part))] for part in _Paper._fields))
            for match in PAPERS.finditer(kinds)
        ]
    )
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


def _lines(listing: Listing) -> list[Line]:
    """Return the lines that are not blank, below the head that a crawler writes."""
    lines = list(listing.written())
    head = (index for index, line in enumerate(lines[:LONGEST_HEAD], 1) if line.text == "Markdown Content:")
    return lines[next(head, 0) :]


def _with_doubtful_joined(papers: list[_Paper]) -> list[_Paper]:
    """Return the papers, one in doubt and the next as one; `_flaw` refuses what was joined.

    The identifier of one without days may be a line of an abstract that names another paper. Where papers
    without days are more than others, they are the dump's habit. Days without an identifier, amid the lines
    of a paragraph, may be a part of an abstract too.
    """
    dated = sum(bool(paper.identifier and paper.days) for paper in papers)
    is_habit = dated < sum(bool(paper.identifier and not paper.days) for paper in papers)
    joined: list[_Paper] = []
    for paper in papers:
        above = joined[-1] if joined else paper
        if above is paper or not (above.texts and paper.texts):
            joined.append(paper)
        elif above.identifier and not above.days and not is_habit:
            joined[-1] = _Paper(above.texts, [*above.identifier, *paper.texts, *paper.identifier], paper.days)
        elif above.days and not above.identifier and _are_amid_text(above, paper.texts[0]):
            joined[-1] = _Paper(above.texts, [*above.days, *paper.texts, *paper.identifier], paper.days)
        else:
            joined.append(paper)
    return joined


def _are_amid_text(paper: _Paper, below: Line) -> bool:
    """Tell whether no blank line is above or below some days, or a sentence goes on below them.

    What was meant for an identifier, ``arXiv:2411.118711``, is no part of an abstract.
    """
    last = paper.texts[-1]
    is_above = last.number + 1 == paper.days[0].number and not last.text.lower().startswith("arxiv:")
    is_below = paper.days[-1].number + 1 == below.number
    return is_above or is_below or begins_as_continuation(below.text)


def _kinds(lines: list[Line]) -> str:
    """Return what each line is; an identifier without days, amid other lines, is text."""
    kinds = "".join(_kind(line.text) for line in lines)
    kinds = re.sub(r"(?<=i)t\Z", "d", kinds)  # it says "Cre": a line of days, cut short
    numbers = [0, *(line.number for line in lines), lines[-1].number + 2 if lines else 0]
    return "".join(
        "t" if kind == "i" and below != "d" and not (above + 1 < number < under - 1) else kind
        for kind, below, (above, number), under in zip(
            kinds, kinds[1:] + " ", pairwise(numbers), numbers[2:], strict=False
        )
    )


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
    if len(paper.identifier) > 1:
        return error(place, f"{name} is in doubt, with all below it: {_why(paper)}", _HINT)
    if not paper.identifier:
        hint = "Add it above the days, as in arXiv:2410.15393, or delete the paper's lines."
        return error(place, f"{name} has no arXiv identifier.", hint)
    return None


def _why(paper: _Paper) -> str:
    """Return why papers were joined: what is below the first abstract."""
    below = paper.identifier[0].text
    if LINE_OF_DAYS.fullmatch(below):
        return f"{quote(below)} has no identifier above it."
    return f"{quote(below)} has no days, as the others have."


def _days(listing: Listing, lines: list[Line]) -> tuple[dict[str, dt.date], list[Problem]]:
    """Return the days that the lines state, by label, and an error for each word there that is none."""
    days: dict[str, dt.date] = {}
    problems = []
    for number, *_ in lines:
        for match in DAY.finditer(listing.lines[number - 1]):
            label, text = match.groups()
            day = iso_day(text)
            if label and day:
                days[label.lower()] = day
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
        published=days.get("created"),
        updated=days.get("updated"),
        withdrawn=any(WITHDRAWN.match(text) for text in (abstract, comment or "")),
        links=links.find(f"{abstract}\n{comment or ''}"),
    )
    return Entry(position=position, span=paper.span, stated=stated)


def _abstract_and_comment(texts: list[Line]) -> tuple[str, str | None]:
    if len(texts) > 1 and ends_whole(texts[-2].text) and ONLY_COUNTS.fullmatch(texts[-1].text):
        abstract, comment = _abstract_and_comment(texts[:-1])
        return abstract, join([*([comment] if comment else []), texts[-1].text])
    blocks = groupby(enumerate(texts), key=lambda pair: pair[1].number - pair[0])
    paragraphs = [join(line.text for _, line in block) for _, block in blocks]
    if len(paragraphs) == 1 and not ONLY_COUNTS.fullmatch(paragraphs[0]):
        return paragraphs[0], None
    comment = paragraphs.pop() if paragraphs and is_comment(paragraphs[-1]) else None
    return "\n".join(paragraphs), comment
