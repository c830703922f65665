"""Records of a structured format, made entries: what is stated, or why a record is left out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from generator.listings import links
from generator.listings.decoding import REPLACEMENT
from generator.listings.entry import Entry, Listing, Parse, Span, quote
from generator.listings.values.texts import says_withdrawn
from generator.model import Stated
from generator.problem import MOST, Location, Problem, error, has_error, notice

LONGEST_LINE = 3_000
LONGEST_ABSTRACT = 100_000
LONGEST = {
    "title": LONGEST_LINE,
    "abstract": LONGEST_ABSTRACT,
    "venue": LONGEST_LINE,
    "comment": LONGEST_ABSTRACT,
    "license": LONGEST_LINE,
    "organization": LONGEST_LINE,
    "organization_handle": LONGEST_LINE,
}
MOST_NAMES = 20_000
"""The longest list of authors that was ever printed has some 15,000 names."""
CAPTURE = "Fetch the listing again, or correct the record; the others are kept."


class Refused(NamedTuple):
    """Why a record is left out."""

    message: str
    hint: str = CAPTURE
    place: tuple[int, int] | None = None
    """Line and column of the flaw; None for the place where the record begins."""


class Skipped(NamedTuple):
    """A record that is no paper, such as a deleted one; the notice that says so, if a person should know."""

    notice: str = ""


Facts: TypeAlias = Mapping[str, Any]
"""Values by field of `Stated`, each None or empty where the record has none; also ``votes``, ``discussion``,
and ``flaws``: messages on what of the record was left out."""


class ListedItem(NamedTuple):
    """A record's place, and what it states."""

    span: Span
    facts: Facts | Refused | Skipped


def parse_of(
    listing: Listing,
    records: Iterable[ListedItem],
    problems: Iterable[Problem] = (),
    stated: int | None = None,
    *,
    may_be_empty: bool = False,
) -> Parse:
    """Return the records' entries, a problem for each that is left out, and those found by the reader.

    `stated` is how many records the listing says that it has; a difference is an error. One that
    `may_be_empty` is whole also without records, as a feed is on a weekend: then all lines are boilerplate.
    """
    entries: list[Entry] = []
    found = list(problems)
    spans: list[Span] = []
    untold: list[Span] = []
    for position, record in enumerate(records, start=1):
        spans.append(record.span)
        made = _entry(position, record)
        if isinstance(made, Entry):
            entries.append(made)
        if len(found) < MOST:
            found += _problems(listing, record, made)
        elif not isinstance(made, Entry):
            untold.append(record.span)
    if untold:
        rest = Span(untold[0].first, untold[-1].last)
        message = f"Besides, this listing has {_records(len(untold))} that cannot be read."
        found.append(error(listing.at(rest), message, CAPTURE))
    if stated is not None and stated != len(spans):
        message = f"This listing says that it has {_records(stated)}; it has {_records(len(spans))}."
        found.append(error(whole(listing), message, "Fetch it again; what it has is kept."))
    is_empty = may_be_empty and not has_error(found)
    if not spans and not has_error(found):
        found.append(
            error(whole(listing), "No papers were found in this listing.", "Fetch it again, or delete it.")
        )
    boilerplate = listing.between(spans) if spans or is_empty else ()
    return Parse(entries=tuple(entries), problems=tuple(found), boilerplate=boilerplate)


def whole(listing: Listing) -> Location:
    """Return the place that is the whole listing."""
    return Location(path=listing.path, line=1, last_line=len(listing.lines))


def identifier_flaw(value: str) -> Refused:
    """Return why a record without a sound arXiv identifier is left out."""
    return Refused(_no_identifier(value))


def unread(value: object) -> tuple[str, ...]:
    """Return what is wrong with an arXiv identifier that a paper is read without, where there is one."""
    return (_no_identifier(str(value)),) if value else ()


def _no_identifier(value: str) -> str:
    stated = " ".join(value.split())
    return f"{quote(stated)} is not an arXiv identifier." if stated else "There is no arXiv identifier here."


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _entry(position: int, record: ListedItem) -> Entry | Refused | Skipped:
    facts = record.facts
    if isinstance(facts, Refused | Skipped):
        return facts
    fields = {name: value for name in Stated.__struct_fields__ if (value := facts.get(name))}
    if "published" in fields:  # which says more
        fields.pop("year", None)
    if refused := _excess(fields):
        return refused
    texts = (fields.get("abstract"), fields.get("comment"))
    fields["links"] = _links_within(*texts) | fields.get("links", {})
    fields["withdrawn"] = bool(fields.get("withdrawn")) or says_withdrawn(*texts)
    stated = Stated(**fields)
    if stated == Stated():
        return Refused("This record states nothing of a paper.")
    return Entry(
        position=position,
        span=record.span,
        stated=stated,
        votes=count(facts.get("votes")),
        discussion=count(facts.get("discussion")),
    )


def _links_within(*texts: str | None) -> dict[str, str]:
    text = "\n".join(filter(None, texts))
    may_have = "://" in text or ".com/" in text.lower()  # most have none, and a search takes longer
    return links.find(text) if may_have else {}


def count(value: object) -> int | None:
    """Return a whole number of 0 or more; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _excess(fields: Mapping[str, Any]) -> Refused | None:
    """Return why a record is harmful, or None: no paper has a title of a megabyte."""
    for name, limit in LONGEST.items():
        if len(text := fields.get(name, "")) > limit:
            return Refused(f"The {name} of this record has {len(text):,} characters.")
    for name in ("authors", "categories"):
        if len(values := fields.get(name, ())) > MOST_NAMES:
            return Refused(f"This record has {len(values):,} {name}.")
        if values and max(map(len, values)) > LONGEST_LINE:
            return Refused(f"One of the {name} of this record has more than {LONGEST_LINE:,} characters.")
    return None


def _problems(listing: Listing, record: ListedItem, made: object) -> Iterator[Problem]:
    match made:
        case Refused(message, hint, place):
            yield error(_at(listing, record.span, place), message, hint)
        case Skipped(message) if message:
            yield notice(listing.at(record.span), message)
    if isinstance(made, Entry) and isinstance(record.facts, Mapping):
        for flaw in record.facts.get("flaws", ()):
            yield error(listing.at(record.span), flaw, "Correct it; the rest of the paper is read.")


def _at(listing: Listing, span: Span, place: tuple[int, int] | None) -> Location:
    if place is None:
        return listing.at(span)
    line, column = min(place[0], len(listing.lines)), place[1]
    text = listing.lines[line - 1]
    last_line = span.last if span.last > line else 0
    return Location(path=listing.path, line=line, column=column, last_line=last_line, text=text)


def is_whole(listing: Listing, span: Span, broken: frozenset[int]) -> bool:
    """Tell whether a record has no bytes that are not UTF-8; `broken` are numbers of lines that have some."""
    if broken.isdisjoint(range(span.first, span.last + 1)):
        return True
    lines = list(listing.lines[span.first - 1 : span.last])
    if span.last_column:
        lines[-1] = lines[-1][: span.last_column]
    if span.column:
        lines[0] = lines[0][span.column - 1 :]
    return not any(REPLACEMENT in text for text in lines)
