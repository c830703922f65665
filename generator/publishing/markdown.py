"""The editors' Markdown as HTML: CommonMark with tables, quotes curled, raw HTML shown as text.

Links of a scheme that runs something (javascript:, data: and the like) stay text: markdown-it refuses them.
A link that begins with one slash leads from the site's root, wherever the text is shown; any other without a
scheme leads from the page that the text belongs to. The parsers are imported where there is something to
parse: that takes as long as to render a hundred pages.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it.token import Token


def rooted(href: str, root: str, page: str) -> str:
    """Return a link's address: from `root` where it begins with one slash, from `page` where relative."""
    if _ABSOLUTE.match(href):
        return href
    return root + href[1:] if href.startswith("/") else page + href


_ABSOLUTE = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")


@lru_cache(maxsize=4096)
def note_html(note: str, root: str, page: str = "") -> Markup:
    """Return an editors' note as HTML, for a place from which `root` leads to the site's root.

    `page` leads from there to the page of the paper; empty on that page itself.
    """
    from generator.publishing.commonmark import notes

    return Markup(notes().render(note, {"root": root, "page": page}))


def note_tokens(note: str) -> list["Token"]:
    """Return an editors' note taken apart, for outputs that are no HTML."""
    from generator.publishing.commonmark import notes

    return notes().parse(note)


def page_html(text: str, root: str) -> Markup:
    """Return a Markdown page's text as HTML, for a place from which `root` leads to the site's root."""
    from generator.publishing.commonmark import pages

    return Markup(pages().render(text, {"root": root, "page": ""}))
