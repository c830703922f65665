"""OpenAlex's works as JSON (docs.openalex.org/api-entities/works): one, a page, or a snapshot's lines.

::

    {"meta": {"count": 1, "page": 1, "per_page": 25}, "results": [
      {"id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.7717/peerj.4375",
       "title": "Pears", "publication_date": "2018-02-13",
       "authorships": [{"author": {"display_name": "Ann Other"}}],
       "primary_location": {"source": {"display_name": "PeerJ"}, "license": "cc-by"},
       "abstract_inverted_index": {"On": [0], "pears.": [1]}, "is_retracted": false}]}

``publication_date`` is the earliest day that OpenAlex knows; of a work of which it knows the year alone it is
1 January, which is left out. An abstract is put together from its inverted index. An identifier of arXiv is
taken from the DOI or from a location at arXiv.
"""

import re
from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import LONGEST_ABSTRACT, Facts, ListedItem, Refused, count, parse_of
from generator.listings.reading.shapes import dict_of, dicts_of, list_of
from generator.listings.values.dates import day, year
from generator.listings.values.identifiers import Arxiv, arxiv_id, doi, url
from generator.listings.values.names import all_of
from generator.listings.values.texts import line, venue, without_tags

NAME = "openalex"
WORK = re.compile(r"https://(?:api\.)?openalex\.org/(?:works/)?W[0-9]+")
JANUARY_FIRST = (1, 1)


def matches(listing: Listing) -> bool:
    """Tell whether the text is of such works."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the works."""
    found = json_records.read(listing, _is_record)
    records = [ListedItem(record.span, _facts(record.value)) for record in found.records]
    return parse_of(listing, records, stated=_stated(dict_of(found.head.get("meta"))))


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str) and bool(WORK.fullmatch(value["id"]))


def _stated(meta: dict[str, Any]) -> int | None:
    total, page, size = (count(meta.get(name)) for name in ("count", "page", "per_page"))
    return None if total is None or not page or not size else min(size, max(0, total - (page - 1) * size))


def _facts(work: Any) -> Facts | Refused:
    if isinstance(work, Refused):
        return work
    primary, best = (dict_of(work.get(name)) for name in ("primary_location", "best_oa_location"))
    arxiv = _arxiv(work)
    published = day(work.get("publication_date"))
    is_guess = published is not None and (published.month, published.day) == JANUARY_FIRST
    links = {"pdf": url(best.get("pdf_url")) or url(primary.get("pdf_url")), "openalex": url(work["id"])}
    return {
        "title": without_tags(work.get("title") or work.get("display_name")),
        "abstract": _abstract(work.get("abstract_inverted_index")),
        "authors": all_of(
            dict_of(one.get("author")).get("display_name") or one.get("raw_author_name")
            for one in dicts_of(work.get("authorships"))
        ),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(work.get("doi")),
        "venue": venue(dict_of(primary.get("source")).get("display_name")),
        "license": line(primary.get("license")),
        "published": None if is_guess else published,
        "year": year(work.get("publication_year")) or year(work.get("publication_date")),
        "withdrawn": work.get("is_retracted") is True,
        "links": {kind: address for kind, address in links.items() if address},
    }


def _arxiv(work: dict[str, Any]) -> Arxiv | None:
    places = (place.get("landing_page_url") for place in dicts_of(work.get("locations")))
    primary = dict_of(work.get("primary_location")).get("landing_page_url")
    return next(filter(None, map(arxiv_id, (work.get("doi"), primary, *places))), None)


def _abstract(index: Any) -> str | None:
    """Return the text of which each word's places are given, a few of which may be missing."""
    places = [
        (place, word)
        for word, found in dict_of(index).items()
        for place in list_of(found)[:LONGEST_ABSTRACT]
        if count(place) is not None
    ]
    return line(" ".join(word for _, word in sorted(places)))
