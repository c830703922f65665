"""The file of subscribers: one address a line. Problems name the line and never the address."""

import re

import msgspec

from generator.model import MailAddress
from generator.problem import Location, Problem, error, notice


class Subscriber(msgspec.Struct, frozen=True):
    """Who gets the issue."""

    address: str
    place: Location
    """The line that names them, without its text."""

    @property
    def mailbox(self) -> str:
        """The address such that two of the same mailbox are equal: no case in the domain (RFC 5321, 2.4)."""
        local, at, domain = self.address.rpartition("@")
        return local + at + domain.lower()


def subscribers(data: bytes, path: str) -> tuple[tuple[Subscriber, ...], tuple[Problem, ...]]:
    """Return the subscribers that a file names, each once, and what is wrong with its other lines."""
    found: dict[str, Subscriber] = {}
    problems = []
    for number, line in enumerate(_LINE_BREAK.split(data.decode("utf-8-sig", "replace")), start=1):
        words, place = line.strip(), Location(path=path, line=number)
        if not words:
            continue
        if not _is_address(words):
            problems.append(_flaw(words, msgspec.structs.replace(place, column=line.index(words) + 1)))
            continue
        subscriber = Subscriber(words, place)
        first = found.setdefault(subscriber.mailbox, subscriber)
        if first is not subscriber:
            message = f"Line {first.place.line} names this address already."
            problems.append(notice(place, message, "It gets one mail. Remove either line."))
    return tuple(found.values()), tuple(problems)


_LINE_BREAK = re.compile(r"\r\n?|\n")


def _flaw(words: str, place: Location) -> Problem:
    strange = next((index for index, char in enumerate(words) if not "!" <= char <= "~"), 0)
    at = msgspec.structs.replace(place, column=place.column + strange)
    if not words.isascii():
        hint = "Write a domain in its ASCII form, xn--...; for the rest, ask for another address."
        return error(at, "This address has a character that is not ASCII.", hint)
    if strange:
        hint = "Write one address a line, and nothing else."
        return error(at, "This line holds more than an address.", hint)
    return error(at, "This is not a mail address.", "Write one such as reader@example.org.")


def _is_address(text: str) -> bool:
    try:
        msgspec.convert(text, MailAddress)
    except msgspec.ValidationError:
        return False
    return True
