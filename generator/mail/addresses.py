"""Read the file of subscribers: one address a line. Problems name the line and never the address.

ada@example.org         -> a subscriber
Ada <ada@example.org>   -> error: This line has more than an address.
ada@exämple.org        -> error: This address has a character that is not ASCII.
"""

import re

import msgspec

from generator.model import MailAddress, fits
from generator.problem import Location, Problem, error, notice


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
    problems = []
    for number, line in enumerate(_LINE_BREAK.split(data.decode("utf-8-sig", "replace")), start=1):
        text, place = line.strip(), Location(path=path, line=number)
        if not text:
            continue
        if not fits(text, MailAddress):
            problems.append(_problem(text, msgspec.structs.replace(place, column=line.index(text) + 1)))
            continue
        subscriber = Subscriber(text, place)
        first = found.setdefault(subscriber.mailbox, subscriber)
        if first is not subscriber:
            message = f"This address is also on line {first.place.line}."
            problems.append(notice(place, message, "It gets one mail. Remove either line."))
    return tuple(found.values()), tuple(problems)


_LINE_BREAK = re.compile(r"\r\n?|\n")


def _problem(text: str, place: Location) -> Problem:
    first_odd = next((index for index, char in enumerate(text) if not "!" <= char <= "~"), 0)
    at = msgspec.structs.replace(place, column=place.column + first_odd)
    if not text.isascii():
        hint = "Write the domain in its ASCII form, xn--...; before the @ only ASCII is possible."
        return error(at, "This address has a character that is not ASCII.", hint)
    if first_odd:
        hint = "Write only one address on a line."
        return error(at, "This line has more than an address.", hint)
    return error(at, "This is not a mail address.", "Write one like reader@example.org.")
