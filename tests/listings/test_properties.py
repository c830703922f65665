"""What holds for any bytes, and for any listing of made-up papers."""

import datetime as dt
from itertools import pairwise

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.listings import FORMATS, PLAIN, Parse, parse
from generator.listings.entry import BLANK
from generator.listings.pages.boilerplate import BOILERPLATE, MAKER, is_boilerplate
from generator.listings.pages.days import page_day
from generator.model import Stated
from generator.problem import Severity
from tests.support.examples import MORE

PIECES = [
    *sorted(BOILERPLATE - {"Submitted by", "and the research community"}),
    "SubscribeA Glued Title",
    "A Title",
    "Is This a Title?",
    "An abstract.",
    "An abstract with https://github.com/orchard/pears",
    "An abstract longer than any title " * 10,
    "  • 6 authors",
    "1 authors",
    "•",
    "·",
    "orchard Orchard Labs",
    "Oct 30",
    "Feb 29",
    "Feb 30 2",
    "May 12, 2023 1",
    "May 12, 0000",
    "13 pages",
    "arXiv:2411.00001v2",
    "arXiv:hep-th/9901001",
    "arXiv:pears",
    "Created: 2024-11-03 Updated: 2024-11-04",
    "Created: 2024-13-40",
    "Updated:",
    "### [A Title](https://huggingface.co/papers/2606.00001)",
    "[An abstract.](https://huggingface.co/papers/2606.00001)",
    "[101](https://huggingface.co/login?next=%2Fpapers%2F2606.00001)",
    "[![](https://a.b/c.png)Orchard Labs](https://huggingface.co/orchard) · Published on Oct 4, 2024",
    "https://huggingface.co/papers/2606.00001",
    "## A Heading",
    "[",
    "][33]",
    "   1. https://huggingface.co/papers/2606.00001",
    "GitHub 1.2k",
    "Upvote",
    "101",
    "-",
    "",
    "",
]
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25)
TEXTS = st.builds(
    lambda line_break, lines: line_break.join(lines), st.sampled_from(["\n", "\r\n", "\r"]), LINES
)
BYTES = st.builds(
    lambda head, text, tail: head + text.encode(errors="surrogatepass") + tail,
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    TEXTS,
    st.binary(max_size=3),
)
ISSUES = st.none() | st.dates()
TEXT_FORMATS = {form.NAME for form in PLAIN}
NAMES = st.sampled_from([None, "pears", *(form.NAME for form in FORMATS)])


@given(data=BYTES | st.binary(), issue=ISSUES, name=NAMES)
@settings(max_examples=500 * MORE)
def test_any_bytes_are_accounted_for(data: bytes, issue: dt.date | None, name: str | None) -> None:
    parsed = parse(data, "page.txt", issue, name)
    if name in TEXT_FORMATS:  # the problem of a structured record names the place of its flaw alone
        mended = parse(data.decode(errors="replace").replace("\ufffd", "?").encode(), "page.txt", issue, name)
        left_out = structs.replace(mended, problems=())  # an error on bytes names the papers that they are in
        assert lines_covered(parsed) | lines_covered(left_out) >= set(range(1, number_of_lines(data) + 1))
    assert parsed.entries or any(problem.severity is Severity.ERROR for problem in parsed.problems)


@given(data=BYTES, issue=ISSUES, name=NAMES)
def test_entries_are_in_order_and_do_not_overlap(
    data: bytes, issue: dt.date | None, name: str | None
) -> None:
    entries = parse(data, "page.txt", issue, name).entries
    for above, below in pairwise(entries):
        assert above.span.last < below.span.first
        assert above.position < below.position


@given(data=BYTES, issue=ISSUES, name=NAMES)
def test_what_is_stated_fits_the_model(data: bytes, issue: dt.date | None, name: str | None) -> None:
    for entry in parse(data, "page.txt", issue, name).entries:
        assert msgspec.convert(msgspec.to_builtins(entry.stated), Stated) == entry.stated


@given(text=TEXTS, issue=ISSUES, name=NAMES)
def test_boilerplate_is_boilerplate(text: str, issue: dt.date | None, name: str | None) -> None:
    assume(not any(mark in text for mark in ("](", "][", "##", "/papers/")))  # a saved page marks its titles
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = max((number for number, line in enumerate(lines) if MAKER.fullmatch(line.strip())), default=0)
    for span in parse(text.encode(errors="replace"), "page.txt", issue, name).boilerplate:
        for line in lines[max(head, span.first - 1) : span.last]:
            bare = line.strip(BLANK)
            assert not bare or is_no_text(bare) or not bare.isprintable()


def is_no_text(line: str) -> bool:
    """Tell whether a line is the page's own word or day, or a lone number, which is a count of something."""
    return is_boilerplate(line) or bool(page_day(line)) or line.strip("0123456789.,kK-+*[] ") == ""


class MadeUp(msgspec.Struct, frozen=True):
    title: str
    abstract: str
    byline: str


WORDS = st.lists(
    st.sampled_from(["pears", "On", "é", "$x^2$", "new", "Subscribe", "6", "·"]), min_size=1, max_size=6
)
NAMES_OF_PAPERS = st.lists(
    st.sampled_from(["Pears", "on", "É", "$x^2$", "New", "6", "Quinces", "of"]), min_size=1, max_size=6
)
MADE_UP = st.builds(
    lambda title, abstract, byline: MadeUp(f"T {' '.join(title)}", f"A {' '.join(abstract)}.", byline),
    NAMES_OF_PAPERS,
    WORDS,
    st.sampled_from(["", "  • 6 authors\n·\nApr 16, 2021", "orchard Orchard Labs\n·\nOct 1 3", "·\nMay 2"]),
)
AROUND = st.lists(st.sampled_from(["", *sorted(BOILERPLATE - {"Submitted by"})]), max_size=4).map("\n".join)


def different(papers: list[MadeUp]) -> bool:
    """Tell whether no two papers have the same title: neighbours that do are taken for one."""
    return len({paper.title for paper in papers}) == len(papers)


@given(papers=st.lists(st.tuples(AROUND, MADE_UP), min_size=1, max_size=8))
def test_no_byline_and_no_boilerplate_shifts_a_daily_page(papers: list[tuple[str, MadeUp]]) -> None:
    assume(different([paper for _, paper in papers]))
    blocks = [f"{around}\n{paper.title}\n\n{paper.abstract}\n\n{paper.byline}\n" for around, paper in papers]
    text = "\n".join(["Get trending papers in your email inbox!\n", *blocks, "Subscribe"])
    parsed = parse(text.encode(), "page.txt", dt.date(2025, 10, 30), "hf-daily")
    stated = [(one.stated.title, one.stated.abstract, one.stated.published is None) for one in parsed.entries]
    expected = [(paper.title, paper.abstract, not paper.byline) for _, paper in papers]
    if len({is_undated for *_, is_undated in expected}) == 1:
        assert stated == expected
    else:  # what lacks a byline amid others may be in doubt
        assert [one for one in expected if one in stated] == stated
        lines = text.split("\n")
        shown = lines_covered(Parse(problems=parsed.problems))
        assert all(one in stated or lines.index(one[0]) + 1 in shown for one in expected)


@given(papers=st.lists(MADE_UP, min_size=1, max_size=8), around=AROUND)
def test_a_similar_page_gives_its_papers(papers: list[MadeUp], around: str) -> None:
    text = "\n".join([around, *(f"{paper.title}\n{paper.abstract}" for paper in papers)])
    entries = parse(text.encode(), "page.txt", None, "hf-similar").entries
    assert [(entry.stated.title, entry.stated.abstract) for entry in entries] == [
        (paper.title, paper.abstract) for paper in papers
    ]


def lines_covered(parsed: Parse) -> set[int]:
    spans = [(entry.span.first, entry.span.last) for entry in parsed.entries]
    spans += [(span.first, span.last) for span in parsed.boilerplate]
    places = [problem.location for problem in parsed.problems]
    spans += [(place.line, max(place.line, place.last_line)) for place in places]
    return {line for first, last in spans for line in range(first, last + 1)}


def number_of_lines(data: bytes) -> int:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").count(b"\n") + 1
