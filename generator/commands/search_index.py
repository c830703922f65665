"""The search index of a build: another process makes it while this one plans and renders pages."""

from collections.abc import Callable, Set
from contextlib import AbstractContextManager, nullcontext

from generator.engine.bundle import Bundle, StagedBundle, bundle_state, read_parts, stage_bundle, write_parts
from generator.engine.inputs import BuildInputs
from generator.engine.install import Destination
from generator.engine.output import Output
from generator.engine.page import SEARCH, Planner
from generator.library.library import Library
from generator.processes import Workers, in_background


def search_destination(site: Destination) -> Destination:
    """Return where the search index goes: a folder of the site that is made whole, with its own ledger."""
    return Destination.of(Output(site.output.folder, SEARCH), bundle_state(site.state), clean=site.clean)


def staging_index(
    inputs: BuildInputs,
    library: Library,
    planners: tuple[Planner, ...],
    search: Destination,
    workers: Workers | None,
) -> AbstractContextManager[Callable[[], StagedBundle | None]]:
    """Begin to stage the search index, and yield a function that waits for it.

    It returns None in a build of another stage.
    """
    if inputs.stage not in {None, SEARCH}:
        return nullcontext(lambda: None)
    forked = workers if search.rows else None  # a first build has all cores busy, and needs the memory
    return in_background(forked, _staged_index, library, planners, search)


def _staged_index(library: Library, planners: tuple[Planner, ...], search: Destination) -> StagedBundle:
    """Return the search index of a library, staged; an empty one if no page of the site searches."""
    from generator.website.search import index, planner

    if planner.plan not in planners:
        return stage_bundle(Bundle(), search)

    def make(in_place: Set[str]) -> index.Files | str:
        folder = search.state.path / "parts"
        before = read_parts(folder)
        cache = dict(before)
        files = index.made(library, cache, in_place)
        write_parts(folder, before, cache)
        return files

    return stage_bundle(Bundle(source=index.source(library), make=make), search)
