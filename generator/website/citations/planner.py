"""Citations: a file in each format for every paper, issue and theme."""

from collections.abc import Iterable, Iterator

from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.model import Card
from generator.website.citations.citation import Citations, citation_of
from generator.website.parts.layout import masthead
from generator.website.urls import href, issue_link

FORMATS = {
    "bib": "website.citations.bibtex:bibtex",
    "ris": "website.citations.ris:ris",
    "json": "website.citations.csl:csl_json",
}
"""Endings of the files, and the encoders that write them."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the citations of each paper, also at its former addresses; of each issue; of each theme."""
    head = masthead(library)
    cited = {card.slug: citation_of(library.records[card.slug], head.url) for card in library.cards}
    for slug, citation in cited.items():
        yield from _files(f"{href(slug)}cite", Citations(citations=(citation,)))
    for old, slug in sorted(library.formerly.items()):
        yield from _files(f"{href(old)}cite", Citations(citations=(cited[slug],)))

    def papers(cards: Iterable[Card]) -> Citations:
        return Citations(citations=tuple(cited[card.slug] for card in cards))

    for issue in library.issues:
        yield from _files(f"{issue_link(issue.day).href}papers", papers((*issue.cards, *issue.again)))
    for themed in library.by_theme:
        for slug in (themed.theme.slug, *themed.theme.formerly):
            yield from _files(f"themes/{slug}/papers", papers(themed.cards))


def _files(path: str, view: Citations) -> Iterator[Page]:
    for ending, encoder in FORMATS.items():
        yield Page(path=f"{path}.{ending}", encoder=encoder, view=view, stage=EXPORTS)
