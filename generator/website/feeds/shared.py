"""The feeds of the editors' keywords and of the authors that several papers share."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.library.library import Library
from generator.library.register import Register
from generator.model import Card
from generator.text import plain
from generator.website.parts.feed_catalogue import Feed, author_feed, one_line, tag_feed

SHARED = 3
"""Papers that make a keyword or an author worth a feed. One that was published stays with fewer."""


class SharedFeed(NamedTuple):
    """The feed of a keyword or of an author."""

    feed: Feed
    cards: tuple[Card, ...]
    """In the order of lists."""


def shared_feeds(library: Library) -> Iterator[SharedFeed]:
    """Yield the feeds of keywords, then those of authors, by their names' slugs.

    Spellings with the same slug, such as "Jose" and "José", share a feed, which is called as the newest paper
    spells it.
    """
    tags: dict[str, tuple[str, list[Card]]] = {}
    authors: dict[str, tuple[str, list[Card]]] = {}
    for card in library.cards:
        names = library.names[card.slug]
        if names.tags:
            _add(tags, card, {one_line(tag) for tag in names.tags})
        if names.authors:
            _add(authors, card, {plain(name) for name in names.authors})
    yield from _shared(tags, tag_feed, library.published)
    yield from _shared(authors, author_feed, library.published)


def _add(found: dict[str, tuple[str, list[Card]]], card: Card, names: set[str]) -> None:
    from slugify import slugify  # most builds plan no feeds, and it takes long to import

    for slug, name in {slugify(name): name for name in sorted(names)}.items():
        if slug:
            found.setdefault(slug, (name, []))[1].append(card)


def _shared(
    found: dict[str, tuple[str, list[Card]]],
    feed_of: Callable[[str, str], Feed],
    register: Register,
) -> Iterator[SharedFeed]:
    for slug, (name, cards) in sorted(found.items()):
        feed = feed_of(slug, name)
        if len(cards) >= SHARED or register.has_feed(feed.base):
            yield SharedFeed(feed, tuple(cards))
