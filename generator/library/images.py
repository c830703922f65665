"""Find the editors' images that can be published, and what is wrong with the others. Pure.

An image is known by its first bytes, as browsers know it (mimesniff.spec.whatwg.org, 6.1); its name must say
the same, since a web server goes by the name.

PASS: `content/images/chart.png`, `content/pages/room.jpg` (next to the page that shows it)
FAIL: a web page or a JPEG named `chart.png`, an SVG with a script
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.library.paths import IMAGES, PAGES, is_image
from generator.library.svg import svg_flaws
from generator.model import Image
from generator.problem import Location, Problem, at_most, error, has_error, notice

MOST_BYTES = 25 * 2**20
"""Bytes of a file that Cloudflare Pages takes (developers.cloudflare.com/pages/platform/limits)."""
LARGE = 1_000_000
"""Bytes from which on a reader with a slow line waits for seconds."""
_SUFFIXES = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WebP": (".webp",),
    "AVIF": (".avif",),
    "SVG": (".svg",),
}
"""The endings of names, by kind."""


def read_images(
    files: Mapping[str, bytes | Problem], last: tuple[Image, ...] = ()
) -> tuple[tuple[Image, ...], tuple[Problem, ...]]:
    """Return the images among content files, by path, and the problems found.

    In place of an image with an error, the one of that path in `last` is returned.
    """
    last_good = {image.path: image for image in last}
    images: list[Image] = []
    problems: list[Problem] = []
    for path, data in files.items():
        if path.startswith((IMAGES, PAGES)) and (is_image(path) or _is_folder(path, data)):
            found = [data] if isinstance(data, Problem) else list(_flaws(path, data))
            problems += found
            if isinstance(data, bytes) and not has_error(found):
                images.append(Image(path=path, data=data))
            elif path in last_good:
                images.append(last_good[path])
    return tuple(images), tuple(problems)


def _is_folder(path: str, data: bytes | Problem) -> bool:
    """Tell whether this is a folder of images that cannot be read, since it is a symbolic link."""
    return path.startswith(IMAGES) and isinstance(data, Problem)


def _flaws(path: str, data: bytes) -> Iterator[Problem]:
    place, name, kind = Location(path=path), PurePosixPath(path), kind_of(data)
    if not kind:
        message = "This is not an image: it is neither PNG, JPEG, GIF, WebP, AVIF nor SVG."
        yield error(place, message, "Save it as one of these, or remove it.")
    elif name.suffix.lower() not in _SUFFIXES[kind]:
        hint = f"Rename it to {name.stem}{_SUFFIXES[kind][0]}, also where it is shown."
        yield error(place, f"This is an image in {kind}, and its name ends in {name.suffix}.", hint)
    elif len(data) > MOST_BYTES:
        yield error(place, f"This image has {_size(data)}. Hosts take 25 MB at most.", "Make it smaller.")
    elif kind == "SVG":
        yield from at_most(svg_flaws(path, data), path)
    if kind and LARGE < len(data) <= MOST_BYTES:
        hint = "Make it smaller: a reader with a slow line waits for it."
        yield notice(place, f"This image has {_size(data)}.", hint, many="images have more than 1 MB")


def _size(data: bytes) -> str:
    return f"{len(data) / 1e6:.1f} MB"


def kind_of(data: bytes) -> str:
    """Return the kind of an image, by its first bytes; nothing if it is none that browsers show."""
    if data.startswith(b"RIFF") and data[8:14] == b"WEBPVP":
        return "WebP"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "AVIF"
    found = (kind for beginning, kind in _BEGINNINGS.items() if data.startswith(beginning))
    return next(found, "SVG" if _is_xml(data) and b"<svg" in data else "")


_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}


def _is_xml(data: bytes) -> bool:
    return (
        data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg"))
    )
