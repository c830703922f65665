"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import datetime as dt

import msgspec

from generator.website.feeds.entries import FeedEntry
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import JSON


class _Author(msgspec.Struct):
    name: str


class _JsonItem(msgspec.Struct, omit_defaults=True):
    id: str
    url: str
    title: str
    content_html: str
    date_published: dt.datetime
    date_modified: dt.datetime
    external_url: str = ""
    authors: list[_Author] = []
    tags: list[str] = []


class _JsonFeed(msgspec.Struct):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    user_comment: str
    language: str
    items: list[_JsonItem]


def json(view: FeedView) -> bytes:
    """Return a feed as JSON Feed 1.1."""
    feed = _JsonFeed(
        version="https://jsonfeed.org/version/1.1",
        title=view.title,
        home_page_url=view.home,
        feed_url=view.url(view.feed, JSON),
        description=view.description,
        user_comment="This is a feed: give its address to a feed reader, and it tells you what is new. "
        f"About the feeds: {view.context.root}feeds/",
        language=view.context.language,
        items=[_item(entry) for entry in view.entries()],
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _item(entry: FeedEntry) -> _JsonItem:
    return _JsonItem(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        content_html=entry.body,
        date_published=entry.published,
        date_modified=entry.updated,
        external_url=entry.related,
        authors=[_Author(name) for name in entry.authors],
        tags=[category.label for category in entry.categories],
    )
