"""A subscriber of real builds who reads only now and then loses nothing, and sees nothing go backwards."""

from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from generator.commands.build import build
from generator.commands.let_go import let_go
from generator.commands.preview import mark_published, preview
from generator.engine.page import CORE
from generator.problem import has_error
from generator.publication.news import FeedNews
from tests.support.digest import Write

pytestmark = pytest.mark.slow

TAG = "tag:digest.example,2025:"


def paper(name: str, issue: str, position: int, more: str = "") -> str:
    listed = f"listed: [{{listing: x, issue: {issue}, position: {position}}}]"
    return f"\n== content/papers/{name}.yaml\nid: {name}\ntitle: T\n{listed}\nthemes: [data]\n{more}"


def issue(day: str, size: int = 60) -> str:
    return "".join(paper(f"p-{day}-{place}", day, place) for place in range(1, size + 1))


class Publisher:
    """An editor who builds the site and marks it as published."""

    def __init__(self, digest: Write) -> None:
        self.digest = digest
        self.root = digest("")
        self.out = self.root.parent / "site"

    def publish(self, text: str = "") -> None:
        self.digest(text)
        assert not has_error(build(self.root, self.out, stage=CORE).problems)
        assert not has_error(mark_published(self.root).problems)

    def news(self) -> dict[str, FeedNews]:
        return {found.feed: found for found in preview(self.root).news}


class Subscriber:
    """Reads some feeds when the reader is open, and remembers all that it saw."""

    def __init__(self, site: Path, feed: str = "feeds/papers.atom.xml") -> None:
        self.path = site / feed
        self.seen: dict[str, str] = {}
        self.dates: dict[str, str] = {}

    def read(self) -> dict[str, str]:
        """Return what is new and what is updated; nothing may have become older."""
        told = {}
        for entry in feedparser.parse(self.path.read_bytes()).entries:
            name = entry.id.removeprefix(TAG)
            assert entry.published == self.dates.setdefault(name, entry.published)
            assert entry.updated >= self.seen.get(name, "")
            if entry.updated > self.seen.get(name, ""):
                told[name] = "updated" if name in self.seen else "new"
            self.seen[name] = entry.updated
        return told


@pytest.fixture
def publisher(digest: Write) -> Publisher:
    return Publisher(digest)


@pytest.fixture
def subscriber(publisher: Publisher) -> Callable[..., Subscriber]:
    return lambda *feed: Subscriber(publisher.out, *feed)


Subscribe = Callable[..., Subscriber]


def test_a_reader_closed_over_a_weekend_has_every_paper_of_large_issues(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    everything, theme = subscriber(), subscriber("feeds/themes/data/papers.xml")
    publisher.publish(issue("2025-10-30", 2))
    assert len(everything.read()) == len(theme.read()) == 2
    for day in ("2025-10-31", "2025-11-01", "2025-11-03"):
        publisher.publish(issue(day))
    assert len(everything.read()) == len(theme.read()) == 180


def test_two_issues_in_one_build_both_appear_though_weeks_are_between_them(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    reader = subscriber()
    publisher.publish(issue("2025-09-01", 3))
    reader.read()
    publisher.publish(issue("2025-10-01", 30) + issue("2025-10-30", 30))
    assert len(reader.read()) == 60


def test_what_comes_late_is_news_when_it_comes(publisher: Publisher, subscriber: Subscribe) -> None:
    reader, issues, weeks = map(
        subscriber, ("feeds/papers.atom.xml", "feeds/issues.atom.xml", "feeds/weeks.xml")
    )
    publisher.publish(issue("2025-09-01", 3) + issue("2025-10-30", 51))
    reader.read(), issues.read(), weeks.read()
    newest = max(reader.dates.values())
    assert publisher.news() == {}

    publisher.publish(paper("late", "2025-09-01", 2) + paper("later", "2025-08-01", 1))
    assert reader.read() == {"late": "new", "later": "new"}
    assert min(reader.dates["late"], reader.dates["later"]) > newest
    assert issues.read() == {"issues/2025-08-01": "new", "issues/2025-09-01": "updated"}
    assert weeks.read() == {"weeks/2025-W31": "new", "weeks/2025-W36": "updated"}
    publisher.publish()
    assert (reader.read(), issues.read()) == ({}, {})


def test_an_issue_to_which_papers_are_added_is_updated_and_preview_says_so(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    reader, issues = subscriber(), subscriber("feeds/issues.xml")
    publisher.publish(issue("2025-10-30", 3))
    reader.read(), issues.read()
    publisher.digest(paper("first", "2025-10-30", 0, "pick: true\n"))
    assert publisher.news()["feeds/issues"].updated == (f"{TAG}issues/2025-10-30",)
    publisher.publish()
    assert reader.read() == {"first": "new"}
    assert issues.read() == {"issues/2025-10-30": "updated"}
    assert publisher.news() == {}


def test_a_paper_that_was_let_go_and_is_back_reaches_those_who_did_not_look_before(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    publisher.publish(issue("2025-10-01", 3))
    path = publisher.root / "content/papers/p-2025-10-01-2.yaml"
    text = path.read_text()
    path.write_text(f"{text}hide: true\n")
    let_go(publisher.root, ["papers/p-2025-10-01-2/"], "Wrong.")
    publisher.publish(issue("2025-10-14", 55))
    reader = subscriber()
    reader.read()
    path.write_text(text)
    publisher.publish(issue("2025-10-20"))
    assert "p-2025-10-01-2" in reader.read()


def test_a_paper_that_is_picked_late_reaches_those_who_follow_picks(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    picks = subscriber("feeds/picks.atom.xml")
    publisher.publish(
        issue("2025-08-01", 8) + issue("2025-10-30", 51).replace("themes", "pick: true\nthemes")
    )
    picks.read()
    path = publisher.root / "content/papers/p-2025-08-01-7.yaml"
    path.write_text(path.read_text() + "pick: true\n")
    publisher.publish()
    assert picks.read() == {"p-2025-08-01-7": "new"}


def test_two_corrections_of_a_day_need_names_of_their_own(publisher: Publisher) -> None:
    twice = "changes:\n- {date: 2025-11-02, text: One.}\n- {date: 2025-11-02, text: Two.}\n"
    publisher.digest(paper("a", "2025-10-30", 1, twice))
    [problem] = [found for found in build(publisher.root, publisher.out).problems if has_error([found])]
    assert (str(problem.location), problem.message) == (
        "content/papers/a.yaml:7:3",
        "Another correction of this paper is known as 2025-11-02 in feeds.",
    )
    assert (
        problem.hint == "Give it an `id:` of its own. If it was published without one, that is 2025-11-02/2."
    )


def test_a_correction_that_is_withdrawn_or_another_of_the_day_moves_nothing(
    publisher: Publisher, subscriber: Subscribe
) -> None:
    reader, corrections = subscriber(), subscriber("feeds/corrections.atom.xml")
    publisher.publish(issue("2025-10-30", 3))
    path = publisher.root / "content/papers/p-2025-10-30-2.yaml"
    text = path.read_text()
    reader.read()
    first, second = "- {date: 2025-11-02, text: One.}\n", "- {date: 2025-11-02, id: figure-2, text: Two.}\n"
    path.write_text(f"{text}changes:\n{first}")
    publisher.publish()
    assert reader.read() == {"p-2025-10-30-2": "updated"}
    assert corrections.read() == {"p-2025-10-30-2/changes/2025-11-02": "new"}
    path.write_text(f"{text}changes:\n{second}{first}")
    publisher.publish()
    assert corrections.read() == {"p-2025-10-30-2/changes/figure-2": "new"}
    reader.read()
    path.write_text(f"{text}changes:\n{first}")
    assert [problem.message.partition(":")[0] for problem in preview(publisher.root).problems] == [
        "papers/p-2025-10-30-2/ was published and would vanish, 1 feed entry"
    ]
    let_go(publisher.root, ["papers/p-2025-10-30-2/"], "It was right.")
    publisher.publish()
    assert (reader.read(), corrections.read()) == ({}, {})
