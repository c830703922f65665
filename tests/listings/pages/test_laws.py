"""Laws of pages: however one is cut, wrapped, marked or surrounded, its papers are the same."""

import datetime as dt
import random
import textwrap

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.listings import Entry, parse
from generator.problem import has_error
from tests.support.examples import MORE

ISSUE = dt.date(2025, 10, 30)
HEAD = """\
new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Oct 30"""
BULLETS = ["  • ", "- ", "* ", "· ", "", "•", "  •\u00a0", "\u2013 "]
BOILERPLATE = [
    "new",
    "Subscribe",
    "Get trending papers in your email inbox!",
    "Get trending papers in your email inbox once a day!",
    "Daily Papers",
    "byAK and the research community",
    "Submitted by akhaliq",
    "Weekly",
    "[logo]",
    "---",
]
BLANK = ["\u200b", "\ufeff", "\u00a0"]
"""What shows as a blank line: in a page without blank lines it would begin another layout."""
WORDS = [
    "pears",
    "of",
    "an",
    "orchard",
    "are",
    "ripe",
    "end-to-end",
    "$x^2$",
    "BERT",
    "(first)",
    "20",
    "é",
    "multi-modal",
    "We",
]
NAMES = ["Pears", "and", "Orchards", "End-to-End", "BERT", "of", "$\\tau$", "Über", "3D", "Quinces:", "A"]
ORGANIZATIONS = [
    "orchard Orchard Labs",
    "Peking University",
    "Université",
    "naver-ai NAVER AI Lab",
    "Fruit & Sons",
]

pytestmark = pytest.mark.slow


class Paper(msgspec.Struct, frozen=True):
    """A well-formed entry of a page."""

    title: str
    abstract: str
    authors: int | None
    organization: str
    day: str

    def text(self, bullet: str = "  • ", between: str = "\n\n") -> str:
        count = f"{self.authors:,}" if self.authors and self.authors > 999 else self.authors
        of = (
            self.organization if self.authors is None else f"{bullet}{count} author{'s' * (self.authors > 1)}"
        )
        return f"{self.title}{between}{self.abstract}{between}{of}\n·\n{self.day}"


DICE = random.Random(20251030)
SENTENCES = [f"The {' '.join(DICE.choices(WORDS, k=DICE.randint(12, 30)))}." for _ in range(2000)]
TITLES = [f"T {' '.join(DICE.choices(NAMES, k=DICE.randint(2, 9)))} Study" for _ in range(2000)]
"""Made once: hypothesis takes longer to draw a page word by word than the parser takes to read it."""
PAPERS = st.builds(
    Paper,
    title=st.sampled_from(TITLES),
    abstract=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join),
    authors=st.none() | st.integers(1, 2000),
    organization=st.sampled_from(ORGANIZATIONS),
    day=st.sampled_from(["Apr 16, 2021", "May 30", "Mar 8, 2024 6", "Oct 1 3", "Published on Oct 4, 2024"]),
)
PAGES = st.lists(PAPERS, min_size=2, max_size=6, unique_by=lambda paper: paper.title)
BETWEEN = st.sampled_from(["\n\n", "\n"])


def page(papers: list[Paper], bullet: str = "  • ", between: str = "\n\n") -> str:
    return "\n\n".join([HEAD, *(paper.text(bullet, between) for paper in papers)])


def entries(text: str) -> tuple[Entry, ...]:
    return parse(text.encode(), "page.txt", ISSUE).entries


def stated(text: str) -> list[tuple[object, ...]]:
    """Return what a page states, wherever on it."""
    return [(entry.position, entry.stated, entry.discussion) for entry in entries(text)]


@given(papers=PAGES, between=BETWEEN)
def test_a_page_gives_its_papers(papers: list[Paper], between: str) -> None:
    found = [(entry.stated.title, entry.stated.abstract) for entry in entries(page(papers, between=between))]
    assert found == [(paper.title, paper.abstract) for paper in papers]
    assert not has_error(parse(page(papers, between=between).encode(), "page.txt", ISSUE).problems)


@given(papers=PAGES, between=BETWEEN, data=st.data())
@settings(max_examples=200 * MORE)
def test_a_page_cut_anywhere_keeps_the_papers_above_and_names_the_last(
    papers: list[Paper], between: str, data: st.DataObject
) -> None:
    text = page(papers, between=between)
    whole = entries(text)
    first = (
        len(HEAD) + len(papers[0].text(between=between)) + 2
    )  # a page cut inside its first paper has no other
    cut = text[: data.draw(st.integers(first, len(text) - 1))]
    lines = text.split("\n")
    number = cut.count("\n") + 1
    above = [entry for entry in whole if entry.span.last < number]
    parsed = parse(cut.encode(), "page.txt", ISSUE)
    last = next((entry for entry in whole if entry.span.first <= number <= entry.span.last), None)
    if last and number == last.span.last and not cut.endswith("\n"):
        # What is left of a day, or of a day and its count of comments, may be a day as well.
        assert parsed.entries[: len(above)] == tuple(above)
        assert [entry.stated.title for entry in parsed.entries[len(above) :]] in ([], [last.stated.title])
        return
    assert parsed.entries == tuple(above)
    begun = (last is not None and any(lines[last.span.first - 1 : number - 1])) or (
        last and cut.split("\n")[-1].strip()
    )
    if begun and last:
        problem = max(parsed.problems, key=lambda problem: problem.location.line)
        assert problem.location.line == last.span.first
        assert problem.message.startswith("This listing ends inside a paper: ")


@given(
    papers=PAGES,
    width=st.integers(24, 140),
    at_hyphens=st.booleans(),
    indent=st.sampled_from(["", "  ", "   "]),
)
@settings(max_examples=200 * MORE)
def test_a_page_wrapped_at_any_width_gives_the_same_papers(
    papers: list[Paper], width: int, at_hyphens: bool, indent: str
) -> None:
    text = page(papers)
    wrapped = [
        textwrap.wrap(
            line, width, break_on_hyphens=at_hyphens, break_long_words=False, subsequent_indent=indent
        )
        or [""]
        for line in text.split("\n")
    ]
    assert stated("\n".join(row for rows in wrapped for row in rows)) == stated(text)


@given(papers=PAGES, between=BETWEEN, bullet=st.sampled_from(BULLETS))
def test_any_mark_before_the_number_of_authors_gives_the_same_papers(
    papers: list[Paper], between: str, bullet: str
) -> None:
    assert stated(page(papers, bullet, between)) == stated(page(papers, between=between))


@given(papers=PAGES, between=BETWEEN, data=st.data())
@settings(max_examples=200 * MORE)
def test_boilerplate_between_the_items_gives_the_same_papers(
    papers: list[Paper], between: str, data: st.DataObject
) -> None:
    items = [HEAD, *(item for paper in papers for item in paper.text(between="\n\n").split("\n\n"))]
    words = BOILERPLATE + (BLANK if between == "\n\n" else [])
    around = data.draw(
        st.lists(st.lists(st.sampled_from(words), max_size=3), min_size=len(items), max_size=len(items))
    )
    blocks = [block for item, more in zip(items, around, strict=True) for block in (item, *more)]
    assert stated(between.join(blocks)) == stated(page(papers))


def study(number: int) -> str:
    """Return a title and an abstract of some length, without a byline."""
    abstract = f"We study pear {number} at length. It has {number} seeds, and is found to be ripe."
    return f"The Study of Pear {number}\n\n{abstract}"


def assert_last_is_cut(text: str, count: int) -> None:
    parsed = parse(text.encode(), "page.txt", ISSUE)
    (problem,) = parsed.problems
    assert len(parsed.entries) == count - 1
    assert (
        problem.message == f"This listing ends inside a paper: 'The Study of Pear {count - 1}' is not whole."
    )


@pytest.mark.parametrize("count", [2, 3, 10, 60])
def test_where_no_paper_has_a_byline_a_missing_one_proves_no_cut(count: int) -> None:
    text = "\n\n".join([HEAD, *(study(number) for number in range(count))])
    parsed = parse(text.encode(), "page.txt", ISSUE)
    assert (len(parsed.entries), parsed.problems) == (count, ())


@pytest.mark.parametrize("count", [2, 3, 10, 60])
def test_where_no_paper_has_a_byline_an_abstract_that_breaks_off_is_cut(count: int) -> None:
    text = "\n\n".join([HEAD, *(study(number) for number in range(count))]).removesuffix(
        " is found to be ripe."
    )
    assert_last_is_cut(text, count)


@pytest.mark.parametrize("count", [2, 3, 10, 60])
def test_where_the_others_have_bylines_a_last_paper_without_one_is_cut(count: int) -> None:
    byline = "\n\n  • 3 authors\n·\nMay 30\n\n"
    text = f"{HEAD}\n\n{byline.join(study(number) for number in range(count))}"
    assert_last_is_cut(text, count)


@pytest.mark.parametrize("count", [2, 3, 10, 60])
def test_boilerplate_below_the_last_paper_proves_that_the_page_goes_on(count: int) -> None:
    byline = "\n\n  • 3 authors\n·\nMay 30\n\n"
    text = f"{HEAD}\n\n{byline.join(study(number) for number in range(count))}\n\nSubscribe"
    parsed = parse(text.encode(), "page.txt", ISSUE)
    assert (len(parsed.entries), parsed.problems) == (count, ())
