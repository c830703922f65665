"""Lists of papers: lines, groups of them, and the parts that a long list splits into."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

import msgspec
from markupsafe import Markup

from generator.library.library import Library, Record
from generator.model import Card
from generator.text import inline, paragraphs, plain
from generator.website.parts.coins import coins
from generator.website.parts.markdown import note_html
from generator.website.urls import Link, href, issue_link, issue_slug, theme_links
from generator.words import Day, day

LIMIT = 250
"""The most papers that one page lists."""
LENGTHY = 90
"""Characters of a title that is set smaller where titles are large."""


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
        return heading_html(self.title)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a list."""

    card: Card
    record: Record | None = None
    """Given where the page shows the note of a pick or abstracts; a change of either changes the page."""
    folded: bool = False
    """Whether the page shows the abstract, folded."""
    theme: Link | None = None
    """The paper's main theme, where the page names it."""

    @property
    def bare(self) -> "Line":
        """The line of the card alone, which is all that the facts in every list are made of."""
        return Line(card=self.card)

    @property
    def href(self) -> str:
        """The paper's address."""
        return href(self.card.slug)

    @property
    def title(self) -> Markup:
        """The title as HTML."""
        return heading_html(self.card.title)

    @property
    def look(self) -> str:
        """How the title is set: classes, or nothing."""
        return title_look(self.card)

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
    def coins(self) -> str:
        """The paper for reference managers, as an element's title; empty where there is nothing to cite."""
        return coins(self.card)

    @property
    def abstract(self) -> tuple[Markup, ...]:
        """Its paragraphs as HTML, where the page shows them."""
        text = self.record.paper().abstract if self.record and self.folded else None
        return tuple(paragraph.html for paragraph in paragraphs(text or ""))

    def note(self, root: str) -> Markup | None:
        """Return why the editors picked it, for a page from which `root` leads to the site's root."""
        note = self.record.paper().note if self.record and self.card.pick else None
        return note_html(note, root, root + self.href) if note else None


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
    """Which one of the pages that a list fills."""

    number: int
    """Counted from the oldest, so that an addition moves one page."""
    of: int
    others: tuple[Link, ...]
    """All parts of the list, newest first; empty where there is one."""


T = TypeVar("T")


def parts(base: str, items: tuple[T, ...]) -> Iterator[tuple[str, tuple[T, ...], Part]]:
    """Yield the parts of a list that runs newest first, each with its page's path and what it lists.

    The newest stands at `base`, a folder relative to the site's root ("issues/2025-10-30/"); older ones stand
    below it, at `base/N/`.
    """
    total = max(1, -(-len(items) // LIMIT))
    hrefs = {number: base if number == total else f"{base}{number}/" for number in range(1, total + 1)}
    links = tuple(Link(href=hrefs[number], title=f"Part {number}") for number in range(total, 0, -1))
    for number in range(total, 0, -1):
        end = len(items) - (number - 1) * LIMIT
        part = Part(number=number, of=total, others=links if total > 1 else ())
        yield f"{hrefs[number]}index.html", items[max(0, end - LIMIT) : end], part


_ANCHOR = re.compile("<a [^>]*>|</a>")


@lru_cache(maxsize=1 << 14)  # a title stands on its own page and on those of its neighbours
def heading_html(title: str) -> Markup:
    """Return a title as HTML that may stand inside a link: an address within it is text."""
    return unlinked(inline(title).html)


def unlinked(html: Markup) -> Markup:
    """Return the HTML of a line without its links."""
    return Markup(_ANCHOR.sub("", html)) if "<a " in html else html


def title_look(card: Card) -> str:
    """Return the classes of a title's element; empty for a title like any other."""
    look = ["provisional"] if card.provisional else []
    return " ".join([*look, "lengthy"] if len(card.title) > LENGTHY else look)


def noted(library: Library, cards: Iterable[Card]) -> tuple[Line, ...]:
    """Return lines that show the notes of picks."""
    return tuple(Line(card=card, record=library.records[card.slug] if card.pick else None) for card in cards)


def noted_with_theme(library: Library, cards: Iterable[Card]) -> tuple[Line, ...]:
    """Return lines that show the notes of picks, and the main theme of each paper."""
    themes = theme_links(library.by_theme)
    return tuple(
        msgspec.structs.replace(line, theme=themes.get(line.card.main or ""))
        for line in noted(library, cards)
    )


class Heading(msgspec.Struct, frozen=True):
    """What stands above a group of lines: its anchor, its words, and where they lead."""

    id: str
    title: str
    href: str | None = None


K = TypeVar("K")


def grouped(
    lines: Iterable[Line], key: Callable[[Line], K], heading: Callable[[K], Heading]
) -> tuple[Group, ...]:
    """Return adjacent lines of one key as a group, each under the heading of its key."""
    groups = []
    for value, members in groupby(lines, key=key):
        found, above = tuple(members), heading(value)
        groups.append(Group(id=above.id, title=above.title, href=above.href, lines=found, total=len(found)))
    return tuple(groups)


def by_issue(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Return lines that are in the order of lists as a group for each issue."""
    return grouped(lines, key=lambda line: line.card.issue, heading=_issue_heading)


def _issue_heading(date: dt.date | None) -> Heading:
    link = issue_link(date)
    return Heading(f"issue-{issue_slug(date)}", link.title, link.href)
