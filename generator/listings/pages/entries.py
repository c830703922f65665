"""The papers of a Hugging Face page as entries, and what is wrong with the page as problems."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from generator.listings import links
from generator.listings.entry import Entry, Listing, Parse, Span, quote
from generator.listings.pages.bylines import Kind, Piece, author_count, count, organization, paper_id
from generator.listings.pages.days import PageDay, any_day
from generator.listings.pages.layout import width_that_breaks_words
from generator.listings.pages.pairing import Passage, Verdict
from generator.listings.pages.saved_page import SavedPage
from generator.listings.sentences import (
    begins_in_lower_case,
    has_length_of_title,
    is_capitalized,
    reads_as_abstract,
)
from generator.model import Stated
from generator.problem import Problem, error, notice

NO_ABSTRACTS = (
    "Save a page that shows abstracts, such as https://huggingface.co/papers/trending or "
    "https://huggingface.co/papers?q=WORDS."
)


def parse_page(listing: Listing, page: SavedPage) -> Parse:
    """Return what a page states, and every problem with it, most of which leave a paper out."""
    refusal = _refusal(listing, page)
    if refusal:
        return Parse(problems=(refusal,))
    papers = page.papers
    days = [(fact, day) for paper in papers for fact in paper.facts if (day := _day(fact))]
    problems = (
        *(_flaw(listing, passage) for passage in page.passages if passage.verdict is not Verdict.PAPER),
        *_other_day(listing, page.pieces),
        *_unread_days(listing, papers),
        *_relative_days(listing, papers),
        *_impossible_days(listing, days),
    )
    return Parse(
        entries=tuple(
            _entry(position, paper, listing.issue) for position, paper in enumerate(papers, start=1)
        ),
        problems=problems,
        boilerplate=listing.between(passage.span for passage in page.passages),
    )


def _refusal(listing: Listing, page: SavedPage) -> Problem | None:
    """Return why nothing of the page can be taken, or None."""
    whole = listing.at(Span(1, len(listing.lines)))
    facts = [fact for passage in page.passages for fact in passage.facts]
    unread = next((fact for fact in facts if fact.kind is Kind.UNREAD_DAY), None)
    if unread and not any(fact.kind is Kind.DAY for fact in facts):
        message = f"The days of this page are not in English, such as {quote(unread.text)}; no paper is read."
        return error(
            whole,
            message,
            "Show the page in English, and save it again.",
        )
    if page.papers and (width := width_that_breaks_words(listing.lines)):
        message = f"The lines of this page are broken after {width} characters, amid words; no paper is read."
        return error(whole, message, "Save the page without line breaks, or with breaks between words only.")
    titles = [passage for passage in page.passages if passage.texts]
    has_abstract = any(
        reads_as_abstract(text.text) if index else not has_length_of_title(text.text)
        for passage in titles
        for index, text in enumerate(passage.texts)
    )
    are_titles = all(is_capitalized(text.text) for paper in page.papers for text in paper.texts)
    is_alone = 2 * sum(len(passage.texts) == 1 for passage in titles) > len(titles)
    if len(titles) < 2 or has_abstract or not (facts or titles[0].texts[0].heading):
        return None
    if are_titles or is_alone:
        name = quote(titles[0].name)
        message = f"This page has {len(titles)} titles, such as {name}, and no abstracts; no paper is read."
        return error(whole, message, NO_ABSTRACTS)
    return None


def _entry(position: int, paper: Passage, issue: dt.date | None) -> Entry:
    title, *paragraphs = paper.texts
    abstract = "\n".join(paragraph.text for paragraph in paragraphs)
    of_facts, counts = _facts(paper.facts, issue)
    arxiv = next((known for text in paper.texts if (known := paper_id(text.href))), None)
    code = next((fact.href for fact in paper.facts if fact.kind is Kind.CODE and fact.href), "")
    found = links.find(abstract)
    found = {kind: url for kind, url in links.find(code).items() if kind == "code"} | found
    stated = Stated(title=title.text, abstract=abstract, arxiv=arxiv, links=found, **of_facts)
    day = next((day for fact in paper.facts if (day := _day(fact))), None)
    is_guessed = bool(day and day.year is None and stated.published)
    return Entry(position=position, span=paper.span, stated=stated, is_year_guessed=is_guessed, **counts)


def _facts(facts: Sequence[Piece], issue: dt.date | None) -> tuple[dict[str, Any], dict[str, int | None]]:
    """Return what facts state of a paper, and the votes and comments they count; the first of each kind."""
    stated: dict[str, Any] = {}
    counts: dict[str, int | None] = {}
    for fact in facts:
        if fact.kind is Kind.AUTHORS:
            stated.setdefault("author_count", author_count(fact.text))
        elif fact.kind is Kind.ORGANIZATION and "organization" not in stated:
            stated["organization_handle"], stated["organization"] = organization(fact.text, fact.href)
        elif day := _day(fact):
            stated.setdefault("published", day.resolve(issue))
            counts.setdefault("discussion", day.comments)
        elif fact.kind is Kind.COMMENTS:
            counts["discussion"] = counts.get("discussion") or count(fact.text)
        elif fact.kind in (Kind.VOTES, Kind.VOTES_BELOW):
            counts.setdefault("votes", count(fact.text))
    return stated, counts


def _day(fact: Piece) -> PageDay | None:
    return any_day(fact.text) if fact.kind is Kind.DAY else None


def _flaw(listing: Listing, passage: Passage) -> Problem:
    """Return the error for a passage that is no paper."""
    place, name = listing.at(passage.span), quote(passage.name)
    if passage.verdict is Verdict.STRAYS:
        return error(place, *_why_stray(passage, name))
    if len(passage.texts) + len(passage.facts) == 1:
        message = f"This listing ends inside a paper: {name} has no abstract."
        return error(place, message, "Capture the page again to its end, or delete the line.")
    message = f"This listing ends inside a paper: {name} is not whole."
    hint = "Capture the page again to its end; if that is all it says, add a line 'Subscribe' below."
    return error(place, message, hint)


def _why_stray(passage: Passage, name: str) -> tuple[str, str]:
    """Return why texts in the midst of a page are no paper, and what to do."""
    texts = [text.text for text in passage.texts]
    if len(texts) == 1 and not has_length_of_title(texts[0]):
        message = f"{name} is one paragraph: no title is told from its abstract."
        return message, "Put a blank line between title and abstract, or add the title that is missing."
    if len(texts) > 1 and begins_in_lower_case(texts[0]):
        message = f"{name} may be the rest of a text above: it begins with a lower-case word or a sign."
        return message, "If it is a title, begin it with a capital; else join it with the text above."
    message = f"{name} belongs to no paper: a paper is a title and then its abstract."
    hint = "Add what is missing, put a blank line between title and abstract, or delete what is left over."
    return message, hint


def _other_day(listing: Listing, pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Yield a notice where the page says that it is of another day than its issue.

    Some of its own days are links to the day before and the day after.
    """
    own = [(piece, day) for piece in pieces if piece.kind is Kind.OWN_DAY and (day := any_day(piece.text))]
    if listing.issue and own and not any(day.agrees(listing.issue) for _, day in own):
        piece, _ = own[0]
        yield notice(
            listing.at(Span(piece.first, piece.last)),
            f"The page says it is of {piece.text}; it is filed under {listing.issue}.",
            "Days without a year are counted back from the latter. If it is wrong, rename the listing.",
        )


def _unread_days(listing: Listing, papers: Sequence[Passage]) -> Iterator[Problem]:
    for fact in (fact for paper in papers for fact in paper.facts if fact.kind is Kind.UNREAD_DAY):
        hint = "Correct the line; the paper is read without a day."
        yield error(
            listing.at(Span(fact.first, fact.last)), f"There is no such day as {quote(fact.text)}.", hint
        )


def _relative_days(listing: Listing, papers: Sequence[Passage]) -> Iterator[Problem]:
    """Yield a notice if days count back from the day of the capture, which the page does not state."""
    relative = [fact for paper in papers for fact in paper.facts if fact.kind is Kind.RELATIVE_DAY]
    if relative:
        first = relative[0]
        papers_say = "1 paper says" if len(relative) == 1 else f"{len(relative)} papers say"
        yield notice(
            listing.at(Span(first.first, first.last)),
            f"{papers_say} only how long ago, such as '{first.text}'; no day is known of them.",
        )


def _impossible_days(listing: Listing, days: Sequence[tuple[Piece, PageDay]]) -> Iterator[Problem]:
    for fact, day in days:
        if not day.exists():
            column = listing.lines[fact.last - 1].find(fact.text) + 1
            hint = "Correct the line; the paper is read without a day."
            yield error(listing.within(fact.last, column), f"There is no such day as '{fact.text}'.", hint)
