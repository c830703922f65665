"""Archived feeds: RFC 5005, 4, and for RSS its appendix B."""

from collections.abc import Iterator

from tests.support.feed_documents import Document
from tests.website.feeds.rules.common import repeated, rules_in

HEAD = "/atom:feed | /rss/channel"
KINDS = ("prev-archive", "next-archive", "current")


def links(doc: Document, rel: str) -> list[str]:
    """Return the addresses that a feed's head has of a relation."""
    return [
        str(url)
        for head in doc.find(HEAD)
        for url in head.xpath(f"*[local-name()='link'][@rel='{rel}']/@href")
    ]


def is_archive(doc: Document) -> bool:
    return doc.path.startswith("feeds/archive/")


def history_marks_archives_alone(doc: Document) -> Iterator[str]:
    """RFC 5005, 4: fh:archive, empty, in the head of an archive; the feed itself is none, nor complete."""
    marks = doc.find("//fh:*")
    expected = ["{http://purl.org/syndication/history/1.0}archive"] if is_archive(doc) else []
    if [mark.tag for mark in marks] != expected or any(mark.text or len(mark) for mark in marks):
        yield str(marks)


def history_links_stand_once_and_lead_to_documents_of_their_format(doc: Document) -> Iterator[str]:
    """RFC 5005, 4; W3C, FeedHistoryRelInEntry."""
    found = [(rel, url) for rel in KINDS for url in links(doc, rel)]
    yield from repeated(rel for rel, _ in found)
    yield from (url for _, url in found if doc.site.get(url) != doc.kind)
    yield from (url for url in doc.find("//item//@rel | //atom:entry//@rel") if url in KINDS)


def history_leads_from_archives_to_the_feed(doc: Document) -> Iterator[str]:
    """RFC 5005, 4: archives should name their feed as `current`; W3C, MissingCurrentInArchive."""
    root = doc.url.removesuffix(doc.path)
    feed = f"{root}feed.xml" if doc.kind == "rss" else f"{root}feeds/papers.atom.xml"
    if links(doc, "current") != ([feed] if is_archive(doc) else []):
        yield str(links(doc, "current"))


def history_is_of_the_feed_of_everything_alone(doc: Document) -> Iterator[str]:
    """RFC 5005, 4: what has archives is the feed of everything; nothing comes after it."""
    everything = doc.path in {"feed.xml", "feeds/papers.atom.xml"}
    if not (everything or is_archive(doc)) and links(doc, "prev-archive"):
        yield "prev-archive"
    if not is_archive(doc) and links(doc, "next-archive"):
        yield "next-archive"


RULES = rules_in(vars(), "history_")
