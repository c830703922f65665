"""Make and install a bundle: a folder of files that another program makes as a whole, as a search index.

The files are known only after they are made, so a bundle has its own ledger. It is installed as pages are,
when it is complete. It is made again only if its source has changed.
"""

from collections.abc import Callable, Mapping, Set
from pathlib import Path

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.install import Destination, install, obstacles
from generator.engine.ledger import Ledger, LedgerRow, StateFolder, read_value, write_value
from generator.engine.output import Output
from generator.files import digest
from generator.problem import Location, Problem, error


def bundle_state(pages: StateFolder) -> StateFolder:
    """Return the state folder of a bundle, given that of the pages of the same output."""
    return StateFolder(path=pages.path / "search")


def is_bundle_current(output: Output, ledger: Ledger, inputs: bytes) -> bool:
    """Tell whether a bundle was made from these inputs, and none of its files has changed since."""
    return ledger.inputs == inputs and not ledger.journal and not output.altered(ledger.rows)


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of files is made from, and how."""

    source: bytes = b""
    """Digest of all that the files are made from; empty if there are to be no files."""
    make: Callable[[Set[str]], dict[str, bytes | None] | str] = lambda _: {}
    """Returns the files by their paths in the output, or says why they cannot be made.

    Takes the paths of files that have not changed since the last build. Their value may be None: they stay.
    """


class StagedBundle(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a bundle, waiting to be put in place."""

    source: bytes = b""
    planned: Set[str] = frozenset()
    """The paths of all files."""
    rows: Mapping[str, LedgerRow] = {}
    """Ledger rows of the files that may be new."""
    problems: list[Problem] = []
    """Why they cannot be installed."""
    is_new: bool = True
    """False if the files in place are the bundle's already."""


def stage_bundle(bundle: Bundle, destination: Destination) -> StagedBundle:
    """Make a bundle if its source changed, and stage its files, unless something forbids to install them."""
    output, ledger = destination.output, destination.ledger
    source = digest(code_fingerprint() + bundle.source) if bundle.source else b""
    in_place = destination.rows.keys() - output.altered(destination.rows)
    is_same = ledger.source == source and bool(ledger.rows) == bool(source)
    if is_same and not destination.clean and not ledger.journal and in_place == ledger.rows.keys():
        return StagedBundle(is_new=False)
    files = bundle.make(in_place) if source else {}
    if isinstance(files, str):
        message = f"The search index was not made: {files}"
        return StagedBundle(problems=[error(Location(path=output.folder), message, "Run build again.")])
    made = {path: data for path, data in files.items() if data is not None}
    if blocked := obstacles(destination, made, files.keys()):
        return StagedBundle(problems=blocked)
    rows = {path: _row(destination, path, data) for path, data in made.items()}
    return StagedBundle(source=source, planned={*files}, rows=rows)


def install_bundle(staged: StagedBundle, destination: Destination, inputs: bytes) -> list[Problem]:
    """Put a bundle's files in place; `inputs` is the digest of all that was read."""
    if staged.is_new:
        after = Ledger(inputs=inputs, source=staged.source)
        return install(destination, staged.planned, staged.rows, after).notices
    if destination.ledger.inputs != inputs:
        destination.state.write_ledger(msgspec.structs.replace(destination.ledger, inputs=inputs))
    return []


def _row(destination: Destination, path: str, data: bytes) -> LedgerRow:
    """Stage a file unless it is in place already; return its row."""
    content = digest(data)
    state = destination.installed(path, content) or destination.output.stage(path, data)
    return LedgerRow(code=b"", template=b"", view=b"", content=content, state=state)


def read_parts(folder: Path) -> dict[str, memoryview]:
    """Return the parts of a bundle that this version of the program kept, by name, except damaged ones."""
    found = {path.name: read_value(path, tuple[bytes, memoryview]) for path in sorted(folder.glob("*"))}
    return {name: value[1] for name, value in found.items() if value and value[0] == code_fingerprint()}


def write_parts(folder: Path, before: Mapping[str, memoryview], parts: Mapping[str, memoryview]) -> None:
    """Write each part that differs from the one read before to a file of its own; remove all other files."""
    for name, data in parts.items():
        if before.get(name) is not data:
            write_value(folder / name, (code_fingerprint(), data))
    for path in folder.glob("*"):
        if path.name not in parts:
            path.unlink()
