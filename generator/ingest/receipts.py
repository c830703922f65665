"""Read and write receipts: what each ingested listing said of a paper, and which record it went to."""

import hashlib
from collections.abc import Iterable

import msgspec

from generator.library.paths import RECEIPTS
from generator.model import Count, Slug, Stated, Text
from generator.problem import Location, Problem, at_most, error
from generator.records.codec import text_of


class Receipt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One entry of a listing, as it was last ingested."""

    id: Slug
    """That of the record the entry went to."""
    position: Count
    stated: Stated
    """With the abstract's digest in its place: see `digested`."""
    votes: Count | None = None
    discussion: Count | None = None
    format_name: Text | None = None
    """The listing's format, where a person named it: its content may not tell."""
    anyway: Text | None = None
    """Why a person filed the listing, although something spoke against it."""
    vanished: bool = False
    """Whether the listing named the paper once, and no longer does."""
    joined: tuple[Text, ...] | None = None
    """The fields that an editor's record had before any listing named it; None where there was no record."""


def receipts_path(listing: str) -> str:
    """Return where the receipts of a listing are kept."""
    return f"{RECEIPTS}{listing}.jsonl"


def digested(stated: Stated) -> Stated:
    """Return what is stated, with its one long text, the abstract, replaced by a digest."""
    if stated.abstract is None:
        return stated
    return msgspec.structs.replace(stated, abstract=abstract_digest(stated.abstract))


def abstract_digest(text: str) -> str:
    """Return the digest by which receipts know a long text."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:32]


def encode_receipts(receipts: Iterable[Receipt]) -> str:
    """Return receipts as JSON Lines, by position: the same receipts give the same text."""
    lines = [
        (receipt.position, receipt.id, msgspec.json.encode(receipt, order="deterministic").decode())
        for receipt in receipts
    ]
    return "".join(f"{line}\n" for _, _, line in sorted(lines))


def decode_receipts(data: bytes, path: str) -> tuple[tuple[Receipt, ...], tuple[Problem, ...]]:
    """Return the receipts of a file by position, and an error for lines that are none, up to `MOST`."""
    text, problems = text_of(data, path)
    found: list[Receipt] = []
    broken: list[Problem] = []
    for number, line in enumerate((text or "").split("\n"), start=1):
        try:
            if line.strip():
                found.append(_decode(line))
        except msgspec.MsgspecError as flaw:
            place = Location(path=path, line=number, text=line)
            broken.append(error(place, f"This is not a receipt: {flaw}.", _HINT))
    return tuple(sorted(found, key=lambda receipt: receipt.position)), (*problems, *at_most(broken, path))


_decode = msgspec.json.Decoder(Receipt).decode
_HINT = (
    "Nothing was ingested: without its receipts, ingest would bring back what was deleted and undo what was "
    "edited. Restore the file from version control."
)
