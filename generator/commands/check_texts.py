"""What `check` says of the editors' texts: links and images that lead nowhere, images without words."""

from collections.abc import Iterator, Set
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
        for target, near in dead_links(text, base, paths, url):
            if not unread.isdisjoint(PurePosixPath(part).stem for part in PurePosixPath(target).parts):
                continue  # it may lead to what has an error, and is there once that is mended
            hint = _IMAGE if is_image(target) else "A link that begins with / leads from the site's root."
            hint = f"Did you mean {near}?" if near else hint
            yield notice(_place_of(root, path, target), f"This leads nowhere on the site: {target}", hint)
        yield from _images(root, path, text)
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


def _images(root: Path, path: str, text: str) -> Iterator[Problem]:
    """Yield a notice for each image of a text that says nothing in words, or is on another server."""
    for source, words in images_of(text):
        if not words:
            hint = f"Say what it shows, for readers who do not see it: ![a chart of ...]({source})"
            message, many = f"This image says nothing in words: {source}", "images say nothing in words"
            yield notice(_place_of(root, path, f"![]({source}"), message, hint, many=many)
        if is_elsewhere(source):
            message = f"This image is on another server: {source}"
            hint = "Copy it to content/images/: pages load nothing from elsewhere, so it is a link for now."
            yield notice(_place_of(root, path, source), message, hint, many="images are on other servers")

    for source in unread_images(text):
        hint = f"An address with spaces is written in angle brackets: ![...](<{source}>)"
        message = f"This is shown as text, not as an image: {source}"
        yield notice(_place_of(root, path, source), message, hint)


def _unused(library: Library, paths: Set[str]) -> Iterator[Problem]:
    """Yield a notice for each image next to a page that no page shows, and that so is not published."""
    for path in (image.path for image in library.images if image.path.startswith(PAGES)):
        name = path.removeprefix(PAGES)
        if not any(f"{page.slug}/{name}" in paths for page in library.pages):
            hint = f"Show it on a page: ![what it shows]({name}). Or move it to content/images/."
            yield notice(Location(path=path), "No page shows this image, so it is not published.", hint)


def _place_of(root: Path, path: str, target: str) -> Location:
    """Return where a file has the target of a link: the whole file if it is written in another way there."""
    data = load(root, path)
    lines = [] if isinstance(data, Problem) else data.decode("utf-8", "replace").splitlines()
    for before in ("](", "](<", "]: ", "<", ""):
        for number, line in enumerate(lines, 1):
            if before + target in line:
                column = line.index(before + target) + len(before) + 1
                return Location(path=path, line=number, column=column, text=line)
    return Location(path=path)
