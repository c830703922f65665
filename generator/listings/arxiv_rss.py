r"""arXiv's RSS and Atom feeds of new papers: RSS 2.0 and Atom since 2024, RDF (RSS 1.0) before.

Defined in info.arxiv.org/help/rss_specifications.html and atom_specifications.html::

    <item>
      <title>Pears</title>
      <description>arXiv:2604.21935v1 Announce Type: new
    Abstract: On pears.</description>
      <guid isPermaLink="false">oai:arXiv.org:2604.21935v1</guid>
      <pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>
      <arxiv:announce_type>new</arxiv:announce_type>
      <dc:creator>Ann Other, Bob Brown</dc:creator>
    </item>

The day is that of the announcement: of a new paper it is the day it was published, of a replacement the day
it was updated; of a cross-listing it is neither. RDF states title, identifier and class in one, as in
``Pears. (arXiv:2003.01234v2 [cs.CL] UPDATED)``, and the day for all.
"""

import re
from typing import Any

from lxml import etree

from generator.listings.arxiv_atom import ANNOUNCED, BEGINNING
from generator.listings.entry import Listing, Parse
from generator.listings.reading import xml_records
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of
from generator.listings.reading.xml_records import children, first_text, text_of, texts
from generator.listings.values.dates import day
from generator.listings.values.identifiers import Arxiv, arxiv_id, doi
from generator.listings.values.names import all_of, author_list
from generator.listings.values.texts import line, marked_paragraphs, paragraphs, without_tags

NAME = "arxiv-rss"
DESCRIPTION = re.compile(
    r"\s*arXiv:\s*(?P<name>\S+)\s+Announce Type:\s*(?P<type>[a-z-]+)\s*(?:Abstract:)?(?P<abstract>.*)",
    re.DOTALL,
)
RDF_TITLE = re.compile(
    r"(?P<title>.*?)\.?\s*\((?P<name>arXiv:\S+)\s*(?:\[(?P<category>[^\]]+)\])?\s*(?P<type>[A-Z ]*)\)\s*",
    re.DOTALL,
)
RDF_TYPES = {"": "new", "UPDATED": "replace", "CROSS LISTED": "cross"}


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a feed."""
    beginning = "\n".join(listing.lines[:BEGINNING])
    root = xml_records.root_name(listing)
    if root == "feed":
        return ANNOUNCED.search(beginning) is not None
    return root in ("rss", "RDF") and "arxiv" in beginning.lower()


def parse(listing: Listing) -> Parse:
    """Return the papers of such a feed: new ones, cross-listings and replacements."""
    text = xml_records.read(listing, ("item", "entry", "date"))
    dates = (record.element for record in text.records if record.name == "date")
    announced = next((text_of(found) for found in dates if not isinstance(found, Refused)), "")
    records = [
        ListedItem(record.span, _facts(record.element, announced))
        for record in text.records
        if record.name != "date"
    ]
    return parse_of(listing, records, text.problems, may_be_empty=True)


def _facts(item: "etree._Element | Refused", announced: str) -> Facts | Refused:
    if isinstance(item, Refused):
        return item
    description = first_text(item, "description") or first_text(item, "summary")
    rdf = RDF_TITLE.fullmatch(first_text(item, "title")[:3000])
    facts = _of_rdf(rdf, description) if rdf else _of_rss(item, description)
    name = _identifier(item, rdf, description)
    if name is None:
        return identifier_flaw(first_text(item, "guid") or first_text(item, "id") or first_text(item, "link"))
    type_ = facts.pop("type")
    day_ = day(first_text(item, "pubDate") or first_text(item, "published") or announced)
    return {
        **facts,
        "authors": author_list(without_tags(", ".join(texts(item, "creator") or _names(item)))),
        "arxiv": name.arxiv,
        "version": name.version,
        "doi": doi(first_text(item, "DOI") or first_text(item, "doi")),
        "venue": line(first_text(item, "journal_reference")),
        "license": line(first_text(item, "rights")),
        "published": day_ if type_ == "new" else None,
        "updated": day_ if type_.startswith("replace") else None,
    }


def _of_rss(item: "etree._Element", description: str) -> dict[str, Any]:
    match = DESCRIPTION.fullmatch(description)
    categories = [text_of(found) or found.get("term") for found in children(item, "category")]
    return {
        "title": line(first_text(item, "title")),
        "abstract": paragraphs(match["abstract"]) if match else marked_paragraphs(description),
        "categories": all_of(categories),
        "type": line(first_text(item, "announce_type")) or (match["type"] if match else ""),
    }


def _of_rdf(title: re.Match[str], description: str) -> dict[str, Any]:
    return {
        "title": without_tags(title["title"]),
        "abstract": marked_paragraphs(description),
        "categories": all_of((title["category"],)),
        "type": RDF_TYPES.get(title["type"].strip(), ""),
    }


def _identifier(item: "etree._Element", rdf: re.Match[str] | None, description: str) -> Arxiv | None:
    """Return the identifier, from where it has its version, else from the link."""
    described = DESCRIPTION.match(description)
    places = (
        first_text(item, "guid"),
        first_text(item, "id"),
        rdf["name"] if rdf else None,
        described["name"] if described else None,
        first_text(item, "link"),
    )
    return next(filter(None, map(arxiv_id, places)), None)


def _names(item: "etree._Element") -> list[str]:
    """Return the names of Atom's authors, or of RSS's, whose ``author`` holds a name alone."""
    return [first_text(author, "name") or text_of(author) for author in children(item, "author")]
