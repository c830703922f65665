"""RSS 2.0, and what the RSS Advisory Board makes of it."""

import datetime as dt
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime

from lxml import html

from tests.support.feed_documents import Document
from tests.website.feeds.rules.common import (
    EARLIEST,
    LANGUAGE,
    TAG,
    flaws_of_html,
    is_absolute,
    not_once,
    repeated,
    rules_in,
)

ITEM = ("title", "link", "description", "guid", "pubDate")


def rss_has_one_channel(doc: Document) -> Iterator[str]:
    """RSS, "What is RSS?": the root is rss of version 2.0, below it a single channel."""
    if (doc.tree.tag, doc.tree.get("version"), [child.tag for child in doc.tree]) != (
        "rss",
        "2.0",
        ["channel"],
    ):
        yield doc.tree.tag


def rss_channel_has_its_elements(doc: Document) -> Iterator[str]:
    """RSS, "Required channel elements" and "Optional channel elements"; W3C, DuplicateElement."""
    names = ("title", "link", "description", "language", "lastBuildDate", "generator", "docs", "ttl")
    yield from not_once(doc.tree[0], *names)
    if not is_absolute(doc.tree.findtext("channel/link")):
        yield "link"


def rss_language_and_ttl_are_of_their_kinds(doc: Document) -> Iterator[str]:
    """RSS, "language" and "ttl"; W3C, InvalidLanguage, InvalidPositiveInteger."""
    if not LANGUAGE.fullmatch(doc.tree.findtext("channel/language") or ""):
        yield "language"
    if int(doc.tree.findtext("channel/ttl") or 0) <= 0:
        yield "ttl"


def rss_names_itself(doc: Document) -> Iterator[str]:
    """Profile, "atom:link"; W3C, MissingAtomSelfLink, SelfDoesntMatchLocation."""
    found = doc.find("/rss/channel/atom:link[@rel='self'][@type='application/rss+xml']/@href")
    if found != [doc.url]:
        yield str(found)


def rss_items_come_last(doc: Document) -> Iterator[str]:
    """W3C, MisplacedItem: what describes the channel comes before its items."""
    yield from (
        str(element.tag) for element in doc.find("/rss/channel/item/following-sibling::*[name()!='item']")
    )


def rss_items_have_their_elements(doc: Document) -> Iterator[str]:
    """RSS, "Elements of <item>", and others in a namespace; W3C, MissingGuid, NotBlank, UndefinedElement."""
    for item in doc.find("//item"):
        yield from not_once(item, *ITEM)
        yield from (
            child.tag for child in item if child.tag not in {*ITEM, "category"} and child.tag[0] != "{"
        )
        yield from ("a blank category" for name in item.findall("category") if not (name.text or "").strip())
        if not is_absolute(item.findtext("link")):
            yield str(item.findtext("link"))


def rss_guids_are_permanent_and_unique(doc: Document) -> Iterator[str]:
    """RSS, "guid": isPermaLink is false for what is no URL; W3C, InvalidPermalink, DuplicateValue."""
    guids = doc.find("//item/guid")
    yield from (guid.text for guid in guids if guid.get("isPermaLink") != "false")
    yield from (guid.text for guid in guids if not TAG.fullmatch(guid.text))
    yield from repeated(guid.text for guid in guids)


def rss_dates_are_of_rfc_822(doc: Document) -> Iterator[str]:
    """RSS asks for RFC 822, Profile ("Date Formats") for years of four digits; W3C, IncorrectDOW."""
    for date in doc.find("//lastBuildDate/text() | //pubDate/text()"):
        read = parsedate_to_datetime(date)
        if format_datetime(read) != date or str(read.year) < EARLIEST:
            yield date


def rss_names_authors_in_one_creator(doc: Document) -> Iterator[str]:
    """Profile, "dc:creator": `author` is for mail addresses; W3C, DuplicateItemSemantics.

    miniflux takes the last of several, Thunderbird the first.
    """
    yield from ("several" for _ in doc.find("//item[count(dc:creator) > 1]"))
    yield from ("author" for _ in doc.find("//item/author | //managingEditor"))
    yield from ("blank" for _ in doc.find("//dc:creator[not(normalize-space())]"))


def rss_images_are_thumbnails_of_media_rss(doc: Document) -> Iterator[str]:
    """Media RSS 1.5.1, "media:thumbnail": in a namespace that ends in a slash, with a URL; at most one."""
    yield from (
        str(found.tag) for found in doc.find("//item/*[local-name()='thumbnail'][not(self::media:thumbnail)]")
    )
    yield from ("several" for _ in doc.find("//item[count(media:thumbnail) > 1]"))
    yield from (str(found.get("url")) for found in doc.find("//media:*") if not is_absolute(found.get("url")))


def rss_descriptions_are_safe_html(doc: Document) -> Iterator[str]:
    """RSS, "description": entity-encoded HTML; Profile, "URLs": none of them relative."""
    for body in doc.find("//item/description/text()"):
        yield from flaws_of_html(html.fragment_fromstring(body, create_parent="div"))


def rss_was_built_when_its_newest_item_changed(doc: Document) -> Iterator[str]:
    """RSS, "lastBuildDate": when the content changed last, which no clock says."""
    updates = [dt.datetime.fromisoformat(date) for date in doc.find("//item/atom:updated/text()")]
    built = parsedate_to_datetime(doc.tree.findtext("channel/lastBuildDate"))
    if updates and max(updates) != built:
        yield str(built)


RULES = rules_in(vars(), "rss_")
