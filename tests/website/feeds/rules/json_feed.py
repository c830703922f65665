"""JSON Feed 1.1 (jsonfeed.org/version/1.1): the section that is named is one of its headings."""

from collections.abc import Iterator

from lxml import html

from tests.support.feed_documents import Document
from tests.website.feeds.rules.common import (
    DATE,
    EARLIEST,
    LANGUAGE,
    TAG,
    flaws_of_html,
    is_absolute,
    repeated,
    rules_in,
)

TEXTS = {"version", "title", "home_page_url", "feed_url", "description", "user_comment", "icon", "language"}
REQUIRED = {"id", "url", "title", "content_html", "image", "date_published", "date_modified"}
OPTIONAL = {"external_url", "authors", "tags"}


def json_is_a_feed_of_its_version(doc: Document) -> Iterator[str]:
    """Top-level: `version` is the URL of the version; `title` and `items` are required."""
    if doc.json["version"] != "https://jsonfeed.org/version/1.1" or doc.json.keys() - {"next_url"} != {
        *TEXTS,
        "items",
    }:
        yield str(doc.json.keys())
    yield from (name for name in TEXTS if not (isinstance(doc.json[name], str) and doc.json[name].strip()))


def json_names_itself_and_its_page(doc: Document) -> Iterator[str]:
    """Top-level: `feed_url` is the URL of the feed, and serves as its unique identifier; `home_page_url`."""
    if doc.json["feed_url"] != doc.url or not is_absolute(doc.json["home_page_url"]):
        yield doc.json["feed_url"]


def json_leads_to_older_items_in_its_format(doc: Document) -> Iterator[str]:
    """Top-level: `next_url` is a feed with the next items; "do not use if there is none"."""
    if (older := doc.json.get("next_url")) and (doc.site.get(older) != "json" or older == doc.url):
        yield older


def json_language_is_a_tag(doc: Document) -> Iterator[str]:
    """Top-level: `language` is as RFC 5646 has it."""
    if not LANGUAGE.fullmatch(doc.json["language"]):
        yield doc.json["language"]


def json_items_have_their_fields(doc: Document) -> Iterator[str]:
    """Items: `id` and one of `content_html` and `content_text`; no empty or unknown fields."""
    for item in doc.json["items"]:
        yield from REQUIRED - item.keys()
        yield from item.keys() - REQUIRED - OPTIONAL
        yield from (name for name, value in item.items() if not value)


def json_ids_are_strings_and_unique(doc: Document) -> Iterator[str]:
    """Items: `id` is a string, unique for the item in the feed over time."""
    ids = [item["id"] for item in doc.json["items"]]
    yield from (name for name in ids if not TAG.fullmatch(name))
    yield from repeated(ids)


def json_urls_are_absolute(doc: Document) -> Iterator[str]:
    """Top-level and items: these are URLs."""
    names = ("url", "external_url", "image", "icon", "next_url")
    urls = [found[name] for found in (doc.json, *doc.json["items"]) for name in names if name in found]
    yield from (url for url in urls if not is_absolute(url))


def json_dates_are_of_rfc_3339(doc: Document) -> Iterator[str]:
    """Items: `date_published` and `date_modified`; the second is none before the first."""
    for item in doc.json["items"]:
        dates = [item["date_published"], item["date_modified"]]
        yield from (date for date in dates if not DATE.fullmatch(date) or date < EARLIEST)
        if dates != sorted(dates):
            yield item["id"]


def json_authors_have_names_and_tags_are_words(doc: Document) -> Iterator[str]:
    """Items: `authors` is a list of objects with name, url or avatar; `tags` one of plain words."""
    for item in doc.json["items"]:
        yield from (
            str(author)
            for author in item.get("authors", [])
            if not author["name"].strip() or len(author) != 1
        )
        yield from (tag for tag in item.get("tags", []) if not tag.strip())


def json_content_is_safe_html(doc: Document) -> Iterator[str]:
    """Items: `content_html`; "Security Considerations"."""
    for item in doc.json["items"]:
        yield from flaws_of_html(html.fragment_fromstring(item["content_html"], create_parent="div"))


RULES = rules_in(vars(), "json_")
