"""How files for programs are written: JSON that a person can read, JSON Lines, and the schema of both."""

from typing import Any, get_args

import msgspec

from generator.website.api.files import File
from generator.website.api.views import DumpView, FileView, ListView, PaperFileView, SchemaView


def encoded(view: FileView | PaperFileView | ListView) -> bytes:
    """Return a file as JSON, indented."""
    return _readable(view.file)


def lines(view: DumpView) -> bytes:
    """Return files as JSON Lines (jsonlines.org)."""
    return _encoder.encode_lines(view.files)


def schema(view: SchemaView) -> bytes:
    """Return the schema that every file follows (json-schema.org/draft/2020-12)."""
    kinds, definitions = msgspec.json.schema_components(get_args(File), ref_template="#/$defs/{name}")
    return _readable(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": view.id,
            "title": "Broadsheet, version 1",
            "description": "A field that is absent is unknown, empty or false.",
            "anyOf": kinds,
            "$defs": definitions,
        }
    )


_encoder = msgspec.json.Encoder()


def _readable(value: Any) -> bytes:
    return msgspec.json.format(_encoder.encode(value), indent=2) + b"\n"
