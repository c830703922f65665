"""Find links and images in the editors' Markdown that lead nowhere on the site. Pure."""

import posixpath
from collections.abc import Iterable, Iterator, Set
from urllib.parse import unquote

from generator.library.paths import is_image
from generator.website.parts.markdown import targets_of

INDEX = "index.html"


def dead_links(text: str, base: str, paths: Set[str], url: str) -> Iterator[tuple[str, str]]:
    """Yield each target of a text in Markdown that is no file of the site, with the address most like it.

    `base` is the address from which relative links of the text lead, as in "papers/x/"; `paths` are those of
    all files of the site; `url` is the site's own, with a slash at its end. What is outside the site, and
    whether a page has the place behind `#`, is not looked at.
    """
    for target in targets_of(text):
        path = path_on_site(target, base, url)
        if path is not None and not {path, posixpath.join(path, INDEX)} & paths:
            yield unquote(target), _near(path, paths)


def _near(path: str, paths: Set[str]) -> str:
    """Return the address of the page most like a path, or of the image most like one; empty if none is."""
    if is_image(path):
        images = sorted(filter(is_image, paths))
        same = (one for one in images if posixpath.basename(one) == posixpath.basename(path))
        near = next(same, "") or _most_like(path, images)
    else:
        near = _most_like(path, paths)
    return f"/{near.removesuffix(INDEX)}" if near else ""


LIKENESS = 70
"""Percent from which on an address may have been meant."""


def _most_like(path: str, paths: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process  # difflib would take a second for each dead link of a large digest

    found = process.extract_iter(path, paths, scorer=fuzz.ratio, processor=_address, score_cutoff=LIKENESS)
    return max(((score, one) for one, score, _ in found), default=(0, ""))[1]


def _address(path: str) -> str:
    return path.removesuffix(INDEX).removesuffix("/")


def path_on_site(target: str, base: str, url: str) -> str | None:
    """Return the path on the site that a target means; None if it is outside the site or on the same page."""
    where = f"/{target.removeprefix(url)}" if target.startswith(url) else target
    if ":" in where.partition("/")[0] or where.startswith(("//", "#", "?")) or not where:
        return None
    path = unquote(where.partition("#")[0].partition("?")[0])
    whole = posixpath.normpath(posixpath.join("/", base, path)).lstrip("/")
    return INDEX if whole in {"", "."} else whole
