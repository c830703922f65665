"""Merge a record (ours) with what the listings say now (theirs), given what ingest wrote last (base)."""

import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import yaml

from generator.ingest.inputs import SourceRecord
from generator.ingest.listed_rows import without_rows
from generator.ingest.receipts import digested
from generator.ingest.statements import (
    ABSTRACT,
    Mentions,
    combined,
    fields_before_listings,
    listed_row,
    listed_rows,
    name_of,
    row_values,
    stated_values,
)
from generator.model import Paper, Stated
from generator.problem import Location, Problem, error, notice
from generator.records.codec import as_read, encode, without_modeline
from generator.records.edit import Edit, FieldPath, SpliceError, splice
from generator.records.nodes import Plain, YamlSource, compose, node_at, plain_value


class MergedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record after the merge."""

    data: bytes
    changes: tuple[str, ...] = ()
    """What is changed, in words."""
    problems: tuple[Problem, ...] = ()


class _Difference(NamedTuple):
    """A value of a record that is not what the listings say now. Of an abstract, digests are compared."""

    path: FieldPath
    ours: Any = None
    """The record's; None if absent."""
    base: Any = None
    """What ingest last wrote; None if nothing."""
    theirs: Any = None
    """What the listings say, as it is to be written; None where they no longer say anything."""
    listing: str = ""
    """The one that says so."""
    is_new: bool = True
    """Whether that listing said something else before, or nothing."""


def merge_record(
    record: SourceRecord,
    before: Mentions,
    now: Mentions,
    accept: Collection[str],
    renamed: Mapping[str, str],
) -> MergedRecord:
    """Return a record with what has changed in the listings, and what an editor should know.

    `before` has its mentions when ingest last wrote, `now` those of the present listings, and `renamed` the
    former names of listings. A value belongs to an editor if it differs from what ingest wrote, or was there
    before any listing. It stays, unless `accept` names its field; if the listings say something new, a notice
    reports it. A record that cannot be edited safely stays as it is, with an error.
    """
    source = YamlSource(record.data.decode("utf-8-sig"), record.path)
    root: yaml.Node | None = None
    edits: list[Edit] = []
    changes: list[str] = []
    problems: list[Problem] = []
    editors = fields_before_listings(before) or ()
    for difference in _differences(record, before, now, renamed):
        root = root or compose(source)[0]
        node = node_at(root, *difference.path)
        text = plain_value(node) if node else ""
        field, theirs = difference.path[0], difference.theirs
        touched = _is_touched(difference, text) or name_of(difference.path) in editors
        if not touched or (theirs is not None and field in accept):
            edits.append(Edit(difference.path, theirs))
            changes.append(_change_in_words(difference))
        elif theirs is not None and difference.is_new:
            spot = node or root
            place = source.place_of(spot) if spot else Location(path=record.path)
            hint = f"Keep it so, or take it with `broadsheet ingest --accept {field} {record.path}`."
            problems.append(notice(place, _conflict_in_words(difference, text), hint))
    gone = [row.listing for row in record.paper.listed if row.listing in before.keys() - now.keys()]
    gone = [listing for listing in gone if listing not in renamed.values()]
    changes += [f"no longer listed in {listing}" for listing in gone]
    return _spliced(record, edits, gone, changes, problems)


def is_untouched(record: SourceRecord, written: Mentions) -> bool:
    """Tell whether a record has only what ingest wrote from these mentions, and nothing of an editor."""
    wrote = {path: statement.value for path, statement in combined(written).items()}
    listed = [row_values(row) for row in listed_rows(written)]
    data = without_modeline(record.data)
    remark = b"#" in data and encode(record.paper).encode() != data
    return (
        not remark
        and stated_values(digested(record.stated)) == wrote
        and sorted(map(str, map(row_values, record.paper.listed))) == sorted(map(str, listed))
        and all(getattr(record.paper, name) == default for name, default in _EDITORS.items())
    )


_EDITORS = {
    name: getattr(Paper(), name)
    for name in Paper.__struct_fields__
    if name not in {*Stated.__struct_fields__, "id", "listed"}
}
"""What an editor's fields hold until they are set."""


def unlisted(record: SourceRecord, listings: Collection[str]) -> MergedRecord:
    """Return a record without its rows for listings that are gone; all else stays."""
    gone = [row.listing for row in record.paper.listed if row.listing in listings]
    return _spliced(record, [], gone, [f"no longer listed in {listing}" for listing in gone], [])


def _spliced(
    record: SourceRecord, edits: list[Edit], gone: list[str], changes: list[str], problems: list[Problem]
) -> MergedRecord:
    try:
        data = without_rows(splice(record.data.decode(), edits), gone).encode()
    except SpliceError:
        message = f"This record cannot be edited safely. To be changed: {'; '.join(changes)}."
        problem = error(Location(path=record.path), message, "Edit it by hand, and ingest again.")
        return MergedRecord(data=record.data, problems=(*problems, problem))
    return MergedRecord(data=data, changes=tuple(changes), problems=tuple(problems))


def _is_touched(difference: _Difference, text: Plain) -> bool:
    """Tell whether an editor set or removed the value. `withdrawn: false` counts as set."""
    return difference.ours != difference.base or (difference.ours is None and text != "")


def _differences(
    record: SourceRecord, before: Mentions, now: Mentions, renamed: Mapping[str, str]
) -> Iterator[_Difference]:
    """Yield where the record differs from what the listings say, whichever of the two has changed."""
    ours, base, theirs = stated_values(digested(record.stated)), combined(before), combined(now)
    if ABSTRACT in theirs and not theirs[ABSTRACT].text:  # no listing has it any more
        del theirs[ABSTRACT]
        base.pop(ABSTRACT, None)
    editors = fields_before_listings(before) or ()
    for path in dict.fromkeys((*theirs, *base)):
        if path not in theirs and name_of(path) in editors:
            continue
        mine, written, new = ours.get(path), base.get(path), theirs.get(path)
        last = written.value if written else None
        if new and mine != new.value:
            yield _Difference(path, mine, last, new.written, listing=new.listing, is_new=last != new.value)
        elif not new and mine is not None:
            yield _Difference(path, mine, last, is_new=False)
    yield from _differences_of_rows(record, before, now, renamed)
    if record.paper.id is None and now:  # an editor wrote the record, and may yet rename its file
        yield _Difference(("id",), theirs=record.slug)
    elif before and not now and "id" not in editors:
        yield _Difference(("id",), ours=record.paper.id, base=record.paper.id)


def _differences_of_rows(
    record: SourceRecord, before: Mentions, now: Mentions, renamed: Mapping[str, str]
) -> Iterator[_Difference]:
    """Yield where rows of `listed` differ from what their listings say now."""
    places = {listed.listing: place for place, listed in reversed(list(enumerate(record.paper.listed)))}
    end = len(record.paper.listed)
    for name, mentions in sorted(now.items()):
        former = renamed.get(name, name)
        theirs = row_values(listed_row(name, mentions))
        base = row_values(listed_row(former, before[former])) if former in before else {}
        place = places.get(name, places.get(former))
        if place is None:
            is_new = base != theirs
            yield _Difference(("listed", end), None, base or None, theirs, listing=name, is_new=is_new)
            end += 1
            continue
        ours = row_values(record.paper.listed[place])
        for field in base | theirs:
            mine, last, new = ours.get(field), base.get(field), theirs.get(field)
            if mine != new:
                path = ("listed", place, field)
                yield _Difference(path, mine, last, new, listing=name, is_new=last != new)


def _change_in_words(difference: _Difference) -> str:
    path, theirs = difference.path, difference.theirs
    if path[0] == "listed" and len(path) == 2:
        return f"listed in {difference.listing}"
    if theirs is None:
        return f"{name_of(path)} removed"
    hidden = difference.ours is None or path == ABSTRACT
    return f"{name_of(path)}: {'' if hidden else f'{_shown(difference.ours)} -> '}{_shown(theirs)}"


def _conflict_in_words(difference: _Difference, text: Plain) -> str:
    path, listing = difference.path, difference.listing
    if path[0] == "listed" and len(path) == 2:
        return f"The row of {listing} in `listed` was removed."
    if text == "":
        return f"`{name_of(path)}` was removed; {listing} says {_shown(difference.theirs)}."
    return f"`{name_of(path)}` is {_shown(text)}; {listing} says {_shown(difference.theirs)}."


def _shown(value: Any) -> str:
    """Return a value for a message: only its beginning, where it is long."""
    read = as_read(value)
    text = read if isinstance(read, str) else ", ".join(map(str, read))
    return f"'{textwrap.shorten(text, 80, placeholder=' ...')}'"
