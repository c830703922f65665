"""What the pages of Hugging Face say around their papers."""

import re

from generator.listings.entry import Line, Listing

DAILY_PAGE = "byAK and the research community"
SIMILAR_PAGE = "Get trending papers in your email inbox once a day!"
FURNITURE = frozenset(
    {
        DAILY_PAGE,
        SIMILAR_PAGE,
        "Daily Papers",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "by AK and the research community",
        "new",
    }
)
"""Lines that are no paper's, wherever on a page and however often they stand."""
GLUED = re.compile(r"Subscribe(?=\S)(?!(?:d|rs?)\b)")
"""A button's text, which a capture glues to the title behind it. "Subscribed" and "Subscribers" are words."""


def without_furniture(listing: Listing) -> list[Line]:
    """Return the lines that may be a paper's."""
    return [
        Line(number, GLUED.sub("", text) if GLUED.match(text) else text)
        for number, text in listing.written()
        if text not in FURNITURE
    ]
