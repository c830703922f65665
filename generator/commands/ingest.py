"""Ingest: listings into receipts and records. `ingest/` reads and decides; files are written here.

Records are written before receipts, so that ingest may be killed anywhere and the next run ends where this
one would have: it finds a value without a receipt to be what the listings say, and leaves it, while a receipt
without a record would say that an editor deleted it. (Where a late entry proves two earlier ones to be of one
paper, the next run knows it from the start, and may make one record where this one would have made two.)
"""

import fcntl
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import chain
from pathlib import Path

import msgspec

from generator.files import digest, write_file
from generator.ingest.catalog import CATALOG, Known, encode_catalog, known_of, read_catalog
from generator.ingest.content import Plan, Write
from generator.ingest.filing import Decision, ExistingListings, Filing, decide
from generator.ingest.inputs import PAPERS, Survey, survey
from generator.ingest.loading import load_content, reader
from generator.ingest.matching import LISTINGS
from generator.ingest.outcome import catalog_after, told, without_tried_again
from generator.ingest.plan import plan_of
from generator.ingest.receipts import RECEIPTS
from generator.model import Stated
from generator.problem import Location, Problem, error, notice

ACCEPTABLE = (*Stated.__struct_fields__, "listed")
"""The fields that listings own, and may take back from an editor."""
LOCK = ".broadsheet/ingest.lock"


def ingest(
    root: Path,
    filings: Sequence[Filing] = (),
    *,
    accept: Mapping[str, Collection[str]] | None = None,
    anyway: str | None = None,
    without: Collection[str] = (),
    dry_run: bool = False,
) -> Plan:
    """Read the listings of the digest at `root` into its records, and return what was done.

    Files of `filings` are filed first, unless something speaks against one; `anyway` is why they are filed
    all the same. By the path of a record, fields in `accept`, of ACCEPTABLE, follow the listings even where
    an editor has touched them. The listings in `without` are removed, with what they brought. A dry run
    returns the same plan and writes nothing.
    """
    with nullcontext() if dry_run else locked(root):
        last = read_catalog(root)
        found = survey(root, last)
        if broken := tuple(chain.from_iterable(head.problems for head in found.receipts.values())):
            return Plan(problems=broken)
        known, _ = known_of(found.records.values(), found.receipts)
        decisions = _decisions(root, filings, found, known, anyway)
        if filings and not any(decision.filed.listing for decision in decisions):
            return _nothing_filed(decisions, found, known)
        found = _with_listings(found, decisions, without)
        if not found.listings and found.receipts and not without:
            return Plan(problems=_GONE)
        read = reader(root, found, [one.listing for one in decisions if one.listing])
        content = load_content(root, found, known, read, accept or {})
        plan = msgspec.structs.replace(
            plan_of(content),
            filed=tuple(_filed(decisions, without)),
            filings=tuple(decision.filed for decision in decisions),
        )
        after = catalog_after(found, content, plan)
        plan = told(root, found, content, plan, after)
        problems = chain(chain.from_iterable(decision.problems for decision in decisions), plan.problems)
        stopped = [] if dry_run else _write(root, plan)
        if not dry_run and not stopped and (kept := without_tried_again(after, plan)) != last:
            write_file(root / CATALOG, encode_catalog(kept))
        return msgspec.structs.replace(plan, problems=(*problems, *stopped), stopped=bool(stopped))


def listing_problems(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong or worth knowing of listings, receipts, and papers no longer listed.

    That all listings are gone stops ingest only: the site is built from records, and may be published so.
    """
    if not any((root / folder).is_dir() for folder in (LISTINGS, RECEIPTS)):
        return ()
    plan = ingest(root, dry_run=True)
    if plan.problems == _GONE:
        return (notice(Location(path=LISTINGS), "There are receipts, but their listings are gone.", _MAY_BE),)
    of_listings = (one for one in plan.problems if one.location.path.startswith((LISTINGS, RECEIPTS)))
    return (*of_listings, *plan.vanished)


_GONE = (
    error(
        Location(path=LISTINGS),
        "There are receipts, but their listings are gone; nothing was ingested.",
        "Restore them; or remove each, with what it brought, by `broadsheet undo LISTING`.",
    ),
)
_MAY_BE = "You can publish without them. To ingest, restore them, or run `broadsheet undo` for each."


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Wait until no other process writes records of the digest, and keep others waiting."""
    (root / LOCK).parent.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _decisions(
    root: Path, filings: Sequence[Filing], found: Survey, known: Known, anyway: str | None
) -> list[Decision]:
    """Return what comes of each file that is to be filed."""
    if not filings:
        return []
    read = reader(root, found)
    heads = {name: found.last.listings.get(name) for name in found.listings}
    listings = {name: read(name) for name, head in heads.items() if not head}
    existing = ExistingListings(
        digests=found.listings,
        sources={name: head.source if head else listings[name].source for name, head in heads.items()},
        sizes={
            name: head.entries if head else len(listings[name].parse.entries) for name, head in heads.items()
        },
    )
    decisions: list[Decision] = []
    for filing in filings:
        others = [decision.listing for decision in decisions if decision.listing]
        decisions.append(decide(root, filing, existing, known, others, anyway))
    return decisions


def _nothing_filed(decisions: Sequence[Decision], found: Survey, known: Known) -> Plan:
    """Return the plan to write nothing, since no file is fit to be filed."""
    return Plan(
        filings=tuple(decision.filed for decision in decisions),
        problems=tuple(chain.from_iterable(decision.problems for decision in decisions)),
        entries=sum(head.entries for head in found.last.listings.values()),
        papers=len(known.records),
    )


def _with_listings(found: Survey, decisions: Sequence[Decision], without: Collection[str]) -> Survey:
    """Return a survey as it is once files are filed, and listings removed."""
    filed = {one.listing.name: digest(one.data) for one in decisions if one.listing}
    listings = {name: taken for name, taken in {**found.listings, **filed}.items() if name not in without}
    return msgspec.structs.replace(found, listings=dict(sorted(listings.items())))


def _filed(decisions: Sequence[Decision], without: Collection[str]) -> Iterator[Write]:
    """Yield the listings that are to be written, or removed."""
    for decision in decisions:
        if decision.listing:
            yield Write(path=decision.listing.path, data=decision.data)
    for name in without:
        yield Write(path=f"{LISTINGS}/{name}", data=None)


def _write(root: Path, plan: Plan) -> list[Problem]:
    """Write what is planned, in the order in which it may stop, and return what stopped it."""
    for write in (*plan.filed, *plan.made, *plan.edited, *plan.removed, *plan.receipts):
        place = Location(path=write.path)
        path = root / write.path
        try:
            if write.before is not None and path.read_bytes() != write.before:
                message = "This record was changed while ingest ran; nothing further was written."
                return [error(place, message, "Run ingest again.")]
            if write.data is None:
                path.unlink(missing_ok=True)
                if path.parent.parent == root / PAPERS:
                    with suppress(OSError):  # a year's folder that is not empty stays
                        path.parent.rmdir()
            else:
                write_file(path, write.data)
        except OSError as flaw:
            message = f"This cannot be written: {flaw.strerror}; nothing further was."
            return [error(place, message, "Free disk space or fix permissions, then run ingest again.")]
    return []
