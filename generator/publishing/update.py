"""Bringing an output up to date: plan, render what changed, write it, prune what is no longer planned.

Rendered pages wait in a folder of the build's own until all of them are there. So an error leaves the output
as it was, and a kill at any moment leaves only files that the ledger or its journal knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from errno import ENOENT
from functools import cache
from pathlib import Path

import msgspec

from generator.content.reading import Reading, read_library
from generator.problem import Location, Problem, error, has_error, notice
from generator.publishing.build import Report, Track
from generator.publishing.changes import Change, decide
from generator.publishing.decoded import read_decoded, write_decoded
from generator.publishing.ledger import Past, Row, Store, code_fingerprint
from generator.publishing.output import Output
from generator.publishing.page import Page, Planner, by_path, plan
from generator.publishing.publication import losses
from generator.publishing.render import Renderer
from generator.publishing.shards import SHARD, Plan, Press, Workers, keep, render_all
from generator.publishing.templates import assets, read_templates


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is brought up to date, and how."""

    output: Output
    store: Store
    past: Past
    clean: bool
    """Whether nothing is taken over from the last build."""
    stage: str | None
    """The one stage to render, None for all."""


def update(
    root: Path, target: Target, planners: tuple[Planner, ...], workers: Workers | None, track: Track
) -> Report:
    """Bring a target up to date with the digest at `root`, and report it."""
    known = read_decoded(target.store)
    reading = read_library(root, Reading(library=None, problems=(), files=known), workers)
    if reading.library is None or has_error(reading.problems):
        return Report(problems=reading.problems)
    templates = read_templates(root)
    planned = Plan.of(reading, reading.library, templates, planners, target.store)
    pages, clashes = by_path(plan(reading.library, (*planners, assets(templates))))
    # what is left of reading the content are notices, which `check` lists
    problems = [*clashes, *losses(root, pages), *_obstacles(target, pages)]
    if has_error(problems):
        return Report(problems=tuple(problems))
    wanted = [page for page in pages.values() if target.stage in {None, page.stage}]
    rows = {} if target.clean else target.past.rows
    state = target.output.state
    changes = list(decide(wanted, rows, code_fingerprint(), cache(templates.fingerprint), state))
    if reading.files != known:
        write_decoded(target.store, reading.files)
    keep(planned, Press(pages, Renderer(templates)))
    target.output.open_staging()
    try:
        rendered, flaws = _render(planned, changes, target, workers, track)
        if flaws:
            return Report(problems=(*problems, *flaws))
        after = Past(inputs=b"" if target.stage else planned.inputs, papers=len(reading.library.cards))
        removed, altered = _publish(pages, rendered, target, after)
    finally:
        target.output.close_staging()
    return Report(
        problems=(*problems, *altered),
        papers=after.papers,
        planned=len(pages),
        changes=tuple((change.page.path, change.reason) for change in changes),
        written=sum(page.number is not None for page in rendered),
        removed=removed,
    )


def _obstacles(target: Target, pages: Iterable[str]) -> Iterator[Problem]:
    """Yield what keeps a build from writing, so that it never overwrites a file that is not its own."""
    output, past = target.output, target.past
    if target.clean:
        return
    if not past.readable and not output.is_empty():
        message = "The record of what the last build wrote here is unreadable."
        yield error(Location(path=output.folder), message, "Build again with --clean to write all anew.")
        return
    ours = past.paths()
    strange = [path for path in pages if path not in ours and output.state(path)]
    if strange:
        more = f", and {len(strange) - 1} more files" if len(strange) > 1 else ""
        message = f"This file is in the way{more}: no build that is on record wrote it."
        hint = "Move it away, name another folder with --out, or overwrite it with --clean."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)


class _Rendered(msgspec.Struct, frozen=True, kw_only=True):
    change: Change
    content: bytes
    number: int | None
    """Under which the page waits; None where its file holds these very bytes."""


def _render(
    planned: Plan, changes: list[Change], target: Target, workers: Workers | None, track: Track
) -> tuple[list[_Rendered], list[Problem]]:
    rendered: list[_Rendered] = []
    flaws: dict[Problem, None] = {}
    paths = [change.page.path for change in changes]
    results = render_all(planned, target.output, paths, workers if len(paths) > 2 * SHARD else None)
    for number, (change, result) in enumerate(zip(track(changes), results, strict=True)):
        if isinstance(result, Problem):
            flaws[result] = None
            continue
        row = target.past.rows.get(change.page.path)
        same = row and row.content == result and row.state == target.output.state(change.page.path)
        rendered.append(_Rendered(change=change, content=result, number=None if same else number))
    return rendered, list(flaws)


def _publish(
    pages: Mapping[str, Page], rendered: list[_Rendered], target: Target, after: Past
) -> tuple[int, list[Problem]]:
    """Put rendered pages in place, remove what is no longer planned, and keep the ledger with `after`."""
    output, past = target.output, target.past
    gone = sorted(past.paths() - pages.keys())
    coming = {page.change.page.path: page.content for page in rendered}
    if coming or gone:
        target.store.write_journal(
            {**past.journal, **{path: (*past.contents(path), content) for path, content in coming.items()}}
        )
    rows = {path: row for path, row in past.rows.items() if path in pages}
    for page in rendered:
        if page.number is not None:
            output.place(page.number, page.change.page.path)
        rows[page.change.page.path] = _row(page, output)
    removable = [path for path in gone if output.is_ours(path, past.contents(path))]
    for path in removable:
        output.remove(path)
    target.store.write(msgspec.structs.replace(after, rows=rows))
    altered = [path for path in gone if output.state(path)]
    message, hint = (
        "This page is no longer planned, but was altered since.",
        "Remove it if you do not need it.",
    )
    return len(removable), [
        notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in altered
    ]


def _row(page: _Rendered, output: Output) -> Row:
    state = output.state(page.change.page.path)
    if state is None:
        raise FileNotFoundError(ENOENT, "A page was removed while the build wrote it", page.change.page.path)
    return Row(
        code=code_fingerprint(),
        template=page.change.template,
        view=page.change.view,
        content=page.content,
        state=state,
    )
