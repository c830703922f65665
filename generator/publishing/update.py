"""Bringing an output up to date: plan, render what changed, write it, prune what is no longer planned.

Rendered pages wait in a folder of the build's own until all of them are there. So an error leaves the output
as it was, and a kill at any moment leaves only files that the ledger or its journal knows.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.content.reading import Reading, read_library
from generator.problem import Location, Problem, error, has_error, notice
from generator.publishing.build import Report, Track
from generator.publishing.changes import Change, decide
from generator.publishing.decoded import Spool, read_decoded
from generator.publishing.ledger import Past, Row, Store, code_fingerprint, inputs_digest
from generator.publishing.output import Output, crossing
from generator.publishing.page import SEARCH, Page, Planner, by_path, plan
from generator.publishing.publication import losses
from generator.publishing.remembered import remembered
from generator.publishing.search import index
from generator.publishing.shards import SHARD, Plan, Press, Workers, keep, render_all
from generator.publishing.templates import assets, read_templates


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is brought up to date, and how."""

    output: Output
    store: Store
    past: Past
    digests: Mapping[str, bytes]
    """Of the content's files, by path, as far as they were taken just now."""
    clean: bool
    """Whether nothing is taken over from the last build."""
    stage: str | None
    """The one stage to render, None for all."""
    planners: tuple[Planner, ...]
    """Those that stand in for the site's own; empty for these."""

    @property
    def rows(self) -> Mapping[str, Row]:
        """What is taken over from the last build."""
        return {} if self.clean else self.past.rows


def update(root: Path, target: Target, workers: Workers | None, track: Track) -> Report:
    """Bring a target up to date with the digest at `root`, and report it."""
    gc.disable()  # of what is read and planned nothing is dropped, so there is nothing to find
    try:
        return _update(root, target, workers, track)
    finally:
        gc.unfreeze()
        gc.enable()


def _update(root: Path, target: Target, workers: Workers | None, track: Track) -> Report:
    known = read_decoded(target.store)
    with Spool(target.store) as spool:
        reading = read_library(root, Reading(files=known), workers, target.digests, spool.keep)
    if reading.library is None or has_error(reading.problems):
        return Report(problems=reading.problems)
    templates = read_templates(root)
    planners = _planners(target)
    inputs = inputs_digest(reading.digests, templates.files, target.planners, target.stage)
    planned = Plan.of(inputs, reading.library, templates, planners, target.store)
    with remembered(target.store, reading.files):
        pages, clashes = by_path(plan(reading.library, (*planners, assets(templates))))
    wanted = [page for page in pages.values() if target.stage in {None, page.stage}]
    press = Press.of(pages, templates)
    changes = list(decide(wanted, target.rows, code_fingerprint(), press.fingerprint, target.output.state))
    # what is left of reading the content are notices, which `check` lists
    problems = [*clashes, *losses(root, pages), *_obstacles(target, changes)]
    if has_error(problems):
        return Report(problems=tuple(problems))
    spool.save(reading.files, known)
    keep(planned, press)
    gc.freeze()  # shared with the workers as it is
    gc.enable()
    target.output.open_staging()
    try:
        rendered, flaws = _render(planned, changes, target, workers, track)
        if flaws:
            return Report(problems=(*problems, *flaws))
        after = Past(inputs=planned.inputs, papers=len(reading.library.cards))
        after, removed, altered = _publish(pages, rendered, target, after)
    finally:
        target.output.close_staging()
    if target.stage in {None, SEARCH}:
        searched = reading.library if any(page.stage == SEARCH for page in pages.values()) else None
        altered += index.bring_up_to_date(
            searched, target.output, target.store, planned.inputs, clean=target.clean
        )
    return Report(
        problems=(*problems, *altered),
        papers=after.papers,
        planned=len(pages),
        changes=tuple((change.page.path, change.reason) for change in changes),
        written=sum(not page.stands for page in rendered.values()),
        removed=removed,
        as_tex=after.as_tex,
    )


def _planners(target: Target) -> tuple[Planner, ...]:
    if target.planners:
        return target.planners
    from generator.publishing.pages import PLANNERS

    return PLANNERS


def _obstacles(target: Target, changes: Iterable[Change]) -> Iterator[Problem]:
    """Yield what keeps a build from writing, so that it never overwrites a file that is not its own."""
    output, past = target.output, target.past
    if output.is_empty():
        return
    if not target.clean and not (past.readable and index.is_readable(target.store)):
        message = "The record of what the last build wrote here is unreadable."
        yield error(Location(path=output.folder), message, "Build again with --clean to write all anew.")
        return
    found = (_obstacle(target, change.page.path) for change in changes)
    strange = list(dict.fromkeys(path for path in found if path))
    if strange and target.clean:
        message, hint = "A folder is in the way.", "Move it away, or name another folder with --out."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)
    elif strange:
        more = f", and {len(strange) - 1} more files" if len(strange) > 1 else ""
        message = f"This file is in the way{more}: no build that is on record wrote it."
        hint = "Move it away, name another folder with --out, or overwrite it with --clean."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)


def _obstacle(target: Target, path: str) -> str | None:
    """Return what is in the way of a page and was not written by a build; with `clean`, a folder alone is."""
    output, past = target.output, target.past
    row, state = past.rows.get(path), output.state(path)
    if row and row.state == state:
        return None

    def ours(path: str) -> bool:
        return output.is_ours(path, past.contents(path))

    blocker = output.blocker(path)
    if blocker == path:
        return None if all(map(ours, output.paths_below(path))) else path
    if target.clean:
        return None
    if blocker:
        return None if ours(blocker) else blocker
    return path if state and path not in past.rows and path not in past.journal else None


class _Rendered(msgspec.Struct, frozen=True):
    row: Row
    stands: bool
    """Whether its file holds these very bytes already."""


def _render(
    planned: Plan, changes: list[Change], target: Target, workers: Workers | None, track: Track
) -> tuple[dict[str, _Rendered], list[Problem]]:
    """Return what was rendered, by path, and what is wrong with templates."""
    rendered: dict[str, _Rendered] = {}
    flaws: dict[Problem, None] = {}
    paths = [change.page.path for change in changes]
    results = render_all(planned, target.output, paths, workers if len(paths) > 2 * SHARD else None)
    for change, result in zip(track(changes), results, strict=True):
        if isinstance(result, Problem):
            flaws[result] = None
            continue
        path = change.page.path
        row = target.rows.get(path)
        if row and row.content == result.content and row.state == target.output.state(path):
            rendered[path] = _Rendered(msgspec.structs.replace(result, state=row.state), stands=True)
        else:
            rendered[path] = _Rendered(result, stands=False)
    return rendered, list(flaws)


def _publish(
    pages: Mapping[str, Page], rendered: Mapping[str, _Rendered], target: Target, after: Past
) -> tuple[Past, int, list[Problem]]:
    """Put pages in place, remove what is no longer planned, and keep the ledger, which `after` begins."""
    output, past = target.output, target.past
    gone = sorted(past.paths() - pages.keys())
    if rendered or gone:
        coming = {path: (*past.contents(path), page.row.content) for path, page in rendered.items()}
        target.store.write_journal({**past.journal, **coming})
    new = {path: None for path, page in rendered.items() if not page.stands}
    removable = {path: None for path in gone if output.is_ours(path, past.contents(path))}
    first = crossing(removable, new)
    for path in first:
        output.remove(path)
    if new:
        output.place(new)
    for path in removable:
        if path not in first:
            output.remove(path)
    rows = {path: row for path, row in past.rows.items() if path in pages}
    rows |= {path: page.row for path, page in rendered.items()}
    after = msgspec.structs.replace(after, rows=rows, journal=_left(pages, target))
    target.store.write(after)
    altered = [path for path in gone if path not in removable and output.state(path)]
    message, hint = (
        "This page is no longer planned, but was altered since.",
        "Remove it if you do not need it.",
    )
    notices = [notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in altered]
    return after, len(removable), notices


def _left(pages: Mapping[str, Page], target: Target) -> dict[str, tuple[bytes, ...]]:
    """Return what the journal says of pages that are of another stage than was rendered."""
    return {
        path: contents
        for path, contents in target.past.journal.items()
        if path in pages and target.stage not in {None, pages[path].stage}
    }
