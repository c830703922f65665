"""CSL-JSON, which citation processors and reference managers read (csl-data.json of CSL 1.0.2)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.engine.list_files import ListEncoder
from generator.website.citations.citation import Citation, VenueKind
from generator.website.citations.names import Name

TYPES = {
    VenueKind.ARTICLE: "article-journal",
    VenueKind.PROCEEDINGS: "paper-conference",
    VenueKind.ALONE: "article",
}
"""`article` is what is made public and in no other publication, such as a preprint."""


def csl_json(citations: Iterable[Citation]) -> bytes:
    """Return citations as CSL-JSON."""
    return msgspec.json.format(msgspec.json.encode([*map(_item, citations)]), indent=1) + b"\n"


csl_json_file = ListEncoder(
    lambda view: csl_json(view.citations), between=b",\n", before=b"[\n", after=b"\n]\n"
)


def _item(citation: Citation) -> dict[str, Any]:
    """Return an item: its fields in this order, without the empty ones."""
    # what a journal or a meeting published, arXiv did not
    arxiv = citation.facts.arxiv if citation.kind is VenueKind.ALONE else ""
    fields = {
        "id": citation.key,
        "type": TYPES[citation.kind],
        "title": citation.title,
        "author": [*map(_author, citation.authors)],
        "issued": {"date-parts": [citation.date]} if citation.date else None,
        "container-title": citation.venue,
        "publisher": "arXiv" if arxiv else "",
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "DOI": citation.doi,
        "URL": citation.url,
        "note": citation.note,
    }
    return {name: value for name, value in fields.items() if value}


def _author(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
