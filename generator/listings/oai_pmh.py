"""Answers of OAI-PMH repositories, arXiv's above all: the formats arXiv, arXivRaw and oai_dc.

The protocol is openarchives.org/OAI/openarchivesprotocol.html; arXiv's formats are described in
info.arxiv.org/help/oa/index.html::

    <record>
      <header><identifier>oai:arXiv.org:1401.2122</identifier></header>
      <metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
        <id>1401.2122</id><created>2014-01-09</created><updated>2017-10-23</updated>
        <authors><author><keyname>Sergyeyev</keyname><forenames>A.</forenames></author></authors>
        <title>Pears</title><categories>math.AP hep-th</categories>
      </arXiv></metadata>
    </record>

``created`` is the day of version 1, ``updated`` that of the last. In oai_dc the first ``date`` is that of
version 1 and the last, where there are several, that of the last version; other repositories state a year. A
``description`` that begins with ``Comment:`` is the authors' comment, subjects are names, not categories, and
what arXiv has as ``identifier`` that is neither address nor DOI is the journal reference. A deleted record is
no paper.
How many records there are in all is the attribute ``completeListSize`` of the resumption token.
"""

import re
from typing import Any

from lxml import etree

from generator.listings.entry import Listing, Parse, quote
from generator.listings.reading import xml_records
from generator.listings.reading.records import Facts, ListedItem, Refused, Skipped, identifier_flaw, parse_of
from generator.listings.reading.xml_records import (
    XmlRecord,
    child,
    children,
    first_text,
    name_of,
    text_of,
    texts,
)
from generator.listings.values.dates import day, year
from generator.listings.values.identifiers import arxiv_id, doi, url, version_number
from generator.listings.values.names import all_of, author_list, from_tex, in_reading_order, joined
from generator.listings.values.texts import line, paragraphs, words
from generator.problem import Problem, error, notice

NAME = "oai-pmh"
BARE = ("dc", "arXiv", "arXivRaw")
"""Metadata that is saved without the record around it."""
COMMENT = re.compile(r"\s*Comments?:\s*")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer, or a record of one."""
    root = xml_records.root_name(listing)
    is_record = root == "record" and "<header" in "\n".join(listing.lines[:50])
    return is_record or root in ("OAI-PMH", "ListRecords", "GetRecord", *BARE)


def parse(listing: Listing) -> Parse:
    """Return the papers of such an answer."""
    root = xml_records.root_name(listing)
    names = (root,) if root in BARE else ("record", "resumptionToken", "error")
    text = xml_records.read(listing, names)
    records = [ListedItem(one.span, _facts(one.element)) for one in text.records if one.name == names[0]]
    problems = list(text.problems)
    stated = None
    for one in text.records:
        if one.name == "error":
            problems.append(_error(listing, one))
        elif one.name == "resumptionToken" and not isinstance(one.element, Refused):
            stated, more = _count(listing, one)
            problems += more
    return parse_of(listing, records, problems, stated)


def _error(listing: Listing, record: XmlRecord) -> Problem:
    element = record.element
    said = element.message if isinstance(element, Refused) else f"{element.get('code')}, {text_of(element)}"
    message = f"The repository answered with an error: {quote(line(said) or '')}."
    return error(listing.at(record.span), message, "Ask it again, with other arguments.")


def _count(listing: Listing, record: XmlRecord) -> tuple[int | None, list[Problem]]:
    """Return how many records this answer should have, and a notice where there are more to ask for."""
    if isinstance(record.element, Refused):
        return None, []
    size, cursor = (record.element.get(name) or "" for name in ("completeListSize", "cursor"))
    if text_of(record.element).strip():
        of = f" of {size}" if size.isdigit() else ""
        message = f"This list is incomplete: the file has only one part{of}."
        return None, [notice(listing.at(record.span), message, "Fetch the rest with its resumption token.")]
    if not re.fullmatch("[0-9]{1,9}", size) or not re.fullmatch("[0-9]{1,9}", cursor):
        return None, []
    return max(0, int(size) - int(cursor)), []


def _facts(record: "etree._Element | Refused") -> Facts | Refused | Skipped:
    if isinstance(record, Refused):
        return record
    if name_of(record) in BARE:
        return _of_metadata(record, "")
    header, metadata = child(record, "header"), child(record, "metadata")
    identifier = "" if header is None else first_text(header, "identifier")
    if header is not None and header.get("status") == "deleted":
        return Skipped(f"The record {quote(identifier)} is deleted.")
    content = None if metadata is None else next((one for one in metadata if isinstance(one.tag, str)), None)
    if content is None:
        return Refused(f"The record {quote(identifier)} has no metadata.")
    return _of_metadata(content, identifier)


def _of_metadata(content: "etree._Element", identifier: str) -> Facts | Refused:
    is_dublin_core = name_of(content) == "dc"
    return _of_dublin_core(content, identifier) if is_dublin_core else _of_arxiv(content, identifier)


def _of_arxiv(paper: "etree._Element", identifier: str) -> Facts | Refused:
    stated = first_text(paper, "id") or identifier
    name = arxiv_id(stated)
    if name is None:
        return identifier_flaw(stated)
    authors = child(paper, "authors")
    people = [] if authors is None else children(authors, "author")
    facts: dict[str, Any] = {
        "title": line(first_text(paper, "title")),
        "abstract": paragraphs(first_text(paper, "abstract")),
        "authors": all_of(map(_name, people)) or author_list(text_of(authors)),
        "arxiv": name.arxiv,
        "version": name.version,
        "doi": doi(first_text(paper, "doi")),
        "venue": line(first_text(paper, "journal-ref")),
        "comment": line(first_text(paper, "comments")),
        "categories": words(first_text(paper, "categories")),
        "license": line(first_text(paper, "license")),
        "published": day(first_text(paper, "created")),
        "updated": day(first_text(paper, "updated")),
    }
    return facts | _of_versions(children(paper, "version"))


def _name(author: "etree._Element") -> str:
    parts = (first_text(author, part) for part in ("forenames", "keyname", "suffix"))
    return from_tex(joined(*parts) or "")


def _of_versions(versions: "list[etree._Element]") -> dict[str, Any]:
    """Return the version and the days that arXivRaw states; a source of type ``I`` is withdrawn."""
    if not versions:
        return {}
    return {
        "version": version_number(versions[-1].get("version")),
        "published": day(first_text(versions[0], "date")),
        "updated": day(first_text(versions[-1], "date")),
        "withdrawn": "I" in first_text(versions[-1], "source_type"),
    }


def _of_dublin_core(paper: "etree._Element", identifier: str) -> Facts | Refused:
    identifiers = [*texts(paper, "identifier"), identifier]
    name = next(filter(None, map(arxiv_id, identifiers)), None)
    if name is None and "arxiv" in identifier.lower():
        return identifier_flaw(identifier)
    descriptions = texts(paper, "description")
    comments = [COMMENT.sub("", text) for text in descriptions if COMMENT.match(text)]
    days = sorted(filter(None, map(day, texts(paper, "date"))))
    page = next(filter(None, map(url, identifiers)), None)
    return {
        "title": line(first_text(paper, "title")),
        "abstract": next((paragraphs(text) for text in descriptions if not COMMENT.match(text)), None),
        "authors": all_of(
            from_tex(found) for found in map(in_reading_order, texts(paper, "creator")) if found
        ),
        "arxiv": name.arxiv if name else None,
        "version": name.version if name else None,
        "doi": next(filter(None, map(doi, identifiers)), None),
        "venue": next(filter(None, map(_journal, identifiers)), None) if name else None,
        "comment": line(comments[0]) if comments else None,
        "license": _license(texts(paper, "rights")),
        "published": days[0] if days else None,
        "updated": days[-1] if len(days) > 1 else None,
        "year": next(filter(None, map(year, texts(paper, "date"))), None),
        "links": {"page": page} if page and not name else {},
    }


def _journal(identifier: str) -> str | None:
    """Return an identifier that is a journal reference; None for an address, a DOI or arXiv's own."""
    is_other = arxiv_id(identifier) or url(identifier) or doi(identifier)
    return None if is_other else line(identifier)


def _license(rights: list[str]) -> str | None:
    """Return the first of the rights that is an address, else the first that is no access right."""
    said = [text for text in rights if not text.strip().startswith("info:eu-repo/")]
    return line(next(filter(url, said), next(iter(said), None)))
