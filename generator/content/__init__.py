"""The digest's content on disk: records and what is read of them, receipts, ingest."""
