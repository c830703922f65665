"""What holds for every document of XML. That it is well-formed is shown by reading it without recovery."""

import re
from collections.abc import Iterator

from tests.support.feed_documents import Document
from tests.website.feeds.rules.common import is_absolute, rules_in


def xml_is_utf_8_and_says_so(doc: Document) -> Iterator[str]:
    """XML 1.0, 4.3.3; Profile, "Character Encoding"."""
    doc.data.decode("utf-8")
    if doc.tree.getroottree().docinfo.encoding != "UTF-8":
        yield doc.data[:50].decode()


def xml_has_no_control_characters(doc: Document) -> Iterator[str]:
    """XML 1.0, 2.2, which forbids most of C0 and discourages C1; W3C, BadCharacters."""
    yield from map(repr, re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd-\uffff]", doc.data.decode()))
    references = re.findall(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));", doc.data.decode())
    yield from (
        f"&#{code}"
        for hexadecimal, code in references
        if int(hexadecimal or code, 16 if hexadecimal else 10) < 32
    )


RULES = rules_in(vars(), "xml_")


def feed_has_a_stylesheet_for_a_person(doc: Document) -> Iterator[str]:
    """Associating Style Sheets with XML documents 1.0, 2: the instruction comes before the root."""
    styles = [dict(style.attrib) for style in doc.find("/processing-instruction('xml-stylesheet')")]
    if styles != [{"type": "text/css", "href": f"{'../' * doc.path.count('/')}static/feed.css"}]:
        yield str(styles)


def feed_has_links_for_a_person(doc: Document) -> Iterator[str]:
    """W3C takes an xhtml:div in the head of a feed, and no other XHTML there: MisplacedXHTMLContent."""
    urls = doc.find("/*[local-name()='feed']/h:div/h:p/h:a/@href | /rss/channel/h:div/h:p/h:a/@href")
    if len(urls) != 2 or not all(map(is_absolute, urls)):
        yield str(urls)


FEED_RULES = (*RULES, *rules_in(vars(), "feed_"))
