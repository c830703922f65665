"""Crossref's answers as JSON: a work or a list of works (api.crossref.org, github.com/CrossRef/rest-api-doc).

::

    {"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items-per-page": 20,
     "query": {"start-index": 0}, "items": [
       {"DOI": "10.1234/x", "title": ["Pears"], "author": [{"given": "Ann", "family": "Other"}],
        "container-title": ["Journal of Pears"], "issued": {"date-parts": [[2022, 5, 30]]},
        "abstract": "<jats:p>On pears.</jats:p>", "type": "journal-article"}]}}

``issued`` is the earlier of the days in print and online; it may be a year or a month, and then no day is
stated. Titles and abstracts hold JATS or HTML, which goes. ``updated-by`` a retraction says that a paper is
withdrawn. How many works there should be follows from ``total-results``.
"""

from typing import Any

from generator.listings.csl_json import names
from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, count, parse_of
from generator.listings.reading.shapes import dict_of, dicts_of, list_of
from generator.listings.values.dates import date_parts, year
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.texts import marked_paragraphs, without_tags

NAME = "crossref"
DAYS = ("issued", "published", "published-online", "published-print", "posted")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the works of such an answer."""
    found = json_records.read(listing, _is_record)
    records = [ListedItem(record.span, _facts(record.value)) for record in found.records]
    return parse_of(listing, records, stated=_stated(found.head))


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("DOI"), str):
        return False
    return isinstance(value.get("title", []), list) and bool({"title", "indexed", "member"} & value.keys())


def _stated(head: dict[str, Any]) -> int | None:
    total, page = count(head.get("total-results")), count(head.get("items-per-page"))
    start = count(dict_of(head.get("query")).get("start-index"))
    return None if total is None or page is None or start is None else min(page, max(0, total - start))


def _facts(work: Any) -> Facts | Refused:
    if isinstance(work, Refused):
        return work
    title, subtitle = (without_tags(_first(work.get(name))) for name in ("title", "subtitle"))
    name = doi(work.get("DOI"))
    if name is None:
        return Refused("This work has no sound DOI.")
    preprints = dicts_of(dict_of(work.get("relation")).get("has-preprint"))
    arxiv = next(filter(None, (arxiv_id(preprint.get("id")) for preprint in preprints)), None)
    updates = [str(update.get("type")) for update in dicts_of(work.get("updated-by"))]
    return {
        "title": ": ".join(filter(None, (title, subtitle))),
        "abstract": marked_paragraphs(work.get("abstract")),
        "authors": names(work.get("author")),
        "arxiv": arxiv.arxiv if arxiv else None,
        "doi": name,
        "venue": without_tags(_first(work.get("container-title"))),
        "license": _license(dicts_of(work.get("license"))),
        "published": next(filter(None, (date_parts(work.get(kind)) for kind in DAYS)), None),
        "year": next(filter(None, (year(work.get(kind)) for kind in DAYS)), None),
        "withdrawn": any(update in ("retraction", "withdrawal", "removal") for update in updates),
    }


def _first(value: Any) -> Any:
    return next(iter(list_of(value)), None)


def _license(licenses: list[dict[str, Any]]) -> str | None:
    """Return the licence of the version of record, else the first; none that is for text mining alone."""
    urls = {str(one.get("content-version")): url(one.get("URL")) for one in reversed(licenses)}
    return urls.get("vor") or next(
        (found for version, found in urls.items() if found and version != "tdm"), None
    )
