"""JSON-LD of a paper, in schema.org's words."""

from markupsafe import Markup

from generator.website.citations.citation import Citation
from generator.website.parts.linked_data import script


def article(citation: Citation) -> Markup:
    """Return a paper; what is unknown is left out."""
    kind = "Person" if citation.people else "Organization"
    identifiers = (("arXiv", citation.facts.arxiv), ("DOI", citation.doi))
    said = {
        "name": citation.title,
        "url": citation.page,
        "author": [{"@type": kind, "name": name.natural} for name in citation.authors],
        "datePublished": citation.date_text("-"),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in identifiers
            if value
        ],
        "sameAs": citation.url,
    }
    return script("ScholarlyArticle", said)
