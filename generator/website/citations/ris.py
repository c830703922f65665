"""RIS, as reference managers exchange it: a tag and a value a line, CR LF behind it.

The tags and types are those of the "RIS Format Specifications" (Research Information Systems); `ID` is the
key, `DB` and `AN` are the archive and the number of a paper there.
"""

from collections.abc import Iterable, Iterator

from generator.engine.list_files import ListEncoder
from generator.website.citations.citation import Citation, VenueKind

TYPES = {VenueKind.ARTICLE: "JOUR", VenueKind.PROCEEDINGS: "CPAPER", VenueKind.ALONE: "GEN"}


def ris(citations: Iterable[Citation]) -> bytes:
    """Return citations as RIS."""
    references = (
        "".join([f"{tag}  - {value}\r\n" for tag, value in _lines(citation)]) for citation in citations
    )
    return "\r\n".join(references).encode()


ris_file = ListEncoder(lambda view: ris(view.citations), between=b"\r\n")


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    facts = citation.facts
    yield "TY", TYPES[citation.kind]
    yield "ID", citation.key
    if citation.title:
        yield "TI", citation.title
    for name in citation.authors:
        yield "AU", name.inverted
    if date := citation.date:
        yield "PY", f"{date[0]:04}"
    if date[1:]:
        yield "DA", citation.date_text("/")
    if citation.venue:
        yield "T2", citation.venue
    if facts.arxiv:
        yield "DB", "arXiv"
        yield "AN", facts.arxiv
    if citation.doi:
        yield "DO", citation.doi
    if citation.url:
        yield "UR", citation.url
    if citation.note:
        yield "N1", citation.note
    yield "ER", ""
