"""Changing values in a record's text, at its YAML nodes' positions; every other byte stays.

Each edit is tried where it reads best, then at other places; what comes of it is read again and must be the
value that was meant. Nothing that an editor wrote is lost: a comment inside a value that is replaced moves
above its key, one behind the value stays on the key's line.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import yaml

from generator.model import Listed, Paper
from generator.records import block_edits, flow_edits
from generator.records.codec import EMPTY, as_read
from generator.records.nodes import Plain, UnreadableError, compose, node_at, plain

Path: TypeAlias = tuple[str | int, ...]


class Edit(NamedTuple):
    """A value to be put at a path: `("links", "code")`, `("listed", 2, "votes")`."""

    path: Path
    """A number one beyond the last of a list appends to it. What the path lacks on the way is made."""
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


def _spliced(text: str, path: Path, new: Any) -> str:
    root = _tree(text)
    parent = node_at(root, *path[:-1])
    if new is None and len(path) > 1 and parent and len(parent.value) == 1:
        path = path[:-1]  # a map goes with its last key
    meant = _with(plain(root), path, new)
    for candidate in _candidates(text, root, path, new):
        if _reads_as(candidate, meant):
            return candidate
    raise SpliceError(path)


def _tree(text: str) -> yaml.Node:
    root, problems = compose(text, "")
    if problems:
        raise SpliceError
    return root or EMPTY


def _reads_as(text: str, meant: Plain) -> bool:
    try:
        return plain(_tree(text)) == meant
    except (SpliceError, UnreadableError):
        return False


def _with(value: Plain, path: Path, new: Any) -> Plain:
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = value if isinstance(value, list) else []
        item = _with(items[step], rest, new) if rest else as_read(new)
        return [*items[:step], item, *items[step + 1 :]]
    fields = value if isinstance(value, dict) else {}
    if rest:
        return {**fields, step: _with(fields.get(step, ""), rest, new)}
    others = {key: other for key, other in fields.items() if key != step}
    return others if new is None else {**others, step: as_read(new)}


def _candidates(text: str, root: yaml.Node, path: Path, new: Any) -> Iterator[str]:
    """Return texts with an edit made, the one that reads best first."""
    while len(path) > 1 and not isinstance(node_at(root, *path[:-1]), yaml.CollectionNode):
        new = [new] if isinstance(path[-1], int) else {path[-1]: new}
        path = path[:-1]
    parent, step = node_at(root, *path[:-1]), path[-1]
    flow = isinstance(parent, yaml.CollectionNode) and parent.flow_style
    inserted, replaced, removed = _FLOW if flow else _BLOCK
    if isinstance(parent, yaml.SequenceNode):
        return inserted(text, parent, len(parent.value), [new])
    if isinstance(parent, yaml.MappingNode):
        names = [key.value for key, _ in parent.value]
        if step not in names:
            place = _place(names, str(step), _ORDERS.get(len(path), ()))
            return inserted(text, parent, place, {step: new})
        index = names.index(step)
        if new is None:
            return removed(text, parent, index)
        return replaced(text, parent, index, new)
    raise SpliceError(path)


_FLOW = flow_edits.inserted, flow_edits.replaced, flow_edits.removed
_BLOCK = block_edits.inserted, block_edits.replaced, block_edits.removed
_ORDERS = {1: Paper.__struct_fields__, 3: Listed.__struct_fields__}
"""The fields of a record's maps, by the length of the paths to them; `links` has no order."""


def _place(names: Sequence[str], name: str, order: Sequence[str]) -> int:
    """Return behind how many names a new one goes: the last is the nearest that precedes it in the order."""
    if name not in order:
        return len(names)
    ranks = {other: rank for rank, other in enumerate(order)}
    earlier = [(ranks[other], place) for place, other in enumerate(names, 1) if ranks[other] < ranks[name]]
    return max(earlier, default=(0, 0))[1]
