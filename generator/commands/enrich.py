"""Look up papers that lack an identifier, a title or authors, and ingest what is found as a listing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.commands.fetch import agent_of
from generator.commands.ingest import carry_out, ingest
from generator.enrich import services
from generator.enrich.cache import LookupCache
from generator.enrich.services import Question
from generator.enrich.snapshot import SnapshotError, look_up
from generator.enrich.wanted import (
    Found,
    Wanted,
    best,
    line_of,
    other_owner,
    owners_of,
    same_identifier,
    wanted_papers,
)
from generator.fetch.client import USUAL_PATIENCE, Client, Failure, Patience
from generator.files import read_file
from generator.ingest.captures import Capture
from generator.ingest.plan import Write
from generator.ingest.report import IngestReport, stopped
from generator.library.paths import LISTINGS, SITE
from generator.library.snapshot import read_library
from generator.listings import parse
from generator.model import ENRICHED, Paper, Stated
from generator.problem import Location, Problem, error, has_error
from generator.settings import Lookup

FILE = f".broadsheet/{ENRICHED}"
NO_PAPER = {400, 404}
"""Statuses by which services say that they know no such paper."""


class EnrichReport(msgspec.Struct, frozen=True, kw_only=True):
    """What enriching did."""

    problems: tuple[Problem, ...] = ()
    unknown: tuple[str, ...] = ()
    """Slugs that were asked for and name no paper."""
    wanted: int = 0
    """How many papers were looked up."""
    found: tuple[Found, ...] = ()
    """What was found, and belongs to its paper."""
    others: Mapping[str, str] = {}
    """By the slug of a paper, that of another which has its title, or the identifier that was found."""
    left: tuple[str, ...] = ()
    """Slugs of papers of which nothing was found."""
    ingested: IngestReport | None = None


def enrich(
    root: Path,
    slugs: Collection[str],
    *,
    snapshot: Path | None,
    again: bool,
    tell: Callable[[str], None],
    patience: Patience = USUAL_PATIENCE,
) -> EnrichReport:
    """Look up the papers of these slugs, or all that lack an identifier, a title or authors.

    Services are asked, or a `snapshot` of arXiv's metadata is read. `again` asks what was asked before.
    `tell` is given a line when a service is asked. Raises OSError.
    """
    content = read_library(root)
    if content.library is None or has_error(content.problems):
        return EnrichReport(problems=content.problems)
    papers = {slug: record.paper() for slug, record in content.library.records.items()}
    if unknown := tuple(slug for slug in slugs if slug not in papers):
        return EnrichReport(unknown=unknown)

    # Look up what is lacking, unless an earlier run found it.
    listing = root / LISTINGS / ENRICHED
    before = read_file(listing) if listing.exists() else b""
    wanted = [one for one in wanted_papers(papers, _ids(before)) if not slugs or one.slug in slugs]
    if snapshot:
        found, problems = _in_snapshot(snapshot, wanted)
        if problems:
            return EnrichReport(problems=problems)
    else:
        cache = LookupCache.read(root)
        if again:
            cache.forget()
        with Client(agent_of(content.library.site), patience) as client:
            asked = _Services(client, cache, tell)
            found = asked.look_up(wanted, services.lookups(content.library.site.lookups))
        problems = tuple(asked.problems)

    # What is found of one paper only, and of no other, is a line of the listing.
    mine, others = _owned(found, papers)
    report = _ingested(root, before, mine) if mine else None
    return EnrichReport(
        problems=problems,
        wanted=len(wanted),
        found=tuple(mine),
        others=others,
        left=tuple(sorted({one.slug for one in wanted} - {one.paper.slug for one in found})),
        ingested=report,
    )


def _ids(listing: bytes) -> set[str]:
    """Return the ids of the records that a listing of what was found names."""
    found: set[str] = set()
    for line in listing.splitlines():
        with suppress(msgspec.MsgspecError):  # ingest says what is wrong with it
            found.add(_decode(line).paper)
    return found


class _Line(msgspec.Struct):
    paper: str


_decode = msgspec.json.Decoder(_Line).decode


def _in_snapshot(snapshot: Path, wanted: Sequence[Wanted]) -> tuple[list[Found], tuple[Problem, ...]]:
    by_slug = {one.slug: one for one in wanted}
    try:
        found = look_up(snapshot, {slug: one.stated for slug, one in by_slug.items()})
    except SnapshotError as flaw:
        place = Location(path=str(snapshot.absolute()))
        return [], (error(place, f"This cannot be read: {flaw}.", "Download the snapshot again."),)
    return [Found(by_slug[slug], "snapshot", *one) for slug, one in found.items()], ()


class _Services:
    """Asks services one after the other, and keeps what they answer."""

    def __init__(self, client: Client, cache: LookupCache, tell: Callable[[str], None]) -> None:
        self.problems: list[Problem] = []
        self._client = client
        self._cache = cache
        self._tell = tell

    def look_up(self, wanted: Sequence[Wanted], lookups: Sequence[Lookup]) -> list[Found]:
        """Return what is found. A service that fails is not asked again; the next one is."""
        found: dict[str, Found] = {}
        for lookup in lookups:
            left = [one for one in wanted if one.slug not in found]
            questions = list(_questions(lookup, left))
            new = [one for one in questions if self._cache.get(one[0].request.url) is None]
            if new:
                seconds = int(len(new) * new[0][0].request.pause)
                self._tell(f"asking  {lookup.service}: {len(new)} questions, at least {seconds} s")
            for question, papers in questions:
                answers = self._answers(question)
                if answers is None:
                    break
                for paper in papers:
                    has_identifier = paper.stated.arxiv or paper.stated.doi
                    choose = same_identifier if has_identifier else best
                    if one := choose(paper, lookup.service, answers):
                        found[paper.slug] = one
        return list(found.values())

    def _answers(self, question: Question) -> tuple[Stated, ...] | None:
        """Return the papers of an answer; None where the service fails."""
        url = question.request.url
        if (known := self._cache.get(url)) is not None:
            return known
        answer = self._client.get(question.request)
        if isinstance(answer, Failure) and answer.status not in NO_PAPER:
            message = f"{question.service} was not asked further: {answer.reason}."
            hint = "What was found is kept. Run enrich again to go on."
            self.problems.append(error(Location(path=SITE), message, hint))
            return None
        data = b"" if isinstance(answer, Failure) else answer.data or b""
        entries = parse(data, question.service, None, question.format_name).entries
        papers = tuple(entry.stated for entry in entries)
        self._cache.add(url, papers)
        return papers


def _questions(lookup: Lookup, papers: Sequence[Wanted]) -> Iterator[tuple[Question, Sequence[Wanted]]]:
    """Yield what a service is asked, by identifier and by title, with the papers that it is asked for."""
    by_id = {one.stated.arxiv: one for one in papers if one.stated.arxiv}
    if lookup.service == "arxiv":
        for begin in range(0, len(by_id), services.MANY):
            ids = list(by_id)[begin : begin + services.MANY]
            yield services.by_arxiv_ids(lookup, ids), [by_id[name] for name in ids]
    for one in papers:
        if one.stated.doi and not one.stated.arxiv and lookup.service == "crossref":
            yield services.by_doi(lookup, one.stated.doi), [one]
        elif one.stated.title and not (one.stated.arxiv or one.stated.doi):
            yield services.by_title(lookup, one.stated.title), [one]


def _owned(found: Sequence[Found], papers: Mapping[str, Paper]) -> tuple[list[Found], dict[str, str]]:
    """Return what belongs to one record only, and of the rest which other record it may belong to."""
    owners = owners_of(papers)
    others = {one.paper.slug: other for one in found if (other := other_owner(one, owners))}
    mine: dict[str | None, Found] = {}
    for one in found:
        name = one.stated.arxiv or one.stated.doi
        if one.paper.slug in others:
            continue
        if name in mine:
            others[one.paper.slug] = mine[name].paper.slug
        else:
            mine[name] = one
    return list(mine.values()), others


def _ingested(root: Path, before: bytes, found: Sequence[Found]) -> IngestReport | None:
    """Add what was found to its listing, and ingest it."""
    lines = [line for one in found if (line := line_of(one))]
    if not lines:
        return None
    known = [line + b"\n" for line in before.splitlines()]
    if flaw := carry_out(root, Write(path=FILE, data=b"".join(known + lines))):
        return stopped(IngestReport(), flaw, 0, 1)
    return ingest(root, [Capture(file=root / FILE, is_fetched=True)])
