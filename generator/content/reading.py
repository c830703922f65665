"""Reading the content of a digest. Files are read here, and none is written."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from itertools import repeat
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.content.cards import card_of
from generator.content.library import Library, Record, library_of
from generator.content.records import decode, expected, is_slug, text_of
from generator.content.sources import SETTINGS, digest_of, load, other_paths, record_paths
from generator.content.yaml_nodes import compose, location, node_at
from generator.model import Card, MarkdownPage, Paper, Site, Slug, Theme
from generator.problem import Location, Problem, error, notice


class RecordFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file below `content/papers/`, as it was last read."""

    path: str
    digest: bytes
    """Of the file's bytes."""
    slug: str
    id: str = ""
    formerly: tuple[str, ...] = ()
    card: Card | None = None
    """None where the file holds no readable paper, or one that is hidden."""
    record: Record | None = None
    problems: tuple[Problem, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading the content gave: the library as far as it is readable, and what is wrong."""

    library: Library | None
    """None where `site.yaml` or `themes.yaml` is unreadable and was never read before."""
    problems: tuple[Problem, ...]
    files: Mapping[str, RecordFile]
    """Records, by path."""
    digests: Mapping[str, bytes] = {}
    """Of all files that were read, by path: what `content_digests` gives while they stay as they are."""


def read_library(
    root: Path, before: Reading | None = None, workers: Callable[[], Executor] | None = None
) -> Reading:
    """Read all content below `root`.

    With the reading `before`, a file of the same bytes is not decoded again, and one that has become
    unreadable keeps its last good state beside its problems. Many new files are decoded by `workers`.
    """
    known = before.files if before else {}
    last = before.library if before else None
    files = {file.path: file for file in _read_records(root, known, workers)}
    others = {path: load(root, path) for path in other_paths(root)}
    problems = [problem for file in files.values() for problem in file.problems]
    site = _decoded(others, SETTINGS[0], Site, problems) or (last and last.site)
    themes = _decoded(others, SETTINGS[1], tuple[Theme, ...], problems)
    if themes is None:
        themes = last.themes if last else ()
    problems += _clashes(files.values())
    problems += _unknown_themes(root, files.values(), themes)
    pages = tuple(_read_pages(others, last.pages if last else (), problems))
    papers = ((file.card, file.record, file.formerly) for file in files.values() if file.card and file.record)
    return Reading(
        library=library_of(site, themes, papers, pages) if site else None,
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        files=files,
        digests={
            **{path: file.digest for path, file in files.items()},
            **{path: digest_of(data) for path, data in others.items()},
        },
    )


SHARD = 250
"""Records: many enough that handing them out costs little beside decoding them."""


def _read_records(
    root: Path, known: Mapping[str, RecordFile], workers: Callable[[], Executor] | None
) -> Iterable[RecordFile]:
    paths = list(record_paths(root))
    new = [path for path in paths if path not in known]
    if workers is None or len(new) < 2 * SHARD:
        return [_read_record(root, path, known) for path in paths]
    shards = [new[start : start + SHARD] for start in range(0, len(new), SHARD)]
    with workers() as executor:
        packed = executor.map(_read_shard, repeat(root), shards)
        decoded = {file.path: file for shard in packed for file in _decode_shard(shard)}
    return [decoded.get(path) or _read_record(root, path, known) for path in paths]


def _read_shard(root: Path, paths: list[str]) -> bytes:
    """Return files that were never read before, packed: far smaller work for the pipe than pickles."""
    return msgspec.msgpack.encode([_read_record(root, path, {}) for path in paths])


_decode_shard = msgspec.msgpack.Decoder(list[RecordFile]).decode


def _read_record(root: Path, path: str, known: Mapping[str, RecordFile]) -> RecordFile:
    slug = path.rpartition("/")[2].removesuffix(".yaml")
    last = known.get(path) or RecordFile(path=path, digest=b"", slug=slug)
    data = load(root, path)
    if isinstance(data, Problem):
        return msgspec.structs.replace(last, digest=b"", problems=(data,))
    digest = digest_of(data)
    if last.digest == digest:
        return last
    paper, problems = decode(data, path, Paper)
    if not data.strip():  # as a file is for a moment, while an editor writes it
        paper, problems = None, (error(Location(path=path), "The file is empty.", _EMPTY),)
    if paper is not None and not is_slug(slug):
        problems = (
            error(Location(path=path), f"The file's name {slug!r} is not {expected(Slug)}.", _RENAME),
        )
    if paper is None or problems:
        return msgspec.structs.replace(last, digest=digest, problems=problems)
    return RecordFile(
        path=path,
        digest=digest,
        slug=slug,
        id=paper.id or slug,
        formerly=paper.formerly,
        card=None if paper.hide else card_of(paper, slug),
        record=Record.of(paper, slug),
        problems=tuple(_notices(paper, path)),
    )


_EMPTY = "Write the record, or remove the file."
_RENAME = "Rename the file; its name is the paper's address."


def _notices(paper: Paper, path: str) -> Iterator[Problem]:
    here = Location(path=path)
    if paper.title is None and paper.headline is None:
        hint = "Add `title:` or `headline:` when you know it."
        yield notice(here, "No listing gives a title; the page stands under a provisional heading.", hint)
    if not any(row.issue for row in paper.listed):
        yield notice(here, "The paper belongs to no issue.", "Add an `issue:` to a row of `listed:`.")
    if not (paper.authors or paper.author_count or paper.organization):
        yield notice(here, "No listing says who wrote it.", "Add `authors:` or `organization:` if you like.")
    if paper.published is None:
        yield notice(here, "No listing says when it was published.", "Add `published:` if you like.")


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


def _clashes(files: Iterable[RecordFile]) -> Iterator[Problem]:
    """Yield an error for every slug, id or former slug that two files claim."""
    slugs: dict[str, str] = {}
    ids: dict[str, str] = {}
    for file in files:
        for owner, name, what in ((slugs, file.slug, "file name"), (ids, file.id, "id")):
            if name and owner.setdefault(name, file.path) != file.path:
                message = f"The {what} {name!r} is that of {owner[name]} too."
                yield error(Location(path=file.path), message, "Each paper has one of its own.")
    for file in files:
        for old in file.formerly:
            if slugs.setdefault(old, file.path) != file.path or old == file.slug:
                message = f"The former slug {old!r} leads to {slugs[old]} already."
                yield error(Location(path=file.path), message, "Remove it from `formerly:` in one of them.")


def _unknown_themes(root: Path, files: Iterable[RecordFile], themes: tuple[Theme, ...]) -> Iterator[Problem]:
    slugs = [theme.slug for theme in themes]
    for file in files:
        for index, slug in enumerate(file.card.themes if file.card else ()):
            if slug not in slugs:
                near = difflib.get_close_matches(slug, slugs, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else "content/themes.yaml names the themes."
                yield error(_place(root, file.path, "themes", index), f"There is no theme {slug!r}.", hint)
    for index, slug in enumerate(slugs):
        if slug in slugs[:index]:
            place = _place(root, "content/themes.yaml", index, "slug")
            yield error(place, f"The theme {slug!r} stands twice.", "Each theme has a slug of its own.")


def _place(root: Path, path: str, *steps: str | int) -> Location:
    text, _ = text_of((root / path).read_bytes(), path)
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
        if not found and not (first.startswith("# ") and is_slug(slug)):
            place = Location(path=path, line=1, column=1, text=first)
            message = "A page begins with its title, and its name is its address."
            found = (error(place, message, "Write `# Title` on the first line of a file such as about.md."),)
        problems.extend(found)
        if not found:
            yield MarkdownPage(slug=slug, title=first.removeprefix("# ").strip(), text=rest.strip())
        else:
            yield from (page for page in last if page.slug == slug)
