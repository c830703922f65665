"""OPML 2.0 (opml.org/spec2.opml)."""

from collections.abc import Iterator

from tests.support.feed_documents import Document
from tests.website.feeds.rules.common import LANGUAGE, is_absolute, not_once, repeated, rules_in


def opml_has_a_head_and_a_body(doc: Document) -> Iterator[str]:
    """ "What is an OPML document?": version 2.0, one head, one body, in the body one outline at least."""
    if (doc.tree.tag, doc.tree.get("version"), [child.tag for child in doc.tree]) != (
        "opml",
        "2.0",
        ["head", "body"],
    ):
        yield doc.tree.tag
    yield from not_once(doc.tree[0], "title")
    if not doc.find("/opml/body/outline"):
        yield "no outline"


def opml_outlines_have_texts(doc: Document) -> Iterator[str]:
    """ "Text attribute": every outline has one."""
    yield from ("no text" for _ in doc.find("//outline[not(normalize-space(@text))]"))


def opml_subscriptions_have_addresses(doc: Document) -> Iterator[str]:
    """ "Subscription lists": type rss, xmlUrl, and of the optional ones title, htmlUrl, language, version.

    A version is one of RSS.
    """
    form, version = ("rss", "RSS2") if "-rss." in doc.path else ("atom", None)
    for feed in doc.find("//outline[not(outline)]"):
        if (feed.get("type"), feed.get("version"), doc.site.get(feed.get("xmlUrl"))) != (
            "rss",
            version,
            form,
        ):
            yield str(dict(feed.attrib))
        if not is_absolute(feed.get("htmlUrl")) or not LANGUAGE.fullmatch(feed.get("language", "")):
            yield str(dict(feed.attrib))
        if not feed.get("title"):
            yield "no title"  # W3C, MissingTitleAttr


def opml_names_no_feed_twice(doc: Document) -> Iterator[str]:
    """A reader who takes the list has each feed once."""
    yield from repeated(doc.find("//@xmlUrl"))


RULES = rules_in(vars(), "opml_")
