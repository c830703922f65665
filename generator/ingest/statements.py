"""Combine what the listings state of a paper into one value per field."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec

from generator.ingest.receipts import Receipt
from generator.listings import issue_of
from generator.model import ENRICHED, Listed, Stated
from generator.records.edit import FieldPath

ABSTRACT: FieldPath = ("abstract",)
PUBLISHED: FieldPath = ("published",)


class Mention(NamedTuple):
    """A paper, as one entry of a listing names it."""

    receipt: Receipt
    abstract: str = ""
    """The text whose digest the receipt has; empty where the listing was not read."""
    is_year_guessed: bool = False
    """Whether the listing states a day without a year."""


Mentions: TypeAlias = Mapping[str, Sequence[Mention]]
"""The mentions of one paper, by the listing's name, each by position."""


class Statement(NamedTuple):
    """A value that a listing states."""

    value: Any
    """As receipts have it: an abstract's digest."""
    listing: str
    text: str = ""
    """The abstract itself, where it was read."""

    @property
    def written(self) -> Any:
        """The value as a record has it."""
        return self.text or self.value


def combined(mentions: Mentions) -> dict[FieldPath, Statement]:
    """Return the winning statement of each field: that of the last listing, by name, which states the field.

    What `enrich` looked up counts only if no listing states a value. If a listing names the paper twice, its
    first entry counts. Each kind of `links` is a field of its own. A guessed year gives way to a stated one,
    and to the guess of an earlier listing, since a paper may be listed again years later.
    """
    found: dict[FieldPath, Statement] = {}
    for listing in sorted(mentions, key=lambda name: (name != ENRICHED, name)):
        for mention in reversed(mentions[listing]):
            for path, value in stated_values(mention.receipt.stated).items():
                is_guess = path == PUBLISHED and mention.is_year_guessed
                if not (is_guess and path in found and found[path].listing != listing):
                    found[path] = Statement(value, listing, mention.abstract if path == ABSTRACT else "")
    return found


def stated_values(stated: Stated) -> dict[FieldPath, Any]:
    """Return the values that are stated, each by its path in a record."""
    found: dict[FieldPath, Any] = {
        (name,): value
        for name in Stated.__struct_fields__
        if (value := getattr(stated, name)) != _NOTHING[name] and name != "links"
    }
    return found | {("links", kind): url for kind, url in stated.links.items()}


_NOTHING = {name: getattr(Stated(), name) for name in Stated.__struct_fields__}


def record_fields(statements: Mapping[FieldPath, Statement]) -> dict[str, Any]:
    """Return the fields of a record that holds the statements."""
    written = {path: statement.written for path, statement in statements.items()}
    links = {path[1]: value for path, value in written.items() if path[0] == "links"}
    return {"links": links} | {str(path[0]): value for path, value in written.items() if len(path) == 1}


def listed_row(listing: str, mentions: Sequence[Mention]) -> Listed:
    """Return the row of `listed` for a listing, of its first mention of the paper."""
    first = mentions[0].receipt
    return Listed(
        listing=listing,
        issue=issue_of(listing),
        position=first.position,
        votes=first.votes,
        discussion=first.discussion,
    )


def fields_before_listings(mentions: Mentions) -> set[str] | None:
    """Return the fields that the record had before any listing named it; None where there was no record."""
    joined = [mention.receipt.joined for found in mentions.values() for mention in found]
    return {name for names in joined if names for name in names} if joined and None not in joined else None


def name_of(path: FieldPath) -> str:
    """Return the name of a path: "title", "links.code", "listed.votes"."""
    return ".".join(str(step) for step in path if isinstance(step, str))


def listed_rows(mentions: Mentions) -> Iterable[Listed]:
    """Return the rows of `listed`, in the order of the listings' names."""
    return [listed_row(listing, mentions[listing]) for listing in sorted(mentions)]


def row_values(listed: Listed) -> dict[str, Any]:
    """Return what a row of `listed` states, field by field."""
    found: dict[str, Any] = msgspec.to_builtins(listed, builtin_types=(dt.date,))
    return found
