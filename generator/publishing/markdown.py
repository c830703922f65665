"""The editors' Markdown as HTML: CommonMark with tables, quotes curled, raw HTML shown as text.

Links of a scheme that runs something (javascript:, data: and the like) stay text: markdown-it refuses them.
A link that begins with one slash leads from the site's root, wherever the text is shown.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup


class _Renderer(RendererHTML):
    """HTML for a place on the site: `env["root"]` is the way from there to the root."""

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        token.attrs["href"] = rooted(str(token.attrs["href"]), env["root"])
        return self.renderToken(tokens, index, options, env)

    def heading_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Keep to one first heading on a page, its title: what the text heads as high stands below it."""
        token = tokens[index]
        token.tag = "h2" if token.tag == "h1" else token.tag
        return self.renderToken(tokens, index, options, env)

    heading_close = heading_open

    def td_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Align a cell by a class: a style, the parser's own way, is forbidden by a strict policy."""
        attributes = tokens[index].attrs
        if "style" in attributes:
            attributes["class"] = str(attributes.pop("style")).replace("text-align:", "to-the-")
        return self.renderToken(tokens, index, options, env)

    th_open = td_open


def rooted(href: str, root: str) -> str:
    """Return a link's address, which leads from `root` where it begins with one slash."""
    return root + href[1:] if href.startswith("/") and not href.startswith("//") else href


_OPTIONS = {"html": False, "typographer": True, "xhtmlOut": False}


@cache
def _pages() -> MarkdownIt:
    return MarkdownIt("commonmark", _OPTIONS, renderer_cls=_Renderer).enable(["smartquotes", "table"])


@cache
def _notes() -> MarkdownIt:
    """Parse notes, which stand amid lists: no headings of their own, no images, which others may serve."""
    parser = MarkdownIt("commonmark", _OPTIONS, renderer_cls=_Renderer)
    return parser.enable("smartquotes").disable(["heading", "lheading", "image"])


@lru_cache(maxsize=4096)
def note_html(note: str, root: str) -> Markup:
    """Return an editors' note as HTML, for a place from which `root` leads to the site's root."""
    return Markup(_notes().render(note, {"root": root}))


def note_tokens(note: str) -> list[Token]:
    """Return an editors' note taken apart, for outputs that are no HTML."""
    return _notes().parse(note)


def page_html(text: str, root: str) -> Markup:
    """Return a Markdown page's text as HTML, for a place from which `root` leads to the site's root."""
    return Markup(_pages().render(text, {"root": root}))
