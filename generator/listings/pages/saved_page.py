"""A page of Hugging Face, taken apart: its papers, with their facts, and what is left over.

The page as a whole tells what its papers have. On a saved page whose titles are headings or links to papers,
those are the titles, and nothing else is. On any other, `generator.listings.pages.pairing` finds them. Then
each is held against the others, at one place, `_ends_in_paper`: only the last may be cut.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf
from statistics import median
from typing import NamedTuple

from generator.listings.entry import Listing
from generator.listings.pages import saved_markdown
from generator.listings.pages.boilerplate import unglued_lines, without_foot
from generator.listings.pages.bylines import DAYS, Kind, Piece, paper_id
from generator.listings.pages.context import in_context
from generator.listings.pages.pairing import (
    Passage,
    Verdict,
    above_byline,
    in_turn,
)
from generator.listings.pages.paragraphs import pieces_of
from generator.listings.pages.runs import CLOSING, Run, is_closed, runs_of
from generator.listings.pages.titles import marked_titles
from generator.listings.sentences import LONGEST_TITLE, ends_in_link, ends_whole

_WORD = re.compile(r"(?:[-*+•] +)?[A-Za-z]{2}")
PART_OF_AN_ABSTRACT = 0.75
"""Of the median abstract of the papers with bylines, at least, of two papers above one byline."""
LEAST_PART_OF_AN_ABSTRACT = 0.2
"""Of the median abstract, at least, where no byline proves a paper."""
SHORTEST_USUAL_ABSTRACT = 150
"""Characters of the median abstract, at least, to hold others against it."""
MOST_OF_ONE_PAPER = 2
TEXTS_OF_A_CUT_PAPER = 3
"""At most, as a rule: a title, an abstract and the beginning of a byline."""


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
    passages = _with_titles(runs, titles) if titles else _without_titles(runs, by_lines=by_lines)
    passages = _with_verdict_on_last(passages, pieces)
    return SavedPage(pieces, passages)


def _with_titles(runs: Sequence[Run], titles: frozenset[int]) -> list[Passage]:
    """Return the papers of a page that marks its titles; what is above the first is its head.

    What another heading begins is no paper; it is told if it has a byline, as papers have.
    """
    passages = []
    for run in runs:
        if not (run.texts and run.texts[0].first in titles):
            if run.texts and run.texts[0].heading and is_closed(run.facts):
                passages.append(Passage(Verdict.STRAYS, run.texts, [*run.votes, *run.facts]))
            continue
        end = min((fact.first for fact in run.facts), default=run.texts[-1].last)
        texts = [text for text in run.texts if text.first <= end]
        verdict = Verdict.PAPER if len(texts) > 1 else Verdict.STRAYS
        passages.append(Passage(verdict, texts, [*run.votes, *run.facts]))
        rest = [text for text in run.texts if text.first > end and len(text.text) > LONGEST_TITLE]
        passages += [Passage(Verdict.STRAYS, rest, [])] if rest else []
    return _without_other_headings(passages)


def _without_other_headings(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, those in doubt as strays: a heading that links to no paper, above a short text.

    Where most papers have bylines, a heading without one is in doubt sooner.
    """
    papers = [passage for passage in passages if passage.verdict is Verdict.PAPER]
    closed = [_length(paper) for paper in papers if is_closed(paper.facts)]
    has_bylines = len(closed) * 2 > len(papers)
    least = median(closed) * PART_OF_AN_ABSTRACT if has_bylines else _least_without_bylines(papers)
    return [
        passage._replace(verdict=Verdict.STRAYS)
        if passage.verdict is Verdict.PAPER
        and not paper_id(passage.texts[0].href)
        and not (has_bylines and is_closed(passage.facts))
        and _length(passage) < least
        else passage
        for passage in passages
    ]


def _least_without_bylines(papers: Iterable[Passage]) -> float:
    """Return how many characters an abstract has at least where no byline proves a paper."""
    usual = median([_length(paper) for paper in papers] or [0])
    return usual * LEAST_PART_OF_AN_ABSTRACT if usual >= SHORTEST_USUAL_ABSTRACT else 0


def _without_titles(runs: Sequence[Run], *, by_lines: bool) -> list[Passage]:
    """Return the papers of a page that marks no titles.

    A page has bylines if most of its runs of texts end in one, however many texts each has: lists, headings.
    """
    cut = 0 if not runs or runs[-1].facts else min(len(runs[-1].texts), TEXTS_OF_A_CUT_PAPER)
    texts = sum(len(run.texts) for run in runs) - cut
    ended = [is_closed(run.facts) for run in runs if run.texts and run.facts]
    has_bylines = sum(ended) * 2 > len(ended) or sum(ended) * 4 >= texts > 0
    told = _above_bylines(runs) if has_bylines else _in_turn([run.texts for run in runs], by_lines=by_lines)
    passages: list[Passage] = []
    for run, found in zip(runs, told, strict=True):
        of_run = found or [Passage(Verdict.STRAYS, [], [])]
        of_run[0].facts.extend(run.votes)
        of_run[-1].facts.extend(run.facts)
        passages += of_run
    return passages


def _above_bylines(runs: Sequence[Run]) -> list[list[Passage]]:
    """Return the papers of each run of a page with bylines.

    A paper that would lack its byline may be a part of the abstract above, under a heading. It is in doubt
    where it is the only one of the page; and where it, or what is above, is much shorter than the abstracts
    with bylines, since a heading parts an abstract into two, one of them shorter than half; and where its
    title recurs above another abstract.
    """
    is_below_byline = [False, *(is_closed(run.facts) for run in runs)]
    told = [
        above_byline(run.texts, is_below_byline=is_below)
        for run, is_below in zip(runs, is_below_byline, strict=False)
    ]
    repeated = _repeated_titles(told)
    lengths = [_length(found[0]) for found in told if len(found) == 1 and found[0].verdict is Verdict.PAPER]
    is_lone = sum(len(found) - 1 for found in told if found) == 1
    least = median(lengths) * PART_OF_AN_ABSTRACT if lengths else inf
    return [
        [Passage(Verdict.STRAYS, list(run.texts), [])]
        if len(found) > 1 and (is_lone or min(map(_length, found)) < least or repeated & _names(found))
        else found
        for run, found in zip(runs, told, strict=True)
    ]


def _in_turn(texts: Sequence[Sequence[Piece]], *, by_lines: bool) -> list[list[Passage]]:
    """Return the papers of each run of a page without bylines.

    One whose abstract is much shorter than the others, or whose title recurs above another abstract, may be a
    part of the abstract above, under a heading: both are in doubt.
    """
    told = [in_turn(run, by_lines=by_lines) for run in texts]
    papers = [paper for found in told for paper in found if paper.verdict is Verdict.PAPER]
    least = _least_without_bylines(papers)
    repeated = _repeated_titles(told) if least else set()
    for found in told:
        for index in range(len(found) - 1, -1, -1):
            is_doubt = _length(found[index]) < least or found[index].name in repeated
            if found[index].verdict is Verdict.PAPER and is_doubt:
                above = found[max(0, index - 1) : index + 1]
                doubt = [text for passage in above for text in passage.texts]
                found[max(0, index - 1) : index + 1] = [Passage(Verdict.STRAYS, doubt, [])]
    return told


def _repeated_titles(told: Iterable[Sequence[Passage]]) -> set[str]:
    """Return the titles above different abstracts, or met often: headings in abstracts, or the page's words.

    A paper may be on a page twice: trending pages have it for narrow and for wide screens.
    """
    papers = [paper for found in told for paper in found if paper.verdict is Verdict.PAPER]
    met = Counter(paper.name for paper in papers)
    different = {tuple(text.text for text in paper.texts) for paper in papers}
    titles = Counter(texts[0] for texts in different)
    return {title for title, count in titles.items() if count > 1 or met[title] > MOST_OF_ONE_PAPER}


def _names(passages: Iterable[Passage]) -> set[str]:
    return {passage.name for passage in passages}


def _length(paper: Passage) -> int:
    """Return the number of characters of an abstract."""
    return sum(len(text.text) for text in paper.texts[1:])


def _with_verdict_on_last(passages: list[Passage], pieces: Sequence[Piece]) -> list[Passage]:
    """Return the passages, the last as cut if the page ends inside it."""
    if not passages or _goes_on(pieces[-1], passages[-1]):
        return passages
    *above, last = passages
    if above and _is_rest_of_byline(above[-1], last):
        *above, byline = above
        last = Passage(Verdict.CUT, [*byline.texts, *last.texts], byline.facts)
    elif _ends_in_paper(last, [passage for passage in above if passage.verdict is Verdict.PAPER]):
        last = last._replace(verdict=Verdict.CUT)
    return [*above, last]


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
