"""The paths of the files of content, and their digests."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files import digest_of, load

SITE = "content/site.yaml"
THEMES = "content/themes.yaml"
"""The themes; all papers are unsorted where it is missing or empty."""

PUBLISHED = "content/published.jsonl"
"""What was published; a build stops where any of it would be lost."""

PAGES = "content/pages/"
"""Folder of the editors' Markdown pages."""

OPENINGS = "content/issues/"
"""Folder of what the editors say at the head of issues, a file named for each day."""

RECEIPTS = "content/receipts/"
"""Folder of what each listing said, which ingest writes."""

TERMS = "content/terms.txt"
"""What relates papers; none are related where it is missing."""


def content_digests(root: Path) -> dict[str, bytes]:
    """Return the digests of all files of content that are read for the site, by path."""
    paths = (*record_paths(root), *other_paths(root))
    return {path: digest_of(load(root, path)) for path in paths}


def record_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the records, relative to the digest's folder, in order, without hidden files."""
    prefix = len(f"{root}/")
    for folder, folders, names in os.walk(f"{root}/content/papers"):
        folders.sort()
        for name in sorted(names):
            if is_record(name):
                yield f"{folder[prefix:]}/{name}".replace(os.sep, "/")


def is_record(name: str) -> bool:
    """Tell whether a file of this name, below `content/papers/`, is a record."""
    return name.endswith(".yaml") and not name.startswith(".")


def other_paths(root: Path) -> list[str]:
    """Return the paths of what else is read for the site: settings, Markdown pages, what commands keep."""
    pages, openings = (
        [path.relative_to(root).as_posix() for path in sorted((root / folder).glob("[!.]*.md"))]
        for folder in (PAGES, OPENINGS)
    )
    receipts = [path.relative_to(root).as_posix() for path in sorted((root / RECEIPTS).glob("[!.]*.jsonl"))]
    kept = (path for path in (THEMES, PUBLISHED, TERMS) if (root / path).exists())
    return [SITE, *pages, *openings, *receipts, *kept]
