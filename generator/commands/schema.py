"""Write JSON Schemas of the YAML files, for text editors that complete and check what is typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from generator.files import load, write_file
from generator.library.library import Library
from generator.library.paths import RECORD_SCHEMA, SCHEMAS
from generator.library.snapshot import read_library
from generator.model import Paper, Theme
from generator.problem import Location, Problem, notice
from generator.settings import Site

FILES: dict[str, tuple[Any, str]] = {
    RECORD_SCHEMA: (Paper, "content/papers/**/*.yaml"),
    f"{SCHEMAS}themes.json": (tuple[Theme, ...], "content/themes.yaml"),
    f"{SCHEMAS}site.json": (Site, "content/site.yaml"),
}
"""The schemas, by path, and the files that each is of."""


def write_schemas(root: Path) -> tuple[str, ...]:
    """Write the schemas of the digest at `root`, and return their paths."""
    for path, data in schemas(read_library(root).library).items():
        write_file(root / path, data)
    return tuple(FILES)


def schemas(library: Library | None) -> dict[str, bytes]:
    """Return the schemas of a digest, by path.

    They follow from the types of `generator.model` and `generator.settings`, as json-schema.org/draft/2020-12
    says; the themes that a record may name are the digest's own.
    """
    found = {}
    for path, (kind, _) in FILES.items():
        schema = msgspec.json.schema(kind)
        if path == RECORD_SCHEMA and library and library.themes:
            slugs = [theme.slug for theme in library.themes]
            schema["$defs"]["Paper"]["properties"]["themes"]["items"] = {"enum": slugs}
        text = msgspec.json.format(msgspec.json.encode({"$schema": _DRAFT, **schema}), indent=2)
        found[path] = text + b"\n"
    return found


def stale_schemas(root: Path, library: Library) -> Iterator[Problem]:
    """Yield a notice for each schema of the digest at `root` that is out of date."""
    for path, data in schemas(library).items() if (root / SCHEMAS).is_dir() else ():
        if (root / path).exists() and load(root, path) != data:
            message, hint = "The themes or fields are others by now.", "Run `broadsheet schema` again."
            yield notice(Location(path=path), message, hint, many="schemas are older than themes or fields")


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_settings() -> str:
    """Return the settings of the YAML language server, as in VS Code's settings.json."""
    files = {f"./{path}": pattern for path, (_, pattern) in FILES.items()}
    return msgspec.json.format(msgspec.json.encode({"yaml.schemas": files}), indent=2).decode()
