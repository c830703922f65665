"""Full-text search without a server: an index that readers' browsers fetch in small pieces.

What a paper is found by is decided in `documents`, and in `blocks` which papers are indexed together.
`pagefind` runs the program that indexes them, `indexed_block` reads what it made, `merged` makes one index of
all, and `index` the files of the output.
"""
