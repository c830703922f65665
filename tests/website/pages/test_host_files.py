"""What hosts read: redirects from former addresses, and headers."""

from generator.model import Theme
from generator.website.pages import host_files
from tests.support.libraries import library, paper, planned, rendered

MOVED = library(
    {"new": paper("A", themes=("data",), formerly=("old", "older")), "other": paper("B", position=2)},
    themes=[Theme(slug="data", title="Data", formerly=("corpora",))],
)
"""The digest at https://digest.example/base/, in which a paper and a theme have moved."""


def test_redirects_lead_from_former_addresses_to_the_present_ones() -> None:
    assert rendered(planned(MOVED, host_files.plan)["_redirects"]).splitlines() == [
        "/base/papers/old/ /base/papers/new/ 301",
        "/base/papers/older/ /base/papers/new/ 301",
        "/base/themes/corpora/* /base/themes/data/:splat 301",
    ]


def test_nginx_has_the_same_as_a_map() -> None:
    comment, *rows = rendered(planned(MOVED, host_files.plan)["redirects.map"]).splitlines()
    assert comment.startswith("#")
    assert rows == [
        "/base/papers/old/ /base/papers/new/;",
        "/base/papers/older/ /base/papers/new/;",
        "~^/base/themes/corpora/(.*)$ /base/themes/data/$1;",
    ]


def test_where_nothing_has_moved_there_are_only_headers() -> None:
    pages = planned(library({"a": paper("A")}), host_files.plan)
    assert list(pages) == ["_headers"]
    assert rendered(pages["_headers"]).startswith(
        "/base/*\n  Content-Security-Policy: frame-ancestors 'none'\n"
    )
