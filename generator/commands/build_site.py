"""Bringing an output up to date: read, plan, render what changed, install it."""

import gc
from functools import partial
from pathlib import Path

import msgspec

from generator.engine.bundle import Bundle, install_bundle
from generator.engine.install import Rendered, Target, install, obstacles
from generator.engine.ledger import Past, code_fingerprint, inputs_digest
from generator.engine.outdated import Change, decide
from generator.engine.page import SEARCH, Planner, by_path, plan
from generator.engine.record_cache import Spool, read_decoded
from generator.engine.related_cache import RelatedCache
from generator.engine.report import Report, Track
from generator.engine.templates import assets, read_templates
from generator.engine.workers import SHARD, Plan, Press, Workers, keep, render_all
from generator.library.library import Library
from generator.library.snapshot import Reading, read_library
from generator.problem import Problem, has_error
from generator.publication.news import check_published
from generator.website.search import index


def update(root: Path, target: Target, workers: Workers | None, track: Track) -> Report:
    """Bring a target up to date with the digest at `root`, and report it."""
    gc.disable()  # of what is read and planned nothing is dropped, so there is nothing to find
    try:
        return _brought_up_to_date(root, target, workers, track)
    finally:
        gc.unfreeze()
        gc.enable()


def _brought_up_to_date(root: Path, target: Target, workers: Workers | None, track: Track) -> Report:
    known = read_decoded(target.store)
    with Spool(target.store) as spool:
        reading = read_library(root, Reading(files=known), workers, target.digests, spool.keep)
    if reading.library is None or has_error(reading.problems):
        return Report(problems=reading.problems)
    templates = read_templates(root)
    planners = _planners(target)
    inputs = inputs_digest(reading.digests, templates.files, target.planners, target.stage)
    planned = Plan.of(inputs, reading.library, templates, planners, target.store)
    related_cache = RelatedCache(target.store, reading.files)
    library = related_cache.attach(reading.library)
    pages, clashes = by_path(plan(library, (*planners, assets(templates))))
    wanted = [page for page in pages.values() if target.stage in {None, page.stage}]
    press = Press.of(pages, templates)
    changes = list(decide(wanted, target.rows, code_fingerprint(), press.fingerprint, target.output.state))
    # what is left of reading the content are notices, which `check` lists
    problems = [*clashes, *check_published(root, pages), *obstacles(target, changes)]
    if has_error(problems):
        return Report(problems=tuple(problems))
    spool.save(reading.files, known)
    related_cache.save(library)
    keep(planned, press)
    gc.freeze()  # shared with the workers as it is
    gc.enable()
    target.output.open_staging()
    try:
        rendered, flaws = _render(planned, changes, target, workers, track)
        if flaws:
            return Report(problems=(*problems, *flaws))
        after = Past(inputs=planned.inputs, papers=len(reading.library.cards))
        after, removed, altered = install(pages, rendered, target, after)
    finally:
        target.output.close_staging()
    if target.stage in {None, SEARCH}:
        searched = reading.library if any(page.stage == SEARCH for page in pages.values()) else None
        altered += install_bundle(
            _bundle(searched), target.output, target.store, planned.inputs, clean=target.clean
        )
    return Report(
        problems=(*problems, *altered),
        papers=after.papers,
        planned=len(pages),
        changes=tuple((change.page.path, change.reason) for change in changes),
        written=sum(not page.stands for page in rendered.values()),
        removed=removed,
    )


def _planners(target: Target) -> tuple[Planner, ...]:
    if target.planners:
        return target.planners
    from generator.website.planners import PLANNERS

    return PLANNERS


def _render(
    planned: Plan, changes: list[Change], target: Target, workers: Workers | None, track: Track
) -> tuple[dict[str, Rendered], list[Problem]]:
    """Return what was rendered, by path, and what is wrong with templates."""
    rendered: dict[str, Rendered] = {}
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
            rendered[path] = Rendered(msgspec.structs.replace(result, state=row.state), stands=True)
        else:
            rendered[path] = Rendered(result, stands=False)
    return rendered, list(flaws)


def _bundle(library: Library | None) -> Bundle:
    """Return the search index of a library; an empty one where there is none."""
    if library is None:
        return Bundle(source=b"", make=dict)
    return Bundle(source=index.source(library), make=partial(index.made, library))
