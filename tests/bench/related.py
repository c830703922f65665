"""Related papers of a large library, without the model: `python -m tests.bench.related [PAPERS...]`.

Each paper has sentences of three papers of the shipped digest, and a title of two. Measured are CPU seconds
in this process: the table of terms, all relations from scratch, those that one edited abstract changes.
"""

import random
import sys
import time
from collections.abc import Iterator

import msgspec

from generator.library.cards import card_of
from generator.library.library import Library, LibraryItem, with_papers
from generator.library.packed import PackedPaper
from generator.library.snapshot import read_library
from generator.model import Paper
from generator.related.index import NOTHING
from generator.related.vocabulary import terms_of
from tests.bench.sites import ROOT


def papers(shipped: Library, number: int) -> Iterator[Paper]:
    """Yield so many papers made of the shipped ones."""
    known = [record.paper() for _, record in sorted(shipped.records.items())]
    for place in range(number):
        dice = random.Random(place)
        parts = [one.abstract.split(". ") for one in dice.sample(known, 3) if one.abstract]
        abstract = ". ".join(sentence for part in parts for sentence in part[:4])
        one, other = dice.sample(known, 2)
        words = f"{one.title}".split(), f"{other.title}".split()
        title = " ".join(words[0][: len(words[0]) // 2] + words[1][len(words[1]) // 2 :])
        yield Paper(title=title, abstract=abstract, themes=one.themes)


def library_with(shipped: Library, found: list[Paper]) -> Library:
    """Return the library of papers, with the terms of the shipped one."""
    items = (
        LibraryItem(card_of(paper, f"p{place}"), PackedPaper.of(paper, f"p{place}"), ())
        for place, paper in enumerate(found)
    )
    return with_papers(Library(site=shipped.site, themes=shipped.themes, terms=shipped.terms), items)


def row(number: int) -> None:
    """Print what the related papers of so many cost."""
    shipped = read_library(ROOT).library
    assert shipped
    found = list(papers(shipped, number))
    start = time.process_time()
    terms = terms_of([(paper.title or "", paper.abstract or "") for paper in found])
    table = time.process_time() - start
    before = library_with(msgspec.structs.replace(shipped, terms=terms), found)
    start = time.process_time()
    index = NOTHING.after(before)
    shown = sum(bool(index.of(slug)) for slug in before.records)
    scratch = time.process_time() - start
    edited = msgspec.structs.replace(found[0], abstract=f"{found[0].abstract} Of ranking and retrieval.")
    after = library_with(msgspec.structs.replace(shipped, terms=terms), [edited, *found[1:]])
    start = time.process_time()
    index = index.after(after)
    stale = [slug for slug in after.records if slug not in index.found]
    for slug in stale:
        index.of(slug)
    edit = time.process_time() - start
    print(
        f"| {number:,} papers: related, from scratch | {scratch:.1f} s, terms {table:.1f} s | | |\n"
        f"| {number:,} papers: related, one abstract edited | {edit:.2f} s for {len(stale)} papers | | |\n"
        f"| {number:,} papers: that have related ones | {shown / number:.0%} | | |",
        flush=True,
    )


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["10000"]:
        row(int(argument))
