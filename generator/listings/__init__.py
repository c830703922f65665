"""Parse listings, texts by others that name papers: bytes in, entries and problems out.

A format is a module with a name and two functions, as `Format` says. A new one is that module, its place in
`FORMATS`, and a folder of input and expected output in ``tests/listings/``.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import structs

from generator.listings import (
    acl_anthology,
    arxiv_atom,
    arxiv_dump,
    arxiv_kaggle,
    arxiv_list,
    arxiv_mail,
    arxiv_rss,
    bibtex,
    crossref,
    crossref_xml,
    csl_json,
    enriched,
    hf_api,
    hf_daily,
    hf_similar,
    oai_pmh,
    openalex,
    paper_ids,
    papercopilot,
    ris,
    semantic_scholar,
)
from generator.listings.decoding import SHOWN, Decoded, decode
from generator.listings.entry import Entry, Listing, Parse, Span, quote, without_quote_marks
from generator.listings.reading import json_records
from generator.listings.reading.containers import Member, unpack
from generator.listings.reading.encodings import as_utf8
from generator.listings.reading.records import is_whole
from generator.listings.values.dates import iso_day
from generator.problem import Location, Problem, Severity, error, has_error

__all__ = ["FORMATS", "Entry", "Format", "Listing", "Parse", "Span", "decode", "issue_of", "parse"]


class Format(Protocol):
    """What a module of this package offers."""

    NAME: str
    """What a person calls it by, as in ``--format NAME``."""

    def matches(self, listing: Listing) -> bool:
        """Tell by its content whether a text is of this format."""

    def parse(self, listing: Listing) -> Parse:
        """Return what a text of this format states; of any other text, problems. Never raise."""


COPY_TEXT = (
    "Open the page in a browser, select all (Ctrl+A, or Cmd+A on a Mac), copy, paste into a text file, and "
    "ingest that."
)
_HTML = re.compile(
    r"(?:<\?xml[^>]{0,100}>\s*|<!--.{0,200}-->\s*)?"
    r"<(?:!doctype html|html|head|body|header|main|article|section|nav|div|span|p|a|ul|img|svg)\b",
    re.IGNORECASE,
)

STRUCTURED = re.compile(r"<[A-Za-z!?]|\{\s*(?:\"|\Z)|\[\s*(?:\{|\Z)")
"""How the first line of HTML, XML or JSON begins. In Markdown a link may begin it: `[![`, `[A`."""
PLAIN: tuple[Format, ...] = (hf_daily, hf_similar, arxiv_dump)
"""Formats of plain text: a text in HTML, XML or JSON is in none of them, whatever its lines say."""
FORMATS: tuple[Format, ...] = (
    *PLAIN,
    hf_api,
    arxiv_mail,
    arxiv_list,
    arxiv_rss,
    arxiv_atom,
    arxiv_kaggle,
    paper_ids,
    oai_pmh,
    bibtex,
    ris,
    csl_json,
    crossref,
    crossref_xml,
    semantic_scholar,
    openalex,
    acl_anthology,
    papercopilot,
    enriched,
)


def issue_of(name: str) -> dt.date | None:
    """Return the day that a file's name begins with, as ``2025-10-30-NAME`` does, or None."""
    return iso_day(name[:10]) if name[10:11] == "-" else None


def without_day(name: str) -> str:
    """Return a file's name without the day that it begins with."""
    return name[11:] if issue_of(name) else name


def parse(data: bytes, path: str, issue: dt.date | None, format_name: str | None = None) -> Parse:
    """Return what a listing states.

    Takes the file's bytes, which may be those of a .gz or .zip, the path to name in problems, the day it is
    filed under, and its format's name if the content shall not decide. Entries, boilerplate and problems
    together cover every line of a text page; the problem of a structured record names the place of its flaw,
    that of bytes which are no text the papers that are left out for them.
    Nothing is raised, whatever the bytes: what cannot be read is an error, and the other entries are kept.
    """
    members, problems = unpack(data, path)
    parses = [_parse_member(member, issue, format_name) for member in members]
    if len(parses) == 1 and not problems:
        return parses[0]
    entries = [entry for parsed in parses for entry in parsed.entries]
    numbered = (structs.replace(entry, position=place) for place, entry in enumerate(entries, start=1))
    problems += (problem for parsed in parses for problem in parsed.problems)
    problems.sort(key=lambda problem: problem.order)
    return Parse(entries=tuple(numbered), problems=tuple(problems))


def _parse_member(member: Member, issue: dt.date | None, format_name: str | None) -> Parse:
    decoded = decode(as_utf8(member.data), member.path)
    if not decoded.lines:
        return Parse(problems=decoded.problems)
    listing = Listing(path=member.path, issue=issue, lines=without_quote_marks(decoded.lines))
    format_or_problem = _choose(listing, format_name)
    if isinstance(format_or_problem, Problem):
        return Parse(problems=(*decoded.problems, format_or_problem))
    parsed = format_or_problem.parse(listing)
    is_kept = {one.position: is_whole(listing, one.span, decoded.broken) for one in parsed.entries}
    broken = [one for one in parsed.entries if not is_kept[one.position]]
    problems = [*_about_bytes(broken, decoded, parsed.problems, listing), *parsed.problems]
    if not parsed.entries and not has_error(problems):
        hint = "Capture the page again, or leave it out."
        problems.append(error(_whole(listing), "No papers were found in this listing.", hint))
    problems.sort(key=lambda problem: problem.order)
    return Parse(
        entries=tuple(one for one in parsed.entries if is_kept[one.position]),
        problems=tuple(problems),
        boilerplate=parsed.boilerplate,
        source=format_or_problem.NAME,
    )


def _choose(listing: Listing, name: str | None) -> Format | Problem:
    """Return the format that has the name; without one, the only format that knows the text as its own."""
    known = ", ".join(form.NAME for form in FORMATS)
    if name is not None:
        named = [form for form in FORMATS if name == form.NAME]
        hint = f"Name one of {known}."
        return named[0] if named else error(_whole(listing), f"There is no format {quote(name)}.", hint)
    first = next((line.text for line in listing.written()), "")
    possible = [form for form in FORMATS if form not in PLAIN or not STRUCTURED.match(first)]
    matching = [form for form in possible if form.matches(listing)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        names = " and ".join(form.NAME for form in matching)
        hint = "Name the right one with --format NAME, or split the file."
        return error(_whole(listing), f"This listing may be {names}.", hint)
    if _HTML.match(first):
        return error(_whole(listing), "This is HTML, or holds HTML, and not the text of a page.", COPY_TEXT)
    if said := json_records.said_without_records(listing):
        return error(_whole(listing), said, "Ask the service again, or leave the file out.")
    hint = "If it is a listing, name its format with --format NAME; otherwise leave it out."
    return error(_whole(listing), f"Unknown format. Known formats: {known}.", hint)


def _about_bytes(
    broken: Sequence[Entry], decoded: Decoded, others: tuple[Problem, ...], listing: Listing
) -> Iterator[Problem]:
    """Yield what is wrong with a file's bytes, with the papers that are left out for it.

    There is no error where another one tells of the same lines, as where a file ends within a character.
    """
    names = [quote(one.stated.title or listing.lines[one.span.first - 1].strip()) for one in broken[:SHOWN]]
    more = [f"{len(broken) - SHOWN} more"] if len(broken) > SHOWN else []
    hint = f"Save the file as UTF-8. Left out until then: {', '.join([*names, *more])}."
    for problem in decoded.problems:
        if problem.severity is not Severity.ERROR:
            yield problem
        elif broken:
            yield structs.replace(problem, hint=hint)
        elif not decoded.broken <= _told(others, listing):
            yield problem


def _told(problems: tuple[Problem, ...], listing: Listing) -> set[int]:
    """Return the numbers of the lines that errors are about; one about the whole listing tells of none."""
    places = [one.location for one in problems if one.severity is Severity.ERROR]
    spans = (range(one.line, max(one.line, one.last_line) + 1) for one in places if one != _whole(listing))
    return {line for span in spans for line in span}


def _whole(listing: Listing) -> Location:
    return Location(path=listing.path, line=1, last_line=len(listing.lines))
