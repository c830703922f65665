"""What speaks against filing a page, at each border. In these pages each word is a paper's title."""

import datetime as dt
from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.ingest import parsing
from generator.ingest.captures import Capture, CaptureReport
from generator.listings import Entry, Parse, Span
from generator.model import Stated
from generator.problem import Location, error
from tests.support.digest import Write

MONDAY = dt.date(2025, 11, 24)


def parse_words(data: bytes, path: str, issue: dt.date | None, format_name: str | None = None) -> Parse:
    """Return the papers of a page: "A@2" is published on Tuesday, "A!" has an error, "!" is one by itself."""
    entries: list[Entry] = []
    problems = []
    for line, word in enumerate(data.decode().split(), 1):
        title, _, day = word.removesuffix("!").partition("@")
        if word.endswith("!"):
            problems.append(error(Location(path=path, line=line), "Cut."))
        if title:
            published = MONDAY + dt.timedelta(int(day) - 1) if day else None
            stated = Stated(title=title, published=published)
            entries.append(Entry(position=len(entries) + 1, span=Span(line, line), stated=stated))
    return Parse(entries=tuple(entries), problems=tuple(problems), source=path.rpartition(".")[2])


@pytest.fixture(autouse=True)
def pages_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse", parse_words)


def filed(root: Path, page: str, day: int | None = 1, name: str = "a.txt") -> CaptureReport:
    """Return what comes of filing a page under the first, second ... day of the week."""
    (root / name).write_text(page)
    issue = MONDAY + dt.timedelta(day - 1) if day else None
    return ingest(root, [Capture(file=root / name, issue=issue)]).captures[0]


@pytest.mark.parametrize(
    ("page", "refusals"),
    [
        ("A B A B", ["2 of 4 papers appear twice; was the page pasted twice?"]),
        ("A B A B A", ["2 of 5 papers appear three times; was the page pasted three times?"]),
        ("A B A", []),
        ("A B A C", []),
        ("A B C D E A B C", []),
        # cut, a copy may have fewer papers: three, and half of the page
        ("A B C D E A B C !", ["cut", "3 of 8 papers appear twice; was the page pasted twice?"]),
        ("A B C D E F A B C !", ["cut", "3 of 9 papers appear twice; was the page pasted twice?"]),
        ("A B C D E F G A B C !", ["cut"]),
        ("A B C A B !", ["cut"]),
        # and the copy after a cut one may lack its first paper
        ("A B C D B C D !", ["cut", "3 of 7 papers appear twice; was the page pasted twice?"]),
        ("A B C D E C D E !", ["cut"]),
        ("A B C D B C E !", ["cut"]),
        ("A B C!", []),
    ],
)
def test_a_page_that_was_pasted_again_is_refused(digest: Write, page: str, refusals: list[str]) -> None:
    found = filed(digest(""), page).refusals
    assert [reason if "appear" in reason else reason[:3] for reason in found] == refusals


def test_of_a_page_that_was_pasted_twice_the_errors_of_the_last_copy_are_told(digest: Write) -> None:
    problems = filed(digest(""), "A B! A! B").problems
    assert [problem.location.line for problem in problems] == [3]


@pytest.mark.parametrize(
    ("usual", "papers", "refusals"),
    [
        (10, "X", ()),
        (11, "X", ("1 paper; pages of this source usually have 11",)),
        (21, "X Y", ("2 papers; pages of this source usually have 21",)),
    ],
)
def test_a_page_of_less_than_a_tenth_of_the_usual_papers_is_refused(
    digest: Write, usual: int, papers: str, refusals: tuple[str, ...]
) -> None:
    root = digest("")
    for day in (1, 2, 3):
        assert filed(root, " ".join(f"{day}x{number}" for number in range(usual)), day).listing
    assert filed(root, papers, 4).refusals == refusals
    assert filed(root, papers, 4, "a.html").refusals == (), "it is of another source"


@pytest.mark.parametrize(
    ("page", "refusals"),
    [
        ("A@2 B@2", ()),
        ("A@2 B@3", ("1 paper was published after this issue's day, 25 November 2025",)),
        ("A@3 B@3 C", ("2 papers were published after this issue's day, 25 November 2025",)),
    ],
)
def test_a_paper_from_the_future_is_refused(digest: Write, page: str, refusals: tuple[str, ...]) -> None:
    assert filed(digest(""), page, 2).refusals == refusals


@pytest.mark.parametrize(
    ("page", "day", "name", "refusals"),
    [
        ("A B", 3, "a.txt", ("all 2 are already in yesterday's listing: 2025-11-25-a.txt",)),
        ("A B", 4, "a.txt", ("all 2 are already in the listing of 25 November 2025: 2025-11-25-a.txt",)),
        ("A B", 4, "a.html", ("all 2 are already in the listing of 25 November 2025: 2025-11-25-a.txt",)),
        ("A B Z", 3, "a.txt", ()),
        ("C E", 3, "a.txt", ()),
        ("C E", None, "a.txt", ()),
        ("A", 3, "a.txt", ()),
        ("A B", 2, "a.html", ("all 2 are already in yesterday's listing: 2025-11-24-a.txt",)),
        ("C D", 1, "a.html", ()),
        ("A B", None, "a.txt", ("all 2 are of 2025-11-25-a.txt: name the day with --issue",)),
        ("A B", None, "a.html", ()),
    ],
)
def test_a_page_of_papers_that_an_earlier_listing_has_is_refused(
    digest: Write, page: str, day: int | None, name: str, refusals: tuple[str, ...]
) -> None:
    root = digest("")
    assert filed(root, "A B C D").listing
    assert filed(root, "A B E F G", 2).listing
    assert filed(root, page, day, name).refusals == refusals


def test_of_a_source_s_earlier_answers_that_have_all_papers_the_newest_is_named(digest: Write) -> None:
    root = digest("")
    for day, page, repeats in ((24, "A B", ""), (25, "A B C", ""), (26, "B A", "2025-11-25-a.txt")):
        (root / "a.txt").write_text(page)
        capture = Capture(file=root / "a.txt", issue=dt.date(2025, 11, day), is_fetched=True)
        assert ingest(root, [capture]).captures[0].repeats == repeats


@pytest.mark.parametrize(
    ("page", "replaces", "resembles"),
    [
        ("A B C", "2025-11-24-a.txt", ""),  # three of four
        ("A B X", "", "2 of its 3 papers are in 2025-11-24-a.txt too, which has 4. "),
        ("A X", "", "1 of its 2 papers are in 2025-11-24-a.txt too, which has 4. "),
        ("A X Y", "", ""),
    ],
)
def test_another_page_of_the_day_replaces_the_first_or_resembles_it(
    digest: Write, page: str, replaces: str, resembles: str
) -> None:
    root = digest("")
    assert filed(root, "A B C D").listing
    found = filed(root, page, name="b.txt")
    more = "If this is a new capture of it: `broadsheet undo 2025-11-24-a.txt`."
    assert (found.replaces, found.resembles) == (replaces, resembles and resembles + more)
    assert filed(root, "A B C D", name="a.html").resembles == "", "it is of another source"


@pytest.mark.parametrize(
    ("page", "renamed"), [("A B C", {"2025-11-25-b.txt": "2025-11-24-a.txt"}), ("A B", {})]
)
def test_a_listing_that_names_three_of_four_papers_of_one_that_is_gone_is_that_one_renamed(
    digest: Write, page: str, renamed: dict[str, str]
) -> None:
    root = digest("")
    assert filed(root, "A B C D").listing
    (root / "content/listings/2025-11-24-a.txt").unlink()
    (root / "content/listings/2025-11-25-b.txt").write_text(page)
    assert ingest(root).renamed == renamed
