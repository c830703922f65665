"""The feeds: the newest of everything, of the picks and of each theme; and the page that lists them."""

from collections.abc import Iterator

import msgspec

from generator.engine.page import CORE, EXPORTS, Group, Page
from generator.library.library import Library
from generator.website.feeds import archives
from generator.website.feeds.contents import PaperEntries, feeds
from generator.website.feeds.context import FeedContext
from generator.website.feeds.opml import FeedSection, OpmlView, in_rss
from generator.website.feeds.view import FeedView
from generator.website.parts import feed_catalogue as catalogue
from generator.website.parts.feed_catalogue import (
    ATOM,
    AUTHORS,
    FORMATS,
    JSON,
    PAPERS,
    RSS,
    TAGS,
    Feed,
    FeedFormat,
)
from generator.website.parts.layout import Frame, frame, masthead

ALL = "feeds/all.opml"
"""The address of the list of all feeds but those of keywords and authors, in Atom."""


class FeedsView(msgspec.Struct, frozen=True, kw_only=True):
    """The page that lists the feeds."""

    frame: Frame
    formats: tuple[FeedFormat, ...] = (ATOM, RSS, JSON)
    """The one to take first comes first."""
    sections: tuple[FeedSection, ...]
    all: str = ALL
    all_in_rss: str = in_rss(ALL)


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield every feed in every format, the lists of feeds, the page that lists them, and the archives."""
    context, papers = FeedContext.of(library), PaperEntries.of(library)
    shared: list[Feed] = []
    for contents in feeds(library, papers):
        feed = contents.feed
        is_shared = feed.base.startswith((TAGS, AUTHORS))
        shared += [feed] if is_shared else []
        previous = archives.latest(library) if feed == PAPERS else None
        view = FeedView(context=context, feed=feed, items=tuple(contents.held()), previous=previous)
        for form in FORMATS:
            stage = EXPORTS if is_shared else CORE
            yield Page(path=feed.path(form), encoder=form.encoder, view=view, stage=stage)
    sections = _sections(library)
    lists = {ALL: sections, **{section.file: (section,) for section in sections if section.file}}
    for path, listed in lists.items():
        for form, place in ((ATOM, path), (RSS, in_rss(path))):
            opml = OpmlView(context=context, form=form, sections=listed)
            yield Page(path=place, encoder="website.feeds.opml:opml", view=opml)
    sections += tuple(_shared_sections(shared))
    path = "feeds/index.html"
    head = frame(masthead(library), path, "Feeds", "Follow new papers in a feed reader.", "feeds")
    yield Page(path=path, template="feeds.html", view=FeedsView(frame=head, sections=sections))
    yield from archives.archives(library, papers)


def _sections(library: Library) -> tuple[FeedSection, ...]:
    picks = _by_cadence(catalogue.PICKS, catalogue.PICKS_BY_ISSUE, catalogue.PICKS_BY_WEEK)
    of_themes = tuple((theme.title, catalogue.theme_feed(theme)) for theme in library.themes)
    picks_of_themes = tuple((theme.title, catalogue.theme_picks_feed(theme)) for theme in library.themes)
    found = (
        FeedSection(title="Everything", feeds=_by_cadence(PAPERS, catalogue.ISSUES, catalogue.WEEKS)),
        FeedSection(title="Picks", feeds=picks),
        FeedSection(title="Themes", feeds=of_themes, file="feeds/themes.opml"),
        FeedSection(title="Picks of a theme", feeds=picks_of_themes, file="feeds/themes-picks.opml"),
        FeedSection(title="Corrections", feeds=(("A correction at a time", catalogue.CORRECTIONS),)),
    )
    return tuple(section for section in found if section.feeds)


def _shared_sections(shared: list[Feed]) -> Iterator[FeedSection]:
    for title, folder in (("Keywords", TAGS), ("Authors", AUTHORS)):
        if found := tuple((feed.subject, feed) for feed in shared if feed.base.startswith(folder)):
            yield FeedSection(title=title, feeds=found)


def _by_cadence(*feeds: Feed) -> tuple[tuple[str, Feed], ...]:
    names = ("A paper at a time", "An issue at a time", "A week at a time")
    return tuple(zip(names, feeds, strict=True))
