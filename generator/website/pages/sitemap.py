"""What search engines read: the sitemap and robots.txt."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.urls import absolute, href, issue_link, theme_link

SITEMAP_LIMIT = 50_000
"""The most addresses that one sitemap may hold (sitemaps.org/protocol.html)."""


class SitemapView(msgspec.Struct, frozen=True, kw_only=True):
    """A sitemap."""

    urls: tuple[str, ...]


class RobotsView(msgspec.Struct, frozen=True, kw_only=True):
    """Where crawlers find the sitemap."""

    sitemap: str


def plan(library: Library) -> Iterator[Page]:
    """Yield the sitemap, split under an index where it is too long for one, and robots.txt."""
    hrefs = ["", "issues/", "themes/", "picks/", "archive/", "feeds/"]
    hrefs += [f"{page.slug}/" for page in library.pages]
    hrefs += [issue_link(issue.day).href for issue in library.issues]
    hrefs += [theme_link(themed).href for themed in library.by_theme]
    hrefs += [href(card.slug) for card in reversed(library.cards)]
    urls = [absolute(library.site.url, found) for found in hrefs]
    chunks = [tuple(urls[i : i + SITEMAP_LIMIT]) for i in range(0, len(urls), SITEMAP_LIMIT)]
    paths = ["sitemap.xml"] if len(chunks) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(chunks) + 1)]
    for path, chunk in zip(paths, chunks, strict=True):
        yield Page(path=path, template="sitemap.xml", view=SitemapView(urls=chunk))
    if len(paths) > 1:
        index = SitemapView(urls=tuple(absolute(library.site.url, path) for path in paths))
        yield Page(path="sitemap.xml", template="sitemap_index.xml", view=index)
    robots = RobotsView(sitemap=absolute(library.site.url, "sitemap.xml"))
    yield Page(path="robots.txt", template="robots.txt", view=robots)
