"""Digests: what one entry tells of an issue, or of a week's."""

import datetime as dt

from msgspec import structs

from generator.library.library import Library
from generator.model import Correction, Opening
from generator.website.feeds.contents import PaperEntries, feeds
from generator.website.feeds.context import FeedContext
from generator.website.feeds.entries import FeedEntry, entry_of
from generator.website.feeds.items import FeedItem, PeriodDigest
from generator.website.parts import feed_catalogue as catalogue
from generator.website.parts.feed_catalogue import Feed
from generator.website.parts.pagination import PAGE_SIZE
from tests.support.feed_meaning import words
from tests.support.libraries import library, paper

D = dt.date


def held(found: Library, feed: Feed) -> list[FeedItem]:
    return next(contents.held() for contents in feeds(found, PaperEntries.of(found)) if contents.feed == feed)


def weeks(*found: str) -> list[str]:
    papers = {day: paper(day, dt.date.fromisoformat(day)) for day in found}
    return [digest.name for digest in held(library(papers), catalogue.WEEKS)]


def test_a_week_is_told_once_an_issue_bears_the_date_of_its_sunday_or_a_later_one() -> None:
    assert weeks("2025-10-27", "2025-11-01") == []
    assert weeks("2025-10-27", "2025-11-02") == ["weeks/2025-W44"]
    assert weeks("2025-10-27", "2025-11-03") == ["weeks/2025-W44"]
    assert weeks("2025-10-27", "2025-11-10") == ["weeks/2025-W44"]


def test_the_last_days_of_december_may_be_of_the_first_week() -> None:
    found = library({"a": paper("A", D(2024, 12, 30)), "b": paper("B", D(2025, 1, 6))})
    [week] = held(found, catalogue.WEEKS)
    assert isinstance(week.content, PeriodDigest)
    assert (week.name, week.content.title) == (
        "weeks/2025-W01",
        "Week 1 of 2025, to 5 January 2025: 1 paper, none picked",
    )
    assert week.published == dt.datetime(2025, 1, 5, 12, tzinfo=dt.UTC)


def entry(found: Library, *, picks: bool = False) -> FeedEntry:
    feed = catalogue.PICKS_BY_ISSUE if picks else catalogue.ISSUES
    return entry_of(held(found, feed)[0], FeedContext.of(found))


def test_picks_lead_with_their_notes_and_the_others_follow_by_theme() -> None:
    found = library(
        {
            "first": paper("First", position=1, themes=("models",), authors=("A", "B")),
            "second": paper("Second", position=2, themes=("data",), pick=True, note="Read *it*."),
            "third": paper("Third", position=3, organization="A lab"),
            "fourth": paper("Fourth", position=4, themes=("models", "data"), author_count=3),
        }
    )
    shown = entry(found)
    assert (shown.title, shown.authors) == ("27 October 2025: 4 papers, 1 picked", ())
    assert words(shown.body) == (
        "From the issue of 27 October 2025. Picks Second Read it. "
        "Models & more First, A, B Fourth, 3 authors Unsorted Third, A lab"
    )
    assert words(entry(found, picks=True).body) == "From the issue of 27 October 2025. Picks Second Read it."


def test_the_editors_words_open_the_entry_of_their_issue() -> None:
    opening = Opening(subject="Data, again", text="See [the picks](../../picks/) of *today*.")
    found = structs.replace(library({"a": paper("A")}), openings={D(2025, 10, 27): opening})
    shown = entry(found)
    assert shown.title == "27 October 2025: Data, again"
    assert words(shown.body) == ("From the issue of 27 October 2025. See the picks of today. Unsorted A")
    assert 'href="https://digest.example/base/picks/"' in shown.body


def test_an_issue_without_picks_has_no_digest_of_them() -> None:
    assert held(library({"a": paper("A")}), catalogue.PICKS_BY_ISSUE) == []
    assert held(library({"a": paper("A", None)}), catalogue.ISSUES) == []


def test_a_correction_shows_and_brings_the_digest_up_again() -> None:
    changes = (
        Correction(date=D(2025, 11, 2), text="Not $n$ but $m$."),
        Correction(date=D(2025, 11, 1), text="Before."),
    )
    shown = entry(library({"a": paper("A", changes=changes), "b": paper("B", position=2)}))
    assert (shown.published.date(), shown.updated.date()) == (D(2025, 10, 27), D(2025, 11, 2))
    assert (
        "<br/>\n<strong>Correction, 2 November 2025.</strong> Not <em>n</em> but <em>m</em>."
        "<br/>\n<strong>Correction, 1 November 2025.</strong> Before.</li>"
    ) in shown.body


def test_a_long_issue_is_cut_behind_its_picks_and_says_so() -> None:
    papers = {f"p{n}": paper(f"P{n}", position=n, pick=n > PAGE_SIZE) for n in range(PAGE_SIZE + 5)}
    [item] = held(library(papers), catalogue.ISSUES)
    digest = item.content
    assert isinstance(digest, PeriodDigest)
    assert (len(digest.lines), digest.total) == (PAGE_SIZE, PAGE_SIZE + 5)
    assert all(line.card.pick for line in digest.lines[:4])
    assert entry(library(papers)).body.endswith("<p>And 5 more papers.</p>\n")
