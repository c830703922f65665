"""A record, and what the listings now say of it: what follows them, and what stays as an editor left it."""

import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import yaml

from generator.ingest.matching import Named, SourceRecord, stated_of
from generator.ingest.receipts import digested
from generator.ingest.statements import Said, Told, fold, row_of, row_values, statements, texts_of, told_by
from generator.problem import Location, Problem, error, notice
from generator.records.codec import as_read
from generator.records.edit import Edit, FieldPath, SpliceError, splice
from generator.records.nodes import Plain, Source, compose, node_at, plain


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a record."""

    data: bytes
    changes: tuple[str, ...] = ()
    """What is changed, in words."""
    problems: tuple[Problem, ...] = ()


class _Difference(NamedTuple):
    """A value of a record that is not what the listings now say. Of the abstract, digests are compared."""

    path: FieldPath
    stands: Any
    """The record's; None where it has none."""
    written: Any
    """What ingest last wrote; None where it wrote none."""
    new: Any
    """What the listings say; None where they no longer say anything."""
    listing: str
    """The one that says so."""


def update(record: SourceRecord, before: Told, named: Sequence[Named], accept: Collection[str]) -> Update:
    """Return a record with what has changed in the listings, and what an editor should know.

    `before` are its receipts so far, `named` the entries that name it now. A value that differs from what
    ingest wrote is an editor's: it stays, unless `accept` names its field. A record that cannot be edited
    safely stays as it is, with an error.
    """
    source = Source(record.data.decode("utf-8-sig"), record.path)
    root: yaml.Node | None = None
    changes: list[Edit] = []
    words: list[str] = []
    problems: list[Problem] = []
    for difference in _differences(record, before, named):
        root = root or compose(source)[0]
        node = node_at(root, *difference.path)
        standing = plain(node) if node else ""
        path, new = difference.path, difference.new
        if not _is_touched(difference, standing) or (new is not None and path[0] in accept):
            changes.append(Edit(path, new))
            words.append(_change_in_words(difference))
        elif new is not None:
            spot = node or root
            place = source.place_of(spot) if spot else Location(path=record.path)
            hint = f"Keep it so, or take what listings say with `broadsheet ingest --accept {path[0]}`."
            problems.append(notice(place, _conflict_in_words(difference, standing), hint))
    try:
        data = splice(record.data.decode(), changes).encode()
    except SpliceError:
        message = f"This record cannot be edited safely. To be changed: {'; '.join(words)}."
        problem = error(Location(path=record.path), message, "Edit it by hand, and ingest again.")
        return Update(data=record.data, problems=(*problems, problem))
    return Update(data=data, changes=tuple(words), problems=tuple(problems))


def _is_touched(difference: _Difference, standing: Plain) -> bool:
    """Tell whether an editor set or removed the value; `withdrawn: false` is set, though it says nothing."""
    return difference.stands != difference.written or (difference.stands is None and standing != "")


def _differences(record: SourceRecord, before: Told, named: Sequence[Named]) -> Iterator[_Difference]:
    """Yield where the record differs from what the listings say, for an editor's reasons or for theirs."""
    now, texts = {**before, **told_by(named)}, texts_of(named)
    standing, said = statements(digested(stated_of(record.paper))), fold(now)
    written = {path: value for path, (value, _) in fold(before).items()}
    if _ABSTRACT in said and said[_ABSTRACT].value not in texts:  # that of a listing which is gone
        del said[_ABSTRACT]
        written.pop(_ABSTRACT, None)
    for path in [*said, *(path for path in written if path not in said)]:
        stands, new = standing.get(path), said.get(path, _NOTHING)
        if stands != new.value:
            value = texts[new.value] if path == _ABSTRACT and new.value else new.value
            yield _Difference(path, stands, written.get(path), value, new.listing)
    yield from _differences_of_rows(record, before, named)
    if record.paper.id is None:  # an editor wrote the record, and may yet rename its file
        yield _Difference(("id",), None, None, record.slug, "")


_ABSTRACT = ("abstract",)
_NOTHING = Said(None, "")


def _differences_of_rows(record: SourceRecord, before: Told, named: Sequence[Named]) -> Iterator[_Difference]:
    """Yield where rows of `listed` differ from what their listings say now."""
    places = {row.listing: place for place, row in reversed(list(enumerate(record.paper.listed)))}
    listings = {one.listing.name: one.listing for one in named}
    end = len(record.paper.listed)
    for name, receipts in sorted(told_by(named).items()):
        new = row_values(row_of(listings[name], receipts))
        was = row_values(row_of(listings[name], before[name])) if name in before else {}
        if name not in places:
            yield _Difference(("listed", end), None, was or None, new, name)
            end += 1
            continue
        stands = row_values(record.paper.listed[places[name]])
        for field in was | new:
            if stands.get(field) != new.get(field):
                path = ("listed", places[name], field)
                yield _Difference(path, stands.get(field), was.get(field), new.get(field), name)


def _change_in_words(difference: _Difference) -> str:
    path, stands, _, new, listing = difference
    if path[0] == "listed" and len(path) == 2:
        return f"listed in {listing}"
    if new is None:
        return f"{_name(path)} removed"
    old = f"{_shown(stands)} -> " if stands is not None and path != _ABSTRACT else ""
    return f"{_name(path)}: {old}{_shown(new)}"


def _conflict_in_words(difference: _Difference, standing: Plain) -> str:
    path, _, _, new, listing = difference
    if path[0] == "listed" and len(path) == 2:
        return f"The row of {listing} in `listed` was removed."
    if standing == "":
        return f"`{_name(path)}` was removed; {listing} says {_shown(new)}."
    return f"`{_name(path)}` stands as {_shown(standing)}; {listing} says {_shown(new)}."


def _name(path: FieldPath) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _shown(value: Any) -> str:
    """Return a value for a message: its beginning alone, where it is long."""
    read = as_read(value)
    text = read if isinstance(read, str) else ", ".join(map(str, read))
    return f"'{textwrap.shorten(text, 80, placeholder=' ...')}'"
