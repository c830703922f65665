"""Read the file of subscribers: an address a line, or CSV. Problems name the line and never the address.

ada@example.org                  -> a subscriber
Ada <ada@example.org>  # since May -> the same
ada@example.org, bob@example.org -> error: This line is not one address.
ada@exämple.org                  -> error: This address has a character that is not ASCII.

In CSV, as newsletters export it (RFC 4180), the one field of a row that is an address counts:

email,name,since
ada@example.org,"Ada, Countess",2024
"""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

import msgspec

from generator.model import fits
from generator.problem import Location, Problem, at_most, error, notice
from generator.settings import MailAddress


class Subscriber(msgspec.Struct, frozen=True):
    """Someone who gets the issue."""

    address: str
    place: Location
    """The line with the address; its text is left out."""

    @property
    def mailbox(self) -> str:
        """The address with its domain in lower case: equal for the same mailbox (RFC 5321, 2.4)."""
        local, at, domain = self.address.rpartition("@")
        return local + at + domain.lower()


def read_subscribers(data: bytes, path: str) -> tuple[tuple[Subscriber, ...], tuple[Problem, ...]]:
    """Return the subscribers in a file, each once, and the problems of its other lines."""
    found: dict[str, Subscriber] = {}
    errors: list[Problem] = []
    notices: list[Problem] = []
    lines = _LINE_BREAK.split(_text(data))
    for number, line in enumerate(lines, start=1):
        text, place = _COMMENT.sub("", line).strip(), Location(path=path, line=number)
        if not text or (not found and not errors and _is_heading(text)):
            continue
        address = _address_in(text)
        if not fits(address, MailAddress):
            errors.append(_problem(address, msgspec.structs.replace(place, column=line.index(address) + 1)))
            continue
        subscriber = Subscriber(address, place)
        first = found.setdefault(subscriber.mailbox, subscriber)
        if first is not subscriber:
            message = f"This address is also on line {first.place.line}."
            hint, many = "It gets one mail. Remove either line.", "addresses are on a line above too"
            notices.append(notice(place, message, hint, many))
    return tuple(found.values()), (*at_most(errors, path), *notices)


def _text(data: bytes) -> str:
    """Return a file's text: in UTF-8, or in UTF-16 where its first bytes say so, as spreadsheets save it."""
    return data.decode("utf-16" if data[:2] in {BOM_UTF16_LE, BOM_UTF16_BE} else "utf-8-sig", "replace")


_LINE_BREAK = re.compile(r"\r\n?|\n")
_COMMENT = re.compile(r"(^|\s)#.*")
_DELIMITERS = ",;\t"
LONG = 100_000
"""Characters of a line that is no row: `csv` refuses fields from 131,072 on."""
_NAMED = re.compile(r"[^<>@]*<([^<>]*)>")
"""A name and an address (RFC 5322, 3.4), as mail programs copy them."""


def _is_heading(text: str) -> bool:
    """Tell whether a line names columns: it has a column's usual name, and no address."""
    return "@" not in text and ("mail" in text.casefold() or text.casefold() == "address")


def _address_in(text: str) -> str:
    """Return the one address of a line; all of the line where there is not one."""
    fields = [text, *_fields(text)]
    named = [match[1].strip() for field in fields if (match := _NAMED.fullmatch(field.strip()))]
    candidates = [*named, *(field.strip() for field in fields)]
    addresses = list(dict.fromkeys(text for text in candidates if fits(text, MailAddress)))
    return addresses[0] if len(addresses) == 1 else text


def _fields(text: str) -> Iterator[str]:
    for delimiter in _DELIMITERS:
        if delimiter in text and len(text) < LONG:
            yield from next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])


def _problem(text: str, place: Location) -> Problem:
    first_odd = next((index for index, char in enumerate(text) if not "!" <= char <= "~"), 0)
    at = msgspec.structs.replace(place, column=place.column + first_odd)
    if not text.isascii():
        hint = "Write the domain in its ASCII form, xn--...; before the @ only ASCII is possible."
        return error(at, "This address has a character that is not ASCII.", hint)
    if first_odd:
        hint = "Write one address per line, as name@host or as Name <name@host>."
        return error(at, "This line is not one address.", hint)
    return error(at, "This is not a mail address.", "Write one like reader@example.org.")
