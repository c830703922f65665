"""What `broadsheet enrich` found of papers: an object a line.

::

    {"paper": "pears-in-spring", "found": "arxiv", "likeness": 0.98, "title": "Pears in Spring",
     "arxiv": "2410.15393", "version": 2, "authors": ["Ann Other"], "links": {"code": "https://github.com/a/b"}}

``paper`` is the id of the record, ``found`` where its facts were found, and ``likeness`` that of the two
titles (1 if they are the same). The other members are fields of a record that listings may state; only those
are there that the record lacked, and its own title or identifier, by which it is known.
"""

from typing import Any

import msgspec

from generator.listings.entry import Listing, Parse, quote
from generator.listings.reading import json_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.model import Stated, fits

NAME = "enriched"
OTHERS = {"paper", "found", "likeness"}


def matches(listing: Listing) -> bool:
    """Tell whether the text is of such lines."""
    return json_records.holds(listing, _is_record)


def parse(listing: Listing) -> Parse:
    """Return the papers of such lines."""
    found = json_records.read(listing, _is_record).records
    return parse_of(listing, [ListedItem(record.span, _facts(record.value)) for record in found])


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() >= OTHERS


def _facts(line: Any) -> Facts | Refused:
    if isinstance(line, Refused):
        return line
    values = {name: value for name, value in line.items() if name not in OTHERS}
    if wrong := [name for name, value in values.items() if not fits({name: value}, Stated)]:
        return Refused(f"This is no field of a record, or no value of it: {quote(wrong[0])}.")
    return msgspec.structs.asdict(msgspec.convert(values, Stated, strict=False))
