"""RSS 2.0 (rssboard.org/rss-specification) and Atom 1.0 (RFC 4287), by feedgen without its clock."""

import re
from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from generator.website.feeds.entries import Category, FeedEntry
from generator.website.feeds.extension import EntryExtension, FeedExtension
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import ATOM, RSS, FeedFormat

HOURS_KEPT = 12
"""How long a reader may keep a feed before it asks again: papers come by the day."""
STYLESHEET = "static/feed.css"


def rss(view: FeedView) -> bytes:
    """Return a feed as RSS 2.0."""
    return view.encoded(
        lambda entries: _styled(view, RSS, _feed(view, RSS, entries).rss_str(xml_declaration=False)), _size
    )


def atom(view: FeedView) -> bytes:
    """Return a feed as Atom 1.0, with HTML as in RSS: readers drop MathML or reorder XHTML."""
    return view.encoded(
        lambda entries: _styled(view, ATOM, _feed(view, ATOM, entries).atom_str(xml_declaration=False)), _size
    )


def _size(body: str) -> int:
    """Return how many bytes a body has as text of an element."""
    return len(escape(body, quote=False).encode())


def _feed(view: FeedView, form: FeedFormat, entries: list[FeedEntry]) -> Any:
    feed = FeedGenerator()
    feed.register_extension("broadsheet", FeedExtension, EntryExtension)
    feed.broadsheet.view, feed.broadsheet.form = view, form
    feed.id(view.id)
    feed.title(view.title)
    feed.description(view.description)
    feed.language(view.context.language)
    feed.author(name=view.context.title, uri=view.context.root)
    feed.link(href=view.url(view.place, form), rel="self", type=form.type)
    feed.link(href=view.home, rel="alternate", type="text/html")  # RSS takes the last one for its own
    feed.icon(view.icon)
    feed.generator("Broadsheet")
    feed.updated(view.updated(entries))
    feed.ttl(60 * HOURS_KEPT)
    for entry in entries:
        _add(feed.add_entry(order="append"), entry, form)
    return feed


def _add(made: Any, entry: FeedEntry, form: FeedFormat) -> None:
    made.broadsheet.entry = entry
    made.guid(entry.id, permalink=False)
    made.title(_literal(entry.title) if form is RSS else entry.title)
    made.link(href=entry.url)
    made.author([{"name": name} for name in entry.authors or filter(None, [entry.credit])])
    made.category([_category(category) for category in entry.categories])
    made.published(entry.published)
    made.updated(entry.updated)
    made.content(entry.body, type="html" if form is ATOM else None)


_MARKUP = re.compile("<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)")


def _literal(title: str) -> str:
    """Return a title in which no feed reader sees markup.

    RSS does not say whether a title is text or HTML, and readers differ. With a word joiner, which nobody
    sees, behind it, "<" begins no tag and "&" no entity (HTML, 13.2.5.6 and 13.2.5.72).
    """
    return _MARKUP.sub("\\g<0>\N{WORD JOINER}", title)


def _category(category: Category) -> dict[str, str]:
    """Return a category with its label as its term too, which many readers show."""
    stated = {"term": category.label, "label": category.label}
    return {**stated, "scheme": category.scheme} if category.scheme else stated


def _styled(view: FeedView, form: FeedFormat, document: bytes) -> bytes:
    """Return a document with its declaration, and with how a browser shows it to a person."""
    root = "../" * view.place.path(form).count("/")
    style = f'<?xml-stylesheet type="text/css" href="{root}{STYLESHEET}"?>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{style}\n'.encode() + document
