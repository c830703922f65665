"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from typing import Any

import msgspec

from generator.website.feeds.entries import FeedEntry
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import JSON


def json(view: FeedView) -> bytes:
    """Return a feed as JSON Feed 1.1."""

    def encode(entries: list[FeedEntry]) -> bytes:
        feed = {**head, "items": [_item(entry) for entry in entries]}
        return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"

    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.home,
        "feed_url": view.url(view.place, JSON),
        "description": view.description,
        "user_comment": "This is a feed: give its address to a feed reader, and it tells you what is new. "
        f"About the feeds: {view.context.root}feeds/",
        "icon": view.icon,
        "language": view.context.language,
    }
    if view.previous:
        head["next_url"] = view.url(view.previous, JSON)
    if view.context.hub:
        head["hubs"] = [{"type": "WebSub", "url": view.context.hub}]
    return view.encoded(encode, lambda body: len(msgspec.json.encode(body)))


def _item(entry: FeedEntry) -> dict[str, Any]:
    """Return an item: its fields in this order, without the empty ones."""
    fields = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.body,
        "image": entry.image,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "external_url": entry.related,
        "authors": [{"name": name} for name in entry.authors],
        "tags": [category.label for category in entry.categories],
    }
    return {name: value for name, value in fields.items() if value}
