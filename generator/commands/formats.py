"""The formats of listings, as each describes itself."""

import inspect
import re

import msgspec

from generator.listings import FORMATS


class FormatDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A format, for people."""

    name: str
    """What `--format` takes."""
    summary: str
    """What it is, in a line, such as "RIS, as reference managers and publishers write it"."""
    text: str
    """How it is read, with an example."""


def formats() -> tuple[FormatDescription, ...]:
    """Return all formats, in the order in which they are tried, each by its module's docstring."""
    return tuple(_described(form.NAME, inspect.getdoc(form) or "") for form in FORMATS)


_SOURCE = re.compile(r" \([a-z]+\.[a-z].*?\)+(?=[ .,:]|$)")
"""Where a format is defined, which is not said in its summary."""


def _described(name: str, text: str) -> FormatDescription:
    text = text.replace("\n\n::\n", "\n").replace("``", "`").replace("::\n", ":\n")
    summary = _SOURCE.sub("", text.partition("\n")[0]).partition(": ")[0].rstrip(".:")
    return FormatDescription(name=name, summary=summary, text=text)
