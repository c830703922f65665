"""`citation_*` in a page's head, which Google Scholar and reference managers read.

The names are those of Google Scholar's "Inclusion Guidelines for Webmasters".
"""

from collections.abc import Iterator

from generator.website.citations.citation import Citation, VenueKind

VENUES = {VenueKind.ARTICLE: "citation_journal_title", VenueKind.PROCEEDINGS: "citation_conference_title"}


def highwire(citation: Citation, pdf: str) -> Iterator[tuple[str, str]]:
    """Yield names and contents for the page of a paper; `pdf` is its URL, empty if unknown."""
    facts = citation.facts
    if citation.title:
        yield "citation_title", citation.title
    for name in citation.people:
        yield "citation_author", name.inverted
    if citation.date:
        yield "citation_publication_date", citation.date_text("/")
    if citation.kind in VENUES:
        yield VENUES[citation.kind], citation.venue
    if facts.arxiv:
        yield "citation_arxiv_id", facts.arxiv
    if citation.doi:
        yield "citation_doi", citation.doi
    yield "citation_abstract_html_url", citation.page
    if pdf:
        yield "citation_pdf_url", pdf
