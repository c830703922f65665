"""Papers: the page of each, and the redirects from addresses it had before."""

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache, partial

import msgspec
from markupsafe import Markup

from generator.engine.page import Group, Page
from generator.library.library import Library, Relation
from generator.library.packed import PackedPaper
from generator.library.terms import Terms
from generator.model import ENRICHED, Card, Listed, Paper
from generator.text import inline, paragraphs, plain
from generator.website.citations.bibtex import entry
from generator.website.citations.citation import citation_of
from generator.website.citations.highwire import highwire
from generator.website.citations.linked_data import article
from generator.website.citations.links import CitationLink, links
from generator.website.issue_forms import report_link
from generator.website.pages.nearby import Neighbours, nearby
from generator.website.parts.layout import Frame, Masthead, frame, masthead
from generator.website.parts.markdown import note_html
from generator.website.parts.metadata import facts, newest_first, pdf_url, search_links, web_links
from generator.website.parts.paper_lists import PaperLink, heading_html, paper_link, title_look
from generator.website.parts.redirects import redirect
from generator.website.share_images.planner import image_folders
from generator.website.urls import Link, absolute, href, issue_link, theme_link
from generator.words import Day, count, day, ordinal, shortened

SUMMARY_LENGTH = 200
SCANNED_FOR_SUMMARY = 2 * SUMMARY_LENGTH
"""Characters; enough to end behind the summary, whatever of them is markup."""


class PaperText(msgspec.Struct, frozen=True, kw_only=True):
    """The paper's own words and facts, ready to be shown."""

    frame: Frame
    """The page's; its description is the beginning of the abstract."""
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
    searches: tuple[Link, ...]
    """Where to look for a paper without an identifier."""
    published: Day | None
    year: int | None
    """The year of publication, where no day is known."""
    updated: Day | None
    facts: tuple[tuple[str, Markup | str], ...]
    """Those that are only words, each with its name."""
    listed: tuple[tuple[str, Link, str], ...]
    """The listings that name it: the name of each, its issue, and the paper's place and counts there.

    The link has no address where the paper is not in that issue, which may have no page.
    """
    issue: Link | None
    """Its own issue, where an editor chose one and no listing names the paper on that day."""
    changes: tuple[tuple[Day, str], ...]
    """Newest first."""
    report: str
    """URL of the form that says what is wrong on this page; empty without a repository."""
    cite: tuple[CitationLink, ...]
    """How to cite it: a link for each format."""
    bibtex: str
    """The entry."""
    missing: tuple[str, ...]
    """What the citation lacks because no listing gives it."""
    tags: tuple[tuple[str, str], ...]
    """Names and contents of `<meta>`, for programs that cite."""
    linked_data: Markup
    """JSON-LD."""


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a paper."""

    masthead: Masthead
    card: Card
    record: PackedPaper
    image: str
    """The folder of the image that the page is shared with."""
    has_citation_files: bool
    """Whether each format of its citation is a file."""
    themes: tuple[Link, ...]
    nearby: tuple[Neighbours, ...]
    """Of the main theme, where it has one, and in the issue."""
    related: tuple[tuple[PaperLink, str], ...]
    """Related papers, each with the reason."""
    listings: tuple[tuple[str, str], ...]
    """Names of listings, each after a pattern of their files' names."""

    @property
    def paper(self) -> PaperText:
        """The paper's text and facts, from the record, unpacked."""
        paper = self.record.paper()
        citation = citation_of(self.record, self.masthead.url)
        return PaperText(
            frame=_frame(self.masthead, self.card, paper, self.image),
            title=heading_html(self.card.title),
            look=title_look(self.card),
            people=tuple(map(plain, paper.authors)),
            byline=plain(self.card.byline),
            abstract=tuple(paragraph.html for paragraph in paragraphs(paper.abstract or "")),
            note=note_html(paper.note, "../../", by=paper.by) if paper.note else None,
            links=tuple(web_links(paper)),
            searches=tuple(search_links(paper)),
            published=day(paper.published) if paper.published else None,
            year=paper.year,
            updated=day(paper.updated) if paper.updated else None,
            facts=tuple(facts(paper, lambda text: inline(text).html)),
            listed=tuple(
                (listing_name(self.listings, row.listing), _issue_of(row, self.card), _standing(row))
                for row in paper.listed
                if row.listing != ENRICHED
            ),
            issue=_chosen_issue(paper),
            changes=tuple((day(change.date), plain(change.text)) for change in newest_first(paper.changes)),
            report=_report(self.masthead, self.card),
            cite=tuple(links(citation, self.card.slug, has_files=self.has_citation_files)),
            bibtex=entry(citation),
            missing=citation.missing,
            tags=tuple(highwire(citation, pdf_url(paper))),
            linked_data=article(citation),
        )


def _frame(masthead: Masthead, card: Card, paper: Paper, image: str) -> Frame:
    beginning = (paper.abstract or "")[:SCANNED_FOR_SUMMARY]
    summary = shortened(plain(beginning), SUMMARY_LENGTH)
    return frame(masthead, f"{href(card.slug)}index.html", plain(card.title), summary, shared=image)


def _report(masthead: Masthead, card: Card) -> str:
    page = absolute(masthead.url, href(card.slug))
    return report_link(masthead.repository, page, plain(card.title)) if masthead.repository else ""


def _chosen_issue(paper: Paper) -> Link | None:
    days = {row.issue for row in paper.listed}
    return issue_link(paper.issue) if paper.issue and paper.issue not in days else None


def _issue_of(row: Listed, card: Card) -> Link:
    """Return the issue that a listing is of; without its address where that issue does not show the paper."""
    link = issue_link(row.issue)
    return link if row.issue in (card.issues or (None,)) else msgspec.structs.replace(link, href="")


@lru_cache(maxsize=1 << 10)  # a listing names many papers
def listing_name(names: tuple[tuple[str, str], ...], file: str) -> str:
    """Return what readers know a listing by: the editors' name, else its file's without day and ending."""
    named = (name for pattern, name in names if fnmatchcase(file, pattern))
    return next(named, "") or _DAY_BEFORE.sub("", file.partition(".")[0]).replace("-", " ")


_DAY_BEFORE = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")


def _standing(row: Listed) -> str:
    """Return a paper's place in a listing and its counts: "55th, 41 votes"."""
    place = ordinal(row.position) if row.position else ""
    votes = count(row.votes, "vote") if row.votes is not None else ""
    comments = count(row.discussion, "comment") if row.discussion is not None else ""
    return ", ".join(filter(None, (place, votes, comments)))


class Surroundings(msgspec.Struct, frozen=True, array_like=True):
    """What other papers have to do with the page of one."""

    nearby: tuple[Neighbours, ...]
    related: tuple[tuple[PaperLink, str], ...]
    image: str


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the page of each paper, and a redirect for each address it had."""
    cards = {card.slug: card for card in library.cards}
    surroundings = _surroundings(library, cards.get)
    for issue in library.issues:
        yield Group(_pages, issue.cards, partial(_of_each, surroundings, issue.cards))
    for old, slug in sorted(library.formerly.items()):
        yield _redirect(library, old, slug, cards.get(slug))


def page(library: Library, path: str) -> Page | None:
    """Return the page that `plan` yields at a path, None if there is none; no other page is planned."""
    slug = path.removeprefix("papers/").removesuffix("/index.html")
    if path != f"{href(slug)}index.html":
        return None
    if card := library.card(slug):
        surroundings = _surroundings(library, library.card)
        return next(_pages(library, (card,), (surroundings(card),)))
    if now := library.formerly.get(slug):
        return _redirect(library, slug, now, library.card(now))
    return None


def _surroundings(library: Library, find: Callable[[str], Card | None]) -> Callable[[Card], Surroundings]:
    """Return what finds the surroundings of a paper by its card; `find` gives a slug's card."""
    around, image_folder = nearby(library), image_folders(library)

    def of(card: Card) -> Surroundings:
        related = (
            (paper_link(other), _reason(relation, library.terms))
            for relation in library.related_to(card.slug)
            if (other := find(relation.slug))
        )
        return Surroundings(tuple(around(card)), tuple(related), image_folder(card))

    return of


def _of_each(
    surroundings: Callable[[Card], Surroundings], cards: tuple[Card, ...]
) -> tuple[Surroundings, ...]:
    return tuple(map(surroundings, cards))


def _pages(
    library: Library, cards: tuple[Card, ...], surroundings: tuple[Surroundings, ...]
) -> Iterator[Page]:
    """Yield the pages of papers, each in its surroundings."""
    head = masthead(library)
    themes = {themed.theme.slug: themed for themed in library.by_theme if not themed.is_unsorted}
    listings = tuple(library.site.listings.items())
    for card, around in zip(cards, surroundings, strict=True):
        view = PaperView(
            masthead=head,
            card=card,
            record=library.records[card.slug],
            listings=listings,
            image=around.image,
            has_citation_files=library.site.outputs.paper_citations,
            themes=tuple(theme_link(themes[slug], counted=False) for slug in card.themes if slug in themes),
            nearby=around.nearby,
            related=around.related,
        )
        yield Page(path=f"{href(card.slug)}index.html", template="paper.html", view=view, day=card.issue)


_NAMED = {"here": "Named in the note", "there": "Its note names this paper"}


def _reason(relation: Relation, terms: Terms) -> str:
    if relation.named:
        return _NAMED[relation.named]
    shared = [terms.rows[term] for term in relation.shared]
    if not all(term.said for term in shared):  # adjectives and the like
        return f"Near in meaning; both say {' and '.join(f'“{term.name}”' for term in shared)}"
    return f"Both on {' and '.join(term.said for term in shared)}"


def _redirect(library: Library, old: str, slug: str, card: Card | None) -> Page:
    title, image = (plain(card.title), image_folders(library)(card)) if card else (slug, "")
    path = f"{href(old)}index.html"
    return redirect(library, path, href(slug), title, "This paper has moved", shared=image)
