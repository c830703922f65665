"""Ingest: record linkage, three-way merge, receipts.

Listings go in, records and receipts come out: `matching` finds the record of each entry, `plan` decides what
is written, `three_way_merge` what becomes of a record, `commands.ingest` reads and writes. What has not
changed since the last ingest is known by its digest (`catalog`), and only the `working_set` is read. Titles
are compared, and named in slugs, as they are shown, which is why this room imports `text`.
"""
