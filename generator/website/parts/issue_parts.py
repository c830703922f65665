"""Papers as an issue shows them: by theme. A long list goes on to further pages, each of whole themes."""

from collections.abc import Iterator

import msgspec

from generator.library.library import Library, by_main_theme
from generator.model import Card, ThemePapers
from generator.website.parts.pagination import PAGE_SIZE
from generator.website.parts.paper_lists import PaperGroup, PaperLine, full_line, pick_lines
from generator.website.urls import Link, theme_link

PICKS = "picks"
"""The anchor of the picks, where they lead."""


class IssuePart(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an issue, or of what is like one."""

    pages: tuple[Link, ...]
    """All its pages; the title of each is that of its first theme."""
    place: int
    """Which of them this is, counted from 0."""
    leads: tuple[PaperLine, ...] = ()
    """All its picks, on the first page, if picks lead; else each leads its theme."""
    groups: tuple[PaperGroup, ...]
    """The themes of this page; the total of each counts its picks too."""
    contents: tuple[Link, ...]
    """The themes of all pages; an address on this page is only an anchor."""

    @property
    def path(self) -> str:
        """Where this page is written."""
        return f"{self.pages[self.place].href}index.html"

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """Everything that this page lists, from top to bottom."""
        return (*self.leads, *(line for group in self.groups for line in group.lines))

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.place == len(self.pages) - 1

    @property
    def following(self) -> Link | None:
        """The page that continues this one."""
        return None if self.is_last else self.pages[self.place + 1]


def anchor(themed: ThemePapers) -> str:
    """Return the anchor of a theme on the page of an issue."""
    return f"theme-{themed.theme.slug}"


def issue_parts(
    library: Library, href: str, cards: tuple[Card, ...], *, picks_lead: bool, folded: bool
) -> Iterator[IssuePart]:
    """Yield the pages of an issue at `href`.

    `picks_lead` puts all picks first, with their notes; `folded` shows abstracts, folded.
    """
    leads = [card for card in cards if card.pick] if picks_lead else []
    themes = tuple(by_main_theme(cards, library.themes))
    totals = {themed.theme.slug: len(themed.cards) for themed in themes}
    found = split([*filter(None, map(_unpicked, themes))] if leads else [*themes], PAGE_SIZE - len(leads))
    hrefs = (href, *(f"{href}{number}/" for number in range(1, len(found))))
    numbered = tuple(zip(hrefs, found, strict=True))
    where = {themed.theme.slug: at for at, part in reversed(numbered) for themed in part}
    pages = tuple(Link(href=at, title=title) for at, title in zip(hrefs, _titles(found), strict=True))
    lines = pick_lines(library, leads, folded=folded) if leads else ()
    for place, part in enumerate(found):
        yield IssuePart(
            pages=pages,
            place=place,
            leads=() if place else lines,
            groups=tuple(
                _group(library, themed, totals[themed.theme.slug], folded=folded) for themed in part
            ),
            contents=tuple(_contents(hrefs, hrefs[place], len(leads), themes, where)),
        )


def _titles(parts: list[list[ThemePapers]]) -> Iterator[str]:
    """Yield the title of each page, that of its first theme; one that goes on over pages is numbered."""
    last, number = "", 1
    for part in parts:
        if not part:
            yield "Picks"
            continue
        first = part[0].theme
        number = number + 1 if first.slug == last else 1
        yield f"{first.title} ({number})" if number > 1 else first.title
        last = part[-1].theme.slug


def _unpicked(themed: ThemePapers) -> ThemePapers | None:
    """Return a theme without its picks, None if all its papers are picks."""
    rest = tuple(card for card in themed.cards if not card.pick)
    return msgspec.structs.replace(themed, cards=rest) if rest else None


def split(themes: list[ThemePapers], room: int) -> list[list[ThemePapers]]:
    """Return themes page by page: one goes over two pages only if no page could hold it.

    `room` is that of the first page, in papers; there is one page at least.
    """
    pages: list[list[ThemePapers]] = [[]]
    for themed in themes:
        for start in range(0, len(themed.cards), PAGE_SIZE):
            piece = msgspec.structs.replace(themed, cards=themed.cards[start : start + PAGE_SIZE])
            if len(piece.cards) > room:
                pages.append([])
                room = PAGE_SIZE
            pages[-1].append(piece)
            room -= len(piece.cards)
    return pages


def _group(library: Library, themed: ThemePapers, total: int, *, folded: bool) -> PaperGroup:
    return PaperGroup(
        id=anchor(themed),
        title=themed.theme.title,
        href=theme_link(themed).href,
        lines=tuple(
            full_line(library, card, folded=True) if folded else PaperLine(card=card) for card in themed.cards
        ),
        total=total,
    )


def _contents(
    hrefs: tuple[str, ...], here: str, leads: int, themes: tuple[ThemePapers, ...], where: dict[str, str]
) -> Iterator[Link]:
    def link(page: str, name: str, title: str, count: int) -> Link:
        return Link(href=f"{'' if page == here else page}#{name}", title=title, count=count)

    if leads:
        yield link(hrefs[0], PICKS, "Picks", leads)
    for themed in themes:
        if page := where.get(themed.theme.slug):  # else all its papers are among the picks
            yield link(page, anchor(themed), themed.theme.title, len(themed.cards))
