"""Lists of papers: lines, and groups of them under headings."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

import msgspec
from markupsafe import Markup

from generator.library.library import Library
from generator.library.packed import PackedPaper
from generator.model import Card, Paper
from generator.text import inline, paragraphs, plain
from generator.website.parts.coins import coins
from generator.website.parts.layout import Frame
from generator.website.parts.markdown import note_html
from generator.website.parts.pagination import Pagination
from generator.website.urls import (
    NO_DATE,
    Link,
    href,
    issue_link,
    issue_slug,
    issue_title,
    month_anchor,
    month_title,
    theme_links,
)
from generator.words import Day, day, shortened

LENGTHY = 90
"""Characters; a longer title is set smaller where titles are large."""
OPENING_LENGTH = 240
"""Characters of an abstract's first sentence that a list shows."""


class PaperLink(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
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


def paper_link(card: Card) -> PaperLink:
    """Return the link to a paper."""
    return PaperLink(slug=card.slug, title=card.title)


class PaperLine(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A paper in a list."""

    card: Card
    record: PackedPaper | None = None
    """Given if the list shows more than the card; a change of either changes the page."""
    folded: bool = False
    """Whether the list shows the abstract, folded."""
    theme: Link | None = None
    """The paper's main theme, if the list names it."""

    @property
    def bare(self) -> "PaperLine":
        """The line of only the card, from which every list makes the same facts."""
        return PaperLine(card=self.card)

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
        """Organization, names or number of authors; empty if unknown."""
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
    def opening(self) -> str:
        """The first sentence of its abstract, where lists know no fact: text, since it may be shortened."""
        return shortened(plain(self.card.opening), OPENING_LENGTH)

    @property
    def coins(self) -> str:
        """The paper for reference managers, as an element's title; empty if there is nothing to cite."""
        return coins(self.card)

    def paper(self) -> Paper:
        """Return the record's paper, unpacked; an empty one if the list shows only the card."""
        return self.record.paper() if self.record else Paper()

    def note_and_abstract(self, root: str) -> tuple[Markup | None, tuple[Markup, ...]]:
        """Return why the editors picked it, and its abstract's paragraphs, as far as the list shows them.

        `root` leads from the page to the site's root.
        """
        if not self.record:
            return None, ()
        paper = self.record.paper()
        note = paper.note if self.card.pick else None
        abstract = paper.abstract if self.folded else None
        html = note_html(note, root, root + self.href, paper.by) if note else None
        return html, tuple(paragraph.html for paragraph in paragraphs(abstract or ""))


class PaperGroup(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Lines under a heading."""

    id: str
    """The heading's anchor on the page."""
    title: str
    href: str | None
    lines: tuple[PaperLine, ...]
    total: int
    """Papers of the group; the lines may be the first few of them."""


_ANCHOR = re.compile("<a [^>]*>|</a>")


@lru_cache(maxsize=1 << 14)  # a title is on its own page and on those of its neighbours
def heading_html(title: str) -> Markup:
    """Return a title as HTML for the inside of a link: an address in it stays text."""
    return unbroken(unlinked(inline(title).html))


def unlinked(html: Markup) -> Markup:
    """Return the HTML of a line without its links."""
    return Markup(_ANCHOR.sub("", html)) if "<a " in html else html


_HYPHENATED = re.compile(r"\S+-\S+")
_PIECE = re.compile(r"(?:<math\b.*?</math>|[^\s<])+|<[^>]*>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


def unbroken(html: Markup) -> Markup:
    """Return the HTML of a title with an element around each word that has a hyphen: no line ends within it.

    >>> unbroken(Markup("A Self-Taught model"))
    Markup('A <span>Self-Taught</span> model')
    """

    def whole(piece: re.Match[str]) -> str:
        return f"<span>{piece[0]}</span>" if _HYPHENATED.search(_TAG.sub("x", piece[0])) else piece[0]

    if "-" not in html:
        return html
    text = str(html)  # of Markup, a replacement would be escaped
    return Markup(_PIECE.sub(whole, text) if "<" in text else _HYPHENATED.sub(r"<span>\g<0></span>", text))


def title_look(card: Card) -> str:
    """Return the classes of a title's element; empty for most titles."""
    look = ["provisional"] if card.provisional else []
    return " ".join([*look, "lengthy"] if len(card.title) > LENGTHY else look)


def full_line(library: Library, card: Card, *, folded: bool = False) -> PaperLine:
    """Return a line with the paper's record."""
    return PaperLine(card=card, record=library.records[card.slug], folded=folded)


def pick_lines(library: Library, picks: Iterable[Card], *, folded: bool = False) -> tuple[PaperLine, ...]:
    """Return lines of picks, with their notes and main themes."""
    themes = theme_links(library.by_theme)
    lines = (full_line(library, card, folded=folded) for card in picks)
    return tuple(msgspec.structs.replace(line, theme=themes.get(line.card.main or "")) for line in lines)


class GroupHeading(msgspec.Struct, frozen=True):
    """The heading of a group of lines: its anchor, its words, and the address that they link to."""

    id: str
    title: str
    href: str | None = None


K = TypeVar("K")


def grouped(
    lines: Iterable[PaperLine], key: Callable[[PaperLine], K], heading: Callable[[K], GroupHeading]
) -> tuple[PaperGroup, ...]:
    """Return adjacent lines of one key as a group, each under the heading of its key."""
    groups = []
    for value, members in groupby(lines, key=key):
        found, above = tuple(members), heading(value)
        groups.append(
            PaperGroup(id=above.id, title=above.title, href=above.href, lines=found, total=len(found))
        )
    return tuple(groups)


class PaperListView(msgspec.Struct, frozen=True, kw_only=True):
    """A page that lists papers below another: those of a theme's year, or of the archive's months."""

    frame: Frame
    up: Link
    """The page above."""
    total: int
    """Papers of the whole list; on an older page, of that page, so that an addition does not change it."""
    groups: tuple[PaperGroup, ...]
    pagination: Pagination
    index_heading: GroupHeading
    index: tuple[Link, ...]
    """The pages of the same kind, without numbers of papers."""


def uncounted(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return links without numbers of papers: each new paper would change all pages that show them."""
    return tuple(Link(href=link.href, title=link.title) for link in links)


def by_year(
    base: str, cards: Iterable[Card], date: Callable[[Card], dt.date | None]
) -> list[tuple[Link, tuple[Card, ...]]]:
    """Return papers by the year of a date, newest first, undated ones last, each with a link below `base`."""
    years = defaultdict[int, list[Card]](list)
    for card in cards:
        found = date(card)
        years[found.year if found else 0].append(card)
    return [
        (
            Link(href=f"{base}{year or 'undated'}/", title=str(year or NO_DATE), count=len(members)),
            tuple(members),
        )
        for year, members in sorted(years.items(), reverse=True)
    ]


def by_issue(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    """Return lines that are in the order of lists as a group for each issue."""

    def heading(date: dt.date | None) -> GroupHeading:
        return GroupHeading(f"issue-{issue_slug(date)}", issue_title(date), issue_link(date).href)

    return grouped(lines, key=lambda line: line.card.issue, heading=heading)


def by_month(lines: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    """Return lines that are in the order of lists as a group for each month of their issues."""

    def heading(first: dt.date | None) -> GroupHeading:
        return GroupHeading(month_anchor(first), month_title(first))

    return grouped(
        lines, key=lambda line: line.card.issue and line.card.issue.replace(day=1), heading=heading
    )
