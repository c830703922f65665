"""Lists of feeds that a feed reader takes in at once: OPML 2.0 (opml.org/spec2.opml)."""

import msgspec

from generator.website.feeds.context import FeedContext
from generator.website.parts.feed_catalogue import RSS, Feed


class FeedSection(msgspec.Struct, frozen=True, kw_only=True):
    """Feeds that belong together."""

    title: str
    feeds: tuple[tuple[str, Feed], ...]
    """Each with what tells it from the others of its section."""
    file: str = ""
    """The address of an OPML file of only these; empty if there is none."""


class OpmlView(msgspec.Struct, frozen=True, kw_only=True):
    """A list of feeds."""

    context: FeedContext
    sections: tuple[FeedSection, ...]


def opml(view: OpmlView) -> bytes:
    """Return a list as OPML 2.0, with each feed once, in RSS, which every reader takes."""
    from lxml import etree  # only to write a list; the view is planned at every build

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = view.context.title
    body = etree.SubElement(root, "body")
    for section in view.sections:
        outline = etree.SubElement(body, "outline", text=section.title, title=section.title)
        for _, feed in section.feeds:
            title = feed.title(view.context.title)
            attributes = {
                "type": "rss",
                "version": "RSS2",
                "text": title,
                "title": title,
                "xmlUrl": view.context.root + feed.path(RSS),
                "htmlUrl": view.context.root + feed.home,
                "language": view.context.language,
            }
            etree.SubElement(outline, "outline", attributes)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data
