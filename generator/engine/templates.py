"""Find and read templates and static files, and tell which of them a page depends on.

A digest's own `templates/` folder comes first, then the shipped one, for templates and static files alike.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath

import msgspec

from generator.engine.page import Page, Planner
from generator.files import digest, in_utf8, indistinct, load, walk
from generator.library.library import Library
from generator.problem import Location, Problem, error, notice

_PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = next(
    folder for folder in (_PACKAGE / "_templates", _PACKAGE.parent / "templates") if folder.is_dir()
)
"""The templates that come with Broadsheet: inside the package in a wheel, next to it in a checkout."""
AS_SHIPPED = "shipped/"
"""What begins the name of a shipped template, so that a digest's own, of that name too, can extend it."""
STATIC = "static/"
_REFERENCE = re.compile(
    r"""{%[-+]?\s*(?:extends|include|import|from)\b\s*"""
    r"""(?:["']([^"'\\]+)["'](?=\s*(?:[-+]?%}|as|ignore|import|with))|)"""
)
"""A tag that names another template. Its group is empty if the name is computed."""


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders that have a digest's templates; the first one that has a name wins."""
    own = root / "templates"
    return (own, SHIPPED) if own != SHIPPED and os.path.lexists(own) else (SHIPPED,)


def find(root: Path) -> dict[str, Path]:
    """Return every template and static file by its name, relative to its folder, and what is in its place.

    Raises OSError where a folder cannot be read.
    """
    found: dict[str, Path] = {}
    for folder in folders(root):
        for path in sorted(Path(at, name) for at, *both in walk(str(folder)) for name in chain(*both)):
            if not path.name.startswith(".") and (path.is_symlink() or not path.is_dir()):
                found.setdefault(in_utf8(path.relative_to(folder).as_posix()), path)
    return dict(sorted(found.items()))


class Templates(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of all templates and static files, read once."""

    files: Mapping[str, bytes]
    """By name."""
    paths: Mapping[str, str]
    """Where each was found, for messages: relative to the digest's folder if it is in there."""
    problems: tuple[Problem, ...] = ()
    """Why other files could not be read or used."""

    def fingerprint(self, name: str) -> bytes:
        """Return a digest of a template and of all templates that it extends, includes or imports."""
        used = {
            found: digest(self.files[found]) if found in self.files else b"" for found in self.used_by({name})
        }
        return digest(
            b"\n".join(template.encode() + b"\0" + found for template, found in sorted(used.items()))
        )

    def used_by(self, names: Iterable[str]) -> set[str]:
        """Return the names of templates, and of all that they extend, include or import."""
        used: set[str] = set()
        waiting = {*names}
        while waiting:
            used.add(template := waiting.pop())
            waiting |= self._referenced(template) - used
        return used

    def _referenced(self, name: str) -> set[str]:
        source = self.files.get(name, b"").decode("utf-8", "replace")
        names = {reference[1] for reference in _REFERENCE.finditer(source)}
        if None in names:  # a name computed while rendering may be any template's
            return {*self.files}
        return {name for name in names if name}


def _shipped_elsewhere(found: Mapping[str, Path]) -> dict[str, Path]:
    """Return the shipped templates by name, if the digest has its own, which may extend any of them."""
    templates = {name: path for name, path in found.items() if not name.startswith(STATIC)}
    if all(path == SHIPPED / name for name, path in templates.items()):
        return {}
    return {name: SHIPPED / name for name in templates if (SHIPPED / name).is_file()}


def read_templates(root: Path) -> Templates:
    """Read all templates and static files of the digest at `root`."""
    found = find(root)
    found |= {f"{AS_SHIPPED}{name}": path for name, path in _shipped_elsewhere(found).items()}
    paths = {
        name: in_utf8(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))
        for name, path in found.items()
    }
    loaded = {
        name: _outside_link(root, found[name], path) or load(root, path) for name, path in paths.items()
    }
    files = {name: data for name, data in loaded.items() if isinstance(data, bytes)}
    return Templates(
        files=files,
        paths={name: path for name, path in paths.items() if name in files},
        problems=(
            *(data for data in loaded.values() if isinstance(data, Problem)),
            *_empty(files, paths),
            *_indistinct(paths),
            *_crossing(paths),
        ),
    )


def _indistinct(paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield an error for each of the digest's own names that some file systems cannot tell from another."""
    for problem in indistinct(sorted(paths, key=lambda name: not paths[name].startswith("/"))):
        place = Location(path=paths[problem.location.path])
        yield msgspec.structs.replace(problem, location=place)


def _crossing(paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield an error for each name that is a file of the digest and a shipped folder, or the reverse."""
    for name, path in paths.items():
        for folder in map(str, PurePosixPath(name).parents):
            if folder in paths:
                place = Location(path=paths[folder] if path.startswith("/") else path)
                yield error(place, f"A file and a folder have the name {folder}.", "Rename yours.")


def _outside_link(root: Path, found: Path, path: str) -> Problem | None:
    """Return an error for a link to a file outside the digest, which may not be meant for readers."""
    home = root.resolve()
    if not found.is_relative_to(root / "templates") or not found.is_symlink() or found.is_dir():
        return None
    target = Path(os.path.realpath(found))  # `resolve` would raise on a loop of links
    if target.is_relative_to(home) and not any(
        name.startswith(".") for name in target.relative_to(home).parts
    ):
        return None
    message = "This is a symbolic link to a file outside the digest, or in a hidden folder of it."
    return error(Location(path=path), message, "Copy the file here if the website needs it.")


def _empty(files: Mapping[str, bytes], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield an error for each empty template of pages, which would make these empty."""
    for name, data in files.items():
        is_of_pages = name.endswith(".html") and not name.startswith(("_", STATIC, AS_SHIPPED))
        if is_of_pages and not data:
            hint = "Remove it, and pages use the shipped template of this name, if there is one."
            yield error(Location(path=paths[name]), "The file is empty.", hint)


def unused(templates: Templates, used: Iterable[str]) -> Iterator[Problem]:
    """Yield a notice for each template of a digest's own that no page uses; `used` are those of pages."""
    reached = templates.used_by(used)
    shipped = {name for name in templates.files if (SHIPPED / name).is_file()}
    for name in templates.files.keys() - reached - shipped:
        if not name.startswith((STATIC, AS_SHIPPED)):
            near = difflib.get_close_matches(name, shipped, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it, or include it in another template."
            yield notice(Location(path=templates.paths[name]), "No page uses this template.", hint)


def misnamed_folders(root: Path) -> Iterator[Problem]:
    """Yield a notice for each folder of a digest that is named as a template, or nearly as `templates/`.

    PASS: `templates/static/`
    FAIL: `templates/front.html/`, `template/`
    """
    for folder in sorted(path for path in (root / "templates").glob("[!.]*") if path.is_dir()):
        if (SHIPPED / folder.name).is_file():
            place = Location(path=folder.relative_to(root).as_posix())
            yield notice(place, "This is a folder with the name of a template.", "Rename the folder.")
    for folder in sorted(path for path in root.glob("[!.]*") if path.is_dir()):
        near = difflib.get_close_matches(folder.name.lower(), ("templates", "content"), n=1, cutoff=0.9)
        if near and folder.name != near[0]:
            place = Location(path=folder.name)
            yield notice(place, "Nothing reads this folder.", f"Did you mean {near[0]}?")


class AssetView(msgspec.Struct, frozen=True):
    """A static file, as it is."""

    data: bytes


def copied(view: AssetView) -> bytes:
    """Return a static file."""
    return view.data


def assets(templates: Templates) -> Planner:
    """Return the planner of static files, which are copied verbatim."""

    def plan(_: Library) -> Iterator[Page]:
        for name, data in templates.files.items():
            if name.startswith(STATIC):
                yield Page(path=name, encoder="engine.templates:copied", view=AssetView(data))

    return plan
