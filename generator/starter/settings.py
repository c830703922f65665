"""`content/site.yaml` with every field that there is: those that were answered, and the others as comments.

Fields and descriptions are those of `generator.settings`.
"""

import sys
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import get_args, get_type_hints

import msgspec
import yaml

from generator.settings import Site

WIDTH = 100
YAML_END = "...\n"
EXAMPLES: Mapping[str, object] = {
    "address": "digest@example.org",
    "deploy": "rsync -a --delete site/ server:/var/www/digest/",
    "host": "smtp.example.org",
    "unsubscribe": ["https://example.org/leave?address={address}&proof={signature}"],
    "repository": "https://github.com/lab/digest",
    "user": "digest",
    "name": "arxiv",
    "service": "arxiv",
    "where": "arxiv:cs.CL+cs.LG",
}
"""What a field may look like that has no default."""


def settings_text(values: Mapping[str, str]) -> str:
    """Return the text of `content/site.yaml` with these values; the fields without one are comments."""
    return "\n".join(_rows(Site, values))


def _rows(kind: type[msgspec.Struct], values: Mapping[str, str]) -> Iterator[str]:
    for field, lines in _fields(kind):
        if field in values:
            *said, _ = lines
            yield from (*said, _row(field, values[field]), "")
        else:
            yield from (*(line if line.startswith("# ") else f"# {line}" for line in lines), "")


def _fields(kind: type[msgspec.Struct]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field of a type with its lines: what it is, as comments, and what it may look like."""
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        description = next(meta.description for meta in get_args(hints[field.name])[1:] if meta.description)
        said = wrap(description, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
        if nested := _struct_in(hints[field.name]):
            below = [line for _, lines in _fields(nested) for line in lines]
            indented = _as_item(below) if field.default == () else [f"  {line}" for line in below]
            yield field.name, [*said, f"{field.name}:", *indented]
        else:
            default = "" if field.default is msgspec.NODEFAULT else field.default
            yield field.name, [*said, _row(field.name, EXAMPLES.get(field.name, default))]


def _as_item(lines: list[str]) -> list[str]:
    """Return the lines of a struct as those of the only item of a list."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    comments, row, rest = lines[:first], lines[first], lines[first + 1 :]
    return [*(f"  {line}" for line in comments), f"  - {row}", *(f"    {line}" for line in rest)]


def _struct_in(hint: object) -> type[msgspec.Struct] | None:
    """Return the type of a field that has fields of its own."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next(filter(None, map(_struct_in, get_args(hint))), None)


def _row(name: str, value: object) -> str:
    if value in (None, ""):
        return f"{name}:"
    text = yaml.safe_dump(value, allow_unicode=True, width=sys.maxsize, default_flow_style=True)
    return f"{name}: {text.removesuffix(YAML_END).strip()}"
