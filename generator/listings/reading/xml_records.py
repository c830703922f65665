"""Records of XML (XML 1.0), each parsed for itself, so that a broken one costs no other.

No entity is resolved but the five of XML itself, no network is asked, and nothing is nested or large beyond
libxml2's limits. A document type declaration with declarations of its own is refused as a whole: they are
what attacks are made of, and no service sends any.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from generator.listings.entry import Listing, Span
from generator.listings.reading.places import Places
from generator.listings.reading.records import Refused
from generator.problem import Location, Problem, error

BEGINS = re.compile(r"[\s\ufeff]*<")
ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
ASIDE = re.compile(r"[\s\ufeff]*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)", re.DOTALL)
DECLARATIONS = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY")
PREFIX = re.compile(r"""\sxmlns:([A-Za-z_][\w.-]*)\s*=\s*("[^"<>]*"|'[^'<>]*')""")
REST_OF_TAG = re.compile(r"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>""")
CLOSING = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
HEAD = 100_000
"""Characters before the first record in which prefixes may be declared."""


class XmlRecord(NamedTuple):
    """An element of interest, its place, and its name without prefix; or why it is left out."""

    span: Span
    name: str
    element: "etree._Element | Refused"


class XmlText(NamedTuple):
    """The records of an XML text, and what is wrong with the text between them."""

    records: list[XmlRecord]
    problems: list[Problem]


def root_name(listing: Listing) -> str | None:
    """Return the name of an XML text's root element, without prefix; None where it is no XML."""
    text = "\n".join(listing.lines[:200])[:HEAD]
    if not BEGINS.match(text):
        return None
    offset = 0
    while match := ASIDE.match(text, offset):
        offset = match.end()
    found = ROOT.search(text, offset)
    return found[1] if found else None


def read(listing: Listing, names: tuple[str, ...]) -> XmlText:
    """Return the elements of the given names, none of which is within another, in the text's order."""
    text, places = listing.text, Places(listing.lines)
    if declared := DECLARATIONS.search(text):
        place = _place(listing, places, declared.start())
        message = "This XML declares entities or a document type of its own; it is not read."
        return XmlText([], [error(place, message, "Take the declarations away, if you trust the file.")])
    chunks = list(_chunks(text, names))
    prefixes = dict(PREFIX.findall(text[: min(chunks[0][0], HEAD)])) if chunks else {}
    wrapper = "<records" + "".join(f" xmlns:{name}={uri}" for name, uri in prefixes.items()) + ">"
    records = [
        XmlRecord(places.span(begin, end), name, _element(text[begin:end], wrapper, places, begin, name))
        for begin, end, name in chunks
    ]
    refused = [record.span for record in records if isinstance(record.element, Refused)]
    return XmlText(records, list(_between(listing, text, refused)))


def _chunks(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield where each element begins and ends, without those within comments and CDATA."""
    token = re.compile(rf"<!--|<!\[CDATA\[|<\?|<(/?)(?:[\w.-]+:)?({'|'.join(names)})(?=[\s/>])")
    offset = 0
    open_at: tuple[int, str] | None = None
    while match := token.search(text, offset):
        offset = match.end()
        if match[0] in CLOSING:
            closing = CLOSING[match[0]]
            end = text.find(closing, offset)
            offset = len(text) if end == -1 else end + len(closing)
        elif match[1]:
            if open_at and open_at[1] == match[2]:
                offset = text.find(">", offset) + 1 or len(text)
                yield open_at[0], offset, match[2]
                open_at = None
        elif open_at is None or open_at[1] == match[2]:
            if open_at:  # it lacks its end
                yield open_at[0], match.start(), match[2]
            rest = REST_OF_TAG.match(text, offset)
            offset = rest.end() if rest else offset
            is_empty = rest is not None and text[offset - 2] == "/"
            open_at = None if is_empty else (match.start(), match[2])
            if is_empty:
                yield match.start(), offset, match[2]
    if open_at:
        yield open_at[0], len(text), open_at[1]


def _parser() -> "etree.XMLParser":
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _element(chunk: str, wrapper: str, places: Places, begin: int, name: str) -> "etree._Element | Refused":
    try:
        root = etree.fromstring(f"{wrapper}{chunk}</records>".encode(), _parser())
    except etree.XMLSyntaxError as flaw:
        line, column = flaw.position
        first, first_column = places.at(begin)
        shift = first_column - 1 - len(wrapper) if line <= 1 else 0
        place = (first + max(line, 1) - 1, max(column + shift, 1))
        if not chunk.rstrip().endswith(">") or "and records" in (flaw.msg or ""):
            return Refused(f"This {name} is not whole.", place=(first, first_column))
        return Refused(f"This {name} is not well-formed XML: {_reason(flaw)}.", place=place)
    if len(root) != 1 or any(node.tag is etree.Entity for node in root.iter()):
        return Refused(f"This {name} refers to an entity that XML does not know.", place=places.at(begin))
    return root[0]


def _between(listing: Listing, text: str, refused: list[Span]) -> Iterator[Problem]:
    """Yield what is wrong with the text as a whole, unless it is wrong within a record that is left out."""
    try:
        etree.fromstring(text.lstrip("\ufeff \t\n").encode(), _parser())
    except etree.XMLSyntaxError as flaw:
        line, column = flaw.position
        skipped = text[: len(text) - len(text.lstrip("\ufeff \t\n"))].count("\n")
        line = min(max(line, 1) + skipped, len(listing.lines))
        if not any(span.first <= line <= span.last for span in refused):
            place = listing.within(line, max(column, 1))
            hint = "Fetch it again to its end; the records that are whole are kept."
            yield error(place, f"This is not well-formed XML: {_reason(flaw)}.", hint)


def _reason(flaw: etree.XMLSyntaxError) -> str:
    reason = (flaw.msg or "it ends too early").partition(", line ")[0].strip()
    return " ".join(reason.split())[:200]


def _place(listing: Listing, places: Places, offset: int) -> Location:
    return listing.within(*places.at(offset))


def name_of(element: "etree._Element") -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: "etree._Element", name: str) -> list["etree._Element"]:
    """Return the child elements of the name, whatever their namespace."""
    return [child for child in element if isinstance(child.tag, str) and name_of(child) == name]


def child(element: "etree._Element", name: str) -> "etree._Element | None":
    """Return the first child element of the name."""
    return next(iter(children(element, name)), None)


def text_of(element: "etree._Element | None") -> str:
    """Return all text within an element; empty for None."""
    return "" if element is None else "".join(element.itertext())


def texts(element: "etree._Element", name: str) -> list[str]:
    """Return the text of each child element of the name."""
    return [text_of(found) for found in children(element, name)]


def first_text(element: "etree._Element", name: str) -> str:
    """Return the text of the first child element of the name; empty where there is none."""
    return text_of(child(element, name))
