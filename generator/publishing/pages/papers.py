"""Papers: the page of each, and the redirects from addresses it had before."""

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec
from markupsafe import Markup

from generator.content.library import Library, Record
from generator.model import Card, Change, Theme
from generator.publishing.frame import Frame, Masthead, absolute, frame, masthead
from generator.publishing.lists import Link, PaperLink, href, issue_slug, issue_title
from generator.publishing.markdown import note_html
from generator.publishing.page import Page
from generator.publishing.text import inline, paragraphs, plain
from generator.publishing.words import Day, day

SUMMARY_LENGTH = 200


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The papers before and after one in a list, and the list."""

    within: Link
    newer: PaperLink | None
    older: PaperLink | None


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
    provisional: bool
    abstract: tuple[Markup, ...]
    note: Markup | None
    byline: str
    authors: tuple[str, ...]
    comment: Markup | None
    venue: Markup | None
    published: Day | None
    updated: Day | None
    arxiv: str | None
    version: int | None
    doi: str | None
    categories: tuple[str, ...]
    license: str | None
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    """Web addresses outside the site, each named by its kind: code, project, pdf."""
    mentions: tuple[Mention, ...]
    changes: tuple[tuple[Day, str], ...]
    withdrawn: bool
    pick: bool


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a paper."""

    masthead: Masthead
    card: Card
    record: Record
    shelves: tuple[Link, ...]
    on_shelf: Neighbours | None
    in_issue: Neighbours

    @property
    def frame(self) -> Frame:
        """The page's frame; its summary is the beginning of the abstract."""
        abstract = plain(self.record.paper().abstract or "")
        summary = abstract
        if len(abstract) > SUMMARY_LENGTH:
            summary = abstract[:SUMMARY_LENGTH].rpartition(" ")[0] + " …"
        return frame(self.masthead, f"{href(self.card.slug)}index.html", plain(self.card.title), summary)

    @property
    def paper(self) -> PaperText:
        """The paper's text and facts."""
        paper = self.record.paper()
        return PaperText(
            title=inline(self.card.title).html,
            provisional=self.card.provisional,
            abstract=tuple(paragraph.html for paragraph in paragraphs(paper.abstract or "")),
            note=note_html(paper.note) if paper.note else None,
            byline=plain(self.card.byline),
            authors=tuple(plain(name) for name in paper.authors),
            comment=inline(paper.comment).html if paper.comment else None,
            venue=inline(paper.venue).html if paper.venue else None,
            published=day(paper.published) if paper.published else None,
            updated=day(paper.updated) if paper.updated else None,
            arxiv=paper.arxiv,
            version=paper.version,
            doi=paper.doi,
            categories=paper.categories,
            license=paper.license,
            tags=paper.tags,
            links=tuple(Link(href=url, title=kind) for kind, url in sorted(paper.links.items())),
            mentions=tuple(
                Mention(
                    listing=row.listing,
                    issue=_issue(row.issue),
                    position=row.position,
                    votes=row.votes,
                    discussion=row.discussion,
                )
                for row in paper.listed
            ),
            changes=tuple((day(change.date), change.text) for change in _newest_first(paper.changes)),
            withdrawn=paper.withdrawn,
            pick=paper.pick,
        )


class RedirectView(msgspec.Struct, frozen=True, kw_only=True):
    """A page that leads from a paper's former address to its present one."""

    frame: Frame
    target: str
    canonical: str


def plan(library: Library) -> Iterator[Page]:
    """Yield the page of each paper, and a redirect for each address it had."""
    head = masthead(library)
    in_issue: dict[str, Neighbours] = {}
    for issue in library.issues:
        in_issue.update(_neighbours(_issue(issue.day), issue.cards))
    on_shelf: dict[str, Neighbours] = {}
    for shelf in library.shelves:
        if shelf.theme:
            main = [card for card in shelf.cards if card.themes[0] == shelf.theme.slug]
            on_shelf.update(_neighbours(_shelf(shelf.theme), main))
    themes = {theme.slug: _shelf(theme) for theme in library.themes}
    for card in library.cards:
        view = PaperView(
            masthead=head,
            card=card,
            record=library.records[card.slug],
            shelves=tuple(themes[slug] for slug in card.themes if slug in themes),
            on_shelf=on_shelf.get(card.slug),
            in_issue=in_issue[card.slug],
        )
        yield Page(path=f"{href(card.slug)}index.html", template="paper.html", view=view)
    yield from _redirects(library)


def _neighbours(within: Link, cards: list[Card] | tuple[Card, ...]) -> Mapping[str, Neighbours]:
    around = [None, *(PaperLink(slug=card.slug, title=card.title) for card in cards), None]
    return {
        card.slug: Neighbours(within=within, newer=newer, older=older)
        for card, newer, older in zip(cards, around, around[2:], strict=False)
    }


def _redirects(library: Library) -> Iterator[Page]:
    titles = {card.slug: card.title for card in library.cards}
    for old, slug in sorted(library.formerly.items()):
        path = f"{href(old)}index.html"
        head = frame(masthead(library), path, plain(titles[slug]), "This paper has moved.")
        view = RedirectView(frame=head, target=href(slug), canonical=absolute(library.site, href(slug)))
        yield Page(path=path, template="redirect.html", view=view)


def _issue(date: dt.date | None) -> Link:
    return Link(href=f"issues/{issue_slug(date)}/", title=issue_title(date))


def _shelf(theme: Theme) -> Link:
    return Link(href=f"themes/{theme.slug}/", title=theme.title)


def _newest_first(changes: tuple[Change, ...]) -> list[Change]:
    return sorted(changes, key=lambda change: change.date, reverse=True)
