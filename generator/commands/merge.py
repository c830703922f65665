"""Merge: two records of one paper become one, with what either has; the other's address leads to it."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec

from generator.commands.ingest import ingest, locked
from generator.files import write_file
from generator.ingest.catalog import RecordHead, read_catalog
from generator.ingest.content import Plan, Write
from generator.ingest.inputs import read_records, survey
from generator.ingest.matching import SourceRecord
from generator.ingest.statements import row_values, values
from generator.model import Paper
from generator.problem import Location, Problem, Severity, error, has_error
from generator.records.edit import Edit, SpliceError, splice


def merge(root: Path, kept: str, other: str, *, dry_run: bool = False) -> Plan:
    """Join the record `other` into the record `kept`, each named by slug, id or path; return what was done.

    Where both have a value, that of `kept` stays; notes are joined. Ingest then gives it the other's
    receipts. Nothing is written where a record is missing, or cannot be edited safely.
    """
    with nullcontext() if dry_run else locked(root):
        merged = _merged(root, kept, other)
        if dry_run or has_error(merged.problems):
            return merged
        for write in (*merged.edited, *merged.removed):
            if write.data is None:
                (root / write.path).unlink()
            else:
                write_file(root / write.path, write.data)
    plan = ingest(root)
    errors = tuple(problem for problem in plan.problems if problem.severity is Severity.ERROR)
    return msgspec.structs.replace(
        plan,
        edited=(*merged.edited, *plan.edited),
        removed=(*merged.removed, *plan.removed),
        problems=errors,
        older=tuple(problem for problem in plan.problems if problem not in errors),
    )


def _merged(root: Path, kept: str, other: str) -> Plan:
    """Return what is to be written, or why nothing is."""
    heads = list(survey(root, read_catalog(root)).records.values())
    paths = [_path(root, heads, name) for name in (kept, other)]
    if problems := tuple(path for path in paths if isinstance(path, Problem)):
        return Plan(problems=problems)
    records = list(read_records(root, [path for path in paths if isinstance(path, str)]))
    if len(records) < 2 or records[0].path == records[1].path:
        message = "Two different records that can be read are needed."
        return Plan(problems=(error(Location(path=str(paths[1])), message, "Name another."),))
    one, two = records
    edits = list(joined(one, two))
    try:
        data = splice(one.data.decode(), edits).encode()
    except SpliceError:
        message = "This record cannot be edited safely."
        return Plan(problems=(error(Location(path=one.path), message, "Merge the two by hand."),))
    changes = tuple(dict.fromkeys(f"{edit.path[0]} of {two.slug}" for edit in edits))
    return Plan(
        edited=(Write(path=one.path, data=data, before=one.data, changes=changes),),
        removed=(Write(path=two.path, data=None, before=two.data),),
        papers=len(heads) - 1,
    )


def _path(root: Path, heads: list[RecordHead], name: str) -> str | Problem:
    """Return the path of the record that a person names."""
    if Path(name).is_absolute() and Path(name).resolve().is_relative_to(root.resolve()):
        name = Path(name).resolve().relative_to(root.resolve()).as_posix()
    found = [head.path for head in heads if name in {head.slug, head.id, head.path} or name in head.aliases]
    if found:
        return found[0]
    return error(Location(path="content/papers"), f"No record is called {name!r}.", "Name its slug or file.")


def joined(one: SourceRecord, two: SourceRecord) -> Iterator[Edit]:
    """Yield the edits with which one record takes up what another has."""
    mine, theirs = one.paper, two.paper
    known = values(one.stated)
    yield from (Edit(path, value) for path, value in values(two.stated).items() if path not in known)
    listings = {row.listing for row in mine.listed}
    rows = [row for row in theirs.listed if row.listing not in listings]
    yield from (
        Edit(("listed", len(mine.listed) + number), row_values(row)) for number, row in enumerate(rows)
    )
    for name, value in _editors(mine, theirs).items():
        if value != getattr(mine, name):
            yield Edit((name,), msgspec.to_builtins(value))
    if mine.id is None:
        yield Edit(("id",), one.slug)
    former = dict.fromkeys((*mine.formerly, two.slug, *([theirs.id] if theirs.id else []), *theirs.formerly))
    yield Edit(("formerly",), [slug for slug in former if slug not in {one.slug, mine.id}])


def _editors(mine: Paper, theirs: Paper) -> dict[str, Any]:
    """Return what editors wrote in either of two records."""
    return {
        "themes": tuple(dict.fromkeys((*mine.themes, *theirs.themes))),
        "pick": mine.pick or theirs.pick,
        "note": "\n".join(dict.fromkeys(filter(None, (mine.note, theirs.note)))) or None,
        "tags": tuple(dict.fromkeys((*mine.tags, *theirs.tags))),
        "headline": mine.headline or theirs.headline,
        "changes": tuple(sorted((*mine.changes, *theirs.changes), key=lambda change: change.date)),
    }
