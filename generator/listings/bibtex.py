r"""BibTeX (ctan.org/pkg/bibtex, btxdoc) and BibLaTeX (ctan.org/pkg/biblatex).

::

    @article{Ronnow.2014.Defining,
      title = {Defining and Detecting {Quantum} Speedup},
      author = {R{\o}nnow, Troels F. and Wang, Zhihui},
      journal = {Science},
      eprint = {1401.2910}, archiveprefix = {arXiv}, primaryclass = {quant-ph},
      doi = {10.1126/science.1252319},
    }

TeX's macros become characters and braces go; formulas stay TeX. Abbreviations and ``#`` are resolved, and a
field that an entry lacks is taken from the one that its ``crossref`` names. A name may be written as
``family=Gelder, given=Pieter, prefix=van``. An identifier of arXiv is taken from where reference managers put
it: ``eprint``, ``arxivid`` (Mendeley), ``volume`` (dblp), ``journal`` (Google Scholar), ``url`` or ``note``.
A day is stated only where it is whole, else the year. Two entries of one key are two papers.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts
from bibtexparser.middlewares.names import split_multiple_persons_names as split_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from generator.listings.entry import Listing, Parse, Span, quote
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of, unread
from generator.listings.values.dates import MONTHS, calendar_day, day, year
from generator.listings.values.identifiers import Arxiv, arxiv_id, doi, url
from generator.listings.values.names import all_of, from_tex, in_reading_order, joined
from generator.listings.values.texts import line, venue, without_tags, words

NAME = "bibtex"
PARAGRAPH = re.compile(r"\n[ \t]*\n")
ENTRY = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
NO_PAPER = re.compile(r"\s*@\s*(?:string|preamble|comment)\b", re.IGNORECASE)
PART = re.compile(r"\s*(?:#\s*)?")
NO_WORK = {"xdata", "set"}
"""Entries of BibLaTeX that only serve others."""
NO_NAME = re.compile(r"others|et\.? al\.?", re.IGNORECASE)
PART_OF_NAME = re.compile(r"(?:\A|,)\s*(family|given|prefix|suffix)\s*=([^,]*)")
BETWEEN_CATEGORIES = re.compile(r",|\bphysics:")
COMMENT = re.compile(r"\A\s*Comments?:\s*")
"""What Zotero writes before the authors' comment that arXiv has."""
WITHIN = re.compile(
    r"(?:arXiv:\s*|arxiv\.org/abs/)([a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?"
)
JOURNALS = ("journaltitle", "journal", "booktitle")
INHERITED = ("journal", "journaltitle", "booktitle", "year", "month", "date")
DELIMITER = re.compile(r'(?<!\\)[{}"]')
ADDRESS = re.compile(r"\s*\\url\s*\{([^{}]*)\}\s*")
END = "Close its braces and quotes, or delete the entry; the others are kept."
LONGEST_CHAIN = 5
TWICE = (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)
EXPANSION = 10
"""How many times the file's length its abbreviations may expand to."""


def matches(listing: Listing) -> bool:
    """Tell whether the text has an entry at the beginning of a line."""
    return any(
        text.lstrip().startswith("@") and _is_entry(listing, index)
        for index, text in enumerate(listing.lines)
    )


def _is_entry(listing: Listing, index: int) -> bool:
    text = "\n".join(listing.lines[index : index + 3])
    match = ENTRY.match(text)
    if match is None or NO_PAPER.match(text):
        return False
    return re.match(r"\s*[^\s,{}()=\"]{0,300}\s*,", text[match.end() :]) is not None


class _Strings:
    """The abbreviations of a file. What they expand to is bounded, as one may be made of many others."""

    def __init__(self, size: int) -> None:
        self._room = EXPANSION * size
        self._values: dict[str, str] = {}

    def define(self, name: str, value: str) -> None:
        """Remember an abbreviation; the first of a name counts."""
        self._values.setdefault(name.lower(), self.value(value))

    def value(self, text: str) -> str:
        """Return a field's value: quoted and braced parts, numbers and abbreviations, joined by ``#``."""
        return "".join(map(self._part, _parts(text)))

    def _part(self, part: str) -> str:
        if part[:1] in ('"', "{"):
            return part[1:-1]
        found = self._values.get(part.lower(), part)
        self._room -= len(found)
        return found if self._room >= 0 else part


class _Read(NamedTuple):
    """An entry: its place, its fields, and what is wrong with them."""

    span: Span
    fields: dict[str, str] | Refused
    flaws: tuple[str, ...] = ()


def parse(listing: Listing) -> Parse:
    """Return the papers of such a file."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs is a problem here
    strings = _Strings(len(listing.text))
    found: list[_Read] = []
    by_key: dict[str, dict[str, str]] = {}
    for block in Splitter(listing.text).split().blocks:
        entry = _entry(block)
        if isinstance(block, String):
            strings.define(block.key, str(block.value))
        elif entry is not None:
            fields, flaws = _fields(entry, strings)
            by_key.setdefault(entry.key.lower(), fields)
            if entry.entry_type.lower() not in NO_WORK:
                found.append(_Read(_span(listing, block), fields, flaws))
        elif isinstance(block, ParsingFailedBlock) and not NO_PAPER.match(block.raw or "@string"):
            first = line((block.raw or "").partition("\n")[0])
            refused = Refused(f"This entry is not BibTeX: {quote(first or '')}.", END)
            found.append(_Read(_span(listing, block), refused))
    return parse_of(listing, [ListedItem(read.span, _facts(read, by_key)) for read in found])


def _fields(entry: Entry, strings: _Strings) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return an entry's fields, the first of each name, and which of them are there twice."""
    fields: dict[str, str] = {}
    twice: dict[str, None] = {}
    for field in entry.fields:
        name = field.key.lower()
        if name in fields:
            twice[f"The field {quote(name)} is there twice; the first is read."] = None
        fields.setdefault(name, strings.value(str(field.value)))
    return fields, tuple(twice)


def _entry(block: Block) -> Entry | None:
    """Return the entry of a block, also where its key or one of its fields is there twice."""
    while isinstance(block, TWICE):
        inner = block.ignore_error_block
        if inner is None:
            return None
        block = inner
    return block if isinstance(block, Entry) else None


def _span(listing: Listing, block: Block) -> Span:
    first = min((block.start_line or 0) + 1, len(listing.lines))
    last = first + (block.raw or "").rstrip().count("\n")
    return Span(first, min(last, len(listing.lines)))


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a value that are joined by ``#``."""
    offset = 0
    while match := PART.match(text, offset):
        offset = match.end()
        if offset >= len(text):
            break
        end = _end_of_part(text, offset)
        yield text[offset:end].strip()
        offset = max(end, offset + 1)


def _end_of_part(text: str, begin: int) -> int:
    """Return where a part of a value ends: at its closing quote or brace, or before the next ``#``."""
    opening, depth = text[begin], 0
    if opening not in '"{':
        end = text.find("#", begin)
        return len(text) if end == -1 else end
    for match in DELIMITER.finditer(text, begin):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        is_closed = match[0] == "}" if opening == "{" else match[0] == '"' and match.start() > begin
        if depth == 0 and is_closed:
            return match.end()
    return len(text)


def _facts(read: _Read, by_key: Mapping[str, dict[str, str]]) -> Facts | Refused:
    if isinstance(read.fields, Refused):
        return read.fields
    fields = _with_inherited(read.fields, by_key)
    arxiv = _arxiv(fields)
    journal = next(filter(None, (fields.get(name) for name in JOURNALS)), "")
    note, address = COMMENT.sub("", fields.get("note", "")), url(_unwrapped(fields.get("url", "")))
    links = {"page": address} if address and not arxiv_id(address) and not doi(address) else {}
    return {
        "title": ": ".join(filter(None, (_text(fields.get(name, "")) for name in ("title", "subtitle")))),
        "abstract": "\n".join(filter(None, map(_text, PARAGRAPH.split(fields.get("abstract", ""))))),
        "authors": all_of(_authors(fields.get("author", ""))),
        "arxiv": arxiv.arxiv if arxiv else None,
        "version": arxiv.version if arxiv else None,
        "doi": doi(from_tex(fields.get("doi", ""))) or doi(address),
        "venue": None if WITHIN.search(journal) else venue(from_tex(journal)),
        "comment": None if url(_unwrapped(note)) or WITHIN.search(note) else _text(note),
        "categories": _categories(fields.get("primaryclass") or fields.get("eprintclass", "")),
        "published": _day(fields),
        "year": year(from_tex(fields.get("year", ""))) or year(from_tex(fields.get("date", ""))),
        "links": links,
        "flaws": (*read.flaws, *_flaws(fields, arxiv)),
    }


def _with_inherited(fields: dict[str, str], by_key: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """Return an entry's fields with those of the entry that its ``crossref`` names."""
    parent = fields
    for _ in range(LONGEST_CHAIN):
        found = by_key.get(parent.get("crossref", "").strip().lower())
        if found is None:
            break
        parent = found
        inherited = {name: parent[name] for name in INHERITED if parent.get(name)}
        fields = {**inherited, **{name: value for name, value in fields.items() if value.strip()}}
    return fields


def _arxiv(fields: Mapping[str, str]) -> Arxiv | None:
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip().lower()
    stated = [fields.get("eprint", "")] if kind == "arxiv" else []
    stated += [
        fields.get("arxivid", ""),
        fields.get("doi", ""),
        fields.get("volume", "").removeprefix("abs/"),
    ]
    stated += [
        _unwrapped(fields.get(name, "")) for name in ("url", "note", "howpublished", "journal", "number")
    ]
    found = [WITHIN.search(text) for text in stated[1:]]
    return next(filter(None, map(arxiv_id, [*stated, *(match[0] for match in found if match)])), None)


def _flaws(fields: Mapping[str, str], arxiv: Arxiv | None) -> tuple[str, ...]:
    stated = fields.get("eprint", "")
    is_of_arxiv = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower() == "arxiv"
    return unread(stated) if is_of_arxiv and arxiv is None else ()


def _unwrapped(text: str) -> str:
    match = ADDRESS.fullmatch(text)
    return (match[1] if match else text).replace("\\", "").strip()


def _categories(value: str) -> tuple[str, ...]:
    """Return arXiv's categories; Zotero writes ``cs, math`` and ``physics:quant-ph``."""
    return words(BETWEEN_CATEGORIES.sub(" ", value))


def _text(value: str) -> str | None:
    return without_tags(from_tex(value))


def _authors(value: str) -> Iterator[str]:
    for name in split_names(" ".join(value.split())):
        shown = _reading_order(name)
        if not NO_NAME.fullmatch(shown):
            yield shown


def _reading_order(name: str) -> str:
    if named := {part: value.strip(' "') for part, value in PART_OF_NAME.findall(name)}:
        return from_tex(joined(*map(named.get, ("given", "prefix", "family", "suffix"))) or "")
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return from_tex(in_reading_order(name) or "")
    return from_tex(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr]))


def _day(fields: Mapping[str, str]) -> Any:
    """Return the day of publication where year, month and day are stated."""
    of_year, month, date = (fields.get(name, "").strip() for name in ("year", "month", "day"))
    number = int(month) if _is_number(month) else _MONTHS.get(month[:3].lower(), 0)
    if _is_number(of_year, 4) and _is_number(date) and number:
        return calendar_day(int(of_year), number, int(date))
    return day(fields.get("date", ""))


_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}


def _is_number(text: str, digits: int = 2) -> bool:
    return re.fullmatch(f"[0-9]{{1,{digits}}}", text) is not None
