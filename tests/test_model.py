"""What the values of records and settings may be, at both sides of each border."""

from typing import Any

import pytest

from generator.model import (
    ArxivId,
    CorrectionId,
    Count,
    Doi,
    Paragraphs,
    Slug,
    Text,
    WebUrl,
    Year,
    fits,
)
from generator.settings import Command, Language, ListingName, MailAddress, Port, Repository, Unsubscribe


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Text, ["x"], [""]),
        (Paragraphs, ["x"], [""]),
        (Slug, ["x", "a-1", "a" * 120], ["", "a" * 121, "a--b", "A", "a\n"]),
        (CorrectionId, ["x", "a/b-1", "a" * 120], ["", "a" * 121, "a//b", "a\n"]),
        (Count, [0, "1"], [-1, "x"]),
        (Year, [1000, 2999], [999, 3000]),
        (ArxivId, ["2410.12265", "hep-th/9901001"], ["2410.122", "hep-th/99010011", "2410.12265\n"]),
        (Doi, ["10.1145/x"], ["10.114/x", "10.1145/", "10.1145/x\n"]),
        (WebUrl, ["http://a"], ["ftp://a", "https://", "https://a\n"]),
        (Port, [1, 65535], [0, 65536]),
        (MailAddress, ["a@b"], ["a@", "a@b\n"]),
        (Unsubscribe, ["https://a/{address}", "mailto:a"], ["http://a", "mailto:{name}", "mailto:a\n"]),
        (Language, ["en", "pt-BR"], ["e", "en-B", "en\n"]),
        (Repository, ["https://a.example/b/c"], ["https://a.example/b", "https://a.example/b/c\n"]),
        (Command, ["x", "a\nb"], ["", "yes", "1.5", "\0"]),
        (ListingName, ["x"], ["", "no"]),
    ],
)
def test_a_value_is_of_its_type_up_to_the_border(kind: Any, right: list[Any], wrong: list[Any]) -> None:
    assert [value for value in right if not fits(value, kind)] == []
    assert [value for value in wrong if fits(value, kind)] == []
