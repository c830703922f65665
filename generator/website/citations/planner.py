"""Citations: a file in each format for every issue and theme, and for every paper if the digest asks."""

from collections.abc import Iterable, Iterator

from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.model import Card
from generator.website.citations.citation import Citations, citation_of
from generator.website.citations.links import FORMATS
from generator.website.parts.layout import masthead
from generator.website.urls import href, issue_link


def plan(library: Library) -> Iterator[Page]:
    """Yield the citations of each issue and theme; of each paper and its former addresses only if asked."""
    head = masthead(library)
    cited = {card.slug: citation_of(library.records[card.slug], head.url) for card in library.cards}
    if library.site.outputs.paper_citations:
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
    for form in FORMATS:
        yield Page(path=f"{path}.{form.ending}", encoder=form.encoder, view=view, stage=EXPORTS)
