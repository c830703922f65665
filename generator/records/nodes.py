"""YAML text as nodes with positions: the one way in, for records, site and themes.

Types are never guessed (every scalar is the text that stands there), an empty value is an absent one, and
what a curated file has no use for (anchors, a key that is a list, a second document) is refused.
"""

import re
from typing import TypeAlias

import yaml

from generator.problem import Location, Problem, error

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
"""A YAML value as the file spells it: text, lists and maps."""


def compose(text: str, path: str) -> tuple[yaml.Node | None, tuple[Problem, ...]]:
    """Return the root node of a YAML text, None where it is empty, and what is wrong with its syntax.

    `text` must not begin with a byte order mark, so that the nodes' positions are indices into it.
    """
    try:
        if deep := _too_deep(text, path):
            return None, (deep,)
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as flaw:
        # where the text ends too soon there is no line to show: what was begun and not ended says more
        marks = [mark for mark in (flaw.problem_mark, flaw.context_mark) if mark]
        mark = next((mark for mark in marks if line_of(text, mark.line + 1)), None) or next(iter(marks), None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        place = Location(path=path, line=line, column=column, text=line_of(text, line))
        return None, (error(place, f"This is not YAML: {flaw.problem or flaw.context}.", _SYNTAX_HINT),)
    except yaml.YAMLError:  # a reader's error, which carries no position
        return None, (_forbidden_character(text, path),)
    return root, ()


def _forbidden_character(text: str, path: str) -> Problem:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    place = position(text, found.start(), path) if found else Location(path=path)
    name = f"U+{ord(found[0]):04X}" if found else "a character"
    return error(place, f"This is not YAML: it may not hold {name}.", "Remove that character.")


def position(text: str, index: int, path: str) -> Location:
    """Return where the character at `index` stands."""
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Location(path=path, line=line, column=column, text=line_of(text, line))


_OPENERS = "[{-?:"
_MAX_DEPTH = 40


def _too_deep(text: str, path: str) -> Problem | None:
    """Return a problem where values nest too deep: libyaml composes nodes on the C stack."""
    if sum(map(text.count, _OPENERS)) < 500:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return error(
                Location(path=path), f"Values nest more than {_MAX_DEPTH} deep.", "Close the open brackets."
            )
    return None


class _Loader(yaml.CBaseLoader):
    """libyaml's, without the search for a scalar's type: here there is but one."""

    def resolve(self, *_: object) -> str:
        """Return the tag of every node."""
        return ""


_SYNTAX_HINT = 'Check the indentation, and quote a value that contains ": " or " #" or begins with a sign.'


def line_of(text: str, line: int) -> str:
    """Return line `line` (counted from 1) of the text, without its line break; empty where there is none."""
    lines = text.split("\n")
    return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""


def location(node: yaml.Node, path: str, text: str) -> Location:
    """Return where the node begins."""
    line = node.start_mark.line + 1
    return Location(path=path, line=line, column=node.start_mark.column + 1, text=line_of(text, line))


class UnreadableError(ValueError):
    """A node holds what `plain` does not read; `problems` of the same node names it."""


def plain(node: yaml.Node) -> Plain:
    """Return the node's value; keys without a value are left out.

    Raises UnreadableError where `flaws` finds something.
    """
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        return value
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    values: dict[str, Plain] = {}
    for key, value_node in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in values:
            raise UnreadableError
        values[key.value] = plain(value_node)
    return {key: value for key, value in values.items() if value != ""}


def flaws(node: yaml.Node, path: str, text: str) -> list[Problem]:
    """Return what `plain` cannot read below the node: repeated keys, keys that are no text, aliases."""
    found: list[Problem] = []
    seen: set[int] = set()

    def visit(node: yaml.Node) -> None:
        if id(node) in seen:
            found.append(
                error(location(node, path, text), "This value is used again by an alias (*).", _NO_ALIAS)
            )
            return
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item)
        if isinstance(node, yaml.MappingNode):
            found.extend(_key_flaws(node, path, text))
            for _, value in node.value:
                visit(value)

    visit(node)
    return found


_NO_ALIAS = "Write the value out in both places: records hold no anchors."


def _key_flaws(node: yaml.MappingNode, path: str, text: str) -> list[Problem]:
    found: list[Problem] = []
    first: dict[str, yaml.Node] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            found.append(error(location(key, path, text), "A key must be plain text."))
        elif key.value in first:
            line = first[key.value].start_mark.line + 1
            message = f"The key {key.value!r} stands twice: first on line {line}, again here."
            found.append(error(location(key, path, text), message, "Keep one of the two."))
        else:
            first[key.value] = key
    return found


def node_at(root: yaml.Node | None, *steps: str | int) -> yaml.Node | None:
    """Return the node that keys and indexes lead to from the root, None where there is none."""
    node = root
    for step in steps:
        if isinstance(node, yaml.MappingNode) and isinstance(step, str):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node
