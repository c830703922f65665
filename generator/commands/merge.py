"""Merge: two records of one paper become one, with what either has; the other's address leads to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from generator.commands.ingest import ingest
from generator.files import write_file
from generator.ingest.catalog import RecordHead, read_catalog
from generator.ingest.content import Plan, Write
from generator.ingest.inputs import read_records, survey
from generator.ingest.matching import SourceRecord
from generator.ingest.statements import row_values, values
from generator.model import Paper
from generator.problem import Location, Problem, error
from generator.records.edit import Edit, SpliceError, splice


def merge(root: Path, kept: str, other: str, *, dry_run: bool = False) -> Plan:
    """Join the record `other` into the record `kept`, each named by slug, id or path; return what was done.

    Where both have a value, that of `kept` stays; notes are joined. Ingest then gives it the other's
    receipts. Nothing is written where a record is missing, or cannot be edited safely.
    """
    heads = list(survey(root, read_catalog(root)).records.values())
    paths = [_path(heads, name) for name in (kept, other)]
    problems = tuple(path for path in paths if isinstance(path, Problem))
    if problems:
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
    changes = tuple(f"{edit.path[0]} of {two.slug}" for edit in edits)
    written = Write(path=one.path, data=data, before=one.data, changes=tuple(dict.fromkeys(changes)))
    gone = Write(path=two.path, data=None, before=two.data)
    if dry_run:
        return Plan(edited=(written,), removed=(gone,), papers=len(heads) - 1)
    write_file(root / one.path, data)
    (root / two.path).unlink()
    plan = ingest(root)
    return msgspec.structs.replace(
        plan, edited=(written, *plan.edited), removed=(gone, *plan.removed), problems=(), older=plan.problems
    )


def _path(heads: list[RecordHead], name: str) -> str | Problem:
    """Return the path of the record that a person names."""
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
