"""The reader's own page: what the device keeps for them is filled in there, and nowhere else."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.model import Theme
from generator.website.parts.layout import Frame, frame, masthead


class MyReadingView(msgspec.Struct, frozen=True, kw_only=True):
    """The page that a script fills."""

    frame: Frame
    themes: tuple[Theme, ...]
    """By which the reader's papers are grouped, in this order."""


def plan(library: Library) -> Iterator[Page]:
    """Yield the reader's page."""
    path = "my/index.html"
    description = "The papers that you save, with your notes, kept only on your device."
    head = frame(masthead(library), path, "My reading", description, "my")
    yield Page(path=path, template="my.html", view=MyReadingView(frame=head, themes=library.themes))
