"""The context in which entries are rendered, the same for all feeds of a digest."""

from typing import Self

import msgspec

from generator.library.library import Library
from generator.website.parts.feed_catalogue import one_line
from generator.website.urls import absolute


class FeedContext(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What entries show of the digest."""

    title: str
    description: str
    root: str
    """URL of the site's root; ends in a slash."""
    language: str
    tag_authority: str
    themes: tuple[tuple[str, str], ...]
    """Slug and title of each theme."""
    hub: str = ""
    """URL of the WebSub hub; empty without one."""
    has_images: bool = True
    """Whether pages have share images."""

    @classmethod
    def of(cls, library: Library) -> Self:
        """Return the context of a library's feeds."""
        site = library.site
        return cls(
            title=one_line(site.title),
            description=one_line(site.description),
            root=absolute(site.url, ""),
            language=site.language,
            tag_authority=site.tag_authority,
            hub=site.hub or "",
            has_images=site.outputs.share_images != "off",
            themes=tuple((theme.slug, one_line(theme.title)) for theme in library.themes),
        )

    def id(self, name: str) -> str:
        """Return the permanent identity of what has the name: a tag URI (RFC 4151, 2.1)."""
        return f"tag:{self.tag_authority}:{name}"
