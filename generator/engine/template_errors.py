"""Turn an exception that a template raised into an error at its place in the template, in plain words."""

import difflib
import re
import traceback
from pathlib import Path

import jinja2

from generator.engine.jinja import HALF, TOO_DEEP
from generator.engine.templates import SHIPPED, Templates
from generator.problem import Location, Problem, error

_PACKAGE = Path(__file__).parents[1]


def template_error(flaw: Exception, templates: Templates) -> Problem | None:
    """Return an error at the place in a template that raised; None if it was in our own code."""
    if isinstance(flaw, jinja2.TemplateSyntaxError):
        place = _place(templates, flaw.filename or flaw.name or "", flaw.lineno)
        return error(place, *_syntax(flaw.message or "", place.path))
    frames = traceback.extract_tb(flaw.__traceback__)
    known = set(templates.paths.values())
    places = [_place(templates, at.filename, at.lineno or 0) for at in frames if at.filename in known]
    if isinstance(flaw, jinja2.TemplateNotFound):
        near = difflib.get_close_matches(str(flaw.name), templates.files, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "`broadsheet templates` lists the shipped ones."
        place = places[-1] if places else Location(path=f"templates/{flaw.name}")
        return error(place, f"There is no template {flaw.name!r}.", hint)
    is_of_template = isinstance(flaw, jinja2.TemplateRuntimeError | RecursionError | MemoryError)
    is_ours = Path(frames[-1].filename).is_relative_to(_PACKAGE) and not is_of_template
    if is_ours or not places:
        return None
    message, hint = f"{str(flaw).removesuffix('.')}.", _correct(places[-1].path)
    if isinstance(flaw, RecursionError):
        message = "This template includes or calls itself without end."
        hint = "To extend the shipped template, put shipped/ before its name."
    elif isinstance(flaw, MemoryError):
        message = "This takes more memory than there is."
    return error(places[-1], message, hint)


def _place(templates: Templates, path: str, line: int) -> Location:
    name = next((name for name, found in templates.paths.items() if found == path), "")
    lines = templates.files.get(name, b"").decode("utf-8", "replace").split("\n")
    return Location(path=path, line=line, text=lines[line - 1] if 0 < line <= len(lines) else "")


def _syntax(said: str, path: str) -> tuple[str, str]:
    """Return a message of Jinja2 about syntax in plain words, and what to do."""
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


_UNCLOSED = re.compile(
    r"(?:(?P<end>Unexpected end of template)|Encountered unknown tag).*to be closed is '(?P<tag>\w+)'",
    re.DOTALL,
)
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
"""What is wrong and what to do, by the message of Jinja2."""
_POSITION = re.compile(r" at \d+$")
_FOLLOWS = re.compile("expected token 'end of statement block', got ('.*')")


def _correct(path: str) -> str:
    folder, _, name = path.partition("/")
    if folder == "templates" and (SHIPPED / name).is_file():
        return f"Correct this line. `broadsheet templates {name}` prints the shipped one."
    return "Correct this line."
