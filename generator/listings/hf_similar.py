"""The similar-papers page of Hugging Face, as text or Markdown.

The text is boilerplate, and then titles and abstracts in turn, a line each, with no blank line between, or a
paragraph each::

    Get trending papers in your email inbox once a day!
    Get trending papers in your email inbox!
    SubscribeA First Title
    A first abstract, which runs to some hundred characters.
    A Second Title
    ...

Headings and paragraphs follow in turn in much prose too. So a text is taken for this page only if it has a
line of boilerplate (the first above, or a title with ``Subscribe`` glued to it), and if at least half of its
other texts are papers by the rules of `generator.listings.pages.pairing`. The daily page has that line too,
and says who makes it.

A page ends inside a paper if its last title has no abstract, or if its last abstract ends neither as a
sentence does nor with a URL, unless boilerplate follows. A cut behind a sentence leaves no trace.
"""

from generator.listings import hf_daily
from generator.listings.entry import Listing, Parse
from generator.listings.pages.boilerplate import GLUED, SIMILAR_PAGE
from generator.listings.pages.entries import parse_page
from generator.listings.pages.pairing import Passage, Verdict, may_be_title
from generator.listings.pages.saved_page import read

NAME = "hf-similar"


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    if not any(line.text == SIMILAR_PAGE or GLUED.match(line.text) for line in listing.written()):
        return False
    if hf_daily.names_makers(listing):
        return False
    pieces, passages = read(listing)
    if hf_daily.says_so(pieces):
        return False
    papers = sum(len(passage.texts) for passage in passages if _is_paper(passage))
    return 2 * papers >= sum(len(passage.texts) for passage in passages)


def _is_paper(passage: Passage) -> bool:
    """Tell whether a passage is a paper, or the beginning of one that was cut."""
    if passage.verdict is Verdict.CUT:
        return len(passage.texts) == 2 and may_be_title(passage.texts[0].text)
    return passage.verdict is Verdict.PAPER


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: title, abstract, and the links within it."""
    return parse_page(listing, read(listing))
