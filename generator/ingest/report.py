"""Report what ingest did, and which problems are new."""

from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec

from generator.ingest.captures import CaptureReport, ListingFacts
from generator.ingest.catalog import Catalog
from generator.ingest.inputs import Inputs
from generator.ingest.known_papers import KnownPapers
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.near_duplicates import near_duplicates
from generator.ingest.notices import of_missing_listings
from generator.ingest.plan import Plan, Write
from generator.problem import Problem


class IngestReport(msgspec.Struct, frozen=True, kw_only=True):
    """What ingest did, or would do."""

    plan: Plan = Plan()
    filed: tuple[Write, ...] = ()
    """Listings that are filed, restored or removed, and captures that are kept."""
    last: tuple[Write, ...] = ()
    """What is written last: removals of kept captures, and why listings were refused."""
    restored: tuple[str, ...] = ()
    """Names of listings that are as they were before a new capture replaced them."""
    captures: tuple[CaptureReport, ...] = ()
    """What came of each file that was to be filed."""
    renamed: Mapping[str, str] = {}
    """The former names of renamed listings."""
    problems: tuple[Problem, ...] = ()
    older: tuple[Problem, ...] = ()
    """Problems that were there before a listing was filed or removed; empty where all are asked for."""
    named_no_more: tuple[Problem, ...] = ()
    """Notices on papers that listings no longer name, and on rows for missing listings."""
    entries: int = 0
    """Number of entries in all listings."""
    papers: int = 0
    """Number of records afterwards."""
    vectors: int = 0
    """Vectors that were computed of new texts."""
    without_vector: int = 0
    """New texts without a vector, since the model is not installed."""
    stopped: str = ""
    """How much was written before something stopped it: "3 of 300 files"; empty where nothing did."""


def stopped(report: IngestReport, problem: Problem, written: int, planned: int) -> IngestReport:
    """Return the report of a run that a problem stopped after this number of written files."""
    return msgspec.structs.replace(report, problems=(problem,), stopped=f"{written} of {planned} files")


def nothing_filed(
    captures: Sequence[CaptureReport],
    existing: ListingFacts,
    known: KnownPapers,
    refused: tuple[Write, ...],
) -> IngestReport:
    """Return the report of a run in which no capture was admitted."""
    return IngestReport(
        captures=tuple(captures),
        last=refused,
        problems=tuple(chain.from_iterable(capture.problems for capture in captures)),
        entries=sum(row.size for row in existing.values()),
        papers=len(known.records),
    )


def report_of(
    inputs: Inputs,
    papers: MatchedPapers,
    plan: Plan,
    catalog: Catalog,
    captures: Sequence[CaptureReport],
    filed: Sequence[Write],
) -> IngestReport:
    """Return the report of a plan and the catalog it leads to.

    If listings are filed or removed, `problems` has only the new ones; else all.
    """
    names = {capture.listing for capture in captures}
    listings = {name: row.problems for name, row in catalog.listings.items()} | dict(plan.of_listings)
    of_files = chain.from_iterable(problems for name, problems in listings.items() if name in names)
    of_others = chain.from_iterable(problems for name, problems in listings.items() if name not in names)
    told = {path for path, problem in catalog.notices.items() if inputs.last.notices.get(path) == problem}
    notices = [problem for path, problem in catalog.notices.items() if path not in told]
    made = {write.path for write in plan.made}
    news = [
        *chain.from_iterable(capture.problems for capture in captures),
        *plan.problems,
        *of_files,
        *notices,
        *near_duplicates(made, catalog, papers.known),
    ]
    there = inputs.listings.keys() | papers.listings.keys() | catalog.receipts.keys()
    missing = tuple(of_missing_listings(catalog.records, there))
    of_records = *missing, *(catalog.notices[path] for path in told)
    older = [*inputs.problems, *papers.known.problems, *of_others, *of_records]
    if not filed:
        news, older = [*news, *older], []
    sizes = {name: listing.size for name, listing in papers.listings.items()}
    sizes |= {name: row.size for name, row in catalog.listings.items()}
    return IngestReport(
        plan=plan,
        filed=tuple(filed),
        restored=tuple(sorted(papers.restored)),
        captures=tuple(captures),
        renamed=papers.renamed,
        problems=tuple(sorted(news, key=lambda problem: problem.order)),
        older=tuple(older),
        named_no_more=(*catalog.notices.values(), *missing),
        entries=sum(sizes.values()),
        papers=len(papers.known.records) + len(plan.made) - len(plan.removed),
    )
