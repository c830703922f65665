"""Keep captures that a later capture of the same page replaced, so that undo can restore them.

The first capture of a listing that was replaced is `content/listings/replaced/NAME.1`, the second `NAME.2`.
Their receipts, with the format and the reason each was filed with, are in `content/receipts/replaced/`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from pathlib import Path
from typing import NamedTuple

from generator.files import digest, load
from generator.ingest.captures import ParsedCapture
from generator.ingest.catalog import CatalogReceipts
from generator.ingest.inputs import Inputs, receipts_row
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.parsing import ParsedListing, parse_listing
from generator.ingest.plan import Write
from generator.ingest.receipts import receipts_path
from generator.library.paths import LISTINGS

REPLACED = "replaced"


class Restored(NamedTuple):
    """A listing as it was before a new capture replaced it."""

    listing: ParsedListing
    data: bytes
    kept: tuple[Write, ...]
    """The removal of the files that kept it."""


def restored_listings(root: Path, names: Iterable[str], inputs: Inputs) -> dict[str, Restored]:
    """Return the earlier captures of these listings, by name, for those that replaced one.

    If undo was killed and the kept receipts are gone, the listing's own receipts are those of the capture.
    """
    found: dict[str, Restored] = {}
    for name in names:
        number = _number_kept(root, name)
        data = load(root, _paths(name, number)[0]) if number else None
        if isinstance(data, bytes):
            receipts = load(root, _paths(name, number)[1])
            own = inputs.receipts.get(name, CatalogReceipts())
            row = receipts_row(name, receipts) if isinstance(receipts, bytes) else own
            listing = parse_listing(name, data, row.format_name, row.anyway)
            found[name] = Restored(listing, data, tuple(_removed(root, name, number)))
    return found


def half_restored(root: Path, inputs: Inputs) -> list[str]:
    """Return the names of listings that equal their last kept capture.

    Either undo was killed after it restored them, or ingest was killed after it kept the capture.
    """
    kept = {file.name.rpartition(".")[0] for file in (root / LISTINGS / REPLACED).glob("*.*")}
    there = sorted(kept & inputs.listings.keys())
    data = {name: load(root, _paths(name, _number_kept(root, name))[0]) for name in there}
    return [
        name
        for name, found in data.items()
        if isinstance(found, bytes) and digest(found) == inputs.listings[name]
    ]


def kept_captures(root: Path, candidates: Iterable[ParsedCapture]) -> Iterator[Write]:
    """Yield the writes that keep the listings which candidates replace, except answers of a source.

    A killed ingest may have kept a capture without its receipts; these are still the listing's own.
    """
    for name in (one.replaces for one in candidates if one.replaces and not one.is_fetched):
        data, number = load(root, f"{LISTINGS}{name}"), _number_kept(root, name)
        if not isinstance(data, bytes):
            continue
        is_kept = number > 0 and load(root, _paths(name, number)[0]) == data
        path, path_of_receipts = _paths(name, number if is_kept else number + 1)
        if not is_kept:
            yield Write(path=path, data=data)
        receipts = load(root, receipts_path(name))
        if isinstance(receipts, bytes) and not (is_kept and (root / path_of_receipts).exists()):
            yield Write(path=path_of_receipts, data=receipts)


def dropped_captures(root: Path, papers: MatchedPapers, restored: Mapping[str, Restored]) -> Iterator[Write]:
    """Yield the removal of kept captures: restored ones, and those of listings that are gone.

    Those of a renamed listing go under its new name.
    """
    for one in restored.values():
        yield from one.kept
    new_names = {former: name for name, former in papers.renamed.items()}
    for name in sorted({*papers.gone, *new_names}):
        numbers = range(1, _number_kept(root, name) + 1)
        if new_name := new_names.get(name):
            yield from (write for number in numbers for write in _moved(root, name, new_name, number))
        yield from (write for number in reversed(numbers) for write in _removed(root, name, number))


def _moved(root: Path, name: str, new_name: str, number: int) -> Iterator[Write]:
    """Yield what writes a kept capture and its receipts under another name."""
    for path, new_path in zip(_paths(name, number), _paths(new_name, number), strict=True):
        if isinstance(data := load(root, path), bytes):
            yield Write(path=new_path, data=data)


def _number_kept(root: Path, name: str) -> int:
    """Return how many captures of a listing are kept."""
    return sum(1 for _ in takewhile(lambda number: (root / _paths(name, number)[0]).exists(), count(1)))


def _paths(name: str, number: int) -> tuple[str, str]:
    """Return where a capture of a listing is kept, and its receipts."""
    return f"{LISTINGS}{REPLACED}/{name}.{number}", receipts_path(f"{REPLACED}/{name}.{number}")


def _removed(root: Path, name: str, number: int) -> Iterator[Write]:
    """Yield the removal of a kept capture. Its receipts go first: a capture that is there is work to do."""
    for path in reversed(_paths(name, number)):
        if (root / path).exists():
            yield Write(path=path, data=None)
