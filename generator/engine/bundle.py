"""A bundle: a folder of files that another program makes as a whole, such as a search index.

Its files are known only once it is made, so it has a ledger of its own. It is made in the staging folder and
put in place, by the rules of pages, when it is whole. If its source has not changed, nothing is made.
"""

from collections.abc import Callable

import msgspec

from generator.engine.ledger import Past, Row, Store, code_fingerprint
from generator.engine.output import Output
from generator.files import digest
from generator.problem import Location, Problem, error, notice


def is_current(store: Store, output: Output, inputs: bytes) -> bool:
    """Tell whether the bundle was made from what a build read, by its digest, and is as it was left."""
    past = _own(store).read()
    return past.inputs == inputs and not past.journal and output.holds(past.rows)


def is_readable(store: Store) -> bool:
    """Tell whether the ledger of the bundle is whole, or has never been."""
    return _own(store).read().readable


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of files is made from, and what makes it."""

    source: bytes
    """Digest of all that the files are made from; empty where there are to be none."""
    make: Callable[[], dict[str, bytes] | str]
    """Makes the files, by their paths in the output, or says why it cannot."""


def install_bundle(
    bundle: Bundle, output: Output, store: Store, inputs: bytes, *, clean: bool
) -> list[Problem]:
    """Make a bundle again if its source changed, put it in place, and remove files that it no longer has.

    `inputs` is the digest of all that the build read; `clean` takes nothing over from the last bundle.
    """
    store = _own(store)
    past = store.read()
    source = digest(code_fingerprint() + bundle.source) if bundle.source else b""
    same = all(row.view == source for row in past.rows.values()) and bool(past.rows) == bool(source)
    if same and not clean and not past.journal and output.holds(past.rows):
        if past.inputs != inputs:
            store.write(msgspec.structs.replace(past, inputs=inputs))
        return []
    files = bundle.make() if source else {}
    if isinstance(files, str):
        place, hint = Location(path=output.folder), "All else is written. Build again."
        return [error(place, f"The search index was not made: {files}", hint)]
    for path in files:
        blocker = output.blocker(path)
        if blocker == path or (not clean and (blocker or _is_strange(past, output, path))):
            return [_in_the_way(f"{output.folder}/{blocker or path}")]
    return _publish(output, store, files, msgspec.structs.replace(past, inputs=inputs), source)


def _is_strange(past: Past, output: Output, path: str) -> bool:
    return path not in past.rows and path not in past.journal and output.state(path) is not None


def _own(store: Store) -> Store:
    return Store(folder=store.folder / "search")


def _in_the_way(path: str) -> Problem:
    message = "This is in the way of the search index: no build that is on record wrote it."
    hint = "Move it away, name another folder with --out, or overwrite a file with --clean."
    return error(Location(path=path), message, hint)


def _publish(
    output: Output, store: Store, files: dict[str, bytes], past: Past, source: bytes
) -> list[Problem]:
    """Put a whole index in place, remove what is no part of it any more, and keep its ledger."""
    contents = {path: digest(data) for path, data in files.items()}
    store.write_journal(
        {**past.journal, **{path: (*past.contents(path), content) for path, content in contents.items()}}
    )
    changed = [path for path, content in contents.items() if not _is_as_left(past, output, path, content)]
    output.open_staging()
    try:
        states = {path: output.stage(path, files[path]) for path in changed}
        output.place(changed)
    finally:
        output.close_staging()
    states = {path: row.state for path, row in past.rows.items()} | states
    rows = {
        path: Row(code=b"", template=b"", view=source, content=content, state=states[path])
        for path, content in contents.items()
    }
    gone = sorted(past.paths() - contents.keys())
    removable = [path for path in gone if output.is_ours(path, past.contents(path))]
    for path in removable:
        output.remove(path)
    store.write(Past(inputs=past.inputs, papers=past.papers, rows=rows))
    message, hint = (
        "This file is no part of the index, but was altered since.",
        "Remove it if you do not need it.",
    )
    return [
        notice(Location(path=f"{output.folder}/{path}"), message, hint) for path in gone if output.state(path)
    ]


def _is_as_left(past: Past, output: Output, path: str, content: bytes) -> bool:
    row = past.rows.get(path)
    return row is not None and row.content == content and row.state == output.state(path)
