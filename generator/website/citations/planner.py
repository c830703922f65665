"""Citations: a file in each format for every issue and theme, and for every paper if the digest asks."""

from collections.abc import Iterable, Iterator

from generator.engine.page import EXPORTS, Group, Page
from generator.library.library import Library
from generator.model import Card, Issue
from generator.website.citations.citation import CitedPapers
from generator.website.citations.links import FORMATS
from generator.website.urls import href, issue_link


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the citations of each issue and theme; of each paper and its former addresses only if asked."""
    for issue in library.issues:
        yield Group(_of_issue, issue, stage=EXPORTS)
        if library.site.outputs.paper_citations:
            yield Group(_of_papers, issue.cards, stage=EXPORTS)
    for themed in library.by_theme:
        for slug in (themed.theme.slug, *themed.theme.formerly):
            yield Group(_of_list, f"themes/{slug}/papers", themed.cards, stage=EXPORTS)
    for old, slug in sorted(library.formerly.items()) if library.site.outputs.paper_citations else ():
        yield from _files(f"{href(old)}cite", _cited(library, [slug]))


def _of_issue(library: Library, issue: Issue) -> Iterator[Page]:
    return _of_list(library, f"{issue_link(issue.day).href}papers", (*issue.cards, *issue.again))


def _of_list(library: Library, path: str, cards: tuple[Card, ...]) -> Iterator[Page]:
    return _files(path, _cited(library, (card.slug for card in cards)))


def _of_papers(library: Library, cards: tuple[Card, ...]) -> Iterator[Page]:
    for card in cards:
        yield from _files(f"{href(card.slug)}cite", _cited(library, [card.slug]))


def _cited(library: Library, slugs: Iterable[str]) -> CitedPapers:
    return CitedPapers(url=library.site.url, items=tuple(library.records[slug] for slug in slugs))


def _files(path: str, view: CitedPapers) -> Iterator[Page]:
    for form in FORMATS:
        yield Page(path=f"{path}.{form.ending}", encoder=form.encoder, view=view, stage=EXPORTS)
