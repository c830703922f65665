"""Which papers are about the same subject, and why."""
