"""Themes: a page for each with its newest papers, its years, and the index of all."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import Group, Page
from generator.library.library import Library
from generator.model import Card, ThemePapers
from generator.website.parts.feed_catalogue import PAPERS, Feed, theme_feed
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.parts.linked_data import collection
from generator.website.parts.pagination import PAGE_SIZE, paginate
from generator.website.parts.paper_lists import (
    GroupHeading,
    PaperGroup,
    PaperLine,
    PaperLink,
    PaperListView,
    by_issue,
    by_year,
    full_line,
    paper_link,
    uncounted,
)
from generator.website.parts.ranking import Ranking, by_theme
from generator.website.parts.redirects import redirect
from generator.website.parts.timeline import Timeline, over_time
from generator.website.urls import Link, theme_link
from generator.words import count

NEWEST = 3
"""Papers of each theme that the index shows."""
LEADS = 12
"""Picks that lead a theme, with their notes; older ones are among the papers."""


class ThemeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A theme in the index."""

    link: Link
    description: str
    picks: int
    newest: tuple[PaperLink, ...]


class ThemesView(msgspec.Struct, frozen=True, kw_only=True):
    """The index of themes."""

    frame: Frame
    themes: tuple[ThemeSummary, ...]
    chart: Ranking | None


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """A theme: its picks, then its newest papers."""

    frame: Frame
    description: str
    total: int
    picks: int
    leads: tuple[PaperLine, ...]
    """Its newest picks, with their notes."""
    groups: tuple[PaperGroup, ...]
    """Its newest papers without these."""
    years: tuple[Link, ...]
    whole: bool
    """Whether the page shows every paper of the theme; the pages of its years do in any case."""
    chart: Timeline | None
    """Its papers by the date of their publication."""

    @property
    def linked_data(self) -> Markup:
        """JSON-LD."""
        return collection(self.frame, (*self.leads, *(line for group in self.groups for line in group.lines)))


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the index of themes, each theme's page, the pages of its years, and redirects to all of these."""
    description = f"The themes of {library.site.title}."
    head = frame(masthead(library), "themes/index.html", "Themes", description, "themes")
    view = ThemesView(
        frame=head,
        themes=tuple(_entry(themed) for themed in library.by_theme),
        chart=by_theme(library.by_theme, library.cards),
    )
    yield Page(path="themes/index.html", template="themes.html", view=view)
    for themed in library.by_theme:
        yield Group(_pages_and_redirects, themed)


def _pages_and_redirects(library: Library, themed: ThemePapers) -> Iterator[Page]:
    for page in _pages(library, themed):
        yield page
        for old in themed.theme.formerly:
            yield _redirect(library, themed, page.path, old)


def _pages(library: Library, themed: ThemePapers) -> Iterator[Page]:
    by_issue_year = by_year(theme_link(themed).href, themed.cards, lambda card: card.issue)
    years = tuple(link for link, _ in by_issue_year)
    yield _theme_page(library, themed, years)
    for link, cards in by_issue_year:
        yield from _year_pages(library, themed, link, cards, years)


def _redirect(library: Library, themed: ThemePapers, path: str, old: str) -> Page:
    """Return the page that leads from an address that a theme's page had under a former slug."""
    target = path.removesuffix("index.html")
    former = path.replace(theme_link(themed).href, f"themes/{old}/", 1)
    return redirect(library, former, target, themed.theme.title, "This theme has another name now")


def _entry(themed: ThemePapers) -> ThemeSummary:
    return ThemeSummary(
        link=theme_link(themed),
        description=themed.theme.description,
        picks=sum(card.pick for card in themed.cards),
        newest=tuple(paper_link(card) for card in themed.cards[:NEWEST]),
    )


def _theme_page(library: Library, themed: ThemePapers, years: tuple[Link, ...]) -> Page:
    link = theme_link(themed)
    path = f"{link.href}index.html"
    summary = themed.theme.description or f"{count(len(themed.cards), 'paper')} on this theme."
    leads = [card for card in themed.cards if card.pick][:LEADS]
    rest = [card for card in themed.cards if card not in leads]
    view = ThemeView(
        frame=frame(masthead(library), path, link.title, summary, "themes", _feed(themed)),
        description=themed.theme.description,
        total=len(themed.cards),
        picks=sum(card.pick for card in themed.cards),
        leads=tuple(full_line(library, card) for card in leads),
        groups=by_issue(PaperLine(card=card) for card in rest[:PAGE_SIZE]),
        years=years,
        whole=len(rest) <= PAGE_SIZE,
        chart=over_time(card.published for card in themed.cards),
    )
    return Page(path=path, template="theme.html", view=view)


def _year_pages(
    library: Library, themed: ThemePapers, year: Link, cards: tuple[Card, ...], years: tuple[Link, ...]
) -> Iterator[Page]:
    for page, found in paginate(year.href, cards):
        total = len(cards) if page.is_newest else len(found)
        title, summary = f"{themed.theme.title}, {year.title}", f"{count(total, 'paper')}."
        view = PaperListView(
            frame=frame(masthead(library), page.path, title, summary, "themes", _feed(themed)),
            up=theme_link(themed, counted=False),
            total=total,
            groups=by_issue(PaperLine(card=card) for card in found),
            pagination=page,
            index_heading=GroupHeading("years", "By year of issue"),
            index=uncounted(years),
        )
        yield Page(path=page.path, template="paper_list.html", view=view)


def _feed(themed: ThemePapers) -> Feed:
    return theme_feed(themed.theme) if not themed.is_unsorted else PAPERS
