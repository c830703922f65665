"""Start the record of a paper that no listing names, from its title, arXiv identifier or DOI."""

import datetime as dt
import re
from pathlib import Path

from generator.files import write_file
from generator.ingest.catalog import read_catalog
from generator.ingest.identity import identity_of
from generator.ingest.inputs import read_inputs
from generator.ingest.known_papers import known_papers
from generator.ingest.matching import Outcome, match
from generator.ingest.parsing import ParsedEntry, ParsedListing
from generator.ingest.plan import Plan, new_record
from generator.ingest.report import IngestReport
from generator.library.paths import PAPERS, RECORD_SCHEMA
from generator.listings import Entry, Span
from generator.model import Paper, Stated
from generator.problem import Location, error

_ARXIV = re.compile(
    r"(?:(?:https?://)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v([0-9]+))?(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_LIKE_AN_IDENTIFIER = re.compile(
    r"(?:https?://|arxiv:|doi:|(?:www\.)?arxiv\.org/|(?:dx\.)?doi\.org/)\S*"
    r"|(?:arxiv|doi):\s+[0-9]\S*|[0-9]{4}\.[0-9]+(?:v[0-9]*)?|10\.[0-9]*/\S*",
    re.IGNORECASE,
)
"""Texts that are meant as an identifier, not as a title."""


def new(
    root: Path,
    what: str,
    issue: dt.date,
    *,
    note: str | None = None,
    by: str | None = None,
    draft: bool = False,
    dry_run: bool = False,
) -> IngestReport:
    """Write the record of a paper, and return what was done; an error if the paper has a record already.

    `what` is a title, an arXiv identifier or a DOI, or a URL of either; `flaw_of` says if it is none.
    `note`, `by` and `draft` are fields of the record. With `dry_run`, nothing is written.
    """
    stated = stated_by(what)
    inputs = read_inputs(root, read_catalog(root))
    known = known_papers(inputs.records.values(), inputs.receipts)
    entry = ParsedEntry(Entry(position=1, span=Span(1, 1), stated=stated), stated, identity_of(stated))
    (matched,) = match([ParsedListing(name="new", issue=issue, digest=b"", entries=(entry,))], known)
    if matched.outcome is not Outcome.NEW:
        there = known.records.get(matched.id)
        message, hint = f"The record of this paper, {matched.id!r}, was deleted.", "Restore its file."
        if there:
            message = f"There is a record of this paper: {matched.id!r}."
            hint = "Edit that one. If this is another paper, give a title that tells it apart."
        place = Location(path=there.path if there else PAPERS)
        return IngestReport(problems=(error(place, message, hint),))
    fields = {name: getattr(stated, name) for name in Stated.__struct_fields__}
    paper = Paper(id=matched.id, issue=issue, note=note, by=by, draft=draft, **fields)
    write = new_record(paper, issue, has_schema=(root / RECORD_SCHEMA).is_file())
    if not dry_run:
        write_file(root / write.path, write.data or b"")
    return IngestReport(plan=Plan(made=(write,)))


def flaw_of(what: str) -> str | None:
    """Say why a text is no title, arXiv identifier or DOI; return None if it is one."""
    stated = stated_by(what)
    if stated.title == "":
        return "It is empty."
    if stated.title and _LIKE_AN_IDENTIFIER.fullmatch(_identifier(stated.title)):
        return f"{stated.title!r} is neither an arXiv identifier (2410.12265) nor a DOI (10.1145/3292500)."
    return None


def stated_by(what: str) -> Stated:
    """Return what a title, an arXiv identifier or a DOI states of a paper."""
    text = " ".join(what.split())
    if arxiv := _ARXIV.fullmatch(_identifier(text)):
        return Stated(arxiv=arxiv[1], version=int(arxiv[2]) if arxiv[2] else None)
    doi = _DOI.fullmatch(_identifier(text))
    return Stated(doi=doi[1]) if doi else Stated(title=text)


def _identifier(text: str) -> str:
    """Return a text without the punctuation that follows an identifier at the end of a sentence."""
    return text.rstrip(".,;")
