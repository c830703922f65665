"""The context in which entries are rendered, the same for all feeds of a digest."""

from typing import Self

import msgspec
from markupsafe import Markup

from generator.library.library import Library
from generator.text import feed_inline, inline
from generator.website.parts.feed_catalogue import one_line
from generator.website.urls import absolute


class FeedContext(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What entries show of the digest, and how they write formulas."""

    title: str
    description: str
    root: str
    """URL of the site's root; ends in a slash."""
    language: str
    tag_authority: str
    themes: tuple[tuple[str, str], ...]
    """Slug and title of each theme."""
    mathml: bool = False
    """Whether formulas are MathML; else they are characters, for the readers that drop it."""

    @classmethod
    def of(cls, library: Library) -> Self:
        """Return the context of a library's feeds."""
        site = library.site
        return cls(
            title=one_line(site.title),
            description=one_line(site.description),
            root=absolute(site.url, ""),
            language=site.language,
            tag_authority=site.tag_authority,
            themes=tuple((theme.slug, one_line(theme.title)) for theme in library.themes),
        )

    def html(self, text: str) -> Markup:
        """Return one line of a listing's text as HTML."""
        return line_html(text, mathml=self.mathml)

    def id(self, name: str) -> str:
        """Return the permanent identity of what has the name: a tag URI (RFC 4151, 2.1)."""
        return f"tag:{self.tag_authority}:{name}"


def line_html(text: str, *, mathml: bool) -> Markup:
    """Return one line of a listing's text as HTML, its formulas as MathML or as characters."""
    return inline(text).html if mathml else feed_inline(text)
