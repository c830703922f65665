"""Put dates and counts into English words, whatever the machine's locale."""

import datetime as dt
import re
from functools import lru_cache

import msgspec
from markupsafe import Markup

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Day(msgspec.Struct, frozen=True):
    """A day, for machines and for people."""

    iso: str
    text: str


@lru_cache(maxsize=1 << 13)  # many papers and issues have the same
def day(date: dt.date) -> Day:
    """Return the day as ISO 8601 and as "30 October 2025"."""
    return Day(date.isoformat(), f"{date.day} {_MONTHS[date.month - 1]} {date.year}")


def month_name(number: int) -> str:
    """Return "October"."""
    return _MONTHS[number - 1]


def shortened(text: str, length: int) -> str:
    """Return as many whole words of a text as fit into a length; an ellipsis stands for the others."""
    if len(text) <= length:
        return text
    whole, space, _ = text[: length - 1].rpartition(" ")
    return f"{whole} …" if space else f"{text[: length - 1]}…"


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 paper", "60 papers", "no papers"; `many` where the plural is not the singular and an s."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def number_word(number: int) -> str:
    """Return "three"; above twelve digits, "13"."""
    return _NUMBERS[number - 2] if 2 <= number < len(_NUMBERS) + 2 else str(number)


def ordinal(number: int) -> str:
    """Return "1st", "12th", "55th"."""
    ending = "th" if number % 100 // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_KEPT = re.compile("((?<![\u0370-\u03ff])[\u03b1-\u03c9](?![\u0370-\u03ff])|[\u00b5\u00df])")
"""What is another letter in capitals: a Greek letter among others is a symbol, in a Greek word it is not."""


def capitals(text: str) -> str:
    """Return text in capitals; a letter that would become another stays: "Δ-learning" is not "δ-learning"."""
    return "".join(part if index % 2 else part.upper() for index, part in enumerate(_KEPT.split(text)))


def cased(text: str) -> str:
    """Return text for an element shown in capitals: in a span of its own what `capitals` leaves as it is."""
    if text.isascii() or not _KEPT.search(text):
        return text
    parts = enumerate(_KEPT.split(text))
    kept = Markup('<span class="cased">{}</span>').format
    return Markup("").join(kept(part) if index % 2 else part for index, part in parts)
