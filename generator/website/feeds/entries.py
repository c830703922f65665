"""Make entries of the items of a feed: what every format states of each."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import msgspec

from generator.model import Card, Paper
from generator.text import plain
from generator.website.feeds.bodies import correction_body, digest_body, names_of, paper_body
from generator.website.feeds.context import FeedContext
from generator.website.feeds.items import CorrectedPaper, FeedItem, PeriodDigest
from generator.website.parts.feed_catalogue import one_line
from generator.website.parts.metadata import web_links
from generator.website.parts.paper_lists import PaperLine
from generator.website.urls import issue_link

UNSTATED = "Authors not stated"


class Category(NamedTuple):
    """What an entry is about. `scheme` is the URL of the list that it is from, if it is from any."""

    label: str
    scheme: str


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What every format states of an item. Its texts are plain, without characters that XML forbids."""

    id: str
    """Its permanent identity: neither a new address nor a new title changes it."""
    url: str
    related: str = ""
    """Its address outside the site; empty if unknown."""
    image: str
    """URL of the image that is shown for its page; empty if there is none."""
    title: str
    authors: tuple[str, ...] = ()
    """Names, one by one; the organization if only that is known; empty for what the editors wrote."""
    credit: str = ""
    """What is known of a paper's authors if it is no name: "7 authors"."""
    categories: tuple[Category, ...] = ()
    published: dt.datetime
    updated: dt.datetime
    body: str
    """HTML."""


@lru_cache(maxsize=4096)  # an entry is in several feeds and formats
def entry_of(item: FeedItem, context: FeedContext, *, short: bool = False) -> FeedEntry:
    """Return what the formats state of an item; `short` leaves of its body what a large feed has room for."""
    match item.content:
        case PaperLine() as line:
            return _paper_entry(item, line, context, short=short)
        case PeriodDigest() as digest:
            return _digest_entry(item, digest, context, short=short)
        case CorrectedPaper() as corrected:
            return _correction_entry(item, corrected, context)


def _paper_entry(item: FeedItem, line: PaperLine, context: FeedContext, *, short: bool) -> FeedEntry:
    card, paper = line.card, line.paper()
    authors = tuple(names_of(paper)) or tuple(filter(None, [plain(paper.organization or "")]))
    return FeedEntry(
        id=context.id(item.name),
        url=context.root + line.href,
        related=next((link.href for link in web_links(paper)), ""),
        image=_image(context, item),
        title=_state(paper) + _title(card),
        authors=authors,
        credit="" if authors else plain(card.byline) or UNSTATED,
        categories=_categories(paper, context),
        published=item.published,
        updated=item.updated,
        body=paper_body(card, paper, context, short=short),
    )


def _title(card: Card) -> str:
    return plain(card.title) or card.slug


def _state(paper: Paper) -> str:
    return "Withdrawn: " if paper.withdrawn else "Corrected: " if paper.changes else ""


def _digest_entry(item: FeedItem, digest: PeriodDigest, context: FeedContext, *, short: bool) -> FeedEntry:
    issue = issue_link(digest.days[0]).href
    return FeedEntry(
        id=context.id(item.name),
        url=context.root + issue,
        image=_image(context, item),
        title=digest.title,
        published=item.published,
        updated=item.updated,
        body=digest_body(digest, context, short=short),
    )


def _correction_entry(item: FeedItem, corrected: CorrectedPaper, context: FeedContext) -> FeedEntry:
    card = corrected.line.card
    return FeedEntry(
        id=context.id(item.name),
        url=context.root + corrected.line.href,
        image=_image(context, item),
        title=f"Correction: {_title(card)}",
        categories=_categories(corrected.line.paper(), context),
        published=item.published,
        updated=item.updated,
        body=correction_body(card, corrected.change, context),
    )


def _image(context: FeedContext, item: FeedItem) -> str:
    return f"{context.root}{item.image}share.png" if context.has_images else ""


def _categories(paper: Paper, context: FeedContext) -> tuple[Category, ...]:
    """Return the themes of a paper, its subject classes and the editors' keywords."""
    titles = dict(context.themes)
    themes = [Category(titles[slug], f"{context.root}themes/") for slug in paper.themes if slug in titles]
    words = map(one_line, (*paper.categories, *paper.tags))
    return tuple(dict.fromkeys([*themes, *(Category(word, "") for word in words if word)]))
