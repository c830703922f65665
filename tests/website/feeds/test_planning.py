"""Which feeds there are, what is in each, and the page that lists them."""

import datetime as dt
import random
import re
from typing import Any
from urllib.parse import urlsplit

import feedgen.entry
import feedgen.feed
import msgspec
import pytest

from generator.engine.page import CORE, EXPORTS, by_path, plan
from generator.library.cards import card_of
from generator.library.library import Library
from generator.model import Correction, Paper, Theme
from generator.settings import Outputs
from generator.website.feeds import planner
from generator.website.feeds.bodies import paper_body
from generator.website.feeds.context import FeedContext
from generator.website.feeds.view import FeedView
from generator.website.planners import PLANNERS
from tests.support.feed_documents import documents, slugs
from tests.support.libraries import SITE, TUESDAY, library, paper, planned, texts, tree

ADDRESSES = """
feed.xml                        feeds/papers.atom.xml                feeds/papers.json
feeds/issues.xml                feeds/issues.atom.xml                feeds/issues.json
feeds/weeks.xml                 feeds/weeks.atom.xml                 feeds/weeks.json
feeds/picks.xml                 feeds/picks.atom.xml                 feeds/picks.json
feeds/picks-issues.xml          feeds/picks-issues.atom.xml          feeds/picks-issues.json
feeds/picks-weeks.xml           feeds/picks-weeks.atom.xml           feeds/picks-weeks.json
feeds/themes/data/papers.xml    feeds/themes/data/papers.atom.xml    feeds/themes/data/papers.json
feeds/themes/data/picks.xml     feeds/themes/data/picks.atom.xml     feeds/themes/data/picks.json
feeds/themes/models/papers.xml  feeds/themes/models/papers.atom.xml  feeds/themes/models/papers.json
feeds/themes/models/picks.xml   feeds/themes/models/picks.atom.xml   feeds/themes/models/picks.json
feeds/corrections.xml           feeds/corrections.atom.xml           feeds/corrections.json
feeds/all.opml                  feeds/all-rss.opml
feeds/themes.opml               feeds/themes-rss.opml
feeds/themes-picks.opml         feeds/themes-picks-rss.opml
feeds/index.html
"""


def test_addresses_are_these_and_never_change() -> None:
    pages = planned(library({"a": paper("A")}), planner.plan)
    assert pages.keys() == {*ADDRESSES.split()}
    assert {page.stage for page in pages.values()} == {CORE}


def test_no_theme_can_take_the_address_of_another_feed(hostile_library: Library) -> None:
    names = ("picks", "papers", "data", "data-picks", "all", "index")
    found = library({"a": paper("A")}, themes=[Theme(slug=slug, title=slug) for slug in names])
    for each in (found, hostile_library):
        assert by_path(plan(each, PLANNERS))[1] == []


def in_feed(found: Library, base: str) -> list[str]:
    """Return the slugs of the papers in a feed."""
    view = planned(found, planner.plan)[f"{base}.json"].view
    assert isinstance(view, FeedView)
    return [*slugs(view)]


def issues(*sizes: int, apart: int = 1, **fields: Any) -> dict[str, Paper]:
    """Return papers of one issue after another, the newest first, so many days apart."""
    newest = dt.date(2025, 10, 30)
    return {
        f"p{back}-{n:02}": paper("P", newest - dt.timedelta(days=apart * back), position=n, **fields)
        for back, size in enumerate(sizes)
        for n in range(size)
    }


@pytest.mark.parametrize(
    ("sizes", "apart", "held"),
    [
        ((60, 60, 60), 1, 180),
        ((3,) * 60, 1, 50 + 1),  # whole issues
        ((60,) * 20, 1, 15 * 60),  # today's and those of the last 14 days
        ((212, 120), 20, 212),
        ((49, 30, 1), 20, 79),
        ((50, 1), 20, 50),
        ((1, 1, 1), 20, 3),
        ((0,), 1, 0),
    ],
)
def test_a_feed_holds_the_last_14_days_and_at_least_50_entries(
    sizes: tuple[int, ...], apart: int, held: int
) -> None:
    found = library(issues(*sizes, apart=apart, themes=("data",), pick=True))
    for base in ("feeds/papers", "feeds/picks", "feeds/themes/data/papers", "feeds/themes/data/picks"):
        assert in_feed(found, base) == [*issues(*sizes, apart=apart)][:held]


def test_picks_and_themes_count_their_own_papers() -> None:
    papers = issues(60, 60)
    few = {
        slug: paper("Q", found.listed[0].issue, pick=True, themes=("data",))
        for slug, found in papers.items()
        if slug[-1] == "7"
    }
    assert set(in_feed(library(papers | few), "feeds/picks")) == few.keys()
    assert set(in_feed(library(papers | few), "feeds/themes/data/papers")) == few.keys()
    assert in_feed(library(papers), "feeds/themes/models/picks") == []


def test_papers_without_an_issue_date_are_in_no_feed() -> None:
    found = library({"a": paper("A"), **{f"u{n}": paper("U", None, pick=True) for n in range(99)}})
    assert in_feed(found, "feeds/papers") == ["a"]
    assert in_feed(found, "feeds/picks") == []


def test_keywords_and_authors_that_three_papers_share_have_feeds() -> None:
    names = {"tags": ("data sets", "once"), "authors": ("José Ruiz", "A. Lone")}
    papers = {f"p{n}": paper("P", position=n, **names) for n in (1, 2)}
    papers["p3"] = paper("P", position=3, tags=("Data sets",), authors=("Jose Ruiz",))
    pages = planned(library(papers), planner.plan)
    shared = {path for path in pages if path.startswith(("feeds/tags/", "feeds/authors/"))}
    ends = (".xml", ".atom.xml", ".json")
    assert shared == {
        f"feeds/{name}{end}" for name in ("tags/data-sets", "authors/jose-ruiz") for end in ends
    }
    assert in_feed(library(papers), "feeds/authors/jose-ruiz") == ["p1", "p2", "p3"]
    assert {pages[path].stage for path in shared} == {EXPORTS}
    headings = texts(pages["feeds/index.html"], "//main//h2")
    assert headings[-3:] == ["Keywords", "Authors", "How they work"]
    assert "José Ruiz" in texts(pages["feeds/index.html"], "//main//li/label")
    assert b"authors" not in documents(library(papers))["feeds/all.opml"].data


@pytest.mark.parametrize("kind", [".xml", ".atom.xml", ".json"])
def test_a_feed_over_1_mb_shortens_its_bodies_from_the_oldest_on(kind: str) -> None:
    size, note = 300, 'Note <&> "it". ' * 200
    papers = issues(size, abstract="Abstract.", authors=("Ann",), note=note, pick=True)
    doc = documents(library(papers))[f"feeds/picks{kind}"]
    assert 990_000 < len(doc.data) <= 1_000_000
    noted = [b"Note" in item for item in re.split(rb"<item>|<entry>|\"id\"", doc.data)[1:]]
    assert noted == sorted(noted, reverse=True)
    assert 0 < noted.count(True) < size == len(noted)
    assert doc.data.count(b"Abstract.") == size
    assert doc.data.count(b"On The Digest") == size


def test_a_feed_over_1_mb_cuts_an_abstract_that_is_none() -> None:
    papers = issues(3, abstract="word " * 190_000, authors=("Ann",))
    for doc in documents(library(papers)).values():
        assert len(doc.data) < 1_000_000
        assert doc.path != "feed.xml" or doc.data.count("word …".encode()) == 2


@pytest.mark.parametrize(("end", "shown"), [("aa", "aa"), ("aaa", "…")])
def test_a_short_body_has_5_000_characters_of_the_abstract(end: str, shown: str) -> None:
    found = paper("A", abstract="a " * 2499 + end)
    body = paper_body(card_of(found, "a"), found, FeedContext.of(library()), short=True)
    assert body.partition("</p>")[0] == '<p dir="auto">' + "a " * 2499 + shown


@pytest.mark.parametrize("share_images", ["recent", "all", "off"])
def test_feeds_name_only_images_that_there_are(share_images: str) -> None:
    site = msgspec.structs.replace(SITE, outputs=Outputs(share_images=share_images))
    found = library(issues(*[1] * 33, themes=("data",)), site=site)
    named = {
        urlsplit(url).path.removeprefix("/base/")
        for doc in documents(found).values()
        for url in re.findall(r'"([^"]*share.png)', doc.data.decode())
    }
    assert named <= {*planned(found)}
    assert bool(named) == (share_images != "off")


def test_corrections_come_newest_first_and_whole_days() -> None:
    first, second = dt.date(2025, 11, 1), dt.date(2025, 11, 2)
    papers = {
        f"p{n}": paper("P", changes=(Correction(date=first, text="1"), Correction(date=second, text="2")))
        for n in range(40)
    }
    view = planned(library(papers), planner.plan)["feeds/corrections.json"].view
    assert isinstance(view, FeedView)
    assert len(view.items) == 80
    ids = [item["id"] for item in documents(library(papers))["feeds/corrections.json"].json["items"]]
    assert ids[0] == "tag:digest.example,2025:p0/changes/2025-11-02"
    assert ids[40:42] == [f"tag:digest.example,2025:{slug}/changes/2025-11-01" for slug in ("p0", "p1")]


def test_the_order_of_papers_does_not_show_nor_does_the_clock(
    hostile_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = {slug: record.paper() for slug, record in hostile_library.records.items()}

    def made() -> dict[str, bytes]:
        order = random.sample([*papers], len(papers))
        found = library(
            {slug: papers[slug] for slug in order}, hostile_library.themes, (), hostile_library.site
        )
        return {path: doc.data for path, doc in documents(found).items()}

    before = made()

    class AnyDatetime(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, dt.datetime)

    class Later(dt.datetime, metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Later":
            return cls(2099, 1, 1, tzinfo=tz)

    monkeypatch.setattr(feedgen.feed, "datetime", Later)
    monkeypatch.setattr(feedgen.entry, "datetime", Later)
    assert made() == before


class TestThePage:
    def test_has_plain_links_to_every_feed_and_list(self) -> None:
        pages = planned(library({"a": paper("A")}))
        links = set(tree(pages["feeds/index.html"]).xpath("//main//a/@href"))
        subscribed = {f"../{path}" for path in ADDRESSES.split()} - {"../feeds/index.html"}
        assert links == subscribed | {"../api/v1/index.json"}

    def test_offers_a_choice_only_where_the_script_runs(self) -> None:
        page = tree(planned(library({"a": paper("A")}))["feeds/index.html"])
        assert len(page.xpath("//input")) == len(page.xpath("//input[@type='checkbox'][@hidden]")) == 11
        assert len(page.xpath("//form[@hidden]//button[@disabled]")) == 1
        assert "../static/feeds.js" in page.xpath("//script/@src")
        assert page.xpath("//script/text() | //@onclick") == []

    def test_of_a_digest_without_themes_has_no_feeds_of_themes(self) -> None:
        pages = planned(library({}, themes=()))
        assert texts(pages["feeds/index.html"], "//main//h2") == [
            "Everything",
            "Picks",
            "Corrections",
            "How they work",
        ]
        assert "feeds/themes.opml" not in pages


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("index.html", "feed.xml"),
        ("feeds/index.html", "feed.xml"),
        ("papers/a/index.html", "feed.xml"),
        ("picks/index.html", "feeds/picks.xml"),
        ("issues/index.html", "feeds/issues.xml"),
        ("issues/2025-10-28/index.html", "feeds/issues.xml"),
        ("themes/data/index.html", "feeds/themes/data/papers.xml"),
        ("themes/data/2025/index.html", "feeds/themes/data/papers.xml"),
        ("themes/unsorted/index.html", "feed.xml"),
    ],
)
def test_each_page_names_its_own_feed_first_then_that_of_everything(path: str, own: str) -> None:
    found = library({"a": paper("A", TUESDAY, themes=("data",)), "b": paper("B")})
    head = tree(planned(found)[path])
    root = "../" * path.count("/") or "./"
    links = [
        (link.get("type"), link.get("href").removeprefix(root))
        for link in head.xpath("//link[@rel='alternate']")
    ]
    assert links[0] == ("application/rss+xml", own)
    assert [kind for kind, _ in links[:3]] == [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    ]
    everything = ["feed.xml", "feeds/papers.atom.xml", "feeds/papers.json"]
    assert [href for _, href in links[-3:]] == everything
    assert len(links) == (3 if own == "feed.xml" else 6)


def test_the_list_of_all_feeds_has_a_folder_for_each_kind() -> None:
    root = documents(library({}))["feeds/all.opml"].tree
    assert [folder.get("text") for folder in root.find("body")] == [
        "Everything",
        "Picks",
        "Themes",
        "Picks of a theme",
        "Corrections",
    ]
    assert dict(root.find("body/outline[3]/outline[2]").attrib) == {
        "type": "rss",
        "text": "The Digest: Models & more",
        "title": "The Digest: Models & more",
        "xmlUrl": "https://digest.example/base/feeds/themes/models/papers.atom.xml",
        "htmlUrl": "https://digest.example/base/themes/models/",
        "language": "en",
    }


def test_an_empty_feed_has_the_day_of_its_authority() -> None:
    docs = documents(library({}))
    [updated] = docs["feeds/picks.atom.xml"].find("/atom:feed/atom:updated/text()")
    assert updated == "2025-01-01T00:00:00+00:00"
    assert docs["feeds/picks.json"].json["items"] == []
