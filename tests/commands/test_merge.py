"""Merge: two records become one, and nothing that either had is lost."""

import shutil
from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.commands.merge import merge
from generator.ingest import parsing
from generator.library.snapshot import read_library
from generator.problem import Severity, has_error
from tests.support.digest import Write
from tests.support.program import Broadsheet
from tests.support.rows import content, parse_rows, records, said

LISTINGS = """
== content/listings/2025-10-30-a.txt
- {title: Alpha, abstract: About one., votes: 4}
- {title: Alfa, abstract: Of one., arxiv: "2410.12265", links: {code: "https://a.b/c"}}

== content/listings/2025-10-31-b.txt
- {title: alfa, venue: ACL}

== content/listings/2025-11-01-c.txt
- {title: alfa}
"""

RECORDS = """
== content/papers/2025/alpha.yaml
title: Alpha
abstract: >-
  About one.
id: alpha
note: Read it.  # now
themes: [data]
listed:
- listing: 2025-10-30-a.txt
  issue: 2025-10-30
  position: 1
  votes: 4

== content/papers/2025/alfa.yaml
title: Alfa
abstract: >-
  Of one.
arxiv: "2410.12265"
venue: ACL
links:
  code: https://a.b/c
id: alfa
headline: Alfa, at last
pick: true
note: Twice.
themes: [models, data]
listed:
- listing: 2025-10-30-a.txt
  issue: 2025-10-30
  position: 2
- listing: 2025-10-31-b.txt
  issue: 2025-10-31
  position: 1
- listing: 2025-11-01-c.txt
  issue: 2025-11-01
  position: 1
"""


@pytest.fixture
def root(digest: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a digest of two records, each touched by an editor."""
    monkeypatch.setattr(parsing, "parse", parse_rows)
    root = digest(LISTINGS)
    ingest(root)
    return digest(RECORDS)


def test_keeps_what_either_has_and_leaves_a_redirect(root: Path) -> None:
    report = merge(root, "alpha", "alfa")
    assert (said(report), [write.path for write in report.plan.removed]) == (
        [],
        ["content/papers/2025/alfa.yaml"],
    )
    assert records(root) == {
        "2025/alpha.yaml": """\
title: Alpha
abstract: >-
  About one.
arxiv: "2410.12265"
venue: ACL
links:
  code: https://a.b/c
id: alpha
note: >-  # now
  Read it.

  Twice.
headline: Alfa, at last
formerly:
- alfa
themes: [data, models]
pick: true
listed:
- listing: 2025-10-30-a.txt
  issue: 2025-10-30
  position: 1
  votes: 4
- listing: 2025-10-31-b.txt
  issue: 2025-10-31
  position: 1
- listing: 2025-11-01-c.txt
  issue: 2025-11-01
  position: 1
"""
    }
    library = read_library(root).library
    assert library
    assert library.formerly == {"alfa": "alpha"}


def test_is_remembered_by_receipts_so_that_ingest_changes_nothing(root: Path) -> None:
    merge(root, "alpha", "alfa")
    before = content(root)
    (root / ".broadsheet/ingest.catalog").unlink()
    report = ingest(root)
    assert (report.plan.made, report.plan.edited, report.plan.receipts) == ((), (), ())
    assert content(root) == before
    assert all(b'"id":"alfa"' not in data for path, data in before.items() if path.endswith(".jsonl"))


def test_that_is_killed_before_it_removes_the_other_record_is_repeated(root: Path) -> None:
    other = root / "content/papers/2025/alfa.yaml"
    more = "by: Bob\nchanges:\n- date: 2025-11-02\n  text: Mended.\nlisted:\n"
    other.write_text(other.read_text().replace("listed:\n", more))
    before = other.read_bytes()
    merge(root, "alpha", "alfa")
    merged = content(root)
    other.write_bytes(before)
    merge(root, "alpha", "alfa")
    assert content(root) == merged


def test_keeps_the_issue_of_a_paper_that_no_listing_names(digest: Write) -> None:
    paper = "\n== content/papers/{0}.yaml\ntitle: {0}\n{1}"
    root = digest(paper.format("alpha", "") + paper.format("alfa", "issue: 2025-10-31\n"))
    merge(root, "alpha", "alfa")
    assert "\nissue: 2025-10-31\n" in records(root)["alpha.yaml"]


@pytest.mark.parametrize(
    ("issue", "is_kept"), [("2025-10-29", True), ("2025-10-30", False), ("2025-10-31", False)]
)
def test_keeps_an_issue_that_is_before_all_that_listings_give(
    digest: Write, issue: str, is_kept: bool
) -> None:
    rows = "listed:\n- {listing: x, issue: 2025-10-31}\n- {listing: y, issue: 2025-10-30}\n"
    other = f"\n== content/papers/alfa.yaml\ntitle: B\nissue: {issue}"
    root = digest(f"== content/papers/alpha.yaml\ntitle: A\n{rows}{other}")
    merge(root, "alpha", "alfa")
    assert (f"\nissue: {issue}\n" in records(root)["alpha.yaml"]) == is_kept


def test_in_a_dry_run_writes_nothing(root: Path) -> None:
    before = content(root)
    shutil.rmtree(root / ".broadsheet")
    report = merge(root, "alfa", "alpha", dry_run=True)
    assert [write.path for write in report.plan.edited] == ["content/papers/2025/alfa.yaml"]
    assert report.papers == 1
    assert content(root) == before
    assert not (root / ".broadsheet").exists()


def test_stops_where_a_record_cannot_be_written(root: Path) -> None:
    (root / "content/papers/2025/.alpha.yaml.new").mkdir()
    before = content(root)
    report = merge(root, "alpha", "alfa")
    assert (report.stopped, content(root)) == ("0 of 2 files", before)


def test_tells_older_notices_apart(root: Path, digest: Write) -> None:
    digest("\n== content/listings/undated.txt\n- {title: Gamma}\n")
    ingest(root)
    report = merge(root, "alpha", "alfa")
    assert report.problems == ()
    assert "content/listings/undated.txt" in {problem.location.path for problem in report.older}
    assert {problem.severity for problem in report.older} == {Severity.NOTICE}


def test_takes_a_path_and_says_what_it_does_not_find(root: Path, broadsheet: Broadsheet) -> None:
    done = broadsheet("merge", "content/papers/2025/alpha.yaml", "beta", cwd=root)
    assert (done.returncode, "No record is called 'beta'." in done.stderr) == (1, True)
    assert done.stdout.startswith("nothing written")
    path = str(root / "content/papers/2025/alpha.yaml")
    assert not has_error(merge(root, path, "alfa", dry_run=True).problems)
    papers = root / "content/papers"
    (papers / "broken.yaml").write_text("titel: Broken\n")
    (papers / "odd.yaml").write_text("? title\n: Odd\n")
    for kept, other, told in (
        ("alpha", "alpha", "content/papers/2025/alpha.yaml: Merge needs two different, readable records."),
        ("alpha", "broken", "content/papers/broken.yaml: Merge needs two different, readable records."),
        ("odd", "alpha", "content/papers/odd.yaml: This record cannot be edited safely."),
        ("/else/alpha.yaml", "alfa", "content/papers/: No record is called '/else/alpha.yaml'."),
    ):
        assert said(merge(root, kept, other)) == [f"error: {told}"]
