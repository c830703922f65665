"""What the pages of Hugging Face say around their papers."""

import re

from generator.listings.entry import Line, Listing

DAILY_PAGE = "byAK and the research community"
SIMILAR_PAGE = "Get trending papers in your email inbox once a day!"
BOILERPLATE = frozenset(
    {
        DAILY_PAGE,
        SIMILAR_PAGE,
        "Daily Papers",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "new",
    }
)
"""Lines that are no paper's, wherever on a page and however often they stand."""
GLUED = re.compile(r"Subscribe(?=\S)(?!(?:d|rs?)\b)")
"""A button's text that a capture glued to the title behind it. "Subscribed" and "Subscribers" are words."""


def unglued_lines(listing: Listing) -> list[Line]:
    """Return the lines that are not blank, without a button's text before them."""
    written = ((number, text, GLUED.match(text)) for number, text in listing.written())
    return [Line(number, text[glued.end() :] if glued else text) for number, text, glued in written]
