"""The build: read, plan, render what changed, write it, prune what is no longer planned.

Rendered pages wait in a folder of the build's own until all of them are there. So an error leaves the output
as it was, and a kill at any moment leaves only files that the ledger or its journal knows.
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from errno import ENOENT
from functools import cache
from pathlib import Path

import msgspec

from generator.content.reading import read_library
from generator.problem import Location, Problem, error, has_error, notice
from generator.publishing.changes import Change, decide
from generator.publishing.ledger import Past, Row, Store, code_fingerprint, digest
from generator.publishing.output import Output
from generator.publishing.page import Page, Planner, by_path, plan
from generator.publishing.pages import PLANNERS
from generator.publishing.render import Renderer
from generator.publishing.templates import Templates, assets, read_templates

Track = Callable[[list[Change]], Iterable[Change]]
"""Passes on what is rendered piece by piece, and may show how far it is."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did, or why it did nothing."""

    problems: tuple[Problem, ...]
    papers: int = 0
    planned: int = 0
    changes: tuple[tuple[str, str], ...] = ()
    """Path and reason of every page that was rendered."""
    written: int = 0
    removed: int = 0


def build(
    root: Path,
    out: Path,
    *,
    clean: bool = False,
    stage: str | None = None,
    planners: tuple[Planner, ...] = PLANNERS,
    track: Track = iter,
) -> Report:
    """Bring the output of the digest at `root` up to date, and report it.

    With `clean`, nothing is taken over from the last build, and files in the way are overwritten. With
    `stage`, pages of that stage alone are rendered. Any error in content or templates leaves the output as it
    was.
    """
    store = Store.of(root, out)
    try:
        with _locked(store.lock) as alone:
            if alone:
                return _build(_prepare(root, planners), Output(str(out)), store, clean, stage, track)
            message, hint = "Another build is writing here.", "Wait until it is done."
            return Report(problems=(error(Location(path=str(out)), message, hint),))
    except OSError as flaw:
        place = Location(path=str(flaw.filename or out))
        message = f"The file system says: {flaw.strerror}."
        return Report(problems=(error(place, message, "Mend that and build again; nothing is lost."),))


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Yield whether this process alone holds the lock, until the block ends or the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class _Work(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is to bring about."""

    problems: tuple[Problem, ...]
    papers: int = 0
    pages: Mapping[str, Page] = {}
    templates: Templates = Templates(files={}, paths={})


def _prepare(root: Path, planners: tuple[Planner, ...]) -> _Work:
    reading = read_library(root)
    if reading.library is None or has_error(reading.problems):
        return _Work(problems=reading.problems)
    templates = read_templates(root)
    pages, clashes = by_path(plan(reading.library, (*planners, assets(templates))))
    return _Work(
        problems=tuple(clashes),  # what is left of reading are notices, which `check` lists
        papers=len(reading.library.cards),
        pages=pages,
        templates=templates,
    )


def _build(work: _Work, output: Output, store: Store, clean: bool, stage: str | None, track: Track) -> Report:
    past = store.read()
    problems = (*work.problems, *(() if clean else _obstacles(output, work.pages, past)))
    if has_error(problems):
        return Report(problems=problems)
    wanted = [page for page in work.pages.values() if stage in {None, page.stage}]
    rows = {} if clean else past.rows
    changes = list(decide(wanted, rows, code_fingerprint(), cache(work.templates.fingerprint), output.state))
    output.open_staging()
    try:
        rendered, flaws = _render(changes, Renderer(work.templates), output, past, track)
        if flaws:
            return Report(problems=(*problems, *flaws))
        removed, altered = _publish(work.pages, rendered, output, store, past)
    finally:
        output.close_staging()
    return Report(
        problems=(*problems, *altered),
        papers=work.papers,
        planned=len(work.pages),
        changes=tuple((change.page.path, change.reason) for change in changes),
        written=sum(page.number is not None for page in rendered),
        removed=removed,
    )


def _obstacles(output: Output, pages: Iterable[str], past: Past) -> Iterator[Problem]:
    """Yield what keeps a build from writing, so that it never overwrites a file that is not its own."""
    if not past.readable and not output.is_empty():
        message = "The record of what the last build wrote here is unreadable."
        yield error(Location(path=output.folder), message, "Build again with --clean to write all anew.")
        return
    ours = past.paths()
    strange = [path for path in pages if path not in ours and output.state(path)]
    if strange:
        more = f", and {len(strange) - 1} more files" if len(strange) > 1 else ""
        message = f"This file is in the way{more}: no build that is on record wrote it."
        hint = "Move it away, name another folder with --out, or overwrite it with --clean."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)


class _Rendered(msgspec.Struct, frozen=True, kw_only=True):
    change: Change
    content: bytes
    number: int | None
    """Under which the page waits; None where its file holds these very bytes."""


def _render(
    changes: list[Change], renderer: Renderer, output: Output, past: Past, track: Track
) -> tuple[list[_Rendered], list[Problem]]:
    rendered: list[_Rendered] = []
    flaws: dict[Problem, None] = {}
    for number, change in enumerate(track(changes)):
        data = renderer.render(change.page)
        if isinstance(data, Problem):
            flaws[data] = None
            continue
        content = digest(data)
        row = past.rows.get(change.page.path)
        same = row and row.content == content and row.state == output.state(change.page.path)
        if not same:
            output.stage(number, data)
        rendered.append(_Rendered(change=change, content=content, number=None if same else number))
    return rendered, list(flaws)


def _publish(
    pages: Mapping[str, Page], rendered: list[_Rendered], output: Output, store: Store, past: Past
) -> tuple[int, list[Problem]]:
    """Put rendered pages in place, remove what is no longer planned, and keep the ledger."""
    gone = sorted(past.paths() - pages.keys())
    if not rendered and not gone:
        return 0, []
    coming = {page.change.page.path: page.content for page in rendered}
    store.write_journal(
        {**past.journal, **{path: (*past.contents(path), content) for path, content in coming.items()}}
    )
    rows = {path: row for path, row in past.rows.items() if path in pages}
    for page in rendered:
        if page.number is not None:
            output.place(page.number, page.change.page.path)
        rows[page.change.page.path] = _row(page, output)
    removable = [path for path in gone if output.is_ours(path, past.contents(path))]
    for path in removable:
        output.remove(path)
    store.write(rows)
    altered = [path for path in gone if output.state(path)]
    message, hint = (
        "This page is no longer planned, but was altered since.",
        "Remove it if you do not need it.",
    )
    return len(removable), [
        notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in altered
    ]


def _row(page: _Rendered, output: Output) -> Row:
    state = output.state(page.change.page.path)
    if state is None:
        raise FileNotFoundError(ENOENT, "A page was removed while the build wrote it", page.change.page.path)
    return Row(
        code=code_fingerprint(),
        template=page.change.template,
        view=page.change.view,
        content=page.content,
        state=state,
    )
