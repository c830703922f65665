"""Check: find every problem in content and templates."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.commands.ingest import listing_problems
from generator.engine.ledger import StateFolder
from generator.engine.outdated import outdated
from generator.engine.page import Page, plan
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer
from generator.engine.templates import STATIC, Templates, read_templates
from generator.library.library import Library
from generator.library.paths import OPENINGS
from generator.library.record_files import read_records
from generator.library.snapshot import Snapshot, read_library
from generator.problem import Location, Problem, Severity, notice
from generator.publication.example_url import example_url
from generator.text import paragraphs
from generator.text.broken_words import broken_words, word_counts
from generator.website.parts.markdown import tex_of_note
from generator.website.planners import PLANNERS


def check(root: Path) -> tuple[Problem, ...]:
    """Return every error and notice of the digest at `root`, in order of place.

    That includes its listings, as ingest finds them. Templates are compiled, and every page that has one is
    rendered, since some mistakes show only then; but no page that the last build to `site/` rendered of the
    same view and template.
    """
    state = StateFolder.of(root, root / "site")
    content = read_library(root, read_records(root, RecordCache(state).files))
    templates = read_templates(root)
    renderer = Renderer(templates)
    found = {
        flaw: None for name in templates.files if not name.startswith(STATIC) if (flaw := renderer.flaw(name))
    }
    if content.library and not found:
        library = RelatedCache(state, content.files).attach(content.library)
        rendered = map(renderer.render, _unproven(library, templates, state))
        found |= {flaw: None for flaw in rendered if isinstance(flaw, Problem)}
    told = (*_formulas(content), *_broken_words(content), *_openings(content.library))
    if content.library:
        told = (*told, *example_url(content.library.site.url, Severity.NOTICE))
    problems = dict.fromkeys((*content.problems, *templates.problems, *listing_problems(root), *told, *found))
    return tuple(sorted(problems, key=lambda problem: problem.order))


def _unproven(library: Library, templates: Templates, state: StateFolder) -> Iterator[Page]:
    """Yield the pages with templates that the last build did not render of the same, and so without error."""
    rows = state.read_ledger().rows
    pages = (page for page in plan(library, PLANNERS) if page.template)
    fingerprint = cache(templates.fingerprint)
    for change in outdated(pages, rows, fingerprint, lambda path: rows[path].state):
        yield change.page


def _openings(library: Library | None) -> Iterator[Problem]:
    """Yield a notice for each opening of a day without issue."""
    if library:
        for day in sorted(library.openings.keys() - {issue.day for issue in library.issues}):
            hint = "Rename the file, or wait until a listing of that day is there."
            yield notice(Location(path=f"{OPENINGS}{day}.md"), f"There is no issue of {day}.", hint)


def _texts(content: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the listings' texts of each paper, with the path of its record."""
    for path, file in content.files.items():
        if file.card and file.record:
            paper = file.record.paper()
            for text in filter(None, (file.card.title, paper.abstract, paper.comment, paper.venue)):
                yield path, text


def _formulas(content: Snapshot) -> Iterator[Problem]:
    """Yield a notice for each formula that pages show as TeX."""
    hint = "Correct the formula if it is damaged. It is readable as it is."
    for path, text in _texts(content):
        if "$" not in text and "\\" not in text:
            continue
        for tex in (tex for shown in paragraphs(text) for tex in shown.as_tex):
            yield notice(Location(path=path), f"This formula is shown as TeX: {tex}", hint)
    for path, note in _notes(content):
        for tex in tex_of_note(note):
            yield notice(Location(path=path), f"This formula of the note is shown as TeX: {tex}", hint)


def _notes(content: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the note of each paper that has one, with the path of its record."""
    for path, file in content.files.items():
        note = file.record.paper().note if file.card and file.record else None
        if note:
            yield path, note


def _broken_words(content: Snapshot) -> Iterator[Problem]:
    """Yield a notice for each word that seems broken in two."""
    counts = word_counts(text for _, text in _texts(content))
    for path, text in _texts(content):
        for words in broken_words(text, counts):
            yield notice(Location(path=path), f'This looks broken: "{words}".', "Correct it in the record.")
