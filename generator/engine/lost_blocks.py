"""Find blocks in a digest's own templates that no page shows: the extended template has no such block."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from generator.engine.templates import STATIC, Templates
from generator.problem import Location, Problem, notice


def lost_blocks(templates: Templates) -> Iterator[Problem]:
    """Yield a notice for each block that replaces no other block. Templates with an error are skipped.

    FAIL: `{% extends "shipped/paper.html" %}{% block maim %}...{% endblock %}`
    """
    for name, path in templates.paths.items():
        if Path(path).is_absolute() or name.startswith(STATIC):
            continue
        tree = _tree(templates, name)
        parent = _extended(tree)
        known = _blocks(templates, parent, {name}) if parent else set()
        for block in tree.body if tree and known else ():
            if isinstance(block, nodes.Block) and block.name not in known:
                near = difflib.get_close_matches(block.name, known, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"It has: {', '.join(sorted(known))}."
                line = templates.files[name].decode().split("\n")[block.lineno - 1]
                place = Location(path=path, line=block.lineno, text=line)
                yield notice(place, f"{parent} has no block {block.name!r}, so no page shows this.", hint)


def _tree(templates: Templates, name: str) -> nodes.Template | None:
    try:
        return jinja2.Environment(autoescape=True).parse(templates.files.get(name, b"").decode())
    except (jinja2.TemplateSyntaxError, UnicodeDecodeError):
        return None


def _extended(tree: nodes.Template | None) -> str:
    """Return the name of the template that one extends; empty if it extends none, or a computed one."""
    found = (tag.template for tag in tree.find_all(nodes.Extends)) if tree else ()
    return next((str(name.value) for name in found if isinstance(name, nodes.Const)), "")


def _blocks(templates: Templates, name: str, seen: set[str]) -> set[str]:
    """Return the names of all blocks of a template and of what it extends; none if that has an error."""
    tree = _tree(templates, name)
    if tree is None or name in seen:
        return set()
    parent = _extended(tree)
    mine = {block.name for block in tree.find_all(nodes.Block)}
    return mine | (_blocks(templates, parent, {*seen, name}) if parent else set())
