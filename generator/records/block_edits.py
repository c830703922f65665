"""Edits of block style: keys and dashes on lines of their own, as records are written.

Each function yields texts with the edit made, the likeliest first; `splice` takes the first that reads as
meant.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from generator.records import spans
from generator.records.codec import encode_field, encode_inline


def inserted(text: str, parent: yaml.CollectionNode, place: int, part: Any) -> Iterator[str]:
    """Yield texts in which `part`, a map or list of one, is added to the parent after `place` others."""
    new_line = spans.line_break(text)
    if not parent.value:  # the file is empty, or of comments only
        joint = new_line if text and not text.endswith("\n") else ""
        yield text + joint + "".join(line + new_line for line in _lines(part))
        return
    first = parent.value[0][0] if isinstance(parent, yaml.MappingNode) else parent
    new_line += " " * first.start_mark.column
    if place:
        for end in spans.ends(text, spans.values(parent)[place - 1]):
            at = spans.line_end(text, end)
            yield text[:at] + "".join(new_line + line for line in _lines(part)) + text[at:]
    at = spans.start(first)
    yield text[:at] + "".join(line + new_line for line in _lines(part)) + text[at:]


def replaced(text: str, parent: yaml.MappingNode, index: int, new: Any) -> Iterator[str]:
    """Yield texts in which a key has another value; what was in brackets stays in brackets."""
    key, old = parent.value[index]
    colon = text.find(":", key.end_mark.index) + 1
    new_line = spans.line_break(text) + " " * key.start_mark.column
    head, *body = _lines({key.value: new})
    head = head.partition(":")[2].removeprefix(" ")
    if isinstance(old, yaml.CollectionNode) and old.flow_style:
        head, body = encode_inline(new), []
    is_header = head[:1] in {"", "|", ">"}
    for end in spans.ends(text, old):
        space, behind, above = _around(text, colon, old, end)
        value = [(space or " ") + head if head else "", *(new_line + line for line in body)]
        value.insert(1 if is_header else len(value), behind)
        before = "".join(comment + new_line for comment in above)
        rest = text[spans.line_end(text, end) :]
        yield text[: spans.start(key)] + before + text[spans.start(key) : colon] + "".join(value) + rest


def _around(text: str, colon: int, old: yaml.Node, end: int) -> tuple[str, str, list[str]]:
    """Return the space before an old value, what follows it on the key's line, and other comments."""
    first_line = spans.line_end(text, colon)
    if spans.is_block_collection(old) or spans.start(old) > first_line:
        return "", text[colon:first_line], spans.comments(text, first_line, old, spans.line_end(text, end))
    space = text[colon : spans.start(old)]
    if spans.is_block_scalar(old):
        header = text[spans.start(old) : first_line]
        return space, header[len(header.partition("#")[0].rstrip()) :], []
    return space, text[end : spans.line_end(text, end)], spans.comments(text, colon, old, end)


def removed(text: str, parent: yaml.MappingNode, index: int) -> Iterator[str]:
    """Yield texts without a key and its value; their comments stay, each on a line of its own."""
    key, old = parent.value[index]
    indent, new_line = " " * key.start_mark.column, spans.line_break(text)
    first = spans.line_start(text, spans.start(key))
    if not text[first : spans.start(key)].strip():
        for end in spans.ends(text, old):
            last = spans.line_end(text, end)
            kept = (
                indent + comment + new_line for comment in spans.comments(text, spans.start(key), old, last)
            )
            yield text[:first] + "".join(kept) + text[last:].removeprefix(new_line)
    elif index + 1 < len(parent.value):  # the next key takes over the dash on the key's line
        last = spans.start(parent.value[index + 1][0])
        kept = (comment + new_line + indent for comment in spans.comments(text, spans.start(key), old, last))
        yield text[: spans.start(key)] + "".join(kept) + text[last:]


def _lines(part: Any) -> list[str]:
    """Return a map or list of one as lines of YAML."""
    if isinstance(part, list):
        return encode_field("_", part).split("\n")[1:-1]
    ((name, value),) = part.items()
    return encode_field(name, value).split("\n")[:-1]
