"""Find texts that YAML cuts short: in a value without quotes, ` #` begins a comment."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import yaml

from generator.problem import Problem, notice
from generator.records.field_types import annotations, arguments, base
from generator.records.nodes import YamlSource
from generator.records.syntax import quoted


def cut_texts(node: yaml.Node, kind: Any, source: YamlSource) -> Iterator[Problem]:
    """Yield a notice for each comment that may be meant as part of the text before it.

    Only free text can go on with a `#`: a title, a note, a name, a venue; no date, number, slug or address. A
    comment is meant as one where the text is in quotes, or where it is written as yamllint's rule `comments`
    has it: two spaces before the `#` and one after it.

    PASS: `title: 'Learning C #2'`
    PASS: `title: Learning C  # as they write it`
    PASS: `title: "Learning C" # as they write it`
    PASS: `themes: [data] # main one first`
    FAIL: `title: Learning C #2`
    FAIL: `title: Learning C # Next`
    FAIL: `note: #1 in its field`
    """
    inner = base(kind)
    if issubclass(inner, msgspec.Struct) and isinstance(node, yaml.MappingNode):
        types = _types(inner)
        for key, value in node.value:
            if key.value in types:  # an empty value may have any name
                yield from cut_texts(value, types[key.value], source)
    elif inner is tuple and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from cut_texts(item, arguments(kind)[0], source)
    elif inner is str and isinstance(node, yaml.ScalarNode) and not node.style:
        has_form = any(note.pattern for note in annotations(kind))
        yield from () if has_form else _cut_text(node, source)


@cache
def _types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the types of a record's fields, by name: to look them up takes longer than to read a record."""
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


_COMMENT = re.compile(r"([ \t]*)(#[^\r\n]*)")


def _cut_text(node: yaml.Node, source: YamlSource) -> Iterator[Problem]:
    end = node.end_mark
    found = _COMMENT.match(source.text, end.index)
    if found and not _MEANT.match(found[0]):
        space, comment = found.groups()
        place = source.place(end.line + 1, end.column + len(space) + 1)
        whole = source.text[node.start_mark.index : end.index] + space + comment
        form = f": {quoted(whole)}" if len(whole) < 100 else ""
        hint = f"Put the text in quotes if it goes on{form}. Else write two spaces before `# `."
        yield notice(place, f"{comment.rstrip()!r} is a comment, not part of the text.", hint)


_MEANT = re.compile(r"(\t| {2,})[ \t]*#(\s|$)")
"""A comment that is meant as one, with the space before it."""
