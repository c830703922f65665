"""Check a digest: find every problem in content and templates, also those for which a build would stop."""

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from generator.commands.check_texts import check_texts
from generator.commands.schema import stale_schemas
from generator.engine.compiled_templates import CompiledTemplates
from generator.engine.content_digests import content_digests
from generator.engine.ledger import StateFolder
from generator.engine.lost_blocks import lost_blocks
from generator.engine.outdated import OutdatedPage, outdated
from generator.engine.page import KnownPage, Page, PageHead, by_path
from generator.engine.plan_cache import PlanCache
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer
from generator.engine.templates import STATIC, Templates, assets, misnamed_folders, read_templates, unused
from generator.engine.workers import RenderContext, WorkerInputs, in_render_order, rendering
from generator.files import load
from generator.library.library import Library
from generator.library.paths import OPENINGS, SITE
from generator.library.record_files import read_records
from generator.library.site_files import place_in
from generator.library.snapshot import Snapshot, read_library
from generator.problem import Location, Problem, Severity, has_error, notice
from generator.processes import START_METHOD, Workers, in_background
from generator.publication.example_url import example_url
from generator.publication.guard import check_published
from generator.website.planners import PLANNERS

FRAME = "base.html"
"""The template with the words of the site itself."""


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong or worth knowing, and what is left to an editor to do."""

    problems: tuple[Problem, ...]
    """In order of place."""
    papers: int
    unsorted: int
    """Papers without a theme."""
    picked: int
    drafts: int
    images: int
    image_bytes: int
    """Bytes of all images."""


def check(root: Path, workers: Workers | None = None) -> CheckReport:
    """Return every error and notice of the digest at `root`. Workers share large work.

    That includes the problems that ingest finds in listings, and published addresses that would vanish.
    Templates are compiled, and every page that has one is rendered, since some mistakes show only then. Pages
    that the last build to `site/` rendered from the same view and template are not rendered again.
    """
    gc.disable()  # what is read and planned is kept, so there is nothing to find
    try:
        return _report(root, workers)
    finally:
        gc.unfreeze()
        gc.enable()


def _report(root: Path, workers: Workers | None) -> CheckReport:
    state = StateFolder.of(root, root / "site")
    with in_background(workers, content_digests, root, state) as digests:
        records = RecordCache(state)
        taken = digests()
    with in_background(workers, _listing_problems, root, taken) as listing_problems:
        content = read_library(root, read_records(root, records.files, workers=workers, digests=taken))
        with in_background(workers, _paper_problems, content) as paper_problems:
            problems = [*_site_problems(root, state, records, content, workers), *paper_problems()]
        problems += listing_problems()
    library = content.library
    cards = library.cards if library else [file.card for file in content.files.values() if file.card]
    return CheckReport(
        problems=tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.order)),
        papers=len(cards),
        unsorted=sum(not card.themes for card in cards),
        picked=sum(card.pick for card in cards),
        drafts=sum(
            file.record.paper().draft for file in content.files.values() if file.record and not file.card
        ),
        images=len(library.images) if library else 0,
        image_bytes=sum(len(image.data) for image in library.images) if library else 0,
    )


def _listing_problems(root: Path, digests: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return the problems of listings. A process of its own, if any, imports what finds them."""
    from generator.commands.ingest import listing_problems

    return listing_problems(root, digests)


def _paper_problems(content: Snapshot) -> list[Problem]:
    """Return the problems of papers. A process of its own, if any, imports what finds them."""
    from generator.commands.check_papers import check_papers

    return [*check_papers(content)]


def _site_problems(
    root: Path, state: StateFolder, records: RecordCache, content: Snapshot, workers: Workers | None
) -> list[Problem]:
    """Return the problems of content as a whole, of templates, and of the pages that are made of both."""
    templates, compiled = read_templates(root), CompiledTemplates(state)
    flaws = _syntax_flaws(templates, Renderer(templates, compiled))
    problems = [*content.problems, *templates.problems, *lost_blocks(templates)]
    if content.library is None:
        return [*problems, *flaws]
    library = RelatedCache(state, content.files).attach(content.library)
    plan = PlanCache(state, library, content)
    pages, clashes = by_path(plan.pages((*PLANNERS, assets(templates))))
    problems += [
        *clashes,
        *example_url(library.site.url, Severity.NOTICE),
        *_openings(library),
        *_language(root, library, templates),
        *unused(templates, _used(pages)),
        *misnamed_folders(root),
        *stale_schemas(root, library),
        *check_texts(root, content, library, pages.keys()),
    ]
    if not has_error(content.problems):  # else what is unreadable would seem to be gone
        problems += check_published(content, pages.values())
    if not flaws:
        context = RenderContext.of(lambda path: plan.whole(pages[path]), templates, records, compiled)
        changes = in_render_order(_unproven(pages, context, state))
        inputs = WorkerInputs(state, b"", library, templates, (), context)
        flaws = _rendering_flaws(inputs, changes, workers)
    return [*problems, *flaws]


def _used(pages: Mapping[str, PageHead]) -> set[str]:
    return {page.template for page in pages.values() if page.template}


def _syntax_flaws(templates: Templates, renderer: Renderer) -> list[Problem]:
    names = (name for name in templates.files if not name.startswith(STATIC))
    return [flaw for name in names if (flaw := renderer.flaw(name))]


def _rendering_flaws(
    inputs: WorkerInputs, pages: list[OutdatedPage], workers: Workers | None
) -> list[Problem]:
    """Return what is wrong with templates when pages are rendered, once a place."""
    found: dict[Location, Problem] = {}
    # a worker that is not forked would plan the pages again, from records that only a build writes down
    with rendering(inputs, None, pages, workers if START_METHOD == "fork" else None) as results:
        for flaw in results:
            if isinstance(flaw, Problem):
                found.setdefault(flaw.location, flaw)
    return list(found.values())


def _unproven(
    pages: Mapping[str, Page | KnownPage], context: RenderContext, state: StateFolder
) -> Iterator[OutdatedPage]:
    """Yield the pages with templates that the last build did not render from the same without error."""
    rows = state.read_ledger().rows
    of_templates = (page for page in pages.values() if page.template)
    return outdated(of_templates, rows, context.fingerprint, altered={})


def _openings(library: Library) -> Iterator[Problem]:
    """Yield a notice for each opening of a day without issue."""
    for day in sorted(library.openings.keys() - {issue.day for issue in library.issues}):
        hint = "Rename the file, or wait until a listing of that day is there."
        yield notice(Location(path=f"{OPENINGS}{day}.md"), f"There is no issue of {day}.", hint)


def _language(root: Path, library: Library, templates: Templates) -> Iterator[Problem]:
    """Yield a notice if the site's own words are not in the language of the digest."""
    language = library.site.language
    if language.partition("-")[0].lower() != "en" and Path(templates.paths[FRAME]).is_absolute():
        message = f"The site's own words are English, and `language:` says {language}."
        hint = "Translate them in templates of your own (`broadsheet templates`), or write `language: en`."
        yield notice(place_in(load(root, SITE), SITE, "language"), message, hint)
