"""Names: which part sorts, and what stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.citations.names import Name, name_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Other", Name("Other", "Ann")),
        ("Ann B. Other-Else", Name("Other-Else", "Ann B.")),
        ("Laurens van der Maaten", Name("van der Maaten", "Laurens")),
        ("bell hooks", Name("hooks", "bell")),
        ("José Ángel", Name("Ángel", "José")),
        ("van der Maaten, Laurens", Name("van der Maaten", "Laurens")),
        ("张三", Name("张三")),
        ("Gemini Team", Name("Gemini Team")),
        ("LHCb Collaboration", Name("LHCb Collaboration")),
        ("Barnes and Noble", Name("Barnes and Noble")),
        ("John Other Jr.", Name("John Other Jr.")),
        ("Other, Jr., John", Name("Other, Jr., John")),
        ("Meta AI", Name("Meta AI")),
        ("Agent 47", Name("Agent 47")),
        ("others", Name("others")),
        (",", Name(",")),
        ("Other,", Name("Other,")),
    ],
)
def test_a_name_has_parts_where_it_is_plainly_a_persons(text: str, name: Name) -> None:
    assert name_of(text) == name


@given(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool))
def test_no_word_of_a_name_is_lost(text: str) -> None:
    name = name_of(text)
    assert sorted(name.natural.replace(",", " ").split()) == sorted(text.replace(",", " ").split())
