import pytest

from generator.listings import links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at https://github.com/orchard/pears", {"code": "https://github.com/orchard/pears"}),
        ("at https://github.com/orchard/pears/", {"code": "https://github.com/orchard/pears/"}),
        ("at https://gitlab.com/orchard/pears.", {"code": "https://gitlab.com/orchard/pears"}),
        ("at https://github.com/orchard/pears..", {"code": "https://github.com/orchard/pears"}),
        ("(https://github.com/orchard/pears).", {"code": "https://github.com/orchard/pears"}),
        ("[https://github.com/orchard/pears], and", {"code": "https://github.com/orchard/pears"}),
        (r"\url{https://github.com/orchard/pears}", {"code": "https://github.com/orchard/pears"}),
        (r"at https://github.com/orchard/ripe\_pears", {"code": "https://github.com/orchard/ripe_pears"}),
        ("at GitHub.com/orchard/pears.", {"code": "https://GitHub.com/orchard/pears"}),
        ("at www.github.com/orchard/pears", {"code": "https://www.github.com/orchard/pears"}),
        ("HTTP://github.com/orchard/pears", {"code": "http://github.com/orchard/pears"}),
        ("codehttps://github.com/orchard/pears", {"code": "https://github.com/orchard/pears"}),
        ("https://anonymous.4open.science/r/pears-1", {"code": "https://anonymous.4open.science/r/pears-1"}),
        ("https://github.com/orchard/pears.Our method", {"code": "https://github.com/orchard/pears"}),
        ("https://github.com/orchard/pears.js and", {"code": "https://github.com/orchard/pears.js"}),
        ("https://github.com/orchard/Pears.Net", {"code": "https://github.com/orchard/Pears.Net"}),
        ("https://github.com/orchard/pears](https://a.b)", {"code": "https://github.com/orchard/pears"}),
        ("代码见https://github.com/orchard/pears。", {"code": "https://github.com/orchard/pears"}),
        ("代码在https://github.com/orchard/pears上提供", {"code": "https://github.com/orchard/pears"}),
        (
            "https://github.com/orchard/pears/tree/main/梨",
            {"code": "https://github.com/orchard/pears/tree/main/梨"},
        ),
        ("Project page: https://пример.рф/груши.", {"project": "https://пример.рф/груши"}),
        (
            "Project page: https://fruit.example/Birne_(Frucht)?a=ö.",
            {"project": "https://fruit.example/Birne_(Frucht)?a=ö"},
        ),
        ("(project page https://fruit.example/pears)", {"project": "https://fruit.example/pears"}),
        ("see https://pears.github.io.", {"project": "https://pears.github.io"}),
        ("see https://orchard.gitlab.io/pears/", {"project": "https://orchard.gitlab.io/pears/"}),
        ("Project page: https://orchard.example/pears", {"project": "https://orchard.example/pears"}),
        (
            "https://huggingface.co/datasets/orchard/pears,",
            {"data": "https://huggingface.co/datasets/orchard/pears"},
        ),
        ("https://huggingface.co/orchard/pears-7b", {"model": "https://huggingface.co/orchard/pears-7b"}),
    ],
)
def test_a_link(text: str, found: dict[str, str]) -> None:
    assert links.find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "on GitHub",
        "https://github.com/orchard",
        "https://github.com/orchard/.",
        "https://notgithub.com/orchard/pears",
        "notgithub.com/orchard/pears",
        "mail@github.com/orchard/pears",
        "the competitionhttp://pears.example/.",
        "https://huggingface.co/papers/2410.12265",
        "https://huggingface.co/collections/orchard/pears",
        "javascript:alert('https:')",
        "ftp://github.com",
        "https://",
        "",
    ],
)
def test_no_link(text: str) -> None:
    assert links.find(text) == {}


def test_the_first_of_a_kind_is_taken() -> None:
    text = "https://github.com/a/first, https://a.github.io/, https://github.com/a/second"
    assert links.find(text) == {"code": "https://github.com/a/first", "project": "https://a.github.io/"}
