"""Answers of Semantic Scholar's Graph API (api.semanticscholar.org/api-docs/graph): papers, references.

Also lines of `papers`, its bulk dataset (api.semanticscholar.org/api-docs/datasets), in lower case.

::

    {"total": 70499, "offset": 0, "next": 1, "data": [
      {"paperId": "7cbc2a7843411a1768ab762930707af0a3c33a19", "title": "Pears", "abstract": "On pears.",
       "authors": [{"authorId": "1", "name": "Ann Other"}], "publicationDate": "2022-01-28",
       "externalIds": {"ArXiv": "2201.11990", "DOI": "10.1234/x"}, "venue": "ACL",
       "openAccessPdf": {"url": "https://example.org/pears.pdf"}}]}

Only the fields that were asked for are there, and any may be null. References and citations have their papers
in ``citedPaper`` and ``citingPaper``. A paper of which there is only an id has its page there as a link. How
many papers there should be follows from ``offset``, ``next`` and ``total``.
"""

import re
from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, count, parse_of, unread
from generator.listings.reading.shapes import dict_of, list_of
from generator.listings.values.dates import day, year
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.names import all_of
from generator.listings.values.texts import line, paragraphs, venue

NAME = "semantic-scholar"
WITHIN = ("citedPaper", "citingPaper")
BULK = {"externalids": "externalIds", "publicationdate": "publicationDate"}
"""The names of the bulk dataset's fields that the API writes otherwise."""
PAPER_ID = re.compile(r"(?:https://www\.semanticscholar\.org/paper/)?([0-9a-f]{40})")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the papers of such an answer."""
    found = json_records.read(listing, _is_record)
    records = [ListedItem(record.span, _facts(record.value)) for record in found.records]
    return parse_of(listing, records, stated=_stated(found.head))


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and (
        "paperId" in value
        or value.keys() >= {"corpusid", "title", "externalids"}
        or any(isinstance(value.get(name), dict) for name in WITHIN)
    )


def _stated(head: dict[str, Any]) -> int | None:
    offset, after, total = (count(head.get(name)) for name in ("offset", "next", "total"))
    end = total if after is None else after
    return None if offset is None or end is None else max(0, end - offset)


def _facts(item: Any) -> Facts | Refused:
    if isinstance(item, Refused):
        return item
    paper = next((item[name] for name in WITHIN if isinstance(item.get(name), dict)), item)
    paper = {BULK.get(name, name): value for name, value in paper.items()}
    ids, pdf = dict_of(paper.get("externalIds")), dict_of(paper.get("openAccessPdf"))
    arxiv = arxiv_id(ids.get("ArXiv")) or arxiv_id(ids.get("DOI"))
    named = (dict_of(paper.get(name)).get("name") for name in ("publicationVenue", "journal"))
    links = {"pdf": url(pdf.get("url")), "semantic-scholar": _page(paper.get("paperId") or paper.get("url"))}
    return {
        "flaws": () if arxiv else unread(ids.get("ArXiv")),
        "title": line(paper.get("title")),
        "abstract": paragraphs(paper.get("abstract")),
        "authors": all_of(dict_of(author).get("name") for author in list_of(paper.get("authors"))),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(ids.get("DOI")),
        "venue": venue(next(filter(None, map(line, (paper.get("venue"), *named))), None)),
        "license": line(pdf.get("license")),
        "published": day(paper.get("publicationDate")),
        "year": year(paper.get("year")),
        "links": {kind: address for kind, address in links.items() if address},
    }


def _page(paper_id: Any) -> str | None:
    found = PAPER_ID.fullmatch(paper_id) if isinstance(paper_id, str) else None
    return f"https://www.semanticscholar.org/paper/{found[1]}" if found else None
