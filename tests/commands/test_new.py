"""New: a record is begun from a title, an arXiv identifier or a DOI."""

import datetime as dt

import pytest

from generator.commands.ingest import ingest
from generator.commands.new import new, stated_by
from generator.ingest import parsing
from generator.model import Stated
from tests.support.digest import Write
from tests.support.program import Broadsheet
from tests.support.rows import parse_rows, record, records, said

DAY = dt.date(2025, 10, 31)


@pytest.mark.parametrize(
    ("what", "stated"),
    [
        ("Attention  Is All You Need", Stated(title="Attention Is All You Need")),
        ("1706.03762", Stated(arxiv="1706.03762")),
        ("arXiv:1706.03762v7", Stated(arxiv="1706.03762", version=7)),
        ("https://arxiv.org/abs/hep-th/9901001", Stated(arxiv="hep-th/9901001")),
        ("https://arxiv.org/pdf/1706.03762v7.pdf", Stated(arxiv="1706.03762", version=7)),
        ("10.1145/3292500.3330701", Stated(doi="10.1145/3292500.3330701")),
        ("https://doi.org/10.1145/3292500", Stated(doi="10.1145/3292500")),
        ("https://doi.org/10.1145/3292500.", Stated(doi="10.1145/3292500")),
        ("arXiv:1706.03762,", Stated(arxiv="1706.03762")),
        ("Are We Done Yet.", Stated(title="Are We Done Yet.")),
        ("1706.03762 revisited", Stated(title="1706.03762 revisited")),
    ],
)
def test_what_a_person_names_is_a_title_or_an_identifier(what: str, stated: Stated) -> None:
    assert stated_by(what) == stated


@pytest.mark.parametrize(
    "what",
    [
        "",
        "   ",
        "2410.99",
        "arXiv:24.1",
        "10.1145/",
        "doi:10.1145",
        "https://arxiv.org/abs/1",
        "https://a.example",
    ],
)
def test_an_empty_title_and_a_malformed_identifier_are_usage_errors(
    what: str, digest: Write, broadsheet: Broadsheet
) -> None:
    root = digest("")
    assert broadsheet("new", what, cwd=root).returncode == 2
    assert list(records(root)) == []


def test_a_record_is_begun_under_the_year_of_its_issue(digest: Write) -> None:
    root = digest("")
    assert said(new(root, "Time $\\mathcal{O}(n\\log n)$", DAY)) == []
    assert list(records(root)) == ["2025/time-o-n-log-n.yaml"]
    found = record(root, "2025/time-o-n-log-n.yaml")
    assert (found.title, found.issue, found.draft) == ("Time $\\mathcal{O}(n\\log n)$", DAY, False)


def test_there_is_one_record_of_a_paper(digest: Write) -> None:
    root = digest('\n== content/papers/mine.yaml\ntitle: Gr\\"obner bases\n')
    assert said(new(root, "Gröbner Bases", DAY)) == [
        "error: content/papers/mine.yaml: There is a record of this paper: 'mine'."
    ]


def test_a_record_that_an_editor_deleted_is_not_made_again(digest: Write) -> None:
    receipt = '{"id":"mine","position":1,"stated":{"title":"Gr\\u00f6bner Bases"}}'
    root = digest(f"\n== content/listings/x.txt\nx\n== content/receipts/x.txt.jsonl\n{receipt}\n")
    assert said(new(root, "Gröbner Bases", DAY)) == [
        "error: content/papers/: The record of this paper, 'mine', was deleted."
    ]


def test_a_listing_that_names_the_paper_later_completes_the_record(
    digest: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "parse", parse_rows)
    root = digest("")
    new(root, "1706.03762", DAY)
    digest('\n== content/listings/2025-11-01-a.txt\n- {title: Attention, arxiv: "1706.03762"}\n')
    assert ingest(root).plan.made == ()
    assert record(root, "2025/arxiv-1706-03762.yaml").title == "Attention"


def test_the_command_says_which_file_to_edit(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest("")
    done = broadsheet("new", "A Title", "--issue", "2025-10-31", cwd=root)
    assert (done.returncode, done.stdout) == (0, "new     content/papers/2025/a-title.yaml\n")
    done = broadsheet("new", "A Third", "--issue", "2025-10-31", "--dry-run", cwd=root)
    assert done.stdout == "would write content/papers/2025/a-third.yaml\n"
    assert not (root / "content/papers/2025/a-third.yaml").exists()
    done = broadsheet("new", "Another", "--issue", "2025-10-31", "--root", root.name, cwd=root.parent)
    assert done.stdout == f"new     {root.name}/content/papers/2025/another.yaml\n"
