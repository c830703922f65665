"""Volumes of the ACL Anthology as XML (github.com/acl-org/acl-anthology, its ``data/xml``).

::

    <collection id="2022.naloma"><volume id="1">
      <meta><booktitle>The Workshop on Pears</booktitle><month>July</month><year>2022</year></meta>
      <paper id="1">
        <title>Strings of <fixed-case>DNA</fixed-case></title>
        <author><first>Ann</first><last>Other</last></author>
        <abstract>On pears.</abstract>
        <url hash="61daae5b">2022.naloma-1.1</url>
        <doi>10.18653/v1/2022.naloma-1.1</doi>
        <pwccode url="https://github.com/orchard/pears" additional="false">orchard/pears</pwccode>
      </paper>
    </volume></collection>

The venue is the volume's ``booktitle``. Years and months are no days, and none is stated. ``frontmatter`` is
no paper. A ``retracted`` or ``removed`` paper is withdrawn. Formulas are TeX, and keep their dollars.
"""

import re

from lxml import etree

from generator.listings.entry import Listing, Parse
from generator.listings.reading import xml_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.listings.reading.xml_records import child, children, first_text, text_of
from generator.listings.values.dates import year
from generator.listings.values.identifiers import doi, url
from generator.listings.values.names import all_of, joined
from generator.listings.values.texts import line

NAME = "acl-anthology"
ANTHOLOGY_ID = re.compile(r"[A-Za-z0-9.-]{3,60}")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a volume, or several."""
    return xml_records.root_name(listing) in ("collection", "volume") and any(
        "<paper" in text or "<frontmatter" in text or "<booktitle" in text for text in listing.lines
    )


def parse(listing: Listing) -> Parse:
    """Return the papers of such volumes."""
    text = xml_records.read(listing, ("meta", "paper"))
    venue, of_year = None, None
    records = []
    for record in text.records:
        if record.name == "paper":
            records.append(ListedItem(record.span, _facts(record.element, venue, of_year)))
        elif isinstance(record.element, Refused):
            venue, of_year = None, None
            records.append(ListedItem(record.span, record.element))
        else:
            venue = line(first_text(record.element, "booktitle"))
            of_year = year(first_text(record.element, "year"))
    return parse_of(listing, records, text.problems)


def _facts(paper: "etree._Element | Refused", venue: str | None, of_year: int | None) -> Facts | Refused:
    if isinstance(paper, Refused):
        return paper
    stated = first_text(paper, "url").strip()
    pdf = f"https://aclanthology.org/{stated}.pdf" if ANTHOLOGY_ID.fullmatch(stated) else url(stated)
    code = next(filter(None, (url(found.get("url")) for found in children(paper, "pwccode"))), None)
    return {
        "title": _text(child(paper, "title")),
        "abstract": _text(child(paper, "abstract")),
        "authors": all_of(map(_name, children(paper, "author"))),
        "doi": doi(first_text(paper, "doi")),
        "venue": venue,
        "year": of_year,
        "withdrawn": bool(children(paper, "retracted") or children(paper, "removed")),
        "links": {kind: address for kind, address in (("pdf", pdf), ("code", code)) if address},
    }


def _name(author: "etree._Element") -> str | None:
    """Return a name, without the variant in another script that may be within."""
    return joined(first_text(author, "first"), first_text(author, "last"))


def _text(element: "etree._Element | None") -> str | None:
    if element is None:
        return None
    for formula in element.iter("{*}tex-math"):
        formula.text = f"${text_of(formula).strip()}$"
    return line(text_of(element))
