"""After one edit, a build renders the pages that show it and no others, and the site equals a clean build."""

from pathlib import Path

import pytest

from tests.support.builds import THREE, clean, tree
from tests.support.digest import Digest


@pytest.fixture
def built(tmp_path: Path) -> Digest:
    """A digest of three papers, built."""
    digest = Digest(tmp_path).write(THREE)
    digest.build()
    return digest


def has_tests_of_its_own(path: str) -> bool:
    """Tell whether a path is of a kind tested elsewhere: feeds, mail, citations, images, the API."""
    own = ("/mail/index.html", "/issue.html", ".bib", ".ris", "/cite.json", "/papers.json", "/share.png")
    return path.startswith(("feeds/", "api/")) or path.endswith(own)


def assert_rendered(digest: Digest, *paths: str) -> None:
    digest.build()
    digest.assert_rendered(*paths, ignore=has_tests_of_its_own)
    assert tree(digest.out) == clean(digest.root)


WITH_ABSTRACT = (
    "papers/a/index.html",
    "index.html",
    "issues/2025-10-30/index.html",
    "since/2025-10-29/index.html",
    "themes/data/index.html",
    "themes/data/2025/index.html",
    "archive/2025/index.html",
    "archive/2025/01/index.html",
    "feed.xml",
)
"""The pages that show the abstract of paper a: its own, and the lists in which it opens in place."""


def test_an_abstract_is_on_its_page_in_the_lists_that_name_it_and_in_the_feed(built: Digest) -> None:
    built.edit("content/papers/a.yaml", "author", "abstract: Words.\nauthor")
    assert_rendered(built, *WITH_ABSTRACT)


def test_a_comment_in_the_yaml_is_on_no_page(built: Digest) -> None:
    assert_rendered(built.edit("content/papers/a.yaml", "title:", "# a remark\ntitle:"))


def test_a_title_is_in_lists_and_on_the_pages_of_neighbours(built: Digest) -> None:
    assert_rendered(
        built.edit("content/papers/c.yaml", "Gamma", "Delta"),
        "papers/c/index.html",
        "papers/b/index.html",
        "issues/2025-10-29/index.html",
        "themes/index.html",
        "themes/models/index.html",
        "themes/models/2025/index.html",
        "archive/2024/index.html",
        "archive/2024/05/index.html",
        "search/words.json",
        "feed.xml",
    )


def test_a_stylesheet_is_copied_and_no_page_rendered(built: Digest) -> None:
    assert_rendered(built.write("== templates/static/extra.css\na {}"), "static/extra.css")
    assert_rendered(built.edit("templates/static/extra.css", "a", "b"), "static/extra.css")


def test_a_template_renders_the_pages_that_use_it(built: Digest) -> None:
    assert_rendered(built.write("== templates/robots.txt\nAllow: /\n"), "robots.txt")
    assert_rendered(built.edit("templates/robots.txt", "Allow", "Disallow"), "robots.txt")


def test_the_report_gives_the_reason_for_each_page(built: Digest) -> None:
    (built.out / "robots.txt").write_text("mine")
    (built.out / "sitemap.xml").unlink()
    built.edit("content/papers/a.yaml", "author_count: 2", "author_count: 2\nabstract: New.")
    changes = built.build().changes
    assert {path: reason for path, reason in changes if not has_tests_of_its_own(path)} == {
        **dict.fromkeys(WITH_ABSTRACT, "what it shows changed"),
        "robots.txt": "the file was altered",
        "sitemap.xml": "the file is gone",
    }
    assert tree(built.out) == clean(built.root)
