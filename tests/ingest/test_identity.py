"""One paper, one record: what makes two entries the same."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest

from generator.ingest.identity import IdentityIndex, identity_of, title_key
from generator.ingest.receipts import digested
from generator.model import Stated

OLD, NEW = dt.date(2020, 12, 31), dt.date(2021, 1, 1)


def same(known: dict[str, Any], met: dict[str, Any]) -> bool:
    """Tell whether a paper that is met is the one known."""
    index = IdentityIndex(defaultdict(set))
    index.add(identity_of(digested(Stated(**known))), "known")
    identity = identity_of(digested(Stated(**met)))
    return bool(index.identified(identity) or index.titled(identity))


@pytest.mark.parametrize(
    ("known", "met"),
    [
        ({"title": "A", "arxiv": "2410.12265"}, {"title": "B", "arxiv": "2410.12265"}),
        ({"title": "A", "doi": "10.1234/ABC"}, {"title": "B", "doi": "10.1234/abc"}),
        ({"doi": "10.1234/a", "arxiv": "2410.12265"}, {"doi": "10.1234/a", "arxiv": "2410.12266"}),
        ({"title": "A: Title!"}, {"title": "a title"}),
        ({"title": "A", "published": OLD}, {"title": "A"}),
        ({"title": "A", "arxiv": "2410.12265"}, {"title": "A", "doi": "10.1234/a"}),
        ({"title": "???", "abstract": "Words."}, {"abstract": "Words.", "venue": "ACL"}),
        ({"venue": "ACL"}, {"venue": "ACL"}),
        ({"title": 'On Gr\\"obner Bases'}, {"title": "On Gröbner bases"}),
        ({"title": "$\\tau$-bench", "abstract": "Words."}, {"title": "τ-bench", "abstract": "Others."}),
        ({"title": "Teaching C++", "abstract": "Words."}, {"title": "Teaching C", "abstract": "Words."}),
        ({"title": "Teaching C++", "abstract": "Words."}, {"title": "Teaching C"}),
        ({"title": "Search: A*.", "abstract": "Words."}, {"title": "Search - A*", "abstract": "Others."}),
        (
            {"title": "A", "abstract": "Words.", "published": OLD},
            {"title": "A", "abstract": "Words.", "published": NEW},
        ),
    ],
)
def test_the_same_paper(known: dict[str, Any], met: dict[str, Any]) -> None:
    assert same(known, met)


@pytest.mark.parametrize(
    ("known", "met"),
    [
        ({"title": "A", "published": OLD}, {"title": "A", "published": NEW}),
        (
            {"title": "A", "abstract": "Words.", "published": OLD},
            {"title": "A", "abstract": "Others.", "published": NEW},
        ),
        (
            {"title": "A", "abstract": "Words.", "arxiv": "2410.12265"},
            {"title": "A", "abstract": "Words.", "arxiv": "2410.12266"},
        ),
        ({"title": "A", "arxiv": "2410.12265"}, {"title": "A", "arxiv": "2410.12266"}),
        ({"title": "A", "doi": "10.1234/a"}, {"title": "A", "doi": "10.1234/b"}),
        ({"title": "A", "abstract": "Words."}, {"title": "B", "abstract": "Words."}),
        ({"title": "A", "abstract": "Words."}, {"abstract": "Words."}),
        ({"title": "???", "venue": "ACL"}, {"title": "!!!", "venue": "ACL"}),
        ({"title": "Teaching C", "abstract": "Words."}, {"title": "Teaching C++", "abstract": "Others."}),
        ({"title": "Teaching C++", "abstract": "Words."}, {"title": "Teaching C#", "abstract": "Others."}),
        ({"title": "A Search", "abstract": "Words."}, {"title": "A* Search", "abstract": "Others."}),
        ({"title": "Teaching C", "abstract": "Words."}, {"title": "Teaching C!", "abstract": "Others."}),
        ({"title": "All You Need", "abstract": "Words."}, {"title": "All You Need?", "abstract": "Others."}),
        ({"title": "On NET", "abstract": "Words."}, {"title": "On .NET", "abstract": "Others."}),
        ({"title": "From C", "abstract": "Words."}, {"title": "From C--", "abstract": "Others."}),
    ],
)
def test_different_papers(known: dict[str, Any], met: dict[str, Any]) -> None:
    assert not same(known, met)


def test_years_and_identifiers_are_held_against_all_that_is_known_of_a_paper() -> None:
    index = IdentityIndex(defaultdict(set))
    index.add(identity_of(Stated(title="A")), "first")
    index.add(identity_of(Stated(title="A", published=OLD)), "first")
    index.add(identity_of(Stated(title="A", published=NEW)), "second")
    assert index.titled(identity_of(Stated(title="A", published=OLD, doi="10.1234/a"))) == "first"
    assert index.titled(identity_of(Stated(title="A", published=NEW, doi="10.1234/a"))) == "second"
    assert index.titled(identity_of(Stated(title="A", published=dt.date(2022, 1, 1)))) is None


def test_of_two_papers_of_one_title_the_one_that_was_known_by_the_very_same_facts_is_meant() -> None:
    index = IdentityIndex(defaultdict(set))
    index.add(identity_of(Stated(title="A", published=OLD)), "first")
    index.add(identity_of(Stated(title="A")), "second")
    assert index.titled(identity_of(Stated(title="A"))) == "second"
    assert index.titled(identity_of(Stated(title="A", published=OLD))) == "first"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Straße: ﬁne ²", "strassefine2"),
        ("e\N{COMBINING ACUTE ACCENT}t\N{LATIN SMALL LETTER E WITH ACUTE}", "été"),
        ("हिन्दी", "हिन्दी"),
        ("日本 語", "日本語"),
        ("?! …", ""),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", ""),
    ],
)
def test_the_key_of_a_title_is_its_letters_marks_and_digits(title: str, key: str) -> None:
    assert title_key(title) == key
