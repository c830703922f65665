"""Entries: from the items that a feed's view holds to what every format states of them."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import msgspec

from generator.model import Correction, Paper
from generator.text import plain
from generator.website.feeds.bodies import correction_body, digest_body, names_of, paper_body
from generator.website.feeds.context import FeedContext
from generator.website.feeds.digests import PeriodDigest
from generator.website.parts.feed_catalogue import one_line
from generator.website.parts.metadata import web_links
from generator.website.parts.paper_lists import PaperLine
from generator.website.urls import issue_link


class CorrectionItem(msgspec.Struct, frozen=True):
    """A correction of a paper."""

    line: PaperLine
    """The paper."""
    change: Correction
    number: int
    """Its number among the paper's corrections of that day, counted from 1."""


FeedItem: TypeAlias = PaperLine | PeriodDigest | CorrectionItem
"""What an entry is made of: a paper, the digest of some issues, or a correction."""


class Category(NamedTuple):
    """What an entry is about. `scheme` is the URL of the list that `term` is from, if it is from any."""

    term: str
    scheme: str
    label: str


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What every format states of an item. Its texts are plain, without characters that XML forbids."""

    id: str
    """Its permanent identity: neither a new address nor a new title changes it."""
    url: str
    related: str = ""
    """Its address outside the site; empty if unknown."""
    title: str
    authors: tuple[str, ...] = ()
    """Names, one by one; the organization if only that is known; empty for what the editors wrote."""
    categories: tuple[Category, ...] = ()
    published: dt.datetime
    updated: dt.datetime
    """The newest of that day and of the corrections that an editor wants known."""
    body: str
    """HTML that is well-formed XML."""


class EntryVersion(NamedTuple):
    """What a subscriber's program tells entries and their versions by."""

    id: str
    updated: dt.date


def version_of(item: FeedItem, context: FeedContext) -> EntryVersion:
    """Return the permanent identity of an entry and the day of its newest version, without its text."""
    match item:
        case PaperLine(card=card):
            return EntryVersion(context.id(card.id), max(card.issues[0], card.changed or card.issues[0]))
        case PeriodDigest():
            changed = [line.card.changed for line in item.lines if line.card.changed]
            return EntryVersion(context.id(item.name), max([item.published, *changed]))
        case CorrectionItem(line, change, number):
            name = f"{line.card.id}/changes/{change.date}"
            return EntryVersion(context.id(name if number == 1 else f"{name}/{number}"), change.date)


@lru_cache(maxsize=4096)  # an entry is in several feeds and formats
def entry_of(item: FeedItem, context: FeedContext) -> FeedEntry:
    """Return what the formats state of an item."""
    version = version_of(item, context)
    match item:
        case PaperLine():
            return _paper_entry(item, version, context)
        case PeriodDigest():
            return FeedEntry(
                id=version.id,
                url=context.root + issue_link(item.days[0]).href,
                title=item.title,
                published=_midnight(item.published),
                updated=_midnight(version.updated),
                body=digest_body(item, context),
            )
        case CorrectionItem(line, change):
            return FeedEntry(
                id=version.id,
                url=context.root + line.href,
                title=f"Correction: {plain(line.card.title) or line.card.slug}",
                categories=_categories(line.paper(), context),
                published=_midnight(version.updated),
                updated=_midnight(version.updated),
                body=correction_body(line.card, change, context),
            )


def _paper_entry(line: PaperLine, version: EntryVersion, context: FeedContext) -> FeedEntry:
    card, paper = line.card, line.paper()
    return FeedEntry(
        id=version.id,
        url=context.root + line.href,
        related=next((link.href for link in web_links(paper)), ""),
        title=plain(card.title) or card.slug,
        authors=tuple(names_of(paper)) or tuple(filter(None, [plain(paper.organization or "")])),
        categories=_categories(paper, context),
        published=_midnight(card.issues[0]),
        updated=_midnight(version.updated),
        body=paper_body(card, paper, context),
    )


def _categories(paper: Paper, context: FeedContext) -> tuple[Category, ...]:
    """Return the themes of a paper, its subject classes and the editors' keywords."""
    titles = dict(context.themes)
    scheme = f"{context.root}themes/"
    themes = [Category(slug, scheme, titles[slug]) for slug in paper.themes if slug in titles]
    words = map(one_line, (*paper.categories, *paper.tags))
    return tuple(dict.fromkeys([*themes, *(Category(word, "", word) for word in words if word)]))


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), dt.UTC)
