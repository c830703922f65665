"""Listings into records: which entry is which paper, what listings state, and a merge that keeps edits."""
