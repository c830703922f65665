"""The page of papers similar to one, at Hugging Face (huggingface.co/papers, "similar papers").

The text is furniture, and then titles and abstracts in turn, a line each, with no blank line between::

    Get trending papers in your email inbox once a day!
    Get trending papers in your email inbox!
    SubscribeA First Title
    A first abstract, which runs to some hundred characters.
    A Second Title
    ...

Headings and paragraphs stand in turn in much prose too. So a text is taken for this page only if it has a
line of furniture that this page alone has (the first above, or a title with ``Subscribe`` glued to it), and
if at least half of its other lines pair up by the rules of `generator.listings.pairing`.

A page ends inside a paper where the last title has no abstract, and where the last abstract breaks off: no line
break follows it and it ends neither as a sentence does nor with a URL.
"""

from generator.listings import links
from generator.listings.entry import Entry, Line, Listing, Parse, Span
from generator.listings.furniture import GLUED, SIMILAR_PAGE, without_furniture
from generator.listings.pairing import cut, ends_whole, pair, stray
from generator.model import Stated

NAME = "hf-similar"


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    if not any(text == SIMILAR_PAGE or GLUED.match(text) for _, text in listing.written()):
        return False
    lines = without_furniture(listing)
    papers, _ = pair(lines)
    return 4 * len(papers) >= len(lines)


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: title, abstract, and the links within it."""
    lines = without_furniture(listing)
    papers, strays = pair(lines)
    problems = []
    if strays and strays[-1][-1] == lines[-1]:
        problems.append(cut(listing, strays.pop(), "no whole abstract", "delete what is left over"))
    elif papers and _breaks_off(papers[-1][-1], listing):
        hint = "end the file with a line break if that is all it says"
        problems.append(cut(listing, papers.pop(), "no whole abstract", hint))
    problems += [stray(listing, group) for group in strays]
    return Parse(
        entries=tuple(_entry(position, *paper) for position, paper in enumerate(papers, start=1)),
        problems=tuple(problems),
        furniture=listing.between(lines),
    )


def _breaks_off(abstract: Line, listing: Listing) -> bool:
    return abstract.number == len(listing.lines) and not ends_whole(abstract.text)


def _entry(position: int, title: Line, abstract: Line) -> Entry:
    stated = Stated(title=title.text, abstract=abstract.text, links=links.find(abstract.text))
    return Entry(position=position, span=Span(title.number, abstract.number), stated=stated)
