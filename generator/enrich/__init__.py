"""Enriching: papers that lack an identifier or authors are looked up, by identifier or by title."""
