"""The paths of content files and folders, and which files in these are read for the site."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files import in_utf8, names_in, walk

SITE = "content/site.yaml"
THEMES = "content/themes.yaml"
"""The themes; all papers are unsorted where it is missing or empty."""

PUBLISHED = "content/published.jsonl"
"""What was published; a build stops where any of it would be lost."""

LISTINGS = "content/listings/"
"""Folder of the listings, byte for byte as they came."""

PAPERS = "content/papers/"
"""Folder of the records."""

PAGES = "content/pages/"
"""Folder of the editors' Markdown pages."""

OPENINGS = "content/issues/"
"""Folder of what the editors say at the head of issues, a file named for each day."""

IMAGES = "content/images/"
"""Folder of the images that texts show. One that belongs to a single page may be next to it."""

RECEIPTS = "content/receipts/"
"""Folder of what each listing said, which ingest writes."""

REFUSED = f"{RECEIPTS}refused/"
"""Folder of why listings were refused, a file for each that is not filed; ingest writes it."""

MAILED = "content/mailed/"
"""Folder of the delivery journal: part of the content, so that another machine knows too who has an issue."""

SCHEMAS = "content/schemas/"
"""Folder of what text editors check YAML against, which `broadsheet schema` writes."""

RECORD_SCHEMA = f"{SCHEMAS}record.json"

TERMS = "content/terms.txt"
"""What relates papers; none are related where it is missing."""

VECTORS = "content/vectors.txt"
"""What a sentence model makes of papers; they are compared by words only where it is missing."""


def content_paths(root: Path) -> tuple[str, ...]:
    """Return the paths of all files of content that are read for the site."""
    return (*record_paths(root), *other_paths(root))


def record_paths(root: Path, suffixes: tuple[str, ...] = (".yaml",)) -> Iterator[str]:
    """Yield the paths of the records, relative to the digest's folder, in order, without hidden files.

    Two kinds of folders are yielded too, so that `files.load` reports them: a folder that is named like a
    record, and a symbolic link to a folder, which is not followed. Raises OSError if a folder cannot be read,
    since its papers are not gone.
    """
    prefix = len(f"{root}/")
    for folder, folders, names in walk(f"{root}/{PAPERS.rstrip('/')}"):
        folders.sort()
        links = {name for name in folders if name[0] != "." and os.path.islink(f"{folder}/{name}")}
        place = f"{folder[prefix:]}/".replace(os.sep, "/")
        for name in sorted([*names, *folders]):
            if is_record(name, suffixes) or name in links:
                yield in_utf8(place + name)


def is_record(name: str, suffixes: tuple[str, ...] = (".yaml",)) -> bool:
    """Tell whether a file of this name, below `content/papers/`, is a record."""
    return name.endswith(suffixes) and not name.startswith(".")


IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""The endings of images that browsers show, in lower case."""


def is_image(name: str) -> bool:
    """Tell whether a file of this name, in a folder where there may be images, is one."""
    return name.lower().endswith(IMAGE_SUFFIXES)


def _image_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the images, in order, without hidden ones, and of folders that are links."""
    found = [f"{PAGES}{name}" for name in names_in(root / PAGES)]
    prefix = len(f"{root}/")
    for folder, folders, names in walk(f"{root}/{IMAGES.rstrip('/')}"):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = (name for name in (*folders, *names) if not name.startswith("."))
        found += [f"{folder[prefix:]}/{name}".replace(os.sep, "/") for name in visible]
    for path in sorted(found, key=lambda path: path.split("/")):
        if is_image(path) or (path.startswith(IMAGES) and _is_linked_folder(f"{root}/{path}")):
            yield in_utf8(path)


def _is_linked_folder(path: str) -> bool:
    return os.path.islink(path) and os.path.isdir(path)


def other_paths(root: Path) -> list[str]:
    """Return the paths of all other files that are read for the site: settings, texts, images, tables."""
    pages, openings, receipts, refused = (
        [in_utf8(f"{folder}{name}") for name in names_in(root / folder) if name.endswith(suffix)]
        for folder, suffix in ((PAGES, ".md"), (OPENINGS, ".md"), (RECEIPTS, ".jsonl"), (REFUSED, ".txt"))
    )
    kept = (path for path in (THEMES, PUBLISHED, TERMS, VECTORS) if os.path.lexists(root / path))
    return [SITE, *pages, *openings, *_image_paths(root), *receipts, *refused, *kept]
