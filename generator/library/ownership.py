"""Decide which record owns a name: each slug, id and former slug belongs to one record only. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from generator.library.library import LibraryItem
from generator.library.overlay import patched
from generator.library.record_files import RecordFile
from generator.problem import Location, Problem, error

Files = Mapping[str, RecordFile]
"""Records, by path."""
NameUsers = Mapping[str, tuple[str, ...]]
"""By name, the paths of the files that use it as slug, id or former slug, in order."""


def names_of(file: RecordFile | None) -> set[str]:
    """Return all names that a file uses."""
    return {file.slug, file.id, *file.formerly} - {""} if file else set()


def name_users(files: Files) -> NameUsers:
    """Return the users of all names."""
    users: dict[str, tuple[str, ...]] = {}
    for path in sorted(files):
        for name in names_of(files[path]):
            users[name] = (*users.get(name, ()), path)
    return users


def name_users_after(users: NameUsers, before: Files, after: Files, changed: Iterable[str]) -> NameUsers:
    """Return the users of names when the files at these paths have changed."""
    new: dict[str, tuple[str, ...]] = {}
    for path in changed:
        now = names_of(after.get(path))
        for name in names_of(before.get(path)) ^ now:
            others = {*(new[name] if name in new else users.get(name, ()))} - {path}
            new[name] = tuple(sorted(others | {path} if name in now else others))
    return patched(users, {name: paths or None for name, paths in new.items()})


def sharing_names(users: NameUsers, files: Files, paths: Iterable[str]) -> set[str]:
    """Return the paths of all files that use a name which one of the files at the paths uses."""
    return {user for path in paths for name in names_of(files.get(path)) for user in users[name]}


def library_item(file: RecordFile | None, users: NameUsers, files: Files) -> LibraryItem | None:
    """Return a file's paper as the library takes it; None without a published paper or a slug of its own."""
    if file is None or file.card is None or _owner(file.slug, users, files) != file.path:
        return None
    record = file.record
    if record is None:
        return None
    if not file.formerly:
        return LibraryItem(file.card, record, ())
    former = (old for old in file.formerly if _owner(old, users, files) == file.path and old != file.slug)
    return LibraryItem(file.card, record, tuple(dict.fromkeys(former)))


def _owner(name: str, users: NameUsers, files: Files) -> str:
    """Return the path of the file that is published under a name."""
    paths = users[name]
    if len(paths) == 1:
        return paths[0]
    # a slug wins over a former slug, and a former slug over an id
    return min(paths, key=lambda path: (name != files[path].slug, name not in files[path].formerly, path))


def name_conflicts(file: RecordFile, users: NameUsers, files: Files) -> Iterator[Problem]:
    """Yield an error for each other file that owns a name of this file, and for each former slug in use.

    A copied record has all names of the original. That is reported once, at one of the two.
    """
    here = Location(path=file.path)
    same_slug = [path for path in users[file.slug] if files[path].slug == file.slug]
    same_id = [path for path in users[file.id] if files[path].id == file.id] if file.id else []
    rows = (same_slug, file.slug, "file name", "rename it"), (same_id, file.id, "id", "change its `id:`")
    copies: set[str] = set()
    for paths, name, what, change in rows:
        if paths and paths[0] != file.path and paths[0] not in copies:
            message = f"{paths[0]} has the {what} {name!r} too."
            yield error(here, message, f"Remove one of the two; or, if they are two papers, {change}.")
        copies |= {*paths} if len(paths) > 1 else set()
    for old in dict.fromkeys(file.formerly):
        owner = _owner(old, users, files)
        if owner not in {file.path, *copies} or old == file.slug:
            message = f"The former slug {old!r} already leads to {owner}."
            yield error(here, message, "Remove it from `formerly:` in one of them.")
