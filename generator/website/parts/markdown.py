"""The editors' Markdown as HTML: CommonMark with tables, formulas, curled quotes and dashes.

Raw HTML is shown as text.

Links of a scheme that runs something (javascript:, data: and the like) stay text: markdown-it refuses them.
A link that begins with one slash leads from the site's root, wherever the text is shown; any other without a
scheme leads from the page that the text belongs to. The parsers are imported where there is something to
parse: that takes as long as to render a hundred pages.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.text.math.from_tex import mathml_tree
from generator.text.segments import clean

if TYPE_CHECKING:
    from markdown_it.token import Token


@lru_cache(maxsize=4096)
def note_html(note: str, root: str, page: str = "", by: str | None = None, *, mathml: bool = True) -> Markup:
    """Return an editors' note as HTML, for a place from which `root` leads to the site's root.

    `page` leads from there to the page of the paper; empty on that page itself. Formulas are MathML, or else
    characters, for programs that drop it. `by` is the name of who wrote it, which is shown under it.
    """
    from generator.website.parts.markdown_parsers import notes

    html = notes().render(note, {"root": root, "page": page, "mathml": mathml})
    signature = Markup('<p class="by">\u2014 {}</p>\n').format(clean(by)) if by else ""
    return Markup(html) + signature


def note_tokens(note: str) -> list["Token"]:
    """Return an editors' note taken apart, for outputs that are no HTML."""
    from generator.website.parts.markdown_parsers import notes

    return notes().parse(note)


def targets_of(text: str) -> list[str]:
    """Return where the links and images of an editors' text lead, as they are written in HTML."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return []
    attributes = {"link_open": "href", "image": "src"}
    found = (token.attrGet(attributes.get(token.type, "")) for token in _inline_tokens(text))
    return [str(target) for target in found if target]


def images_of(text: str) -> list[tuple[str, str]]:
    """Return the images of an editors' text: where each is, as written in HTML, and what it says in words."""
    if "![" not in text:
        return []
    from generator.website.parts.markdown_parsers import alternative

    images = (token for token in _inline_tokens(text) if token.type == "image")
    return [(str(token.attrGet("src") or ""), alternative(token)) for token in images]


def unread_images(text: str) -> list[str]:
    """Return the addresses of what looks like an image in an editors' text, but is shown as text."""
    if "![" not in text:
        return []
    texts = (token.content for token in _inline_tokens(text) if token.type == "text")
    return [found for content in texts for found in _IMAGE.findall(content)]


def _inline_tokens(text: str) -> list["Token"]:
    from generator.website.parts.markdown_parsers import pages

    return [token for block in pages().parse(text) for token in block.children or ()]


_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\(([^()\n]+)\)")  # brackets never nest: linear time


def tex_of_note(note: str) -> list[str]:
    """Return the TeX of the formulas in an editors' note that could not become MathML."""
    children = (token for block in note_tokens(note) for token in block.children or ())
    formulas = [token.meta["formula"] for token in children if token.type == "formula"]
    return [formula.tex for formula in formulas if mathml_tree(formula) is None]


def page_html(text: str, root: str) -> Markup:
    """Return a Markdown page's text as HTML, for a place from which `root` leads to the site's root."""
    from generator.website.parts.markdown_parsers import pages

    return Markup(pages().render(text, {"root": root, "page": "", "mathml": True}))
