"""Edits of flow style: within brackets, `{code: ..., pdf: ...}` and `[a, b]`, on one line or several.

Each function yields texts with the edit made, the likeliest first; `splice` takes the first that reads as
meant.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from generator.records.codec import encode_inline
from generator.records.spans import comments, ends, start, values


def inserted(text: str, parent: yaml.CollectionNode, place: int, part: Any) -> Iterator[str]:
    """Yield texts in which `part`, a map or list of one, is added to the parent after `place` others."""
    inline = encode_inline(part)[1:-1]
    if place:
        at = ends(text, values(parent)[place - 1])[0]
        yield f"{text[:at]}, {inline}{text[at:]}"
    at = text.index("[" if isinstance(parent, yaml.SequenceNode) else "{", start(parent)) + 1
    yield f"{text[:at]}{inline}{', ' if parent.value else ''}{text[at:]}"


def replaced(text: str, parent: yaml.MappingNode, index: int, new: Any) -> Iterator[str]:
    """Yield texts in which a key has another value; no text where that would lose a comment."""
    _, old = parent.value[index]
    first, last = start(old), ends(text, old)[0]
    if not comments(text, first, old, last):
        for before in ("", " ", ": "):  # an empty value may follow its key directly, even without a colon
            yield f"{text[:first]}{before}{encode_inline(new)}{text[last:]}"


def removed(text: str, parent: yaml.MappingNode, index: int) -> Iterator[str]:
    """Yield texts without a key and its value; no text where that would lose a comment."""
    key, old = parent.value[index]
    first, last = start(key), ends(text, old)[0]
    if index + 1 < len(parent.value):
        last = start(parent.value[index + 1][0])
    elif index:
        first = ends(text, parent.value[index - 1][1])[0]
    if not comments(text, first, old, last):
        yield text[:first] + text[last:]
