"""Installing what was rendered: find obstacles, put pages in place, prune what is no longer planned.

Rendered pages wait in a folder of the build's own until all of them are there. So an error leaves the output
as it was, and a kill at any moment leaves only files that the ledger or its journal knows.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.engine import bundle
from generator.engine.ledger import Past, Row, Store
from generator.engine.outdated import Change
from generator.engine.output import Output, crossing
from generator.engine.page import Page, Planner
from generator.problem import Location, Problem, error, notice


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is brought up to date, and how."""

    output: Output
    store: Store
    past: Past
    digests: Mapping[str, bytes]
    """Of the content's files, by path, as far as they were taken just now."""
    clean: bool
    """Whether nothing is taken over from the last build."""
    stage: str | None
    """The one stage to render, None for all."""
    planners: tuple[Planner, ...]
    """Those that stand in for the site's own; empty for these."""

    @property
    def rows(self) -> Mapping[str, Row]:
        """What is taken over from the last build."""
        return {} if self.clean else self.past.rows


def obstacles(target: Target, changes: Iterable[Change]) -> Iterator[Problem]:
    """Yield what keeps a build from writing, so that it never overwrites a file that is not its own."""
    output, past = target.output, target.past
    if output.is_empty():
        return
    if not target.clean and not (past.readable and bundle.is_readable(target.store)):
        message = "The record of what the last build wrote here is unreadable."
        yield error(Location(path=output.folder), message, "Build again with --clean to write all anew.")
        return
    found = (_obstacle(target, change.page.path) for change in changes)
    strange = list(dict.fromkeys(path for path in found if path))
    if strange and target.clean:
        message, hint = "A folder is in the way.", "Move it away, or name another folder with --out."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)
    elif strange:
        more = f", and {len(strange) - 1} more files" if len(strange) > 1 else ""
        message = f"This file is in the way{more}: no build that is on record wrote it."
        hint = "Move it away, name another folder with --out, or overwrite it with --clean."
        yield error(Location(path=f"{output.folder}/{strange[0]}"), message, hint)


def _obstacle(target: Target, path: str) -> str | None:
    """Return what is in the way of a page and was not written by a build; with `clean`, a folder alone is."""
    output, past = target.output, target.past
    row, state = past.rows.get(path), output.state(path)
    if row and row.state == state:
        return None

    def ours(path: str) -> bool:
        return output.is_ours(path, past.contents(path))

    blocker = output.blocker(path)
    if blocker == path:
        return None if all(map(ours, output.paths_below(path))) else path
    if target.clean:
        return None
    if blocker:
        return None if ours(blocker) else blocker
    return path if state and path not in past.rows and path not in past.journal else None


class Rendered(msgspec.Struct, frozen=True):
    """A page that waits to be put in place."""

    row: Row
    stands: bool
    """Whether its file holds these very bytes already."""


def install(
    pages: Mapping[str, Page], rendered: Mapping[str, Rendered], target: Target, after: Past
) -> tuple[Past, int, list[Problem]]:
    """Put pages in place, remove what is no longer planned, and keep the ledger, which `after` begins."""
    output, past = target.output, target.past
    gone = sorted(past.paths() - pages.keys())
    if rendered or gone:
        coming = {path: (*past.contents(path), page.row.content) for path, page in rendered.items()}
        target.store.write_journal({**past.journal, **coming})
    new = {path: None for path, page in rendered.items() if not page.stands}
    removable = {path: None for path in gone if output.is_ours(path, past.contents(path))}
    first = crossing(removable, new)
    for path in first:
        output.remove(path)
    if new:
        output.place(new)
    for path in removable:
        if path not in first:
            output.remove(path)
    rows = {path: row for path, row in past.rows.items() if path in pages}
    rows |= {path: page.row for path, page in rendered.items()}
    after = msgspec.structs.replace(after, rows=rows, journal=_left(pages, target))
    target.store.write(after)
    altered = [path for path in gone if path not in removable and output.state(path)]
    message, hint = (
        "This page is no longer planned, but was altered since.",
        "Remove it if you do not need it.",
    )
    notices = [notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in altered]
    return after, len(removable), notices


def _left(pages: Mapping[str, Page], target: Target) -> dict[str, tuple[bytes, ...]]:
    """Return what the journal says of pages that are of another stage than was rendered."""
    return {
        path: contents
        for path, contents in target.past.journal.items()
        if path in pages and target.stage not in {None, pages[path].stage}
    }
