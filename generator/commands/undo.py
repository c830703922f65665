"""Undo a listing: remove it and all that it brought, except what an editor changed."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.ingest import ingest
from generator.ingest.affected import is_unchanged
from generator.ingest.catalog import CATALOG, read_catalog
from generator.ingest.inputs import read_inputs
from generator.ingest.report import IngestReport
from generator.problem import Location, error


def undo(root: Path, listing: str, *, dry_run: bool = False) -> IngestReport:
    """Remove a listing, its receipts and rows, and records that no other listing names and no editor touched.

    A record that an editor changed loses only its row, and a notice names it. Receipts say what the listing
    brought, so if ingest was killed amid the listing, it is first ingested whole. If an undo was killed, it
    is completed, and nothing else is done. A dry run of these two is made on a copy of the content.
    """
    inputs = read_inputs(root, read_catalog(root))
    if listing not in inputs.listings or is_unchanged(listing, inputs):
        return ingest(root, without=[listing], dry_run=dry_run)
    if dry_run:
        return _undo_on_a_copy(root, listing)
    report = ingest(root)
    if report.stopped or listing in report.restored:
        return report
    return ingest(root, without=[listing])


def _undo_on_a_copy(root: Path, listing: str) -> IngestReport:
    """Undo a listing in a copy of the content and of ingest's catalog, and return what was done there."""
    with TemporaryDirectory() as folder:
        copied = Path(folder)
        try:
            shutil.copytree(root / "content", copied / "content")
            if (root / CATALOG).exists():
                (copied / CATALOG).parent.mkdir()
                shutil.copyfile(root / CATALOG, copied / CATALOG)
        except OSError as flaw:
            message = (
                f"Cannot copy this folder to try it out there: {flaw.strerror or 'a file is not readable'}."
            )
            hint = "Free disk space or fix permissions; or run `broadsheet ingest` first, then undo."
            return IngestReport(problems=(error(Location(path="content"), message, hint),))
        return undo(copied, listing)
