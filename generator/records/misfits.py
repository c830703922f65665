"""Find the places of a YAML text that do not fit the type it is read as, and the form to write there."""

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import yaml

from generator.model import Slug, fits
from generator.problem import MOST, Fix, Location, Problem, error
from generator.records.field_types import annotations, arguments, base
from generator.records.nodes import YamlSource, plain_value
from generator.records.syntax import other_sign, quoted, without_space
from generator.words import month_name, number_word


class _Document(NamedTuple):
    """A YAML text, and the fields of what it describes."""

    source: YamlSource
    fields: frozenset[str]
    """The names of the fields of the record, theme or site."""
    column: int
    """The column, counted from 0, in which they begin."""


def misfits(root: yaml.Node, kind: Any, source: YamlSource) -> Iterator[Problem]:
    """Yield an error for every place of a text that does not fit the type, one for each cause.

    PASS: `themes: [sampling]`
    FAIL: `themes: sampling` (Write `[sampling]`.)
    FAIL: `title: [Sampling]` (Write `Sampling` without brackets.)
    FAIL: `title:Sampling` (Write `title: Sampling`.)
    FAIL: `pick: true` two columns too far right, so that YAML reads it as a field of the row above it
    """
    struct = base(kind)
    names = struct.__struct_fields__ if issubclass(struct, msgspec.Struct) else ()
    return _misfits(root, kind, _Document(source, frozenset(names), root.start_mark.column))


def _misfits(node: yaml.Node, kind: Any, document: _Document) -> Iterator[Problem]:
    inner = base(kind)
    if issubclass(inner, msgspec.Struct) and isinstance(node, yaml.MappingNode):
        yield from _misfits_of_fields(node, inner, document)
    elif inner is tuple and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _misfits(item, arguments(kind)[0], document)
    elif inner is dict and isinstance(node, yaml.MappingNode):
        yield from _misfits_of_map(node, kind, document)
    elif isinstance(node, yaml.MappingNode) and any(key.value in document.fields for key, _ in node.value):
        for key, value in node.value:
            if key.value in document.fields:
                yield _misplaced(key, value, node, document)
    elif not fits(plain_value(node), kind):
        yield _misfit(node, kind, document.source)


def _misfits_of_map(node: yaml.MappingNode, kind: Any, document: _Document) -> Iterator[Problem]:
    of_key, of_value = arguments(kind)
    for key, value in node.value:
        found = [*_misfits(key, of_key, document)]
        if value.value != "":  # an empty value is an absent one
            found += _misfits(value, of_value, document)
        if found and key.value in document.fields:
            found = [_misplaced(key, value, node, document)]
        yield from found


def _misfit(node: yaml.Node, kind: Any, source: YamlSource) -> Problem:
    """Return an error for a value that is not of its type, with the form to write."""
    place, inner = source.place_of(node), base(kind)
    names = inner.__struct_fields__ if issubclass(inner, msgspec.Struct) else ()
    if (names or inner is dict) and (problem := _without_space(node, source, names)):
        return problem
    if issubclass(inner, msgspec.Struct):
        return error(place, "A map of fields belongs here.", _fields_of(inner))
    if node.value == "":
        return error(place, "This is empty.", f"Write {expected(kind)}, or remove it.")
    if isinstance(node, yaml.CollectionNode):
        return error(place, f"This is not {expected(kind)}.", _form_of_collection(node, inner, source))
    return error(place, f"{node.value!r} is not {expected(kind)}.", *_form_of_scalar(node, kind, source))


def _form_of_collection(node: yaml.CollectionNode, inner: type, source: YamlSource) -> str:
    """Return the hint to write a map or list in another form, empty if there is none."""
    if inner is tuple:
        return "Write `- ` before the first field, and indent the others by two."
    if inner is dict:
        return ""
    if isinstance(node, yaml.MappingNode):
        written = source.text[node.start_mark.index : node.end_mark.index]
        is_text = node.flow_style and "\n" not in written
        return (
            f"Put the text in quotes: {quoted(written)}." if is_text else "Write one value instead of fields."
        )
    items = [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
    where = "without brackets" if node.flow_style else "behind the key, without `- `"
    return f"Write `{', '.join(items)}` {where}." if items else "Write one value instead of a list."


def _form_of_scalar(node: yaml.Node, kind: Any, source: YamlSource) -> tuple[str, Fix | None]:
    """Return the hint to write a text in another form, and the fix where that is certain."""
    written, inner = node.value, base(kind)
    if inner is tuple:
        is_tame = re.fullmatch(r"\w[\w ,.-]*", written)
        hint = f"Write `[{written}]`." if is_tame else "Write it after `- `, on a line of its own."
        return hint, _fix(node, f"[{written}]", source) if _ONE_WORD.fullmatch(written) else None
    if inner is dict:
        return f"Write `{{name: {written}}}`, with a name that says what it is.", None
    if form := _certain_form(written, kind):
        return f"Write `{form}`.", _fix(node, form, source)
    if inner is bool and (found := _TRUE_AND_MORE.match(written)):
        return f"Write `{found[1]}` only; a comment begins with two spaces and `# `.", None
    return (f"Write `{form}`." if (form := _likely_form(written, kind)) else ""), None


_TRUE_AND_MORE = re.compile(r"(true|false)\b")


def _fields_of(struct: type[msgspec.Struct]) -> str:
    """Return the hint to write fields, with their names where these are few."""
    names = struct.__struct_fields__
    form = "Write `field: value`, one per line."
    return f"{form} The fields are: {', '.join(names)}." if len(names) <= _FEW else form


_FEW = 8


def _fix(node: yaml.Node, form: str, source: YamlSource) -> Fix | None:
    """Return the fix that writes a form in place of a value, which is on one line."""
    place, written = source.place_of(node), source.text[node.start_mark.index : node.end_mark.index]
    return Fix(line=place.line, column=place.column, old=written, new=form) if "\n" not in written else None


_ONE_WORD = re.compile(r"\w[\w.-]*")


def _without_space(node: yaml.Node, source: YamlSource, names: Collection[str] = ()) -> Problem | None:
    """Return an error if a text that should be a map is a field with a wrong sign or no space after its name.

    With `names`, the field must have one of these names, or nearly.
    """
    number = node.start_mark.line
    if not isinstance(node, yaml.ScalarNode):
        return None
    found = other_sign(number, source.lines) or without_space(number, source.lines)
    if not found:
        return None
    key = re.match(r"[ -]*(\w*)", source.lines[number])
    if names and key and not difflib.get_close_matches(key[1], names, n=1):
        return None
    return error(source.place(found.line, found.column), found.message, found.hint, found.fix)


def _certain_form(written: str, kind: Any) -> str:
    """Return the form of a value that was certainly meant, empty if there is no such form.

    `yes` -> `true`; `2025/1/2`, `2 January 2025`, `2025-01-02T10:00` -> `2025-01-02`;
    `https://arxiv.org/abs/2410.12265` -> `2410.12265`
    """
    inner, form = base(kind), ""
    if inner is bool:
        form = _SAID.get(written.lower(), "")
    elif inner is dt.date and (day := _DAY.fullmatch(written.strip())):
        form = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    elif inner is dt.date and (day := _DAY_IN_WORDS.fullmatch(written.strip())):
        name, number = (day["month"] or day["name"])[:3], int(day["first"] or day["second"])
        month = next(month for month in range(1, 13) if month_name(month).startswith(name))
        form = f"{day['year']}-{month:02}-{number:02}"
    elif inner is str:
        bare = _SERVICE.sub("", written.strip()).removesuffix(".pdf")
        form = f'"{bare}"' if kind is not Slug and bare != written and fits(bare, kind) else ""
    return form if form and (inner is str or fits(form, kind)) else ""


_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_MONTH = "|".join(f"{month_name(number)}|{month_name(number)[:3]}\\.?" for number in range(1, 13))
_DAY_IN_WORDS = re.compile(
    rf"(?:(?P<first>[0-9]{{1,2}})\.? (?P<month>{_MONTH})|(?P<name>{_MONTH}) (?P<second>[0-9]{{1,2}}))"
    r",? (?P<year>[0-9]{4})"
)
_SERVICE = re.compile(
    r"(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*|(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*",
    re.IGNORECASE,
)
"""What people write before an arXiv identifier or a DOI."""


def _likely_form(written: str, kind: Any) -> str:
    """Return the form of a value that was likely meant, empty if there is no such form.

    `Data selection` -> `data-selection`; `github.com/x` -> `https://github.com/x`;
    `2410.12265v2` -> `2410.12265`; `30.10.2025` -> `2025-10-30`;
    `cs.CL` -> `arxiv:cs.CL`, where a source is named
    """
    day = _DAY_FIRST.fullmatch(written)
    forms = [
        re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-"),
        *([f"arxiv:{written}"] if _CATEGORY.fullmatch(written) else []),
        *([written.replace(" ", "%20")] if "://" in written else []),
        *([f"https://{written}"] if "." in written and "://" not in written else []),
        re.sub(r"v[0-9]+$", "", _SERVICE.sub("", written)),
        *([f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"] if day else []),
    ]
    likely = forms if base(kind) in {str, dt.date} else []
    return next((form for form in likely if form != written and fits(form, kind)), "")


_CATEGORY = re.compile(r"[a-z-]+\.[A-Z][A-Za-z-]+")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
"""Where days are written with dots, they begin with the day of the month."""
_SAID = dict.fromkeys(("yes", "y", "on", "1"), "true") | dict.fromkeys(("no", "n", "off", "0"), "false")
"""What people write for true and false."""


def _misfits_of_fields(
    node: yaml.MappingNode, kind: type[msgspec.Struct], document: _Document
) -> Iterator[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    present = {key.value for key, value in node.value if value.value != ""}
    strange: list[yaml.Node] = []
    for key, value in node.value:
        if key.value in fields:
            if value.value != "":  # an empty value is an absent one
                yield from _misfits(value, fields[key.value].type, document)
        elif key.value in document.fields:
            yield _misplaced(key, value, node, document)
        elif problem := _without_space(key, document.source):
            present.update(fields)
            yield problem
        else:
            near = difflib.get_close_matches(key.value, fields, n=1)
            present.update(near)  # so that a misspelt field is not missing too
            if near:
                yield _no_field(key, document, near)
            else:
                strange.append(key)
        if len(strange) > MOST:  # to look for what each is near takes long, and no more are told
            break
    missing = [name for name, field in fields.items() if field.required and name not in present]
    if len(strange) == len(missing) == 1:  # `name: Data` for `title: Data`
        yield _no_field(strange[0], document, missing)
        return
    yield from (_no_field(key, document, (), fields) for key in strange)
    for name in missing:
        place = document.source.place_of(node) if node.value else Location(path=document.source.path)
        hint = f"Add `{name}: ` and {expected(fields[name].type)}."
        yield error(place, f"The field {name!r} is missing.", hint)


def _no_field(
    key: yaml.Node, document: _Document, meant: Sequence[str], fields: Iterable[str] = ()
) -> Problem:
    hint = f"Did you mean {meant[0]!r}?" if meant else f"The fields are: {', '.join(fields)}."
    return error(document.source.place_of(key), f"There is no field {key.value!r}.", hint)


def _misplaced(key: yaml.Node, value: yaml.Node, parent: yaml.MappingNode, document: _Document) -> Problem:
    """Return an error for a field of the record that is written inside another of its fields."""
    place = document.source.place_of(key)
    written = document.source.text[key.start_mark.index : value.end_mark.index].partition("\n")[0].rstrip()
    if parent.flow_style:
        message = "This is a field of the record, not of what these brackets hold."
        return error(place, message, f"Write `{written}` on a line of its own.")
    columns = key.start_mark.column - document.column
    many = "one column" if columns == 1 else f"{number_word(columns)} columns"
    message = f"This is a field of the record, {many} too far right."
    return error(place, message, f"Begin the line with `{written}` in column {document.column + 1}.")


_EXPECTED = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    dt.date: "a day such as 2025-10-30",
    tuple: "a list",
    dict: "a map",
}


def expected(kind: Any) -> str:
    """Return in words what a value of the type looks like: "a day such as 2025-10-30"."""
    titles = [note.title for note in annotations(kind) if note.title]
    return titles[0] if titles else _EXPECTED.get(base(kind), "another value")
