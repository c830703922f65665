"""CSL-JSON, as Zotero and other reference managers export it (github.com/citation-style-language/schema).

An array of items, or one item::

    [{"id": "other2024", "type": "article-journal", "title": "Pears", "DOI": "10.1234/x",
      "author": [{"family": "Other", "given": "Ann"}, {"literal": "The Pear Team"}],
      "issued": {"date-parts": [[2024, 5, 3]]}, "container-title": "Journal of Pears"}]

A day is stated only where year, month and day are. An identifier of arXiv is taken from ``number``, ``note``,
``archive_location`` or ``URL``. Titles may hold HTML's ``<i>`` and ``<sub>``, which go.
"""

import re
from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.listings.reading.shapes import dict_of, dicts_of
from generator.listings.values.dates import date_parts, day, year
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.names import all_of, joined
from generator.listings.values.texts import marked_paragraphs, venue, without_tags

NAME = "csl-json"
IDENTIFIER = re.compile(r"arXiv:\s*(?:[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?")
DATES = ("issued", "accessed")
TYPES = re.compile(
    r"article(?:-journal|-magazine|-newspaper)?|bill|book|broadcast|chapter|dataset"
    r"|entry-(?:dictionary|encyclopedia)|graphic|hearing|interview|legal_case|legislation|manuscript|map"
    r"|motion_picture|musical_score|pamphlet|paper-conference|patent|periodical|personal_communication"
    r"|post-weblog|regulation|report|review(?:-book)?|software|song|speech|standard|thesis|treaty|webpage"
)
"""Of CSL 1.0.2, appendix III, those that hardly anything else is called by."""


def matches(listing: Listing) -> bool:
    """Tell whether the text is of such items."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the papers of such items."""
    found = json_records.read(listing, _is_record).records
    return parse_of(listing, [ListedItem(record.span, _facts(record.value)) for record in found])


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    if not isinstance(value.get("title", ""), str | int | None) or "authorships" in value:
        return False
    if isinstance(value.get("author"), list) or any(isinstance(value.get(name), dict) for name in DATES):
        return True
    return "container-title" in value or ("id" in value and TYPES.fullmatch(value["type"]) is not None)


def _facts(item: Any) -> Facts | Refused:
    if isinstance(item, Refused):
        return item
    address, issued = url(item.get("URL")), item.get("issued")
    note = IDENTIFIER.search(str(item.get("note"))[:2000])
    places = (item.get("number"), item.get("archive_location"), note and note[0], item.get("DOI"), address)
    arxiv = next(filter(None, map(arxiv_id, places)), None)
    return {
        "title": without_tags(item.get("title")),
        "abstract": marked_paragraphs(item.get("abstract")),
        "authors": names(item.get("author")),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(item.get("DOI")) or doi(address),
        "venue": venue(item.get("container-title")),
        "published": date_parts(issued) or day(dict_of(issued).get("raw")) or day(issued),
        "year": year(issued),
        "links": {"page": address} if address and not arxiv and not doi(address) else {},
    }


def names(authors: Any) -> tuple[str, ...]:
    """Return the names of CSL's and Crossref's authors: given before family, with their particles."""
    return all_of(map(_name, dicts_of(authors)))


def _name(author: dict[str, Any]) -> str | None:
    particles = (author.get("dropping-particle"), author.get("non-dropping-particle"))
    parts = (author.get("given"), *particles, author.get("family"), author.get("suffix"))
    return without_tags(joined(*parts) or joined(author.get("literal")) or joined(author.get("name")))
