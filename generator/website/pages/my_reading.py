"""The reader's own page: what the device keeps for them is filled in there, and nowhere else."""

from collections.abc import Iterator

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.layout import FrameView, frame, masthead


def plan(library: Library) -> Iterator[Page]:
    """Yield the reader's page."""
    path = "my/index.html"
    description = "The papers that you save, with your notes, kept only on your device."
    head = frame(masthead(library), path, "My reading", description, "my")
    yield Page(path=path, template="my.html", view=FrameView(frame=head))
