"""Read the content of a digest: all of it, or only what may have changed since. No file is written."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.files import digest_of, load
from generator.library import ownership
from generator.library.library import Library, LibraryItem, library_after, with_papers
from generator.library.overlay import patched
from generator.library.paths import THEMES, other_paths
from generator.library.record_files import RecordFile, read_changed, read_records
from generator.library.site_files import Loaded, place_in, read_site_files
from generator.library.unread import unread_files
from generator.model import Theme
from generator.problem import Fix, Problem, at_most, error


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The content at the time it was read: the library, as far as it is readable, and all problems."""

    library: Library | None = None
    """None where `site.yaml` is unreadable and was never read before."""
    files: Mapping[str, RecordFile] = {}
    """Records, by path."""
    other_digests: Mapping[str, bytes] = {}
    """Digests of all other files that were read, by path."""
    unread: tuple[Problem, ...] = ()
    """A notice for each file of content that nothing reads."""
    users: ownership.NameUsers = {}
    themes: tuple[Theme, ...] | None = None
    """None if they have errors or were never readable: then themes of records are not checked."""
    flaws: Mapping[str, tuple[Problem, ...]] = {}
    """What is wrong or worth knowing, in order of place, by the path of its file."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or worth knowing, in order of place."""
        return tuple(problem for path in sorted(self.flaws) for problem in self.flaws[path])

    def digest_of(self, path: str) -> bytes | None:
        """Return the digest of a record's file; None where there is none."""
        return self.files[path].digest if path in self.files else None

    @property
    def digests(self) -> dict[str, bytes]:
        """Digests of all files that were read, by path."""
        return {**{path: file.digest for path, file in self.files.items()}, **self.other_digests}


def read_library(root: Path, records: Mapping[str, RecordFile] | None = None) -> Snapshot:
    """Read all content below `root`; `records` has the records if they were read already."""
    files = read_records(root, {}) if records is None else records
    return _snapshot(root, Snapshot(), files, _load_others(root))


def read_again(root: Path, before: Snapshot, records: Collection[str], *, others: bool) -> Snapshot:
    """Return what `read_library` would, given that only records at these paths changed and, maybe, `others`.

    Others are all files except records. If only records changed, this takes time only for these.
    """
    changed = read_changed(root, before.files, records)
    files = patched(before.files, changed)
    if others or before.library is None:
        loaded = _load_others(root)
        is_as_before = _digests(loaded) == before.other_digests and _unread(root) == before.unread
        if before.library is None or not is_as_before:
            return _snapshot(root, before, files, loaded)
    return _snapshot_after(root, before, before.library, files, changed) if changed else before


def _load_others(root: Path) -> dict[str, Loaded]:
    return {path: load(root, path) for path in other_paths(root)}


def _unread(root: Path) -> tuple[Problem, ...]:
    return tuple(sorted(unread_files(root), key=lambda problem: problem.order))


def _digests(loaded: Mapping[str, Loaded]) -> dict[str, bytes]:
    return {path: digest_of(data) for path, data in loaded.items()}


def _snapshot(
    root: Path, before: Snapshot, files: Mapping[str, RecordFile], loaded: Mapping[str, Loaded]
) -> Snapshot:
    """Make the snapshot of these records and other files."""
    site_files = read_site_files(loaded, before.library)
    is_flawed = any(problem.location.path == THEMES for problem in site_files.problems)
    themes = None if is_flawed else site_files.themes  # an error in themes.yaml is not one of records
    users = ownership.name_users(files)
    items = filter(None, (ownership.library_item(file, users, files) for file in files.values()))
    flaws = {file.path: _flaws(root, file, users, files, themes) for file in _suspects(files, users, themes)}
    unread = _unread(root)
    for problem in (*site_files.problems, *unread):
        path = problem.location.path
        flaws[path] = (*flaws.get(path, ()), problem)
    library = None
    if site_files.site:
        without_papers = Library(
            site=site_files.site,
            themes=site_files.themes or (),
            pages=site_files.pages,
            published=site_files.published,
            openings=site_files.openings,
            listings=site_files.listings,
            images=site_files.images,
            refused=site_files.refused,
            terms=site_files.terms,
            vectors=site_files.vectors,
        )
        library = with_papers(without_papers, items)
        if before.library and before.library.related:
            related = before.library.related.after(library)
            library = msgspec.structs.replace(library, related=related)
    return Snapshot(
        library=library,
        files=files,
        other_digests=_digests(loaded),
        unread=unread,
        users=users,
        themes=themes,
        flaws={path: found for path, found in flaws.items() if found},
    )


def _suspects(
    files: Mapping[str, RecordFile], users: ownership.NameUsers, themes: tuple[Theme, ...] | None
) -> Iterator[RecordFile]:
    """Yield the records that may have flaws: examining every record of a large library would take long."""
    contested = {path for paths in users.values() if len(paths) > 1 for path in paths}
    slugs = {theme.slug for theme in themes or ()}
    for path, file in files.items():
        on = file.card.themes if file.card else ()
        if file.problems or file.formerly or path in contested or not slugs.issuperset(on):
            yield file


def _snapshot_after(
    root: Path,
    before: Snapshot,
    library: Library,
    files: Mapping[str, RecordFile],
    changed: Collection[str],
) -> Snapshot:
    """Return the snapshot when the records at the changed paths are as `files` has them now."""
    users = ownership.name_users_after(before.users, before.files, files, changed)
    touched = {
        *changed,
        *ownership.sharing_names(before.users, before.files, changed),
        *ownership.sharing_names(users, files, changed),
    }
    gone: list[LibraryItem] = []
    come: list[LibraryItem] = []
    flaws: dict[str, tuple[Problem, ...] | None] = {}
    for path in touched:
        file = files.get(path)
        was = ownership.library_item(before.files.get(path), before.users, before.files)
        now = ownership.library_item(file, users, files)
        if was != now:
            gone += [was] if was else []
            come += [now] if now else []
        found = _flaws(root, file, users, files, before.themes) if file else ()
        if found != before.flaws.get(path, ()):
            flaws[path] = found or None
    return Snapshot(
        library=library_after(library, gone, come) if gone or come else library,
        files=files,
        other_digests=before.other_digests,
        unread=before.unread,
        users=users,
        themes=before.themes,
        flaws=patched(before.flaws, flaws),
    )


def _flaws(
    root: Path,
    file: RecordFile,
    users: ownership.NameUsers,
    files: Mapping[str, RecordFile],
    themes: tuple[Theme, ...] | None,
) -> tuple[Problem, ...]:
    """Return the problems of a record, by itself and among all others, in order of place."""
    found = [
        *file.problems,
        *ownership.name_conflicts(file, users, files),
        *(() if themes is None else at_most(_unknown_themes(root, file, themes), file.path)),
    ]
    return tuple(sorted(found, key=lambda problem: problem.order)) if found else ()


def _unknown_themes(root: Path, file: RecordFile, themes: tuple[Theme, ...]) -> Iterator[Problem]:
    slugs = [theme.slug for theme in themes]
    renamed = {old: theme.slug for theme in themes for old in theme.formerly}
    on = file.card.themes if file.card else ()
    data = b"" if set(on).issubset(slugs) else load(root, file.path)
    for index, slug in enumerate(on):
        if slug in slugs:
            continue
        place, fix = place_in(data, file.path, "themes", index), None
        if slug in renamed:
            hint = f"It is called {renamed[slug]!r} now."
            if place.line:
                fix = Fix(line=place.line, column=place.column, old=slug, new=renamed[slug])
        elif near := difflib.get_close_matches(slug, slugs, n=1):
            hint = f"Did you mean {near[0]!r}?"
        else:
            hint = "content/themes.yaml names the themes."
        yield error(place, f"There is no theme {slug!r}.", hint, fix)
