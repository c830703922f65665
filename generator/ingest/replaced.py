"""Captures that a later capture of the same page replaced: kept, so that undo brings them back.

The first capture of a listing that was replaced is `content/listings/replaced/NAME.1`, the second `NAME.2`;
their receipts, which hold why and as what each was filed, are in `content/receipts/replaced/`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from pathlib import Path
from typing import NamedTuple

from generator.files import load
from generator.ingest.captures import ParsedCapture
from generator.ingest.catalog import CatalogReceipts
from generator.ingest.inputs import receipts_row
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.parsing import LISTINGS, ParsedListing, parse_listing
from generator.ingest.plan import Write
from generator.ingest.receipts import receipts_path

FOLDER = "replaced"


class Restored(NamedTuple):
    """A listing as it was before a new capture replaced it."""

    listing: ParsedListing
    data: bytes
    kept: tuple[Write, ...]
    """The removal of the files that kept it."""


def restored_listings(root: Path, names: Iterable[str]) -> dict[str, Restored]:
    """Return those of the listings, by name, that replaced an earlier capture, as they were before."""
    found: dict[str, Restored] = {}
    for name in names:
        number = _number_kept(root, name)
        data = load(root, _paths(name, number)[0]) if number else None
        if isinstance(data, bytes):
            receipts = load(root, _paths(name, number)[1])
            row = receipts_row(name, receipts) if isinstance(receipts, bytes) else CatalogReceipts()
            listing = parse_listing(name, data, row.format_name, row.anyway)
            found[name] = Restored(listing, data, tuple(_removed(root, name, number)))
    return found


def kept_captures(root: Path, candidates: Iterable[ParsedCapture]) -> Iterator[Write]:
    """Yield what keeps the listings that candidates replace. A source's answers are not kept: it has them."""
    for name in (one.replaces for one in candidates if one.replaces and not one.is_fetched):
        data, number = load(root, f"{LISTINGS}/{name}"), _number_kept(root, name)
        if isinstance(data, bytes) and not (number and load(root, _paths(name, number)[0]) == data):
            yield Write(path=_paths(name, number + 1)[0], data=data)
            if isinstance(receipts := load(root, receipts_path(name)), bytes):
                yield Write(path=_paths(name, number + 1)[1], data=receipts)


def dropped_captures(root: Path, papers: MatchedPapers, restored: Mapping[str, Restored]) -> Iterator[Write]:
    """Yield the removal of kept captures: restored ones, and those of listings that are gone.

    Those of a renamed listing go under its new name.
    """
    for one in restored.values():
        yield from one.kept
    new_names = {former: name for name, former in papers.renamed.items()}
    for name in sorted({*papers.gone, *new_names}):
        for number in range(1, _number_kept(root, name) + 1):
            for write, path in zip(
                _removed(root, name, number), _paths(new_names.get(name, ""), number), strict=False
            ):
                data = load(root, write.path)
                if name in new_names and isinstance(data, bytes):
                    yield Write(path=path, data=data)
                yield write


def _number_kept(root: Path, name: str) -> int:
    """Return how many captures of a listing are kept."""
    return sum(1 for _ in takewhile(lambda number: (root / _paths(name, number)[0]).exists(), count(1)))


def _paths(name: str, number: int) -> tuple[str, str]:
    """Return where a capture of a listing is kept, and its receipts."""
    return f"{LISTINGS}/{FOLDER}/{name}.{number}", receipts_path(f"{FOLDER}/{name}.{number}")


def _removed(root: Path, name: str, number: int) -> Iterator[Write]:
    """Yield the removal of a kept capture, and of its receipts where there are any."""
    for path in _paths(name, number):
        if (root / path).exists():
            yield Write(path=path, data=None)
