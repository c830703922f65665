"""Jinja2 for pages: what is shown is escaped, and a name that does not exist is an error."""

import re
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from generator.words import capitals, cased, count


def escaped(value: object) -> str:
    """Return what `markupsafe.escape` does. Text that needs no escaping, as most, is returned as it is."""
    kind = type(value)
    if kind is Markup or (kind is str and not _special(cast("str", value))):
        return cast("str", value)
    return escape(value)


_special = re.compile("[&<>'\"]").search


class _Code(CodeGenerator):
    """The Python code of a template, which escapes with `escaped`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escaped as escape")


class _Environment(jinja2.Environment):
    code_generator_class = _Code

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return globals as one map: each rendering copies them, and copying a chain of maps takes long."""
        return {**self.globals, **(d or {})}


def environment(load: Callable[[str], tuple[str, str, Callable[[], bool]] | None]) -> jinja2.Environment:
    """Return the environment of the templates that `load` finds by their names."""
    made = _Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=jinja2.select_autoescape(disabled_extensions=["txt"], default=True),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals |= {"capitals": capitals, "cased": cased, "count": count}
    made.globals["once"] = _once()
    return made


KEPT = 1 << 15
"""Results of macros that are kept."""


def _once() -> Callable[..., Markup]:
    made: dict[tuple[Hashable, ...], Markup] = {}

    def once(macro: Macro, *arguments: Hashable) -> Markup:
        """Return what a macro gives for arguments, computed once. It may depend on nothing else."""
        key = (macro, *arguments)
        if key not in made:
            if len(made) == KEPT:
                made.clear()
            made[key] = Markup(macro(*arguments))
        return made[key]

    return once
