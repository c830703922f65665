"""Papers: the page of each, and the redirects from addresses it had before."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from markupsafe import Markup

from generator.content.library import Library, Record
from generator.model import Card, Change, Listed
from generator.publishing.facts import facts, web_links, with_mathml
from generator.publishing.frame import Frame, Masthead, absolute, frame, masthead
from generator.publishing.lists import (
    Link,
    PaperLink,
    heading_html,
    href,
    issue_link,
    shelf_link,
    title_look,
)
from generator.publishing.markdown import note_html
from generator.publishing.page import Page
from generator.publishing.text import paragraphs, plain
from generator.publishing.words import Day, day, shortened

SUMMARY_LENGTH = 200
SCANNED_FOR_SUMMARY = 2 * SUMMARY_LENGTH
"""Characters; enough to end behind the summary, whatever of them is markup."""


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The papers before and after one in a list, and the list."""

    within: Link
    previous: PaperLink | None
    next: PaperLink | None


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
    byline: str
    """All authors where they are named, else what the card says."""
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


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a paper."""

    masthead: Masthead
    card: Card
    record: Record
    shelves: tuple[Link, ...]
    nearby: tuple[Neighbours, ...]
    """On the main shelf, where it has one, and in the issue."""

    @property
    def frame(self) -> Frame:
        """The page's frame; its summary is the beginning of the abstract."""
        beginning = (self.record.paper().abstract or "")[:SCANNED_FOR_SUMMARY]
        summary = shortened(plain(beginning), SUMMARY_LENGTH)
        return frame(self.masthead, f"{href(self.card.slug)}index.html", plain(self.card.title), summary)

    @property
    def paper(self) -> PaperText:
        """The paper's text and facts."""
        paper = self.record.paper()
        return PaperText(
            title=heading_html(self.card.title),
            look=title_look(self.card),
            byline=plain(", ".join(paper.authors) or self.card.byline),
            abstract=tuple(paragraph.html for paragraph in paragraphs(paper.abstract or "")),
            note=note_html(paper.note, "../../") if paper.note else None,
            links=tuple(web_links(paper)),
            published=day(paper.published) if paper.published else None,
            updated=day(paper.updated) if paper.updated else None,
            facts=tuple(facts(paper, with_mathml)),
            mentions=tuple(map(_mention, paper.listed)),
            changes=tuple((day(change.date), plain(change.text)) for change in _newest_first(paper.changes)),
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
    in_issue: dict[str, Neighbours] = {}
    for issue in library.issues:
        in_issue.update(_neighbours(issue_link(issue.day), issue.cards))
    on_shelf: dict[str, Neighbours] = {}
    shelves: dict[str, Link] = {}
    for shelf in library.shelves:
        if shelf.theme:
            link = shelves[shelf.theme.slug] = shelf_link(shelf, counted=False)
            main = [card for card in shelf.cards if card.themes[0] == shelf.theme.slug]
            on_shelf.update(_neighbours(link, main))
    for card in library.cards:
        found = on_shelf.get(card.slug), in_issue[card.slug]
        view = PaperView(
            masthead=head,
            card=card,
            record=library.records[card.slug],
            shelves=tuple(shelves[slug] for slug in card.themes if slug in shelves),
            nearby=tuple(near for near in found if near),
        )
        yield Page(path=f"{href(card.slug)}index.html", template="paper.html", view=view)
    yield from _redirects(library)


def _neighbours(within: Link, cards: Sequence[Card]) -> Mapping[str, Neighbours]:
    around = [None, *(PaperLink(slug=card.slug, title=card.title) for card in cards), None]
    return {
        card.slug: Neighbours(within=within, previous=before, next=after)
        for card, before, after in zip(cards, around, around[2:], strict=False)
    }


def _redirects(library: Library) -> Iterator[Page]:
    titles = {card.slug: card.title for card in library.cards}
    for old, slug in sorted(library.formerly.items()):
        path = f"{href(old)}index.html"
        head = frame(masthead(library), path, plain(titles[slug]), "This paper has moved.")
        leading = msgspec.structs.replace(head, url=absolute(library.site, href(slug)))
        yield Page(path=path, template="redirect.html", view=RedirectView(frame=leading, target=href(slug)))
