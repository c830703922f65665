"""What in a YAML text does not fit the type it is read as, each place with what belongs there."""

import datetime as dt
import difflib
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
import yaml

from generator.problem import Location, Problem, error
from generator.records.nodes import Source, plain


def misfits(node: yaml.Node, kind: Any, source: Source) -> Iterator[Problem]:
    """Yield an error for every place below the node that does not fit the type."""
    inner = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        if isinstance(node, yaml.MappingNode):
            yield from _misfits_of_fields(node, inner, source)
        else:
            hint = "Write `field: value`, one a line."
            yield error(source.place_of(node), "A map of fields belongs here.", hint)
    elif get_origin(inner) in {tuple, list} and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from misfits(item, get_args(inner)[0], source)
    elif get_origin(inner) is dict and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from misfits(key, get_args(inner)[0], source)
            yield from misfits(value, get_args(inner)[1], source)
    elif not _fits(value := plain(node), kind):
        shown = f"{value!r} is" if isinstance(value, str) else "This is"
        yield error(source.place_of(node), f"{shown} not {expected(kind)}.")


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return not value  # an empty value is an absent one
    return True


def _misfits_of_fields(
    node: yaml.MappingNode, kind: type[msgspec.Struct], source: Source
) -> Iterator[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    present = {key.value for key, value in node.value if value.value != ""}
    for key, value in node.value:
        if key.value in fields:
            yield from misfits(value, fields[key.value].type, source)
        else:
            near = difflib.get_close_matches(key.value, fields, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The fields are: {', '.join(fields)}."
            yield error(source.place_of(key), f"There is no field {key.value!r}.", hint)
    for name, field in fields.items():
        if field.required and name not in present:
            place = source.place_of(node) if node.value else Location(path=source.path)
            hint = f"Add `{name}: ` and {expected(field.type)}."
            yield error(place, f"The field {name!r} is missing.", hint)


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


def base(kind: Any) -> Any:
    """Return the class of a type's values, without annotations and None: `str` of `Text | None`."""
    if get_origin(kind) is Annotated:
        return base(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return next(base(option) for option in get_args(kind) if option is not type(None))
    return get_origin(kind) or kind


def annotations(kind: Any) -> Iterator[msgspec.Meta]:
    """Yield what a type and its options are annotated with; what is within its lists and maps is left out."""
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        yield from notes
        yield from annotations(inner)
    elif get_origin(kind) in {Union, UnionType}:
        for option in get_args(kind):
            yield from annotations(option)
