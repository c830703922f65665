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


def test_words_and_rules_have_their_places_from_the_top() -> None:
    share_image = ShareImage(
        nameplate="The Digest",
        label="Data",
        headings=("A title",),
        motto="What is new",
        who="A lab",
        facts="1 May 2025",
    )
    places = [
        (placed.baseline, placed.text) if isinstance(placed, Words) else (placed.y, f"-- {placed.thickness}")
        for placed in arrange(share_image, advance)
    ]
    assert places == [
        (96, "The Digest"),
        (112, "-- 6"),
        (122, "-- 2"),
        (164, "DATA"),
        (284, "A title"),
        (367, "What is new"),
        (528, "-- 2"),
        (568, "A lab"),
        (568, "1 May 2025"),
    ]


def test_only_a_pick_is_red() -> None:
    plain, picked = (ShareImage(nameplate="N", headings=("T",), pick=pick) for pick in (False, True))
    assert [words.text for words in words_of(picked) if words.style.ink is Ink.RED] == ["PICK"]
    assert [words for words in words_of(plain) if words.style.ink is Ink.RED] == []


def test_a_heading_is_as_large_as_its_length_allows() -> None:
    sizes = [heading("word " * count)[0].style.size for count in (1, 10, 14, 20, 28, 60)]
    assert sizes == [112, 92, 84, 68, 60, 36]


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
