"""Links to a paper's citation in each format: to its file, or holding the citation itself (RFC 2397)."""

from binascii import b2a_base64
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.website.citations.bibtex import bibtex
from generator.website.citations.citation import Citation
from generator.website.citations.csl import csl_json
from generator.website.citations.ris import ris


class CitationFormat(NamedTuple):
    """A language that citations are written in."""

    name: str
    ending: str
    type: str
    """Media type."""
    encode: Callable[[Iterable[Citation]], bytes]

    @property
    def encoder(self) -> str:
        """What makes the bytes of a file, as `Page.encoder` names it."""
        module = self.encode.__module__.removeprefix("generator.")
        return f"{module}:{self.encode.__name__}_file"


FORMATS = (
    CitationFormat("BibTeX", "bib", "application/x-bibtex", bibtex),
    CitationFormat("RIS", "ris", "application/x-research-info-systems", ris),
    CitationFormat("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)


class CitationLink(NamedTuple):
    """A citation that a reader can save."""

    name: str
    """Its format's."""
    href: str
    """Relative to the paper's page, or the citation itself as a data URL."""
    file: str
    """What the file is to be called."""


def links(citation: Citation, slug: str, *, has_files: bool) -> Iterator[CitationLink]:
    """Yield a link for each format. Without files, each holds the bytes that its file would have."""
    for name, ending, media_type, encode in FORMATS:
        if has_files:
            target = f"./cite.{ending}"
        else:
            data = b2a_base64(encode((citation,)), newline=False).decode()
            target = f"data:{media_type};charset=utf-8;base64,{data}"
        yield CitationLink(name, target, f"{slug}.{ending}")
