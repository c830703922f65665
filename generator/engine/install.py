"""Installing what was rendered: find obstacles, put files in place, prune what is no longer planned.

Files are staged until all of them are rendered. So an error leaves the output as it was, and a kill at any
moment leaves only files that the ledger or its journal knows.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path
from typing import Self

import msgspec

from generator.engine.ledger import FileState, Ledger, LedgerRow, StateFolder
from generator.engine.output import Output, crossing
from generator.problem import Location, Problem, error, notice


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where files are installed, with the ledger of those that were installed there before."""

    output: Output
    state: StateFolder
    ledger: Ledger
    clean: bool
    """Whether to write every file again, and to overwrite files that no build wrote."""

    @classmethod
    def of(cls, output: Output, state: StateFolder, *, clean: bool) -> Self:
        """Return the destination with the ledger that its state folder has."""
        return cls(output=output, state=state, ledger=state.read_ledger(), clean=clean)

    @property
    def rows(self) -> Mapping[str, LedgerRow]:
        """The rows of files that need not be written again."""
        return {} if self.clean else self.ledger.rows

    def installed(self, path: str, content: bytes) -> FileState | None:
        """Return the state of a file that has this content, by its digest, as the last build left it."""
        row = self.rows.get(path)
        is_same = row and row.content == content and row.state == self.output.state(path)
        return row.state if row and is_same else None


def misplaced(root: Path, out: Path) -> Problem | None:
    """Return an error if an output would mix pages with the digest's own files."""
    home, place = Path(os.path.realpath(root)), Path(os.path.realpath(out))
    own = (home / name for name in ("content", "templates", ".broadsheet", ".git"))
    if not _is_within(home, place) and not any(_is_within(place, folder) for folder in own):
        return None
    message = "The website cannot be written here: this folder has the digest's own files."
    return error(Location(path=str(out)), message, "Choose a folder of its own with --out, such as site.")


def _is_within(place: Path, folder: Path) -> bool:
    """Tell whether a place is a folder or in it, also by a name that only the file system takes for it."""
    there = (at for at in (place, *place.parents) if folder.exists() and at.exists())
    return place.is_relative_to(folder) or any(at.samefile(folder) for at in there)


def ledger_problems(*destinations: Destination) -> list[Problem]:
    """Return an error if a ledger is damaged: then nothing tells which files of the output are a build's."""
    if all(found.clean or found.ledger.readable or found.output.is_empty() for found in destinations):
        return []
    place = Location(path=destinations[0].output.folder)
    message = "The record of what the last build wrote here is damaged."
    return [error(place, message, "Run build with --clean to write all files again.")]


def obstacles(destination: Destination, paths: Iterable[str], planned: Set[str]) -> list[Problem]:
    """Return an error if something forbids to write files, or to remove those no longer planned."""
    output, paths = destination.output, tuple(paths)
    if output.is_empty():
        return []
    if linked := output.linked_folders(paths):
        message = "This folder is a symbolic link, so pages would be written elsewhere."
        hint = "Put a folder in its place, or choose another output with --out."
        return [error(Location(path=f"{output.folder}/{linked[0]}"), message, hint)]
    if closed := output.closed_folders((*paths, *(destination.ledger.paths() - planned))):
        hint = "Give yourself permission, or choose another output with --out."
        place = Location(path=f"{output.folder}/{closed[0]}".removesuffix("/"))
        return [error(place, "You may not write in this folder.", hint)]
    found = [blocker for path in paths if (blocker := _obstacle(destination, path))]
    if found:
        respelled = _respelled(destination, found)
        found = [path for path in found if path not in respelled]
    if not found:
        return []
    others = len({*found}) - 1
    more = f" (and {others} more)" if others else ""
    message = f"This was not written by a build, and is in the way{more}."
    hint = "Move it away, choose another folder with --out, or overwrite it with --clean."
    if destination.clean:
        message, hint = "A folder is in the way.", "Move it away, or choose another folder with --out."
    return [error(Location(path=f"{output.folder}/{found[0]}"), message, hint)]


def _obstacle(destination: Destination, path: str) -> str | None:
    """Return what is in the way of a file and was not written by a build; with `clean`, only a folder."""
    output, ledger = destination.output, destination.ledger
    row, state = ledger.rows.get(path), output.state(path)
    if row and row.state == state:
        return None

    def is_ours(path: str) -> bool:
        return output.is_ours(path, ledger.contents(path))

    blocker = output.blocker(path)
    if blocker == path:
        return None if all(map(is_ours, output.paths_below(path))) else path
    if destination.clean:
        return None
    if blocker:
        return None if is_ours(blocker) else blocker
    return path if state and not ledger.contents(path) else None


def _respelled(destination: Destination, paths: Iterable[str]) -> set[str]:
    """Return the paths whose file a build wrote under a name that its file system takes for theirs."""
    output, ledger = destination.output, destination.ledger
    former = {path.casefold(): path for path in ledger.paths()}
    return {
        path
        for path in paths
        if (before := former.get(path.casefold()))
        and output.state(before) == output.state(path)
        and output.is_ours(path, ledger.contents(before))
    }


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """What installing did."""

    rows: Mapping[str, LedgerRow]
    """Those of the ledger now, by path."""
    written: int
    removed: int
    notices: list[Problem]
    """One for each file that is no longer planned, but was altered and therefore left."""


def install(
    destination: Destination,
    planned: Set[str],
    rendered: Mapping[str, LedgerRow],
    after: Ledger,
    pending: Collection[str] = (),
) -> Installed:
    """Put rendered files in place, remove those no longer planned, and write the ledger.

    A row of `rendered` is of a staged file, or of one that is in place already. `after` is the ledger to
    write, still without its rows. Of the `pending` paths the journal is kept: they are planned, but belong to
    stages that were not rendered.
    """
    output, before = destination.output, destination.ledger
    gone = sorted(before.paths() - planned)
    if rendered or gone:
        coming = ((path, (*before.contents(path), row.content)) for path, row in rendered.items())
        destination.state.write_journal({**before.journal, **dict(coming)})
    in_place = destination.rows
    new = {
        path: None
        for path, row in rendered.items()
        if path not in in_place or in_place[path].state != row.state
    }
    removable = {path: None for path in gone if output.is_ours(path, before.contents(path))}
    missing = {path: None for path in gone if not output.state(path)}
    placed = _replace(output, removable | missing, new)
    rows = {path: row for path, row in before.rows.items() if path in planned} | dict(rendered)
    rows |= {path: _changed(rendered[path], placed[path]) for path in new if path in placed}
    journal = {path: contents for path, contents in before.journal.items() if path in pending}
    destination.state.write_ledger(msgspec.structs.replace(after, rows=rows, journal=journal))
    altered = (path for path in gone if path not in removable and output.state(path))
    message = "This file is no longer part of the site, but was altered, so it is left."
    hint = "Remove it if you do not need it."
    notices = [notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in altered]
    return Installed(rows=rows, written=len(new), removed=len(removable), notices=notices)


def _changed(row: LedgerRow, changed: int) -> LedgerRow:
    """Return a row with the time at which its file was put in place."""
    return msgspec.structs.replace(row, state=msgspec.structs.replace(row.state, changed=changed))


def _replace(output: Output, old: Collection[str], new: Collection[str]) -> dict[str, int]:
    """Remove old files and put new ones in place. Old ones that are in their way are removed first.

    Returns what `Output.place` does.
    """
    first = crossing(old, new) if old else set()
    for path in first:
        output.remove(path)
    placed = output.place(new) if new else {}
    for path in old:
        if path not in first:
            output.remove(path)
    return placed
