"""Atom 1.0, RFC 4287."""

import datetime as dt
from collections.abc import Iterator

from lxml import html

from tests.support.feed_documents import NAMESPACES, Document
from tests.website.feeds.rules.common import (
    DATE,
    EARLIEST,
    LANGUAGE,
    TAG,
    flaws_of_html,
    is_absolute,
    not_once,
    repeated,
    rules_in,
)

A = f"{{{NAMESPACES['atom']}}}"
RELATIONS = {"alternate", "self", "related", "prev-archive", "next-archive", "current", "hub"}


def atom_is_a_feed_in_its_language(doc: Document) -> Iterator[str]:
    """RFC 4287, 2 and 4.1.1; W3C, MissingDCLanguage."""
    if doc.tree.tag != f"{A}feed" or not LANGUAGE.fullmatch("".join(doc.find("/*/@xml:lang"))):
        yield doc.tree.tag


def atom_feed_has_its_elements(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.1.1: each of these once, and an author for all entries."""
    yield from not_once(doc.tree, f"{A}id", f"{A}title", f"{A}updated", f"{A}generator", f"{A}subtitle")
    if not doc.find("/atom:feed/atom:author"):
        yield "no author"


def atom_entries_have_their_elements(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.1.2: one id, title and updated, at most one published and content."""
    for entry in doc.find("//atom:entry"):
        yield from not_once(entry, f"{A}id", f"{A}title", f"{A}updated", f"{A}published")
        if len(entry.findall(f"{A}content")) != 1:
            yield "not one content"


def atom_entries_come_last(doc: Document) -> Iterator[str]:
    """W3C, MisplacedMetadata."""
    yield from (element.tag for element in doc.find("//atom:entry/following-sibling::*[name()!='entry']"))


def atom_ids_are_tags_and_unique(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.2.6: an IRI that never changes, of only one entry; RFC 4151, 2.1."""
    ids = doc.find("//atom:id/text()")
    yield from (name for name in ids if not TAG.fullmatch(name))
    yield from repeated(ids)


def atom_dates_are_of_rfc_3339(doc: Document) -> Iterator[str]:
    """RFC 4287, 3.3: with a time and an offset; W3C, ImplausibleDate."""
    dates = doc.find("//atom:updated/text() | //atom:published/text()")
    yield from (date for date in dates if not DATE.fullmatch(date) or date < EARLIEST)


def atom_entries_are_updated_at_times_of_their_own(doc: Document) -> Iterator[str]:
    """W3C, DuplicateUpdated: readers that sort by time would shuffle them."""
    yield from repeated(doc.find("//atom:entry/atom:updated/text()"))


def atom_entries_are_in_the_order_of_their_times(doc: Document) -> Iterator[str]:
    """Readers sort by time, newest first; what they show is the editors' order."""
    times = doc.find("//atom:entry/atom:published/text()")
    if times != sorted(times, reverse=True):
        yield str(times)


def atom_is_updated_with_its_newest_entry(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.2.15: with the last significant change, which no clock says; never before publication."""
    updates = [dt.datetime.fromisoformat(date) for date in doc.find("//atom:entry/atom:updated/text()")]
    published = [dt.datetime.fromisoformat(date) for date in doc.find("//atom:entry/atom:published/text()")]
    yield from (str(day) for day, update in zip(published, updates, strict=True) if update < day)
    if updates and max(updates) != dt.datetime.fromisoformat(doc.tree.findtext(f"{A}updated")):
        yield "the feed"


def atom_people_have_names(doc: Document) -> Iterator[str]:
    """RFC 4287, 3.2.1; 4.2.1: an entry without an author has the feed's, who wrote no paper."""
    yield from ("no name" for _ in doc.find("//atom:author[not(normalize-space(atom:name))]"))
    papers = "atom:link[@rel='related'] and not(atom:author)"
    yield from map(
        str, doc.find(f"//atom:entry[{papers}][not(starts-with(atom:title, 'Correction'))]/atom:id/text()")
    )


def atom_links_are_absolute_and_of_known_kinds(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.2.7: an address, a registered relation, and nothing within."""
    for link in doc.find("//atom:link"):
        if not is_absolute(link.get("href")) or link.get("rel", "alternate") not in RELATIONS or len(link):
            yield str(dict(link.attrib))


def atom_has_no_two_links_of_a_kind(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.1.1 and 4.1.2: no two alternates of one type; W3C, DuplicateAtomLink."""
    for parent in doc.find("/atom:feed | //atom:entry"):
        links = parent.findall(f"{A}link")
        yield from repeated(f"{link.get('rel', 'alternate')} {link.get('type')}" for link in links)


def atom_names_itself(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.1.1; W3C, MissingSelf, SelfDoesntMatchLocation, SelfNotAtom."""
    found = doc.find("/atom:feed/atom:link[@rel='self'][@type='application/atom+xml']/@href")
    if found != [doc.url]:
        yield str(found)


def atom_entries_lead_somewhere(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.1.2: what has content needs no alternate link, but a person who reads it does."""
    alternates = "atom:link[not(@rel) or @rel='alternate']"
    yield from map(str, doc.find(f"//atom:entry[count({alternates}) != 1]/atom:id/text()"))


def atom_categories_have_terms(doc: Document) -> Iterator[str]:
    """RFC 4287, 4.2.2: a scheme that is an IRI; a label for people, and as a term too, which readers show."""
    for category in doc.find("//atom:category"):
        scheme = category.get("scheme")
        if (
            not category.get("term")
            or category.get("term") != category.get("label")
            or (scheme and not is_absolute(scheme))
        ):
            yield str(dict(category.attrib))


def atom_content_is_safe_html(doc: Document) -> Iterator[str]:
    """RFC 4287, 3.1.1.2 and 4.1.3.3: escaped, for readers drop MathML in XHTML or reorder its text."""
    for content in doc.find("//atom:content"):
        if content.get("type") != "html" or len(content):
            yield str(content.get("type"))
        yield from flaws_of_html(html.fragment_fromstring(content.text or "", create_parent="div"))


def atom_has_no_prefix_where_readers_know_none(doc: Document) -> Iterator[str]:
    """W3C, AvoidNamespacePrefix: some readers know Atom and XHTML only by their bare names."""
    known = {NAMESPACES["atom"], NAMESPACES["h"], NAMESPACES["m"]}
    bound = {pair for element in doc.tree.iter("{*}*") for pair in element.nsmap.items()}
    yield from (prefix for prefix, url in bound if prefix and url in known)


RULES = rules_in(vars(), "atom_")
