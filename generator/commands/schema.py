"""JSON Schemas of what editors write, for text editors that complete and check YAML as it is typed."""

from pathlib import Path
from typing import Any

import msgspec

from generator.files import write_file
from generator.library.snapshot import read_library
from generator.model import Paper, Theme
from generator.settings import Site

FOLDER = "content/schemas"
SCHEMAS: dict[str, tuple[Any, str]] = {
    "record.json": (Paper, "content/papers/**/*.yaml"),
    "themes.json": (tuple[Theme, ...], "content/themes.yaml"),
    "site.json": (Site, "content/site.yaml"),
}
"""The schemas, and the files that each is of."""


def write_schemas(root: Path) -> tuple[str, ...]:
    """Write the schemas of the digest at `root`, and return their paths.

    They follow from the types of `generator.model` and `generator.settings`, as json-schema.org/draft/2020-12
    says; the themes that a record may name are the digest's own.
    """
    library = read_library(root).library
    for name, (kind, _) in SCHEMAS.items():
        schema = msgspec.json.schema(kind)
        if name == "record.json" and library and library.themes:
            slugs = [theme.slug for theme in library.themes]
            schema["$defs"]["Paper"]["properties"]["themes"]["items"] = {"enum": slugs}
        text = msgspec.json.format(msgspec.json.encode({"$schema": _DRAFT, **schema}), indent=2)
        write_file(root / FOLDER / name, text + b"\n")
    return tuple(f"{FOLDER}/{name}" for name in SCHEMAS)


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_settings() -> str:
    """Return what an editor with the YAML language server is told, as VS Code's settings.json has it."""
    files = {f"./{FOLDER}/{name}": pattern for name, (_, pattern) in SCHEMAS.items()}
    return msgspec.json.format(msgspec.json.encode({"yaml.schemas": files}), indent=2).decode()
