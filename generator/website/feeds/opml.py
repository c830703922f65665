"""Lists of feeds that a feed reader takes in at once: OPML 2.0 (opml.org/spec2.opml).

The type of a feed in Atom is "rss" too, which means any feed; a version is only known of RSS.
"""

import msgspec

from generator.website.feeds.context import FeedContext
from generator.website.parts.feed_catalogue import ATOM, Feed, FeedFormat


def in_rss(path: str) -> str:
    """Return the address of a list of feeds in RSS, from that of the list in Atom."""
    return path.replace(".opml", "-rss.opml")


class FeedSection(msgspec.Struct, frozen=True, kw_only=True):
    """Feeds that belong together."""

    title: str
    feeds: tuple[tuple[str, Feed], ...]
    """Each with what tells it from the others of its section."""
    file: str = ""
    """The address of an OPML file of only these, in Atom; empty if there is none."""

    @property
    def file_in_rss(self) -> str:
        """The address of such a file in RSS."""
        return in_rss(self.file)


class OpmlView(msgspec.Struct, frozen=True, kw_only=True):
    """A list of feeds."""

    context: FeedContext
    form: FeedFormat
    """Atom or RSS."""
    sections: tuple[FeedSection, ...]


def opml(view: OpmlView) -> bytes:
    """Return a list as OPML 2.0, with each feed once, in one format."""
    from lxml import etree  # only to write a list; the view is planned at every build

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = view.context.title
    body = etree.SubElement(root, "body")
    for section in view.sections:
        outline = etree.SubElement(body, "outline", text=section.title, title=section.title)
        for _, feed in section.feeds:
            etree.SubElement(outline, "outline", _attributes(feed, view))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _attributes(feed: Feed, view: OpmlView) -> dict[str, str]:
    title = feed.title(view.context.title)
    return {
        "type": "rss",
        **({} if view.form is ATOM else {"version": "RSS2"}),
        "text": title,
        "title": title,
        "xmlUrl": view.context.root + feed.path(view.form),
        "htmlUrl": view.context.root + feed.home,
        "language": view.context.language,
    }
