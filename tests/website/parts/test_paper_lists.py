"""Lists of papers: lines, and groups of them."""

import datetime as dt

from generator.library.cards import card_of
from generator.website.parts.paper_lists import (
    PaperLine,
    by_issue,
    heading_html,
    title_look,
)
from generator.website.urls import issue_link
from tests.support.libraries import MONDAY, TUESDAY, line_of, paper


def test_lines_are_grouped_by_issue_the_undated_too() -> None:
    groups = by_issue(
        [
            line_of(paper("A", TUESDAY)),
            line_of(paper("B", MONDAY)),
            line_of(paper("C", MONDAY)),
            line_of(paper("D", None)),
        ]
    )
    assert [(group.id, group.title, group.href, group.total) for group in groups] == [
        ("issue-2025-10-28", "28 October 2025", "issues/2025-10-28/", 1),
        ("issue-2025-10-27", "27 October 2025", "issues/2025-10-27/", 2),
        ("issue-undated", "No date given", "issues/undated/", 1),
    ]


def test_the_issue_of_papers_without_a_day_has_an_address() -> None:
    assert (issue_link(None).href, issue_link(None).title) == ("issues/undated/", "No date given")
    assert issue_link(dt.date(2025, 1, 2)).href == "issues/2025-01-02/"


def test_a_line_shows_the_note_only_of_a_pick() -> None:
    def note(line: PaperLine) -> str | None:
        return line.note_and_abstract("./")[0]

    assert note(line_of(paper(note="Read it.", pick=True))) == "<p>Read it.</p>\n"
    assert note(line_of(paper(note="Read it."))) is None
    assert note(line_of(paper(pick=True))) is None
    assert note(PaperLine(card=card_of(paper(note="Read it.", pick=True), "a"))) is None


def test_a_line_shows_an_abstract_only_if_it_is_folded() -> None:
    def abstract(line: PaperLine) -> tuple[str, ...]:
        return line.note_and_abstract("./")[1]

    assert abstract(line_of(paper(abstract="A & b.\nC."), folded=True)) == ("A &amp; b.", "C.")
    assert abstract(line_of(paper(abstract="A & b."))) == ()
    assert abstract(line_of(paper(abstract=None), folded=True)) == ()


def test_a_line_without_facts_has_240_characters_of_the_first_sentence() -> None:
    def opening(abstract: str) -> str:
        return line_of(paper(abstract=abstract)).opening

    assert opening("We begin. Then more.") == "We begin."
    assert opening("a " * 119 + "bb") == "a " * 119 + "bb"
    assert opening("a " * 119 + "bbb") == "a " * 119 + "…"


def test_an_address_in_a_title_is_text_since_the_title_is_a_link() -> None:
    assert heading_html("See https://a.example/b & c") == "See https://a.example/b &amp; c"


def test_a_word_with_a_hyphen_is_kept_whole_in_a_title() -> None:
    assert heading_html("A Self-Taught <model> - on “k-means”, well") == (
        "A <span>Self-Taught</span> &lt;model&gt; - on <span>“k-means”,</span> well"
    )
    formula = heading_html("$x-y$ in $k$-algebras")
    assert formula.count("<span>") == 1
    assert formula.endswith("</math>-algebras</span>")


def test_titles_of_unusual_length_or_origin_look_different() -> None:
    looks = [title_look(card_of(found, "a")) for found in (paper("A"), paper("x" * 90), paper("x" * 91))]
    assert looks == ["", "", "lengthy"]
    assert title_look(card_of(paper(None, abstract="Words."), "a")) == "provisional"
