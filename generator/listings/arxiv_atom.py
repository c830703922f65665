"""Answers of arXiv's API: an Atom feed (info.arxiv.org/help/api/user-manual.html, 3.3).

Both of its serialisers are read: that of before 2026, which wraps titles and abstracts, and the one since.
``published`` is the day of version 1, ``updated`` that of the version which the ``id`` names::

    <entry>
      <id>http://arxiv.org/abs/2104.12255v1</id>
      <title>Pears</title>
      <published>2021-04-25T20:56:43Z</published>
      <author><name>Ann Other</name></author>
      <arxiv:comment>9 pages</arxiv:comment>
      <category term="cs.LG"/>
    </entry>

An error comes as an entry of its own, whose ``id`` is below ``/api/errors``: it is no paper. How many entries
there should be follows from ``opensearch:totalResults``, ``startIndex`` and ``itemsPerPage``.
"""

import re

from lxml import etree

from generator.listings.entry import Listing, Parse, quote
from generator.listings.reading import xml_records
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of
from generator.listings.reading.xml_records import children, first_text, text_of
from generator.listings.values.dates import day
from generator.listings.values.identifiers import arxiv_id, doi
from generator.listings.values.names import all_of, from_tex
from generator.listings.values.texts import line, paragraphs

NAME = "arxiv-atom"
COUNTS = ("totalResults", "startIndex", "itemsPerPage")
ERROR = "arxiv.org/api/errors"
CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z-]+)?")
ANNOUNCED = re.compile(r"rss\.arxiv\.org|announce_type")
"""What tells the feeds of announcements from the answers of the API."""
BEGINNING = 300


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer."""
    beginning = "\n".join(listing.lines[:BEGINNING])
    is_feed = xml_records.root_name(listing) == "feed"
    return is_feed and "arxiv" in beginning.lower() and not ANNOUNCED.search(beginning)


def parse(listing: Listing) -> Parse:
    """Return the papers of such an answer."""
    text = xml_records.read(listing, ("entry", *COUNTS))
    entries = [record for record in text.records if record.name == "entry"]
    counts = {
        record.name: int(found)
        for record in text.records
        if record.name in COUNTS and (found := _digits(record.element))
    }
    stated = None
    if len(counts) == len(COUNTS):
        stated = min(counts["itemsPerPage"], max(0, counts["totalResults"] - counts["startIndex"]))
    records = [ListedItem(record.span, _facts(record.element)) for record in entries]
    return parse_of(listing, records, text.problems, stated, may_be_empty=True)


def _digits(element: "etree._Element | Refused") -> str:
    text = "" if isinstance(element, Refused) else text_of(element).strip()
    return text if re.fullmatch("[0-9]{1,9}", text) else ""


def _facts(entry: "etree._Element | Refused") -> Facts | Refused:
    if isinstance(entry, Refused):
        return entry
    address = first_text(entry, "id")
    if ERROR in address:
        return Refused(
            f"arXiv answered with an error: {quote(line(first_text(entry, 'summary')) or 'none said')}."
        )
    name = arxiv_id(address)
    if name is None:
        return identifier_flaw(address)
    return {
        "title": line(first_text(entry, "title")),
        "abstract": paragraphs(first_text(entry, "summary")),
        "authors": all_of(from_tex(first_text(author, "name")) for author in children(entry, "author")),
        "arxiv": name.arxiv,
        "version": name.version,
        "doi": doi(first_text(entry, "doi")),
        "venue": line(first_text(entry, "journal_ref")),
        "comment": line(first_text(entry, "comment")),
        "categories": _categories(entry),
        "license": line(first_text(entry, "license")),
        "published": day(first_text(entry, "published")),
        "updated": day(first_text(entry, "updated")),
    }


def _categories(entry: "etree._Element") -> tuple[str, ...]:
    """Return the categories of an Atom entry, the primary one first, each once.

    The authors' MSC and ACM classes ("14J60, 14F05", "I.2.7") are among them, and left out.
    """
    terms = (
        found.get("term") for kind in ("primary_category", "category") for found in children(entry, kind)
    )
    return tuple(dict.fromkeys(term for term in all_of(terms) if CATEGORY.fullmatch(term)))
