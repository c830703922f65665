"""Fetching: what a source is asked, the answer over HTTP, and what is remembered of it for the next time."""
