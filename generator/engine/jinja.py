"""Jinja2 for pages: what is shown is escaped, and a name that does not exist is an error."""

import re
from collections.abc import Callable, Hashable, MutableMapping
from functools import cache
from keyword import iskeyword
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing
from markupsafe import Markup, escape

from generator.words import capitals, cased, count


def escaped(value: object) -> str:
    """Return what `markupsafe.escape` does, of text as a plain string. Most text needs no escaping."""
    if type(value) is not str:
        return value if type(value) is Markup else escape(value)
    if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        # in half of the time that `escape` takes, which makes Markup of it
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return value.replace('"', "&#34;").replace("'", "&#39;")
    return value


class _Code(CodeGenerator):
    """The Python code of a template, which escapes with `escaped`, and yields each block as one text."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escaped as escape")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        if not node.with_context:  # its text is yielded at once, so what stands before it is, too
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)


class _CodeOfAttributes(_Code):
    """Code in which `x.y` is an attribute of x, as in Python. Jinja2 calls what looks for an item too."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Context(Context):
    """The names in a template. No function that it may call asks for them."""

    @internalcode  # so that a mistake is in the template that calls
    def call(
        self,
        function: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        if type(function) is not Macro:
            return function(*arguments, **named)
        left = function._argument_count - len(arguments)
        if named or left < 0 or function.catch_kwargs or function.catch_varargs or function.caller:
            return function(self.eval_ctx, *arguments, **named)
        text = function._func(*arguments, *(missing,) * left)  # what the macro itself does, without copies
        return Markup(text) if self.eval_ctx.autoescape and type(text) is not Markup else text


FUNCTIONS = {"capitals": capitals, "cased": cased, "count": count}
"""What a template may call, besides `once`."""


class _Undefined(jinja2.StrictUndefined):
    """A name that does not exist: an error that lists those which do."""

    @property
    def _undefined_message(self) -> str:
        message: str = super()._undefined_message
        fields = getattr(self._undefined_obj, "__struct_fields__", None)
        if self._undefined_obj is jinja2.utils.missing:
            return f"{message}. Every template has: view, {', '.join(FUNCTIONS)}."
        if not fields:
            return message
        shown = [name for name in dir(type(self._undefined_obj)) if not name.startswith("_")]
        kind = type(self._undefined_obj).__name__
        return f"{kind} has no {self._undefined_name!r}. It has: {', '.join(sorted({*fields, *shown}))}."


LONGEST_RANGE = 100_000
"""Steps; a loop of more is a mistake, and would hold up the build."""


def _range(*arguments: int) -> range:
    """Return a range as Python's own, if it is not longer than any page needs."""
    steps = range(*arguments)
    if len(steps) > LONGEST_RANGE:
        message = f"range() has more than {LONGEST_RANGE:,} steps."
        raise jinja2.TemplateRuntimeError(message)
    return steps


TOO_DEEP = "This template is nested too deep."
HALF = "This is half of a character, which no file can hold."
_DEBUG_INFO = re.compile(r"^debug_info = '(.*)'$", re.MULTILINE)
"""Lines of a template and those of its Python code, as in `1=12&3=18`."""


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Two of these are a character in UTF-16: JavaScript has `"\\ud83d\\ude00"` for a smile."""


class _Environment(jinja2.Environment):
    code_generator_class = _Code
    context_class = _Context

    def compile(self, *template: Any, **named: Any) -> Any:
        """Compile a template: its source, name and path. Raises TemplateSyntaxError for all that is wrong."""
        try:
            return super().compile(*template, **named)
        except (RecursionError, ValueError) as flaw:  # a ValueError is of a number of thousands of digits
            message = TOO_DEEP if isinstance(flaw, RecursionError) else str(flaw).partition(";")[0]
            raise jinja2.TemplateSyntaxError(message, 0, *template[1:3]) from flaw

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template. Raises TemplateSyntaxError also for text that cannot be written."""
        tree = super()._parse(source, name, filename)
        for literal in tree.find_all(nodes.Const):
            if type(literal.value) is str and _SURROGATE.search(literal.value):
                raise jinja2.TemplateSyntaxError(HALF, literal.lineno, name, filename)
        return tree

    def _compile(self, source: str, filename: str) -> CodeType:
        """Compile a template's Python code. Raises TemplateSyntaxError for what only Python sees."""
        try:
            return super()._compile(source, filename)
        except SyntaxError as flaw:  # as where an argument is given twice
            found = _DEBUG_INFO.search(source)
            pairs = (pair.split("=") for pair in found[1].split("&") if pair) if found else ()
            lines = [int(line) for line, of_code in pairs if int(of_code) <= (flaw.lineno or 0)]
            message = re.sub(r"'l_\d+_(\w+)'", r"'\1'", flaw.msg)
            raise jinja2.TemplateSyntaxError(message, max(lines, default=1), filename=filename) from flaw

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return globals as one map: each rendering copies them, and copying a chain of maps takes long."""
        return {**self.globals, **(d or {})}


class _QuickEnvironment(_Environment):
    code_generator_class = _CodeOfAttributes


def environment(
    load: Callable[[str], tuple[str, str, Callable[[], bool]] | None],
    compiled: jinja2.BytecodeCache | None = None,
    *,
    only_attributes: bool = False,
) -> jinja2.Environment:
    """Return the environment of the templates that `load` finds by their names; `compiled` has their code.

    With `only_attributes`, templates are rendered in two thirds of the time, and raise AttributeError where
    Jinja2 finds an item in place of an attribute, or nothing.
    """
    made = (_QuickEnvironment if only_attributes else _Environment)(
        loader=jinja2.FunctionLoader(load),
        autoescape=cache(jinja2.select_autoescape(disabled_extensions=["txt"], default=True)),
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    made.globals |= {"range": _range, **FUNCTIONS}
    made.globals["once"] = _once()
    made.get_template = cache(made.get_template)  # type: ignore[method-assign]  # its own cache takes a lock
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
