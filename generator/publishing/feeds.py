"""Feeds as files: RSS 2.0 by feedgen, whose defaults (the clock, reversed order) are all overruled here."""

from feedgen.feed import FeedGenerator

from generator.publishing.frame import absolute
from generator.publishing.pages.feed import FeedView


def rss(view: FeedView) -> bytes:
    """Return a feed as RSS 2.0 (rssboard.org/rss-specification) with Dublin Core creators."""
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(view.site.title)
    feed.description(view.site.description or view.site.title)
    feed.link(href=absolute(view.site, view.path), rel="self", type="application/rss+xml")
    feed.link(href=absolute(view.site, ""), rel="alternate")
    feed.language(view.site.language)
    feed.generator("Broadsheet")
    feed.lastBuildDate(view.updated)
    feed.ttl(720)
    for item in view.items:
        entry = feed.add_entry(order="append")
        entry.guid(item.id, permalink=False)
        entry.link(href=item.url)
        entry.title(item.title)
        entry.content(str(item.html), type="CDATA")
        entry.category([{"term": theme} for theme in item.themes])
        if item.authors:
            entry.dc.dc_creator(list(item.authors))
        if item.published:
            entry.published(item.published)
    return bytes(feed.rss_str(pretty=True)) + b"\n"
