"""Listings of thousands of papers, and of megabytes, whatever is in them; `make soak` has the largest."""

import pytest

from generator.listings import parse

pytestmark = pytest.mark.slow

MEGABYTE = 1_000_000
ABSTRACT = "The abstract says what the paper found, at some length, and where its code is. " * 14
HEADERS = {
    "hf-daily": "Daily Papers\n\n",
    "hf-similar": "Get trending papers in your email inbox once a day!\n",
}
PAPERS = {
    "hf-daily": f"A Title {{number}}\n\n{ABSTRACT}\n\n  • 6 authors\n·\nApr 16, 2021\n\n",
    "hf-similar": f"A Title {{number}}\n{ABSTRACT}\n",
    "arxiv-dump": f"{ABSTRACT}\n\n13 pages\n\narXiv:2411.00001\nCreated: 2024-11-03\n\n",
}


@pytest.mark.parametrize("count", [2_000, pytest.param(42_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", PAPERS)
def test_many_papers(name: str, count: int) -> None:
    papers = "".join(PAPERS[name].replace("{number}", str(number)) for number in range(count))
    parsed = parse((HEADERS.get(name, "") + papers).encode(), "page.txt", None)
    assert (len(parsed.entries), parsed.problems) == (count, ())
    assert {entry.stated.abstract for entry in parsed.entries} == {ABSTRACT.strip()}


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "a ",
        "http://",
        "https://github.com/a/b,",
        r"https://github.com/a\_",
        "Subscribe",
        "project page ",
        "·",
        "\x00",
        "a paragraph that was wrapped by hand\n",
    ],
)
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("hf-daily", 4 * MEGABYTE),
        ("hf-similar", MEGABYTE),  # all that reads it reads hf-daily too
        ("arxiv-dump", 4 * MEGABYTE),
        *(pytest.param(name, 50 * MEGABYTE, marks=pytest.mark.soak) for name in PAPERS),
    ],
)
def test_megabytes_of_one_piece(name: str, piece: str, size: int) -> None:
    data = ("A Title\n" + piece * (size // len(piece.encode()))).encode()
    parsed = parse(data, "page.txt", None, name)
    assert len(parsed.entries) <= 1
    assert parsed.problems or parsed.entries


@pytest.mark.parametrize(
    "text", [f"[{'a ' * (MEGABYTE // 2)}](x)", "\\" * MEGABYTE + "a", "a" + " " * MEGABYTE + "a"]
)
def test_a_megabyte_on_a_line_of_a_page_saved_as_markdown(text: str) -> None:
    mark = "### [A Title](https://huggingface.co/papers/2606.00001)\n\n"
    data = (HEADERS["hf-daily"] + mark * 2 + text).encode()
    assert parse(data, "page.txt", None, "hf-daily").problems
