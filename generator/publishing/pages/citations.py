"""Citations: a file in each format for every paper, issue and shelf."""

from collections.abc import Iterable, Iterator

from generator.content.library import Library
from generator.model import Card
from generator.publishing.citing.citation import Citations, citation_of
from generator.publishing.frame import masthead
from generator.publishing.lists import href, issue_link, shelf_link
from generator.publishing.page import EXPORTS, Page

FORMATS = {"bib": "bibtex", "ris": "ris", "json": "csl-json"}
"""Endings of the files, and the encoders in `render` that write them."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the citations of each paper, also where it once was; of each issue; of each shelf."""
    head = masthead(library)
    cited = {card.slug: citation_of(library.records[card.slug], head) for card in library.cards}
    for slug, citation in cited.items():
        yield from _files(f"{href(slug)}cite", Citations(citations=(citation,)))
    for old, slug in sorted(library.formerly.items()):
        yield from _files(f"{href(old)}cite", Citations(citations=(cited[slug],)))

    def papers(cards: Iterable[Card]) -> Citations:
        return Citations(citations=tuple(cited[card.slug] for card in cards))

    for issue in library.issues:
        yield from _files(f"{issue_link(issue.day).href}papers", papers((*issue.cards, *issue.again)))
    for shelf in library.shelves:
        yield from _files(f"{shelf_link(shelf).href}papers", papers(shelf.cards))


def _files(path: str, view: Citations) -> Iterator[Page]:
    for ending, encoder in FORMATS.items():
        yield Page(path=f"{path}.{ending}", template=encoder, view=view, stage=EXPORTS)
