"""Put the report of ingest into lines, for all commands that ingest: ingest, undo, merge, fetch, enrich."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import NO_MODEL, amount
from generator.library.paths import LISTINGS
from generator.problem import Severity, has_error
from generator.terminal import shown_path, shown_text

if TYPE_CHECKING:
    from generator.ingest.captures import CaptureReport
    from generator.ingest.plan import Write
    from generator.ingest.report import IngestReport


def outcome_in_words(report: "IngestReport", start: float, *, dry_run: bool = False) -> str:
    """Return the outcome in numbers; `start` is a time of `time.perf_counter`."""
    if report.stopped:
        return f"stopped: {report.stopped} written"
    severities = [problem.severity for problem in report.older]
    older = [
        amount(severities.count(severity), f"older {severity}")
        for severity in Severity
        if severity in severities
    ]
    plan = report.plan
    facts = [
        amount(report.entries, "entry", "entries"),
        amount(report.papers, "paper"),
        f"{len(plan.made)} new",
        f"{len(plan.edited)} changed",
        *([f"{len(plan.removed)} removed"] if plan.removed else []),
        *([amount(report.vectors, "vector")] if report.vectors else []),
    ]
    is_refused = (
        not report.captures and not report.filed and not report.entries and has_error(report.problems)
    )
    if is_refused or (report.captures and not report.filed):
        facts = []
    if dry_run or not facts:
        facts.append("nothing filed" if report.last and not dry_run else "nothing written")
    facts.append(f"{time.perf_counter() - start:.2f} s")
    lines = [f"{', '.join(older)}: `broadsheet check`"] if older else []
    if report.without_vector:
        lines.append(f"{amount(report.without_vector, 'paper')} without a vector: {NO_MODEL}")
    return "\n".join([*lines, ", ".join(facts)])


def lines_of_report(report: "IngestReport", root: Path, *, dry_run: bool) -> Iterator[str]:
    """Yield the lines that are printed for a report."""
    refused = [capture for capture in report.captures if capture.refusals]
    for capture in () if report.stopped else report.captures:
        yield from lines_of_capture(capture, root, dry_run=dry_run)
        if capture in refused[-1:]:
            yield '        --anyway "why" files it all the same.'
    yield from lines_of_plan(report, root)


def lines_of_plan(report: "IngestReport", root: Path) -> Iterator[str]:
    """Yield a line for each file that is moved, written or removed; one for all with the same new rows."""
    if report.stopped:
        return
    for new_name, old_name in report.renamed.items():
        yield f"moved   {shown_path(root, LISTINGS + old_name)} -> {new_name}"
    for name in report.restored:
        path = shown_path(root, f"{LISTINGS}{name}")
        yield f"restored {path}, as it was before its new capture"
    yield from _lines_of("removed", [write for write in report.filed if write.data is None], root)
    yield from _lines_of("new", report.plan.made, root)
    alike: dict[str, list[Write]] = {}
    for write in report.plan.edited:
        alike.setdefault(_rows_in_words(write) or write.path, []).append(write)
    yield from _lines_of("changed", [writes[0] for writes in alike.values() if len(writes) == 1], root)
    yield from (f"changed {len(same)} records: {words}" for words, same in alike.items() if len(same) > 1)
    yield from _lines_of("removed", report.plan.removed, root)


def _lines_of(what: str, writes: Iterable["Write"], root: Path) -> Iterator[str]:
    """Yield a line for each file, with its changes below it."""
    for write in writes:
        yield "\n        ".join([f"{what:8}{shown_path(root, write.path)}", *write.changes])


def _rows_in_words(write: "Write") -> str:
    """Return the changes of a record's rows in `listed`; an empty text if anything else changes too."""
    rows = [change.partition(": ")[0] for change in write.changes]
    is_only_rows = all(row.startswith(("listed in ", "no longer listed in ", "listed.")) for row in rows)
    return ", ".join(dict.fromkeys(rows)) if is_only_rows else ""


def lines_of_capture(capture: "CaptureReport", root: Path, *, dry_run: bool = False) -> Iterator[str]:
    """Yield the lines that are printed for a capture."""
    papers = [
        f"{number} {what}"
        for what, number in (("known", capture.known), ("new", capture.new), ("left out", capture.left_out))
        if number
    ]
    path = shown_path(root, f"{LISTINGS}{capture.listing}")
    if capture.is_empty:
        yield f"empty   {capture.file}: a page without papers"
    elif capture.is_filed_already:
        yield f"known   {path}"
    elif capture.listing:
        done, planned = ("replaces", "would replace") if capture.replaces else ("filed  ", "would file")
        yield f"{planned if dry_run else done} {path}: {', '.join(papers)}"
    if capture.resembles:
        yield f"        {shown_text(root, capture.resembles)}"
    for refusal in capture.refusals:
        yield f"refused {capture.file}: {refusal}"
