"""Which feeds there are, with their titles and addresses.

An address never changes. A theme's slug is a folder of its own, so that no slug gives two feeds one address.
"""

import datetime as dt
from typing import NamedTuple

import msgspec

from generator.model import Theme
from generator.text.segments import clean
from generator.words import day, month_name


def one_line(text: str) -> str:
    """Return an editor's words as one line without characters that XML forbids."""
    return " ".join(clean(text).split())


class FeedFormat(NamedTuple):
    """A language that feeds are written in."""

    name: str
    encoder: str
    """What makes its bytes, as `Page.encoder` names it."""
    suffix: str
    type: str
    """Media type."""


RSS = FeedFormat("RSS", "website.feeds.xml_feeds:rss", ".xml", "application/rss+xml")
ATOM = FeedFormat("Atom", "website.feeds.xml_feeds:atom", ".atom.xml", "application/atom+xml")
"""Not `.atom`: hosts send that as application/atom+xml, which a browser shows to a person as source."""
JSON = FeedFormat("JSON", "website.feeds.json_feeds:json", ".json", "application/feed+json")
FORMATS = (RSS, ATOM, JSON)


class Feed(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A feed, or one of its archives, in every format."""

    base: str
    """Its address without the suffix, relative to the site's root."""
    subject: str = ""
    """What it has of the digest; empty for everything."""
    description: str = ""
    home: str = ""
    """The page whose feed it is, relative to the site's root."""
    first: str = ""
    """Its address when its permanent id was made, if a theme was renamed since."""

    @property
    def name(self) -> str:
        """The end of its permanent id."""
        return self.first or self.base

    def path(self, form: FeedFormat) -> str:
        """Return its path in a format."""
        return "feed.xml" if self == PAPERS and form is RSS else f"{self.base}{form.suffix}"

    def title(self, digest: str) -> str:
        """Return what it is called, given the digest's name."""
        return f"{digest}: {self.subject}" if self.subject else digest


PAPERS = Feed(base="feeds/papers", description="Each paper as it is listed.")
ISSUES = Feed(
    base="feeds/issues",
    subject="an issue at a time",
    description="Each issue in one entry: picks with their notes, then all papers by theme.",
    home="issues/",
)
WEEKS = Feed(
    base="feeds/weeks",
    subject="a week at a time",
    description="Each week in one entry, once it is over: picks with their notes, then all papers by theme.",
    home="issues/",
)
PICKS = Feed(
    base="feeds/picks",
    subject="picks",
    description="Each paper that the editors recommend, and why.",
    home="picks/",
)
PICKS_BY_ISSUE = Feed(
    base="feeds/picks-issues",
    subject="picks, an issue at a time",
    description="The picks of each issue in one entry, and why they are picked.",
    home="picks/",
)
PICKS_BY_WEEK = Feed(
    base="feeds/picks-weeks",
    subject="picks, a week at a time",
    description="The picks of each week in one entry, once it is over, and why they are picked.",
    home="picks/",
)
CORRECTIONS = Feed(
    base="feeds/corrections",
    subject="corrections",
    description="What the editors corrected in papers that were listed already.",
    home="feeds/",
)


def theme_feed(theme: Theme, slug: str = "") -> Feed:
    """Return the feed of a theme's papers, at the address of its slug or of a former one."""
    return Feed(
        base=f"feeds/themes/{slug or theme.slug}/papers",
        subject=one_line(theme.title),
        description=one_line(theme.description) or "Each paper of this theme as it is listed.",
        home=f"themes/{theme.slug}/",
        first=f"feeds/themes/{theme.formerly[0]}/papers" if theme.formerly else "",
    )


def theme_picks_feed(theme: Theme, slug: str = "") -> Feed:
    """Return the feed of a theme's picks, at the address of its slug or of a former one."""
    return Feed(
        base=f"feeds/themes/{slug or theme.slug}/picks",
        subject=f"{one_line(theme.title)}, picks",
        description="Each paper of this theme that the editors recommend, and why.",
        home=f"themes/{theme.slug}/",
        first=f"feeds/themes/{theme.formerly[0]}/picks" if theme.formerly else "",
    )


TAGS = "feeds/tags/"
AUTHORS = "feeds/authors/"
"""The folders of the feeds of keywords and of authors."""


def tag_feed(slug: str, name: str) -> Feed:
    """Return the feed of the papers to which the editors gave a keyword."""
    return Feed(
        base=f"{TAGS}{slug}",
        subject=name,
        description="Each paper with this keyword as it is listed.",
        home="feeds/",
    )


def author_feed(slug: str, name: str) -> Feed:
    """Return the feed of an author's papers."""
    return Feed(
        base=f"{AUTHORS}{slug}",
        subject=name,
        description="Each paper of this author as it is listed.",
        home="feeds/",
    )


def month_archive(date: dt.date) -> Feed:
    """Return the archive of the papers whose first issue was in the month of a day."""
    return Feed(
        base=f"feeds/archive/{date.isoformat()[:7]}",
        subject=f"{month_name(date.month)} {date.year}",
        description="The papers of a month's issues.",
        home="issues/",
    )


def issue_archive(date: dt.date) -> Feed:
    """Return the archive of one issue's papers."""
    return Feed(
        base=f"feeds/archive/{date}",
        subject=day(date).text,
        description="The papers of one issue.",
        home=f"issues/{date}/",
    )
