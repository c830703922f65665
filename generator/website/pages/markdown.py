"""The pages that editors write in Markdown, and the page for an address that leads nowhere."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.layout import Frame, FrameView, frame, masthead
from generator.website.parts.markdown import page_html
from generator.website.urls import absolute


class MarkdownView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of Markdown."""

    frame: Frame
    text: str

    @property
    def html(self) -> Markup:
        """The text as HTML."""
        return page_html(self.text, self.frame.root)


def plan(library: Library) -> Iterator[Page]:
    """Yield the Markdown pages, then that which a server shows for an unknown address."""
    for page in library.pages:
        path = f"{page.slug}/index.html"
        head = frame(masthead(library), path, page.title, f"{page.title}: {library.site.title}.", page.slug)
        yield Page(path=path, template="markdown.html", view=MarkdownView(frame=head, text=page.text))
    head = frame(masthead(library), "404.html", "Not found", "There is no page at this address.")
    anywhere = msgspec.structs.replace(head, root=absolute(library.site.url, ""), url="")
    yield Page(path="404.html", template="404.html", view=FrameView(frame=anywhere))
