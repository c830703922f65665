"""Read listings into receipts and records. The room `ingest/` reads and decides; this module writes.

Records are written before receipts, so that ingest may be killed at any moment and the next run completes
it: a value without a receipt is found to be what the listings say, while a receipt without a record would say
that an editor deleted the record. (If a late entry shows that two earlier ones are one paper, the next run
knows it from the start, and may make one record where this run would have made two.)
"""

import fcntl
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import msgspec

from generator.commands.vectors import add_vectors
from generator.engine.content_digests import content_digests
from generator.engine.ledger import StateFolder
from generator.files import is_there, open_lock, read_file, write_file
from generator.ingest.affected import changed_listings
from generator.ingest.captures import Capture, ParsedCapture, read_captures
from generator.ingest.catalog import CATALOG, Catalog, encode_catalog, read_catalog
from generator.ingest.gate import gate
from generator.ingest.inputs import Inputs, read_inputs, read_listings
from generator.ingest.matched_papers import match_papers
from generator.ingest.next_catalog import next_catalog
from generator.ingest.plan import Write, plan_changes
from generator.ingest.refused import refused_changes
from generator.ingest.replaced import (
    REPLACED,
    Restored,
    dropped_captures,
    half_restored,
    kept_captures,
    restored_listings,
)
from generator.ingest.report import IngestReport, nothing_filed, report_of, stopped
from generator.library.paths import LISTINGS, PAPERS, RECEIPTS, REFUSED
from generator.model import Stated
from generator.problem import Location, Problem, error, notice

ACCEPTABLE = (*Stated.__struct_fields__, "listed")
"""The fields that listings own, and may take back from an editor."""
LOCK = ".broadsheet/ingest.lock"
ABANDONED = 60
"""Seconds after which a half-written file is taken for one that a killed process left."""


def ingest(
    root: Path,
    captures: Sequence[Capture] = (),
    *,
    accept: Mapping[str, Collection[str]] = MappingProxyType({}),
    anyway: str | None = None,
    without: Collection[str] = (),
    dry_run: bool = False,
    digests: Mapping[str, bytes] | None = None,
) -> IngestReport:
    """Read the listings of the digest at `root` into its records, and return what was done.

    Captures are filed first, unless there is a reason against one; `anyway` says why to file it nevertheless.
    `accept` has fields by path of record: they take the listings' value even if an editor changed them.
    Listings in `without` are removed, with what they brought; if one replaced an earlier capture, that is
    restored, also after a killed undo. `digests` has those of content files that were computed just now.
    """
    with nullcontext() if dry_run else locked(root):
        # Read what is on disk. What the last ingest knew, by its digest, is not decoded again.
        inputs = read_inputs(root, read_catalog(root), without, digests or _digests(root))
        _remove_half_written(root, () if dry_run else inputs.half_written)
        if obstacles := _obstacles(inputs, without):
            return IngestReport(problems=obstacles)

        # Parse the listings that are new or have changed, and the files that are to be filed.
        half = () if captures or without else half_restored(root, inputs)
        restored = restored_listings(root, (*without, *half), inputs)
        changed = read_listings(root, changed_listings(inputs), inputs)
        changed |= {name: one.listing for name, one in restored.items()}
        existing = {name: changed.get(name) or inputs.last.listings[name] for name in inputs.listings}
        parsed = read_captures(root, captures, inputs, existing)
        candidates = [one for one in parsed if isinstance(one, ParsedCapture)]

        # Match their entries to records, and gate the files. What is refused leaves no trace in the others.
        papers = match_papers(root, inputs, changed, candidates, accept, restored.keys())
        outcomes, admitted = gate(parsed, papers.matched, papers.known, existing, anyway)
        refused = tuple(refused_changes(root, parsed, outcomes))
        if captures and not admitted:
            nothing = nothing_filed(outcomes, existing, papers.known, refused)
            return nothing if dry_run else _written(root, nothing, inputs.last, inputs.last)
        if admitted != candidates:  # match again without what was refused, so that it leaves no trace
            papers = match_papers(root, inputs, changed, admitted, accept)

        # Plan what is to be written, and write it.
        plan = plan_changes(papers)
        catalog = next_catalog(inputs, papers, plan)
        filed = *kept_captures(root, admitted), *_filed(admitted, restored, without)
        report = report_of(inputs, papers, plan, catalog, outcomes, filed)
        report = msgspec.structs.replace(report, last=(*dropped_captures(root, papers, restored), *refused))
        return report if dry_run else _written(root, report, inputs.last, catalog)


def _digests(root: Path) -> Mapping[str, bytes]:
    """Return the digests of content files, by path, that builds to `site/` keep."""
    return content_digests(root, StateFolder.of(root, root / "site"))


def listing_problems(root: Path, digests: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return the problems of listings, of receipts, and of papers that are no longer listed.

    `digests` has those of content files, by path, that were computed just now. If all listings are gone, only
    ingest stops: the site is built from records, and may be published without listings.
    """
    if not any((root / folder).is_dir() for folder in (LISTINGS, RECEIPTS)):
        return ()
    report = ingest(root, dry_run=True, digests=digests)
    if report.problems == _GONE:
        return (notice(_FOLDER, "There are receipts, but their listings are gone.", _MAY_BE),)
    of_listings = (one for one in report.problems if one.location.path.startswith((LISTINGS, RECEIPTS)))
    return (*of_listings, *report.named_no_more)


_FOLDER = Location(path=LISTINGS.removesuffix("/"))
_GONE = (
    error(
        _FOLDER,
        "There are receipts, but their listings are gone; nothing was ingested.",
        "Restore them; or remove each, with what it brought, by `broadsheet undo LISTING`.",
    ),
)
_MAY_BE = "You can publish without them. To ingest, restore them, or run `broadsheet undo` for each."


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lock the digest's records for this process; wait while another has them."""
    with open_lock(root / LOCK) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_half_written(root: Path, paths: Iterable[str]) -> None:
    """Remove what killed processes left; younger files may be what the desk is writing."""
    for path in paths:
        with suppress(OSError):
            if time.time() - (root / path).stat().st_mtime > ABANDONED:
                (root / path).unlink()


def _obstacles(inputs: Inputs, without: Collection[str]) -> tuple[Problem, ...]:
    """Return the problems that make it unsafe to ingest anything."""
    if broken := tuple(chain.from_iterable(row.problems for row in inputs.receipts.values())):
        return broken
    return _GONE if not inputs.listings and inputs.receipts and not without else ()


def _filed(
    admitted: Iterable[ParsedCapture], restored: Mapping[str, Restored], without: Collection[str]
) -> tuple[Write, ...]:
    """Return the writes of new or restored listings, and the removals."""
    return (
        *(Write(path=one.listing.path, data=one.data) for one in admitted),
        *(Write(path=one.listing.path, data=one.data) for name, one in restored.items() if name in without),
        *(Write(path=f"{LISTINGS}{name}", data=None) for name in without if name not in restored),
    )


def _written(root: Path, report: IngestReport, last: Catalog, catalog: Catalog) -> IngestReport:
    """Carry out all writes of a report, in an order in which it may stop anywhere; then write the catalog."""
    plan = report.plan
    of_records = *plan.made, *plan.edited, *plan.removed, *plan.receipts
    writes = *report.filed, *of_records, *report.last
    for number, write in enumerate(writes):
        if problem := carry_out(root, write):
            return stopped(report, problem, number, len(writes))
    if catalog != last:
        write_file(root / CATALOG, encode_catalog(catalog))
    added = add_vectors(root, (*plan.made, *plan.edited))
    return msgspec.structs.replace(report, vectors=added.made, without_vector=added.lacking)


def carry_out(root: Path, write: Write) -> Problem | None:
    """Write or remove one file, and return what prevents it."""
    place, path = Location(path=write.path), root / write.path
    try:
        if write.before is not None and read_file(path) != write.before:
            message = "This record was changed while ingest ran, so ingest stopped here."
            return error(place, message, "Run ingest again.")
        if write.data is not None:
            write_file(path, write.data)
            return None
        if is_there(root, write.path):
            path.unlink()
        if path.parent.parent == root / PAPERS or path.parent.name in {REPLACED, Path(REFUSED).name}:
            with suppress(OSError):  # a folder that is not empty stays
                path.parent.rmdir()
    except OSError as flaw:
        message = f"Cannot write this file: {flaw.strerror}. Ingest stopped here."
        return error(place, message, "Free disk space or fix permissions, then run ingest again.")
    return None
