"""A law over random histories: subscribers get everything once, and are told what they see again."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.library.register import PublishedEntry, Register, decode_register, encode_register
from generator.model import Correction, Paper, Theme
from generator.publication.news import FeedNews, feed_news, planned, rows_once_published
from generator.website.feeds.items import FeedItem
from tests.support.libraries import DATA, library, paper

pytestmark = pytest.mark.slow

TAG = "tag:digest.example,2025:"
Edit = tuple[str, int, int]
"""What the editors do, and two numbers that say how."""
FIRST = dt.date(2025, 10, 27)
STEADY = tuple(f"feeds/{name}" for name in ("papers", "picks", "issues", "picks-issues", "corrections"))
"""Feeds that are never called otherwise."""


class State(NamedTuple):
    """What the editors have before them."""

    papers: Mapping[str, Paper]
    day: dt.date
    """Of the newest issue."""
    theme: Theme = DATA

    def having(self, slug: str, **fields: Any) -> "State":
        """Return the state once the editors have changed a record."""
        changed = msgspec.structs.replace(self.papers[slug], **fields)
        return self._replace(papers={**self.papers, slug: changed})

    def listing(self, day: dt.date, size: int) -> "State":
        """Return the state once more papers of a day are ingested."""
        known = len(self.papers)
        new = {
            f"p{known + n}": paper("T", day, position=known + n, id=f"p{known + n}", themes=("data",))
            for n in range(size)
        }
        return State({**self.papers, **new}, max(self.day, day), self.theme)


def edited(state: State, edit: Edit) -> State:
    """Return the state after an edit; of those of one paper, a number says of which."""
    known = [*state.papers]
    match edit:
        case "issue", days, size:
            return state.listing(state.day + dt.timedelta(days=days), size)
        case "late", days, size:
            return state.listing(state.day - dt.timedelta(days=days), size)
        case "rename", _, _:
            old = state.theme
            slugs = (old.slug, *old.formerly)
            return state._replace(theme=Theme(slug=f"{old.slug}x", title="T", formerly=slugs))
        case action, place, number:
            slug = known[place % len(known)]
            return state.having(slug, **_CHANGES[action](state.papers[slug], state.day, number))
    raise AssertionError(edit)


def _corrected(found: Paper, day: dt.date, ago: int) -> dict[str, Any]:
    name = f"c{len(found.changes)}-{ago}"
    return {"changes": (*found.changes, Correction(date=day - dt.timedelta(days=ago), id=name, text="So."))}


_CHANGES: dict[str, Callable[[Paper, dt.date, int], dict[str, Any]]] = {
    "pick": lambda found, *_: {"pick": not found.pick},
    "hide": lambda found, *_: {"hide": not found.hide},
    "withdraw": lambda found, *_: {"withdrawn": not found.withdrawn},
    "place": lambda found, *_: {"themes": () if found.themes else ("data",)},
    "correct": _corrected,
    "take back": lambda found, *_: {"changes": found.changes[:-1]},
}
edits = st.one_of(
    st.tuples(st.just("issue"), st.integers(0, 9), st.sampled_from([1, 3, 55])),
    st.tuples(st.just("late"), st.integers(1, 90), st.integers(1, 4)),
    st.tuples(st.just("rename"), st.just(0), st.just(0)),
    st.tuples(st.sampled_from([*_CHANGES]), st.integers(0, 9), st.integers(0, 3)),
)
history = st.lists(st.tuples(st.lists(edits, min_size=1, max_size=3), st.booleans()), min_size=1, max_size=12)
"""What is published together, and whether the reader who comes and goes looks then."""


class Feed(NamedTuple):
    """What subscribers see of a feed, by identity."""

    items: Mapping[str, FeedItem]
    belonging: frozenset[str]
    """What belongs into the feed, shown or not."""
    news: FeedNews


def published(state: State, register: Register) -> tuple[dict[str, Feed], Register]:
    """Return the feeds of a state and the register once it is marked as published; what is gone is let go."""
    themed = {
        slug: msgspec.structs.replace(found, themes=(state.theme.slug,) if found.themes else ())
        for slug, found in state.papers.items()
    }
    found = msgspec.structs.replace(library(themed, themes=[state.theme]), published=register)
    plan = planned(found)
    news = {one.feed: one for one in feed_news(register, plan)}
    feeds = {
        one.feed: Feed(
            items={TAG + item.name: item for item in one.shown},
            belonging=frozenset(row.id for row in one.rows),
            news=news.get(one.feed, FeedNews(feed=one.feed)),
        )
        for one in plan.feeds
    }
    rows = [
        msgspec.structs.replace(row, let_go="Gone.")
        if isinstance(row, PublishedEntry) and row.id not in plan.entries
        else row
        for row in rows_once_published(register, set(), plan)
    ]
    again, flaws = decode_register(encode_register(rows))
    assert not flaws
    return feeds, again


class Follower:
    """Reads every feed after each publication, and forgets what a feed no longer has, as some readers do."""

    def __init__(self) -> None:
        self.had: dict[str, dict[str, dt.datetime]] = {}
        """When the entries of each feed were updated, by feed and identity."""
        self.ever: dict[str, set[str]] = {}
        self.first: dict[str, dt.datetime] = {}

    def read(self, name: str, feed: Feed) -> None:
        """Read a feed: its times keep the editors' order, and what is told of it is what is seen."""
        now = {identity: item.updated for identity, item in feed.items.items()}
        had, ever = self.had.get(name, {}), self.ever.setdefault(name, set())
        published = [item.published for item in feed.items.values()]
        assert published == sorted(published, reverse=True)
        assert len({*now.values()}) == len(now)
        for identity, item in feed.items.items():
            assert item.published == self.first.setdefault(identity, item.published)
            assert item.updated >= had.get(identity, item.published)
        assert {*feed.news.new} == {*now} - ever
        assert {*feed.news.again} == ({*now} - {*had}) & ever
        assert {*feed.news.updated} == {one for one in now if one in had and now[one] > had[one]}
        self.had[name] = now
        ever |= {*now}


class Visitor:
    """Reads feeds now and then, at least every fourteen days."""

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = {name: set() for name in STEADY}
        self.last = FIRST

    def look(self, feeds: Mapping[str, Feed], day: dt.date) -> None:
        for name, seen in self.seen.items():
            seen |= {*feeds[name].items}
            assert feeds[name].belonging <= seen, name
        self.last = day


def stated(found: Paper) -> tuple[frozenset[str], bool]:
    """Return what brings the entry of a paper up again: its corrections, and whether it is withdrawn."""
    return frozenset(str(one.id) for one in found.changes), found.withdrawn


@settings(max_examples=40, deadline=None)
@given(history)
def test_subscribers_get_everything_once_and_preview_tells_what_they_see(
    steps: list[tuple[list[Edit], bool]],
) -> None:
    state, register = State({}, FIRST).listing(FIRST, 3), Register()
    follower, visitor = Follower(), Visitor()
    told: dict[str, tuple[frozenset[str], bool]] = {}
    feeds: dict[str, Feed] = {}
    for made, looks in [([], True), *steps]:
        for edit in made:
            state = edited(state, edit)
        if state.day - visitor.last > dt.timedelta(days=14):
            visitor.look(feeds, state.day)
        feeds, register = published(state, register)
        for name, feed in feeds.items():
            follower.read(name, feed)
        everything = feeds["feeds/papers"]
        assert not everything.news.missed
        if looks:
            visitor.look(feeds, state.day)
        for identity in everything.items:
            names, withdrawn = stated(state.papers[identity.removeprefix(TAG)])
            before, was_withdrawn = told.get(identity, (names, withdrawn))
            news = bool(names - before) or withdrawn != was_withdrawn
            assert (identity in everything.news.updated) == (news and identity not in everything.news.again)
            told[identity] = names | before, withdrawn
