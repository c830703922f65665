"""Ask the sources of `content/site.yaml` for papers, and ingest what they list."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.commands.ingest import carry_out, ingest
from generator.fetch.answers import announces_nothing
from generator.fetch.client import USUAL_PATIENCE, Answer, Client, Failure, Patience
from generator.fetch.memory import LastFetch, last_fetch, read_memory, write_memory
from generator.fetch.requests import Request, request_of
from generator.files import load
from generator.ingest.captures import Capture, CaptureReport
from generator.ingest.plan import Write
from generator.ingest.report import IngestReport
from generator.library.paths import LISTINGS, SITE
from generator.library.site_files import place_in, read_site
from generator.problem import Problem, error
from generator.settings import Site, Source

ANSWERS = ".broadsheet/fetched"
"""Folder of the last answers, so that a refused one can be looked at, and ingested with a reason."""


class FetchOutcome(StrEnum):
    """The result of asking a source, in a word."""

    FILED = "filed"
    """Its answer is a listing now."""
    UNCHANGED = "unchanged"
    """It says what it said before."""
    EMPTY = "empty"
    """It announces no papers today."""
    REFUSED = "refused"
    """Its answer is not fit to be a listing."""
    FAILED = "failed"
    """There is no answer."""


class SourceReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of asking a source."""

    name: str
    outcome: FetchOutcome
    capture: CaptureReport | None = None
    """The report of ingest on its answer, if the answer was ingested."""
    listing: str = ""
    """Path of the listing that has its papers; empty where there is none."""


class FetchReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetch did."""

    sources: tuple[SourceReport, ...] = ()
    """One for each source that was asked, in the order of the settings."""
    ingested: IngestReport | None = None
    """What ingest did, where there was an answer for it."""
    problems: tuple[Problem, ...] = ()
    """Why there is no answer, for each source without one."""
    unknown: tuple[str, ...] = ()
    """Names that were asked for, and that no source has."""
    names: tuple[str, ...] = ()
    """The names of all sources."""


class _Asked(NamedTuple):
    """A source that was asked, and its answer."""

    source: Source
    request: Request
    answer: Answer | Failure


def fetch(
    root: Path, day: dt.date, names: Collection[str] = (), patience: Patience = USUAL_PATIENCE
) -> FetchReport:
    """Ask the sources of these names, or all, for the issue of a day, and ingest what they answer.

    A source that fails, or whose answer is refused, leaves everything as it was; the others are ingested.
    """
    data = load(root, SITE)
    site, problems = read_site(data)
    if site is None or problems:
        return FetchReport(problems=problems)
    known = tuple(source.name for source in site.sources)
    if unknown := tuple(name for name in names if name not in known):
        return FetchReport(unknown=unknown, names=known)

    # Ask each source. An answer that is neither an old one nor empty is a file for ingest.
    memory = read_memory(root)
    chosen = [source for source in site.sources if not names or source.name in names]
    asked = _ask(site, chosen, day, memory, patience)
    outcomes = {one.source.name: _outcome(one, memory.get(one.source.name)) for one in asked}
    new = [one for one in asked if outcomes[one.source.name] is None]
    if flaw := _save(root, new):
        return FetchReport(problems=(flaw,), names=known)

    # Ingest them in one go, and remember the answers that are done with.
    captures = [_capture(root, one, day) for one in new]
    report = ingest(root, captures) if captures else None
    judged = report.captures if report and not report.stopped else ()
    of_captures = dict(zip((one.source.name for one in new), judged, strict=False))
    sources = tuple(_report(name, outcome, of_captures.get(name)) for name, outcome in outcomes.items())
    if report is None or not report.stopped:
        write_memory(root, {**memory, **dict(_done(asked, sources))})
    failures = tuple(_failures(asked, data, site))
    return FetchReport(sources=sources, ingested=report, problems=failures, names=known)


def agent_of(site: Site) -> str:
    """Return the User-Agent of a digest."""
    return f"broadsheet/{version('broadsheet')} (+{site.url})"


def _ask(
    site: Site, sources: Sequence[Source], day: dt.date, memory: dict[str, LastFetch], patience: Patience
) -> list[_Asked]:
    """Ask each source in turn for what is new since its last answer."""
    found = []
    with Client(agent_of(site), patience) as client:
        for source in sources:
            request, last = request_of(source, day), memory.get(source.name)
            known = Answer(None, last.etag, last.last_modified) if last and last.url == request.url else None
            found.append(_Asked(source, request, client.get(request, known)))
    return found


def _outcome(one: _Asked, last: LastFetch | None) -> FetchOutcome | None:
    """Return the outcome of a source if its answer shows it; None if ingest has to decide."""
    if isinstance(one.answer, Failure):
        return FetchOutcome.FAILED
    if one.answer.data is None:
        return FetchOutcome.UNCHANGED
    if announces_nothing(one.answer.data):
        return FetchOutcome.EMPTY
    is_old = last is not None and last.url == one.request.url and last.is_of(one.answer.data)
    return FetchOutcome.UNCHANGED if is_old else None


def _save(root: Path, asked: Sequence[_Asked]) -> Problem | None:
    """Write the answers to files, and return the first problem, if any."""
    writes = (
        Write(path=f"{ANSWERS}/{one.request.file}", data=one.answer.data)
        for one in asked
        if isinstance(one.answer, Answer)
    )
    return next(filter(None, (carry_out(root, write) for write in writes)), None)


def _capture(root: Path, one: _Asked, day: dt.date) -> Capture:
    file = root / ANSWERS / one.request.file
    return Capture(file=file, issue=day, format_name=one.request.format_name, is_fetched=True)


def _report(name: str, outcome: FetchOutcome | None, capture: CaptureReport | None) -> SourceReport:
    """Return the report of a source: its outcome, or what the capture of its answer shows."""
    if outcome:
        return SourceReport(name=name, outcome=outcome)
    if capture is None or capture.refusals or capture.problems:
        return SourceReport(name=name, outcome=FetchOutcome.REFUSED, capture=capture)
    if capture.is_empty:
        return SourceReport(name=name, outcome=FetchOutcome.EMPTY, capture=capture)
    is_old = capture.repeats or capture.is_filed_already
    listing = f"{LISTINGS}{capture.repeats or capture.listing}"
    outcome = FetchOutcome.UNCHANGED if is_old else FetchOutcome.FILED
    return SourceReport(name=name, outcome=outcome, capture=capture, listing=listing)


def _done(asked: Sequence[_Asked], sources: Sequence[SourceReport]) -> Iterator[tuple[str, LastFetch]]:
    """Yield what to remember of answers that need not be asked for again."""
    for one, source in zip(asked, sources, strict=True):
        is_done = source.outcome not in {FetchOutcome.REFUSED, FetchOutcome.FAILED}
        if is_done and isinstance(one.answer, Answer) and one.answer.data is not None:
            yield one.source.name, last_fetch(one.request.url, one.answer, source.listing)


def _failures(asked: Sequence[_Asked], data: bytes | Problem, site: Site) -> Iterator[Problem]:
    """Yield an error for each source without an answer, at its place in the settings."""
    for one in asked:
        if isinstance(one.answer, Failure):
            place = place_in(data, SITE, "sources", site.sources.index(one.source), "where")
            message = f"{one.source.name!r} was not fetched: {one.answer.reason}."
            hint = "Nothing of it was changed. Run fetch again later, or correct the address."
            yield error(place, message, hint)
