"""Find the files below `content/` that nothing reads, such as a record named `a.yml`."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from generator.files import names_in, walk
from generator.library.paths import (
    IMAGE_SUFFIXES,
    IMAGES,
    LISTINGS,
    MAILED,
    OPENINGS,
    PAGES,
    PAPERS,
    PUBLISHED,
    RECEIPTS,
    SCHEMAS,
    SITE,
    TERMS,
    THEMES,
    VECTORS,
    is_image,
    is_record,
)
from generator.problem import Location, Problem, notice

_FILES = (SITE, THEMES, PUBLISHED, TERMS, VECTORS)
_FOLDERS = (LISTINGS, RECEIPTS, PAPERS, PAGES, OPENINGS, IMAGES, MAILED, SCHEMAS)


def unread_files(root: Path) -> Iterator[Problem]:
    """Yield a notice for each file or folder below `content/` that nothing reads, in no order.

    Hidden files are left out. PASS: `content/papers/2025/a.yaml`, `content/pages/about.md`
    FAIL: `content/papers/a.yml`, `content/pages/about.markdown`, `content/theme.yaml`, a folder `a.yaml/`
    """
    known = {*_FILES, *(folder.rstrip("/") for folder in _FOLDERS)}
    for path in _visible(root / "content"):
        name = f"content/{path.name}"
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it, or move it out of content/."
            yield notice(Location(path=name), "Nothing reads this.", hint)
    yield from _in_papers(root)
    yield from _in_images(root)
    for folder, example in ((PAGES, "about.md"), (OPENINGS, "2025-10-30.md")):
        for path in _visible(root / folder):
            if folder == PAGES and is_image(path.name):
                continue
            if path.is_dir() or path.suffix != ".md":
                message = f"Nothing reads this: only files such as {example} are read in this folder."
                yield notice(Location(path=f"{folder}{path.name}"), message, _rename_hint(path, ".md"))


def _in_images(root: Path) -> Iterator[Problem]:
    for path in (root / IMAGES).rglob("*"):
        name = path.relative_to(root).as_posix()
        if not (path.is_dir() or is_image(name) or "/." in name):
            known = ", ".join(suffix.removeprefix(".") for suffix in IMAGE_SUFFIXES)
            message = f"This is not published: browsers show images in {known}."
            yield notice(Location(path=name), message, "Convert it, or move it out of this folder.")


def _in_papers(root: Path) -> Iterator[Problem]:
    prefix = len(f"{root}/")
    for folder, _, names in walk(str(root / PAPERS)):
        for name in (name for name in names if not (is_record(name) or name.startswith("."))):
            path = Path(folder, name)
            message = "This is not read: the name of a record ends in .yaml."
            yield notice(Location(path=str(path)[prefix:]), message, _rename_hint(path, ".yaml"))


def _visible(folder: Path) -> list[Path]:
    return [folder / name for name in names_in(folder)]


def _rename_hint(path: Path, suffix: str) -> str:
    likely = {".yaml": (".yml", ".YAML", ".YML"), ".md": (".markdown", ".mdown", ".MD", ".mkd")}
    if path.suffix == ".txt" and path.stem.endswith(suffix):
        return f"Rename it to {path.stem}."
    if not path.is_dir() and path.suffix in likely[suffix]:
        return f"Rename it to {path.stem}{suffix}."
    return "Move it out of this folder, or remove it."
