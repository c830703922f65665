"""Full-text search without a server: an index that readers' browsers fetch in small pieces.

What a paper is found by is decided in `documents`; `pagefind` runs the program that indexes it, `ordered`
makes its files the same on every run, and `index` brings the output's files up to date.
"""
