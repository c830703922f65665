"""Lists of feeds that a feed reader takes in at once: OPML 2.0 (opml.org/spec2.opml)."""

import msgspec

from generator.website.feeds.context import RenderContext
from generator.website.parts.feed_catalogue import RSS, Feed


class Folder(msgspec.Struct, frozen=True):
    """Feeds that belong together."""

    title: str
    feeds: tuple[Feed, ...]


class OpmlView(msgspec.Struct, frozen=True, kw_only=True):
    """A list of feeds."""

    context: RenderContext
    folders: tuple[Folder, ...]


def opml(view: OpmlView) -> bytes:
    """Return a list as OPML 2.0. It names the feeds in RSS, which every reader takes; none of them twice."""
    from lxml import etree  # for a list of feeds alone; the view is planned at every build

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = view.context.title
    body = etree.SubElement(root, "body")
    for folder in view.folders:
        outline = etree.SubElement(body, "outline", text=folder.title, title=folder.title)
        for feed in folder.feeds:
            etree.SubElement(outline, "outline", _attributes(feed, view.context))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _attributes(feed: Feed, context: RenderContext) -> dict[str, str]:
    title = feed.title(context.title)
    return {
        "type": "rss",
        "version": "RSS2",
        "text": title,
        "title": title,
        "xmlUrl": context.root + feed.path(RSS),
        "htmlUrl": context.root + feed.home,
        "language": context.language,
    }
