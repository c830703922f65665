"""Undo: the digest as if a listing had never been ingested, as far as no editor built on it."""

from pathlib import Path

from generator.commands.ingest import ingest
from generator.ingest.affected import is_unchanged
from generator.ingest.catalog import read_catalog
from generator.ingest.inputs import listing_names, read_inputs
from generator.ingest.report import Report


def listings(root: Path) -> list[str]:
    """Return the names of the listings that are there, or of which receipts tell, in order."""
    return listing_names(root)


def undo(root: Path, listing: str, *, dry_run: bool = False) -> Report:
    """Remove a listing, its receipts and rows, and records that no other listing names and no editor touched.

    Of records that an editor changed only the row goes, and a notice tells of them. What the listing brought
    its receipts tell, so a listing that was not ingested whole, since ingest was killed, is so first.
    """
    if not dry_run and not is_unchanged(listing, read_inputs(root, read_catalog(root))):
        report = ingest(root)
        if report.stopped:
            return report
    return ingest(root, without=[listing], dry_run=dry_run)
