"""Fetching asks a source over HTTP, and remembers the answer so that the next run asks only for news."""
