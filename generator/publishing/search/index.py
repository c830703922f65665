"""Bringing the index in an output up to date.

What files an index has shows once it is made, so it has a ledger of its own. It is made in the staging
folder and put in place, by the rules of pages, when it is whole. Where the papers are those of the last
one, nothing is made, and what makes it is not even imported.
"""

import re
from hashlib import blake2b

import msgspec

from generator.content.library import Library
from generator.content.sources import digest
from generator.problem import Location, Problem, error, notice
from generator.publishing.ledger import Past, Row, Store, code_fingerprint
from generator.publishing.output import Output

FOLDER = "search/pagefind"
"""Where the index stands in the output: all of it, and nothing else that a build writes."""
ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The one file whose content may change while its name stays: it names the files that belong together."""
_UNUSED = re.compile("pagefind-(worker|highlight|(|modular-|component-)ui)[.]")
"""Pagefind's own interfaces and its worker, which come with each index."""


def is_current(store: Store, output: Output, inputs: bytes) -> bool:
    """Tell whether the index was made from what a build read, by its digest, and is as it was left."""
    past = _own(store).read()
    return past.inputs == inputs and not past.journal and output.holds(past.rows)


def is_readable(store: Store) -> bool:
    """Tell whether the ledger of the index is whole, or has never been."""
    return _own(store).read().readable


def bring_up_to_date(
    library: Library | None, output: Output, store: Store, inputs: bytes, *, clean: bool
) -> list[Problem]:
    """Make the index of a library anew where it differs; remove it where there is no library, or it is empty.

    `inputs` is the digest of all that the build read; `clean` takes nothing over from the last index.
    """
    store = _own(store)
    past = store.read()
    found = source(library) if library else b""
    same = all(row.view == found for row in past.rows.values()) and bool(past.rows) == bool(found)
    if same and not clean and not past.journal and output.holds(past.rows):
        if past.inputs != inputs:
            store.write(msgspec.structs.replace(past, inputs=inputs))
        return []
    files = made(library) if library else {}
    if isinstance(files, str):
        place, hint = Location(path=f"{output.folder}/{FOLDER}"), "All else is written. Build again."
        return [error(place, f"The search index was not made: {files}", hint)]
    for path in files:
        blocker = output.blocker(path)
        if blocker == path or (not clean and (blocker or _is_strange(past, output, path))):
            return [_in_the_way(f"{output.folder}/{blocker or path}")]
    return _publish(output, store, files, msgspec.structs.replace(past, inputs=inputs), found)


def _is_strange(past: Past, output: Output, path: str) -> bool:
    return path not in past.rows and path not in past.journal and output.state(path) is not None


def _own(store: Store) -> Store:
    return Store(folder=store.folder / "search")


def source(library: Library) -> bytes:
    """Return a digest of all that the index of a library is made from, empty where it has no paper."""
    if not library.cards:
        return b""
    found = blake2b(code_fingerprint() + library.site.language.encode(), digest_size=16)
    for theme in library.themes:
        found.update(theme.slug.encode() + b"\0")
    for card in library.cards:  # what a card says follows from its record and its address
        found.update(card.slug.encode() + b"\0" + digest(library.records[card.slug].packed))
    return found.digest()


def made(library: Library) -> dict[str, bytes] | str:
    """Return the files of an index by their paths in the output, its entry last, or why there are none.

    Where there is no paper, there are no files.
    """
    if not library.cards:
        return {}
    from generator.publishing.search.documents import documents
    from generator.publishing.search.ordered import in_order
    from generator.publishing.search.pagefind import PagefindError, index_files

    try:
        files = index_files(documents(library), library.site.language.partition("-")[0].lower())
    except PagefindError as flaw:
        return str(flaw)
    return {f"{FOLDER}/{path}": data for path, data in in_order(files).items() if not _UNUSED.match(path)}


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
