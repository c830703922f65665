"""Check: find every problem in content and templates."""

from collections.abc import Iterator
from pathlib import Path

from generator.commands.ingest import listing_problems
from generator.engine.page import plan
from generator.engine.render import Renderer
from generator.engine.templates import STATIC, read_templates
from generator.library.snapshot import Snapshot, read_library
from generator.problem import Location, Problem, notice
from generator.text import paragraphs
from generator.website.planners import PLANNERS


def check(root: Path) -> tuple[Problem, ...]:
    """Return every error and notice of the digest at `root`, in order of place.

    That includes its listings, as ingest finds them. Templates are compiled, and every page is rendered,
    since some mistakes show only then.
    """
    reading = read_library(root)
    templates = read_templates(root)
    renderer = Renderer(templates)
    found = {
        flaw: None for name in templates.files if not name.startswith(STATIC) if (flaw := renderer.flaw(name))
    }
    if reading.library and not found:
        rendered = (renderer.render(page) for page in plan(reading.library, PLANNERS))
        found |= {flaw: None for flaw in rendered if isinstance(flaw, Problem)}
    problems = dict.fromkeys((*reading.problems, *listing_problems(root), *_formulas(reading), *found))
    return tuple(sorted(problems, key=lambda problem: problem.order))


def _formulas(reading: Snapshot) -> Iterator[Problem]:
    """Yield a notice for each formula that pages show as TeX."""
    hint = "Correct the formula if it is damaged. It is readable as it is."
    for path, file in reading.files.items():
        if file.card and file.record:
            paper = file.record.paper()
            for text in filter(None, (file.card.title, paper.abstract, paper.comment, paper.venue)):
                for tex in (tex for shown in paragraphs(text) for tex in shown.as_tex):
                    yield notice(Location(path=path), f"This formula is shown as TeX: {tex}", hint)
