r"""Lines of the arXiv snapshot at Kaggle (kaggle.com/datasets/Cornell-University/arxiv): an object a line.

::

    {"id":"0704.0001","authors":"C. Bal\\'azs, E. L. Berger","title":"Calculation of\n  pears",
     "comments":"37 pages","journal-ref":null,"doi":"10.1103/x","categories":"hep-ph","license":null,
     "abstract":"  On pears.\n","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"}],
     "update_date":"2008-11-26","authors_parsed":[["Balázs","C.",""],["Berger","E. L.",""]]}

``versions`` gives the version and the days of the first and last; ``update_date`` is that of the metadata and
no day of the paper. ``authors_parsed`` has the names without TeX and affiliations: family, given, suffix.
"""

import re
from typing import Any

from generator.listings.entry import Listing, Parse
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of
from generator.listings.reading.shapes import dicts_of, list_of
from generator.listings.values.dates import day
from generator.listings.values.identifiers import arxiv_id, doi, version_number
from generator.listings.values.names import all_of, author_list, from_tex, joined
from generator.listings.values.texts import line, paragraphs, words

NAME = "arxiv-kaggle"
SPLIT_INITIALS = re.compile(r"\. -(?=\w)")
"""The snapshot writes ``C.-P. Yuan`` as ``C. -P.``"""


def matches(listing: Listing) -> bool:
    """Tell whether the text is of such lines."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the papers of such lines."""
    found = json_records.one_by_one(listing, _is_record)
    return parse_of(listing, (ListedItem(record.span, _facts(record.value)) for record in found))


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        return False
    return "title" in value and bool({"authors_parsed", "versions", "update_date"} & value.keys())


def _facts(paper: Any) -> Facts | Refused:
    if isinstance(paper, Refused):
        return paper
    name = arxiv_id(paper["id"])
    if name is None:
        return identifier_flaw(paper["id"])
    versions = dicts_of(paper.get("versions"))
    last = version_number(versions[-1].get("version")) if versions else None
    parsed = all_of(map(_name, list_of(paper.get("authors_parsed"))))
    return {
        "title": line(paper.get("title")),
        "abstract": paragraphs(paper.get("abstract")),
        "authors": parsed or author_list(paper.get("authors")),
        "arxiv": name.arxiv,
        "version": last or name.version,
        "doi": doi(paper.get("doi")),
        "venue": line(paper.get("journal-ref")),
        "comment": line(paper.get("comments")),
        "categories": words(paper.get("categories")),
        "license": line(paper.get("license")),
        "published": day(versions[0].get("created")) if versions else None,
        "updated": day(versions[-1].get("created")) if versions else None,
    }


def _name(parts: Any) -> str | None:
    if not isinstance(parts, list):
        return None
    family, given, suffix = [*parts[:3], None, None, None][:3]
    name = joined(given, family, suffix)
    return from_tex(SPLIT_INITIALS.sub(".-", name)) if name else None
