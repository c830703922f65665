"""RSS 2.0 (rssboard.org/rss-specification) and Atom 1.0 (RFC 4287), by feedgen without its clock."""

from typing import Any

from feedgen.feed import FeedGenerator

from generator.website.feeds.entries import FeedEntry
from generator.website.feeds.extension import EntryExtension, FeedExtension
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import ATOM, RSS, FeedFormat

HOURS_KEPT = 12
"""How long a reader may keep a feed before it asks again: papers come by the day."""
STYLESHEET = "static/feed.css"


def rss(view: FeedView) -> bytes:
    """Return a feed as RSS 2.0, with formulas as characters: most readers of RSS drop MathML."""
    feed = _feed(view, RSS, view.entries())
    return _styled(view, RSS, feed.rss_str(xml_declaration=False))


def atom(view: FeedView) -> bytes:
    """Return a feed as Atom 1.0, whose XHTML holds formulas as MathML."""
    feed = _feed(view, ATOM, view.entries(mathml=True))
    return _styled(view, ATOM, feed.atom_str(xml_declaration=False))


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
    feed.generator("Broadsheet")
    feed.updated(view.updated(entries))
    feed.ttl(60 * HOURS_KEPT)
    for entry in entries:
        _add(feed.add_entry(order="append"), entry, "xhtml" if form is ATOM else None)
    return feed


def _add(made: Any, entry: FeedEntry, body_type: str | None) -> None:
    made.broadsheet.entry = entry
    made.guid(entry.id, permalink=False)
    made.title(entry.title)
    made.link(href=entry.url)
    made.author([{"name": name} for name in entry.authors])
    for category in entry.categories:
        scheme = {"scheme": category.scheme} if category.scheme else {}
        made.category(term=category.term, label=category.label, **scheme)
    made.published(entry.published)
    made.updated(entry.updated)
    made.content(entry.body, type=body_type)


def _styled(view: FeedView, form: FeedFormat, document: bytes) -> bytes:
    """Return a document with its declaration, and with how a browser shows it to a person."""
    root = "../" * view.place.path(form).count("/")
    style = f'<?xml-stylesheet type="text/css" href="{root}{STYLESHEET}"?>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{style}\n'.encode() + document
