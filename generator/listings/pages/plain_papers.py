"""Find the papers of a page that marks no titles: by their bylines, else by titles and abstracts in turn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from generator.listings.pages.lengths import PART_OF_AN_ABSTRACT, is_short, usual_length
from generator.listings.pages.pairing import Passage, Verdict, above_byline, in_turn
from generator.listings.pages.runs import Run, is_closed
from generator.listings.sentences import (
    continues_prose,
    ends_as_statement,
    is_capitalized,
    names_people,
    reads_as_abstract,
)

MOST_OF_ONE_PAPER = 2
MOST_OF_ONE_PARAGRAPH = 2
"""Texts of a paper whose abstract has one paragraph, at most."""
TEXTS_OF_A_CUT_PAPER = 3
"""At most, as a rule: a title, an abstract and the beginning of a byline."""


def plain_papers(runs: Sequence[Run], *, by_lines: bool) -> list[Passage]:
    """Return the papers of a page that marks no titles.

    A page has bylines if most of its runs end in one, or one in four texts is above one.
    """
    cut = 0 if not runs or runs[-1].facts else min(len(runs[-1].texts), TEXTS_OF_A_CUT_PAPER)
    texts = sum(len(run.texts) for run in runs) - cut
    ended = [is_closed(run.facts) for run in runs if run.texts and run.facts]
    has_bylines = sum(ended) * 2 > len(ended) or sum(ended) * 4 >= texts > 0
    told = _above_bylines(runs) if has_bylines else _in_turn(runs, by_lines=by_lines)
    passages: list[Passage] = []
    for run, found in zip(runs, told, strict=True):
        of_run = found or [Passage(Verdict.STRAYS, [], [])]
        of_run[0].facts.extend(run.votes)
        of_run[-1].facts.extend(run.facts)
        passages += of_run
    return passages


def _above_bylines(runs: Sequence[Run]) -> list[list[Passage]]:
    """Return the papers of each run of a page with bylines.

    If a run has several papers, all but the last lack a byline, and may be parts of one abstract with
    headings. They are in doubt if the page has only one such paper; if one is much shorter than the abstracts
    with bylines, since a heading splits an abstract in two; and if a title occurs above another abstract as
    well.
    """
    is_below_byline = [False, *(is_closed(run.facts) for run in runs)]
    told = [
        above_byline(run.texts, is_below_byline=is_below)
        for run, is_below in zip(runs, is_below_byline, strict=False)
    ]
    repeated = _repeated_titles(told)
    lengths = [
        found[0].length
        for run, found in zip(runs, told, strict=True)
        if len(found) == 1 and found[0].verdict is Verdict.PAPER and is_closed(run.facts)
    ]
    is_lone = sum(len(found) - 1 for found in told if found) == 1
    least = median(lengths) * PART_OF_AN_ABSTRACT if lengths else inf

    def is_doubt(papers: Sequence[Passage]) -> bool:
        if len(papers) < 2:
            return False
        is_short_one = min(paper.length for paper in papers) < least
        return is_lone or is_short_one or not repeated.isdisjoint(paper.name for paper in papers)

    return [
        [Passage(Verdict.STRAYS, list(run.texts), [])] if is_doubt(found) else found
        for run, found in zip(runs, told, strict=True)
    ]


def _in_turn(runs: Sequence[Run], *, by_lines: bool) -> list[list[Passage]]:
    """Return the papers of each run of a page without bylines.

    A paper whose abstract is much shorter than the others, or whose title occurs above another abstract as
    well, may be a part of the abstract above, under a heading: both are in doubt. So are both if the title
    reads as a sentence, or the abstract refers to one above. A paper without votes, where most have them, is
    text below a heading. If most titles are names of people below a stray line, they are authors, and all is
    in doubt.
    """
    told = [in_turn(run.texts, by_lines=by_lines) for run in runs]
    if _are_titles_authors(told):
        return [[Passage(Verdict.STRAYS, list(run.texts), [])] if run.texts else [] for run in runs]
    papers = [paper for found in told for paper in found if paper.verdict is Verdict.PAPER]
    usual = usual_length(papers)
    repeated = _repeated_titles(told) if usual else set()
    has_paragraphs = any(map(_has_paragraphs, (passage for found in told for passage in found)))
    has_votes = sum(bool(run.votes) for run in runs) * 2 > len(papers)
    for run, found in zip(runs, told, strict=True):
        for index in range(len(found) - 1, -1, -1):
            if found[index].verdict is not Verdict.PAPER:
                continue
            title, abstract, *_ = (text.text for text in found[index].texts)
            is_in_doubt = is_short(found[index], usual) or title in repeated or continues_prose(abstract)
            if is_in_doubt or _is_sentence(title, amid_paragraphs=has_paragraphs):
                above = found[max(0, index - 1) : index + 1]
                doubt = [text for passage in above for text in passage.texts]
                found[max(0, index - 1) : index + 1] = [Passage(Verdict.STRAYS, doubt, [])]
            elif has_votes and (index > 0 or not run.votes):
                found[index] = found[index]._replace(verdict=Verdict.STRAYS)
    return told


def _are_titles_authors(told: Iterable[Sequence[Passage]]) -> bool:
    """Tell whether most papers, and more than one, have a line of names for a title, and a title above it.

    IN DOUBT::

        The Long Window
        Ann Lee, Bob Ray
        Long recordings are hard to transcribe.
    """
    pairs = [pair for found in told for pair in pairwise([None, *found])]
    papers = [(above, paper) for above, paper in pairs if paper and paper.verdict is Verdict.PAPER]
    named = sum(
        above is not None and above.verdict is Verdict.STRAYS and names_people(paper.name)
        for above, paper in papers
    )
    return named > 1 and named * 2 > len(papers)


def _has_paragraphs(passage: Passage) -> bool:
    """Tell whether a passage has a second paragraph of an abstract, or is one that was taken for a stray."""
    if passage.verdict is Verdict.STRAYS:
        return reads_as_abstract(passage.name)
    return len(passage.texts) > MOST_OF_ONE_PARAGRAPH


def _is_sentence(title: str, *, amid_paragraphs: bool) -> bool:
    """Tell whether a title without a byline may be a paragraph of the abstract above.

    None of 674 genuine titles ends with a full stop. A question without capitals may be a title, but is in
    doubt where abstracts of the page have several paragraphs.

    IN DOUBT::

        At the Core of Vidu4D Is Our Technique.
        While dominant, is this an optimal way of training?
    """
    is_question = title.endswith(("?", "!")) and not is_capitalized(title)
    return ends_as_statement(title) or (amid_paragraphs and is_question)


def _repeated_titles(told: Iterable[Sequence[Passage]]) -> set[str]:
    """Return the titles above several abstracts, or that occur often: headings in abstracts, or page words.

    A paper may be on a page twice: trending pages have it for narrow and for wide screens.
    """
    papers = [paper for found in told for paper in found if paper.verdict is Verdict.PAPER]
    met = Counter(paper.name for paper in papers)
    different = {tuple(text.text for text in paper.texts) for paper in papers}
    titles = Counter(texts[0] for texts in different)
    return {title for title, count in titles.items() if count > 1 or met[title] > MOST_OF_ONE_PAPER}
