"""Ingest: record linkage, three-way merge, receipts.

Listings go in, records and receipts come out; `commands.ingest` tells the story. What has not changed since
the last ingest is known by its digest (`catalog`), and only what a change affects is read. Titles are
compared, and named in slugs, as they are shown, which is why this room imports `text`.
"""
