"""What of a text can be shown in fonts that have few characters: here Latin-1, Greek and a box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.share_images.legible import legible


def has(character: str) -> bool:
    return character <= "ÿ" or "Ͱ" <= character <= "Ͽ" or character == "□"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A title", "A title"),
        ("  white \n space ", "white space"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("the ﬁnal \N{MATHEMATICAL BOLD CAPITAL B}ench", "the final Bench"),
        ("τ²-Bench", "τ²-Bench"),
        ("Qwen3 文言: a survey", "Qwen3 a survey"),
        ("🤗 Transformers", "Transformers"),
        ("A □ box", "A box"),
        ("zero\N{ZERO WIDTH SPACE}width\N{SOFT HYPHEN}", "zerowidth"),
        ("private \ue000 use", "private use"),
        ("大模型综述", ""),
        ("Half 大模型综", "Half"),
        ("LLM 大模型综述", ""),
        ("مراجعة", ""),
        ("…?!", ""),
        ("", ""),
    ],
)
def test_what_the_fonts_lack_is_spelled_out_or_left_out(text: str, shown: str) -> None:
    assert legible(text, has) == shown


@given(st.text())
def test_nothing_is_shown_that_the_fonts_lack(text: str) -> None:
    shown = legible(text, has)
    assert all(has(character) for character in shown)
    assert "□" not in shown
    assert shown == " ".join(shown.split())


@given(st.text())
def test_what_is_shown_is_legible(text: str) -> None:
    shown = legible(text, has)
    assert legible(shown, has) == shown
