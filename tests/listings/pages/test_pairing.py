"""Which text is a title, which the abstract above it, and which in doubt."""

import pytest

from generator.listings.entry import Span
from generator.listings.pages.bylines import Kind, Piece
from generator.listings.pages.pairing import (
    Passage,
    Verdict,
    above_byline,
    end_of_abstract,
    in_turn,
    is_of_list,
    may_be_title,
)
from generator.listings.sentences import begins_as_continuation, ends_whole

LONG = "Words without a full stop " * 20
PAPER, STRAYS = Verdict.PAPER, Verdict.STRAYS


def pieces(*texts: str) -> list[Piece]:
    return [Piece(Kind.TEXT, text, number, number) for number, text in enumerate(texts, start=1)]


def by_lines(*texts: str) -> list[tuple[Verdict, int]]:
    """Return what passages the lines of a page without bylines are, and of how many lines."""
    return [(passage.verdict, len(passage.texts)) for passage in in_turn(pieces(*texts), by_lines=True)]


def by_paragraphs(*texts: str) -> list[tuple[Verdict, int]]:
    return [(passage.verdict, len(passage.texts)) for passage in in_turn(pieces(*texts), by_lines=False)]


def above(*texts: str) -> list[tuple[Verdict, int]]:
    """Return what passages the texts above one byline are, and of how many texts."""
    return [(passage.verdict, len(passage.texts)) for passage in above_byline(pieces(*texts))]


def test_titles_and_abstracts_in_turn() -> None:
    assert by_lines("A Title", "An abstract.", "A Title", LONG) == [(PAPER, 2), (PAPER, 2)]


def test_a_line_that_goes_on_with_a_sentence_is_of_the_abstract_above() -> None:
    rest = "which goes on, and ends here."
    assert by_lines("A Title", f"{LONG}and breaks off", rest) == [(PAPER, 3)]
    assert by_lines("A Title", "An abstract.", rest) == [(PAPER, 2), (STRAYS, 1)]


def test_a_title_may_be_a_question() -> None:
    assert by_lines("A Title", "Is This an Abstract?", "It is not.") == [(STRAYS, 1), (PAPER, 2)]


def test_adjacent_strays_are_one_passage() -> None:
    assert by_lines("A Title", "A Title", "A Title", "An abstract.") == [(STRAYS, 2), (PAPER, 2)]


def test_an_abstract_without_a_title_where_each_line_is_an_item() -> None:
    assert by_lines("A Title", "An abstract.", LONG, "A Title", "An abstract.") == [
        (PAPER, 2),
        (STRAYS, 1),
        (PAPER, 2),
    ]


def test_a_second_paragraph_where_blank_lines_part_the_items() -> None:
    assert by_paragraphs("A Title", "An abstract.", "Its second paragraph, no title.", "A Title", LONG) == [
        (PAPER, 3),
        (PAPER, 2),
    ]


def test_an_abstract_broken_in_two_is_no_paper() -> None:
    assert by_lines("A Title", LONG, LONG, "A Title", "An abstract.") == [(STRAYS, 3), (PAPER, 2)]


def test_a_list_belongs_to_the_abstract_above() -> None:
    assert by_paragraphs("A Title", "An abstract.", "- First", "2. Second") == [(PAPER, 4)]


def test_all_between_a_title_and_its_byline_belongs_to_the_paper() -> None:
    assert above("A Title", "An abstract, which ends:", "- First", "- Second", "And so on.") == [(PAPER, 5)]


def test_two_texts_above_a_byline_are_a_title_and_an_abstract_however_it_ends() -> None:
    assert above("A Title", "An abstract that does not end") == [(PAPER, 2)]


def test_another_paper_above_a_byline_where_one_has_none() -> None:
    assert above("A Title", "An abstract.", "Another Title", "Another abstract.") == [(PAPER, 2), (PAPER, 2)]


@pytest.mark.parametrize(
    "texts",
    [
        ("A Title",),
        ("of a title", "An abstract."),
        ("This is no title, but a sentence.", "An abstract."),
        ("A Title", "Background", "An abstract."),
        ("A Title", "An abstract.", "Keywords and Phrases"),
        ("A Title", "An abstract.", "Something that may be a title", "Another abstract."),
        ("A Title", "An abstract that breaks off in its", "Another Title", "Another abstract."),
        ("A Title", "An abstract.", "Another Title"),
        ("A Title", "An abstract.", "Another Title", "A Third Title"),
        ("A Title", "An abstract.", "Another Title", "of it."),
        ("A Title", "An abstract.", "Another Title", "https://pears.example"),
        ("A Title", "Methods", "An abstract.", "Its second paragraph."),
        ("A Title", "We write;", "Pears"),
    ],
)
def test_what_is_in_doubt_above_a_byline_is_no_paper(texts: tuple[str, ...]) -> None:
    assert above(*texts) == [(STRAYS, len(texts))]


@pytest.mark.parametrize(
    ("texts", "papers"),
    [
        ((), []),
        (("A Title", "Background", "An abstract.", "Methods", "Others."), [5]),
        (("A Title", "An abstract.", "Results", "It is so."), [4]),
        (("A Title", "We write,", "it is so."), [3]),
        (("A Title", "One.", "Methods", "Two.", "Another Title", "Three."), [4, 2]),
        (("A Title", "An abstract.", "Another Title", "- A list."), [2, 2]),
    ],
)
def test_how_many_texts_papers_above_a_byline_have(texts: tuple[str, ...], papers: list[int]) -> None:
    assert above(*texts) == [(PAPER, count) for count in papers]


@pytest.mark.parametrize(
    ("texts", "is_paper"),
    [
        (("teaching c", "An abstract."), True),
        (("teaching c " + "x" * 200, "An abstract."), True),
        (("teaching c", "An abstract.", "Its second paragraph."), False),
        (("teaching c", "An abstract without a stop"), False),
        (("teaching c", "teach it."), False),
        (("teaching c.", "An abstract."), False),
        (("of Any Length", "An abstract."), False),
        (("We teach. We learn " + "x" * 200, "An abstract."), False),
    ],
)
def test_two_texts_between_bylines_may_begin_in_lower_case(texts: tuple[str, ...], is_paper: bool) -> None:
    (passage,) = above_byline(pieces(*texts), is_below_byline=True)
    assert passage.verdict is (PAPER if is_paper else STRAYS)
    assert above(*texts) == [(STRAYS, len(texts))]


@pytest.mark.parametrize(
    ("texts", "of_lines", "of_paragraphs"),
    [
        ((), [], []),
        (("A Title",), [(STRAYS, 1)], [(STRAYS, 1)]),
        (("A Title", "No abstract"), [(STRAYS, 2)], [(STRAYS, 2)]),
        (("A Title", "One.", "Methods", "Two."), [(PAPER, 4)], [(PAPER, 4)]),
        (("A Title", "One.", "Methods", "Two"), [(PAPER, 2), (STRAYS, 2)], [(PAPER, 2), (STRAYS, 2)]),
        (("Methods", "Two."), [(STRAYS, 2)], [(STRAYS, 2)]),
        (("A Title", "One.", "goes on."), [(PAPER, 2), (STRAYS, 1)], [(PAPER, 3)]),
        (("A Title", "One.", LONG), [(PAPER, 2), (STRAYS, 1)], [(PAPER, 3)]),
        (("A Title", "One.", "- an item"), [(PAPER, 2), (STRAYS, 1)], [(PAPER, 2), (STRAYS, 1)]),
        (("A Title", "One.", "- an item", "- another"), [(PAPER, 4)], [(PAPER, 4)]),
        (("A Title", "One.", "- an item."), [(PAPER, 3)], [(PAPER, 3)]),
        (("A Title", "- one."), [(PAPER, 2)], [(PAPER, 2)]),
        (("A Title", "of it."), [(STRAYS, 2)], [(STRAYS, 2)]),
        (("A Title", "https://pears.example"), [(STRAYS, 2)], [(STRAYS, 2)]),
    ],
)
def test_what_texts_without_bylines_are(
    texts: tuple[str, ...], of_lines: list[tuple[Verdict, int]], of_paragraphs: list[tuple[Verdict, int]]
) -> None:
    assert (by_lines(*texts), by_paragraphs(*texts)) == (of_lines, of_paragraphs)


@pytest.mark.parametrize(
    ("texts", "end", "end_of_links"),
    [
        (("A Title",), 1, 1),
        (("A Title", "One"), 2, 2),
        (("A Title", "One.", "Two"), 2, 2),
        (("A Title", "One.", "Two.", "Robotics", "Four."), 3, 2),
        (("A Title", "One.", "### Methods of Ours", "Two."), 4, 2),
        (("A Title", "One.", "Methods", "Two."), 4, 2),
        (("A Title", "One.", "- an item"), 2, 2),
        (("A Title", "One:", "- an item", "- another", "Robotics"), 4, 2),
        (("A Title", "@One.", "@Two.", "Three."), 4, 3),
        (("A Title", "@One.", "@Robotics", "@Three."), 2, 2),
    ],
)
def test_where_an_abstract_ends(texts: tuple[str, ...], end: int, end_of_links: int) -> None:
    """`###` marks a heading, `@` a link."""
    marked = [
        piece._replace(
            text=piece.text.lstrip("#@ "),
            href="/x" * piece.text.startswith("@"),
            heading=3 * piece.text.startswith("#"),
        )
        for piece in pieces(*texts)
    ]
    assert end_of_abstract(marked, is_linked=False) == end
    assert end_of_abstract(marked, is_linked=True) == end_of_links


@pytest.mark.parametrize(
    ("text", "above", "below", "is_item"),
    [
        ("- an item", "One:", "", True),
        ("- an item", "One.", "", False),
        ("- an item.", "One.", "", True),
        ("- an item", "- one", "", True),
        ("- an item", "One.", "- one", True),
        ("- an item", "One.", "one", False),
        ("an item.", "One:", "", False),
    ],
)
def test_what_is_an_item_of_a_list(text: str, above: str, below: str, is_item: bool) -> None:
    assert is_of_list(text, above, below) is is_item


def test_the_place_the_length_and_the_name_of_a_passage() -> None:
    day = Piece(Kind.DAY, "Oct 2", 9, 10)
    paper = Passage(PAPER, pieces("A Title", "One.", "Two."), [day])
    assert (paper.span, paper.length, paper.name) == (Span(1, 10), 8, "A Title")
    assert Passage(STRAYS, [], [day]).name == "Oct 2"


@pytest.mark.parametrize(
    "text",
    [
        "- First, we count citations",
        "• 6 aut",
        "* item",
        "1. We count",
        "(ii) We count",
        "of Any Length",
        "self-attention is costly",
        "### A Title",
        "](https://huggingface.co/papers/2606.00001)",
        "][33]",
        "[",
        "[A Title](https://huggingface.co/papers/2606.00001)",
        "[A Title][32]",
        "[A Title]",
        "[20]A Title",
        ", and so on",
    ],
)
def test_how_no_title_begins(text: str) -> None:
    assert begins_as_continuation(text)
    assert not may_be_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "A Title",
        "xPear: A Fruit",
        "h-calibration: A Text",
        "dots.ocr: A Reader",
        "code2seq: Sequences",
        "vLLM",
        "3D Pears",
        "$\\tau$-bench",
        "[Re] A Study",
        "“Pears”",
        "梨的研究",
        "Attention Is All You Need.",
    ],
)
def test_what_may_be_a_title(text: str) -> None:
    assert may_be_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "It ends.",
        "Does it end?",
        "It ends!",
        "(It ends.)",
        "``It ends.''",
        "It ends…",
        r"At \url{https://a.b/c}",
    ],
)
def test_a_text_that_ends_whole(text: str) -> None:
    assert ends_whole(text)


@pytest.mark.parametrize(
    "text", ["It does not", "It does not,", "It does (not", "It does 3.5", "It does https"]
)
def test_a_text_that_breaks_off(text: str) -> None:
    assert not ends_whole(text)


@pytest.mark.parametrize(
    ("begin", "end", "length", "may_be"),
    [
        ("On Pears", ".", 200, True),
        ("On Pears", ".", 201, False),
        ("We see pears", "x", 200, True),
        ("We see pears", "x", 201, False),
        ("We see pears", ".", 200, False),
        ("On Pears", ",", 20, False),
    ],
)
def test_how_long_a_title_may_be_and_how_end(begin: str, end: str, length: int, may_be: bool) -> None:
    assert may_be_title(begin.ljust(length - 1, "x") + end) is may_be


@pytest.mark.parametrize("length", [301, 999])
def test_a_long_title_in_which_no_sentence_ends(length: int) -> None:
    title = ("On Pears, a Study of Ripeness " * 40)[: length - 2] + "of"
    assert may_be_title(title)
    assert not may_be_title(f"We study pears. {title}")
    assert by_lines(title, "An abstract.") == [(PAPER, 2)]


def test_no_title_begins_with_the_words_of_a_page() -> None:
    assert not may_be_title("Get trending papers in your email inbox! Subscribe")
