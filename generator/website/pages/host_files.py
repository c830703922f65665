"""Files that hosts read: redirects from former addresses, and the headers to send.

Netlify and Cloudflare Pages read `_redirects` and `_headers` (developers.cloudflare.com/pages/configuration);
nginx includes `redirects.map` in a `map`. A host that reads none of these shows the pages that lead on.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.urls import href, theme_link


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A former address and the present one, as paths on the host."""

    former: str
    present: str

    @property
    def pattern(self) -> str:
        """A regular expression (PCRE) of the former address."""
        return re.escape(self.former)


class HostView(msgspec.Struct, frozen=True, kw_only=True):
    """What a host needs to know."""

    base: str
    """The path of the site on its host: "/" or "/digest/"."""
    papers: tuple[Move, ...]
    themes: tuple[Move, ...]
    """Folders: what is below the former address is below the present one too."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the file of headers, and those of redirects if anything has moved."""
    base = f"{urlsplit(library.site.url).path.rstrip('/')}/"

    def move(former: str, present: str) -> Move:
        return Move(former=f"{base}{former}", present=f"{base}{present}")

    themes = (
        move(f"themes/{old}/", theme_link(themed).href)
        for themed in library.by_theme
        for old in themed.theme.formerly
    )
    papers = (move(href(old), href(slug)) for old, slug in sorted(library.formerly.items()))
    view = HostView(base=base, papers=tuple(papers), themes=tuple(themes))
    yield Page(path="_headers", template="headers.txt", view=view, lasting=False)
    if view.papers or view.themes:
        yield Page(path="_redirects", template="redirects.txt", view=view, lasting=False)
        yield Page(path="redirects.map", template="redirects.map", view=view, lasting=False)
