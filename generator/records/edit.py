"""Change values in a record's text, at the positions of its YAML nodes; every other byte stays.

Each edit is tried where it reads best, then at other places, until the result, read again, has the intended
value. No comment is lost: one inside a value that is replaced moves above its key, one after the value stays
on the key's line.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import yaml

from generator.model import Listed, Paper
from generator.records import block_edits, flow_edits
from generator.records.codec import EMPTY, as_read
from generator.records.nodes import Plain, UnreadableError, YamlSource, compose, node_at, plain_value

FieldPath: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a value of a record: `("links", "code")`, `("listed", 2, "votes")`."""


class Edit(NamedTuple):
    """A value to be put at a path."""

    path: FieldPath
    """An index one beyond the last of a list appends to it. Maps and lists on the way are made if missing."""
    value: Any
    """Of the types of a record's fields; None removes the key."""


class SpliceError(ValueError):
    """An edit cannot be made in the text as it is written."""


def splice(text: str, edits: Sequence[Edit]) -> str:
    """Return a record's text with the edits made, one after another.

    Raises SpliceError where the result would not read as meant.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for edit in edits:
        text = _spliced(text, edit.path, edit.value)
    return mark + text


def _spliced(text: str, path: FieldPath, new: Any) -> str:
    root = _tree(text)
    parent = node_at(root, *path[:-1])
    if new is None and len(path) > 1 and parent and len(parent.value) == 1:
        path = path[:-1]  # a map goes with its last key
    meant = _with_edit(plain_value(root), path, new)
    for candidate in _candidates(text, root, path, new):
        if _reads_as(candidate, meant):
            return candidate
    raise SpliceError(path)


def _tree(text: str) -> yaml.Node:
    root, problems = compose(YamlSource(text))
    if problems:
        raise SpliceError
    return root or EMPTY


def _reads_as(text: str, meant: Plain) -> bool:
    try:
        return plain_value(_tree(text)) == meant
    except (SpliceError, UnreadableError):
        return False


def _with_edit(value: Plain, path: FieldPath, new: Any) -> Plain:
    """Return a record's plain value with an edit made."""
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(value) if isinstance(value, list) else []
        items[step : step + 1] = [_with_edit(items[step], rest, new) if rest else as_read(new)]
        return items
    fields = dict(value) if isinstance(value, dict) else {}
    if rest:
        fields[step] = _with_edit(fields.get(step, ""), rest, new)
    elif new is None:
        fields.pop(step, None)
    else:
        fields[step] = as_read(new)
    return fields


def _candidates(text: str, root: yaml.Node, path: FieldPath, new: Any) -> Iterator[str]:
    """Return texts with an edit made, the one that reads best first."""
    while len(path) > 1 and not isinstance(node_at(root, *path[:-1]), yaml.CollectionNode):
        new = [new] if isinstance(path[-1], int) else {path[-1]: new}
        path = path[:-1]
    parent, step = node_at(root, *path[:-1]), path[-1]
    if isinstance(parent, yaml.SequenceNode):
        return _inserted(text, parent, len(parent.value), [new])
    if not isinstance(parent, yaml.MappingNode):
        raise SpliceError(path)
    names = [key.value for key, _ in parent.value]
    if step not in names:
        place = _place(names, str(step), _ORDERS.get(len(path), ()))
        return _inserted(text, parent, place, {step: new})
    if new is None:
        removed = flow_edits.removed if parent.flow_style else block_edits.removed
        return removed(text, parent, names.index(step))
    replaced = flow_edits.replaced if parent.flow_style else block_edits.replaced
    return replaced(text, parent, names.index(step), new)


def _inserted(text: str, parent: yaml.CollectionNode, place: int, part: Any) -> Iterator[str]:
    inserted = flow_edits.inserted if parent.flow_style else block_edits.inserted
    return inserted(text, parent, place, part)


_ORDERS = {1: Paper.__struct_fields__, 3: Listed.__struct_fields__}
"""The fields of a record's maps, by the length of the paths to them; `links` has no order."""


def _place(names: Sequence[str], name: str, order: Sequence[str]) -> int:
    """Return how many names come before a new one: it follows the nearest that precedes it in the order.

    Names that are not in the order, as a mistyped one, do not count.
    """
    if name not in order:
        return len(names)
    preceding = {other: rank for rank, other in enumerate(order[: order.index(name)])}
    earlier = [(preceding[other], place) for place, other in enumerate(names, 1) if other in preceding]
    return max(earlier, default=(0, 0))[1]
