"""Reading the content of a digest: all of it, or again what may have changed of it. No file is written."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.files import digest_of, load
from generator.library.library import Entry, Library, library_after, library_of
from generator.library.overlay import patched
from generator.library.ownership import Claims, claims_after, claims_of, clashes, entry, rivals
from generator.library.paths import SETTINGS, TERMS, other_paths
from generator.library.record_files import Keep, RecordFile, Workers, read_changed, read_records
from generator.library.terms import Terms, decode_terms
from generator.model import UNSORTED, MarkdownPage, Site, Theme
from generator.problem import Location, Problem, error
from generator.records.codec import decode, is_slug, text_of
from generator.records.nodes import compose, location, node_at

OWN_ADDRESSES = frozenset(
    ("api", "archive", "feeds", "issues", "my", "papers", "picks", "search", "since", "static", "themes")
)
"""Folders of the site that are not a Markdown page's to take."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading the content gave: the library as far as it is readable, and what is wrong."""

    library: Library | None = None
    """None where `site.yaml` or `themes.yaml` is unreadable and was never read before."""
    files: Mapping[str, RecordFile] = {}
    """Records, by path."""
    others: Mapping[str, bytes] = {}
    """Digests of all other files that were read, by path."""
    claims: Claims = {}
    flaws: Mapping[str, tuple[Problem, ...]] = {}
    """What is wrong or worth knowing, in order of place, by the path of its file."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or worth knowing, in order of place."""
        return tuple(problem for path in sorted(self.flaws) for problem in self.flaws[path])

    @property
    def digests(self) -> dict[str, bytes]:
        """Of all files, by path: what `content_digests` gives while they stay as they are."""
        return {**{path: file.digest for path, file in self.files.items()}, **self.others}


def read_library(
    root: Path,
    before: Reading | None = None,
    workers: Workers | None = None,
    digests: Mapping[str, bytes] | None = None,
    keep: Keep | None = None,
) -> Reading:
    """Read all content below `root`.

    With the reading `before`, a file of the same bytes is not decoded again, and one that has become
    unreadable keeps its last good state beside its problems. For `workers`, `digests` and `keep` see
    `read_records`.
    """
    before = before or Reading()
    records = read_records(root, before.files, workers, digests, keep)
    return _reading(root, before, records, _load_others(root))


def read_again(root: Path, before: Reading, records: Collection[str], *, others: bool) -> Reading:
    """Return what `read_library` would, where only records at these paths changed and, maybe, `others`.

    Others are all files but records. Where only records changed, it takes time for these alone.
    """
    changed = read_changed(root, before.files, records)
    files = patched(before.files, changed)
    if others or before.library is None:
        loaded = _load_others(root)
        if before.library is None or _digests(loaded) != before.others:
            return _reading(root, before, files, loaded)
    return _reading_after(root, before, before.library, files, changed) if changed else before


def _load_others(root: Path) -> dict[str, bytes | Problem]:
    return {path: load(root, path) for path in other_paths(root)}


def _digests(loaded: Mapping[str, bytes | Problem]) -> dict[str, bytes]:
    return {path: digest_of(data) for path, data in loaded.items()}


def _reading(
    root: Path, before: Reading, files: Mapping[str, RecordFile], others: Mapping[str, bytes | Problem]
) -> Reading:
    """Return the reading that records and other files give."""
    last = before.library
    problems: list[Problem] = []
    site = _decoded(others, SETTINGS[0], Site, problems) or (last and last.site)
    listed = _decoded(others, SETTINGS[1], tuple[Theme, ...], problems)
    themes = tuple(_own_themes(root, listed, problems)) if listed is not None else last.themes if last else ()
    pages = tuple(_read_pages(others, last.pages if last else (), problems))
    terms = _read_terms(others, last.terms if last else Terms(), problems)
    claims = claims_of(files)
    entries = (entry(file, claims, files) for file in files.values())
    flaws = {
        file.path: _flaws(root, file, claims, files, themes) for file in _suspects(files, claims, themes)
    }
    for problem in sorted(problems, key=lambda problem: problem.order):
        flaws[problem.location.path] = (*flaws.get(problem.location.path, ()), problem)
    related = last.related if last else None
    return Reading(
        library=library_of(site, themes, filter(None, entries), pages, terms, related) if site else None,
        files=files,
        others=_digests(others),
        claims=claims,
        flaws={path: found for path, found in flaws.items() if found},
    )


def _suspects(
    files: Mapping[str, RecordFile], claims: Claims, themes: tuple[Theme, ...]
) -> Iterator[RecordFile]:
    """Yield the records that may have flaws: looking closely at all of a large library would take long."""
    contested = {path for paths in claims.values() if len(paths) > 1 for path in paths}
    slugs = {theme.slug for theme in themes}
    for path, file in files.items():
        on = file.card.themes if file.card else ()
        if file.problems or file.formerly or path in contested or not slugs.issuperset(on):
            yield file


def _reading_after(
    root: Path,
    before: Reading,
    library: Library,
    files: Mapping[str, RecordFile],
    changed: Collection[str],
) -> Reading:
    """Return the reading when the records at the changed paths are as `files` has them now."""
    claims = claims_after(before.claims, before.files, files, changed)
    touched = {*changed, *rivals(before.claims, before.files, changed), *rivals(claims, files, changed)}
    gone: list[Entry] = []
    come: list[Entry] = []
    flaws: dict[str, tuple[Problem, ...] | None] = {}
    for path in touched:
        file = files.get(path)
        was, now = entry(before.files.get(path), before.claims, before.files), entry(file, claims, files)
        if was != now:
            gone += [was] if was else []
            come += [now] if now else []
        found = _flaws(root, file, claims, files, library.themes) if file else ()
        if found != before.flaws.get(path, ()):
            flaws[path] = found or None
    return Reading(
        library=library_after(library, gone, come) if gone or come else library,
        files=files,
        others=before.others,
        claims=claims,
        flaws=patched(before.flaws, flaws),
    )


def _flaws(
    root: Path, file: RecordFile, claims: Claims, files: Mapping[str, RecordFile], themes: tuple[Theme, ...]
) -> tuple[Problem, ...]:
    """Return what is wrong with a record, by itself and beside all others, in order of place."""
    found = [*file.problems, *clashes(file, claims, files), *_unknown_themes(root, file, themes)]
    return tuple(sorted(found, key=lambda problem: problem.order)) if found else ()


S = TypeVar("S")


def _decoded(
    files: Mapping[str, bytes | Problem], path: str, kind: type[S], problems: list[Problem]
) -> S | None:
    data = files[path]
    if isinstance(data, Problem):
        problems.append(data)
        return None
    value, found = decode(data, path, kind)
    problems.extend(found)
    return value


def _unknown_themes(root: Path, file: RecordFile, themes: tuple[Theme, ...]) -> Iterator[Problem]:
    slugs = [theme.slug for theme in themes]
    for index, slug in enumerate(file.card.themes if file.card else ()):
        if slug not in slugs:
            near = difflib.get_close_matches(slug, slugs, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "content/themes.yaml names the themes."
            yield error(_place(root, file.path, "themes", index), f"There is no theme {slug!r}.", hint)


def _own_themes(root: Path, listed: tuple[Theme, ...], problems: list[Problem]) -> Iterator[Theme]:
    """Yield the themes whose slug is their own."""
    seen: set[str] = set()
    for index, theme in enumerate(listed):
        if theme.slug not in {*seen, UNSORTED.slug}:
            seen.add(theme.slug)
            yield theme
            continue
        stands = "stands twice" if theme.slug in seen else "is that of papers without one"
        place = _place(root, SETTINGS[1], index, "slug")
        message = f"The theme {theme.slug!r} {stands}."
        problems.append(error(place, message, "Each theme has a slug of its own."))


def _place(root: Path, path: str, *steps: str | int) -> Location:
    data = load(root, path)
    text, _ = (None, ()) if isinstance(data, Problem) else text_of(data, path)
    tree, _ = compose(text or "", path)
    node = node_at(tree, *steps)
    return location(node, path, text or "") if node else Location(path=path)


def _read_pages(
    files: Mapping[str, bytes | Problem], last: tuple[MarkdownPage, ...], problems: list[Problem]
) -> Iterator[MarkdownPage]:
    for path, data in files.items():
        if not path.endswith(".md"):
            continue
        slug = path.rpartition("/")[2].removesuffix(".md")
        text, found = (None, (data,)) if isinstance(data, Problem) else text_of(data, path)
        first, _, rest = (text or "").replace("\r\n", "\n").partition("\n")
        place = Location(path=path, line=1, column=1, text=first)
        if slug in OWN_ADDRESSES:
            message = f"The address /{slug}/ is that of pages which every digest has."
            found = (*found, error(place, message, "Rename the file; its name is the page's address."))
        elif not found and not (first.startswith("# ") and is_slug(slug)):
            message = "A page begins with its title, and its name is its address."
            found = (error(place, message, "Write `# Title` on the first line of a file such as about.md."),)
        problems.extend(found)
        if not found:
            yield MarkdownPage(slug=slug, title=first.removeprefix("# ").strip(), text=rest.strip())
        else:
            yield from (page for page in last if page.slug == slug)


def _read_terms(files: Mapping[str, bytes | Problem], last: Terms, problems: list[Problem]) -> Terms:
    data = files.get(TERMS, b"")
    terms, found = (None, (data,)) if isinstance(data, Problem) else decode_terms(data)
    problems.extend(found)
    return last if terms is None else terms
