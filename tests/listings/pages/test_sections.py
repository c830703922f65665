"""Headings, lists and links within abstracts are no papers, whatever a page marks and whatever it has."""

import datetime as dt
import textwrap

import pytest

from generator.listings import Entry, Parse, parse

A = (
    "We study how language models cite the sources that they are given. "
    "They cite fewer than people do, over three corpora, and a change of the prompt raises that by a third."
)
B = (
    "Long recordings are hard to transcribe, since a model sees a window of them. "
    "We extend it by a summary of what came before, and the errors fall by a fifth on two benchmarks."
)
C = (
    "Graph neural networks forget what is far away, and we prove how much of it survives. "
    "A rewiring doubles that, needs no labels and takes one pass over the edges of the graph."
)
HEAD = "Daily Papers\nbyAK and the research community\nOct 3\n\n"
BYLINE = "  • 3 authors\n·\nOct 2"


def page(*texts: str) -> Parse:
    return parse((HEAD + "\n\n".join(texts) + "\n").encode(), "page.txt", dt.date(2025, 10, 3), "hf-daily")


def titles(parsed: Parse) -> list[str | None]:
    return [entry.stated.title for entry in parsed.entries]


def abstract(entry: Entry) -> list[str]:
    return (entry.stated.abstract or "").split("\n")


def test_sections_of_a_structured_abstract_belong_to_it() -> None:
    sections = ["Background", A, "Methods", "We ask.", "Results", "Errors fall.", "Conclusion", "It helps."]
    parsed = page("Fine Title", *sections, BYLINE, "The Long Window", B, BYLINE)
    assert titles(parsed) == ["Fine Title", "The Long Window"]
    assert abstract(parsed.entries[0]) == sections
    assert not parsed.problems


def test_a_list_and_a_link_under_its_label_belong_to_the_abstract() -> None:
    below = [A, "- One.", "- Two.", "- Three.", "Project Page", "https://a.github.io/window"]
    (entry,) = page("Fine Title", *below, BYLINE).entries
    assert (entry.stated.title, entry.stated.author_count) == ("Fine Title", 3)
    assert abstract(entry) == below


@pytest.mark.parametrize(
    "below",
    [
        ("Add to Collection", "Sign in to vote.", "Share This Paper"),
        ("Our Contributions Are:", "1. A window.", "Speed: Twice As Fast", "See the paper for details."),
        ("Code Available At", "https://github.com/a/b"),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_unknown_lines_in_papers_with_bylines_put_each_in_doubt(below: tuple[str, ...], count: int) -> None:
    papers = [("Fine Title", A), ("The Long Window", B), ("How Far Do Graphs Remember?", C)]
    doubt = [text for paper in papers[:count] for text in (*paper, *below, BYLINE)]
    whole = [text for paper in papers[count:] for text in (*paper, BYLINE)]
    parsed = page(*doubt, *whole)
    assert titles(parsed) == [title for title, _ in papers[count:]]
    assert [problem.location.text for problem in parsed.problems] == [title for title, _ in papers[:count]]


@pytest.mark.parametrize(
    "below", [("Limitations", "None are known to us."), ("Project Page", "https://a.b/c")]
)
def test_a_section_belongs_to_the_abstract_also_where_no_paper_has_a_byline(below: tuple[str, ...]) -> None:
    parsed = page("Fine Title", A, *below, "The Long Window", B)
    assert [abstract(entry) for entry in parsed.entries] == [[A, *below], [B]]
    assert not parsed.problems


def test_a_link_below_a_label_that_is_not_known_is_no_paper() -> None:
    parsed = page("Fine Title", A, "Code Available At", "https://github.com/a/b", "The Long Window", B)
    assert titles(parsed) == ["Fine Title", "The Long Window"]
    assert [problem.location.text for problem in parsed.problems] == ["Code Available At"]


def test_a_text_much_shorter_than_the_abstracts_of_a_page_without_bylines_is_in_doubt() -> None:
    doubt = ["The Long Window", B, "What We Do Not Know", "Hardly anything."]
    parsed = page("Fine Title", A, *doubt, "How Far Do Graphs Remember?", C)
    assert titles(parsed) == ["Fine Title", "How Far Do Graphs Remember?"]
    (problem,) = parsed.problems
    assert problem.location.text == "The Long Window"
    assert problem.location.last_line == problem.location.line + 6


def test_a_section_between_a_title_and_its_abstract_is_no_title() -> None:
    parsed = page("Fine Title", A, "The Long Window", "Background", B, "How Far Do Graphs Remember?", C)
    assert titles(parsed) == ["Fine Title", "How Far Do Graphs Remember?"]
    assert [problem.location.text for problem in parsed.problems] == ["The Long Window"]


def test_a_title_that_recurs_above_other_abstracts_is_a_heading_within_them() -> None:
    parsed = page("Fine Title", A, "What We Found", B, "The Long Window", B, "What We Found", C, "Gloves", A)
    assert titles(parsed) == ["Gloves"]
    assert [problem.location.text for problem in parsed.problems] == ["Fine Title", "The Long Window"]


@pytest.mark.parametrize("heading", ["Key Findings", "2. Results and Discussion", "Code Availability:"])
def test_how_a_section_may_be_called(heading: str) -> None:
    parsed = page("Fine Title", A, heading, B, BYLINE)
    assert [abstract(entry) for entry in parsed.entries] == [[A, heading, B]]


def test_headings_above_the_level_of_the_titles_are_no_titles() -> None:
    parsed = page("## Of Today", "The best.", "### Fine Title", A, "## Of Old", "The rest.", "### Gloves", B)
    assert [(entry.stated.title, abstract(entry)) for entry in parsed.entries] == [
        ("Fine Title", [A]),
        ("Gloves", [B]),
    ]


def test_headings_below_the_level_of_the_titles_are_parts_of_abstracts() -> None:
    method = ["#### Method of Ours", "We do it."]
    parsed = page("### Fine Title", A, *method, "### The Long Window", B, "#### Their Method", "They do it.")
    assert [(entry.stated.title, abstract(entry)) for entry in parsed.entries] == [
        ("Fine Title", [A, "Method of Ours", "We do it."]),
        ("The Long Window", [B, "Their Method", "They do it."]),
    ]


@pytest.mark.parametrize("mark", ["##", "###", "####"])
def test_where_headings_link_to_papers_no_other_is_a_title(mark: str) -> None:
    papers = [
        text
        for number, (title, below) in enumerate([("Fine Title", A), ("The Long Window", B)])
        for text in (f"### [{title}](https://huggingface.co/papers/2510.0000{number})", below, BYLINE)
    ]
    foreign = [f"{mark} Sponsored by Us", "Try our product today, it is good."]
    parsed = page(*foreign, *papers, *foreign)
    assert [(entry.stated.title, abstract(entry)) for entry in parsed.entries] == [
        ("Fine Title", [A]),
        ("The Long Window", [B]),
    ]


def test_a_short_text_under_a_heading_without_byline_amid_papers_with_one_is_no_paper() -> None:
    foot = ["### Stay Up to Date", "Subscribe to our newsletter and never miss a paper."]
    parsed = page("### Fine Title", A, BYLINE, "### The Long Window", B, BYLINE, *foot)
    assert titles(parsed) == ["Fine Title", "The Long Window"]
    assert [problem.location.text for problem in parsed.problems] == ["### Stay Up to Date"]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_wrapped_heading_is_one_title(width: int) -> None:
    title = "### The Long Window: Transcribing Recordings of Any Length with a Model"
    texts = ["### Fine Title", A, title, B, "### How Far Do Graphs Remember?", C]
    parsed = page(*("\n".join(textwrap.wrap(text, width)) for text in texts))
    assert [entry.stated.title for entry in parsed.entries] == [text[4:] for text in texts[::2]]


def test_a_heading_that_no_blank_line_parts_from_its_abstract_is_a_title() -> None:
    parsed = page(f"## Robotics\n### Fine Title\n{A}\n## Agents\n### The Long Window\n{B}")
    assert titles(parsed) == ["Fine Title", "The Long Window"]


@pytest.mark.parametrize("byline", [(BYLINE,), ()])
def test_headings_above_papers_of_plain_text_are_no_titles(byline: tuple[str, ...]) -> None:
    papers = ["The Long Window", B, *byline, "How Far Do Graphs Remember?", C, *byline]
    parsed = page("Fine Title", A, *byline, "## Robotics", *papers, "## Agents", "Gloves", A, *byline)
    assert titles(parsed) == ["Fine Title", "The Long Window", "How Far Do Graphs Remember?", "Gloves"]


def test_headings_above_a_blank_line_on_a_page_of_lines_are_no_titles() -> None:
    parsed = page("Robotics", f"Fine Title\n{A}\n{BYLINE}", "Agents", f"The Long Window\n{B}\n{BYLINE}")
    assert titles(parsed) == []
    assert [problem.location.text for problem in parsed.problems] == ["Robotics", "Agents"]


def test_what_is_below_an_abstract_on_a_page_that_marks_titles_is_told() -> None:
    parsed = page("### Fine Title", A, "Robotics", "### The Long Window", B)
    assert [abstract(entry) for entry in parsed.entries] == [[A], [B]]
    assert [problem.location.text for problem in parsed.problems] == ["Robotics"]


def test_a_short_text_under_a_heading_of_a_page_without_bylines_is_no_paper() -> None:
    parsed = page("## Fine Title", A, "## The Long Window", B, "## Related", "See also others.")
    assert titles(parsed) == ["Fine Title", "The Long Window"]
