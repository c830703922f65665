"""An editors' note as plain text."""

import pytest

from generator.website.pages.mail_notes import note_paragraphs

ROOT = "https://digest.example/base/"


@pytest.mark.parametrize(
    ("note", "paragraphs"),
    [
        ("Plain, *stressed* and **strong** `code`.", ["Plain, stressed and strong code."]),
        ('"Quoted"\nin two lines', ["“Quoted” in two lines"]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("See [this](https://a.example/b).", ["See this <https://a.example/b>."]),
        ("See <https://a.example/b>.", ["See https://a.example/b."]),
        ("See [it](/papers/x/).", ["See it <https://digest.example/base/papers/x/>."]),
        ("See [it](../x/).", ["See it <https://digest.example/base/papers/a/../x/>."]),
        ("See [it](//a.example/x).", ["See it <https://a.example/x>."]),
        ("- one\n- two\n\n3. three", ["- one", "- two", "3. three"]),
        ("> quoted", ["quoted"]),
        ("    code\n    more", ["code more "]),
        ("<b>&lt; &amp;</b> [x](javascript:alert(1))", ["<b>< &</b> [x](javascript:alert(1))"]),
        ("escape \x1b[31m\u202e", ["escape [31m"]),
    ],
)
def test_a_note_is_words(note: str, paragraphs: list[str]) -> None:
    assert list(note_paragraphs(note, ROOT, f"{ROOT}papers/a/")) == paragraphs
