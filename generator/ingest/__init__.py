"""Ingest makes records and receipts from listings: record linkage, three-way merge.

`commands.ingest` has the story. The catalog knows files of the last ingest by their digests, so that only
what a change affects is read. This room imports `text`, since titles are compared as they are shown.
"""
