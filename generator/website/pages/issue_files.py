"""Issues to keep: each whole, in one file that opens from a disk."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath

import msgspec
from markupsafe import Markup

from generator.engine.page import EXPORTS, Group, Page
from generator.library.images import LARGE
from generator.library.library import Library
from generator.library.paths import IMAGES
from generator.model import Image, Issue
from generator.website.dead_links import path_on_site
from generator.website.pages.issues import IssueSummary, issue_summary, opening_of, theme_groups
from generator.website.parts.layout import Masthead, masthead
from generator.website.parts.markdown import images_of, note_html
from generator.website.parts.paper_lists import PaperGroup, PaperLine
from generator.website.urls import Link, absolute

CONTENT = "content/"
_SOURCE = re.compile('src="([^"]*)"')


class IssueFileView(msgspec.Struct, frozen=True, kw_only=True):
    """A whole issue, however long."""

    site: Masthead
    description: str
    root: str
    """URL of the site."""
    issue: IssueSummary
    groups: tuple[PaperGroup, ...]
    opening: str
    """What the editors say at its head, in Markdown."""
    again: tuple[PaperLine, ...]
    """Papers listed that day that an earlier issue has already."""
    images: tuple[Image, ...] = ()
    """Those that its texts show, but for large ones."""

    @property
    def opening_html(self) -> Markup:
        """What the editors say at its head, as HTML."""
        return note_html(self.opening, self.root, self.root + self.issue.href)

    def whole(self, html: Markup) -> Markup:
        """Return HTML with the issue's images in it, so that a reader who keeps the file has them."""
        known = {image.path.removeprefix(CONTENT): image for image in self.images}

        def kept(found: re.Match[str]) -> str:
            image = known.get(path_on_site(unescape(found[1]), "", self.root) or "")
            return f'src="{_data(image)}"' if image else found[0]

        return Markup(_SOURCE.sub(kept, str(html))) if known else html

    @property
    def picks(self) -> tuple[PaperLine, ...]:
        """The papers that the editors picked."""
        return tuple(line for group in self.groups for line in group.lines if line.card.pick)

    @property
    def contents(self) -> tuple[Link, ...]:
        """The themes of the issue."""
        return tuple(Link(href=f"#{group.id}", title=group.title, count=group.total) for group in self.groups)


def _data(image: Image) -> str:
    """Return an image as a data URL (RFC 2397)."""
    kind = PurePosixPath(image.path).suffix.lower().removeprefix(".")
    name = {"jpg": "jpeg", "svg": "svg+xml"}.get(kind, kind)
    return f"data:image/{name};base64,{b64encode(image.data).decode()}"


def _shown(
    library: Library, opening: str, issue: IssueSummary, groups: Iterable[PaperGroup]
) -> Iterator[Image]:
    """Yield the images that the texts of an issue show."""
    if not any(image.path.startswith(IMAGES) for image in library.images):
        return
    picks = (line for group in groups for line in group.lines if line.card.pick)
    texts = [(opening, issue.href), *((line.paper().note or "", line.href) for line in picks)]
    url = absolute(library.site.url, "")
    named = {path_on_site(source, base, url) for text, base in texts for source, _ in images_of(text)}
    for image in library.images:
        if image.path.removeprefix(CONTENT) in named and len(image.data) < LARGE:
            yield image


def plan(library: Library) -> Iterator[Group]:
    """Yield the file of each issue."""
    return (Group(_file, issue, stage=EXPORTS) for issue in library.issues)


def _file(library: Library, issue: Issue) -> Iterator[Page]:
    entry, opening = issue_summary(issue), opening_of(library, issue)
    groups = theme_groups(library, issue.cards)
    view = IssueFileView(
        site=masthead(library),
        description=library.site.description,
        root=absolute(library.site.url, ""),
        issue=entry,
        opening=opening,
        groups=groups,
        images=tuple(_shown(library, opening, entry, groups)),
        again=tuple(PaperLine(card=card) for card in issue.again),
    )
    path = f"{entry.href}issue.html"
    yield Page(path=path, template="issue_file.html", view=view, stage=EXPORTS, day=issue.day)
