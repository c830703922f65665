"""Tell from their neighbours what the pieces of a Hugging Face page are, where their own words do not tell.

These are the page's head, the name of who submitted a paper, the page's own day, an organization above a
separator, and lone numbers, which count votes or comments.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.listings.pages.boilerplate import MAKER
from generator.listings.pages.bylines import (
    DAYS,
    FACTS,
    LONGEST_ORGANIZATION,
    Kind,
    Piece,
    counts_authors_abroad,
    is_link_of_the_page,
)
from generator.listings.pages.days import any_day
from generator.listings.pages.pairing import may_be_title
from generator.listings.sentences import BULLETS, reads_as_abstract

LONGEST_DAY = 30
DIGITS_OF_A_TITLE = 4
"""The least, as in ``2025``. A shorter number counts votes or comments, and the title is missing."""
WITHIN_BYLINES = frozenset({Kind.LABEL, Kind.CODE, Kind.COUNT, Kind.VOTES})
"""What may be between a separator and its day."""
_BOLD = re.compile(r"(\*\*|__)(?P<text>[^*_].*)\1")
_NUMBER = re.compile(r"([0-9]{1,3})[.)]\s+(?=\S)")
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s+(?=\S)")
_COMPANY = (" Inc.", " Ltd.", " Co.", " Corp.", " LLC.", " S.A.", " B.V.")


_ABOVE_A_TITLE = DAYS | {Kind.OWN_DAY, Kind.COUNT, Kind.VOTES, Kind.CODE, Kind.LABEL, None}
"""What may be above the first text of a paper; before any rule is applied, a page's own day is a day."""


def in_context(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the kinds that their neighbours give them."""
    told = list(pieces)
    for rule in (_bold, _marks_of_titles, _head, _submitter, _days_of_english_pages, _own_days):
        rule(told)
    for rule in (_organizations, _authors_in_no_english, _days_in_no_english, _upvotes_above, _counts):
        rule(told)
    return told


def _set(pieces: list[Piece], index: int, kind: Kind) -> None:
    pieces[index] = pieces[index]._replace(kind=kind)


def _bold(pieces: list[Piece]) -> None:
    """Take the marks from a text that is bold as a whole."""
    for index, piece in enumerate(pieces):
        if match := _BOLD.fullmatch(piece.text):
            pieces[index] = piece._replace(text=match["text"])


def _marks_of_titles(pieces: list[Piece]) -> None:
    """Take numbers or bullets from headings, or from the first texts below bylines, if all have them."""
    first = [index for index, piece in enumerate(pieces) if piece.heading > 2]
    first = first or [
        index
        for index, piece in enumerate(pieces)
        if piece.kind is Kind.TEXT and _neighbour(pieces, index - 1, -1) in _ABOVE_A_TITLE
    ]
    numbers = [_NUMBER.match(pieces[index].text) for index in first]
    counted = [int(match[1]) for match in numbers if match]
    bullets = [_BULLET.match(pieces[index].text) for index in first]
    is_numbered = len(counted) == len(first) and all(below == above + 1 for above, below in pairwise(counted))
    if len(first) > 1 and (is_numbered or all(bullets)):
        for index, match in zip(first, numbers if is_numbered else bullets, strict=True):
            text = pieces[index].text[match.end() if match else 0 :]
            pieces[index] = pieces[index]._replace(text=text)


def _head(pieces: list[Piece]) -> None:
    """Take all above the line of the page's makers for the page's own words, unless it has a paper."""
    made = (
        index
        for index, piece in enumerate(pieces)
        if MAKER.fullmatch(piece.text) or piece.text == "and the research community"
    )
    end = next(made, 0)
    head = pieces[:end]
    texts = [piece.text for piece in head if piece.kind is Kind.TEXT]
    if any(piece.kind in FACTS for piece in head) or any(map(reads_as_abstract, texts[1:])):
        return
    for index in range(end):
        _set(pieces, index, Kind.BOILERPLATE)


def _submitter(pieces: list[Piece]) -> None:
    """Take a lone word below ``Submitted by`` for a person's handle."""
    is_below = False
    for index, piece in enumerate(pieces):
        if piece.text == "Submitted by":
            is_below = True
        elif is_below and piece.kind is not Kind.BOILERPLATE:
            is_below = False
            if piece.kind is Kind.TEXT and not piece.heading and " " not in piece.text:
                _set(pieces, index, Kind.BOILERPLATE)


def _days_of_english_pages(pieces: list[Piece]) -> None:
    """Take days of another language for days where the page is in English: it names makers or authors so."""
    if any(piece.kind is Kind.AUTHORS or MAKER.fullmatch(piece.text) for piece in pieces):
        for index, piece in enumerate(pieces):
            if piece.kind is Kind.UNREAD_DAY:
                _set(pieces, index, Kind.DAY)


def _own_days(pieces: list[Piece]) -> None:
    """Take a day that is not in a byline for the page's own; a relative one for words of the page."""
    above = Kind.BOILERPLATE
    for index, piece in enumerate(pieces):
        is_within = above in (Kind.AUTHORS, Kind.SEPARATOR) and piece.kind in WITHIN_BYLINES
        if piece.kind is Kind.BOILERPLATE or is_within:
            continue
        is_byline = above in (Kind.AUTHORS, Kind.SEPARATOR) or piece.text.startswith("Published ")
        if piece.kind in DAYS and not is_byline:
            _set(pieces, index, Kind.OWN_DAY if piece.kind is Kind.DAY else Kind.BOILERPLATE)
        above = piece.kind


def _organizations(pieces: list[Piece]) -> None:
    """Take a short text above a separator for an organization, any other link to the site for the page's."""
    texts = 0
    for index, piece in enumerate(pieces):
        if piece.kind in FACTS:
            texts = 0
        if piece.kind is not Kind.TEXT:
            continue
        texts += 1
        is_above = index + 1 < len(pieces) and pieces[index + 1].kind in DAYS | {Kind.SEPARATOR}
        is_linked = (
            is_link_of_the_page(piece.href) and not piece.heading and len(piece.text) <= LONGEST_ORGANIZATION
        )
        if is_linked or (is_above and _may_be_organization(piece.text, texts)):
            _set(pieces, index, Kind.ORGANIZATION if is_above else Kind.BOILERPLATE)


def _may_be_organization(text: str, texts: int) -> bool:
    """Tell whether a text above a separator is an organization, if so many texts are there."""
    if len(text) > LONGEST_ORGANIZATION:
        return False
    return texts > 1 and (not reads_as_abstract(text) or (texts > 2 and text.endswith(_COMPANY)))


def _authors_in_no_english(pieces: list[Piece]) -> None:
    """Take an organization that is a number and a word for a count of authors: ``• 3 auteurs``."""
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.ORGANIZATION and not piece.href and counts_authors_abroad(piece.text):
            _set(pieces, index, Kind.AUTHORS)


def _days_in_no_english(pieces: list[Piece]) -> None:
    """Take short texts with a number for days of another language, if they are below most separators."""
    below = [index + 1 for index, piece in enumerate(pieces[:-1]) if piece.kind is Kind.SEPARATOR]
    unread = [
        index
        for index in below
        if pieces[index].kind is Kind.TEXT
        and len(pieces[index].text) <= LONGEST_DAY
        and any(letter.isdecimal() for letter in pieces[index].text)
    ]
    if len(unread) > 1 and len(unread) * 2 > len(below):
        for index in unread:
            _set(pieces, index, Kind.UNREAD_DAY)


def _upvotes_above(pieces: list[Piece]) -> None:
    """Take votes for those of the paper below each, if the first ones are above the first title."""
    upvotes = [index for index, piece in enumerate(pieces) if _is_upvote(piece)]
    if not upvotes or any(piece.kind in FACTS | {Kind.TEXT} for piece in pieces[: upvotes[0]]):
        return
    last = max((index for index, piece in enumerate(pieces) if piece.kind is Kind.TEXT), default=0)
    for index in reversed([index for index in upvotes if index < last]):
        label, below = pieces[index], pieces[index + 1]
        if label.kind is Kind.LABEL and below.kind is Kind.COUNT:  # the number is on the next line
            pieces[index + 1] = below._replace(first=label.first)
            del pieces[index]
        _set(pieces, index, Kind.VOTES_BELOW)


def _is_upvote(piece: Piece) -> bool:
    return piece.kind is Kind.VOTES or (piece.kind is Kind.LABEL and piece.text == "Upvote")


def _counts(pieces: list[Piece]) -> None:
    """Take a lone number above a title for votes, and one below a day for comments, if there are such counts.

    A page has votes if a number is above its first title, if two are anywhere between a day and a title, or
    if its comments are on the lines of days. A number above an abstract is a title, or is where a title
    should be.
    """
    gaps = _gaps(pieces)
    for index in _in_place_of_titles(pieces, gaps):
        is_title = (
            len(gaps) == 1 and pieces[index].text.isdecimal() and len(pieces[index].text) >= DIGITS_OF_A_TITLE
        )
        _set(pieces, index, Kind.TEXT if is_title else Kind.BOILERPLATE)
    gaps = _gaps(pieces)
    has_comments = any(piece.kind is Kind.DAY and _has_comments(piece.text) for piece in pieces)
    has_votes = has_comments or any(_is_voted(pieces, gap) for gap in gaps)
    for gap in gaps:
        counts = [index for index in gap if pieces[index].kind is Kind.COUNT]
        above = _neighbour(pieces, gap[0] - 1, -1)
        below = _neighbour(pieces, gap[-1] + 1, 1)
        if below in DAYS and above is not Kind.LABEL:
            continue  # within a byline
        is_below_day = above in DAYS | {Kind.SEPARATOR}
        is_beside_day = is_below_day and pieces[gap[0] - 1].last == pieces[gap[0]].first
        if above is Kind.LABEL and pieces[gap[0] - 1].text != "Upvote":
            continue  # the stars of a repository
        if above is Kind.LABEL:
            _set(pieces, counts[0], Kind.VOTES)
            continue
        if is_below_day and (len(counts) > 1 or not has_votes or is_beside_day):
            _set(pieces, counts[0], Kind.COMMENTS)
        if below is Kind.TEXT and (len(counts) > 1 or (has_votes and not is_beside_day)):
            _set(pieces, counts[-1], Kind.VOTES_BELOW)


def _in_place_of_titles(pieces: Sequence[Piece], gaps: Sequence[Sequence[int]]) -> list[int]:
    """Return which lone numbers are above a text that can only be an abstract, where no title is."""
    found = []
    for gap in gaps:
        behind = (pieces[place] for place in range(gap[-1] + 1, len(pieces)))
        below = next((piece for piece in behind if piece.kind is not Kind.BOILERPLATE), None)
        has_title = _neighbour(pieces, gap[0] - 1, -1) is Kind.TEXT
        if has_title or below is None or below.kind is not Kind.TEXT:
            continue
        if reads_as_abstract(below.text) and not may_be_title(below.text):
            found.append(gap[-1])
    return found


def _has_comments(text: str) -> bool:
    day = any_day(text)
    return day is not None and day.comments is not None


def _gaps(pieces: Sequence[Piece]) -> list[list[int]]:
    """Return the runs of lone numbers, with the boilerplate between them."""
    gaps: list[list[int]] = []
    for index, piece in enumerate(pieces):
        if piece.kind is not Kind.COUNT:
            continue
        above = pieces[gaps[-1][-1] + 1 : index] if gaps else [piece]
        if gaps and all(between.kind is Kind.BOILERPLATE for between in above):
            gaps[-1].append(index)
        else:
            gaps.append([index])
    return gaps


def _is_voted(pieces: Sequence[Piece], gap: Sequence[int]) -> bool:
    if _neighbour(pieces, gap[-1] + 1, 1) is not Kind.TEXT:
        return False
    return len(gap) > 1 or _neighbour(pieces, gap[0] - 1, -1) in (None, Kind.OWN_DAY)


def _neighbour(pieces: Sequence[Piece], index: int, step: int) -> Kind | None:
    """Return the kind of the next piece in a direction that is no boilerplate; None at the page's edge."""
    while 0 <= index < len(pieces):
        if pieces[index].kind is not Kind.BOILERPLATE:
            return pieces[index].kind
        index += step
    return None
