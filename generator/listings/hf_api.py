"""Hugging Face's daily papers as JSON, or in a saved page.

The API (huggingface.co/docs/hub/api, ``/api/daily_papers``) gives an array. What a paper's object holds has
grown over the years; only ``id`` and ``title`` were always there::

    [{"paper": {"id": "2501.08325", "title": "Pears", "summary": "On pears.", "upvotes": 28,
                "publishedAt": "2025-01-14T18:57:21.000Z", "authors": [{"name": "Ann Other"}]},
      "numComments": 2, "publishedAt": "2025-01-20T22:21:50.434Z"}]

``paper.publishedAt`` is the day of arXiv's version 1; the outer one, which early answers have alone, is when
it was listed, and no day of the paper. A saved page has the array in the attribute ``data-props`` of the
element whose ``data-target`` is ``DailyPapers``.
"""

import html
import re
from typing import Any

import msgspec

from generator.listings.entry import Listing, Parse, Span
from generator.listings.reading import json_records
from generator.listings.reading.places import Places
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of
from generator.listings.reading.shapes import dict_of, list_of
from generator.listings.values.dates import day
from generator.listings.values.identifiers import arxiv_id, url
from generator.listings.values.names import all_of, from_tex
from generator.listings.values.texts import line, paragraphs

NAME = "hf-api"
ELEMENT = re.compile(
    r"""<[a-z]+\s(?=[^<>]{0,500}?data-target=["']DailyPapers["'])[^<>]{0,500}?data-props=(["'])"""
)


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer or page."""
    return json_records.holds(listing, _is_record) or _element(listing) is not None


def parse(listing: Listing) -> Parse:
    """Return the papers: with organization, links, votes and comments, as far as they are stated."""
    element = _element(listing)
    if element is None:
        found = json_records.read(listing, _is_record).records
        return parse_of(listing, [ListedItem(record.span, _facts(record.value)) for record in found])
    span, props = element
    inner = msgspec.structs.replace(listing, lines=(html.unescape(props),))
    found = json_records.read(inner, _is_record).records
    return parse_of(listing, [ListedItem(span, _placed(_facts(record.value))) for record in found])


def _placed(facts: Facts | Refused) -> Facts | Refused:
    """Return why a record is left out, without a place that counts from within the attribute."""
    return facts._replace(place=None) if isinstance(facts, Refused) else facts


def _element(listing: Listing) -> tuple[Span, str] | None:
    """Return the place and the value of the page's attribute that holds the papers."""
    if not any("DailyPapers" in text for text in listing.lines):
        return None
    text = listing.text
    match = ELEMENT.search(text)
    if match is None:
        return None
    end = text.find(match[1], match.end())
    end = len(text) if end == -1 else end
    return Places(listing.lines).span(match.start(), end + 1), text[match.end() : end]


def _is_record(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("paper"), dict):
        return "id" in value["paper"]
    return "id" in value and "title" in value and bool({"upvotes", "discussionId"} & value.keys())


def _facts(item: Any) -> Facts | Refused:
    if isinstance(item, Refused):
        return item
    paper = item["paper"] if isinstance(item.get("paper"), dict) else item
    name = arxiv_id(paper.get("id"))
    if name is None:
        return identifier_flaw(str(paper.get("id")))
    organization = dict_of(paper.get("organization") or item.get("organization"))
    links = {"code": url(paper.get("githubRepo")), "project": url(paper.get("projectPage"))}
    return {
        "title": line(paper.get("title") or item.get("title")),
        "abstract": paragraphs(paper.get("summary") or item.get("summary")),
        "authors": all_of(map(_name, list_of(paper.get("authors")))),
        "organization": line(organization.get("fullname")) or line(organization.get("name")),
        "organization_handle": line(organization.get("name")),
        "arxiv": name.arxiv,
        "version": name.version,
        "published": day(paper.get("publishedAt")),
        "links": {kind: address for kind, address in links.items() if address},
        "votes": paper.get("upvotes"),
        "discussion": item.get("numComments"),
    }


def _name(author: Any) -> str | None:
    """Return an author's name; None for one that the moderators took off the list."""
    if not isinstance(author, dict):
        return line(author)
    name = None if author.get("hidden") is True else line(author.get("name"))
    return from_tex(name) if name else None
