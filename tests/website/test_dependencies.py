"""What a page depends on: its view's bytes differ where, and only where, what it may show differs."""

import datetime as dt
from typing import Any

import msgspec

from generator.engine.page import ViewDigests
from generator.library.library import Library
from generator.model import MarkdownPage
from tests.support.libraries import MONDAY, READERS, SITE, TUESDAY, library, paper, planned

view_digest = ViewDigests().of

PAPERS = {
    "first": paper("First", MONDAY, position=1, themes=("data",)),
    "second": paper("Second", MONDAY, position=2, themes=("data",), pick=True, note="Read it."),
    "third": paper("Third", MONDAY, position=3, themes=("models",)),
    "fourth": paper("Fourth", MONDAY, position=4, themes=("models",)),
    "late": paper("Late", TUESDAY, themes=("data",), published=dt.date(2024, 2, 29)),
}


def changed(before: Library, after: Library) -> set[str]:
    """Return the pages for readers, of both libraries, that would be rendered again."""
    old, new = planned(before, *READERS), planned(after, *READERS)
    return {
        path for path in old.keys() & new.keys() if view_digest(old[path].view) != view_digest(new[path].view)
    }


def edited(slug: str, **fields: Any) -> set[str]:
    now = PAPERS | {slug: msgspec.structs.replace(PAPERS[slug], **fields)}
    return changed(library(PAPERS), library(now))


def test_the_same_content_gives_the_same_views() -> None:
    assert changed(library(PAPERS), library(dict(reversed(PAPERS.items())))) == set()


def test_an_abstract_changes_the_papers_page_and_its_issues() -> None:
    assert edited("late", abstract="New words.") == {
        "papers/late/index.html",
        "issues/2025-10-28/index.html",
    }


def test_the_first_sentence_of_an_abstract_changes_the_lists_that_know_nothing_else() -> None:
    lists = {"themes/models/index.html", "themes/models/2025/index.html", "archive/undated/index.html"}
    own = {"papers/third/index.html", "issues/2025-10-27/index.html"}
    assert edited("third", abstract="New words.") == own | lists
    assert edited("third", abstract="An abstract.\nIt has more lines.") == own


def test_a_title_changes_the_lists_and_neighbours_that_show_it() -> None:
    assert edited("fourth", title="Another") == {
        *("papers/third/index.html", "papers/fourth/index.html"),
        "issues/2025-10-27/index.html",
        *("themes/index.html", "themes/models/index.html", "themes/models/2025/index.html"),
        "archive/undated/index.html",
    }


def test_a_note_changes_the_pages_that_show_it() -> None:
    assert edited("second", note="Read it twice.") == {
        "papers/second/index.html",
        "issues/2025-10-27/index.html",
        "picks/index.html",
        "themes/data/index.html",
    }


def test_a_note_that_no_pick_has_changes_no_list_without_abstracts() -> None:
    assert edited("first", note="Perhaps.") == {"papers/first/index.html", "issues/2025-10-27/index.html"}


def test_a_new_paper_changes_no_paper_but_its_neighbours() -> None:
    more = PAPERS | {"new": paper("New", MONDAY, position=5, themes=("models",))}
    found = changed(library(PAPERS), library(more))
    assert {path for path in found if path.startswith("papers/")} == {"papers/fourth/index.html"}
    assert "about/index.html" not in found
    assert "404.html" not in found


def test_a_markdown_page_changes_only_itself_unless_its_title_changes() -> None:
    before, after, renamed = (
        library(PAPERS, pages=(MarkdownPage(slug="about", title=title, text=text),))
        for title, text in (("About", "We."), ("About", "They."), ("About us", "We."))
    )
    assert changed(before, after) == {"about/index.html"}
    assert changed(before, renamed) == set(planned(before, *READERS))


def test_what_no_page_shows_of_the_site_changes_no_page() -> None:
    other = msgspec.structs.replace(SITE, tag_authority="other.example,2024")
    assert changed(library(PAPERS), library(PAPERS, site=other)) == set()
