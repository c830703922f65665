"""Undo: the digest as if a listing had never been ingested, as far as no editor built on it."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.ingest import ingest
from generator.ingest.affected import is_unchanged
from generator.ingest.catalog import CATALOG, read_catalog
from generator.ingest.inputs import listing_names, read_inputs
from generator.ingest.report import IngestReport
from generator.problem import Location, error


def listings(root: Path) -> list[str]:
    """Return the names of the listings that are there, or of which receipts tell, in order."""
    return listing_names(root)


def undo(root: Path, listing: str, *, dry_run: bool = False) -> IngestReport:
    """Remove a listing, its receipts and rows, and records that no other listing names and no editor touched.

    Of records that an editor changed only the row goes, and a notice tells of them. What the listing brought
    its receipts tell, so a listing that was not ingested whole, since ingest was killed, is so first; and an
    undo that was killed is completed, and no more. A dry run of the two is made on a copy of the content.
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
    """Return what undo would do, done on a copy of the content and of what ingest remembers of it."""
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
