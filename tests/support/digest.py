"""A digest on disk, written from one readable text, edited and built."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from generator.commands.build import BuildReport, build

SITE = """\
title: A Digest
url: https://digest.example/base/
tag_authority: digest.example,2025
description: Papers worth reading.
"""
THEMES = """\
- slug: data
  title: Data
- slug: models
  title: Models & more
"""

Write = Callable[[str], Path]
"""Writes the files of a text into the test's digest and returns the digest's folder."""


def write_files(root: Path, text: str) -> None:
    """Write the files that a text holds, each below a line `== path`."""
    for chunk in text.split("\n== ")[1:] if text.startswith("\n") else f"\n{text}".split("\n== ")[1:]:
        name, _, body = chunk.partition("\n")
        path = root / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body.rstrip("\n") + "\n" if body.strip() else "", "utf-8")


class Digest:
    """A digest of a test: `Digest(tmp_path).write(text).edit(path, old, new).build()`.

    Its sources are in `digest/` below the folder, its site in `site/`.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "digest"
        self.out = folder / "site"
        self.rendered: set[str] = set()
        """The paths of the pages that the last build rendered."""

    def write(self, text: str = "") -> Self:
        """Write the files that a text holds; the first time, a site and its themes before them."""
        if not self.root.exists():
            write_files(self.root, f"== content/site.yaml\n{SITE}\n== content/themes.yaml\n{THEMES}")
        write_files(self.root, text)
        return self

    def edit(self, path: str, old: str, new: str) -> Self:
        """Replace text in a file; it must be there."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} has no {old!r}"
        file.write_text(text.replace(old, new), "utf-8")
        return self

    def build(self, **options: Any) -> BuildReport:
        """Build the site as `broadsheet build` does."""
        report = build(self.root, self.out, **options)
        self.rendered = {path for path, _ in report.changes}
        return report

    def assert_rendered(self, *paths: str, ignore: Callable[[str], bool] = lambda _: False) -> None:
        """Assert that the last build rendered these pages and no others, but for those to ignore."""
        assert {path for path in self.rendered if not ignore(path)} == {*paths}
