"""Papers: the page of each, and the redirects from addresses it had before."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
from markupsafe import Markup

from generator.engine.page import Page
from generator.library.cards import card_of, list_order
from generator.library.library import Library, Record, Relation
from generator.library.terms import Terms
from generator.model import Card, Change, Listed
from generator.text import paragraphs, plain
from generator.website.citations.bibtex import entry
from generator.website.citations.citation import citation_of
from generator.website.citations.highwire import highwire
from generator.website.citations.linked_data import article
from generator.website.parts.layout import Frame, Masthead, frame, masthead
from generator.website.parts.markdown import note_html
from generator.website.parts.metadata import facts, pdf_url, web_links, with_mathml
from generator.website.parts.paper_lists import PaperLink, heading_html, title_look
from generator.website.urls import Link, absolute, href, issue_link, theme_links
from generator.words import Day, day, shortened

SUMMARY_LENGTH = 200
SCANNED_FOR_SUMMARY = 2 * SUMMARY_LENGTH
"""Characters; enough to end behind the summary, whatever of them is markup."""


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The papers before and after one in a list, and the list."""

    within: Link
    previous: PaperLink | None
    next: PaperLink | None


class RelatedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A related paper, and why it is one."""

    paper: PaperLink
    reason: str


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """What one listing said, and when."""

    listing: str
    issue: Link
    position: int | None
    votes: int | None
    discussion: int | None


class PaperText(msgspec.Struct, frozen=True, kw_only=True):
    """The paper's own words and facts, ready to be shown."""

    title: Markup
    look: str
    """How the title is set: classes, or nothing."""
    people: tuple[str, ...]
    """All authors, where they are named."""
    byline: str
    """What the card says of them."""
    abstract: tuple[Markup, ...]
    note: Markup | None
    links: tuple[Link, ...]
    """Web addresses outside the site."""
    published: Day | None
    updated: Day | None
    facts: tuple[tuple[str, Markup | str], ...]
    """Those that are words alone, each with its name."""
    mentions: tuple[Mention, ...]
    changes: tuple[tuple[Day, str], ...]
    """Newest first."""
    bibtex: str
    """How to cite it."""
    tags: tuple[tuple[str, str], ...]
    """Names and contents of `<meta>`, for programs that cite."""
    linked_data: Markup
    """JSON-LD."""


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a paper."""

    masthead: Masthead
    card: Card
    record: Record
    themes: tuple[Link, ...]
    nearby: tuple[Neighbours, ...]
    """Of the main theme, where it has one, and in the issue."""
    related: tuple[RelatedLink, ...]

    @property
    def frame(self) -> Frame:
        """The page's frame; its summary is the beginning of the abstract."""
        beginning = (self.record.paper().abstract or "")[:SCANNED_FOR_SUMMARY]
        summary = shortened(plain(beginning), SUMMARY_LENGTH)
        folder = href(self.card.slug)
        title = plain(self.card.title)
        return frame(self.masthead, f"{folder}index.html", title, summary, shared=folder)

    @property
    def paper(self) -> PaperText:
        """The paper's text and facts."""
        paper = self.record.paper()
        citation = citation_of(self.record, self.masthead.url)
        return PaperText(
            title=heading_html(self.card.title),
            look=title_look(self.card),
            people=tuple(map(plain, paper.authors)),
            byline=plain(self.card.byline),
            abstract=tuple(paragraph.html for paragraph in paragraphs(paper.abstract or "")),
            note=note_html(paper.note, "../../") if paper.note else None,
            links=tuple(web_links(paper)),
            published=day(paper.published) if paper.published else None,
            updated=day(paper.updated) if paper.updated else None,
            facts=tuple(facts(paper, with_mathml)),
            mentions=tuple(map(_mention, paper.listed)),
            changes=tuple((day(change.date), plain(change.text)) for change in _newest_first(paper.changes)),
            bibtex=entry(citation),
            tags=tuple(highwire(citation, pdf_url(paper))),
            linked_data=article(citation),
        )


def _mention(row: Listed) -> Mention:
    return Mention(
        listing=row.listing,
        issue=issue_link(row.issue),
        position=row.position,
        votes=row.votes,
        discussion=row.discussion,
    )


def _newest_first(changes: tuple[Change, ...]) -> list[Change]:
    return sorted(changes, key=lambda change: change.date, reverse=True)


class RedirectView(msgspec.Struct, frozen=True, kw_only=True):
    """A page that leads from a paper's former address to its present one."""

    frame: Frame
    target: str


def plan(library: Library) -> Iterator[Page]:
    """Yield the page of each paper, and a redirect for each address it had."""
    head = masthead(library)
    themes = theme_links(library.by_theme)
    in_issue: dict[str, Neighbours] = {}
    for issue in library.issues:
        in_issue.update(_neighbours(issue_link(issue.day), issue.cards))
    in_theme: dict[str, Neighbours] = {}
    for themed in library.by_theme:
        if not themed.is_unsorted:
            main = [card for card in themed.cards if card.main == themed.theme.slug]
            in_theme.update(_neighbours(themes[themed.theme.slug], main))
    links = {card.slug: _link(card) for card in library.cards}
    for card in library.cards:
        found = in_theme.get(card.slug), in_issue[card.slug]
        nearby = tuple(near for near in found if near)
        yield _page(library, card, head, themes, nearby, links.__getitem__)
    for old in sorted(library.formerly):
        yield _redirect(library, old)


def page(library: Library, path: str) -> Page | None:
    """Return the page that `plan` yields at a path, None where it yields none; it costs one page alone."""
    slug = path.removeprefix("papers/").removesuffix("/index.html")
    if path != f"{href(slug)}index.html":
        return None
    card = library.card(slug)
    if card is None:
        return _redirect(library, slug) if slug in library.formerly else None
    themes = theme_links(library.by_theme)
    issue = next(issue for issue in library.issues if issue.day == card.issue)
    near = [_around(issue_link(issue.day), issue.cards, card, lambda _: True)]
    for themed in library.by_theme:
        if card.main == (main := themed.theme.slug):
            near.insert(0, _around(themes[main], themed.cards, card, lambda other: other.main == main))

    def link(slug: str) -> PaperLink:
        return _link(card_of(library.records[slug].paper(), slug))

    return _page(library, card, masthead(library), themes, tuple(near), link)


def _page(
    library: Library,
    card: Card,
    head: Masthead,
    themes: Mapping[str, Link],
    nearby: tuple[Neighbours, ...],
    link: Callable[[str], PaperLink],
) -> Page:
    view = PaperView(
        masthead=head,
        card=card,
        record=library.records[card.slug],
        themes=tuple(themes[slug] for slug in card.themes if slug in themes),
        nearby=nearby,
        related=tuple(
            RelatedLink(paper=link(relation.slug), reason=_reason(relation, library.terms))
            for relation in library.related_to(card.slug)
        ),
    )
    return Page(path=f"{href(card.slug)}index.html", template="paper.html", view=view)


def _reason(relation: Relation, terms: Terms) -> str:
    shared = " and ".join(terms.rows[term].name for term in relation.shared)
    return f"Both on {shared}" if relation.central else f"Both mention {shared}"


def _neighbours(within: Link, cards: Sequence[Card]) -> Mapping[str, Neighbours]:
    around = [None, *map(_link, cards), None]
    return {
        card.slug: Neighbours(within=within, previous=before, next=after)
        for card, before, after in zip(cards, around, around[2:], strict=False)
    }


def _around(within: Link, cards: Sequence[Card], card: Card, belongs: Callable[[Card], bool]) -> Neighbours:
    """Return the neighbours of a card among those that belong to its list."""
    place = bisect_left(cards, list_order(card), key=list_order)
    before = (cards[at] for at in range(place - 1, -1, -1))
    after = (cards[at] for at in range(place + 1, len(cards)))
    previous, following = (next(map(_link, filter(belongs, found)), None) for found in (before, after))
    return Neighbours(within=within, previous=previous, next=following)


def _link(card: Card) -> PaperLink:
    return PaperLink(slug=card.slug, title=card.title)


def _redirect(library: Library, old: str) -> Page:
    slug = library.formerly[old]
    card = library.card(slug)
    path = f"{href(old)}index.html"
    title = plain(card.title if card else slug)
    head = frame(masthead(library), path, title, "This paper has moved.", shared=href(slug))
    leading = msgspec.structs.replace(head, url=absolute(library.site.url, href(slug)))
    return Page(path=path, template="redirect.html", view=RedirectView(frame=leading, target=href(slug)))
