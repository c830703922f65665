"""The papers of a page that marks its titles, as headings or as links to papers."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from generator.listings.pages.bylines import Kind, Piece, paper_id
from generator.listings.pages.lengths import PART_OF_AN_ABSTRACT, is_short, usual_length
from generator.listings.pages.pairing import Passage, Verdict, end_of_abstract
from generator.listings.pages.runs import Run, is_closed
from generator.listings.sentences import (
    LONGEST_TITLE,
    ends_as_statement,
    ends_whole,
    has_length_of_title,
    is_capitalized,
    is_short_title,
)


def marked_papers(runs: Sequence[Run], titles: frozenset[int], pieces: Sequence[Piece]) -> list[Passage]:
    """Return the papers of a page that marks its titles; what is above the first is its head.

    What another heading begins is no paper; it is told if it has a byline, as papers have.
    """
    marked = [bool(run.texts) and run.texts[0].first in titles for run in runs]
    abstracts = [
        run.texts[1] for run, is_marked in zip(runs, marked, strict=True) if is_marked and run.texts[1:]
    ]
    linked = [bool(abstract.href) for abstract in abstracts]
    is_linked = sum(linked) * 2 > len(linked)
    passages: list[Passage] = []
    for run, is_marked in zip(runs, marked, strict=True):
        if is_marked:
            passages += _passages(run, pieces[-1], is_linked=is_linked)
        elif run.texts and run.texts[0].heading and is_closed(run.facts):
            passages.append(Passage(Verdict.STRAYS, run.texts, [*run.votes, *run.facts]))
    return _without_other_headings(passages)


def _passages(run: Run, end_of_page: Piece, *, is_linked: bool) -> Iterator[Passage]:
    """Yield a paper, or what is below a title as strays, and the long texts that are below its byline.

    Where there is no byline, what is below the abstract and is no part of it, such as the heading of the next
    section, is a stray; and so is all, where the abstract ends in no sentence.
    """
    last = min((fact.first for fact in run.facts), default=run.texts[-1].last)
    texts = [text for text in run.texts if text.first <= last]
    facts = [*run.votes, *run.facts]
    is_whole = _has_byline(facts) or texts[-1] is end_of_page
    end = len(texts) if is_whole else end_of_abstract(texts, is_linked=is_linked)
    is_doubt = end < len(texts) and not ends_whole(texts[end - 1].text)
    if is_doubt or len(texts) < 2 or not _may_be_title(texts[0]):
        yield Passage(Verdict.STRAYS, texts, facts)
    else:
        yield Passage(Verdict.PAPER, texts[:end], facts)
        if texts[end:]:
            yield Passage(Verdict.STRAYS, texts[end:], [])
    if rest := [text for text in run.texts if text.first > last and len(text.text) > LONGEST_TITLE]:
        yield Passage(Verdict.STRAYS, rest, [])


def _has_byline(facts: Iterable[Piece]) -> bool:
    return any(fact.kind is not Kind.VOTES_BELOW for fact in facts)


def _may_be_title(title: Piece) -> bool:
    """Tell whether a text that is marked as a title is one, and not what was joined with an abstract."""
    is_statement = ends_as_statement(title.text) and not is_capitalized(title.text)
    goes_on = is_statement or title.text.endswith((",", ";", ":"))
    return bool(title.href) or (has_length_of_title(title.text) and not goes_on)


def _without_other_headings(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, those in doubt as strays: a heading that links to no paper, above a short text.

    Where most papers have bylines, a heading without one is in doubt sooner.
    """
    papers = [passage for passage in passages if passage.verdict is Verdict.PAPER]
    closed = [paper.length for paper in papers if is_closed(paper.facts)]
    has_bylines = len(closed) * 2 > len(papers)
    least = median(closed) * PART_OF_AN_ABSTRACT if has_bylines else 0
    usual = usual_length(papers)

    def is_doubt(paper: Passage) -> bool:
        if paper_id(paper.texts[0].href) or (has_bylines and is_closed(paper.facts)):
            return False
        is_heading = has_bylines and not _has_byline(paper.facts) and is_short_title(paper.name)
        return is_heading or paper.length < least or is_short(paper, usual)

    return [
        passage._replace(verdict=Verdict.STRAYS)
        if passage.verdict is Verdict.PAPER and is_doubt(passage)
        else passage
        for passage in passages
    ]
