"""What every page shows around its own content."""

from functools import lru_cache

import msgspec

from generator.library.library import Library
from generator.website.issue_forms import suggest_link
from generator.website.parts.feed_catalogue import FORMATS, PAPERS, Feed, FeedFormat
from generator.website.urls import Link, absolute
from generator.words import shortened

WINDOW_TITLE = 60
"""Characters; a search result shows about as many."""


class Masthead(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What every page shows alike: nothing that counts or dates papers, which would change them all."""

    title: str
    """The digest's name."""
    language: str
    url: str
    """Where the site is published."""
    pages: tuple[Link, ...]
    """The Markdown pages, for the foot of every page."""
    has_images: bool
    """Whether pages have share images."""
    repository: str = ""
    """URL of the repository whose issue forms readers use; empty if there is none."""

    @property
    def suggest(self) -> str:
        """URL of the form with which a reader suggests a paper; empty without a repository."""
        return suggest_link(self.repository) if self.repository else ""


class Frame(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The nameplate, the navigation and the head of a page."""

    masthead: Masthead
    title: str
    """The page's own title, plain text; empty on the front page."""
    description: str
    """A sentence for search engines and previews, plain text."""
    section: str
    """The word of the navigation that the page belongs to, if any."""
    root: str
    """The site's root, relative to the page: "../../"; "./" on the front page."""
    url: str
    """The page's canonical URL; empty if it has none."""
    feed: Feed = PAPERS
    """The feed of what the page lists."""
    image: str = ""
    """Absolute URL of the image shown for the page where it is shared; empty if there is none."""

    @property
    def feeds(self) -> tuple[tuple[FeedFormat, str, str], ...]:
        """The page's own feed, then that of everything: each format, address from the root, and title."""
        return _discovered(self.feed, self.masthead.title)

    @property
    def window_title(self) -> str:
        """The title of a window and of a search result: as many whole words as are shown there."""
        name = self.masthead.title
        both = f"{self.title} · {name}" if self.title else name
        return both if len(both) <= WINDOW_TITLE else shortened(self.title or name, WINDOW_TITLE)


class FrameView(msgspec.Struct, frozen=True, kw_only=True):
    """A page whose template needs no more than the frame."""

    frame: Frame


@lru_cache  # most pages have the same
def _discovered(own: Feed, digest: str) -> tuple[tuple[FeedFormat, str, str], ...]:
    feeds = dict.fromkeys((own, PAPERS))
    return tuple((form, feed.path(form), feed.title(digest)) for feed in feeds for form in FORMATS)


def masthead(library: Library) -> Masthead:
    """Return what is the same on every page of the library's site."""
    links = (Link(href=f"{page.slug}/", title=page.title) for page in library.pages)
    site = library.site
    return Masthead(
        title=site.title,
        language=site.language,
        url=site.url,
        pages=tuple(links),
        has_images=site.outputs.share_images != "off",
        repository=site.repository or "",
    )


def frame(
    masthead: Masthead,
    path: str,
    title: str,
    description: str,
    section: str = "",
    feed: Feed = PAPERS,
    *,
    shared: str = "",
) -> Frame:
    """Return the frame of the page at the path.

    `feed` is that of what the page lists; `shared` is the folder of its share image, if not the digest's.
    """
    return Frame(
        masthead=masthead,
        title=title,
        description=description,
        section=section,
        root="../" * path.count("/") or "./",
        url=absolute(masthead.url, path),
        feed=feed,
        image=absolute(masthead.url, f"{shared}share.png") if masthead.has_images else "",
    )
