"""Rename a record or a theme. The old name stays in `formerly:`, so that its address and feeds still work."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.commands.ingest import locked
from generator.files import load, write_file
from generator.library.paths import THEMES
from generator.library.record_files import RecordFile
from generator.library.snapshot import Snapshot, read_library
from generator.model import UNSORTED, Slug, Theme
from generator.problem import Location, Problem, error
from generator.records.codec import is_slug
from generator.records.edit import Edit, SpliceError, splice
from generator.records.misfits import expected


class RenameReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was renamed, or why nothing was."""

    problems: tuple[Problem, ...] = ()
    moved: tuple[str, str] | None = None
    """The record's path before and now."""
    edited: tuple[str, ...] = ()
    """Paths of the files that name the theme."""


def rename(root: Path, old: str, new: str) -> RenameReport:
    """Give the record or theme `old` the slug `new`.

    `papers/x` and `themes/x` tell which is meant where both are called so. Nothing is written if the new name
    is taken, or a file that is to be edited cannot be read.
    """
    kind, _, name = old.strip("/").rpartition("/")
    with locked(root):
        content = read_library(root)
        themes = content.themes or ()
        records = [file for file in content.files.values() if file.slug == name]
        theme = next((theme for theme in themes if name == theme.slug), None)
        # a run that was interrupted has renamed the theme, but not in all records
        theme = theme or next((t for t in themes if t.slug == new and name in t.formerly), None)
        if flaw := _obstacle(content, records, theme, (kind, name, new)):
            return RenameReport(problems=(flaw,))
        try:
            if theme and kind != "papers":
                return _rename_theme(root, content, theme, name, new)
            return _rename_record(root, records[0], new)
        except SpliceError:
            path = THEMES if theme else records[0].path
            message = "This file, or a record that names the theme, cannot be edited safely."
            return RenameReport(problems=(error(Location(path=path), message, "Rename it by hand."),))


def _obstacle(
    content: Snapshot, records: list[RecordFile], theme: Theme | None, names: tuple[str, str, str]
) -> Problem | None:
    """Return why nothing can be renamed."""
    kind, name, new = names
    here = Location(path=records[0].path if records else THEMES)
    found = [*(["papers"] if records else []), *(["themes"] if theme else [])]
    if kind:
        found = [one for one in found if one == kind]
    if not found:
        known = {*(file.slug for file in content.files.values()), *(one.slug for one in content.themes or ())}
        near = difflib.get_close_matches(name, known)
        hint = f"Did you mean {near[0]}?" if near else "Name its slug, as in its address."
        return error(here, f"No record or theme is called {name!r}.", hint)
    if len(found) > 1:
        message, hint = f"A record and a theme are called {name!r}.", f"Name papers/{name} or themes/{name}."
        return error(here, message, hint)
    if not is_slug(new):
        return error(here, f"{new!r} is not {expected(Slug)}.", "Choose another name.")
    if found == ["themes"]:
        others = [one for one in content.themes or () if one is not theme]
        taken = {UNSORTED.slug, *(slug for one in others for slug in (one.slug, *one.formerly))}
    else:
        others_of = [file for file in content.files.values() if file is not records[0]]
        taken = {slug for file in others_of for slug in (file.slug, file.id, *file.formerly)}
    if new in taken:
        return error(here, f"The name {new!r} is taken.", "Choose another name.")
    return None


def _former(formerly: tuple[str, ...], old: str, new: str) -> list[str]:
    return [slug for slug in dict.fromkeys((*formerly, old)) if slug != new]


def _rename_record(root: Path, file: RecordFile, new: str) -> RenameReport:
    paper = file.record.paper() if file.record else None
    text = _text(root, file.path)
    if paper is None or file.slug == new:
        raise SpliceError
    identity = [] if paper.id else [Edit(("id",), (*paper.formerly, file.slug)[0])]
    data = splice(text, [*identity, Edit(("formerly",), _former(paper.formerly, file.slug, new))])
    path = f"{file.path.rpartition('/')[0]}/{new}.yaml"
    write_file(root / file.path, data.encode())
    (root / file.path).rename(root / path)
    return RenameReport(moved=(file.path, path))


def _rename_theme(root: Path, content: Snapshot, theme: Theme, old: str, new: str) -> RenameReport:
    writes = {}
    if theme.slug == old:
        place = (content.themes or ()).index(theme)
        edits = [Edit((place, "slug"), new), Edit((place, "formerly"), _former(theme.formerly, old, new))]
        writes[THEMES] = splice(_text(root, THEMES), edits)
    for path, themes in _naming(content, old):
        renamed = list(dict.fromkeys(new if slug == old else slug for slug in themes))
        writes[path] = splice(_text(root, path), [Edit(("themes",), renamed)])
    for path, text in writes.items():
        write_file(root / path, text.encode())
    return RenameReport(edited=tuple(writes))


def _naming(content: Snapshot, theme: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the records that name a theme, hidden ones too, with all their themes."""
    for path, file in content.files.items():
        themes = file.record.paper().themes if file.record else ()
        if theme in themes:
            yield path, themes


def _text(root: Path, path: str) -> str:
    data = load(root, path)
    if isinstance(data, Problem):
        raise SpliceError
    return data.decode()
