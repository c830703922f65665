"""Find mistakes in the editors' texts: links and images that lead nowhere, images without words."""

import re
from collections.abc import Iterator, Set
from functools import cached_property
from pathlib import Path, PurePosixPath

import msgspec

from generator.files import load
from generator.library.library import Library
from generator.library.paths import OPENINGS, PAGES, is_image
from generator.library.snapshot import Snapshot
from generator.problem import Location, Problem, has_error, notice
from generator.website.dead_links import dead_links
from generator.website.parts.markdown import images_of, unread_images
from generator.website.urls import absolute, href, is_elsewhere, issue_link


def check_texts(root: Path, content: Snapshot, library: Library, paths: Set[str]) -> Iterator[Problem]:
    """Yield the notices on notes, pages and openings; `paths` are those of all files of the site."""
    url = absolute(library.site.url, "")
    unread = {PurePosixPath(path).stem for path, flaws in content.flaws.items() if has_error(flaws)}
    for path, base, text in _editors_texts(content, library):
        source = _Source(root, path)
        for target, near in dead_links(text, base, paths, url):
            if not unread.isdisjoint(PurePosixPath(part).stem for part in PurePosixPath(target).parts):
                continue  # it may lead to what has an error, and is there once that is mended
            hint = _IMAGE if is_image(target) else "A link that begins with / leads from the site's root."
            hint = f"Did you mean {near}?" if near else hint
            yield notice(source.place_of(target), f"This leads nowhere on the site: {target}", hint)
        yield from _images(source, text)
    yield from _unused(library, paths)


_IMAGE = "Put the file into content/images/, and lead there with /images/."


def _editors_texts(content: Snapshot, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield the file of each text in Markdown, the address from which its links lead, and the text."""
    for path, file in content.files.items():
        note = _note_of(file.packed).note if file.card and file.packed else None
        if note:
            yield path, href(file.slug), note
    for page in library.pages:
        yield f"{PAGES}{page.slug}.md", f"{page.slug}/", page.text
    for day, opening in library.openings.items():
        yield f"{OPENINGS}{day}.md", issue_link(day).href, opening.text


class _Noted(msgspec.Struct, frozen=True):
    """Of a record, the editors' note. No other field is unpacked."""

    note: str | None = None


_note_of = msgspec.msgpack.Decoder(_Noted).decode


def _images(written: "_Source", text: str) -> Iterator[Problem]:
    """Yield a notice for each image of a text that says nothing in words, or is on another server."""
    for source, words in images_of(text):
        if not words:
            hint = f"Say what it shows, for readers who do not see it: ![a chart of ...]({source})"
            message, many = f"This image says nothing in words: {source}", "images say nothing in words"
            yield notice(written.place_of(f"![]({source}"), message, hint, many=many)
        if is_elsewhere(source):
            message = f"This image is on another server: {source}"
            hint = "Copy it to content/images/: pages load nothing from elsewhere, so it is a link for now."
            yield notice(written.place_of(source), message, hint, many="images are on other servers")

    for source in unread_images(text):
        hint = f"An address with spaces is written in angle brackets: ![...](<{source}>)"
        message = f"This is shown as text, not as an image: {source}"
        yield notice(written.place_of(source), message, hint)


def _unused(library: Library, paths: Set[str]) -> Iterator[Problem]:
    """Yield a notice for each image next to a page that no page shows, and that so is not published."""
    for path in (image.path for image in library.images if image.path.startswith(PAGES)):
        name = path.removeprefix(PAGES)
        if not any(f"{page.slug}/{name}" in paths for page in library.pages):
            hint = f"Show it on a page: ![what it shows]({name}). Or move it to content/images/."
            yield notice(Location(path=path), "No page shows this image, so it is not published.", hint)


class _Source:
    """The file of a text. It is read where a place is asked for, and then once, however many are."""

    def __init__(self, root: Path, path: str) -> None:
        self._root = root
        self._path = path

    def place_of(self, target: str) -> Location:
        """Return where the target of a link is: the whole file if it is written in another way there."""
        line, column = self._places.get(target) or self._found(target)
        return Location(path=self._path, line=line, column=column, text=self._lines[line - 1] if line else "")

    @cached_property
    def _lines(self) -> list[str]:
        data = load(self._root, self._path)
        return [] if isinstance(data, Problem) else data.decode("utf-8", "replace").splitlines()

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """Line and column of each target where it first is one, and of `![](` and the target of an image."""
        places: dict[str, tuple[int, int]] = {}
        for number, line in enumerate(self._lines, 1):
            for found in _TARGET.finditer(line):
                places.setdefault(found[2], (number, found.start(2) + 1))
                if found[1].startswith("!"):
                    places.setdefault(found[0], (number, found.start() + 1))
        return places

    def _found(self, target: str) -> tuple[int, int]:
        for before in ("](", "](<", "]: ", "<", ""):
            for number, line in enumerate(self._lines, 1):
                if before + target in line:
                    return number, line.index(before + target) + len(before) + 1
        return 0, 0


_TARGET = re.compile(r"(!\[\]\(|\]\(<?|\]: )([^\s<>()]+)")
"""How links and images are mostly written: what comes before the target, and the target."""
