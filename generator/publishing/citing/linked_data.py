"""JSON-LD in schema.org's words, for a page's head."""

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from generator.publishing.citing.citation import Citation
from generator.publishing.citing.names import Name
from generator.publishing.frame import Frame, absolute
from generator.publishing.lists import Line

Properties = dict[str, Any]
ESCAPES = {"<": r"\u003c", "\u2028": r"\u2028", "\u2029": r"\u2029"}
"""What would end the element, or a line in old scripts, as JSON also writes it."""


def website(frame: Frame) -> Markup:
    """Return the digest itself, for its front page."""
    said = {"name": frame.masthead.title, "url": frame.url, "description": frame.description}
    return _script("WebSite", said)


def collection(frame: Frame, lines: Iterable[Line]) -> Markup:
    """Return a page that lists papers, in its order."""
    items = [
        {"@type": "ListItem", "position": position, "url": absolute(frame.masthead, line.href)}
        for position, line in enumerate(lines, 1)
    ]
    listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return _script("CollectionPage", {"name": frame.title, "url": frame.url, "mainEntity": listed})


def article(citation: Citation) -> Markup:
    """Return a paper. Of what nobody states nothing is said."""
    kind = "Person" if citation.people else "Organization"
    said = {
        "name": citation.title,
        "url": citation.page,
        "author": [_author(kind, name) for name in citation.authors],
        "datePublished": citation.facts.published,
        "identifier": [*_identifiers(citation)],
        "sameAs": citation.url if citation.url != citation.page else "",
    }
    return _script("ScholarlyArticle", said)


def _author(kind: str, name: Name) -> Properties:
    return {"@type": kind, "name": name.natural}


def _identifiers(citation: Citation) -> Iterable[Properties]:
    for scheme, value in (("arXiv", citation.facts.arxiv), ("DOI", citation.doi)):
        if value:
            yield {"@type": "PropertyValue", "propertyID": scheme, "value": value}


def _script(kind: str, said: Properties) -> Markup:
    known = {name: value for name, value in said.items() if value}
    text = msgspec.json.encode({"@context": "https://schema.org", "@type": kind} | known).decode()
    for character, written in ESCAPES.items():
        text = text.replace(character, written)
    return Markup(text)
