"""Paragraphs before lines: which lines of a page are one text.

Where blank lines part the items of a page, lines without one between them are one paragraph: a capture that
was wrapped at some width, a title over two lines. Where they do not, each line is an item. The page as a
whole tells (`layout`).

Where a page was wrapped and no blank line parts any texts, a break above a byline that was not forced ends an
item. Where a title fills its line, none is found, and the paper is in doubt. So it is where a short title may
be a heading above such a one, since the line below is capitalized.

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
from generator.listings.pages.layout import Layout, has_room, layout_of
from generator.listings.sentences import (
    begins_as_continuation,
    ends_whole,
    is_mostly_capitalized,
    is_short_title,
)

_MARKED_ORGANIZATION = re.compile(r"!?\[[A-Za-z0-9][A-Za-z0-9._-]*\] ?\S.{0,80}")  # [ibm] IBM
MOST_LINES_OF_A_NAME = 3
STRONG = FACTS - DAYS
"""What is a fact also within a paragraph; a day is one only behind another fact."""


def pieces_of(lines: Sequence[Line]) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, texts and lines that are no text, and whether each line is one."""
    spaced = [line.text for line in lines if " " in line.text]
    widest = max(map(len, spaced), default=0)  # an address that is longer than a line was not wrapped
    own = (len(text) for text in spaced if "://" not in text and not is_boilerplate(text))
    paragraphs = list(_paragraphs(lines, max(own, default=0)))
    layout = layout_of(paragraphs, widest)
    if layout.by_lines:
        return [piece_of(item) for line in lines for item in items(line)], True
    pairs = zip(paragraphs, [*paragraphs[1:], []], strict=True)
    return [piece for paragraph, below in pairs for piece in _pieces(paragraph, below, layout)], False


def _paragraphs(lines: Iterable[Line], widest: int) -> Iterator[list[Line]]:
    """Yield lines that no blank line parts, and no heading that begins, or ends short of the widest line."""
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (
            line.number > paragraph[-1].number + 1
            or line.heading
            or (paragraph[0].heading and has_room(paragraph[-1], line, widest))
        ):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _pieces(paragraph: list[Line], below: list[Line], layout: Layout) -> Iterator[Piece]:
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
    yield from _texts_and_facts(lines, layout, is_above_separator=is_above_separator)


def _byline(bits: list[str], first: int, last: int) -> Iterator[Piece]:
    """Yield the pieces of a byline that was wrapped, or is on one line."""
    for bit in bits:
        piece = piece_of(Line(first, bit))
        yield piece._replace(kind=Kind.ORGANIZATION if piece.kind is Kind.TEXT else piece.kind, last=last)


def _texts_and_facts(lines: list[Line], layout: Layout, *, is_above_separator: bool) -> Iterator[Piece]:
    """Yield each text between the facts of a paragraph, and the facts."""
    text: list[Line] = []
    is_after_fact = is_in_byline = False
    for line in lines:
        piece = piece_of(line)
        is_fact = piece.kind in STRONG or (is_after_fact and not text and piece.kind in DAYS)
        is_fact = is_fact or (is_in_byline and not text and piece.kind is Kind.COUNT)
        if not is_fact:
            if text and _link_of_page(line) != _link_of_page(text[-1]):
                yield from _text(text, layout, is_above_separator=False)
                text = []
            text.append(line)
            continue
        if text:
            is_named = piece.kind is Kind.CODE and bool(_MARKED_ORGANIZATION.fullmatch(text[-1].text))
            found = list(_text(text, layout, is_above_separator=is_named or piece.kind is Kind.SEPARATOR))
            is_sure = piece.kind is not Kind.SEPARATOR or found[-1].kind is Kind.ORGANIZATION
            yield from _items_of_dense(found, text, layout.widest) if layout.is_dense and is_sure else found
            text = []
        is_in_byline = piece.kind in (Kind.AUTHORS, Kind.SEPARATOR) or (
            is_in_byline and piece.kind not in DAYS
        )
        is_after_fact = piece.kind in BYLINE or is_in_byline
        yield piece
    if text:
        yield from _text(text, layout, is_above_separator=is_above_separator)


def _items_of_dense(pieces: Iterable[Piece], lines: list[Line], widest: int) -> Iterator[Piece]:
    """Yield the pieces above a byline, a text as several where a break was made although there was room.

    EXAMPLE, a title and an abstract::

        The Long Window: Transcribing
        Recordings of Any Length
        Long recordings are hard to transcribe,
    """
    for piece in pieces:
        if piece.kind is not Kind.TEXT:
            yield piece
            continue
        texts: list[list[Line]] = []
        for line in lines[piece.first - lines[0].number : piece.last - lines[0].number + 1]:
            if not texts or has_room(texts[-1][-1], line, widest):
                texts.append([])
            texts[-1].append(line)
        title, *paragraphs = map(whole, texts)
        are_sure = (
            all(ends_whole(text.text) for text in paragraphs[:-1])
            and not any(begins_as_continuation(text.text) for text in paragraphs)
            and not (
                is_short_title(title.text) and any(is_mostly_capitalized(text[0].text) for text in texts[1:])
            )
        )
        yield from (title, *paragraphs) if are_sure else (piece,)


def _link_of_page(line: Line) -> str:
    """Return the address of a line that is a link to no paper: to an organization, in a paper's midst."""
    href = line.parts[0].href if len(line.parts) == 1 else ""
    return href if is_link_of_the_page(href) else ""


def _text(lines: list[Line], layout: Layout, *, is_above_separator: bool) -> Iterator[Piece]:
    """Yield a text as one piece; as several where something is between that is none of it, and that too."""
    text: list[Line] = []
    for index, line in enumerate(lines):
        is_submitter = index > 0 and lines[index - 1].text == "Submitted by" and " " not in line.text
        if not is_submitter and not _is_apart(lines, index, layout.widest, is_first=not text):
            text.append(line)
            continue
        if text:
            yield whole(text)
            text = []
        yield piece_of(line)
    lines_of_name = _lines_of_organization(text, layout) if is_above_separator else 0
    if above := text[: len(text) - lines_of_name]:
        yield whole(above)
    if lines_of_name:
        yield whole(text[-lines_of_name:])._replace(kind=Kind.ORGANIZATION)


def _is_apart(lines: list[Line], index: int, widest: int, *, is_first: bool) -> bool:
    """Tell whether a line amid texts is none of theirs: words of the page, a mark, a word or number above.

    A word or number at the end of a text may be the rest of it: ``Text-to-Image``, ``Models``.
    """
    kind = piece_of(lines[index]).kind
    if kind is Kind.TEXT or (kind is Kind.BOILERPLATE and not lines[index].text.isalpha()):
        return kind is not Kind.TEXT
    below = lines[index + 1 : index + 2]
    if kind is Kind.COUNT and index > 0 and ends_whole(lines[index - 1].text):
        return True
    return is_first and (not below or has_room(lines[index], below[0], widest))


def _lines_of_organization(lines: list[Line], layout: Layout) -> int:
    """Return how many lines above a separator are an organization's, and not the end of an abstract."""
    for count in range(1, min(len(lines), MOST_LINES_OF_A_NAME + 1 if layout.is_dense else 2)):
        name = " ".join(line.text for line in lines[-count:])
        if ends_whole(name) or len(name) > LONGEST_ORGANIZATION:
            break
        if ends_whole(lines[-count - 1].text):
            return count
    return 0


def whole(lines: Sequence[Line]) -> Piece:
    """Return some lines as one text, or as boilerplate that was wrapped; one only, if all are the same."""
    hrefs = (part.href for line in lines for part in line.parts if part.href)
    texts = [line.text for line in lines]
    text = join(texts[:1] if len(set(texts)) == 1 else texts)
    kind = Kind.BOILERPLATE if is_boilerplate(text) else Kind.TEXT
    return Piece(kind, text, lines[0].number, lines[-1].number, next(hrefs, ""), lines[0].heading)
