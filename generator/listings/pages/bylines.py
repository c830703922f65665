"""Recognise the lines of a byline on a Hugging Face page, and read their counts and organizations.

A paper's facts are lines of their own, under any mark and with any space that a browser or crawler gives
them::

      • 1,204 authors
    ·
    Published on Oct 4, 2026
    Upvote
    117
    GitHub 1.2k
"""

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from generator.listings.entry import Line, Part
from generator.listings.pages.boilerplate import LABELS, is_boilerplate
from generator.listings.pages.days import day_abroad, is_relative, page_day
from generator.listings.sentences import BULLETS, DASHES

SEPARATORS = frozenset("·•∙⋅")
_MARK = f"[{re.escape(BULLETS)}]"
LONGEST_ORGANIZATION = 100
LONGEST_FACT = 250
_SPACE = "[ \\t\\xa0\\u2007\\u2009\\u202f]"
_COUNTED = (
    r"([0-9]{1,3}(?:[,.'\u2019\xa0\u2007\u2009\u202f][0-9]{3}){1,2}|[0-9]{1,6}"
    r"|[0-9]{1,3}(?:\.[0-9]{1,2})?[kK])"
)
_MARKS = rf"(?:{_MARK}{_SPACE}*)*"
_AUTHORS = re.compile(rf"{_MARKS}{_COUNTED}{_SPACE}*authors?")
_AUTHORS_ABROAD = re.compile(rf"{_MARKS}{_COUNTED}{_SPACE}*(?:[位名]?\w{{2,20}}|명의? ?저자)")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\.[0-9]{1,2})?[kK]?)"
_COUNT = re.compile(rf"(?:[-*+] )?(?:\[[ xX-]\] ?)?(?:- )?(?P<count>{_NUMBER}|[{DASHES}])")
_CODE = re.compile(rf"(?:LINK: ?)?GitHub(?: ?{_NUMBER})?(?: stars?)?")
_BUTTON = re.compile(rf"Upvotes? ?(?:{_NUMBER}|[{DASHES}])|GitHub(?: ?{_NUMBER})?|arXiv Page", re.IGNORECASE)
_BUTTONS = re.compile(rf"(?:(?:{_BUTTON.pattern})\s*){{2,5}}", re.IGNORECASE)
_UPVOTE = re.compile(rf"(?:- )?(?:\[[ xX-]\] ?)?Upvotes? ?(?P<count>{_NUMBER}|[{DASHES}])")
_SITE = r"(?:(?:https?:)?//(?:www\.)?(?:huggingface\.co|hf\.co))"
_PAPER = re.compile(rf"{_SITE}?/papers/(?P<arxiv>[0-9]{{4}}\.[0-9]{{4,5}})(?P<rest>#community)?")
_LOGIN = re.compile(
    r".{0,40}/login\?next=(?:%2F|/)papers(?:%2F|/)(?P<arxiv>[0-9]{4}\.[0-9]{4,5})", re.IGNORECASE
)
_HANDLE = re.compile(rf"{_SITE}?/([A-Za-z0-9][A-Za-z0-9._-]*)/?")
_OF_SITE = re.compile(rf"{_SITE}(?:/|\Z)|/(?!/)")


class Kind(Enum):
    """What a line of a page is."""

    TEXT = auto()
    """Part of a title or an abstract, or unknown."""
    AUTHORS = auto()
    """``• 6 authors``"""
    ORGANIZATION = auto()
    """``stanfordnlp Stanford NLP``, above a separator."""
    SEPARATOR = auto()
    """``·``"""
    DAY = auto()
    """``Oct 1 3`` or ``Published on Oct 1``"""
    COUNT = auto()
    """A number or a dash on a line of its own: votes or comments."""
    VOTES = auto()
    """A number that is known to be votes, of the paper above or the one its link names."""
    VOTES_BELOW = auto()
    """A number that is known to be votes, of the paper below."""
    COMMENTS = auto()
    """A number that is known to be comments."""
    CODE = auto()
    """``GitHub 1.2k``"""
    LABEL = auto()
    """``Upvote``, ``arXiv Page``: words on a paper's buttons."""
    RELATIVE_DAY = auto()
    """``2 days ago``"""
    UNREAD_DAY = auto()
    """``29 mai``: a day of another language, on a page that is not known to be in English."""
    OWN_DAY = auto()
    """The page's own day, which nothing of a byline precedes."""
    BOILERPLATE = auto()


DAYS = frozenset({Kind.DAY, Kind.RELATIVE_DAY, Kind.UNREAD_DAY})
CLOSING = DAYS | {Kind.AUTHORS}
"""The facts of which a paper has one."""
BYLINE = DAYS | {Kind.AUTHORS, Kind.ORGANIZATION, Kind.SEPARATOR}
FACTS = BYLINE | {Kind.CODE, Kind.LABEL, Kind.VOTES, Kind.COMMENTS}


class Piece(NamedTuple):
    """One or more lines that are one thing."""

    kind: Kind
    text: str
    first: int
    last: int
    href: str = ""
    heading: int = 0
    """Level of the heading that it is; 0 where it is none."""


def piece_of(line: Line) -> Piece:
    """Return what a line, or a part of one, is by its own words and its link's address."""
    href = line.parts[0].href if len(line.parts) == 1 else ""
    kind = _kind(line.text, href)
    return Piece(kind, line.text, line.number, line.number, href, line.heading)


@lru_cache(maxsize=4096)
def _kind(text: str, href: str) -> Kind:
    """Return what a line is; it is asked several times of each line, and all bylines have the same lines."""
    if len(text) > LONGEST_FACT:
        return Kind.TEXT
    if is_boilerplate(text):
        return Kind.BOILERPLATE
    if _COUNT.fullmatch(text):
        return _kind_of_count(href)
    if _CODE.fullmatch(text) and (href or text != "GitHub"):
        return Kind.CODE
    tests = (
        (SEPARATORS.__contains__, Kind.SEPARATOR),
        (LABELS.__contains__, Kind.LABEL),
        (_AUTHORS.fullmatch, Kind.AUTHORS),
        (page_day, Kind.DAY),
        (_UPVOTE.fullmatch, Kind.VOTES),
        (is_relative, Kind.RELATIVE_DAY),
        (day_abroad, Kind.UNREAD_DAY),
    )
    return next((kind for is_such, kind in tests if is_such(text)), Kind.TEXT)


def _kind_of_count(href: str) -> Kind:
    if _LOGIN.match(href):
        return Kind.VOTES_BELOW
    paper = _PAPER.match(href)
    return Kind.COMMENTS if paper and paper["rest"] else Kind.COUNT


def is_link_of_the_page(href: str) -> bool:
    """Tell whether an address is one of Hugging Face's own pages, a paper's excepted."""
    return bool(_OF_SITE.match(href)) and not paper_id(href)


def voted_id(href: str) -> str | None:
    """Return the arXiv identifier of the paper that an address lets people vote for, or None."""
    match = _LOGIN.match(href)
    return match["arxiv"] if match else None


def paper_id(href: str) -> str | None:
    """Return the arXiv identifier of the paper whose page an address is, or None."""
    match = _PAPER.fullmatch(href)
    return match["arxiv"] if match else None


def counts_authors_abroad(text: str) -> bool:
    """Tell whether a text above a separator counts authors in another language: ``• 3 auteurs``.

    No organization's name is a number and a word in lower case, or has a mark above it.
    """
    match = _AUTHORS_ABROAD.fullmatch(text)
    if not match:
        return False
    word = text[match.end(1) :].strip()
    return match.start(1) > 0 or not word[0].isupper() or word in ("Autor", "Autoren")


def author_count(text: str) -> int | None:
    """Return the number of a line such as ``• 1,204 authors``; None for a rounded one, ``1.2k authors``."""
    match = _AUTHORS.fullmatch(text) or _AUTHORS_ABROAD.fullmatch(text)
    return int(re.sub(r"[^0-9]", "", match[1])) if match and match[1][-1] not in "kK" else None


def count(text: str) -> int | None:
    """Return the number of votes or comments; None for a dash, or a rounded number such as ``1.2k``."""
    match = _COUNT.fullmatch(text) or _UPVOTE.fullmatch(text)
    digits = match["count"].replace(",", "") if match else ""
    return int(digits) if digits.isdecimal() else None


def items(line: Line) -> list[Line]:
    """Return the items on a line: each link and each fact, where it holds nothing else; else the line whole.

    ``[Orchard Labs](/orchard) · Oct 4, 2026`` is three items, ``see [our code](https://...)`` is one.
    """
    if not any(part.href for part in line.parts):
        texts = _BUTTON.findall(line.text) if _BUTTONS.fullmatch(line.text) else [line.text]
        return [line._replace(text=text, parts=()) for text in texts]
    if len(line.parts) == 1:
        return [line]
    parts: list[Part] = []
    for part in line.parts:
        bits = [part.text] if part.href else re.split(r"\s*([·∙⋅])\s*", part.text)
        parts += [Part(text.strip(), part.href) for text in bits if text.strip()]
    lines = [line._replace(text=part.text, parts=(part,)) for part in parts]
    unknown = [part.href for part in parts if _kind(part.text, part.href) is Kind.TEXT]
    if all(unknown) and sum(not is_link_of_the_page(href) for href in unknown) <= 1:
        return lines
    return [line._replace(parts=())]


def bits_of_byline(text: str) -> list[str] | None:
    """Return the parts of a byline that is on one line, or was wrapped over several; else None.

    YES::

        • 3 authors · May 30
        lab-c Laboratory C · Mar 13 3

    NO::

        We study A · B
    """
    unmarked = re.sub(rf"\A{_MARK}\s+(?=[0-9])", "", text)
    bits = [bit for bit in re.split(r"(?:\A|(?<=\s))([·•∙⋅])(?=\s|\Z)", unmarked) if bit.strip()]
    bits = [bit.strip() for bit in bits]
    first, *rest = (_kind(bit, "") for bit in bits)
    if Kind.DAY not in rest and not (Kind.AUTHORS in (first, *rest) and rest):
        return None
    may_begin = first in BYLINE or (
        first is Kind.TEXT and rest[0] is Kind.SEPARATOR and len(bits[0]) <= LONGEST_ORGANIZATION
    )
    return bits if may_begin and all(kind in BYLINE or kind is Kind.COUNT for kind in rest) else None


def organization(text: str, href: str = "") -> tuple[str | None, str]:
    """Return an organization's handle, where the line or its link has one, and its name.

    The first word of a line is a handle only where it resembles the rest: the same letters, or some.

    HANDLE::

        CarnegieMellonU Carnegie Mellon University
        naver-ai NAVER AI Lab
        [umass] University of Massachusetts Amherst

    NO HANDLE::

        Carnegie Mellon University
        University of Massachusetts Amherst
        Google
    """
    name = re.sub(r"\A(?:!?\[([^\[\]]{0,60})\] ?)+(?=\S)", "", " ".join(text.split()))
    handle = _HANDLE.fullmatch(href) or re.match(r"!?\[([A-Za-z0-9][A-Za-z0-9._-]*)\]", text)
    first, _, rest = name.partition(" ")
    rest = rest.strip()
    if glued := _glued_handle(first):
        return glued, name[len(glued) :]
    known = handle[1] if handle else None
    if rest and (first == known or (known is None and _resembles(first, rest))):
        return first, rest
    return known, name


def _glued_handle(word: str) -> str:
    """Return the handle that a picture's text glued to a name: ``orchard`` of ``orchardOrchard``; else ""."""
    starts = (match.start() for match in re.finditer("(?<=[a-zA-Z0-9._-]{3})[A-Z]", word))
    parts = ((word[:start], _letters(word[start:])[:3]) for start in starts)
    return next((handle for handle, begin in parts if len(begin) == 3 and _letters(handle)[:3] == begin), "")


def _resembles(handle: str, name: str) -> bool:
    """Tell whether a word may be the handle of a name: the same letters, some, or an abbreviation."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", handle):
        return False
    short, long = _letters(handle), _letters(name)
    if not short or not long:
        return False
    if min(len(short), len(long)) >= 3 and (short in long or long in short):
        return True
    words = [_letters(word) for word in re.split(r"[\s,/-]+", name)]
    if any(len(word) >= 4 and word in short for word in words):
        return True
    return len(short) >= 2 and short[0] == long[0] and _is_abbreviation(short, long)


def _is_abbreviation(short: str, long: str) -> bool:
    """Tell whether the letters of one are among those of the other, in their order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text.casefold()))
