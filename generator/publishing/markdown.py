"""The editors' Markdown as HTML: CommonMark with tables, quotes curled, raw HTML shown as text.

Links of a scheme that runs something (javascript:, data: and the like) stay text: markdown-it refuses them.
"""

from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["replacements", "smartquotes", "table"])
    return parser


@lru_cache(maxsize=4096)
def note_html(note: str) -> Markup:
    """Return an editors' note as HTML."""
    return page_html(note)


def page_html(text: str) -> Markup:
    """Return a Markdown page's text as HTML."""
    return Markup(_markdown().render(text))
