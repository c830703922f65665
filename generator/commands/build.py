"""Build the site: lock, look at the inputs, read, plan, render what is outdated, install it.

If the digest of all inputs and the states of all files in the output have not changed, the build ends early.
The modules that render pages are imported only after that.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.commands.search_index import search_destination, staging_index
from generator.engine.bundle import (
    bundle_state,
    install_bundle,
    is_bundle_current,
)
from generator.engine.content_digests import content_digests
from generator.engine.inputs import BuildInputs
from generator.engine.install import Destination, Installed, install, ledger_problems, misplaced, obstacles
from generator.engine.ledger import Ledger, LedgerRow, StateFolder
from generator.engine.output import Output
from generator.engine.page import SEARCH, PageHead, Planner, by_path
from generator.engine.templates import assets, read_templates
from generator.problem import Location, Problem, error, file_system_error, has_error
from generator.processes import Workers, in_background

if TYPE_CHECKING:
    from generator.engine.outdated import OutdatedPage
    from generator.engine.record_cache import RecordCache
    from generator.library.library import Library
    from generator.library.snapshot import Snapshot

Track = Callable[[list["OutdatedPage"]], Iterable["OutdatedPage"]]
"""Passes on the pages as they are rendered, and may show a progress bar."""
Altered = Callable[[], Mapping[str, str]]
"""Returns by path what happened to files that are not as the last build left them."""

MANY_FILES = 10_000
"""Files from which on another process looks up their states: starting it takes as long."""


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did, or why it did nothing."""

    problems: tuple[Problem, ...]
    papers: int = 0
    planned: int = 0
    changes: tuple[tuple[str, str], ...] = ()
    """Path and reason of every page that was rendered."""
    written: int = 0
    removed: int = 0
    broke_off: bool = False
    """Whether the file system ended it, maybe while pages were put in place."""


def build(
    root: Path,
    out: Path,
    *,
    clean: bool = False,
    stage: str | None = None,
    planners: tuple[Planner, ...] = (),
    workers: Workers | None = None,
    track: Track = iter,
) -> BuildReport:
    """Bring the output of the digest at `root` up to date, and report it.

    With `clean`, every page is rendered and written again, and files in the way are overwritten. With
    `stage`, only pages of that stage are rendered. `planners` replace the site's own. Large work is shared
    among `workers`, with the same bytes as result. Any error in content or templates leaves the output as it
    was.
    """
    out = out.absolute()
    if problem := misplaced(root, out):
        return BuildReport(problems=(problem,))
    state = StateFolder.of(root, out)
    gc.disable()  # what is read and planned is kept, so there is nothing to find
    try:
        with state.locked() as is_locked:
            if not is_locked:
                message, hint = "Another build is writing to this folder.", "Wait until it is done."
                return BuildReport(problems=(error(Location(path=str(out)), message, hint),))
            site = Destination.of(Output(str(out)), state, clean=clean)
            site.output.sweep()
            with ExitStack() as ends:
                ends.callback(site.output.sweep)
                altered = ends.enter_context(_finding_altered(site, workers))
                reads_all = clean or not site.ledger.inputs
                inputs = BuildInputs(
                    root=root,
                    content={} if reads_all else content_digests(root, state),
                    templates=read_templates(root),
                    planners=planners,
                    stage=stage,
                )
                if not clean and not inputs.templates.problems and _is_current(site, inputs, altered):
                    return BuildReport(problems=(), papers=site.ledger.papers, planned=len(site.ledger.rows))
                return _update(site, inputs, altered, workers, track)
    except OSError as flaw:
        return BuildReport(problems=(file_system_error(flaw, str(out)),), broke_off=True)
    finally:
        gc.unfreeze()
        gc.enable()


@contextmanager
def _finding_altered(site: Destination, workers: Workers | None) -> Iterator[Altered]:
    """Find the files that changed since the last build, and yield a function that waits for them."""
    with in_background(
        workers if len(site.rows) > MANY_FILES else None, site.output.altered, site.rows
    ) as altered:
        yield cache(altered)


def _update(
    site: Destination, inputs: BuildInputs, altered: Altered, workers: Workers | None, track: Track
) -> BuildReport:
    """Bring an output up to date that differs from its inputs."""
    content, records = _read(site, inputs, workers)
    if content.library is None or has_error((*content.problems, *inputs.templates.problems)):
        return BuildReport(problems=(*content.problems, *inputs.templates.problems))
    inputs = msgspec.structs.replace(inputs, content=content.digests)
    from generator.engine.outdated import outdated
    from generator.engine.plan_cache import PlanCache
    from generator.engine.related_cache import RelatedCache
    from generator.engine.workers import RenderContext, WorkerInputs, compiling, in_render_order, rendering

    with ExitStack() as ends:
        # Plan the pages to render, while another process makes the search index.
        related, search = RelatedCache(site.state, content.files), search_destination(site)
        library, planners = related.attach(content.library), inputs.planners or _site_planners()
        templates = inputs.templates
        staged = ends.enter_context(staging_index(inputs, library, planners, search, workers))
        compiled = ends.enter_context(compiling(site.state, templates, workers))
        plan = PlanCache(site.state, library, content, inputs.stage)
        planned = list(plan.pages((*planners, assets(templates))))
        wanted = {page.path: page for page in planned if inputs.stage in {None, page.stage}}
        context = RenderContext.of(lambda at: plan.whole(wanted[at]), templates, records, compiled, site.rows)

        # Keep what was read, for workers and the next build. Have workers begin to render what is outdated.
        changes = list(outdated(wanted.values(), site.rows, context.fingerprint, altered()))
        records.save(content.files)
        related.save(library)
        shared = WorkerInputs(site.state, inputs.digest, library, templates, planners, context)
        in_order = in_render_order(changes)
        results = ends.enter_context(rendering(shared, site.output, in_order, workers))

        # Meanwhile plan all other pages, and find what forbids to install any.
        pages, clashes = by_path((*planned, *plan.others()))
        problems = [*clashes, *_forbids(content, pages, changes, site, search)]
        if has_error(problems):
            return BuildReport(problems=tuple(problems))

        # Render and install the pages.
        rendered, flaws = _render(site, in_order, results, track)
        compiled.save()
        index = None if flaws else staged()
        if flaws := [*flaws, *(index.problems if index else ())]:
            return BuildReport(problems=(*problems, *flaws))
        ledger = Ledger(inputs=inputs.digest, papers=len(library.cards))
        done = install(site, pages.keys(), rendered, ledger, pending=pages.keys() - wanted.keys())
        plan.save(done.rows, wanted.keys())
        problems += install_bundle(index, search, inputs.digest) if index else []
        return _report((*problems, *_near_limits(done.rows, search)), library, pages, changes, done)


def _forbids(
    content: "Snapshot", pages: Mapping[str, PageHead], changes: "list[OutdatedPage]", *into: Destination
) -> Iterator[Problem]:
    """Yield each reason not to write the changed pages, or not to remove those no longer planned."""
    from generator.publication.guard import check_published

    yield from check_published(content, pages.values())
    coming = (change.page.path for change in changes)
    yield from ledger_problems(*into) or obstacles(into[0], coming, pages.keys())


def _report(
    problems: Iterable[Problem],
    library: "Library",
    pages: Mapping[str, PageHead],
    changes: Iterable["OutdatedPage"],
    done: Installed,
) -> BuildReport:
    return BuildReport(
        problems=(*problems, *done.notices),
        papers=len(library.cards),
        planned=len(pages),
        changes=tuple((change.page.path, change.reason) for change in changes),
        written=done.written,
        removed=done.removed,
    )


def _near_limits(rows: Mapping[str, LedgerRow], search: Destination) -> Iterator[Problem]:
    """Yield a notice for each limit of a host that the files which are installed now come near."""
    from generator.publication.hosts import near_limits

    installed = (*rows.values(), *search.state.read_ledger().rows.values())
    sizes = [*map(attrgetter("state.size"), installed)]
    yield from near_limits(len(sizes), sum(sizes))


def _is_current(site: Destination, inputs: BuildInputs, altered: Altered) -> bool:
    """Tell whether the inputs are those of the last build, and all that it wrote is as it was left."""
    ledger = site.ledger
    is_same = inputs.digest == ledger.inputs and not ledger.journal and not altered()
    return is_same and (
        inputs.stage not in {None, SEARCH}
        or is_bundle_current(site.output, bundle_state(site.state).read_ledger(), ledger.inputs)
    )


def _read(site: Destination, inputs: BuildInputs, workers: Workers | None) -> "tuple[Snapshot, RecordCache]":
    """Return the content, and the cache from which all records come that have not changed."""
    from generator.engine.record_cache import RecordCache
    from generator.library.record_files import read_records
    from generator.library.snapshot import read_library

    records = RecordCache(site.state)
    files = read_records(
        inputs.root,
        records.files,
        workers=workers,
        digests=inputs.content,
        keep=records.append,
        meanwhile=None if inputs.planners else _import_all,
    )
    return read_library(inputs.root, files), records


def _import_all() -> None:
    """Import what plans and renders a large site, while workers read its records.

    Else those that render would import most of that, each for itself.
    """
    ours = (f"generator.{name}" for name in ("engine.workers", "website.planners", "website.feeds.xml_feeds"))
    for module in (*ours, "latex2mathml.converter"):
        import_module(module)


def _site_planners() -> tuple[Planner, ...]:
    from generator.website.planners import PLANNERS

    return PLANNERS


def _render(
    site: Destination, pages: "list[OutdatedPage]", results: "Iterable[LedgerRow | Problem]", track: Track
) -> tuple[dict[str, LedgerRow], list[Problem]]:
    """Return the rows of rendered pages by path, and what is wrong with templates, once a place."""
    rows: dict[str, LedgerRow] = {}
    flaws: dict[Location, Problem] = {}
    for change, result in zip(track(pages), results, strict=True):
        if isinstance(result, Problem):
            flaws.setdefault(result.location, result)
        else:
            path = change.page.path
            state = site.installed(path, result.content) or result.state
            rows[path] = msgspec.structs.replace(result, state=state)
    return rows, list(flaws.values())
