"""The report of ingest in lines: what a person reads after ingest, undo, merge, fetch and enrich."""

import time
from pathlib import Path

import pytest

from generator.cli.ingest_report import lines_of_report, outcome_in_words
from generator.ingest.captures import CaptureReport
from generator.ingest.plan import Plan, Write
from generator.ingest.report import IngestReport
from generator.problem import Location, error, notice

FILED = (Write(path="content/listings/a.txt", data=b"x"),)
FLAW, REMARK = error(Location(path="a"), "Wrong."), notice(Location(path="a"), "Odd.")
CAPTURE = CaptureReport(file="a.txt", listing="a.txt", new=1)
REFUSED = CaptureReport(file="a.txt", refusals=("it is cut short",))


OLDER = """\
1 older error, 2 older notices: `broadsheet check`
1 paper without a vector: `pip install 'broadsheet[vectors]'`, then `broadsheet refresh-terms`
0 entries, 3 papers, 0 new, 0 changed"""


def record(name: str, *changes: str) -> Write:
    return Write(path=f"content/papers/{name}.yaml", data=b"x", changes=changes)


def removed(path: str) -> Write:
    return Write(path=f"content/{path}", data=None)


@pytest.mark.parametrize(
    ("report", "dry_run", "said"),
    [
        (IngestReport(entries=2, papers=1), False, "2 entries, 1 paper, 0 new, 0 changed"),
        (IngestReport(entries=1, papers=2), True, "1 entry, 2 papers, 0 new, 0 changed, nothing written"),
        (
            IngestReport(
                captures=(CAPTURE,),
                filed=FILED,
                entries=9,
                papers=8,
                plan=Plan(made=(record("a"),), edited=(record("b"), record("c")), removed=(record("d"),)),
                vectors=2,
            ),
            False,
            "9 entries, 8 papers, 1 new, 2 changed, 1 removed, 2 vectors",
        ),
        (IngestReport(problems=(FLAW,)), False, "nothing written"),  # as where receipts are damaged
        (IngestReport(problems=(REMARK,)), False, "0 entries, 0 papers, 0 new, 0 changed"),
        (IngestReport(problems=(FLAW,), entries=1), False, "1 entry, 0 papers, 0 new, 0 changed"),
        (IngestReport(problems=(FLAW,), filed=FILED), False, "0 entries, 0 papers, 0 new, 0 changed"),
        (IngestReport(captures=(REFUSED,), entries=9), False, "nothing written"),
        (IngestReport(captures=(REFUSED,), last=FILED), False, "nothing filed"),
        (IngestReport(captures=(REFUSED,), last=FILED), True, "nothing written"),
        (
            IngestReport(older=(FLAW, REMARK, REMARK), papers=3, without_vector=1),
            False,
            OLDER,
        ),
    ],
)
def test_the_outcome_is_told_in_numbers(report: IngestReport, dry_run: bool, said: str) -> None:
    start = time.perf_counter()
    assert outcome_in_words(report, start, dry_run=dry_run).rpartition(", ")[0] == said


def test_what_stopped_is_told_and_what_came_of_files_is_not() -> None:
    report = IngestReport(captures=(CAPTURE,), stopped="3 of 300 files", plan=Plan(made=(record("a"),)))
    assert outcome_in_words(report, 0) == "stopped: 3 of 300 files written"
    assert list(lines_of_report(report, Path(), dry_run=False)) == []


@pytest.mark.parametrize(
    ("captures", "dry_run", "lines"),
    [
        (
            [CaptureReport(file="a.txt", listing="a.txt", new=1, known=2, left_out=3)],
            False,
            ["filed   content/listings/a.txt: 2 known, 1 new, 3 left out"],
        ),
        ([CAPTURE], True, ["would file content/listings/a.txt: 1 new"]),
        (
            [CaptureReport(file="a.txt", listing="a.txt", new=1, replaces="a.txt", resembles="It is one.")],
            False,
            ["replaces content/listings/a.txt: 1 new", "        It is one."],
        ),
        (
            [CaptureReport(file="a.txt", listing="a.txt", new=1, replaces="a.txt")],
            True,
            ["would replace content/listings/a.txt: 1 new"],
        ),
        ([CaptureReport(file="a.txt", is_empty=True)], False, ["empty   a.txt: a page without papers"]),
        (
            [CaptureReport(file="a.txt", listing="a.txt", is_filed_already=True)],
            False,
            ["known   content/listings/a.txt"],
        ),
        (
            [REFUSED, CaptureReport(file="b.txt", refusals=("it is old", "it is late")), CAPTURE],
            False,
            [
                "refused a.txt: it is cut short",
                "refused b.txt: it is old",
                "refused b.txt: it is late",
                '        --anyway "why" files it all the same.',
                "filed   content/listings/a.txt: 1 new",
            ],
        ),
    ],
)
def test_each_file_has_its_line_and_what_is_refused_a_hint(
    captures: list[CaptureReport], dry_run: bool, lines: list[str]
) -> None:
    report = IngestReport(captures=tuple(captures))
    assert list(lines_of_report(report, Path(), dry_run=dry_run)) == lines


def test_what_is_written_and_removed_has_a_line_each_but_for_records_with_the_same_new_rows() -> None:
    listed = "listed in 2025-10-30-x.txt: issue 2025-10-30"
    plan = Plan(
        made=(record("a"),),
        edited=(
            record("b", listed),
            record("c", listed, "listed.1.votes: 4"),
            record("d", listed),
            record("e", "title: A -> B", listed),
            record("f", "title: A -> B", listed),
        ),
        removed=(removed("papers/g.yaml"),),
    )
    report = IngestReport(
        plan=plan,
        filed=(*FILED, removed("listings/old.txt")),
        renamed={"new.txt": "former.txt"},
        restored=("back.txt",),
    )
    assert list(lines_of_report(report, Path(), dry_run=False)) == [
        "moved   content/listings/former.txt -> new.txt",
        "restored content/listings/back.txt, as it was before its new capture",
        "removed content/listings/old.txt",
        "new     content/papers/a.yaml",
        f"changed content/papers/c.yaml\n        {listed}\n        listed.1.votes: 4",
        f"changed content/papers/e.yaml\n        title: A -> B\n        {listed}",
        f"changed content/papers/f.yaml\n        title: A -> B\n        {listed}",
        "changed 2 records: listed in 2025-10-30-x.txt",
        "removed content/papers/g.yaml",
    ]
