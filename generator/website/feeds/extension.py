"""Add what feedgen lacks, by an extension: objects with the methods of `feedgen.ext.base`.

feedgen asks a feed's extension for namespaces and lets it add to the head; an entry's adds to the entry.
"""

from typing import Any

from lxml import etree

from generator.website.feeds.entries import FeedEntry
from generator.website.feeds.view import FeedView
from generator.website.parts.feed_catalogue import RSS, FeedFormat

_ATOM = "http://www.w3.org/2005/Atom"
_CREATORS = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XHTML = "http://www.w3.org/1999/xhtml"


class FeedExtension:
    """Links to archives (RFC 5005, 4 and appendix B) and to the hub (WebSub, 4), and words for a person."""

    view: FeedView
    form: FeedFormat

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces of what is added, by their prefixes."""
        of_rss = {"dc": _CREATORS, "media": _MEDIA} if self.form is RSS else {}
        return {**of_rss, "fh": _HISTORY} if self.view.archive else of_rss

    def extend_atom(self, feed: Any) -> Any:
        """Add to the head of an Atom feed."""
        self._extend(feed, "link")
        return feed

    def extend_rss(self, rss: Any) -> Any:
        """Add to the channel of an RSS feed."""
        self._extend(rss[0], f"{{{_ATOM}}}link")
        rss.text = rss.tail = "\n"
        return rss

    def _extend(self, head: Any, link: str) -> None:
        view = self.view
        places = {"prev-archive": view.previous, "next-archive": view.next}
        if view.archive:
            etree.SubElement(head, f"{{{_HISTORY}}}archive")
            places["current"] = view.feed
        for rel, place in places.items():
            if place:
                etree.SubElement(head, link, href=view.url(place, self.form), rel=rel, type=self.form.type)
        if view.context.hub:
            etree.SubElement(head, link, href=view.context.hub, rel="hub")
        _add_words(head, view)
        _break_lines(head)


class EntryExtension:
    """What feedgen lacks in an entry: in Atom the kind of a link; in RSS authors, an image and an update.

    RSS's own element for an author takes only mail addresses. Of several creators, some readers show only
    the first and some only the last, so one has all names.
    """

    entry: FeedEntry

    def extend_atom(self, entry: Any) -> Any:
        """Add to an entry of an Atom feed."""
        if self.entry.related:
            etree.SubElement(entry, "link", href=self.entry.related, rel="related")
        _break_lines(entry)
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Add to an item of an RSS feed."""
        if self.entry.authors:
            etree.SubElement(item, f"{{{_CREATORS}}}creator").text = ", ".join(self.entry.authors)
        if self.entry.image:
            etree.SubElement(item, f"{{{_MEDIA}}}thumbnail", url=self.entry.image)
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = self.entry.updated.isoformat()
        _break_lines(item)
        return item


def _add_words(head: Any, view: FeedView) -> None:
    """Say what this is to a person whose browser shows the feed as a page; the stylesheet is made for it.

    XHTML of its own namespace is the one way to a link that works there.
    """
    place = etree.SubElement(head, f"{{{_XHTML}}}div", nsmap={None: _XHTML})
    words = etree.SubElement(place, f"{{{_XHTML}}}p")
    words.text = "This is a feed: give its address to a feed reader, and it tells you what is new. "
    etree.SubElement(words, f"{{{_XHTML}}}a", href=f"{view.context.root}feeds/").text = "About the feeds"
    words[0].tail = " · "
    etree.SubElement(words, f"{{{_XHTML}}}a", href=view.home).text = "The page itself"


def _break_lines(element: Any) -> None:
    """Set each child on a line of its own. Pretty printing would put spaces into the text of entries, too."""
    element.text = element.tail = "\n"
    for child in element:
        child.tail = "\n"
