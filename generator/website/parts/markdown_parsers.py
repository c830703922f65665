"""The two parsers of the editors' Markdown: of pages, and of notes."""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.text.writers import formula_html
from generator.website.parts.markdown_rules import add_rules
from generator.website.urls import is_elsewhere, rooted


class _Renderer(RendererHTML):
    """HTML for a place on the site: `env` has the ways from there to the root, and to the text's own page."""

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        token.attrs["href"] = rooted(str(token.attrs["href"]), env["root"], env["page"])
        return self.renderToken(tokens, index, options, env)

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write an image of the site; of one from elsewhere, which no page loads, its words as a link."""
        token = tokens[index]
        source, words = str(token.attrs["src"]), alternative(token)
        if is_elsewhere(source):
            depth = sum(before.nesting for before in tokens[:index] if before.type.startswith("link_"))
            shown = escapeHtml(words or source)
            return shown if depth else f'<a href="{escapeHtml(source)}">{shown}</a>'
        token.attrs["src"], token.attrs["alt"] = rooted(source, env["root"], env["page"]), words
        return self.renderToken(tokens, index, options, env)

    def heading_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Write a text's first-level headings as second-level: the first level is for the page's title."""
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

    def formula(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        found = formula_html(tokens[index].meta["formula"], mathml=env["mathml"])
        return str(found)  # added to Markup, the rest would be escaped


def alternative(image: Token) -> str:
    """Return what an image says in words, for those who do not see it."""
    children = image.children or ()
    return "".join(" " if child.type.endswith("break") else child.content for child in children).strip()


_OPTIONS = {"html": False, "xhtmlOut": False}


@cache
def pages() -> MarkdownIt:
    """Return the parser of pages."""
    return add_rules(MarkdownIt("commonmark", _OPTIONS, renderer_cls=_Renderer)).enable("table")


@cache
def notes() -> MarkdownIt:
    """Return the parser of notes, which are parts of lists: no headings."""
    parser = add_rules(MarkdownIt("commonmark", _OPTIONS, renderer_cls=_Renderer))
    return parser.disable(["heading", "lheading"])
