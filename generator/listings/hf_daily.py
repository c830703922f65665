"""Hugging Face's daily, trending and search pages, saved as text.

The text is boilerplate, the page's own day, and then papers::

    Daily Papers
    byAK and the research community
    Oct 30

    A Title

    An abstract, in one line or wrapped.

      • 6 authors
    ·
    Apr 16, 2021

A byline is a number of authors, or an organization's handle and name (``stanfordnlp Stanford NLP``); a lone
``·``; and a day, without its year where that is the page's own, with a count of comments where there are some
(``Oct 1 3``). A paper may have no byline at all. Lone numbers above a title count votes.

The text is taken for this page if it says who makes it (the second line above), or if two lines of a byline
follow one another.

`generator.listings.pages.saved_page` takes the page apart; `generator.listings.pages.saved_markdown` reads
what crawlers and text browsers make of it.
"""

from collections.abc import Sequence
from itertools import pairwise

from generator.listings.entry import Listing, Parse
from generator.listings.pages.boilerplate import MAKER
from generator.listings.pages.bylines import DAYS, Kind, Piece
from generator.listings.pages.entries import parse_page
from generator.listings.pages.saved_page import pieces_and_lines, read, without_doubles

NAME = "hf-daily"
TWO_OF_A_BYLINE = {
    (Kind.AUTHORS, Kind.SEPARATOR),
    *((above, day) for above in (Kind.AUTHORS, Kind.SEPARATOR) for day in DAYS),
}


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    return names_makers(listing) or says_so(pieces_and_lines(listing)[0])


def names_makers(listing: Listing) -> bool:
    """Tell whether a line, with the marks of its links, says who makes the page."""
    return any(MAKER.fullmatch(line.text) for line in listing.written())


def says_so(pieces: Sequence[Piece]) -> bool:
    """Tell whether the pieces of a page are of this one: it names its makers, or has bylines."""
    if any(MAKER.fullmatch(piece.text) or piece.text == "and the research community" for piece in pieces):
        return True
    return any((above.kind, below.kind) in TWO_OF_A_BYLINE for above, below in pairwise(pieces))


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: title, abstract and its links, and what their bylines state."""
    page = read(listing)
    return parse_page(listing, page._replace(passages=without_doubles(page.passages)))
