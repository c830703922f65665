"""Find where nodes begin and end in YAML text: libyaml's end marks may come before or after the real end."""

import re
from collections.abc import Iterator

import yaml


def start(node: yaml.Node) -> int:
    """Return where the node begins."""
    index: int = node.start_mark.index
    return index


def ends(text: str, node: yaml.Node) -> tuple[int, ...]:
    """Return where the node may be taken to end, the likeliest first.

    libyaml ends a block collection at the next token, after comments that are not its own. It ends a block
    scalar after the blank lines that follow: whether they belong to it, its header tells (YAML 1.1, 9.2.2).
    """
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = values(node)[-1]
    stop: int = node.end_mark.index
    if not is_block_scalar(node):
        return (stop,)
    content = text[:stop]
    return len(content.rstrip()), len(content.rstrip("\r\n")), len(content.removesuffix(line_break(text)))


def is_block_scalar(node: yaml.Node) -> bool:
    """Tell whether the node is text below a `|` or `>`."""
    return isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}


def is_block_collection(node: yaml.Node) -> bool:
    """Tell whether the node is a list of dashes, or a map of keys on lines of their own."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def values(parent: yaml.CollectionNode) -> list[yaml.Node]:
    """Return the items of a list, the values of a map."""
    return [part[1] if isinstance(part, tuple) else part for part in parent.value]


def comments(text: str, first: int, node: yaml.Node, last: int) -> list[str]:
    """Return the comments from `first` to `last`, places around the node: a `#` inside a text begins none."""
    found: list[str] = []
    for scalar in _scalars(node):
        found += _COMMENT.findall(text, first, start(scalar))
        first = scalar.end_mark.index
        if is_block_scalar(scalar):
            found += _COMMENT.findall(text, start(scalar), line_end(text, start(scalar)))
    return found + _COMMENT.findall(text, first, max(first, last))


_COMMENT = re.compile(r"#[^\r\n]*")


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    else:
        for item in node.value:
            yield from _scalars(item)


def line_start(text: str, index: int) -> int:
    """Return where the line begins on which `index` is."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Return where the line ends on which `index` is, before its line break."""
    stop = text.find("\n", index)
    if stop < 0:
        return len(text)
    return stop - 1 if stop > index and text[stop - 1] == "\r" else stop


def line_break(text: str) -> str:
    """Return the line break that the text uses."""
    return "\r\n" if "\r\n" in text else "\n"
