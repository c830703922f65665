"""A page of Hugging Face, taken apart: its papers, with their facts, and what is left over.

The page as a whole tells what its papers have. On a saved page whose titles are headings or links to papers,
those are the titles, and nothing else is (`marked_papers`). On any other, they are found (`plain_papers`).
Then the last is held against the others, at one place, `_ends_in_paper`: only the last may be cut.
"""

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from generator.listings.entry import Listing
from generator.listings.pages import saved_markdown
from generator.listings.pages.boilerplate import unglued_lines, without_foot
from generator.listings.pages.bylines import CLOSING, DAYS, Kind, Piece, voted_id
from generator.listings.pages.context import in_context
from generator.listings.pages.days import ARROWS
from generator.listings.pages.lengths import PART_OF_AN_ABSTRACT
from generator.listings.pages.marked_papers import marked_papers
from generator.listings.pages.pairing import Passage, Verdict
from generator.listings.pages.paragraphs import pieces_of
from generator.listings.pages.plain_papers import plain_papers
from generator.listings.pages.runs import is_closed, runs_of
from generator.listings.pages.titles import marked_titles
from generator.listings.sentences import ends_in_link, ends_whole

_WORD = re.compile(rf"(?:[-*+•] +)?(?:[A-Za-z]{{2}}|-*[{ARROWS}])")

_OPEN_LINK = re.compile(r"\[[^\[\]]*\Z")


class SavedPage(NamedTuple):
    """A page, taken apart."""

    pieces: list[Piece]
    passages: list[Passage]

    @property
    def papers(self) -> list[Passage]:
        """The passages that are whole papers, in the page's order."""
        return [passage for passage in self.passages if passage.verdict is Verdict.PAPER]


def pieces_and_lines(listing: Listing) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, by its own words and their neighbours, and whether each line is one."""
    listing = without_foot(listing)
    is_saved = saved_markdown.matches(listing)
    lines = saved_markdown.lines(listing) if is_saved else unglued_lines(listing)
    pieces, by_lines = pieces_of(lines)
    return in_context(pieces), by_lines


def read(listing: Listing) -> SavedPage:
    """Return the papers of a page and the strays between them."""
    pieces, by_lines = pieces_and_lines(listing)
    titles = marked_titles(pieces)
    runs = runs_of(pieces, titles)
    passages = marked_papers(runs, titles, pieces) if titles else plain_papers(runs, by_lines=by_lines)
    passages = _with_verdict_on_last(passages, pieces)
    if titles and _is_cut_mark(pieces[-1]) and not any(pieces[-1].first <= one.span.last for one in passages):
        passages.append(Passage(Verdict.CUT, [pieces[-1]], []))
    return SavedPage(pieces, passages)


def _is_cut_mark(end: Piece) -> bool:
    """Tell whether a page that marks its titles ends in a mark: of a link to a paper, or of its votes.

    CUT::

        ### [The Long Win
        ### [The Long Window](https://huggingf
        [12](https://huggingface.co/login?next=%2Fpapers%2F2502.00002)
    """
    if end.kind is Kind.VOTES_BELOW:
        return bool(voted_id(end.href))
    return end.kind is Kind.TEXT and bool(_OPEN_LINK.match(end.text) or ends_in_link(end.text))


def _with_verdict_on_last(passages: list[Passage], pieces: Sequence[Piece]) -> list[Passage]:
    """Return the passages, the last as cut if the page ends inside it, or as strays if it is in doubt."""
    if not passages:
        return passages
    *above, last = passages
    papers = [passage for passage in above if passage.verdict is Verdict.PAPER]
    goes_on = _goes_on(pieces[-1], last)
    if not goes_on and above and _is_rest_of_byline(above[-1], last):
        *above, byline = above
        last = Passage(Verdict.CUT, [*byline.texts, *last.texts], byline.facts)
    elif not goes_on and _ends_in_paper(last, papers):
        last = last._replace(verdict=Verdict.CUT)
    elif last.verdict is Verdict.PAPER and _is_below_heading(last, above):
        last = last._replace(verdict=Verdict.STRAYS)
    return [*above, last]


def _is_below_heading(last: Passage, others: Sequence[Passage]) -> bool:
    """Tell whether the last text may be below a heading: it is short, and only the others have facts."""
    closed = [other.length for other in others if is_closed(other.facts)]
    has_bylines = len(closed) > sum(other.verdict is Verdict.PAPER for other in others) - len(closed)
    has_facts = any(fact.kind is not Kind.VOTES_BELOW for fact in last.facts)
    return has_bylines and not has_facts and last.length < median(closed) * PART_OF_AN_ABSTRACT


def _goes_on(end: Piece, last: Passage) -> bool:
    """Tell whether what the page ends with is below its last paper: a word of the page, a day, a number.

    A mark or a picture may be a part of its byline, and so may a number where it has none.
    """
    if end.kind is Kind.BOILERPLATE:
        return bool(_WORD.match(end.text))
    return end.kind in (Kind.OWN_DAY, Kind.COUNT) and any(fact.kind in CLOSING for fact in last.facts)


def _is_rest_of_byline(above: Passage, last: Passage) -> bool:
    """Tell whether the last text is a day that was cut: it is below a separator."""
    return (
        len(last.texts) == 1
        and not last.facts
        and bool(above.facts)
        and above.facts[-1].kind is Kind.SEPARATOR
    )


def _ends_in_paper(last: Passage, others: Sequence[Passage]) -> bool:
    """Tell whether a page that ends with this passage was cut inside it.

    What half of the other papers have as their byline's end, a day, the last has too, or it is cut. Where
    they have none, its byline is whole if one of theirs ends as it does. Without any, its abstract is whole
    if it ends as a sentence does.

    WHOLE, where no paper has a byline; CUT, where the others have one::

        The Long Window

        Long recordings are hard to transcribe, since a model sees a window of them only.
    """
    end = last.texts[-1] if last.texts else None
    if end and ends_in_link(end.text) and not any(fact.first > end.last for fact in last.facts):
        return True
    kinds = {fact.kind for fact in last.facts if fact.kind is not Kind.VOTES_BELOW}
    if last.verdict is not Verdict.PAPER:
        return not kinds
    if kinds & DAYS:
        return False
    dated = sum(any(fact.kind in DAYS for fact in other.facts) for other in others)
    has_votes_only = bool(last.facts) and not kinds  # a page with votes has bylines
    if dated * 2 >= len(others) if others else has_votes_only:
        return True
    if not kinds:
        return not ends_whole(last.texts[-1].text)
    ends = {other.facts[-1].kind for other in others if other.facts}
    return last.facts[-1].kind not in ends | {Kind.CODE, Kind.LABEL, Kind.VOTES}


def without_doubles(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, but one for two neighbours with the same title and abstract, with both's facts.

    A page for narrow and for wide screens, as the trending page is, holds each paper twice.
    """
    single: list[Passage] = []
    for passage in passages:
        if single and _is_double(single[-1], passage):
            single[-1].facts.extend([*passage.texts, *passage.facts])
        else:
            single.append(passage)
    return single


def _is_double(above: Passage, below: Passage) -> bool:
    texts = [[piece.text for piece in passage.texts] for passage in (above, below)]
    return above.verdict is below.verdict is Verdict.PAPER and texts[0] == texts[1]
