"""Records of JSON (RFC 8259): an array of them, one or several objects in turn, or an object around an array.

A value that is not JSON is left out, with its place; reading goes on with the next record behind it. Time is
bounded: values nested beyond a thousand levels are left out, and what is read again is at most some times the
file.
"""

import json
import re
from collections.abc import Callable, Generator, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from generator.listings.entry import Listing, Span, quote
from generator.listings.reading.places import Places
from generator.listings.reading.records import CAPTURE, Refused
from generator.listings.reading.shapes import dict_of

SPACE = re.compile(r"[ \t\n\r]*")
ARRAY_OR_OBJECT = re.compile(r"[ \t\n\r\ufeff]*[\[{]")
NEXT = re.compile(r"(?<=[\s,\[]){|\A{")
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
PAIR_OR_LONE = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")
"""An escaped backslash, the surrogates of one character, or a lone surrogate, which is no character."""
AROUND = (
    "data",
    "results",
    "items",
    "message",
    "dailyPapers",
    "papers",
    "recommendedPapers",
    "works",
    "records",
)
"""Members under which services put their records."""
LOOKED_AT = 5
LONGEST_ANSWER = 10_000
"""Characters of an answer without records, at most."""
ATTEMPTS = 500
READ_AGAIN = 10
"""How many times the file's length may be read in search of the next record."""

IsRecord: TypeAlias = Callable[[Any], bool]
_read_value = json.JSONDecoder(strict=False).raw_decode


class JsonRecord(NamedTuple):
    """A record's place, and its value, or why it is left out."""

    span: Span
    value: Any


class JsonText(NamedTuple):
    """A JSON text's records, and what the object around them says besides."""

    records: list[JsonRecord]
    head: dict[str, Any]


class _Flaw(NamedTuple):
    offset: int
    message: str


def begins(listing: Listing) -> bool:
    """Tell whether a text may be JSON."""
    first = next((text for text in listing.lines if text and not text.isspace()), "")
    return ARRAY_OR_OBJECT.match(first) is not None


def holds(listing: Listing, is_record: IsRecord) -> bool:
    """Tell whether one of the first values that can be read is a record of the kind."""
    if not begins(listing):
        return False
    found = islice(_Reader(listing, is_record).records(), LOOKED_AT)
    return any(is_record(one.value) for one in found if not isinstance(one.value, Refused))


def said_without_records(listing: Listing) -> str | None:
    """Return what JSON without records says, such as a service's error; None for any other text."""
    text = listing.text
    if not begins(listing) or len(text) > LONGEST_ANSWER:
        return None
    try:
        answer = json.loads(_without_lone_surrogates(text), strict=False)
    except (ValueError, RecursionError):
        return None
    outer = dict_of(answer)
    if isinstance(said := outer.get("error"), str):
        return f"The service answered with an error: {quote(' '.join(said.split()))}."
    values = [answer, *map(outer.get, AROUND), *map(dict_of(outer.get("message")).get, AROUND)]
    lists = [value for value in values if isinstance(value, list)]
    return "This answer has no papers: its list is empty." if lists and not any(lists) else None


def read(listing: Listing, is_record: IsRecord) -> JsonText:
    """Return the records of a JSON text; a value that is none of the kind is refused.

    ``null`` is left out: Semantic Scholar answers so for each identifier that it does not know.
    """
    reader = _Reader(listing, is_record)
    return JsonText(list(_of_the_kind(reader, is_record)), reader.head)


def one_by_one(listing: Listing, is_record: IsRecord) -> Iterator[JsonRecord]:
    """Yield the records of a JSON text, as `read` does, where they are too many to have all at once."""
    return _of_the_kind(_Reader(listing, is_record), is_record)


def _of_the_kind(reader: "_Reader", is_record: IsRecord) -> Iterator[JsonRecord]:
    for found in reader.records():
        if isinstance(found.value, Refused) or is_record(found.value):
            yield found
        elif found.value is not None:
            yield found._replace(value=Refused("This is not a record of this format."))


class _Reader:
    """Goes through a text once, record by record."""

    def __init__(self, listing: Listing, is_record: IsRecord) -> None:
        self.head: dict[str, Any] = {}
        self._text = listing.text
        self._places = Places(listing.lines)
        self._is_record = is_record
        self._attempts = ATTEMPTS
        self._room = READ_AGAIN * len(self._text) + 100_000

    def records(self) -> Iterator[JsonRecord]:
        """Yield the records of all values that the text has one after another."""
        offset = self._after_space(0)
        while offset < len(self._text):
            offset = yield from self._from_value(offset)
            offset = self._after_space(offset, ",")

    def _from_value(self, begin: int) -> Generator[JsonRecord, None, int]:
        if self._text[begin] == "[":
            return (yield from self._from_array(begin))
        value, end = self._value(begin)
        if self._text[begin] == "{" and (isinstance(value, _Flaw) or _is_around(value)):
            around = yield from self._from_object(begin)
            if around is not None:
                return around
        return (yield from self._one(begin, value, end))

    def _one(self, begin: int, value: Any, end: int) -> Generator[JsonRecord, None, int]:
        """Yield one value, or the stretch up to the next record where it is none."""
        if not isinstance(value, _Flaw):
            yield JsonRecord(self._places.span(begin, end), value)
            return end
        end = self._next_record(max(begin + 1, min(value.offset, len(self._text))), begin)
        stretch_end = begin + max(1, len(self._text[begin:end].rstrip(" \t\r\n,")))
        message = value.message if value.offset < stretch_end else "it ends too early"
        place = self._places.at(min(value.offset, stretch_end - 1))
        refused = Refused(f"This is not JSON: {message}.", CAPTURE, place)
        yield JsonRecord(self._places.span(begin, stretch_end), refused)
        return end

    def _from_array(self, begin: int) -> Generator[JsonRecord, None, int]:
        offset, value = self._after_space(begin + 1), None
        while offset < len(self._text) and self._text[offset] != "]":
            value, end = self._value(offset)
            offset = yield from self._one(offset, value, end)
            offset = self._after_space(offset, ",")
        if offset >= len(self._text) and not isinstance(value, _Flaw):
            yield self._cut()
        return offset + 1

    def _from_object(self, begin: int) -> Generator[JsonRecord, None, int | None]:
        """Yield the records of an object that is around them; return None where it is not."""
        offset, is_around = self._after_space(begin + 1), False
        while self._text[offset : offset + 1] == '"':
            key, end = self._value(offset)
            colon = self._after_space(end)
            if isinstance(key, _Flaw) or self._text[colon : colon + 1] != ":":
                break
            start = self._after_space(colon + 1)
            if key in AROUND and self._text[start : start + 1] == "[":
                is_around, offset = True, (yield from self._from_array(start))
            elif key in AROUND and self._text[start : start + 1] == "{":
                is_around, offset = True, (yield from self._from_value(start))
            else:
                value, offset = self._value(start)
                if isinstance(value, _Flaw):
                    break
                self.head[key] = value
            offset = self._after_space(offset, ",")
        if not is_around:
            return None
        if self._text[offset : offset + 1] != "}":
            if offset < len(self._text):
                return (yield from self._one(offset, _Flaw(offset, "a member or } is missing"), offset))
            yield self._cut()
        return offset + 1

    def _cut(self) -> JsonRecord:
        end = len(self._text)
        refused = Refused(
            "This JSON ends too early.", "Fetch the listing again to its end; what it has is kept."
        )
        return JsonRecord(self._places.span(end - 1, end), refused)

    def _value(self, begin: int) -> tuple[Any, int]:
        try:
            value, end = _read_value(self._text, begin)
            may_have = self._text.find("\\u", begin, end) != -1  # most have none, and a search takes longer
            if may_have and ESCAPED_SURROGATE.search(self._text, begin, end):
                value, _ = _read_value(_without_lone_surrogates(self._text[begin:end]))
            return value, end
        except json.JSONDecodeError as flaw:
            return _Flaw(flaw.pos, flaw.msg[:1].lower() + flaw.msg[1:]), begin
        except RecursionError:
            return _Flaw(begin, "it is nested too deeply"), begin
        except (StopIteration, ValueError):
            return _Flaw(begin, "a value is missing, or a number has too many digits"), begin

    def _next_record(self, offset: int, begin: int) -> int:
        """Return where the next record begins, behind a value that is not JSON; or the end of the text."""
        line_end = self._text.find("\n", begin)
        if -1 < line_end < offset:  # the value lacks its end: one value a line gives the next a chance
            offset = line_end
        while match := NEXT.search(self._text, offset):
            if self._attempts <= 0 or self._room <= 0:
                break
            value, end = self._value(match.start())
            self._attempts -= 1
            self._room -= max(end, value.offset if isinstance(value, _Flaw) else 0) - match.start()
            if not isinstance(value, _Flaw) and self._is_record(value):
                return match.start()
            offset = max(match.end(), end)
        return len(self._text)

    def _after_space(self, offset: int, also: str = "") -> int:
        match = SPACE.match(self._text, offset)
        offset = match.end() if match else offset
        if also and self._text.startswith(also, offset):
            return self._after_space(offset + 1)
        return offset


def _without_lone_surrogates(text: str) -> str:
    """Return JSON with a replacement character in place of each lone surrogate (RFC 8259, 8.2)."""
    return PAIR_OR_LONE.sub(lambda found: r"\ufffd" if found[1] else found[0], text)


def _is_around(value: dict[str, Any]) -> bool:
    return any(isinstance(value.get(key), list | dict) for key in AROUND)
