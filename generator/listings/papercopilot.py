"""The conferences' lists of Paper Copilot (github.com/papercopilot/paperlists): an array of papers.

::

    [{"id": "038rEwbChh", "title": "Pears", "track": "main", "status": "Poster",
      "author": "Ann Other;Bob Brown", "abstract": "On pears.", "keywords": "pear;tree",
      "openreview": "https://openreview.net/forum?id=038rEwbChh", "pdf": "https://openreview.net/pdf?id=038rEwbChh",
      "github": "https://github.com/orchard/pears", "project": "", "arxiv": "2410.15393"}]

No field says of which conference and day the list is. A ``status`` that begins with ``Withdraw`` says that a
paper is withdrawn; rejected papers are papers too.
"""

from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of, unread
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.names import all_of
from generator.listings.values.texts import line, paragraphs

NAME = "papercopilot"
FIELDS = {"status", "track", "author", "author_site", "openreview", "aff", "keywords", "site"}
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
    return isinstance(value.get("author", ""), str) and len(FIELDS & value.keys()) >= 2


def _facts(paper: Any) -> Facts | Refused:
    if isinstance(paper, Refused):
        return paper
    arxiv = arxiv_id(paper.get("arxiv")) or arxiv_id(paper.get("pdf"))
    addresses = {kind: url(paper.get(field)) for kind, field in LINKS.items()}
    return {
        "flaws": () if arxiv else unread(paper.get("arxiv")),
        "title": line(paper.get("title")),
        "abstract": paragraphs(paper.get("abstract")),
        "authors": all_of(str(paper.get("author") or "").split(";")),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(paper.get("doi")),
        "withdrawn": (line(paper.get("status")) or "").lower().startswith("withdraw"),
        "links": {kind: address for kind, address in addresses.items() if address},
    }
