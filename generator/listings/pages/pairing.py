"""Tell titles from abstracts on a page of plain text, which marks neither.

Where these rules cannot tell them apart, there is no paper:

- a *title* has at most 200 characters, or 1,000 in capitalized words without an end of a sentence; it begins
  as no text goes on (`begins_as_continuation`) and is no sentence, unless its words are capitalized;
- an *abstract* is longer, or ends with a full stop or a URL (titles may be questions, but hardly statements),
  and is more than a URL;
- a *section* is a heading such as ``Methods`` above a text: both belong to the abstract above;
- above a byline, the first text is the title, and all others are the abstract, with its lists and paragraphs.
  A second paper, the first of which has no byline, begins there only if the abstract above is whole, the
  words of the text are capitalized, and an abstract follows; if a text merely may be a title, all that is
  above the byline is in doubt;
- on a page without bylines, titles and abstracts alternate. A text that is neither is a stray, and so is the
  paper above it if its abstract breaks off in mid-sentence: the stray may be the rest of it.
"""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from generator.listings.entry import Span
from generator.listings.pages.boilerplate import SENTENCES
from generator.listings.pages.bylines import Piece
from generator.listings.sentences import (
    LIST,
    LONGEST_USUAL_TITLE,
    begins_as_continuation,
    begins_in_lower_case,
    ends_as_statement,
    ends_whole,
    has_length_of_title,
    is_address,
    is_capitalized,
    is_section,
    links_words,
    reads_as_abstract,
)


class Verdict(Enum):
    """What some texts of a page are."""

    PAPER = auto()
    STRAYS = auto()
    """No whole paper, in the midst of a page."""
    CUT = auto()
    """The paper that a page ends in."""


class Passage(NamedTuple):
    """Texts that belong together, and their facts: a paper's title and the paragraphs of its abstract."""

    verdict: Verdict
    texts: list[Piece]
    facts: list[Piece]

    @property
    def length(self) -> int:
        """The number of characters of a paper's abstract."""
        return sum(len(text.text) for text in self.texts[1:])

    @property
    def span(self) -> Span:
        """The lines' place, with all that lies between them."""
        pieces = [*self.texts, *self.facts]
        return Span(min(piece.first for piece in pieces), max(piece.last for piece in pieces))

    @property
    def name(self) -> str:
        """What a message calls it."""
        return (self.texts or self.facts)[0].text


def may_be_title(text: str) -> bool:
    """Tell whether a text is short enough for a title, begins as one and does not end as a sentence."""
    if not has_length_of_title(text) or begins_as_continuation(text) or text.startswith(SENTENCES):
        return False
    if is_section(text) or text.endswith((",", ";", ":")):
        return False
    if len(text) > LONGEST_USUAL_TITLE:
        return is_capitalized(text) and not ends_as_statement(text)
    return is_capitalized(text) or not ends_as_statement(text)


def _goes_on(text: str) -> bool:
    """Tell whether a text below an abstract is surely a paragraph of it."""
    return begins_as_continuation(text) or reads_as_abstract(text) or text.endswith((",", ";", ":"))


def above_byline(texts: Sequence[Piece], *, is_below_byline: bool = False) -> list[Passage]:
    """Return the papers that the texts above a byline hold, or all as strays where that is in doubt.

    Two texts between two bylines are a title and its abstract, also where the title begins in lower case.
    """
    doubt = [Passage(Verdict.STRAYS, list(texts), [])] if texts else []
    if len(texts) < 2 or not (
        may_be_title(texts[0].text) or (is_below_byline and _is_proven(*(text.text for text in texts)))
    ):
        return doubt
    papers = [Passage(Verdict.PAPER, [texts[0]], [])]
    sections = _sections(texts)
    for index, text in enumerate(texts[1:], start=1):
        below = texts[index + 1].text if index + 1 < len(texts) else ""
        last = papers[-1].texts
        is_heading = index in sections and (len(last) > 1 or len(sections) > 1)
        if _goes_on(text.text) or is_heading or (len(last) == 1 and not below):
            last.append(text)
        elif len(last) > 1 and ends_whole(last[-1].text) and _begins_paper(text.text, below):
            papers.append(Passage(Verdict.PAPER, [text], []))
        else:
            return doubt
    return papers if len(papers[-1].texts) > 1 else doubt


def _is_proven(title: str, *abstract: str) -> bool:
    """Tell whether a title that begins in lower case is one: its abstract, in one text, is all below it."""
    if not begins_in_lower_case(title) or links_words(title):
        return False
    is_title = has_length_of_title(title) and not ends_as_statement(title)
    return is_title and len(abstract) == 1 and _begins_abstract(abstract[0])


def _sections(texts: Sequence[Piece]) -> set[int]:
    """Return which texts are headings of an abstract's sections, above what ends as a sentence."""
    return {
        index
        for index, (text, below) in enumerate(pairwise(texts))
        if is_section(text.text) and reads_as_abstract(below.text)
    }


def _begins_paper(text: str, below: str) -> bool:
    return may_be_title(text) and is_capitalized(text) and bool(below) and _begins_abstract(below)


def in_turn(texts: Sequence[Piece], *, by_lines: bool) -> list[Passage]:
    """Return the papers of a page without bylines, and the strays between them, adjacent ones as one passage.

    Where each line of the page is an item, an abstract has one line. Elsewhere it also has the paragraphs
    below it that are no titles.
    """
    passages: list[Passage] = []
    sections = _sections(texts)
    index = 0
    while index < len(texts):
        title, *below = texts[index : index + 2]
        is_paper_above = bool(passages) and passages[-1].verdict is Verdict.PAPER
        if is_paper_above and index in sections:
            passages[-1].texts.extend([title, *below])
            index += 2
        elif is_paper_above and _belongs_above(
            passages[-1], title.text, texts[index + 1 :], by_lines=by_lines
        ):
            passages[-1].texts.append(title)
            index += 1
        elif below and may_be_title(title.text) and _begins_abstract(below[0].text):
            passages.append(Passage(Verdict.PAPER, [title, *below], []))
            index += 2
        else:
            above = passages.pop().texts if passages and not _is_complete(passages[-1]) else []
            above.append(title)
            passages.append(Passage(Verdict.STRAYS, above, []))
            index += 1
    return passages


def _belongs_above(passage: Passage, text: str, rest: Sequence[Piece], *, by_lines: bool) -> bool:
    """Tell whether a text belongs to the abstract above as an item, a paragraph or the rest of a sentence."""
    if LIST.match(text):
        return is_of_list(text, passage.texts[-1].text, *(piece.text for piece in rest[:1]))
    if begins_as_continuation(text) and not _is_complete(passage):
        return True
    return not by_lines and reads_as_abstract(text) and not may_be_title(text)


def is_of_list(text: str, above: str, below: str = "") -> bool:
    """Tell whether a text is an item of a list between others, and no heading with a mark: ``1. Vision``."""
    is_beside_item = above.endswith(":") or any(map(LIST.match, (above, below)))
    return bool(LIST.match(text)) and (ends_whole(text) or is_beside_item)


def end_of_abstract(texts: Sequence[Piece], *, is_linked: bool) -> int:
    """Return how many of a title and the texts below it are the title and its abstract.

    Where abstracts are linked, a text without a link is no part of one. Elsewhere, neither is a text without
    a full stop at its end, unless it is a heading within the abstract, a section's name or an item of a list.
    """
    for index in range(2, len(texts)):
        above, text, *below = (piece.text for piece in texts[index - 1 : index + 2])
        is_marked = bool(texts[index].heading) or is_section(text) or is_of_list(text, above, *below[:1])
        if (is_linked and not texts[index].href) or not (reads_as_abstract(text) or is_marked):
            return index
    return len(texts)


def _begins_abstract(text: str) -> bool:
    if is_address(text):
        return False
    return reads_as_abstract(text) and not (begins_as_continuation(text) and not LIST.match(text))


def _is_complete(passage: Passage) -> bool:
    return passage.verdict is Verdict.PAPER and ends_whole(passage.texts[-1].text)
