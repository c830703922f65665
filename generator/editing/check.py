"""Check: every problem in content and templates, gathered."""

from pathlib import Path

from generator.content.reading import read_library
from generator.problem import Problem
from generator.publishing.page import plan
from generator.publishing.pages import PLANNERS
from generator.publishing.render import Renderer
from generator.publishing.templates import STATIC, read_templates


def check(root: Path) -> tuple[Problem, ...]:
    """Return everything that is wrong or worth knowing in the digest at `root`, in order of place.

    Templates are compiled, and every page is rendered, since some mistakes show only then.
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
    return tuple(sorted([*reading.problems, *found], key=lambda problem: problem.order))
