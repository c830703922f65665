"""JSON-LD of a paper, in schema.org's words."""

from collections.abc import Iterable

from markupsafe import Markup

from generator.website.citations.citation import Citation
from generator.website.citations.names import Name
from generator.website.parts.linked_data import Properties, script


def article(citation: Citation) -> Markup:
    """Return a paper; what is unknown is left out."""
    kind = "Person" if citation.people else "Organization"
    said = {
        "name": citation.title,
        "url": citation.page,
        "author": [_author(kind, name) for name in citation.authors],
        "datePublished": citation.facts.published,
        "identifier": [*_identifiers(citation)],
        "sameAs": citation.url,
    }
    return script("ScholarlyArticle", said)


def _author(kind: str, name: Name) -> Properties:
    return {"@type": kind, "name": name.natural}


def _identifiers(citation: Citation) -> Iterable[Properties]:
    for scheme, value in (("arXiv", citation.facts.arxiv), ("DOI", citation.doi)):
        if value:
            yield {"@type": "PropertyValue", "propertyID": scheme, "value": value}
