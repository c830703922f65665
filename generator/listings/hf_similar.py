"""The similar-papers page of Hugging Face, as text.

The text is boilerplate, and then titles and abstracts in turn, a line each, with no blank line between::

    Get trending papers in your email inbox once a day!
    Get trending papers in your email inbox!
    SubscribeA First Title
    A first abstract, which runs to some hundred characters.
    A Second Title
    ...

Headings and paragraphs stand in turn in much prose too. So a text is taken for this page only if it has a
line of boilerplate that this page alone has (the first above, or a title with ``Subscribe`` glued to it), and
if at least half of its other lines pair up by the rules of `generator.listings.pairing`.

A page ends inside a paper if its last title has no abstract, or if its last abstract ends neither as a
sentence does nor with a URL, unless boilerplate follows. A cut behind a sentence leaves no trace.
"""

from generator.listings import links
from generator.listings.boilerplate import BOILERPLATE, GLUED, SIMILAR_PAGE, unglued_lines
from generator.listings.entry import Entry, Line, Listing, Parse
from generator.listings.pairing import Kind, Passage, ends_whole, flaws, pair
from generator.model import Stated

NAME = "hf-similar"


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    if not any(text == SIMILAR_PAGE or GLUED.match(text) for _, text in listing.written()):
        return False
    lines = _without_boilerplate(unglued_lines(listing))
    papers = [passage for passage in pair(lines) if passage.kind is Kind.PAPER]
    return 4 * len(papers) >= len(lines)


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: title, abstract, and the links within it."""
    written = unglued_lines(listing)
    lines = _without_boilerplate(written)
    passages = pair(lines)
    if lines and lines[-1] == written[-1]:
        passages[-1] = _if_cut(passages[-1])
    papers = (passage for passage in passages if passage.kind is Kind.PAPER)
    return Parse(
        entries=tuple(_entry(position, paper) for position, paper in enumerate(papers, start=1)),
        problems=tuple(flaws(listing, passages)),
        boilerplate=listing.between(passage.span for passage in passages),
    )


def _without_boilerplate(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.text not in BOILERPLATE]


def _if_cut(last: Passage) -> Passage:
    is_whole = last.kind is Kind.PAPER and ends_whole(last.lines[-1].text)
    return last if is_whole else last._replace(kind=Kind.CUT)


def _entry(position: int, paper: Passage) -> Entry:
    title, abstract = (line.text for line in paper.lines)
    stated = Stated(title=title, abstract=abstract, links=links.find(abstract))
    return Entry(position=position, span=paper.span, stated=stated)
