"""Paragraphs before lines: which lines of a page are one text.

Where blank lines part the items of a page, lines without one between them are one paragraph: a capture that
was wrapped at some width, a title over two lines. Where they do not, each line is an item. The page as a
whole tells:

- *for paragraphs* speak the bylines above which a blank line parts two texts;
- *for lines* speak those above which most line breaks are not forced: the next word would have fitted,
  were the lines as long as the longest. They do not, if sentences go on over a tenth of the breaks.

Lines of a byline and the page's own words are no part of a paragraph's text, whatever is around them.

ONE PARAGRAPH::

    Long recordings are hard to transcribe, since a model
    sees a window of them only.
    • 3 authors

TWO ITEMS::

    The Long Window
    Long recordings are hard to transcribe, since a model sees a window of them only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.listings.entry import Line, join
from generator.listings.pages.boilerplate import is_boilerplate
from generator.listings.pages.bylines import (
    BYLINE,
    DAYS,
    FACTS,
    LONGEST_ORGANIZATION,
    Kind,
    Piece,
    bits_of_byline,
    is_link_of_the_page,
    items,
    piece_of,
)
from generator.listings.sentences import begins_as_continuation, ends_whole

_MARKED_ORGANIZATION = re.compile(r"!?\[[A-Za-z0-9][A-Za-z0-9._-]*\] ?\S.{0,80}")  # [ibm] IBM
STRONG = FACTS - DAYS
"""What is a fact also within a paragraph; a day is one only behind another fact."""


def pieces_of(lines: Sequence[Line]) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, texts and lines that are no text, and whether each line is one."""
    paragraphs = list(_paragraphs(lines))
    if _lines_are_items(paragraphs):
        return [piece_of(item) for line in lines for item in items(line)], True
    widest = max((len(line.text) for line in lines), default=0)
    pairs = zip(paragraphs, [*paragraphs[1:], []], strict=True)
    return [piece for paragraph, below in pairs for piece in _pieces(paragraph, below, widest)], False


def _paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield lines that no blank line parts, and no heading that begins."""
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (line.number > paragraph[-1].number + 1 or line.heading):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _lines_are_items(paragraphs: Iterable[list[Line]]) -> bool:
    """Tell whether the lines of this page, and not its paragraphs, are its items."""
    for_lines = for_paragraphs = breaks = sentences_go_on = 0
    for run in _runs(paragraphs):
        parted, unforced = len(run) - 1, sum(map(_is_mostly_unforced, run))
        for_lines += unforced > parted
        for_paragraphs += parted > 0 and parted >= unforced
        breaks += sum(map(len, run))
        sentences_go_on += sum(map(_sentences_that_go_on, run))
    if sentences_go_on * 10 > breaks:
        return False
    return for_lines >= for_paragraphs


def _runs(paragraphs: Iterable[list[Line]]) -> Iterator[list[list[Line]]]:
    """Yield the lines of text between facts, by paragraph, without the organization above a separator."""
    run: list[list[Line]] = []
    for paragraph in paragraphs:
        is_new = True
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


def _sentences_that_go_on(lines: list[Line]) -> int:
    """Return at how many line breaks a sentence goes on with a lower-case word."""
    breaks = pairwise(lines)
    return sum(begins_as_continuation(below.text) and not ends_whole(above.text) for above, below in breaks)


def _is_mostly_unforced(lines: list[Line]) -> bool:
    """Tell whether most breaks between some lines were made although the next word had room."""
    widest = max(len(line.text) for line in lines)
    breaks = [
        _has_room(above, below, widest) and not begins_as_continuation(below.text)
        for above, below in pairwise(lines)
    ]
    return sum(breaks) * 2 > len(breaks)


def _has_room(above: Line, below: Line, widest: int) -> bool:
    return len(above.text) + 1 + len(below.text.split(maxsplit=1)[0]) <= widest


def _pieces(paragraph: list[Line], below: list[Line], widest: int) -> Iterator[Piece]:
    """Yield the text or texts of a paragraph, and the facts and boilerplate above, between and below them."""
    joined = join(line.text for line in paragraph)
    first, last = paragraph[0].number, paragraph[-1].number
    if len(paragraph) > 1 and is_boilerplate(joined):
        yield Piece(Kind.BOILERPLATE, joined, first, last)
        return
    lines = [item for line in paragraph for item in items(line)]
    if len(lines) > 1 and all(piece_of(line).kind is not Kind.TEXT for line in lines):
        yield from map(piece_of, lines)
        return
    is_sentence = any(line.parts or ends_whole(line.text) for line in lines[:-1])
    if not is_sentence and (bits := bits_of_byline(joined)):
        yield from _byline(bits, first, last)
        return
    is_above_separator = bool(below) and piece_of(below[0]).kind is Kind.SEPARATOR
    yield from _texts_and_facts(lines, widest, is_above_separator=is_above_separator)


def _byline(bits: list[str], first: int, last: int) -> Iterator[Piece]:
    """Yield the pieces of a byline that was wrapped, or is on one line."""
    for number, bit in enumerate(bits):
        piece = piece_of(Line(first, bit))
        kind = Kind.ORGANIZATION if number == 0 and piece.kind is Kind.TEXT else piece.kind
        yield piece._replace(kind=kind, last=last)


def _texts_and_facts(lines: list[Line], widest: int, *, is_above_separator: bool) -> Iterator[Piece]:
    """Yield each text between the facts of a paragraph, and the facts."""
    text: list[Line] = []
    is_after_fact = False
    for line in lines:
        piece = piece_of(line)
        is_fact = piece.kind in STRONG or (piece.kind in DAYS and is_after_fact and not text)
        if not is_fact:
            if text and _link_of_page(line) != _link_of_page(text[-1]):
                yield from _text(text, widest, is_above_separator=False)
                text = []
            text.append(line)
            continue
        if text:
            is_named = piece.kind is Kind.CODE and bool(_MARKED_ORGANIZATION.fullmatch(text[-1].text))
            yield from _text(text, widest, is_above_separator=is_named or piece.kind is Kind.SEPARATOR)
            text = []
        is_after_fact = piece.kind in BYLINE
        yield piece
    if text:
        yield from _text(text, widest, is_above_separator=is_above_separator)


def _link_of_page(line: Line) -> str:
    """Return the address of a line that is a link to no paper: to an organization, in a paper's midst."""
    href = line.parts[0].href if len(line.parts) == 1 else ""
    return href if is_link_of_the_page(href) else ""


def _text(lines: list[Line], widest: int, *, is_above_separator: bool) -> Iterator[Piece]:
    """Yield a text as one piece; as several where something is between that is none of it, and that too."""
    text: list[Line] = []
    for index, line in enumerate(lines):
        is_submitter = index > 0 and lines[index - 1].text == "Submitted by" and " " not in line.text
        if not is_submitter and not _is_apart(lines, index, widest, is_first=not text):
            text.append(line)
            continue
        if text:
            yield whole(text)
            text = []
        yield piece_of(line)
    if is_above_separator and len(text) > 1 and _is_organization(*text[-2:]):
        yield whole(text[:-1])
        yield whole(text[-1:])._replace(kind=Kind.ORGANIZATION)
    elif text:
        yield whole(text)


def _is_apart(lines: list[Line], index: int, widest: int, *, is_first: bool) -> bool:
    """Tell whether a line amid texts is none of theirs: words of the page, a mark, a word or number above.

    A word or number at the end of a text may be the rest of it: ``Text-to-Image``, ``Models``.
    """
    kind = piece_of(lines[index]).kind
    if kind is Kind.TEXT or (kind is Kind.BOILERPLATE and not lines[index].text.isalpha()):
        return kind is not Kind.TEXT
    below = lines[index + 1 :]
    return is_first and (not below or _has_room(lines[index], below[0], widest))


def _is_organization(above: Line, below: Line) -> bool:
    """Tell whether the last line above a separator is an organization's, and not the end of an abstract."""
    return len(below.text) <= LONGEST_ORGANIZATION and ends_whole(above.text) and not ends_whole(below.text)


def whole(lines: Sequence[Line]) -> Piece:
    """Return some lines as one text, or as boilerplate that was wrapped; one only, if all are the same."""
    hrefs = (part.href for line in lines for part in line.parts if part.href)
    texts = [line.text for line in lines]
    text = join(texts[:1] if len(set(texts)) == 1 else texts)
    kind = Kind.BOILERPLATE if is_boilerplate(text) else Kind.TEXT
    return Piece(kind, text, lines[0].number, lines[-1].number, next(hrefs, ""), lines[0].heading)
