"""What stands in a feed, from the values that its view holds to what every format states of them."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import msgspec

from generator.library.cards import card_of
from generator.library.library import Record
from generator.model import Paper
from generator.text import feed_inline, plain
from generator.website.feeds.bodies import correction_body, digest_body, names_of, paper_body
from generator.website.feeds.context import Context
from generator.website.feeds.digests import Digest
from generator.website.parts.feed_catalogue import one_line
from generator.website.parts.metadata import Show, web_links
from generator.website.urls import href, issue_link


class Correction(msgspec.Struct, frozen=True):
    """A row of a record's `changes`, by its place there."""

    record: Record
    row: int


Item = Record | Digest | Correction
"""What a view holds of an entry: a paper, the digest of some issues, a correction."""


class Category(NamedTuple):
    """What an entry is about. `scheme` is the URL of the list that `term` is from, if it is from any."""

    term: str
    scheme: str
    label: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What every format states of an item. Its texts are plain, without characters that XML forbids."""

    id: str
    """Its permanent identity: neither a new address nor a new title changes it."""
    url: str
    related: str = ""
    """Where else it stands on the web; empty where nobody says."""
    title: str
    authors: tuple[str, ...] = ()
    """Names, one by one; an organization's where it alone is known; none for what the editors wrote."""
    categories: tuple[Category, ...] = ()
    published: dt.datetime
    updated: dt.datetime
    """The newest of that day and of the corrections that an editor wants known."""
    body: str
    """HTML that is well-formed XML."""


def entry_of(item: Item, context: Context, show: Show) -> Entry:
    """Return what the formats state of an item, its formulas as `show` writes them."""
    if isinstance(item, Record) and not {*b"$\\"}.intersection(item.packed):
        show = feed_inline  # without a formula all ways to write it are one
    return _entry(item, context, show)


@lru_cache(maxsize=4096)  # an entry stands in several feeds and formats
def _entry(item: Item, context: Context, show: Show) -> Entry:
    match item:
        case Digest():
            return _digest_entry(item, context, show)
        case Correction():
            return _correction_entry(item, context, show)
        case Record():
            return _paper_entry(item, context, show)


class Stamp(NamedTuple):
    """What a subscriber's program tells entries and their versions by."""

    id: str
    updated: dt.date


def stamp_of(item: Item, context: Context) -> Stamp:
    """Return the permanent identity of an entry and the day of its newest version, without its text."""
    match item:
        case Digest():
            changed = [line.card.changed for line in item.lines if line.card.changed]
            return Stamp(context.id(item.name), max([item.published, *changed]))
        case Correction():
            paper = item.record.paper()
            change = paper.changes[item.row]
            nth = sum(other.date == change.date for other in paper.changes[: item.row + 1])
            name = f"{_identity(item.record, paper)}/changes/{change.date}"
            return Stamp(context.id(name if nth == 1 else f"{name}/{nth}"), change.date)
        case Record():
            paper = item.paper()
            card = card_of(paper, item.slug)
            published = card.issues[0]
            return Stamp(context.id(_identity(item, paper)), max(published, card.changed or published))


def _paper_entry(record: Record, context: Context, show: Show) -> Entry:
    paper = record.paper()
    card = card_of(paper, record.slug)
    stamp = stamp_of(record, context)
    return Entry(
        id=stamp.id,
        url=context.root + href(record.slug),
        related=next((link.href for link in web_links(paper)), ""),
        title=plain(card.title) or record.slug,
        authors=tuple(names_of(paper)) or tuple(filter(None, [plain(paper.organization or "")])),
        categories=_categories(paper, context),
        published=_midnight(card.issues[0]),
        updated=_midnight(stamp.updated),
        body=paper_body(paper, card, context, show),
    )


def _correction_entry(correction: Correction, context: Context, show: Show) -> Entry:
    record, paper = correction.record, correction.record.paper()
    card, change = card_of(paper, record.slug), paper.changes[correction.row]
    return Entry(
        id=stamp_of(correction, context).id,
        url=context.root + href(record.slug),
        title=f"Correction: {plain(card.title) or record.slug}",
        categories=_categories(paper, context),
        published=_midnight(change.date),
        updated=_midnight(change.date),
        body=correction_body(change, card, context, show),
    )


def _digest_entry(digest: Digest, context: Context, show: Show) -> Entry:
    stamp = stamp_of(digest, context)
    return Entry(
        id=stamp.id,
        url=context.root + issue_link(digest.days[0]).href,
        title=digest.title,
        published=_midnight(digest.published),
        updated=_midnight(stamp.updated),
        body=digest_body(digest, context, show),
    )


def _identity(record: Record, paper: Paper) -> str:
    """Return the end of a paper's permanent id: a record without `id` keeps its first address for one."""
    return paper.id or (*paper.formerly, record.slug)[0]


def _categories(paper: Paper, context: Context) -> tuple[Category, ...]:
    """Return the themes of a paper, its subject classes and the editors' keywords."""
    titles = dict(context.themes)
    scheme = f"{context.root}themes/"
    themes = [Category(slug, scheme, titles[slug]) for slug in paper.themes if slug in titles]
    words = map(one_line, (*paper.categories, *paper.tags))
    return tuple(dict.fromkeys([*themes, *(Category(word, "", word) for word in words if word)]))


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), dt.UTC)
