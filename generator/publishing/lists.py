"""Lists of papers: lines, groups of them, and the parts that a long list splits into."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from markupsafe import Markup

from generator.content.library import Library, Record
from generator.model import Card, Shelf
from generator.publishing.markdown import note_html
from generator.publishing.text import inline, paragraphs, plain
from generator.publishing.words import Day, day

LIMIT = 250
"""The most papers that one page lists."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the site. `href` is relative to the site's root, in every view."""

    href: str
    title: str
    count: int | None = None
    """Papers found there, where the place says so."""


class PaperLink(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, by its address and title."""

    slug: str
    title: str

    @property
    def href(self) -> str:
        """The paper's address."""
        return href(self.slug)

    @property
    def html(self) -> Markup:
        """The title as HTML."""
        return inline(self.title).html


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a list."""

    card: Card
    record: Record | None = None
    """Given where the page shows the note of a pick or abstracts; a change of either changes the page."""
    folded: bool = False
    """Whether the page shows the abstract, folded."""

    @property
    def href(self) -> str:
        """The paper's address."""
        return href(self.card.slug)

    @property
    def title(self) -> Markup:
        """The title as HTML."""
        return inline(self.card.title).html

    @property
    def byline(self) -> str:
        """Who wrote it; empty where nobody says."""
        return plain(self.card.byline)

    @property
    def published(self) -> Day | None:
        """The day of its first version."""
        return day(self.card.published) if self.card.published else None

    @property
    def comment(self) -> Markup | None:
        """The authors' own remark."""
        return inline(self.card.comment).html if self.card.comment else None

    @property
    def note(self) -> Markup | None:
        """Why the editors picked it."""
        note = self.record.paper().note if self.record and self.card.pick else None
        return note_html(note) if note else None

    @property
    def abstract(self) -> tuple[Markup, ...]:
        """Its paragraphs as HTML, where the page shows them."""
        text = self.record.paper().abstract if self.record and self.folded else None
        return tuple(paragraph.html for paragraph in paragraphs(text or ""))


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under a heading."""

    id: str
    """The heading's anchor on the page."""
    title: str
    href: str | None
    lines: tuple[Line, ...]
    total: int
    """Papers of the group, of which the lines may be the first few."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One of the pages that a list fills."""

    path: str
    cards: tuple[Card, ...]
    number: int
    """Counted from the oldest, so that an addition moves one page."""
    of: int
    others: tuple[Link, ...]
    """All parts of the list, newest first; empty where there is one."""


def parts(base: str, cards: tuple[Card, ...]) -> Iterator[Part]:
    """Yield the parts of a list that runs newest first: the newest at `base`, older ones at `base/N/`.

    `base` is a folder relative to the site's root: "issues/2025-10-30/".
    """
    total = max(1, -(-len(cards) // LIMIT))
    hrefs = {number: base if number == total else f"{base}{number}/" for number in range(1, total + 1)}
    links = tuple(Link(href=hrefs[number], title=f"Part {number}") for number in range(total, 0, -1))
    for number in range(total, 0, -1):
        end = len(cards) - (number - 1) * LIMIT
        yield Part(
            path=f"{hrefs[number]}index.html",
            cards=cards[max(0, end - LIMIT) : end],
            number=number,
            of=total,
            others=links if total > 1 else (),
        )


def href(slug: str) -> str:
    """Return the address of a paper."""
    return f"papers/{slug}/"


def noted(library: Library, cards: Iterable[Card]) -> tuple[Line, ...]:
    """Return lines that show the notes of picks."""
    return tuple(Line(card=card, record=library.records[card.slug] if card.pick else None) for card in cards)


def by_issue(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Return lines that are in the order of lists as a group for each issue."""
    groups = []
    for date, members in groupby(lines, key=lambda line: line.card.issue):
        name, title = issue_slug(date), issue_title(date)
        found = tuple(members)
        groups.append(
            Group(id=f"issue-{name}", title=title, href=f"issues/{name}/", lines=found, total=len(found))
        )
    return tuple(groups)


def issue_slug(date: dt.date | None) -> str:
    """Return the last part of an issue's address."""
    return date.isoformat() if date else "undated"


def issue_title(date: dt.date | None) -> str:
    """Return the name that an issue has on the site."""
    return day(date).text if date else "No date given"


def shelf_slug(shelf: Shelf) -> str:
    """Return the last part of a shelf's address."""
    return shelf.theme.slug if shelf.theme else "unsorted"


def shelf_title(shelf: Shelf) -> str:
    """Return the name that a shelf has on the site."""
    return shelf.theme.title if shelf.theme else "Unsorted"


def shelf_link(shelf: Shelf) -> Link:
    """Return where a shelf stands, and how many papers are on it."""
    return Link(href=f"themes/{shelf_slug(shelf)}/", title=shelf_title(shelf), count=len(shelf.cards))
