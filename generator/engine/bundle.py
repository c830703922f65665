"""A bundle: a folder of files that another program makes as a whole, such as a search index.

Its files are known only once it is made, so it has a ledger of its own. It is installed as pages are, once it
is complete. If its source has not changed, it is not made again.
"""

from collections.abc import Callable, Mapping

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.install import Destination, install, obstacles
from generator.engine.ledger import Ledger, LedgerRow, StateFolder
from generator.engine.output import Output
from generator.files import digest
from generator.problem import Location, Problem, error


def bundle_state(pages: StateFolder) -> StateFolder:
    """Return the state folder of the bundle in an output, by that of the output's pages."""
    return StateFolder(path=pages.path / "search")


def is_bundle_current(output: Output, ledger: Ledger, inputs: bytes) -> bool:
    """Tell whether a bundle was made from what a build read, by its digest, and is as it was left."""
    return ledger.inputs == inputs and not ledger.journal and output.holds(ledger.rows)


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of files is made from, and how."""

    source: bytes = b""
    """Digest of all that the files are made from; empty if there are to be no files."""
    make: Callable[[], dict[str, bytes] | str] = dict
    """Returns the files by their paths in the output, or says why they cannot be made."""


class StagedBundle(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a bundle, waiting to be put in place."""

    rows: Mapping[str, LedgerRow] = {}
    problems: list[Problem] = []
    """What forbids to install them."""
    is_new: bool = True
    """False if the files in place are the bundle's already."""


def stage_bundle(bundle: Bundle, destination: Destination) -> StagedBundle:
    """Make a bundle if its source changed, and stage its files, unless something forbids to install them."""
    output, ledger = destination.output, destination.ledger
    source = digest(code_fingerprint() + bundle.source) if bundle.source else b""
    is_same = all(row.view == source for row in ledger.rows.values()) and bool(ledger.rows) == bool(source)
    if is_same and not destination.clean and not ledger.journal and output.holds(ledger.rows):
        return StagedBundle(rows=ledger.rows, is_new=False)
    files = bundle.make() if source else {}
    if isinstance(files, str):
        message = f"The search index was not made: {files}"
        return StagedBundle(problems=[error(Location(path=output.folder), message, "Run build again.")])
    if blocked := obstacles(destination, files, files.keys()):
        return StagedBundle(problems=blocked)
    return StagedBundle(rows={path: _row(destination, path, data, source) for path, data in files.items()})


def install_bundle(staged: StagedBundle, destination: Destination, inputs: bytes) -> list[Problem]:
    """Put a bundle's files in place; `inputs` is the digest of all that was read."""
    if staged.is_new:
        return install(destination, staged.rows.keys(), staged.rows, Ledger(inputs=inputs)).notices
    if destination.ledger.inputs != inputs:
        destination.state.write_ledger(msgspec.structs.replace(destination.ledger, inputs=inputs))
    return []


def _row(destination: Destination, path: str, data: bytes, source: bytes) -> LedgerRow:
    """Stage a file unless it is in place already; return its row."""
    content = digest(data)
    state = destination.installed(path, content) or destination.output.stage(path, data)
    return LedgerRow(code=b"", template=b"", view=source, content=content, state=state)
