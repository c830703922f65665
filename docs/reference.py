"""Write the reference of `docs/` from types, docstrings and descriptions: `make docs`.

`templates.md` is for people who write templates: the view that each template is given, with the fields,
properties and methods of the view and of all values in it. `records.md` has the fields of the YAML files.
"""

import ast
import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
from markupsafe import Markup

from generator.engine.page import plan
from generator.library.snapshot import read_library
from generator.model import Correction, Listed, Paper, Theme
from generator.settings import Lookup, Mail, MailServer, Outputs, Site, Source
from generator.website.planners import PLANNERS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LIKE = {"mail.eml": "mail.html", "sitemap_index.xml": "sitemap.xml"}
"""Templates that no page of the shipped digest uses, each with one that is given the same view."""
WORDS = {str: "text", int: "number", bool: "true or false", float: "number", Markup: "HTML", NoneType: "none"}
WORDS |= {bytes: "bytes", dt.date: "day", dt.datetime: "time", Any: "anything"}
INGEST = {"id", "listed"}
"""Fields of a record that ingest writes."""


Titles = Mapping[type, str]
"""The headings of the sections of values."""


class Member(NamedTuple):
    """A field, a property or a method of a value."""

    name: str
    kind: str
    """Its type in words."""
    text: str
    """Its description; empty where its name says all."""


def views() -> Mapping[str, type]:
    """Return the view of each template, by the template's name."""
    library = read_library(ROOT).library
    assert library, "the shipped digest has errors"
    library = msgspec.structs.replace(library, formerly={"an-old-name": library.cards[0].slug})
    found = {page.template: type(page.view) for page in plan(library, PLANNERS) if page.template}
    return dict(sorted((found | {name: found[like] for name, like in LIKE.items()}).items()))


def values(roots: Iterable[type]) -> list[type]:
    """Return the types that templates meet: the roots, and all that these lead to, each once."""
    found = dict.fromkeys(roots)
    waiting = list(found)
    while waiting:
        for hint in _hints(waiting.pop(0)).values():
            new = [kind for kind in _values_in(hint) if kind not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return list(found)


def members(kind: type, titles: Titles) -> Iterator[Member]:
    """Yield what a template may ask of a value: its fields, then its properties and methods."""
    said = _said_of_fields(kind)
    for name, hint in _hints(kind).items():
        found = inspect.getattr_static(kind, name, None)
        if isinstance(found, property) or callable(found):
            yield Member(_called(name, found), in_words(hint, titles), inspect.cleandoc(found.__doc__ or ""))
        else:
            yield Member(name, in_words(hint, titles), _described(hint) or said.get(name, ""))


def _hints(kind: type) -> dict[str, Any]:
    """Return the types of a value's fields, and those that its public properties and methods return."""
    hints = get_type_hints(kind, include_extras=True)
    found = {name: hints[name] for name in _fields(kind)}
    for owner in filter(_is_ours, reversed(kind.__mro__)):
        for name, value in vars(owner).items():
            function = value.fget if isinstance(value, property) else value
            if not name.startswith("_") and inspect.isfunction(function):
                found[name] = get_type_hints(function, include_extras=True).get("return", Any)
    return found


def _values_in(hint: Any) -> list[type]:
    return [hint] if _is_ours(hint) else [kind for part in get_args(hint) for kind in _values_in(part)]


def _is_ours(hint: Any) -> bool:
    return isinstance(hint, type) and hint.__module__.startswith("generator.")


def _fields(kind: type) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(kind, "__struct_fields__", getattr(kind, "_fields", ()))
    return found


def _said_of_fields(kind: type) -> dict[str, str]:
    """Return the text below each field of a class and of those it extends."""
    found: dict[str, str] = {}
    for owner in filter(_is_ours, reversed(kind.__mro__)):
        [body] = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
        assert isinstance(body, ast.ClassDef)
        for field, text in zip(body.body, body.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                found[ast.unparse(field.target)] = inspect.cleandoc(ast.literal_eval(text.value))
    return found


def _described(hint: Any) -> str:
    return next((meta.description for meta in get_args(hint)[1:] if _describes(meta)), "")


def _describes(meta: object) -> bool:
    return isinstance(meta, msgspec.Meta) and bool(meta.description)


def _called(name: str, found: object) -> str:
    if isinstance(found, property):
        return name
    assert callable(found)
    parameters = list(inspect.signature(found).parameters)
    return f"{name}({', '.join(parameters[1:])})"


def in_words(hint: Any, titles: Titles) -> str:
    """Return a type in words: `list of day`, `text or none`; values with a section are links to it."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in WORDS:
        return WORDS[hint]
    if hint in titles:
        return f"[{titles[hint]}](#{anchor(titles[hint])})"
    if origin is Annotated:
        named = (meta.title for meta in parts[1:] if isinstance(meta, msgspec.Meta) and meta.title)
        return next(map(_short, named), in_words(parts[0], titles))
    words = [in_words(part, titles) for part in parts if part is not ...]
    if origin in {Union, UnionType}:
        return " or ".join(dict.fromkeys(words))
    return _gathered(origin, parts, words) if origin else f"`{getattr(hint, '__name__', hint)}`"


def _gathered(origin: type, parts: tuple[Any, ...], words: list[str]) -> str:
    if origin is tuple and parts[1:] != (...,):
        return f"({', '.join(words)})"
    return f"map of {' to '.join(words)}" if issubclass(origin, Mapping) else f"list of {words[0]}"


def _short(title: str) -> str:
    """Return the name of a kind of text, as in errors: "slug" of "a slug: lower-case ..."."""
    if title.startswith("one of "):
        return title
    return re.split(", |: ", title)[0].removeprefix("a ").removeprefix("an ")


def anchor(title: str) -> str:
    """Return the anchor that a Markdown heading gets."""
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def _table(found: Iterable[Member]) -> Iterator[str]:
    yield "| name | type | what |\n|---|---|---|"
    for member in found:
        text = " ".join(member.text.split()).replace("|", "\\|")
        yield f"| `{member.name}` | {member.kind} | {text} |"


def _section(kind: type, titles: Titles) -> str:
    said = inspect.getdoc(kind) or ""
    return "\n".join(["", f"### {titles[kind]}", "", said, "", *_table(members(kind, titles))])


TEMPLATES = """\
# Templates

Made by `make docs` from the types and docstrings of views.

A page's template sees one value, `view`, and four functions: `count(number, noun)` writes "1 paper" or
"2 papers"; `capitals(text)` writes capitals, but leaves a letter that would become another, and
`cased(text)` keeps such a letter in an element that CSS shows in capitals; `once(macro, ...)` returns what
the macro made of the same arguments before, so the macro may depend only on its arguments. Text is escaped,
HTML is not. A name that does not exist is an error, with its place in the template. Links (`href`) are
relative to the site's root, which is `frame.root` from the page.

A file in the digest's own `templates/` takes the place of the shipped file of the same name. Files in
`templates/static/` are copied as they are; a template that includes one includes its text unchanged.

| template | view | planned in |
|---|---|---|
"""
RECORDS = """\
# Records and settings

Made by `make docs` from `generator/model.py` and `generator/settings.py`.

A record is the YAML file of one paper, in any folder below `content/papers/`. The file's name without `.yaml`
is the paper's slug, and its address: `papers/2025/layer-normalization.yaml` is shown at
`/papers/layer-normalization/`. To change the address, rename the file and put the old name under `formerly:`;
the old address redirects, and the paper keeps its identity in feeds.

Values are read as text: `2410.10` stays a string and `No` a title without quotes. Unknown fields, repeated
keys and anchors are errors.

Ingest keeps the listings' fields current until you change one; that one is then yours, and ingest reports
where the listings differ. Every field of a record may be left out.

## A record

| field | whose | type | what |
|---|---|---|---|
"""
ROWS: Titles = {
    Listed: "Row of listed",
    Correction: "Row of changes",
    Site: "content/site.yaml",
    Mail: "mail in content/site.yaml",
    MailServer: "server of mail in content/site.yaml",
    Source: "Row of sources in content/site.yaml",
    Lookup: "Row of lookups in content/site.yaml",
    Outputs: "outputs in content/site.yaml",
    Theme: "Row of content/themes.yaml",
}


def templates() -> str:
    """Return the reference of templates."""
    found = views()
    every = values(found.values())
    titles = {kind: kind.__name__ for kind in every}
    for kind in [kind for kind in every if list(titles.values()).count(kind.__name__) > 1]:
        titles[kind] = f"{kind.__name__} of {_module(kind)}"
    own, shared = [[kind for kind in every if (kind in found.values()) is is_own] for is_own in (True, False)]
    lines = [
        *(
            f"| `{name}` | {in_words(kind, titles)} | `generator/{_module(kind)}` |"
            for name, kind in found.items()
        ),
        "\n## Views",
        *(_section(kind, titles) for kind in own),
        "\n## Values in views",
        *(_section(kind, titles) for kind in shared),
    ]
    return TEMPLATES + "\n".join([*lines, ""])


def _module(kind: type) -> str:
    return kind.__module__.removeprefix("generator.").replace(".", "/") + ".py"


def records() -> str:
    """Return the reference of records and settings."""
    stated = _fields(next(kind for kind in reversed(Paper.__mro__) if _is_ours(kind)))
    lines = []
    for member in members(Paper, ROWS):
        owner = "listings" if member.name in stated else "ingest" if member.name in INGEST else "yours"
        kind = member.kind.removesuffix(" or none")
        lines.append(f"| `{member.name}` | {owner} | {kind} | {member.text} |")
    for value, title in ROWS.items():
        lines += ["", f"## {title}", "", *_table(members(value, ROWS))]
    return RECORDS + "\n".join([*lines, ""])


FILES = {"templates.md": templates, "records.md": records}

if __name__ == "__main__":
    for name, made in FILES.items():
        (DOCS / name).write_text(made(), "utf-8")
