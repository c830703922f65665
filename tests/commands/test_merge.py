"""Merge: two records become one, and nothing that either had is lost."""

from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.commands.merge import merge
from generator.ingest import parsing
from generator.library.snapshot import read_library
from generator.problem import has_error
from tests.support.digest import Write
from tests.support.program import Broadsheet
from tests.support.rows import content, parse_rows, records, said

LISTINGS = """
== content/listings/2025-10-30-a.txt
- {title: Alpha, abstract: About one., votes: 4}
- {title: Alfa, abstract: Of one., arxiv: "2410.12265", links: {code: "https://a.b/c"}}

== content/listings/2025-10-31-b.txt
- {title: alfa, venue: ACL}
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


def test_in_a_dry_run_writes_nothing(root: Path) -> None:
    before = content(root)
    assert [write.path for write in merge(root, "alfa", "alpha", dry_run=True).plan.edited] == [
        "content/papers/2025/alfa.yaml"
    ]
    assert content(root) == before


def test_takes_a_path_and_says_what_it_does_not_find(root: Path, broadsheet: Broadsheet) -> None:
    done = broadsheet("merge", "content/papers/2025/alpha.yaml", "beta", cwd=root)
    assert (done.returncode, "No record is called 'beta'." in done.stderr) == (1, True)
    assert done.stdout.startswith("nothing written")
    path = str(root / "content/papers/2025/alpha.yaml")
    assert not has_error(merge(root, path, "alfa", dry_run=True).problems)
    assert said(merge(root, "alpha", "alpha")) == [
        "error: content/papers/2025/alpha.yaml: Merge needs two different, readable records."
    ]
