"""Make a block of papers from blocks that have them: after an edit, Pagefind indexes only what changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from generator.website.search.indexed_block import IndexedBlock, Word, packed, unpacked
from generator.website.search.postings import Postings, selected

Part = tuple[IndexedBlock, Mapping[int, int]]
"""A block, and the papers to take from it: their new numbers, by their numbers there."""


def picked(parts: Sequence[Part]) -> IndexedBlock:
    """Return the index of papers that are taken from blocks, as Pagefind would make it."""
    [(first, numbers), *others] = parts
    if not others and numbers == {number: number for number in range(len(first.papers))}:
        return first
    papers = {new: (block, old) for block, numbers in parts for old, new in numbers.items()}
    ordered = [papers[number] for number in range(len(papers))]
    return msgspec.structs.replace(
        parts[-1][0],
        sources=[block.sources[old] for block, old in ordered],
        papers=[block.papers[old] for block, old in ordered],
        fragments=[block.fragments[old] for block, old in ordered],
        words=packed(_words(parts)),
        filters=_filters(parts),
    )


def _words(parts: Sequence[Part]) -> Iterator[Word]:
    for letters in sorted({letters for block, _ in parts for letters in block.words}):
        words: dict[str, list[tuple[Postings, Mapping[int, int]]]] = defaultdict(list)
        for block, numbers in parts:
            for word in unpacked(block.words.get(letters)):
                words[word.name].append((word.papers, numbers))
        for name, found in words.items():
            if papers := selected(found):
                yield Word(name, papers)


def _filters(parts: Sequence[Part]) -> dict[str, dict[str, list[int]]]:
    filters: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for block, numbers in parts:
        for name, values in block.filters.items():
            for value, papers in values.items():
                if kept := [numbers[number] for number in papers if number in numbers]:
                    filters[name][value] = sorted(filters[name][value] + kept)
    return filters
