"""CSL-JSON, which citation processors and reference managers read (csl-data.json of CSL 1.0.2)."""

import msgspec

from generator.website.citations.citation import Citation, Citations, VenueKind
from generator.website.citations.names import Name

TYPES = {
    VenueKind.ARTICLE: "article-journal",
    VenueKind.PROCEEDINGS: "paper-conference",
    VenueKind.ALONE: "article",
}
"""`article` is what is made public and in no other publication, such as a preprint."""


class _Person(msgspec.Struct):
    family: str
    given: str


class _Body(msgspec.Struct):
    literal: str


class _Date(msgspec.Struct, rename={"date_parts": "date-parts"}):
    date_parts: tuple[tuple[int, int, int]]


class _CslItem(msgspec.Struct, omit_defaults=True, rename={"container_title": "container-title"}):
    id: str
    type: str
    title: str = ""
    author: tuple[_Person | _Body, ...] = ()
    issued: _Date | None = None
    container_title: str = ""
    publisher: str = ""
    number: str = ""
    DOI: str = ""
    URL: str = ""
    note: str = ""


def csl_json(found: Citations) -> bytes:
    """Return citations as CSL-JSON."""
    return msgspec.json.format(msgspec.json.encode([*map(_item, found.citations)]), indent=1) + b"\n"


def _item(citation: Citation) -> _CslItem:
    date = citation.facts.published
    # what a journal or a meeting published, arXiv did not
    arxiv = citation.facts.arxiv if citation.kind is VenueKind.ALONE else ""
    return _CslItem(
        id=citation.key,
        type=TYPES[citation.kind],
        title=citation.title,
        author=tuple(map(_author, citation.authors)),
        issued=_Date(((date.year, date.month, date.day),)) if date else None,
        container_title=citation.venue,
        publisher="arXiv" if arxiv else "",
        number=f"arXiv:{arxiv}" if arxiv else "",
        DOI=citation.doi,
        URL=citation.url,
        note=citation.note,
    )


def _author(name: Name) -> _Person | _Body:
    return _Person(name.family, name.given) if name.given else _Body(name.family)
