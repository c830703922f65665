"""Rendering: a page in, its bytes out."""

import difflib
import re
import traceback
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2

from generator.engine.compiled_templates import CompiledTemplates
from generator.engine.jinja import HALF, TOO_DEEP, environment
from generator.engine.page import Page, PageHead
from generator.engine.templates import SHIPPED, STATIC, Templates
from generator.problem import Location, Problem, error

_PACKAGE = Path(__file__).parents[1]


@cache
def encoder(name: str) -> Callable[[Any], bytes]:
    """Return an encoder by its module and name, imported when the first page names it.

    Importing some of them takes a tenth of a second.
    """
    module, _, function = name.partition(":")
    found: Callable[[Any], bytes] = getattr(import_module(f"generator.{module}"), function)
    return found


class Renderer:
    """Renders pages with one set of templates."""

    def __init__(self, templates: Templates, compiled: CompiledTemplates | None = None) -> None:
        """Render with templates, of which `compiled` has those that did not change."""
        self._templates = templates
        self._environment = environment(self._load, compiled, only_attributes=True)
        self._are_quick = True

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in self._templates.files:
            return None
        data, path = self._templates.files[name], self._templates.paths[name]
        try:
            text = data.decode("utf-8")
            # a static file is not a template: a page that includes it shows it as it is
            return f"{{% raw %}}{text}{{% endraw %}}" if name.startswith(STATIC) else text, path, lambda: True
        except UnicodeDecodeError as flaw:
            message, line = "This is not UTF-8 text.", data.count(b"\n", 0, flaw.start) + 1
            raise jinja2.TemplateSyntaxError(message, line, name, path) from flaw

    def render(self, page: Page) -> bytes | Problem:
        """Return the bytes of a page, or what is wrong with its template."""
        if page.encoder:
            return encoder(page.encoder)(page.view)
        try:
            return self._rendered(page)
        except Exception as flaw:
            problem = self._template_problem(flaw)
            if problem is None:
                raise
            return problem

    def _rendered(self, page: Page) -> bytes:
        try:
            text = self._environment.get_template(page.template).render(view=page.view)
        except AttributeError:  # `x.y` may be an item of x; or there is none, and Jinja2 says what there is
            if not self._are_quick:
                raise
            self._environment, self._are_quick = environment(self._load), False
            return self._rendered(page)
        try:
            return text.encode()
        except UnicodeEncodeError as flaw:  # as of `"%c"|format(55296)`: what made it is not known any more
            path = self._templates.paths[page.template]
            raise jinja2.TemplateSyntaxError(HALF, 0, page.template, path) from flaw

    def prepare(self, pages: Iterable[PageHead]) -> None:
        """Compile what pages are rendered with, so that processes that are forked then share it."""
        for name in self._templates.used_by({page.template for page in pages if page.template}):
            self.flaw(name)

    def flaw(self, name: str) -> Problem | None:
        """Return what is wrong with a template's syntax, None if nothing is."""
        try:
            self._environment.get_template(name)
        except jinja2.TemplateError as flaw:
            return self._template_problem(flaw)
        return None

    def _template_problem(self, flaw: Exception) -> Problem | None:
        """Return an error at the place in a template that raised; None if it was in our own code."""
        if isinstance(flaw, jinja2.TemplateSyntaxError):
            place = self._place(flaw.filename or flaw.name or "", flaw.lineno)
            return error(place, *_syntax(flaw.message or "", place.path))
        frames = traceback.extract_tb(flaw.__traceback__)
        known = set(self._templates.paths.values())
        in_template = [frame for frame in frames if frame.filename in known]
        hint = _correct(in_template[-1].filename if in_template else "")
        if isinstance(flaw, jinja2.TemplateNotFound):
            near = difflib.get_close_matches(str(flaw.name), self._templates.files, n=1)
            place = Location(path=f"templates/{flaw.name}")
            if in_template:
                place = self._place(in_template[-1].filename, in_template[-1].lineno or 0)
            hint = f"Did you mean {near[0]!r}?" if near else "`broadsheet templates` lists the shipped ones."
            return error(place, f"There is no template {flaw.name!r}.", hint)
        if not in_template or (message := _message(flaw, Path(frames[-1].filename))) is None:
            return None
        if isinstance(flaw, RecursionError):
            hint = "To extend the shipped template, put shipped/ before its name."
        return error(self._place(in_template[-1].filename, in_template[-1].lineno or 0), message, hint)

    def _place(self, path: str, line: int) -> Location:
        name = next((name for name, found in self._templates.paths.items() if found == path), "")
        lines = self._templates.files.get(name, b"").decode("utf-8", "replace").split("\n")
        return Location(path=path, line=line, text=lines[line - 1] if 0 < line <= len(lines) else "")


def _syntax(said: str, path: str) -> tuple[str, str]:
    """Return what Jinja2 says of a template's syntax, in plain words, and what to do."""
    if found := _UNCLOSED.search(said):
        tag, where = found["tag"], "The template ends, and" if found["end"] else "Before this line,"
        return (
            f"{where} {{% {tag} %}} is not closed.",
            f"Write {{% end{tag} %}} where it ends.",
        )
    if meant := _MEANT.get(_POSITION.sub("", said)):
        return meant
    if found := _FOLLOWS.fullmatch(said):
        return f"This tag ends before {found[1]}, which follows in it.", _correct(path)
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else "."), _correct(path)


_MEANT = {
    HALF: (HALF, 'Write the character itself, as in {{ "\U0001f600" }}.'),
    TOO_DEEP: (TOO_DEEP, "Move parts of it into macros, or into templates that it includes."),
    "unexpected '}'": ("A single } closes nothing.", "Write }} where the expression ends."),
    "expected token 'end of statement block', got '='": (
        "A single = compares nothing.",
        "Write == to compare.",
    ),
    "expected token 'end of statement block', got 'if'": (
        "Here the tag ends, and `if` follows.",
        "Write {% elif ... %} in place of {% else if ... %}.",
    ),
    "expected token 'name', got '|'": ("A filter's name follows |.", "Write `or` in place of ||."),
    "unexpected char '&'": ("An expression has no &.", "Write `and` in place of &&."),
    'unexpected char "\'"': ("A quote opens here and is not closed.", "Write ' where the text ends."),
    "unexpected char '\"'": ("A quote opens here and is not closed.", 'Write " where the text ends.'),
    "unexpected char '!'": ("An expression has no !.", "Write `not` in place of !."),
    "Missing end of comment tag": ("The comment that begins here has no end.", "Write #} where it ends."),
}
_FOLLOWS = re.compile("expected token 'end of statement block', got ('.*')")
_POSITION = re.compile(r" at \d+$")
"""What Jinja2 says where another language is meant: in plain words, and what to do."""
_UNCLOSED = re.compile(
    r"(?:(?P<end>Unexpected end of template)|Encountered unknown tag).*to be closed is '(?P<tag>\w+)'",
    re.DOTALL,
)


def _correct(path: str) -> str:
    folder, _, name = path.partition("/")
    is_shipped = folder == "templates" and (SHIPPED / name).is_file()
    return "Correct this line." + (
        f" `broadsheet templates {name}` prints the shipped one." if is_shipped else ""
    )


def _message(flaw: Exception, file: Path) -> str | None:
    """Return what an exception says of a template; None if it is one of our own code, which `file` raised."""
    if isinstance(flaw, RecursionError):
        return "This template includes or calls itself without end."
    if isinstance(flaw, MemoryError):
        return "This takes more memory than there is."
    is_ours = file.is_relative_to(_PACKAGE) and not isinstance(flaw, jinja2.TemplateRuntimeError)
    return None if is_ours else f"{str(flaw).removesuffix('.')}."
