"""Enriching looks up papers that lack an identifier, a title or authors, by identifier or by title."""
