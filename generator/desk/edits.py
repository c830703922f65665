"""Set a field of a record as the desk asks, and take an edit back. Every other byte stays."""

from collections.abc import Container
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, get_type_hints

import msgspec

from generator.files import digest_of, read_file, write_file
from generator.model import Paper
from generator.records.codec import decode
from generator.records.edit import Edit, SpliceError, splice

FIELDS = ("themes", "pick", "note", "headline", "tags", "hide")
"""The fields that the desk sets: those that are the editors' own."""
CHANGED, GONE = "The record was changed elsewhere.", "The record is gone."
_HINTS = get_type_hints(Paper, include_extras=True)
_KEPT_WHERE_EMPTY = {"themes", "pick"}
"""Fields that a new record has, empty, to invite the editor: they are emptied and not removed."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser asks for: one field of one record to have a value."""

    path: str
    version: str
    """Digest of the bytes that the editor saw, in hexadecimal."""
    field: str
    value: Any


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a change."""

    problem: str = ""
    """Why nothing was written; empty if it was."""
    stale: bool = False
    """Whether the reason is that the record has changed since the editor saw it."""
    edit: int = 0
    """Number of the edit, to take it back; 0 if nothing was written."""
    path: str = ""
    """Of the record."""


class DeskEdits:
    """Writes records, one edit after the other, and remembers them for as long as the server runs."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self._before: dict[int, tuple[str, bytes, bytes]] = {}
        """By number: the path, the bytes before the edit, and those after it."""
        self._numbers = count(1)

    def make(self, change: Change, known: Container[str]) -> Changed:
        """Make a change of one of the known records, if its file still has the bytes that the editor saw."""
        if change.path not in known:
            return Changed(problem=GONE, stale=True)
        if change.field not in FIELDS:
            return Changed(problem=f"The desk does not edit `{change.field}`.")
        try:
            value = msgspec.convert(change.value, _HINTS[change.field])
        except msgspec.ValidationError as flaw:
            return Changed(problem=f"{change.field}: {flaw}.")
        with self._lock:
            return self._made(change, msgspec.to_builtins(value))

    def take_back(self, edit: int) -> Changed:
        """Give a record the bytes that it had before an edit, if it still has those that the edit wrote."""
        with self._lock:
            if edit not in self._before:
                return Changed(problem="There is nothing to take back.")
            path, before, after = self._before[edit]
            now = _read(self._root / path)
            if now != after:
                return Changed(
                    problem="The record was changed since, so it stays as it is.", stale=True, path=path
                )
            write_file(self._root / path, before)
            del self._before[edit]
            return Changed(path=path)

    def _made(self, change: Change, value: Any) -> Changed:
        file = self._root / change.path
        data = _read(file)
        if digest_of(data).hex() != change.version:
            return Changed(problem=CHANGED if data else GONE, stale=True, path=change.path)
        edits = list(_edits(data, change, value))
        try:
            after = splice(data.decode(), edits).encode()
        except (SpliceError, UnicodeDecodeError):
            return Changed(
                problem="This record cannot be edited safely: edit it in a text editor.", path=change.path
            )
        paper, problems = decode(after, change.path, Paper)
        if paper is None:
            return Changed(problem=problems[0].message, path=change.path)
        if after == data:
            return Changed(path=change.path)
        if _read(file) != data:  # an editor saved it just now
            return Changed(problem=CHANGED, stale=True, path=change.path)
        write_file(file, after)
        number = next(self._numbers)
        self._before[number] = change.path, data, after
        return Changed(edit=number, path=change.path)


def _edits(data: bytes, change: Change, value: Any) -> list[Edit]:
    """Return the edits that a change is: one, or none where the record has that value."""
    paper, _ = decode(data, change.path, Paper)
    if paper is not None and (msgspec.to_builtins(getattr(paper, change.field)) or None) == (value or None):
        return []
    return [Edit((change.field,), value if value or change.field in _KEPT_WHERE_EMPTY else None)]


def _read(path: Path) -> bytes:
    """Return a file's bytes, none where it is gone."""
    try:
        return read_file(path)
    except FileNotFoundError:
        return b""
