"""Ingest, told in whole digests: what editors may rely on.

Listings are written here as YAML, an entry a row; the parsers have tests of their own.
"""

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from generator.commands import ingest as module
from generator.commands.ingest import ingest
from generator.commands.undo import undo
from generator.engine import content_digests
from generator.engine.ledger import StateFolder
from generator.files import load
from generator.ingest import inputs, parsing
from generator.ingest.captures import Capture
from generator.ingest.matched_papers import MatchedPapers
from generator.ingest.plan import Plan, plan_changes
from generator.ingest.report import IngestReport
from generator.problem import Problem
from tests.support.digest import Write
from tests.support.rows import content, edit, parse_rows, record, records, said


@pytest.fixture(autouse=True)
def listings_are_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse", parse_rows)


def everything(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return all files of content with their bytes and times."""
    files = (file for file in (root / "content").rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


ONE = """
== content/listings/2025-10-30-a.txt
- title: "Attention: All You Need"
  abstract: We propose an architecture.
  author_count: 8
  arxiv: "1706.03762"
  published: 2017-06-12
  links: {code: "https://github.com/a/b"}
  votes: 41
"""
PATH = "2025/attention-all-you-need.yaml"
RECORD = """\
title: 'Attention: All You Need'
abstract: >-
  We propose an architecture.
author_count: 8
arxiv: "1706.03762"
published: 2017-06-12
links:
  code: https://github.com/a/b
id: attention-all-you-need
themes: []
pick: false
note:
listed:
- listing: 2025-10-30-a.txt
  issue: 2025-10-30
  position: 1
  votes: 41
"""
SECOND = """
== content/listings/2025-10-31-b.txt
- title: Attention Is All You Need
  abstract: We propose a new architecture.
  arxiv: "1706.03762"
  venue: NeurIPS
  links: {code: "https://github.com/c/d", pdf: "https://x.example/p.pdf"}
"""


class TestANewPaper:
    def test_becomes_a_record_and_a_receipt(self, digest: Write) -> None:
        root = digest(ONE)
        report = ingest(root)
        assert (said(report), report.entries, report.papers) == ([], 1, 1)
        assert records(root) == {PATH: RECORD}
        assert (root / "content/receipts/2025-10-30-a.txt.jsonl").read_text() == (
            '{"id":"attention-all-you-need","position":1,"stated":{"title":"Attention: All You Need",'
            '"abstract":"sha256:dcbaeabbc0d519ba80fe50ee3e8bd9a1","author_count":8,"arxiv":"1706.03762",'
            '"published":"2017-06-12","links":{"code":"https://github.com/a/b"}},"votes":41}\n'
        )

    def test_is_not_made_again(self, digest: Write) -> None:
        root = digest(ONE + SECOND)
        ingest(root)
        before = everything(root)
        report = ingest(root)
        assert (report.plan, report.problems) == (Plan(), ())
        assert everything(root) == before

    def test_in_two_listings_is_one_record_with_a_row_for_each(self, digest: Write) -> None:
        root = digest(ONE + SECOND)
        report = ingest(root)
        assert (report.entries, report.papers) == (2, 1)
        paper = record(root, PATH)
        assert [row.listing for row in paper.listed] == ["2025-10-30-a.txt", "2025-10-31-b.txt"]
        assert (paper.title, paper.author_count, paper.venue) == ("Attention Is All You Need", 8, "NeurIPS")
        assert paper.links == {"code": "https://github.com/c/d", "pdf": "https://x.example/p.pdf"}

    def test_twice_in_one_listing_counts_once(self, digest: Write) -> None:
        root = digest(
            "\n== content/listings/2025-10-30-a.txt\n- {title: A, votes: 1}\n- {title: a!, votes: 2}\n"
        )
        report = ingest(root)
        assert said(report) == [
            "notice: content/listings/2025-10-30-a.txt:2: 'a!' is named twice: at place 1 and at 2."
        ]
        assert [(row.position, row.votes) for row in record(root, "2025/a.yaml").listed] == [(1, 1)]
        assert len((root / "content/receipts/2025-10-30-a.txt.jsonl").read_text().splitlines()) == 2
        assert record(root, "2025/a.yaml").title == "A", "the text of the first place"

    def test_that_nearly_is_another_is_suggested_never_merged(self, digest: Write) -> None:
        root = digest("\n== content/listings/2025-10-30-a.txt\n- title: How Models Judge Other Models\n")
        ingest(root)
        digest("\n== content/listings/2025-10-31-b.txt\n- title: How Models Judge the Other Models\n")
        report = ingest(root)
        (problem,) = report.problems
        other = "how-models-judge-other-models"
        assert problem.message == (
            f"This may be the same paper as content/papers/2025/{other}.yaml: nearly the same title."
        )
        assert problem.hint == f"If it is, run `broadsheet merge {other} how-models-judge-the-other-models`."
        assert report.papers == 2
        assert ingest(root).problems == (), "once"

    def test_whose_title_differs_by_a_sign_and_its_abstract_too_is_another(self, digest: Write) -> None:
        root = digest(
            "\n== content/listings/2025-10-02-a.txt\n- {title: Teaching C, abstract: We study one.}\n"
            "- {title: Teaching C++, abstract: We study another.}\n"
            "- {title: 'Teaching C#', abstract: We study a third.}\n"
        )
        assert (ingest(root).papers, len(records(root))) == (3, 3)
        assert ingest(root).plan.made == ()

    def test_goes_to_the_year_of_its_first_issue(self, digest: Write) -> None:
        root = digest(
            "\n== content/listings/2024-12-31-a.txt\n- title: A\n"
            "\n== content/listings/2025-01-01-b.txt\n- title: A\n"
        )
        ingest(root)
        assert list(records(root)) == ["2024/a.yaml"]

    def test_of_a_listing_without_a_day_is_undated(self, digest: Write) -> None:
        root = digest("\n== content/listings/a.txt\n- title: A\n")
        assert said(ingest(root)) == [
            (
                "notice: content/listings/a.txt: The file's name does not begin with a day, "
                "so the papers are undated."
            )
        ]
        assert list(records(root)) == ["undated/a.yaml"]

    def test_without_title_is_named_after_its_identifier(self, digest: Write) -> None:
        root = digest(
            '\n== content/listings/2025-01-01-a.txt\n- {arxiv: "2410.12265"}\n- {abstract: Some words.}\n'
        )
        ingest(root)
        assert list(records(root)) == ["2025/arxiv-2410-12265.yaml", "2025/paper-00bbfd18.yaml"]

    def test_of_the_same_title_and_another_year_is_another(self, digest: Write) -> None:
        text = (
            "- {title: A, published: 2020-01-01}\n- {title: A, published: 2021-01-01, arxiv: '2101.00001'}\n"
        )
        root = digest(f"\n== content/listings/2025-01-01-a.txt\n{text}")
        ingest(root)
        assert list(records(root)) == ["2025/a-2101-00001.yaml", "2025/a.yaml"]
        assert ingest(root).plan.made == ()


class TestWhatAnEditorDid:
    def test_a_changed_title_stays(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "title: 'Attention: All You Need'", "title:  Attention  # as printed")
        assert said(ingest(root)) == []
        digest(SECOND)
        assert said(ingest(root)) == [
            (
                f"notice: content/papers/{PATH}:1:9: `title` is 'Attention'; "
                "2025-10-31-b.txt says 'Attention Is All You Need'."
            )
        ]
        assert records(root)[PATH].startswith("title:  Attention  # as printed\n")
        assert said(ingest(root)) == [], "a decision is told of once"

    def test_a_changed_title_follows_the_listings_where_they_are_accepted(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "title: 'Attention: All You Need'", "title:  Attention  # as printed")
        report = ingest(root, accept={f"content/papers/{PATH}": {"title"}})
        assert [write.changes for write in report.plan.edited] == [
            ("title: 'Attention' -> 'Attention: All You Need'",)
        ]
        assert report.problems == ()
        assert records(root)[PATH].startswith("title:  'Attention: All You Need'  # as printed\n")

    def test_a_changed_abstract_stays(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "We propose", "They propose")
        digest(ONE.replace("We propose an", "We propose one"))
        assert said(ingest(root)) == [
            (
                f"notice: content/papers/{PATH}:2:11: `abstract` is 'They propose an architecture.'; "
                "2025-10-30-a.txt says 'We propose one architecture.'."
            )
        ]
        digest(ONE)
        ingest(root)
        assert "They propose" in records(root)[PATH]
        assert ingest(root, accept={f"content/papers/{PATH}": {"abstract"}}).problems == ()
        assert records(root)[PATH] == RECORD

    def test_a_deleted_record_stays_deleted(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        (root / "content/papers" / PATH).unlink()
        assert said(ingest(root)) == []
        digest(SECOND)
        gone = "is left out: its record 'attention-all-you-need' was deleted or merged."
        second = f"notice: content/listings/2025-10-31-b.txt:1: 'Attention Is All You Need' {gone}"
        assert said(ingest(root)) == [second]
        assert records(root) == {}
        assert said(ingest(root)) == []

    def test_a_deleted_record_that_is_written_anew_follows_again(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        (root / "content/papers" / PATH).unlink()
        ingest(root)
        digest(SECOND + "\n== content/papers/again.yaml\nid: attention-all-you-need\n")
        ingest(root)
        paper = record(root, "again.yaml")
        assert paper.venue == "NeurIPS"
        assert paper.title is None, "a removed title, as far as the receipts can tell"

    def test_a_record_merged_into_another_leads_there(self, digest: Write) -> None:
        root = digest("\n== content/listings/2025-10-30-a.txt\n- {title: A}\n- {title: B, venue: ACL}\n")
        ingest(root)
        (root / "content/papers/2025/b.yaml").unlink()
        edit(root, "2025/a.yaml", "id: a\n", "venue: ACL\nid: a\nformerly: [b]\n")
        assert [problem.message for problem in ingest(root).problems] == [
            "'B' is named twice: at place 1 and at 2."
        ]
        digest("\n== content/listings/2025-10-31-b.txt\n- {title: b}\n")
        ingest(root)
        assert [row.listing for row in record(root, "2025/a.yaml").listed] == [
            "2025-10-30-a.txt",
            "2025-10-31-b.txt",
        ]

    def test_a_removed_key_stays_removed(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "author_count: 8\n", "")
        edit(root, PATH, "links:\n  code: https://github.com/a/b\n", "")
        text = records(root)[PATH]
        assert said(ingest(root)) == []
        digest(ONE.replace("author_count: 8", "author_count: 9"))
        assert said(ingest(root)) == [
            f"notice: content/papers/{PATH}:1:1: `author_count` was removed; 2025-10-30-a.txt says '9'."
        ]
        digest(ONE)
        ingest(root)
        assert records(root)[PATH] == text
        ingest(root, accept={f"content/papers/{PATH}": {"author_count", "links"}})
        assert records(root)[PATH] == RECORD

    def test_a_key_set_to_what_its_absence_means_is_set(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "id: ", "withdrawn: false  # they asked\nauthors: []\nid: ")
        digest(
            "\n== content/listings/2025-10-31-b.txt\n"
            "- {arxiv: '1706.03762', withdrawn: true, authors: [Ann]}\n"
        )
        assert said(ingest(root)) == [
            (f"notice: content/papers/{PATH}:9:12: `withdrawn` is 'false'; 2025-10-31-b.txt says 'true'."),
            f"notice: content/papers/{PATH}:10:10: `authors` is ''; 2025-10-31-b.txt says 'Ann'.",
        ]
        assert record(root, PATH).withdrawn is False

    def test_a_removed_row_stays_removed(self, digest: Write) -> None:
        root = digest(ONE + SECOND)
        ingest(root)
        edit(root, PATH, "- listing: 2025-10-31-b.txt\n  issue: 2025-10-31\n  position: 1\n", "")
        assert said(ingest(root)) == []
        assert len(record(root, PATH).listed) == 1
        ingest(root, accept={f"content/papers/{PATH}": {"listed"}})
        assert len(record(root, PATH).listed) == 2

    def test_changed_votes_stay(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "votes: 41", "votes: 40")
        digest(ONE.replace("41", "50"))
        assert said(ingest(root)) == [
            f"notice: content/papers/{PATH}:17:10: `listed.votes` is '40'; 2025-10-30-a.txt says '50'."
        ]

    def test_a_record_may_be_renamed_and_moved(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        moved = root / "content/papers/classics/transformers.yaml"
        moved.parent.mkdir()
        (root / "content/papers" / PATH).rename(moved)
        digest(SECOND)
        assert said(ingest(root)) == []
        assert list(records(root)) == ["classics/transformers.yaml"]
        assert record(root, "classics/transformers.yaml").venue == "NeurIPS"

    def test_remarks_and_all_else_that_was_written_stay(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        text = RECORD.replace("themes: []", "# Ours.\nthemes: [data]  # main\n").replace(
            "author_count: 8", "author_count:  '8'"
        )
        (root / "content/papers" / PATH).write_text(text)
        digest(ONE.replace("author_count: 8", "author_count: 9").replace("votes: 41", "votes: 42"))
        ingest(root)
        assert records(root)[PATH] == text.replace("'8'", "9").replace("votes: 41", "votes: 42")


class TestAnEditorsOwnRecord:
    TEXT = """
== content/papers/mine.yaml
# Mine.
title: Attention, all you need
themes: [data]
"""

    def test_is_found_by_its_title(self, digest: Write) -> None:
        root = digest(self.TEXT + ONE)
        report = ingest(root)
        assert said(report) == [
            (
                "notice: content/papers/mine.yaml:2:8: `title` is 'Attention, all you need'; "
                "2025-10-30-a.txt says 'Attention: All You Need'."
            )
        ]
        assert records(root) == {
            "mine.yaml": "# Mine.\ntitle: Attention, all you need\n"
            + RECORD.partition("\n")[2]
            .replace("id: attention-all-you-need", "id: mine")
            .partition("themes:")[0]
            + RECORD[RECORD.index("listed:") :]
            + "themes: [data]\n"
        }

    def test_keeps_what_it_had_though_a_listing_said_the_same(self, digest: Write) -> None:
        root = digest(ONE + "\n== content/papers/mine.yaml\ntitle: 'Attention: All You Need'\n")
        assert said(ingest(root)) == []
        digest(SECOND)
        assert said(ingest(root)) == [
            (
                "notice: content/papers/mine.yaml:1:8: `title` is 'Attention: All You Need'; "
                "2025-10-31-b.txt says 'Attention Is All You Need'."
            )
        ]
        assert (record(root, "mine.yaml").title, record(root, "mine.yaml").venue) == (
            "Attention: All You Need",
            "NeurIPS",
        )

    def test_gets_an_id_so_that_it_may_be_renamed(self, digest: Write) -> None:
        root = digest(self.TEXT + ONE)
        ingest(root)
        (root / "content/papers/mine.yaml").rename(root / "content/papers/yours.yaml")
        assert said(ingest(root)) == []
        assert list(records(root)) == ["yours.yaml"]

    def test_of_the_slug_of_a_new_paper_keeps_it(self, digest: Write) -> None:
        root = digest(ONE + "\n== content/papers/attention-all-you-need.yaml\ntitle: Something else\n")
        ingest(root)
        assert list(records(root)) == [
            "2025/attention-all-you-need-1706-03762.yaml",
            "attention-all-you-need.yaml",
        ]


class TestAListing:
    def test_captured_again_is_followed(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        digest(
            ONE.replace("All You Need", "What You Need")
            .replace("41", "43")
            .replace("  author_count: 8\n", "")
        )
        report = ingest(root)
        assert [write.changes for write in report.plan.edited] == [
            (
                "title: 'Attention: All You Need' -> 'Attention: What You Need'",
                "author_count removed",
                "listed.votes: '41' -> '43'",
            )
        ]
        assert report.problems == ()
        assert records(root)[PATH] == RECORD.replace("All You", "What You").replace("41", "43").replace(
            "author_count: 8\n", ""
        )

    def test_that_is_silent_takes_nothing_away(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        digest("\n== content/listings/2025-10-31-b.txt\n- arxiv: '1706.03762'\n")
        ingest(root)
        assert (
            records(root)[PATH]
            == f"{RECORD}- listing: 2025-10-31-b.txt\n  issue: 2025-10-31\n  position: 1\n"
        )

    def test_before_the_others_does_not_overrule_them(self, digest: Write) -> None:
        root = digest(SECOND)
        ingest(root)
        digest(ONE)
        ingest(root)
        paper = record(root, "2025/attention-is-all-you-need.yaml")
        assert (paper.title, paper.author_count) == ("Attention Is All You Need", 8)

    def test_that_is_gone_takes_back_what_it_brought(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        before = everything(root)
        digest(f"{SECOND}- title: B\n")
        ingest(root)
        (root / "content/listings/2025-10-31-b.txt").unlink()
        assert said(ingest(root)) == []
        assert {path: data for path, (data, _) in everything(root).items()} == {
            path: data for path, (data, _) in before.items()
        }

    def test_that_no_longer_names_a_paper_leaves_it_and_says_so(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        digest("\n== content/listings/2025-10-30-a.txt\n- title: B\n")
        told = [f"notice: content/papers/{PATH}: No listing names this paper any more."]
        report = ingest(root)
        assert (len(report.plan.made), report.plan.edited, said(report)) == (1, (), told)
        assert records(root)[PATH] == RECORD
        assert said(ingest(root)) == told, "until someone decides"
        edit(root, PATH, "id: ", "tags: [ours]\nid: ")
        assert said(ingest(root)) == []

    def test_that_is_partly_readable_gives_what_it_can(self, digest: Write) -> None:
        root = digest(f"{ONE}\n== content/listings/2025-10-31-b.txt\n- [\n")
        report = ingest(root)
        assert [problem.location.path for problem in report.problems] == ["content/listings/2025-10-31-b.txt"]
        assert list(records(root)) == [PATH]

    def test_that_is_hidden_or_in_a_folder_is_none(self, digest: Write) -> None:
        root = digest(
            "\n== content/listings/.gitkeep\n\n== content/listings/old/2025-10-30-a.txt\n- title: A\n"
        )
        assert ingest(root) == IngestReport()


class TestWhatCannotBeRead:
    def test_a_broken_record_is_left_alone_and_not_made_again(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "title: ", "titel: ")
        digest(SECOND)
        before = everything(root)
        report = ingest(root)
        assert said(report) == [
            (
                "notice: content/listings/2025-10-30-a.txt:1: 'Attention: All You Need' is left as it is: "
                "its record 'attention-all-you-need' cannot be read."
            ),
            (
                "notice: content/listings/2025-10-31-b.txt:1: 'Attention Is All You Need' is left as it is: "
                "its record 'attention-all-you-need' cannot be read."
            ),
            f"error: content/papers/{PATH}:1:1: There is no field 'titel'.",
        ]
        assert everything(root) == before
        edit(root, PATH, "titel: ", "title: ")
        assert said(ingest(root)) == []
        assert record(root, PATH).venue == "NeurIPS"

    def test_a_broken_record_under_another_name_is_known_by_the_id_that_it_states(
        self, digest: Write
    ) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "title: ", "titel: ")
        (root / "content/papers" / PATH).rename(root / "content/papers/other.yaml")
        assert "cannot be read" in said(ingest(root))[0]

    def test_a_broken_record_without_receipts_keeps_its_slug_free_of_doubles(self, digest: Write) -> None:
        root = digest(f"{ONE}\n== content/papers/attention-all-you-need.yaml\ntitle: [\n")
        report = ingest(root)
        assert (report.plan.made, report.plan.receipts) == ((), ())

    def test_two_records_of_one_id_are_left_alone(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        (root / "content/papers/copy.yaml").write_text(RECORD)
        digest(SECOND)
        before = everything(root)
        assert [problem.message for problem in ingest(root).problems if problem.severity == "error"] == [
            "2 records have the id 'attention-all-you-need'; ingest leaves them as they are."
        ] * 2
        assert everything(root) == before

    def test_a_file_whose_name_is_no_slug_needs_an_id(self, digest: Write) -> None:
        root = digest("\n== content/papers/A B.yaml\ntitle: A\n== content/papers/C D.yaml\ntitle: C\nid: c\n")
        assert said(ingest(root)) == [
            (
                "error: content/papers/A B.yaml: The file's name 'A B' is not a slug: "
                "lower-case letters, digits and single hyphens."
            )
        ]

    def test_a_file_that_ends_in_yml_is_named(self, digest: Write) -> None:
        root = digest(f"{ONE}\n== content/papers/attention-all-you-need.yml\ntitle: A\n")
        report = ingest(root)
        assert said(report)[1:] == [
            "notice: content/papers/attention-all-you-need.yml: This is not read: it does not end in .yaml."
        ]
        assert report.plan.made == ()

    def test_a_record_that_cannot_be_edited_safely_stays_and_is_tried_again(self, digest: Write) -> None:
        root = digest(ONE + "- title: B\n")
        ingest(root)
        edit(root, PATH, "title: 'Attention: All You Need'", "? title\n: 'Attention: All You Need'")
        digest(SECOND + "- title: B\n")
        text = records(root)[PATH]
        for _ in range(2):
            report = ingest(root)
            assert said(report)[0].startswith(
                f"error: content/papers/{PATH}: This record cannot be edited safely. To be changed: title: "
            )
            assert records(root)[PATH] == text
        assert len(record(root, "2025/b.yaml").listed) == 2
        edit(root, PATH, "? title\n: ", "title: ")
        assert said(ingest(root)) == []
        assert record(root, PATH).venue == "NeurIPS"

    def test_files_that_cannot_be_opened_are_named(self, digest: Write) -> None:
        root = digest(ONE)
        for path in ("papers/a.yaml", "listings/2025-10-31-b.txt"):
            file = root / "content" / path
            file.parent.mkdir(exist_ok=True)
            file.symlink_to("nothing")
        report = ingest(root)
        assert [problem.location.path for problem in report.problems] == [
            "content/listings/2025-10-31-b.txt",
            "content/papers/a.yaml",
        ]
        assert [write.path for write in report.plan.made] == [f"content/papers/{PATH}"]

    def test_a_listing_whose_name_is_not_utf8_is_named(self, digest: Write) -> None:
        root = digest(ONE)
        try:
            (root / os.fsdecode(b"content/listings/caf\xe9.txt")).write_text("- title: A\n")
        except OSError:
            pytest.skip("this file system holds no such name")
        assert said(ingest(root)) == [
            r"error: content/listings/caf\xe9.txt: The file's name is not in UTF-8."
        ]
        assert list(records(root)) == [PATH]

    def test_a_broken_receipt_stops_everything(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        receipts = root / "content/receipts/2025-10-30-a.txt.jsonl"
        receipts.write_text("\n<<<<<<< HEAD\n" + receipts.read_text())
        digest(SECOND)
        before = everything(root)
        report = ingest(root)
        assert said(report) == [
            (
                "error: content/receipts/2025-10-30-a.txt.jsonl:2: This is not a receipt: "
                "JSON is malformed: invalid character (byte 0)."
            )
        ]
        assert "Nothing was ingested" in report.problems[0].hint
        assert everything(root) == before


class TestFiling:
    @pytest.fixture
    def capture(self, tmp_path: Path) -> Path:
        file = tmp_path / "capture.txt"
        file.write_bytes(b"- title: A\r\n")
        return file

    DAY = dt.date(2025, 11, 1)

    def test_a_listing_is_copied_under_its_day_byte_for_byte(self, digest: Write, capture: Path) -> None:
        root = digest("")
        report = ingest(root, [Capture(file=capture, issue=self.DAY)])
        assert [write.path for write in report.filed] == ["content/listings/2025-11-01-capture.txt"]
        assert (root / "content/listings/2025-11-01-capture.txt").read_bytes() == b"- title: A\r\n"
        assert [row.issue for row in record(root, "2025/a.yaml").listed] == [self.DAY]

    def test_the_same_listing_again_changes_nothing(self, digest: Write, capture: Path) -> None:
        root = digest("")
        ingest(root, [Capture(file=capture, issue=self.DAY)])
        before = everything(root)
        assert ingest(root, [Capture(file=capture, issue=self.DAY)]).problems == ()
        filed = root / "content/listings/2025-11-01-capture.txt"
        assert ingest(root, [Capture(file=filed)]).problems == ()
        assert ingest(root, [Capture(file=filed, issue=self.DAY)]).problems == ()
        assert everything(root) == before

    def test_another_listing_of_the_same_name_is_an_error(self, digest: Write, capture: Path) -> None:
        root = digest("")
        ingest(root, [Capture(file=capture, issue=self.DAY)])
        before = everything(root)
        capture.write_text("- title: B\n")
        assert said(ingest(root, [Capture(file=capture, issue=self.DAY)])) == [
            (
                f"error: {capture}: content/listings/2025-11-01-capture.txt is there already, "
                "and holds something else."
            )
        ]
        assert everything(root) == before

    def test_a_day_that_the_name_states_is_not_put_before_it_again(
        self, digest: Write, capture: Path
    ) -> None:
        root = digest("")
        named = capture.rename(capture.with_name("2025-11-01-capture.txt"))
        report = ingest(root, [Capture(file=named, issue=self.DAY)])
        assert [write.path for write in report.filed] == ["content/listings/2025-11-01-capture.txt"]

    def test_a_filed_listing_cannot_be_filed_under_another_day(self, digest: Write) -> None:
        root = digest(ONE)
        filed = root / "content/listings/2025-10-30-a.txt"
        report = ingest(root, [Capture(file=filed, issue=self.DAY)])
        assert said(report) == [f"error: {filed}: This listing is filed already, and not under 2025-11-01."]
        assert records(root) == {}

    def test_a_file_that_is_not_there_is_an_error(self, digest: Write, tmp_path: Path) -> None:
        report = ingest(digest(""), [Capture(file=tmp_path / "nothing.txt")])
        assert said(report) == [
            f"error: {tmp_path}/nothing.txt: This cannot be read: No such file or directory."
        ]

    def test_a_file_that_would_be_hidden_is_an_error(self, digest: Write, capture: Path) -> None:
        hidden = capture.rename(capture.with_name(".capture"))
        assert said(ingest(digest(""), [Capture(file=hidden)])) == [
            f"error: {hidden}: A file whose name begins with a dot is not read as a listing."
        ]

    def test_a_file_whose_name_is_not_in_utf_8_is_an_error(self, digest: Write, capture: Path) -> None:
        odd = capture.rename(capture.with_name(os.fsdecode(b"capture-\xff.yaml")))
        assert said(ingest(digest(""), [Capture(file=odd)])) == [
            f"error: {odd}: The file's name is not in UTF-8."
        ]

    def test_a_format_that_was_named_is_remembered(self, digest: Write, capture: Path) -> None:
        root = digest("")
        capture.write_text("!\n- title: A\n")
        assert said(ingest(root, [Capture(file=capture, issue=self.DAY)], dry_run=True)) == [
            f"error: {capture}: Which format is this?"
        ]
        ingest(root, [Capture(file=capture, issue=self.DAY, format_name="yaml")])
        before = everything(root)
        assert said(ingest(root)) == []
        assert everything(root) == before


class TestADryRun:
    def test_gives_the_plan_and_writes_nothing(self, digest: Write, tmp_path: Path) -> None:
        root = digest(ONE)
        ingest(root)
        edit(root, PATH, "author_count: 8", "author_count: 9")
        digest(SECOND)
        capture = tmp_path / "capture.txt"
        capture.write_text("- title: A\n")
        before = everything(root)
        filing = Capture(file=capture, issue=dt.date(2025, 11, 1))
        dry = ingest(root, [filing], dry_run=True)
        assert everything(root) == before
        assert ingest(root, [filing]) == dry
        assert [len(writes) for writes in (dry.filed, dry.plan.made, dry.plan.edited, dry.plan.receipts)] == [
            1,
            1,
            1,
            2,
        ]


class TestWriting:
    def test_a_record_that_an_editor_saves_meanwhile_is_not_overwritten(
        self, digest: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = digest(ONE)
        ingest(root)
        digest(SECOND)

        def plan_slowly(papers: MatchedPapers) -> Plan:
            edit(root, PATH, "note:", "note: Read it.")
            return plan_changes(papers)

        monkeypatch.setattr(module, "plan_changes", plan_slowly)
        assert said(ingest(root)) == [
            f"error: content/papers/{PATH}: This record was changed while ingest ran, so ingest stopped here."
        ]
        assert not (root / "content/receipts/2025-10-31-b.txt.jsonl").exists()
        monkeypatch.undo()
        monkeypatch.setattr(parsing, "parse", parse_rows)
        assert said(ingest(root)) == []
        assert (record(root, PATH).note, record(root, PATH).venue) == ("Read it.", "NeurIPS")

    def test_a_file_that_cannot_be_written_is_an_error(self, digest: Write) -> None:
        folder = f"content/papers/{PATH}".rpartition("/")[0]
        root = digest(f"{ONE}\n== {folder}\nA file where a folder belongs.\n")
        assert said(ingest(root)) == [
            f"error: content/papers/{PATH}: Cannot write this file: File exists. Ingest stopped here."
        ]
        (root / folder).unlink()
        assert said(ingest(root)) == []
        assert not [path for path in everything(root) if path.endswith(".tmp")]

    def test_stopped_anywhere_is_completed_by_the_same_command(self, digest: Write, tmp_path: Path) -> None:
        root = digest(ONE)
        ingest(root)
        capture = tmp_path / "b.txt"
        capture.write_text("- title: Beta\n- title: Gamma\n")
        filing = Capture(file=capture, issue=dt.date(2025, 11, 1))
        in_the_way = root / "content/receipts/2025-11-01-b.txt.jsonl"
        in_the_way.mkdir()
        report = ingest(root, [filing])
        assert (report.stopped, [one.message for one in report.problems]) == (
            "3 of 4 files",
            ["Cannot write this file: Is a directory. Ingest stopped here."],
        )
        in_the_way.rmdir()
        (again,) = ingest(root, [filing]).captures
        assert (again.is_filed_already, again.known, again.new) == (False, 2, 0)
        assert len(records(root)) == 3
        assert ingest(root, [filing]).captures[0].is_filed_already
        (root / ".broadsheet/ingest.catalog").unlink()
        assert ingest(root, [filing]).captures[0].is_filed_already, "also in a fresh clone"

    def test_stopped_is_undone_whole(self, digest: Write) -> None:
        root = digest(ONE)
        ingest(root)
        before = content(root)
        digest("\n== content/listings/2025-10-31-b.txt\n- title: Beta\n- title: Gamma\n")
        in_the_way = root / "content/receipts/2025-10-31-b.txt.jsonl"
        in_the_way.mkdir()
        assert ingest(root).stopped
        in_the_way.rmdir()
        undo(root, "2025-10-31-b.txt")
        assert content(root) == before

    def test_removes_what_a_killed_run_left_half_written(self, digest: Write) -> None:
        root = digest(ONE)
        for name in ("papers/2025/.a.yaml.new", "receipts/.a.jsonl.new", "listings/.a.txt.new"):
            file = root / "content" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            os.utime(file, (0, time.time() - 60.5))
        young = root / "content/papers/2025/.b.yaml.new"
        young.touch()
        before = everything(root)
        ingest(root, dry_run=True)
        assert everything(root) == before
        ingest(root)
        assert [path for path in everything(root) if path.endswith(".new")] == [
            young.relative_to(root).as_posix()
        ]


def test_after_a_build_ingest_reads_no_record_that_is_as_it_was(
    digest: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = digest(ONE + SECOND)
    StateFolder.of(root, root / "site").path.mkdir(parents=True)
    monkeypatch.setattr(content_digests, "SETTLED", 0)
    ingest(root)
    ingest(root)  # it keeps the states of what the first one wrote
    for reader in (inputs, content_digests):
        monkeypatch.setattr(reader, "load", _of_no_record)
    assert ingest(root).problems == ()


def _of_no_record(root: Path, path: str) -> bytes | Problem:
    assert not path.startswith("content/papers/")
    return load(root, path)
