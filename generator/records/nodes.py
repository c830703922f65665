"""Read YAML text as nodes with positions: records, settings and themes are all read here.

Types are never guessed: every scalar is the text in the file. An empty value is an absent one. Anchors, a key
that is a list, and a second document are errors.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

import msgspec
import yaml

from generator.problem import Fix, Location, Problem, error
from generator.records.syntax import mistake_of, quoted

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
"""A YAML value as the file spells it: text, lists and maps."""


class YamlSource(msgspec.Struct, frozen=True, dict=True):
    """The text of a YAML file."""

    text: str
    """Without a byte order mark, so that the nodes' positions are indices into it."""
    path: str = ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def place(self, line: int, column: int) -> Location:
        """Return a place by its line and column, both counted from 1."""
        text = self.lines[line - 1].rstrip("\r") if 0 < line <= len(self.lines) else ""
        return Location(path=self.path, line=line, column=column, text=text)

    def place_at(self, index: int) -> Location:
        """Return the place of the character at an index."""
        return self.place(self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index))

    def place_of(self, node: yaml.Node) -> Location:
        """Return the place where a node begins."""
        return self.place(node.start_mark.line + 1, node.start_mark.column + 1)


def compose(source: YamlSource) -> tuple[yaml.Node | None, tuple[Problem, ...]]:
    """Return the root node of a YAML text, None where it is empty, and what is wrong with its syntax."""
    try:
        if _is_too_deep(source.text):
            message = f"Values nest more than {_MAX_DEPTH} deep."
            return None, (error(Location(path=source.path), message, "Close the open brackets."),)
        root: yaml.Node | None = yaml.compose(source.text, Loader=_Loader)
    except yaml.MarkedYAMLError as flaw:
        found = mistake_of(flaw, source.lines)
        place = source.place(found.line, found.column) if found.line else Location(path=source.path)
        return None, (error(place, found.message, found.hint, found.fix),)
    except yaml.YAMLError:  # a reader's error, which carries no position
        return None, (_forbidden_character(source),)
    return root, ()


def _forbidden_character(source: YamlSource) -> Problem:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", source.text)
    place = source.place_at(found.start()) if found else Location(path=source.path)
    name = f"U+{ord(found[0]):04X}" if found else "a character"
    return error(place, f"This is not YAML: it may not hold {name}.", "Remove that character.")


_OPENERS = "[{-?:"
_MAX_DEPTH = 40


def _is_too_deep(text: str) -> bool:
    """Tell whether values nest too deep: libyaml composes nodes on the C stack."""
    if sum(map(text.count, _OPENERS)) < 500:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return True
    return False


class _Loader(yaml.CBaseLoader):
    """libyaml's loader without the search for a scalar's type: every scalar is text."""

    def resolve(self, *_: object) -> str:
        """Return the tag of every node."""
        return ""


class UnreadableError(ValueError):
    """A node holds what `plain_value` does not read; `flaws` of the same node names it."""


def plain_value(node: yaml.Node) -> Plain:
    """Return the node's value; keys without a value are left out.

    Raises UnreadableError where a key is repeated or is no text.
    """
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        return value
    if isinstance(node, yaml.SequenceNode):
        return [plain_value(item) for item in node.value]
    values: dict[str, Plain] = {}
    for key, value_node in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in values:
            raise UnreadableError
        values[key.value] = plain_value(value_node)
    return {key: value for key, value in values.items() if value != ""}


def flaws(root: yaml.Node, source: YamlSource) -> Iterator[Problem]:
    r"""Yield an error for each repeated key, key that is no text, tag, anchor, and TeX in double quotes.

    YAML would silently remove tags and anchors from a value, and letters of TeX.

    PASS: `title: '!Kung speech'`
    FAIL: `title: !Kung speech` (a tag; the text is "speech")
    FAIL: `title: &x Foo` (an anchor; the text is "Foo")
    FAIL: `tags: &ours [data]`, even where `*ours` repeats it
    FAIL: `title: "On $\alpha$"` (a control character; the text is "lpha")
    """
    return _flaws(root, source, set())


def _flaws(node: yaml.Node, source: YamlSource, told: set[int]) -> Iterator[Problem]:
    start = node.start_mark.index
    if sign := _SIGN.match(source.text, start):
        # not looked into: an anchor's node is also that of its aliases, and may contain itself
        if start not in told:
            told.add(start)
            yield _signed(node, sign[0], source)
    elif isinstance(node, yaml.ScalarNode) and node.style == '"':
        yield from _escaped_tex(node, source)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _flaws(item, source, told)
    elif isinstance(node, yaml.MappingNode):
        yield from _key_flaws(node, source)
        for key, value in node.value:
            yield from _flaws(key, source, told)
            yield from _flaws(value, source, told)


_SIGN = re.compile(r"[!&][^\s,\[\]{}]*")


def _signed(node: yaml.Node, sign: str, source: YamlSource) -> Problem:
    """Return an error for a value that begins with a tag or an anchor."""
    message = f"YAML reads {sign!r} as {'a tag' if sign[0] == '!' else 'an anchor'}, not as text."
    if isinstance(node, yaml.ScalarNode) and not node.style:
        written = source.text[node.start_mark.index : node.end_mark.index]
        place = source.place_of(node)
        fix = Fix(line=place.line, column=place.column, old=written, new=quoted(written))
        return error(place, message, f"Put the text in quotes: {quoted(written)}.", fix)
    return error(source.place_of(node), message, f"Remove `{sign}`; write out a value that is used twice.")


TEX = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<sign>\\[abefvtrnLP])(?P<rest>"
    r"(?<=a)(?:lpha|pprox|st|ngle)|(?<=b)(?:eta|ar|oldsymbol|f|m|ig|inom|ullet)|(?<=e)(?:psilon|ta|ll|xp|quiv|mph)"
    r"|(?<=f)(?:rac|orall)|(?<=v)(?:ec|ert|ee|ar[a-z]+)|(?<=t)(?:au|heta|imes|ext[a-z]*|o|ilde|op)"
    r"|(?<=r)(?:ho|ight|angle|m|ceil|floor)|(?<=n)(?:u|e|eq|abla|ot|eg|i|mid)|(?<=L)(?:ambda|eft)|(?<=P)(?:hi|si|i)"
    r")(?![a-z])"
)
"""A TeX command whose backslash and first letter YAML reads as one character, in double quotes."""
_BACKSLASHES = re.compile(r"\\+")


def has_tex(text: str) -> bool:
    """Tell whether `TEX` matches anywhere. It is tried only at backslashes, which are found fast."""
    return any(TEX.match(text, found.start()) for found in _BACKSLASHES.finditer(text))


def _escaped_tex(node: yaml.Node, source: YamlSource) -> Iterator[Problem]:
    written = source.text[node.start_mark.index : node.end_mark.index]
    if found := TEX.search(written):
        sign, rest = found["sign"], found["rest"]
        message = f"In double quotes, YAML reads `{sign}` of `{sign}{rest}` as one character."
        hint = f"Write `\\{sign}{rest}`, or put the text in single quotes."
        if "\n" not in written and "\\" not in TEX.sub("", written):
            hint = f"Put the text in single quotes: {quoted(written[1:-1])}."
        yield error(source.place_at(node.start_mark.index + found.start("sign")), message, hint)


def _key_flaws(node: yaml.MappingNode, source: YamlSource) -> Iterator[Problem]:
    first: dict[str, yaml.Node] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            hint = "Put a text that has braces or brackets in quotes, as a whole."
            yield error(source.place_of(key), "A field's name must be plain text.", hint)
        elif key.value in first:
            line = first[key.value].start_mark.line + 1
            message = f"The key {key.value!r} is given twice: first on line {line}, again here."
            yield error(source.place_of(key), message, "Keep one of the two.")
        else:
            first[key.value] = key


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
