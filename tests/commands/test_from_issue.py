"""From an issue: a reader's suggestion or correction, in the words of the forms; nothing of it is trusted."""

import datetime as dt
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
import yaml

from generator.commands import issue_text
from generator.commands.from_issue import FIELDS
from generator.commands.from_issue import from_issue as carry_out
from generator.commands.issue_text import IssueText, read_issue
from generator.ingest.report import IngestReport
from generator.problem import Problem
from generator.website.issue_forms import REPORT, SUGGEST, report_link, suggest_link
from tests.support.digest import Write
from tests.support.libraries import SITE, library, paper, planned, texts, tree
from tests.support.program import Broadsheet
from tests.support.rows import record

REPOSITORY, GITHUB = "https://github.com/lab/digest", "//a[contains(@href, 'github.com')]"
SUGGESTED = """\
### Title, arXiv identifier or DOI

Attention  Is All You Need

### Why it belongs here

It began *all* of this.
<script>alert(1)</script> \x1b[31m

pick: true

### Your name

Ada: "Lovelace"
"""
MISTAKE = """\
### Address of the page

https://digest.example/base/papers/a/

### What is wrong

{field}

### What it should say

{right}

### Where that can be seen

_No response_
"""
TEXT = """
== content/papers/a.yaml
title: Alpha  # as listed
authors: [A. One]
arxiv: "2410.12265"
issue: 2025-10-30
id: a
listed:
- {listing: 2025-10-30-x.txt, issue: 2025-10-30, position: 1}
note: Mine.
== content/receipts/2025-10-30-x.txt.jsonl
{"id":"a","position":1,"stated":{"title":"Alpha","arxiv":"2410.12265"}}
"""
PATH, MADE = "content/papers/a.yaml", "content/papers/2025/attention-is-all-you-need.yaml"


Run = Callable[[str | bytes], tuple[IngestReport, Path]]


@pytest.fixture
def run(digest: Write) -> Run:
    """Return a function that carries out an issue, and returns what was done, and the digest."""
    root = digest(TEXT)

    def from_issue(text: str | bytes) -> tuple[IngestReport, Path]:
        issue = read_issue(text if isinstance(text, bytes) else text.encode(), "issue.md")
        if isinstance(issue, Problem):
            return IngestReport(problems=(issue,)), root
        return carry_out(root, issue, dt.date(2025, 10, 31), "issue.md"), root

    return from_issue


def mistake(field: str, right: str) -> str:
    return MISTAKE.format(field=field, right=right)


def test_a_suggestion_becomes_a_draft(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest(TEXT)
    (root / "issue.md").write_text(SUGGESTED)
    done = broadsheet("from-issue", "issue.md", "--issue", "2025-10-31", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"new     {MADE}, a draft",
        "Read it, give it a theme, and remove `draft: true` when it is ready.",
    ]
    found = record(root, MADE.removeprefix("content/papers/"))
    assert found.title == "Attention Is All You Need"
    assert found.note == "It began *all* of this.\n<script>alert(1)</script> [31m\npick: true"
    assert (found.by, found.draft, found.pick, found.themes) == ('Ada: "Lovelace"', True, False, ())


def test_a_paper_that_is_there_is_not_made_again(run: Run) -> None:
    report, _ = run(SUGGESTED.replace("Attention  Is All You Need", "arXiv:2410.12265v3"))
    assert [problem.message for problem in report.problems] == ["There is a record of this paper: 'a'."]


@pytest.mark.parametrize(
    ("field", "right", "line"),
    [
        ("Title", "Alpha:  a *new* title\x1b", "title: 'Alpha: a *new* title'  # as listed"),
        ("arXiv identifier", "https://arxiv.org/abs/2410.12266v2", 'arxiv: "2410.12266"'),
        ("Venue", "ACL 2024", "venue: ACL 2024"),
        ("Day of publication", "2025-10-01", "published: 2025-10-01"),
        ("Abstract", "One\r\ntwo.\r\n\r\nThree.", "  One two."),
    ],
)
def test_a_correction_changes_what_listings_state_or_nobody_does(
    run: Run, field: str, right: str, line: str
) -> None:
    report, root = run(mistake(field, right))
    name = FIELDS[field]
    before = TEXT.split(f"{PATH}\n")[1].split("== ", maxsplit=1)[0].splitlines()
    after = (root / PATH).read_text().splitlines()
    assert line in after
    assert [row for row in before if not row.startswith(f"{name}:")] == [
        row for row in after if row in before and not row.startswith(f"{name}:")
    ]
    assert report.plan.edited[0].changes[0].startswith(f"{name}: ")


def test_authors_that_a_listing_states_are_corrected_from_a_list_of_names(run: Run) -> None:
    _, root = run("Hello")
    receipt = root / "content/receipts/2025-10-30-x.txt.jsonl"
    receipt.write_text(receipt.read_text().replace('"title"', '"authors":["A. One"],"title"'))
    issue = mistake("Authors", "- B. Two,\n-  C. Three").replace("_No response_", "https://x.example/")
    report, _ = run(issue)
    assert report.problems == ()
    assert "\nauthors: [B. Two, C. Three]\n" in (root / PATH).read_text()
    assert report.plan.edited[0].changes == (
        "authors: 'A. One' -> 'B. Two, C. Three'",
        "as seen at 'https://x.example/'",
    )


def test_a_page_by_an_old_name_or_of_a_name_that_two_records_have(run: Run) -> None:
    _, root = run("Hello")
    record = root / PATH
    record.write_text(record.read_text().replace("note:", "formerly: [old]\nnote:"))
    assert run(mistake("Venue", "ACL").replace("/a/", "/old/"))[0].problems == ()
    assert "venue: ACL\n" in record.read_text()
    (root / "content/papers/more").mkdir()
    (root / "content/papers/more/a.yaml").write_text("title: Another\n")
    assert [found.message for found in run(mistake("Venue", "EMNLP"))[0].problems] == [
        "2 records are named 'a'."
    ]


def test_a_record_that_cannot_be_edited_and_a_digest_without_settings_are_told(run: Run) -> None:
    _, root = run("Hello")
    (root / PATH).write_text("? title\n: Alpha\n")
    [problem] = run(mistake("Venue", "ACL"))[0].problems
    assert problem.message == "This record cannot be edited safely. To be changed: `venue:` to 'ACL'."
    (root / "content/site.yaml").write_text("title: [\n")
    assert [found.location.path for found in run(mistake("Venue", "ACL"))[0].problems] == [
        "content/site.yaml"
    ]


@pytest.mark.parametrize(
    ("issue", "told"),
    [
        (mistake("Authors", "- B. Two\n- C. Three"), f"{PATH}:2:10: `authors:` is an editor's, and stays."),
        (mistake("Something else", "The note is \x1b[2Jrude."), "The reader says: 'The note is [2Jrude.'"),
        (mistake("note", "Better."), "The reader says: 'Better.'"),
        (mistake("DOI", "10.1/x"), "'10.1/x' is not a DOI name, such as 10.1145/3292500, for `doi:`."),
        (mistake("Title", "Alpha"), "`title:` says so already."),
        (mistake("Title", "x" * 20_001), "issue.md:9: This answer has 20,001 characters."),
        (mistake("Title", "").replace("a/\n", "../../site/\n"), "There is no answer below"),
        (mistake("Title", "B").replace("a/\n", "../../site/\n"), "This is not the page of a paper on"),
        (mistake("Title", "B").replace("a/\n", "b/\n"), "There is no record 'b'."),
        (mistake("Title", "B") + "### What is wrong\n\nDOI\n", "This heading does not belong here."),
        (SUGGESTED.replace("Attention  Is All You Need", "https://x.example"), "is neither an arXiv"),
        ("Hello", "No form's heading is in this text, such as `### Title, arXiv identifier or DOI`."),
        (b"\xff", "This is not UTF-8 text."),
        (b"#" * 300_000, "This has 300,000 bytes"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_is_told(run: Run, issue: str | bytes, told: str) -> None:
    report, root = run(issue)
    [problem] = report.problems
    assert told in f"{problem.location}: {problem.message}"
    assert (root / PATH).read_text() == TEXT.split(f"{PATH}\n")[1].split("== ", maxsplit=1)[0]
    assert [path.name for path in (root / "content/papers").rglob("*.yaml")] == ["a.yaml"]


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (SUGGESTED.replace("Attention  Is All You Need", "{}"), 500),
        (
            SUGGESTED.replace("pick: true", "{}").replace(
                "It began *all* of this.\n<script>alert(1)</script> \x1b[31m\n\n", ""
            ),
            5_000,
        ),
        (mistake("Title", "{}"), 20_000),
    ],
)
def test_an_answer_may_be_so_long_and_an_issue_have_262_144_bytes(text: str, most: int) -> None:
    data = text.format("x" * most).encode()
    assert isinstance(read_issue(data.ljust(262_144), "a"), IssueText)
    assert isinstance(read_issue(data.ljust(262_145), "a"), Problem)
    flaw = read_issue(text.format("x" * (most + 1)).encode(), "a")
    assert isinstance(flaw, Problem)
    assert flaw.message == f"This answer has {most + 1:,} characters."
    assert flaw.location.text in text.splitlines()
    assert text.splitlines()[flaw.location.line + 1] == "{}"


def form(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((files("generator.starter") / "files" / name).read_text())[
        "body"
    ]
    return found


def test_the_forms_have_the_labels_that_are_read_and_the_ids_that_links_fill_in() -> None:
    suggest, report = form(SUGGEST), form(REPORT)
    assert tuple(part["attributes"]["label"] for part in suggest) == issue_text.SUGGESTION
    assert tuple(part["attributes"]["label"] for part in report) == issue_text.MISTAKE
    [options] = [part["attributes"]["options"] for part in report if part["type"] == "dropdown"]
    assert options == [*FIELDS, "Something else"]
    required = {part["attributes"]["label"] for part in (*suggest, *report) if part.get("validations")}
    assert required == issue_text.REQUIRED
    query = parse_qs(
        urlsplit(report_link("https://github.com/lab/digest/", "https://d.example/", "A & B")).query
    )
    assert query.keys() - {part["id"] for part in report} == {"template", "title"}


def test_pages_link_to_the_forms_where_the_digest_names_its_repository() -> None:
    papers = {"a": paper("Of $x$ & more")}
    without = planned(library(papers))["papers/a/index.html"]
    assert tree(without).xpath(GITHUB) == []
    site = msgspec.structs.replace(SITE, repository=REPOSITORY)
    page = planned(library(papers, site=site))["papers/a/index.html"]
    assert texts(page, GITHUB) == ["Something wrong?", "Suggest a paper"]
    assert tree(page).xpath(f"{GITHUB}/@href") == [
        report_link(REPOSITORY, "https://digest.example/base/papers/a/", "Of x & more"),
        suggest_link(REPOSITORY),
    ]
