"""Typed values from YAML text, and records back into YAML text.

What a field is, is listed in `generator.model`; decoding, diagnosis and encoding below follow from its types.
"""

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
import yaml
from yaml.representer import BaseRepresenter

from generator.model import Paper, Slug
from generator.problem import Location, Problem, error
from generator.records.nodes import Plain, UnreadableError, compose, flaws, location, plain, position

T = TypeVar("T")


def decode(data: bytes, path: str, kind: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """Return the value of type `kind` that a YAML file holds, or None and all that is wrong with it."""
    text, problems = text_of(data, path)
    if text is None:
        return None, problems
    root, problems = compose(text, path)
    if problems:
        return None, problems
    if root is None:
        root = EMPTY
    try:
        if "&" in text and flaws(root, path, text):
            raise UnreadableError
        return msgspec.convert(plain(root), kind, strict=False), ()
    except (UnreadableError, msgspec.ValidationError, RecursionError):
        return None, tuple(flaws(root, path, text)) or tuple(_misfits(root, kind, path, text))


_START = yaml.Mark("", 0, 0, 0, "", 0)
EMPTY = yaml.MappingNode("", [], _START, _START)
"""What a file without a value, such as one of comments alone, is read as."""


def text_of(data: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return a file's text without its byte order mark, or None and where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as flaw:
        place = position(data.decode("utf-8-sig", "replace"), len(data[: flaw.start].decode("utf-8")), path)
        return None, (error(place, "This is not UTF-8 text.", "Save the file as UTF-8."),)


def _misfits(node: yaml.Node, kind: Any, path: str, text: str) -> Iterator[Problem]:
    """Yield what does not fit the type, below the node: every place, not the first alone."""
    inner = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    here = location(node, path, text)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        if isinstance(node, yaml.MappingNode):
            yield from _misfits_of_fields(node, inner, path, text)
        else:
            yield error(here, "A map of fields belongs here.", "Write `field: value`, one a line.")
    elif get_origin(inner) in {tuple, list} and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _misfits(item, get_args(inner)[0], path, text)
    elif get_origin(inner) is dict and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _misfits(key, get_args(inner)[0], path, text)
            yield from _misfits(value, get_args(inner)[1], path, text)
    else:
        value = plain(node)
        try:
            if value != "":
                msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:
            shown = f"{value!r} is" if isinstance(value, str) else "This is"
            yield error(here, f"{shown} not {expected(kind)}.")


def _misfits_of_fields(
    node: yaml.MappingNode, kind: type[msgspec.Struct], path: str, text: str
) -> Iterator[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    present = {key.value for key, value in node.value if value.value != ""}
    for key, value in node.value:
        if key.value in fields:
            yield from _misfits(value, fields[key.value].type, path, text)
        else:
            near = difflib.get_close_matches(key.value, fields, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The fields are: {', '.join(fields)}."
            yield error(location(key, path, text), f"There is no field {key.value!r}.", hint)
    for name, field in fields.items():
        if field.required and name not in present:
            place = location(node, path, text) if node.value else Location(path=path)
            yield error(
                place, f"The field {name!r} is missing.", f"Add `{name}: ` and {expected(field.type)}."
            )


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
    if get_origin(kind) is Annotated:
        inner, *metas = get_args(kind)
        return next((meta.title for meta in metas if meta.title), expected(inner))
    options = [option for option in get_args(kind) if option is not type(None)]
    if type(None) in get_args(kind):
        return expected(options[0])
    return _EXPECTED.get(get_origin(kind) or kind, "another value")


def is_slug(name: str) -> bool:
    """Tell whether a file's name, without its extension, can be an address."""
    try:
        msgspec.convert(name, Slug)
    except msgspec.ValidationError:
        return False
    return True


def encode(paper: Paper) -> str:
    """Return the record of a paper as YAML: fields in the model's order, absent ones left out."""
    values: dict[str, Any] = msgspec.to_builtins(paper, builtin_types=(dt.date,))
    return "".join(encode_field(name, value) for name, value in values.items())


def encode_field(name: str, value: Any) -> str:
    """Return `name: value` as lines of YAML, in the style its field is written in."""
    style = _STYLES.get(name)
    styled = _Styled(value, style) if style else value
    width = _TEXT_WIDTH if style == ">" else _NO_WIDTH
    return _dump({name: styled}, width=width)


def encode_inline(value: Any) -> str:
    """Return a value as YAML on one line, as it stands inside brackets."""
    return _dump([value], width=_NO_WIDTH, flow=True).strip()[1:-1]


_TEXT_WIDTH = 96
_NO_WIDTH = 2**31 - 1

_STYLES = {
    field.name: meta.extra["style"]
    for field in msgspec.structs.fields(Paper)
    for option in (field.type, *get_args(field.type), *(a for o in get_args(field.type) for a in get_args(o)))
    for meta in getattr(option, "__metadata__", ())
    if meta.extra
}


class _Styled(msgspec.Struct, frozen=True):
    text: str
    style: str


class _Dumper(yaml.CSafeDumper):
    pass


class _AstralDumper(yaml.SafeDumper):
    """Writes characters beyond U+FFFF as they are; libyaml escapes them beyond recognition."""


_FRAGILE = re.compile(r"[\x85\u2028\u2029]|(\A|\n)\n\Z")
"""What is written in double quotes: both dumpers lose text around a line break of YAML 1.1 alone, and end the
document after blank lines."""


def _represent_text(dumper: BaseRepresenter, value: str, style: str | None = None) -> yaml.Node:
    return dumper.represent_scalar(_TEXT_TAG, value, style='"' if _FRAGILE.search(value) else style)


_TEXT_TAG = "tag:yaml.org,2002:str"


def _represent_styled(dumper: BaseRepresenter, value: _Styled) -> yaml.Node:
    return _represent_text(dumper, value.text, value.style)


for _kind in (_Dumper, _AstralDumper):
    _kind.add_representer(str, _represent_text)
    _kind.add_representer(_Styled, _represent_styled)


def _dump(value: Any, width: int, flow: bool = False) -> str:
    for dumper in (_Dumper, _AstralDumper):
        text: str = yaml.dump(
            value, Dumper=dumper, width=width, default_flow_style=flow, allow_unicode=True, sort_keys=False
        )
        if "\\U" not in text:
            break
    return text


def as_read(value: Any) -> Plain:
    """Return a field's value as `plain` reads it back: every scalar as the text that stands in the file."""
    if isinstance(value, dict):
        return {key: as_read(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_read(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
