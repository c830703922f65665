"""The layout of share images, in a type whose letters are half as wide as high, and which has no CJK."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.share_images.elements import Face, Ink, Rule, ShareImage, Style, Words
from generator.website.share_images.layout import HEIGHT, MARGIN, WIDTH, arrange, leading


def advance(character: str, style: Style) -> int | None:
    return None if character >= "\u3000" else style.size // 2 + style.tracking


def width(words: Words) -> int:
    return sum(advance(character, words.style) or 0 for character in words.text)


def words_of(share_image: ShareImage) -> list[Words]:
    return [placed for placed in arrange(share_image, advance) if isinstance(placed, Words) and placed.text]


def heading(*headings: str) -> list[Words]:
    return words_of(ShareImage(nameplate="", headings=headings))


def texts(share_image: ShareImage) -> list[str]:
    return [words.text for words in words_of(share_image)]


def test_it_reads_from_nameplate_to_facts() -> None:
    share_image = ShareImage(
        nameplate="The Digest",
        label="Data",
        pick=True,
        headings=("A title",),
        who="A lab",
        facts="1 May 2025",
    )
    assert texts(share_image) == ["The Digest", "PICK", "DATA", "A title", "A lab", "1 May 2025"]


def placed(found: ShareImage) -> list[str]:
    """Return the words and rules from the top: where each begins, and its size."""
    return [
        f"{words.x},{words.baseline} {words.style.size} {words.text}".strip()
        if isinstance(words, Words)
        else f"{words.y} {words.thickness * '-'} {words.ink}"
        for words in arrange(found, advance)
    ]


RULES = ["112 ------ black", "122 -- black"]


def test_a_paper_has_its_heading_between_label_and_facts() -> None:
    share_image = ShareImage(
        nameplate="The Digest",
        label="Data",
        pick=True,
        headings=("A title of so many words that it takes three lines",),
        who="A lab",
        facts="1 May 2025",
    )
    assert placed(share_image) == [
        "64,96 36 The Digest",
        *RULES,
        "64,164 24 PICK",
        "152,164 24 DATA",
        "64,269 92 A title of so many",
        "64,369 92 words that it",
        "64,469 92 takes three lines",
        "528 -- grey",
        "64,568 26 A lab",
        "1006,568 26 1 May 2025",
    ]


def test_the_digest_has_its_motto_below_its_name() -> None:
    motto = "Papers worth an hour, of which each is read by two of us before it is shown"
    share_image = ShareImage(nameplate="digest.example", headings=("The Digest",), motto=motto)
    assert placed(share_image) == [
        "64,96 36 digest.example",
        *RULES,
        "64,164 24",
        "64,284 112 The Digest",
        "64,367 36 Papers worth an hour, of which each is",
        "64,419 36 read by two of us before it is shown",
    ]


def test_an_issue_has_titles_below_a_smaller_heading() -> None:
    share_image = ShareImage(
        nameplate="The Digest", label="Issue", headings=("30 October 2025",), titles=("One", "Two")
    )
    assert placed(share_image) == [
        "64,96 36 The Digest",
        *RULES,
        "64,164 24 ISSUE",
        "64,245 60 30 October 2025",
        "64,302 30 One",
        "64,342 30 Two",
    ]


def test_only_a_pick_is_red() -> None:
    plain, picked = (ShareImage(nameplate="N", headings=("T",), pick=pick) for pick in (False, True))
    assert [words.text for words in words_of(picked) if words.style.ink is Ink.RED] == ["PICK"]
    assert [words for words in words_of(plain) if words.style.ink is Ink.RED] == []


@pytest.mark.parametrize(
    ("most", "lines", "size", "tracking", "leading"),
    [
        (20, 2, 112, -2, 124),
        (22, 2, 100, -2, 112),
        (36, 3, 92, -1, 100),
        (39, 3, 84, -1, 92),
        (42, 3, 76, -1, 84),
        (64, 4, 68, -1, 76),
        (90, 5, 60, -1, 64),
        (105, 5, 52, -1, 56),
        (144, 6, 44, 0, 48),
        (180, 6, 36, 0, 52),
    ],
)
def test_a_heading_is_as_large_as_its_length_allows(
    most: int, lines: int, size: int, tracking: int, leading: int
) -> None:
    found = heading("a " * most)
    assert (len(found), found[0].style.size, found[0].style.tracking) == (lines, size, tracking)
    assert found[1].baseline - found[0].baseline == leading
    longer = heading("a " * (most + 1))
    assert longer[0].style.size < size or longer[-1].text.endswith(" …")


def test_a_heading_of_170_characters_is_whole() -> None:
    title = "Digestion Algorithm in Hierarchical Symbolic Forests: A Fast Text Normalization Algorithm and "
    title += "Semantic Parsing Framework for Specific Scenarios and Lightweight Deployment"
    assert " ".join(words.text for words in heading(title)) == title


def test_a_longer_one_ends_in_an_ellipsis() -> None:
    lines = heading("word " * 1000)
    assert lines[-1].text.endswith(" …")
    assert {words.style.size for words in lines} == {36}


def test_the_first_heading_is_taken_that_the_fonts_can_show() -> None:
    assert [words.text for words in heading("大模型", "", "arXiv 2510.1", "slug")] == ["arXiv 2510.1"]
    assert heading("大模型") == []


def test_no_more_than_400_characters_of_a_text_are_read() -> None:
    assert [words.text for words in heading("A" + 398 * " " + "BC")] == ["A B"]


@pytest.mark.parametrize(
    ("number", "last"), [(2, "Title 1"), (6, "Title 5"), (7, "and 2 more"), (60, "and 55 more")]
)
def test_of_many_titles_the_first_are_shown(number: int, last: str) -> None:
    titles = tuple(f"Title {n}" for n in range(number))
    found = texts(ShareImage(nameplate="", headings=("30 October 2025",), titles=titles))
    assert found[1:3] == ["Title 0", "Title 1"]
    assert found[-1] == last


def test_titles_that_cannot_be_shown_are_counted_among_the_others() -> None:
    found = texts(ShareImage(nameplate="", headings=("Day",), titles=("A", "大模型", "B")))
    assert found == ["Day", "A", "B", "and 1 more"]


@pytest.mark.parametrize(
    ("words", "titles", "shown"),
    [
        (14, ["One", "Two", "Three", "Four"], ["One", "Two", "Three", "Four"]),
        (14, ["One", "Two", "Three", "Four", "Five"], ["One", "Two", "Three", "and 2 more"]),
        (28, ["One"], ["One"]),
        (28, ["One", "Two"], []),
        (35, ["One"], []),
        (35, ["One", "Two"], []),
    ],
)
def test_titles_have_the_room_that_is_left(words: int, titles: list[str], shown: list[str]) -> None:
    found = ShareImage(nameplate="", headings=("word " * words,), titles=tuple(titles))
    assert texts(found)[words // 7 :] == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [(1, 2 * [9 * "words " + "words"] + [8 * "words " + "words …"]), (34, [])],
)
def test_a_motto_has_the_room_that_is_left(words: int, shown: list[str]) -> None:
    found = ShareImage(nameplate="", headings=("word " * words,), motto="words " * 60)
    assert [text for text in texts(found) if "words" in text] == shown


def test_who_gives_way_to_the_facts() -> None:
    share_image = ShareImage(nameplate="", headings=("T",), who="A lab " * 40, facts="30 October 2025")
    *_, who, facts = words_of(share_image)
    assert who.text.endswith(" …")
    assert facts.text == "30 October 2025"
    assert who.x + width(who) < facts.x
    assert facts.x + width(facts) == WIDTH - MARGIN


def test_without_facts_there_is_no_rule_for_them() -> None:
    bare, full = (ShareImage(nameplate="N", headings=("T",), who=who) for who in ("", "A lab"))
    rules = [sum(isinstance(placed, Rule) for placed in arrange(found, advance)) for found in (bare, full)]
    assert rules == [2, 3]


ANY = st.text(max_size=600) | st.sampled_from(["A" * 5000, "A b" * 2000, "", "大" * 50])
CLIPPINGS = st.builds(
    ShareImage,
    nameplate=ANY,
    label=ANY,
    pick=st.booleans(),
    headings=st.lists(ANY, min_size=1, max_size=3).map(tuple),
    motto=ANY,
    titles=st.lists(ANY, max_size=12).map(tuple),
    who=ANY,
    facts=ANY,
)


@given(CLIPPINGS)
def test_words_keep_the_margins_and_do_not_run_into_each_other(share_image: ShareImage) -> None:
    found = words_of(share_image)
    for words in found:
        assert words.x >= MARGIN
        assert words.x + width(words) <= WIDTH - MARGIN
        assert MARGIN < words.baseline < HEIGHT - MARGIN + 4
    for above, below in pairwise(found):
        if above.baseline == below.baseline:
            assert above.x + width(above) < below.x
        else:
            assert below.baseline - above.baseline >= min(leading(above.style), leading(below.style)) * 3 // 4


def test_faces_tell_what_is_said_by_whom() -> None:
    share_image = ShareImage(nameplate="N", label="L", headings=("H",), motto="M", titles=("T",), who="W")
    faces = {words.text: words.style.face for words in words_of(share_image)}
    sans = {text for text, face in faces.items() if face is Face.SANS}
    assert sans == {"L", "W"}
