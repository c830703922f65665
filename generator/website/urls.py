"""Addresses on the site: of papers, issues and themes, and how links are written."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from generator.model import ThemePapers
from generator.words import day, month_name

NO_DATE = "No date given"
"""The title of papers without a date, in place of a day's or a year's."""
UNDATED = "undated"
"""The same in an address, and as the year that a search is filtered by."""


class Link(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A place. `href` is relative to the site's root, in every view, unless the place is outside the site."""

    href: str
    title: str
    count: int | None = None
    """Papers found there, where the place says so."""


def href(slug: str) -> str:
    """Return the address of a paper."""
    return f"papers/{slug}/"


@lru_cache(maxsize=1 << 13)  # every paper of an issue names it
def issue_link(date: dt.date | None) -> Link:
    """Return the link to an issue."""
    return Link(href=f"issues/{issue_slug(date)}/", title=issue_title(date))


def issue_slug(date: dt.date | None) -> str:
    """Return the last part of an issue's address."""
    return date.isoformat() if date else UNDATED


def issue_title(date: dt.date | None) -> str:
    """Return the name that an issue has on the site."""
    return day(date).text if date else NO_DATE


def month_title(date: dt.date | None) -> str:
    """Return the heading of a month's papers or issues: "October 2025"."""
    return f"{month_name(date.month)} {date.year}" if date else NO_DATE


def month_anchor(date: dt.date | None) -> str:
    """Return the anchor of a month in a list: "month-2025-10"."""
    return f"month-{date:%Y-%m}" if date else UNDATED


def theme_links(by_theme: Iterable[ThemePapers]) -> dict[str, Link]:
    """Return the links to themes by slug, without the unsorted papers."""
    return {
        themed.theme.slug: theme_link(themed, counted=False) for themed in by_theme if not themed.is_unsorted
    }


def theme_link(themed: ThemePapers, *, counted: bool = True) -> Link:
    """Return the link to a theme, and how many papers it has."""
    count = len(themed.cards) if counted else None
    return Link(href=f"themes/{themed.theme.slug}/", title=themed.theme.title, count=count)


def absolute(site_url: str, path: str) -> str:
    """Return the URL of a page or file: of a page, that of its folder."""
    return f"{site_url.rstrip('/')}/{path.removesuffix('index.html')}"


def rooted(href: str, root: str, page: str) -> str:
    """Return a link's address: from `root` where it begins with one slash, from `page` where relative.

    One that begins with two takes the scheme of `root`, if that has one: a mail has none of its own.
    """
    if is_elsewhere(href):
        return f"{root.partition('//')[0]}{href}" if href.startswith("//") and ":" in root else href
    return root + href[1:] if href.startswith("/") else page + href


def is_elsewhere(href: str) -> bool:
    """Tell whether a link leads to another site, by a scheme or two slashes at its beginning."""
    return bool(_ABSOLUTE.match(href))


_ABSOLUTE = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")
