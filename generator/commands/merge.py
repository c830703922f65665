"""Merge two records of one paper into one, which has what either had. The other's address leads to it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec

from generator.commands.ingest import carry_out, ingest, locked
from generator.ingest.catalog import CatalogRecord, read_catalog
from generator.ingest.inputs import SourceRecord, read_inputs, read_source_records
from generator.ingest.plan import Plan, Write
from generator.ingest.report import IngestReport, stopped
from generator.ingest.statements import row_values, stated_values
from generator.library.paths import PAPERS
from generator.model import Paper
from generator.problem import Location, Problem, Severity, error, has_error
from generator.records.edit import Edit, SpliceError, splice


def merge(root: Path, kept: str, other: str, *, dry_run: bool = False) -> IngestReport:
    """Merge the record `other` into the record `kept`, each named by slug, id or path; return what was done.

    If both have a value, that of `kept` stays; notes are joined. Ingest then gives it the other's receipts.
    Nothing is written if a record is missing or cannot be edited safely.
    """
    with nullcontext() if dry_run else locked(root):
        merged = _merged(root, kept, other)
        if dry_run or has_error(merged.problems):
            return merged
        writes = (*merged.plan.edited, *merged.plan.removed)
        for number, write in enumerate(writes):
            if problem := carry_out(root, write):
                return stopped(merged, problem, number, len(writes))
    report = ingest(root)
    errors = tuple(problem for problem in report.problems if problem.severity is Severity.ERROR)
    plan = msgspec.structs.replace(
        report.plan,
        edited=(*merged.plan.edited, *report.plan.edited),
        removed=(*merged.plan.removed, *report.plan.removed),
    )
    older = tuple(problem for problem in report.problems if problem not in errors)
    return msgspec.structs.replace(report, plan=plan, problems=errors, older=older)


def _merged(root: Path, kept: str, other: str) -> IngestReport:
    """Return what is to be written, or why nothing is."""
    rows = list(read_inputs(root, read_catalog(root)).records.values())
    paths = [_path(root, rows, name) for name in (kept, other)]
    if problems := tuple(path for path in paths if isinstance(path, Problem)):
        return IngestReport(problems=problems)
    records = list(read_source_records(root, [path for path in paths if isinstance(path, str)]))
    if len(records) < 2 or records[0].path == records[1].path:
        message = "Merge needs two different, readable records."
        return IngestReport(problems=(error(Location(path=str(paths[1])), message, "Name another."),))
    one, two = records
    edits = list(joined(one, two))
    try:
        data = splice(one.data.decode(), edits).encode()
    except SpliceError:
        message = "This record cannot be edited safely."
        return IngestReport(problems=(error(Location(path=one.path), message, "Merge the two by hand."),))
    changes = tuple(dict.fromkeys(f"{edit.path[0]} of {two.slug}" for edit in edits))
    plan = Plan(
        edited=(Write(path=one.path, data=data, before=one.data, changes=changes),),
        removed=(Write(path=two.path, data=None, before=two.data),),
    )
    return IngestReport(plan=plan, papers=len(rows) - 1)


def _path(root: Path, rows: list[CatalogRecord], name: str) -> str | Problem:
    """Return the path of the record that a person names."""
    if Path(name).is_absolute() and Path(name).resolve().is_relative_to(root.resolve()):
        name = Path(name).resolve().relative_to(root.resolve()).as_posix()
    found = [row.path for row in rows if name in {row.slug, row.id, row.path, *row.aliases}]
    if found:
        return found[0]
    return error(Location(path=PAPERS), f"No record is called {name!r}.", "Name its slug or file.")


def joined(one: SourceRecord, two: SourceRecord) -> Iterator[Edit]:
    """Yield the edits that add to one record what only the other has."""
    mine, theirs = one.paper, two.paper
    known = stated_values(one.stated)
    yield from (Edit(path, value) for path, value in stated_values(two.stated).items() if path not in known)
    listings = {row.listing for row in mine.listed}
    rows = [row for row in theirs.listed if row.listing not in listings]
    yield from (
        Edit(("listed", len(mine.listed) + number), row_values(row)) for number, row in enumerate(rows)
    )
    for name, value in _editors(mine, theirs).items():
        if value != getattr(mine, name):
            yield Edit((name,), msgspec.to_builtins(value, builtin_types=(dt.date,)))
    if mine.id is None:
        yield Edit(("id",), one.slug)
    former = dict.fromkeys((*mine.formerly, two.slug, *([theirs.id] if theirs.id else []), *theirs.formerly))
    yield Edit(("formerly",), [slug for slug in former if slug not in {one.slug, mine.id}])


def _editors(mine: Paper, theirs: Paper) -> dict[str, Any]:
    """Return the editors' fields of two records, joined.

    What `mine` has already is not added again, since a merge may be repeated: it may have been killed before
    it removed the other record.
    """
    days = (row.issue for row in (*mine.listed, *theirs.listed) if row.issue)
    is_first = bool(theirs.issue and all(day > theirs.issue for day in days))
    changes = (*mine.changes, *(change for change in theirs.changes if change not in mine.changes))
    return {
        "themes": tuple(dict.fromkeys((*mine.themes, *theirs.themes))),
        "pick": mine.pick or theirs.pick,
        "note": _both(mine.note, theirs.note, "\n"),
        "by": _both(mine.by, theirs.by, " and "),
        "tags": tuple(dict.fromkeys((*mine.tags, *theirs.tags))),
        "headline": mine.headline or theirs.headline,
        "issue": mine.issue or (theirs.issue if is_first else None),
        "changes": tuple(sorted(changes, key=lambda change: change.date)),
    }


def _both(mine: str | None, theirs: str | None, between: str) -> str | None:
    """Return a text with the parts of another that it lacks."""
    if not mine or not theirs:
        return mine or theirs
    parts = mine.split(between)
    return between.join([*parts, *(part for part in theirs.split(between) if part not in parts)])
