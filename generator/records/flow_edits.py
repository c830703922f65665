"""Edits of flow style: within brackets, `{code: ..., pdf: ...}` and `[a, b]`, on one line or several.

Each function yields texts with the edit made, the likeliest first; `splice` takes the first that reads as
meant.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from generator.records import spans
from generator.records.codec import encode_inline


def inserted(text: str, parent: yaml.CollectionNode, place: int, part: Any) -> Iterator[str]:
    """Yield texts in which `part`, a map or list of one, is added to the parent after `place` others."""
    inline = encode_inline(part)[1:-1]
    if place:
        at = spans.ends(text, spans.values(parent)[place - 1])[0]
        yield f"{text[:at]}, {inline}{text[at:]}"
    at = text.index("[" if isinstance(parent, yaml.SequenceNode) else "{", spans.start(parent)) + 1
    yield f"{text[:at]}{inline}{', ' if parent.value else ''}{text[at:]}"


def replaced(text: str, parent: yaml.MappingNode, index: int, new: Any) -> Iterator[str]:
    """Yield texts in which a key has another value; no text where that would lose a comment."""
    _, old = parent.value[index]
    first, last = spans.start(old), spans.ends(text, old)[0]
    if not spans.comments(text, first, old, last):
        for before in ("", " ", ": "):  # an empty value may follow its key directly, even without a colon
            yield f"{text[:first]}{before}{encode_inline(new)}{text[last:]}"


def removed(text: str, parent: yaml.MappingNode, index: int) -> Iterator[str]:
    """Yield texts without a key and its value; no text where that would lose a comment."""
    key, old = parent.value[index]
    first, last = spans.start(key), spans.ends(text, old)[0]
    if index + 1 < len(parent.value):
        last = spans.start(parent.value[index + 1][0])
    elif index:
        first = spans.ends(text, parent.value[index - 1][1])[0]
    if not spans.comments(text, first, old, last):
        yield text[:first] + text[last:]
