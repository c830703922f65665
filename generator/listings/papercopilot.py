"""Paper Copilot's lists of conference papers (github.com/papercopilot/paperlists): an array of papers.

::

    [{"id": "038rEwbChh", "title": "Pears", "track": "main", "status": "Poster",
      "author": "Ann Other;Bob Brown", "abstract": "On pears.", "keywords": "pear;tree",
      "openreview": "https://openreview.net/forum?id=038rEwbChh", "pdf": "https://openreview.net/pdf?id=038rEwbChh",
      "github": "https://github.com/orchard/pears", "project": "", "arxiv": "2410.15393"}]

Some lists have commas between authors. Conference and year are stated in ``bibtex`` alone, which only lists
from OpenReview have; no field states a day. A ``status`` that begins with ``Withdraw`` says that a paper is
withdrawn; rejected papers are papers too.
"""

import re
from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of, unread
from generator.listings.values.dates import year
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.names import all_of, author_list
from generator.listings.values.texts import line, paragraphs

NAME = "papercopilot"
FIELDS = {"status", "track", "author", "author_site", "openreview", "aff", "keywords", "site"}
CITED = re.compile(r"\b(booktitle|year)\s*=\s*\{([^{}]*)\}")
LONGEST_CITATION = 20_000
NOT_ACCEPTED = "Submitted to"
"""How OpenReview's ``booktitle`` of a paper begins that is not accepted."""
LINKS = {"code": "github", "project": "project", "pdf": "pdf", "openreview": "openreview", "page": "site"}


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a list."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the papers of such a list."""
    found = json_records.read(listing, _is_record).records
    return parse_of(listing, [ListedItem(record.span, _facts(record.value)) for record in found])


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("title"), str) or "type" in value:
        return False
    return isinstance(value.get("author"), str | None) and len(FIELDS & value.keys()) >= 2


def _facts(paper: Any) -> Facts | Refused:
    if isinstance(paper, Refused):
        return paper
    arxiv = arxiv_id(paper.get("arxiv")) or arxiv_id(paper.get("pdf"))
    addresses = {kind: url(paper.get(field)) for kind, field in LINKS.items()}
    cited = dict(CITED.findall(str(paper.get("bibtex"))[:LONGEST_CITATION]))
    booktitle = line(cited.get("booktitle"))
    return {
        "flaws": () if arxiv else unread(paper.get("arxiv")),
        "title": line(paper.get("title")),
        "abstract": paragraphs(paper.get("abstract")),
        "authors": _authors(paper.get("author") or ""),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(paper.get("doi")),
        "venue": None if booktitle and booktitle.startswith(NOT_ACCEPTED) else booktitle,
        "year": year(cited.get("year")),
        "withdrawn": (line(paper.get("status")) or "").lower().startswith("withdraw"),
        "links": {kind: address for kind, address in addresses.items() if address},
    }


def _authors(names: str) -> tuple[str, ...]:
    return all_of(names.split(";")) if ";" in names else author_list(names)
