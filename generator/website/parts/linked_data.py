"""JSON-LD in schema.org's words, for a page's head."""

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from generator.website.parts.layout import Frame
from generator.website.parts.paper_lists import PaperLine
from generator.website.urls import absolute

Properties = dict[str, Any]
ESCAPES = {"<": r"\u003c", "\u2028": r"\u2028", "\u2029": r"\u2029"}
"""What would end the element, or a line in old scripts, as JSON also writes it."""


def website(frame: Frame) -> Markup:
    """Return the digest itself, for its front page."""
    said = {"name": frame.masthead.title, "url": frame.url, "description": frame.description}
    return script("WebSite", said)


def collection(frame: Frame, lines: Iterable[PaperLine]) -> Markup:
    """Return a page that lists papers, in its order."""
    items = [
        {"@type": "ListItem", "position": position, "url": absolute(frame.masthead.url, line.href)}
        for position, line in enumerate(lines, 1)
    ]
    listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return script("CollectionPage", {"name": frame.title, "url": frame.url, "mainEntity": listed})


def script(kind: str, said: Properties) -> Markup:
    """Return what is known of a thing of schema.org as the content of a script element, escaped."""
    known = {name: value for name, value in said.items() if value}
    text = msgspec.json.encode({"@context": "https://schema.org", "@type": kind} | known).decode()
    for character, written in ESCAPES.items():
        text = text.replace(character, written)
    return Markup(text)
