"""The names that records claim: slugs, ids and former slugs. Each belongs to one record. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from generator.library.library import Entry
from generator.library.overlay import patched
from generator.library.record_files import RecordFile
from generator.problem import Location, Problem, error

Files = Mapping[str, RecordFile]
"""Records, by path."""
Claims = Mapping[str, tuple[str, ...]]
"""By name, the paths of the files that claim it in any way, in order."""


def names_of(file: RecordFile | None) -> set[str]:
    """Return all names that a file claims."""
    return {file.slug, file.id, *file.formerly} - {""} if file else set()


def claims_of(files: Files) -> Claims:
    """Return the claims of all files."""
    claims: dict[str, tuple[str, ...]] = {}
    for path in sorted(files):
        for name in names_of(files[path]):
            claims[name] = (*claims.get(name, ()), path)
    return claims


def claims_after(claims: Claims, before: Files, after: Files, changed: Iterable[str]) -> Claims:
    """Return the claims when the files at the changed paths are no longer those before, but those after."""
    new: dict[str, tuple[str, ...]] = {}
    for path in changed:
        now = names_of(after.get(path))
        for name in names_of(before.get(path)) ^ now:
            others = {*(new[name] if name in new else claims.get(name, ()))} - {path}
            new[name] = tuple(sorted(others | {path} if name in now else others))
    return patched(claims, {name: paths or None for name, paths in new.items()})


def rivals(claims: Claims, files: Files, paths: Iterable[str]) -> set[str]:
    """Return the paths of all files that claim a name which one of the files at the paths claims."""
    return {rival for path in paths for name in names_of(files.get(path)) for rival in claims[name]}


def entry(file: RecordFile | None, claims: Claims, files: Files) -> Entry | None:
    """Return a file's paper as the library takes it; None where there is none, or its slug is another's."""
    if not (file and file.card and file.record) or _owner(file.slug, claims, files) != file.path:
        return None
    former = (old for old in file.formerly if _owner(old, claims, files) == file.path and old != file.slug)
    return file.card, file.record, tuple(dict.fromkeys(former))


def _owner(name: str, claims: Claims, files: Files) -> str:
    """Return the path of the file whose address a name is: the present one of a paper before a former one."""
    claiming = claims[name]
    return (
        claiming[0]
        if len(claiming) == 1
        else min(claiming, key=lambda path: (_rank(name, files[path]), path))
    )


def _rank(name: str, file: RecordFile) -> int:
    if name == file.slug:
        return 0
    return 1 if name in file.formerly else 2


def clashes(file: RecordFile, claims: Claims, files: Files) -> Iterator[Problem]:
    """Yield an error for each name of a file that is another's."""
    here = Location(path=file.path)
    slug = [path for path in claims[file.slug] if files[path].slug == file.slug]
    ids = [path for path in claims[file.id] if files[path].id == file.id] if file.id else []
    for owners, name, what in ((slug, file.slug, "file name"), (ids, file.id, "id")):
        if owners and owners[0] != file.path:
            message = f"The {what} {name!r} is that of {owners[0]} too."
            yield error(here, message, "Each paper has one of its own.")
    for old in dict.fromkeys(file.formerly):
        owner = _owner(old, claims, files)
        if owner != file.path or old == file.slug:
            message = f"The former slug {old!r} leads to {owner} already."
            yield error(here, message, "Remove it from `formerly:` in one of them.")
