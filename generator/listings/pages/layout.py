"""Tell how the items of a page are separated: by blank lines, or each line is one.

The page as a whole tells:

- *for paragraphs* speak the bylines above which a blank line parts two texts;
- *for lines* speak those above which most line breaks are not forced: the next word would have fitted,
  were the lines as long as the longest. They do not, if sentences go on over a tenth of the breaks.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from generator.listings.entry import Line
from generator.listings.pages.bylines import FACTS, LONGEST_ORGANIZATION, Kind, items, piece_of
from generator.listings.sentences import begins_as_continuation, begins_in_lower_case, ends_whole

EXCEPTIONS = 50
"""One in so many breaks within sentences may be an author's own."""

LEAST_BREAKS = 8
"""Breaks within sentences, at least, that tell how a page was wrapped."""
MANY_BREAKS = 16
"""So many are not all of one width by chance."""


class Layout(NamedTuple):
    """How the items of a page are parted."""

    widest: int
    """Characters of its longest line; of a page that was wrapped densely, those it was wrapped at.

    `fold -s` leaves room for a space, and `fmt` for a word or two. Breaks within sentences tell.
    """
    by_lines: bool
    """Whether each line is an item."""
    is_dense: bool
    """Whether it was wrapped, and no blank line is between a title and its abstract."""


def layout_of(paragraphs: Sequence[list[Line]], widest: int) -> Layout:
    """Return how the items of this page are parted."""
    for_lines = for_paragraphs = breaks = 0
    too_wide: list[int] = []
    for run in _runs(paragraphs):
        parted, unforced = len(run) - 1, sum(map(_is_mostly_unforced, run))
        for_lines += unforced > parted
        for_paragraphs += parted > unforced
        breaks += sum(map(len, run))
        too_wide += chain.from_iterable(map(_widths_of_sentences_that_go_on, run))
    is_wrapped = len(too_wide) * 10 > breaks
    is_dense = is_wrapped and not for_paragraphs
    if is_dense:
        widest = min(widest, sorted(too_wide)[len(too_wide) // EXCEPTIONS] - 1)
    return Layout(widest, not is_wrapped and for_lines >= for_paragraphs, is_dense)


def width_that_breaks_words(rows: Sequence[str]) -> int:
    """Return the characters at which the rows of a page were broken amid words; 0 where they were not.

    There all rows below which a sentence goes on are of one width, but for a space at their ends; of rows
    broken between words, less than half are, unless these are few: then two halves must be a word of it.
    And few of the rows below begin with a word of the page. Rows that are justified have wider spaces.

    BROKEN AMID WORDS::

        Long recordings are hard to transcri
        be, since a model sees a window of t
        hem only.
    """
    texts = [row.strip() for row in rows]
    breaks = [
        (above, below)
        for above, below in pairwise(texts)
        if above and begins_in_lower_case(below) and not ends_whole(above)
    ]
    width = max((len(above) for above, _ in breaks), default=0)
    full = sum(len(above) >= width - 1 and "  " not in above for above, _ in breaks)
    if len(breaks) < LEAST_BREAKS or full * 10 < len(breaks) * 9:
        return 0
    words = {word for text in texts for word in text.split()[1:-1]}
    halves = [(above.split()[-1], below.split()[0]) for above, below in breaks]
    is_sure = len(breaks) >= MANY_BREAKS or any(above + below in words for above, below in halves)
    return width if is_sure and sum(below in words for _, below in halves) * 2 < len(halves) else 0


def _runs(paragraphs: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Yield the lines of text between facts, by paragraph, without the organization above a separator.

    A heading that no blank line parts from its text is left out, and parts no texts.
    """
    run: list[list[Line]] = []
    above = 0
    for paragraph, *below in (paragraphs[index : index + 2] for index in range(len(paragraphs))):
        is_new = not run or paragraph[0].number > above + 1
        above = paragraph[-1].number
        if paragraph[0].heading and below and below[0][0].number == above + 1:
            continue
        for line in (item for row in paragraph for item in ([row] if row.parts else items(row))):
            kind = piece_of(line).kind
            if kind is Kind.TEXT:
                run += [[]] if is_new else []
                run[-1].append(line)
                is_new = False
            elif kind in FACTS:
                if (
                    run
                    and not is_new
                    and kind is Kind.SEPARATOR
                    and len(run[-1][-1].text) <= LONGEST_ORGANIZATION
                ):
                    run[-1].pop()
                if run := [lines for lines in run if lines]:
                    yield run
                run, is_new = [], True
    if run:
        yield run


def _widths_of_sentences_that_go_on(lines: list[Line]) -> Iterator[int]:
    """Yield how wide each line would be with the next word, where a sentence goes on in lower case there."""
    for above, below in pairwise(lines):
        if begins_as_continuation(below.text) and not ends_whole(above.text):
            yield _width_with_next_word(above, below)


def _is_mostly_unforced(lines: list[Line]) -> bool:
    """Tell whether most breaks between some lines were made although the next word had room."""
    widest = max(len(line.text) for line in lines)
    breaks = [
        has_room(above, below, widest) and not begins_as_continuation(below.text)
        for above, below in pairwise(lines)
    ]
    return sum(breaks) * 2 > len(breaks)


def has_room(above: Line, below: Line, widest: int) -> bool:
    """Tell whether the first word of a line would have fitted on the line above it."""
    return _width_with_next_word(above, below) <= widest


def _width_with_next_word(above: Line, below: Line) -> int:
    mark = above.heading + 1 if above.heading else 0  # ``### ``
    return mark + len(above.text) + 1 + len(below.text.split(maxsplit=1)[0])
