"""BibTeX, as BibTeX itself, biblatex and reference managers read it ("BibTeXing", Patashnik 1988).

Text is LaTeX in UTF-8; its braces balance. A title is in two pairs, so that styles keep its capitals.
`eprint`, `archiveprefix` and `primaryclass` are arXiv's (info.arxiv.org/help/hypertex/bibstyles).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

from generator.engine.list_files import ListEncoder
from generator.text import escape_latex, latex
from generator.website.citations.citation import Citation, VenueKind
from generator.website.citations.names import Name

ENTRIES = {
    VenueKind.ARTICLE: ("article", "journal"),
    VenueKind.PROCEEDINGS: ("inproceedings", "booktitle"),
    VenueKind.ALONE: ("misc", "howpublished"),
}
"""The type of entry of each kind, and its field for the venue."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style defines, in its own language."""
BRACES = "{}\\"


def bibtex(citations: Iterable[Citation]) -> bytes:
    """Return citations as BibTeX."""
    return "\n".join(map(entry, citations)).encode()


bibtex_file = ListEncoder(lambda view: bibtex(view.citations), between=b"\n")


@lru_cache(maxsize=1)  # a paper's page shows it and links to it
def entry(citation: Citation) -> str:
    """Return the entry of one paper."""
    fields = "".join([f"  {name} = {value},\n" for name, value in _fields(citation)])
    return f"@{ENTRIES[citation.kind][0]}{{{citation.key},\n{fields}}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    facts = citation.facts
    if citation.title and (title := latex(facts.title)):
        yield "title", f"{{{{{title}}}}}"
    if authors := citation.authors:
        yield "author", f"{{{' and '.join(map(_name, authors))}}}"
    for name, part in zip(("year", "month", "day"), citation.date, strict=False):
        yield name, MONTHS[part - 1] if name == "month" else f"{{{part}}}"
    if facts.arxiv:
        yield "eprint", f"{{{facts.arxiv}}}"
        yield "archiveprefix", "{arXiv}"
    if citation.subject:
        yield "primaryclass", f"{{{escape_latex(citation.subject)}}}"
    if citation.venue and (venue := latex(facts.venue)):
        yield ENTRIES[citation.kind][1], f"{{{venue}}}"
    if citation.doi:
        # as it is printed and linked, without what would end its field
        yield "doi", f"{{{''.join(quote(char) if char in BRACES else char for char in citation.doi)}}}"
    if citation.url:
        yield "url", f"{{{citation.url}}}"
    if citation.note:
        yield "note", f"{{{citation.note}}}"


def _name(name: Name) -> str:
    return escape_latex(name.inverted) if name.given else f"{{{escape_latex(name.family)}}}"
