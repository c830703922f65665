"""Typed values from YAML text, and records back into YAML text.

The types in `generator.model` say what a field is; decoding and encoding follow from them.
"""

import datetime as dt
import posixpath
import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

import msgspec
import yaml
from yaml.representer import BaseRepresenter

from generator.model import Paper, Slug, fits
from generator.problem import Location, Problem, at_most, error
from generator.records.cut_texts import cut_texts
from generator.records.field_types import annotations
from generator.records.misfits import misfits
from generator.records.nodes import Plain, UnreadableError, YamlSource, compose, flaws, has_tex, plain_value

T = TypeVar("T")

MOST_BYTES = 1_000_000
"""Bytes of a file: some hundred times what a long record has. YAML of more would take long to read."""


def decode(data: bytes, path: str, kind: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """Return the value of type `kind` that a YAML file holds, with notices, or None and its errors."""
    if len(data) > MOST_BYTES:
        message = f"This file has {len(data):,} bytes. At most {MOST_BYTES:,} are read."
        return None, (error(Location(path=path), message, "Shorten it."),)
    text, problems = text_of(data, path)
    if text is None:
        return None, problems
    source = YamlSource(text, path)
    root, problems = compose(source)
    if problems:
        return None, problems
    root = root or EMPTY
    try:
        is_suspect = "&" in text or "!" in text or ('"' in text and "\\" in text and has_tex(text))
        if is_suspect and next(flaws(root, source), None):
            raise UnreadableError
        value = msgspec.convert(plain_value(root), kind, strict=False)
    except (UnreadableError, msgspec.ValidationError, RecursionError):
        found = at_most(flaws(root, source), path)
        return None, found or at_most(misfits(root, kind, source), path)
    may_be_cut = b"#" in without_modeline(data)
    return value, tuple(cut_texts(root, kind, source)) if may_be_cut else ()


_START = yaml.Mark("", 0, 0, 0, "", 0)
EMPTY = yaml.MappingNode("", [], _START, _START)
"""What a file without a value, such as one of comments only, is read as."""


def text_of(data: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return a file's text without its byte order mark, or None and why it cannot be read as a whole."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        source = YamlSource(data.decode("utf-8-sig", "replace"), path)
        place = source.place_at(len(data[: flaw.start].decode("utf-8")))
        return None, (error(place, "This is not UTF-8 text.", "Save the file as UTF-8."),)
    conflict = unresolved_merge(text, path)
    return (None, (conflict,)) if conflict else (text, ())


_MARKERS = [re.compile(form, re.MULTILINE) for form in (r"^<{7} ", r"^={7}\r?\n", r"^>{7} ")]
"""What git leaves in a file that two people changed (git-scm.com/docs/git-merge, on conflicts)."""


def unresolved_merge(text: str, path: str) -> Problem | None:
    """Return an error where a text has the first of git's conflict markers, None where it has none."""
    if "<<<<<<< " not in text:  # quicker than a search for the pattern
        return None
    found: list[re.Match[str]] = []
    for marker in _MARKERS:
        if not (next_one := marker.search(text, found[-1].end() if found else 0)):
            return None
        found.append(next_one)
    hint = (
        "Keep one of the two versions, or parts of both, and remove the lines <<<<<<<, ======= and >>>>>>>."
    )
    return error(YamlSource(text, path).place_at(found[0].start()), "This is an unresolved merge.", hint)


def is_slug(name: str) -> bool:
    """Tell whether a file's name, without its extension, can be an address."""
    return fits(name, Slug)


def encode(paper: Paper) -> str:
    """Return the text of a new record: fields in the model's order, absent ones left out.

    Except for what an editor is to fill in, which comes before `listed` and where it is absent is written
    empty, so that it reads as absent:

        id: a-paper
        themes: []
        pick: false
        note:
        listed:
        - listing: 2025-10-30-a.txt
    """
    values: dict[str, Any] = msgspec.to_builtins(paper, builtin_types=(dt.date,))
    invited = {name: values.pop(name, empty) for name, empty in _INVITED.items()}
    invited |= {name: values.pop(name) for name in ("by", "draft") if name in values}
    before = {name: values.pop(name) for name in _BEFORE_LISTED if name in values}
    return encode_fields({**before, **invited, **values})


_INVITED: dict[str, Any] = {"themes": [], "pick": False, "note": None}
_BEFORE_LISTED = Paper.__struct_fields__[: Paper.__struct_fields__.index("listed")]


def modeline(path: str, schema: str) -> bytes:
    """Return the first line of a YAML file that names the schema it is checked against, from its own folder.

    Text editors with the YAML language server read it:

        # yaml-language-server: $schema=../../schemas/record.json
    """
    return _modeline(posixpath.dirname(path), schema)


@cache
def _modeline(folder: str, schema: str) -> bytes:
    return f"# yaml-language-server: $schema={posixpath.relpath(schema, folder)}\n".encode()


_MODELINE = re.compile(rb"# yaml-language-server: \$schema=\S+\r?\n")


def without_modeline(data: bytes) -> bytes:
    """Return a file's bytes without such a line at its beginning."""
    found = _MODELINE.match(data)
    return data[found.end() :] if found else data


def encode_field(name: str, value: Any) -> str:
    """Return `name: value` as lines of YAML, in the style its field is written in."""
    return encode_fields({name: value})


def encode_fields(values: Mapping[str, Any]) -> str:
    """Return fields one after another as `encode_field` does; those of one kind at once, which is faster."""
    groups = groupby(values.items(), key=lambda item: (_width(item[0]), item[1] is None))
    return "".join(_encode_group(dict(items), *kind) for kind, items in groups)


def _encode_group(values: Mapping[str, Any], width: int, is_empty: bool) -> str:
    if is_empty:
        return "".join(f"{name}:\n" for name in values)
    styled = {
        name: _Styled(value, _STYLES[name]) if name in _STYLES else value for name, value in values.items()
    }
    return _dump(styled, width)


def _width(name: str) -> int:
    return _TEXT_WIDTH if _STYLES.get(name) == ">" else _NO_WIDTH


def encode_inline(value: Any) -> str:
    """Return a value as YAML on one line, as it is written inside brackets."""
    return _dump([value], width=_NO_WIDTH, flow=True).strip()[1:-1]


_TEXT_WIDTH = 96
_NO_WIDTH = 2**31 - 1

_STYLES = {
    field.name: note.extra["style"]
    for field in msgspec.structs.fields(Paper)
    for note in annotations(field.type)
    if note.extra
}
"""The style in which YAML writes a field's text, by the field's name."""


class _Styled(msgspec.Struct, frozen=True):
    text: str
    style: str


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, _: object) -> bool:
        """Write a value that occurs twice twice: records have no anchors."""
        return True


class _AstralDumper(yaml.SafeDumper):
    """Writes characters beyond U+FFFF as they are; libyaml escapes them beyond recognition."""

    def ignore_aliases(self, _: object) -> bool:
        """Write a value that occurs twice twice: records have no anchors."""
        return True


_FRAGILE = re.compile(r"[\x85\u2028\u2029]|(\A|\n)\n\Z")
"""What is written in double quotes: both dumpers lose text around a line break that only YAML 1.1 knows, and
end the document after blank lines."""


def _represent_text(dumper: BaseRepresenter, value: str, style: str | None = None) -> yaml.Node:
    return dumper.represent_scalar(_TEXT_TAG, value, style='"' if _FRAGILE.search(value) else style)


_TEXT_TAG = "tag:yaml.org,2002:str"


for _kind in (_Dumper, _AstralDumper):
    _kind.add_representer(str, _represent_text)
    _kind.add_representer(_Styled, lambda dumper, it: _represent_text(dumper, it.text, it.style))


def _dump(value: Any, width: int, flow: bool = False) -> str:
    text = _dump_by(_Dumper, value, width, flow)
    if "\\U" not in text:
        return text
    if isinstance(value, dict) and len(value) > 1:
        return "".join(_dump({name: one}, width) for name, one in value.items())
    return _dump_by(_AstralDumper, value, width, flow)


def _dump_by(dumper: type[yaml.CSafeDumper | yaml.SafeDumper], value: Any, width: int, flow: bool) -> str:
    text: str = yaml.dump(
        value, Dumper=dumper, width=width, default_flow_style=flow, allow_unicode=True, sort_keys=False
    )
    return text


def as_read(value: Any) -> Plain:
    """Return a field's value as `plain_value` reads it back: every scalar as the text in the file."""
    if isinstance(value, dict):
        return {key: as_read(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_read(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
