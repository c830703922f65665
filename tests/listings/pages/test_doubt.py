"""What looks like a paper on a page whose other papers look otherwise is none."""

import datetime as dt
import textwrap

import pytest

from generator.listings import Parse, parse

ISSUE = dt.date(2025, 10, 3)
ABSTRACTS = (
    "We study how language models cite the sources that they are given, and find that they cite fewer.",
    "Long recordings are hard to transcribe, since a model sees a window of them. The errors fall.",
)
A, B = ABSTRACTS
HEAD = "Daily Papers\nbyAK and the research community\nOct 3\n\n"


def page(text: str) -> Parse:
    return parse(text.encode(), "2025-10-03-page.txt", ISSUE, "hf-daily")


def titles(text: str) -> list[str | None]:
    return [entry.stated.title for entry in page(text).entries]


def test_a_lone_paper_without_byline_amid_others_with_one_is_in_doubt() -> None:
    papers = "".join(f"Title of Pears {n}\n\n{A}\n\n  • {n} authors\n·\nOct 2\n\n" for n in range(1, 10))
    doubt = f"Fine Title\n\n{A}\n\nOur Contributions Are Many\n\n{B}\n\n  • 3 authors\n·\nOct 2\n\n"
    parsed = page(HEAD + papers + doubt + papers)
    assert len(parsed.entries) == 18
    (problem,) = parsed.problems
    assert "Fine Title" in problem.message
    assert problem.location.last_line - problem.location.line == 10


def test_headings_within_abstracts_are_no_papers() -> None:
    papers = "".join(f"Title of Pears {n}\n\n{A} {B}\n\n  • {n} authors\n·\nOct 2\n\n" for n in range(2, 8))
    headed = f"Title of Quinces\n\n{A}\n\nOur Contributions\n\nThey are many.\n\n  • 3 authors\n·\nOct 2\n\n"
    parsed = page(HEAD + papers + headed + papers + headed.replace("Quinces", "Medlars"))
    assert len(parsed.entries) == 12
    assert [problem.message.split("'")[1] for problem in parsed.problems] == [
        "Title of Quinces",
        "Title of Medlars",
    ]


def test_a_title_above_a_logo_is_not_the_page_s_own() -> None:
    assert "A Glued Title" in page("SubscribeA Glued Title\nHugging Face's logo\n\n:").problems[0].message


def test_numbers_of_links_whose_addresses_were_cut_off_are_no_words() -> None:
    text = (
        "Daily Papers\n\nby[6]AK and the research community\n\n   Oct 3\n\n"
        f"[10]A Fine Title\n\n   [11]{A}\n\n     * [12]3 authors\n   ·\n   Oct 2 [13]1\n\n"
        f"[15]The Long Window\n\n   [16]{B}\n\n     * [17]9 authors\n   ·\n   Oct 1"
    )
    assert titles(text) == ["A Fine Title", "The Long Window"]
    assert not page(text).problems


def test_the_addresses_of_an_empty_page_are_no_paper() -> None:
    assert not titles(HEAD + "References\n\n   1. https://huggingface.co/\n   2. https://huggingface.co/")


def test_the_head_of_a_page_of_jina_is_no_paper() -> None:
    text = (
        "Title: Daily Papers - Hugging Face\n\nURL Source: https://huggingface.co/papers\n\n"
        "Markdown Content:\nDaily Papers - Hugging Face\n=====\n\nDaily Papers\n====\n\n"
        "by[![Image 2](https://huggingface.co/a.png"
    )
    parsed = parse(text.encode(), "2025-10-03-page.txt", ISSUE)
    assert not parsed.entries
    assert parsed.problems


def test_the_footer_of_an_empty_page_is_no_paper() -> None:
    footer = "Previous\nOct 3\nNext\n\nSystem theme\nCompany\nTOS\nPrivacy\nAbout\nCareers\nModels\nDocs"
    parsed = page(f"{HEAD}{footer}")
    assert not parsed.entries
    assert "No papers were found" in parsed.problems[0].message


def test_attributes_of_pandoc_are_no_words() -> None:
    papers = "\n\n".join(
        f"### [{title}](/papers/2510.0000{n}){{.line-clamp-3}} {{.mb-1}}\n\n"
        f"[{abstract}](/papers/2510.0000{n}){{.x}}\n\n- 3 authors\n\n·\n\nOct 2"
        for n, title, abstract in ((1, "A Fine Title", A), (2, "The Long Window", B))
    )
    assert [
        (entry.stated.title, entry.stated.abstract, entry.stated.arxiv)
        for entry in page(HEAD + papers).entries
    ] == [("A Fine Title", A, "2510.00001"), ("The Long Window", B, "2510.00002")]


def test_how_long_ago_closes_a_paper_and_states_no_day() -> None:
    papers = "".join(
        f"Title of Pears {n}\n\n{A}\n\n  • {n} authors\n·\n{n} days ago\n\n" for n in range(2, 5)
    )
    parsed = page(HEAD + papers)
    assert [(entry.stated.author_count, entry.stated.published) for entry in parsed.entries] == [
        (2, None),
        (3, None),
        (4, None),
    ]
    (notice,) = parsed.problems
    assert notice.message == "3 papers say only how long ago, such as '2 days ago'; no day is known of them."


def test_days_of_a_language_that_is_not_known_are_an_error() -> None:
    papers = "".join(f"Title of Pears {n}\n\n{A}\n\nLab\n·\n{n} maja\n\n" for n in range(2, 5))
    parsed = page(HEAD + papers)
    assert not parsed.entries
    assert "The days of this page are not in English, such as '2 maja'" in parsed.problems[0].message


def test_a_rounded_number_of_authors_is_left_out() -> None:
    (entry,) = page(f"{HEAD}A Fine Title\n\n{A}\n\n  • 1.2k authors\n·\nOct 2\n").entries
    assert (entry.stated.author_count, entry.stated.organization) == (None, None)


@pytest.mark.parametrize("end", ["Code: https://f", "Code: https://github.com/", "See [it](https://huggi"])
@pytest.mark.parametrize("mark", ["", "### "])
def test_a_page_that_ends_within_a_link_is_cut(end: str, mark: str) -> None:
    parsed = page(f"{HEAD}{mark}A Fine Title\n\n{A}\n\n{mark}The Long Window\n\n{B} {end}")
    assert [entry.stated.title for entry in parsed.entries] == ["A Fine Title"]
    assert "ends inside a paper" in parsed.problems[0].message


@pytest.mark.parametrize(
    ("above", "below"), [("We correct", "and prove it."), ("We correct a claim.", "It was wrong.")]
)
def test_an_identifier_without_days_puts_what_is_around_it_in_doubt(above: str, below: str) -> None:
    text = (
        f"{A}\n\narXiv:2410.15392\nCreated: 2024-10-20\n\n"
        f"{above}\n\narXiv:2301.00001\n\n{below}\n\narXiv:2410.15393\nCreated: 2024-10-20\n"
    )
    parsed = parse(text.encode(), "2025-10-03-dump.txt", ISSUE)
    assert [entry.stated.arxiv for entry in parsed.entries] == ["2410.15392"]
    (problem,) = parsed.problems
    assert (problem.location.line, problem.location.last_line) == (6, 13)


def test_titles_over_two_lines_on_a_page_without_abstracts_are_no_papers() -> None:
    papers = "".join(
        f"Submitted by\nakhaliq\n5\nOptimal Control Meets Flow Matching: A\n{name} Route\n·\n3 authors\n1\n"
        for name in ("Principled", "Second", "Third")
    )
    parsed = page(f"new\n{HEAD.rstrip()}\n{papers}")
    assert not parsed.entries
    assert "no abstracts" in parsed.problems[0].message


def test_an_organization_above_a_repository_is_no_end_of_an_abstract() -> None:
    text = (
        f"## Trending Papers\n\n## by AK and the research community\n\n### A Fine Title\n\n{A}\n[ibm] IBM\n"
        f"[LINK: GitHub 3k](https://github.com/x/y)\n\n### The Long Window\n\n{B}\n- 9 authors\n"
        "[LINK: GitHub 3k](https://github.com/x/z)\n"
    )
    entry = page(text).entries[0].stated
    assert (entry.abstract, entry.organization_handle, entry.organization) == (A, "ibm", "IBM")


@pytest.mark.parametrize("title", ["τ-bench", "teaching c", "%d Formats"])
def test_a_title_in_lower_case_between_two_bylines_is_one(title: str) -> None:
    byline = "  • 3 authors\n·\nOct 2"
    text = "\n\n".join(["A Fine Title", A, byline, title, B, byline])
    assert titles(HEAD + text) == ["A Fine Title", title]


@pytest.mark.parametrize("title", ["τ-bench", "of Any Length"])
def test_what_begins_in_lower_case_may_be_the_rest_of_a_text(title: str) -> None:
    parsed = page(f"{HEAD}{title}\n\n{A}\n\n  • 3 authors\n·\nOct 2\n\nThe Long Window\n\n{B}\n\n·\nOct 2\n")
    assert [entry.stated.title for entry in parsed.entries] == ["The Long Window"]
    (problem,) = parsed.problems
    assert problem.message == (
        f"'{title}' may be the rest of a text above: it begins with a lower-case word or a sign."
    )


def test_titles_that_cannot_be_told_from_their_abstracts_are_no_page_without_abstracts() -> None:
    papers = [
        "\n".join(textwrap.wrap(f"{title} {text}", 40))
        for title, text in (
            ("Mistakes of Agents in a Large Shell", f"{A} {A} {A} {A}"),
            ("Ripe", f"{B} " * 4),
        )
    ]
    parsed = page(HEAD + "\n".join(f"{paper}\n3 authors\n·\nOct 2" for paper in papers))
    assert not parsed.entries
    assert [problem.message.split("'")[2] for problem in parsed.problems] == [
        " is one paragraph: no title is told from its abstract."
    ] * 2


@pytest.mark.parametrize(
    "links", ["« Oct 2\n\nOct 4 »", "\u2039 Oct 2 | Oct 4 \u203a", "Oct 2\n\nOct 4", "«\n\n»"]
)
def test_links_to_other_days_around_a_page_are_its_own(links: str) -> None:
    papers = "\n\n".join(f"{title}\n\n{A}\n\n·\nOct 2" for title in ("Ripe Pears", "Two Quinces"))
    parsed = page(f"{HEAD}{links}\n\n{papers}\n\n{links}\n")
    assert [entry.stated.title for entry in parsed.entries] == ["Ripe Pears", "Two Quinces"]
    assert not parsed.problems


@pytest.mark.parametrize("room", [0, 1, 3])
def test_a_page_that_was_wrapped_short_of_its_widest_line_is_read(room: int) -> None:
    """`fold -s` leaves room for a space, `fmt` for more; a line that was not wrapped may be wider."""
    papers = ["The Long Window of a Model for Recordings of Any Length", B * 3, "• 6 authors", "·", "Oct 2"]
    rows = [row for text in papers for row in textwrap.wrap(text, 40 - room)]
    assert titles(HEAD + "Get trending papers in your email inbox!\n" + "\n".join(rows)) == papers[:1]


LINKED = "### [{0}](https://huggingface.co/papers/2606.0000{1})\n\n{2}\n\n3 authors\n\n·\n\nMay 29\n\n"
VOTES = "[12](https://huggingface.co/login?next=%2Fpapers%2F2606.00009)"


@pytest.mark.parametrize("end", ["### [The Lo", "### [The Long](https://hugg", VOTES, VOTES[:30]])
def test_a_page_that_ends_in_a_mark_is_cut(end: str) -> None:
    parsed = page(HEAD + LINKED.format("Ripe Pears", 1, A) + LINKED.format("Two Quinces", 2, B) + end)
    assert [entry.stated.title for entry in parsed.entries] == ["Ripe Pears", "Two Quinces"]
    (problem,) = parsed.problems
    assert problem.message.startswith("This listing ends inside a paper: ")


def test_a_day_that_is_said_again_is_no_paper_s() -> None:
    byline = "  • 3 authors\n·\nOct 2\n\nPublished on Oct 1\n\nUpvote\n3"
    parsed = page(f"{HEAD}Ripe Pears\n\n{A}\n\n{byline}\n\nTwo Quinces\n\n{B}\n\n{byline}\n")
    assert (len(parsed.entries), parsed.problems) == (2, ())


def test_a_page_that_was_broken_amid_words_is_one_error() -> None:
    more = "Agents that act within a shell make mistakes that any person would notice, without undoing them."
    texts = ["The Long Window", f"{A} {B} {more}", "• 6 authors", "·", "Oct 2"]
    rows = [text[start : start + 20] for text in texts for start in range(0, len(text), 20)]
    parsed = page(HEAD + "\n".join(rows))
    assert not parsed.entries
    assert [problem.message for problem in parsed.problems] == [
        "The lines of this page are broken after 20 characters, amid words; no paper is read."
    ]


def test_a_sentence_between_paragraphs_is_no_title_where_no_paper_has_a_byline() -> None:
    questions = f"The Long Window\n\n{B}\n\n{A}\n\nWhile dominant, is this the best way of training?\n\n{B}"
    statement = f"Quinces\n\n{A} {B}\n\nAt the Core Is the Proposed Technique.\n\n{B}"
    parsed = page(f"{HEAD}First Pears\n\n{A}\n\n{questions}\n\n{statement}\n\nLast Pears\n\n{A}\n\nSubscribe")
    assert [entry.stated.title for entry in parsed.entries] == ["First Pears", "Last Pears"]
    assert [problem.location.line for problem in parsed.problems] == [9, 19]


def test_a_question_without_capitals_is_a_title_where_each_abstract_has_one_paragraph() -> None:
    question = "What are human values, and how do we align them?"
    assert titles(f"{HEAD}First Pears\n\n{A}\n\n{question}\n\n{B}\n\nSubscribe") == ["First Pears", question]


def test_a_line_of_authors_above_each_abstract_is_no_title() -> None:
    names = ("Ann Lee, Bob B. Ray", "\u00c9mile Zola", "Carl van Orr and Li Wei, et al.")
    papers = "\n\n".join(f"Title of Pears {n}\n\n{name}\n\n{A}" for n, name in enumerate(names, 1))
    parsed = page(f"{HEAD}{papers}\n\nSubscribe")
    assert not parsed.entries
    assert "Title of Pears 1" in parsed.problems[0].message


def test_a_heading_above_what_goes_on_in_an_abstract_is_no_title() -> None:
    parts = ("Loose Ends", f"However, {A} {B}"), ("Why It Matters", f"{A} {B}"), ("What We Release", B)
    for heading, below in parts:
        above = f"A First Title of Many Fine Pears\n\n{A} {B}\n\nSecond Pears\n\n{B} {A}"
        text = f"{HEAD}{above}\n\n{heading}\n\n{below}\n\nSubscribe"
        assert heading not in titles(text)
        assert "A First Title of Many Fine Pears" in titles(text)
