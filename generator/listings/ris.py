"""RIS, as reference managers and publishers write it (en.wikipedia.org/wiki/RIS_(file_format)).

::

    TY  - JOUR
    TI  - Hydration forces between silica surfaces
    AU  - Molina-Bolívar, J. A.
    DA  - 2005/07/15
    JF  - The Journal of Chemical Physics
    DO  - 10.1063/1.1954747
    ER  -

A record, which rispy reads, runs from ``TY`` to ``ER``; ``TY`` may be repeated in between, unless a second
title follows: then the first record lacks its end. Authors are ``AU`` and ``A1``, in the file's order; a day
is stated only where it is whole, else the year. A record may have one space behind its tags for two. Notes
and keywords are the reference manager's, not the authors', and are left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from generator.listings.entry import Listing, Parse, Span, quote
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.listings.reading.shapes import list_of
from generator.listings.values.dates import day, year
from generator.listings.values.identifiers import arxiv_id, doi, url
from generator.listings.values.names import all_of, in_reading_order
from generator.listings.values.texts import marked_paragraphs, venue, without_tags

NAME = "ris"
TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])  -(?: (.*))?")
BEGINS = re.compile(r"\ufeff?TY  -")
NARROW_BEGINS = re.compile(r"\ufeff?TY - [A-Z]{3,8}\s*\Z")
NARROW_TAG = re.compile(r"\A(\ufeff?[A-Z][A-Z0-9]) -(?= |\Z)")
"""A tag with one space behind it, in a record that begins so: some programs write one for two."""
TITLES = ("TI", "T1")
TITLE_KEYS = ("primary_title", "title", "short_title")
VENUE_KEYS = (
    *("alternate_title3", "secondary_title", "journal_name", "book_title"),
    *("alternate_title2", "alternate_title1"),
)
DAY_KEYS = ("date", "publication_year", "year")
ABOVE = 100
ANOTHER_URL = re.compile(r";\s*(?=https?://)")
GLUED = re.compile(r"^([A-Z][A-Z0-9]  -)(?=\S)")
END = "Add a line 'ER  - ' behind its last, or fetch the file again."


def matches(listing: Listing) -> bool:
    """Tell whether the text has a record, perhaps below some lines on where it is from."""
    return any(BEGINS.match(text) or NARROW_BEGINS.match(text) for text in listing.lines[:ABOVE])


def parse(listing: Listing) -> Parse:
    """Return the papers of such a file."""
    found = _chunks(tuple(_widened(listing.lines)))
    return parse_of(listing, [ListedItem(span, _facts(lines)) for span, lines in found])


def _widened(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, with two spaces behind the tags of records that have one."""
    is_narrow = False
    for text in lines:
        is_narrow = bool(NARROW_BEGINS.match(text)) or (is_narrow and not BEGINS.match(text))
        yield NARROW_TAG.sub(r"\1  -", text) if is_narrow else text


def _chunks(written: Sequence[str]) -> Iterator[tuple[Span, list[str]]]:
    """Yield the lines of each record; the last is ``ER`` where the record is whole."""
    tags = [(index, match[1]) for index, text in enumerate(written) if (match := TAG.match(text))]
    told = [(index, tag) for index, tag in tags if tag in ("TY", "ER", *TITLES)]
    begin: int | None = None
    is_titled = False
    for (index, tag), behind in zip(told, [*(tag for _, tag in told[1:]), ""], strict=False):
        if tag in TITLES:
            is_titled = True
            continue
        is_cut = tag == "TY" and is_titled and behind in TITLES  # a second title: the first lacks its end
        end = index + 1 if tag == "ER" else index
        if begin is not None and (tag == "ER" or is_cut):
            yield Span(begin + 1, end), list(written[begin:end])
            begin = None
        if tag == "TY" and begin is None:
            begin, is_titled = index, False
    if begin is not None:
        yield Span(begin + 1, len(written)), list(written[begin:])


def _facts(lines: list[str]) -> Facts | Refused:
    if not (match := TAG.match(lines[-1])) or match[1] != "ER":
        named = next((text for text in lines if TAG.match(text) and text[:2] in TITLES), lines[0])
        return Refused(f"This record lacks its end: {quote(named.strip())}.", END)
    found = _fields(lines)
    title = next((text for key in TITLE_KEYS if (text := without_tags(found.get(key)))), None)
    written = (part for text in list_of(found.get("urls")) for part in ANOTHER_URL.split(str(text)))
    addresses = [address for address in map(url, written) if address]
    names = [*addresses, found.get("accession_number"), found.get("number"), found.get("doi")]
    arxiv = next(filter(None, map(arxiv_id, names)), None)
    links = {"page": addresses[0]} if addresses and not arxiv and not doi(addresses[0]) else {}
    return {
        "title": title,
        "abstract": marked_paragraphs(found.get("abstract") or found.get("notes_abstract")),
        "authors": all_of(map(in_reading_order, list_of(found.get("authors")))),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(found.get("doi")) or next(filter(None, map(doi, addresses)), None),
        "venue": next((text for key in VENUE_KEYS if (text := venue(found.get(key)))), None),
        "published": next(filter(None, (day(found.get(key)) for key in DAY_KEYS)), None),
        "year": next(filter(None, (year(found.get(key)) for key in DAY_KEYS)), None),
        "links": links,
    }


def _fields(lines: list[str]) -> dict[str, Any]:
    """Return what rispy reads of one record, by its names of the tags."""
    import rispy
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    mapping = {**TAG_KEY_MAPPING, "A1": "authors", "BT": "book_title"}
    text = "\n".join(GLUED.sub(r"\1 ", line) for line in _unwrapped(lines, LIST_TYPE_TAGS))
    found = rispy.loads(text, mapping=mapping, delimiter_tags_mapping={}, newline="\n")
    return dict(found[0]) if found else {}


def _unwrapped(lines: Iterable[str], of_lists: Collection[str]) -> Iterator[str]:
    """Yield each tag with the lines below that belong to it; those of a list are values of their own.

    rispy would join them one by one, which takes the square of the time, and to the first of two such tags.
    """
    text: list[str] = []
    for part in (written.lstrip("\ufeff") for written in lines):
        if text and (TAG.match(part) or text[0][:2] in of_lists):
            yield " ".join(text)
            text = []
        text.append(part.strip() if text else part)
    yield " ".join(text)
