"""Recognise the comment that authors add to an abstract: its length, where it appears, what has changed.

A dump marks no comment; its last paragraph is one or not. Three things tell, in the order of the rules below.
They were chosen on the genuine records that ``tests/listings/test_genuine_dump.py`` writes out as a dump.
"""

import re

from generator.listings.sentences import LIST, ends_whole

SHORT = 250
"""Characters of most comments; what is longer, or may be a sentence, needs more than one sign."""
NEAR_BEGINNING = 100
FRAGMENT = 100
"""Characters of most comments that have no verb."""
_COUNTS = re.compile(
    r"\b(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)\s?[+-]?\s?(?:\w+ ){0,2}"
    r"(?:pages?|pp|pgs?|figures?|figs?|tables?|slides|appendi(?:x|ces)|ps|eps|gif|jpe?g)\b",
    re.IGNORECASE,
)
_BEGINNINGS = r"""
(?:was |been |just )?accepted\b
(?:to |will )?(?:be published|(?:first )?appear(?:ed|s)? (?:at|in))\b
(?:to appear|submitted|in press|in preparation|under (?:review|consideration|submission))\b
published (?:as|at|by|in|online)\b
presented (?:at|in)\b
(?:in:? |for |from |part of )?(?:the )?proc(?:eedings|\.)
(?:oral|poster|spotlight|keynote)\b
(?:invited |contributed )?(?:talk|lecture|paper|article|review|chapter)s?\b.{0,30}\b(?:at|for|in|to)\b
(?:based on|contribution to) (?:a |the )?\w+
(?:ph\.?\s?d|m\.?\s?sc|master'?s?|doctoral|diploma|bachelor'?s?)\b.{0,12}\b(?:thesis|dissertation)
(?:thesis|habilitation|lecture notes|technical report|white paper|work in progress|camera[- ]ready)\b
(?:pre-?print|(?:final |first |early )?draft|extended (?:abstract|version)|dedicated to)\b
this (?:is|version|article|paper|work|preprint)\b.{0,80}\b(?:accepted|published|submitted|superseded)\b
this (?:\w+ )?(?:version|article|paper|work|preprint|note) (?:supersedes|replaces|subsumes|merges)\b
this version (?:corrects|fixes|includes|contains|adds)\b
this (?:is|article|paper|work|document)\b.{0,80}\b(?:version|teaching|chapter|talk|continuation|thesis)\b
(?:an? |the )?(?:first|second|third|final|last|new|old|current|previous|preliminary)\s(?:\w+ )?version\b
(?:an? |the )?(?:revised|updated|published|corrected|longe?r?|full|shorte?r?|journal)\s(?:\w+ )?version\b
(?:versions?|v[0-9]+|revised|replaced|supersedes|superseded)\b
(?:minor|major|small|some|several|no) (?:\w+ )?(?:changes?|corrections?|revisions?|modifications?|typos?)\b
(?:added|corrected|fixed|updated|changed) (?:\w+ )?(?:corrections?|typos?|references?|refs?|title|figures?)\b
(?:typos?|references?|refs?|errors?|figures?|title|abstract)\b.{0,20}\b(?:added|corrected|fixed|changed|updated)\b
(?:comments?|corrections?)\b.{0,20}\b(?:welcome|appreciated|included|added|made)\b
(?:typos?|references?|corrections?|improvements?|changes?|comments?)\b.{0,20}:
(?:see also|cf\.|also available|available (?:at|from|online|as))\b
(?:supplementa\w+|associated|accompanying|companion) (?:material|code|data|paper|to)\b
(?:(?:la|ams-?la|ams-?)?tex|revtex|uses [\w.]+(?:sty|cls)?|keywords? and phrases|arxiv admin note)\b
"""
"""What becomes of a paper, what it is, what has changed, what belongs to it: an expression a line."""
_BEGINS = re.compile("|".join(_BEGINNINGS.split("\n")[1:-1]), re.IGNORECASE)
_ABOUT_PAPERS = re.compile(
    r"\b(accepted|published|appear(?:s|ed)?|submitted|submission|proceedings|conference|workshop|symposium"
    r"|journal|version|v[0-9]\b|typos?|erratum|corrections?|revised|revision|preprint|e-prints?|thesis|lncs"
    r"|springer|ieee|acm|lett\.|rev\.|phys\.|trans\.|vol\.|eds?\.|isbn|latex|amsfonts|chapter|appendix|added"
    r"|minor changes|hep-th/)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:we|our|us|i|it|is|are|was|were|be|been|has|have|had|can|could|may|might|will|would|should|does|do|did"
    r"|shows?|proves?|demonstrates?|presents?|proposes?|provides?|gives?|allows?|suggests?|implies|follows"
    r"|this|these|that)\b",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"(?:key ?words?|index terms)\b(?! and phrases)", re.IGNORECASE)
WITHDRAWN = re.compile(r"(?:this \w+ (?:has been|is|was) )?withdrawn\b", re.IGNORECASE)


def is_comment(text: str) -> bool:
    """Tell whether the last paragraph above an identifier is the authors' comment, and no abstract's end.

    It is one if it counts, near its beginning, what authors count there; begins as they begin, or speaks of
    papers twice; or is short and no sentence: it does not end as one, or has no verb. An item of
    a list is none.

    COMMENT::

        13 pages, 4 figures, to appear.
        For the Proceedings of ICMP (Rio de Janeiro, 2006).
        ICLR 2025.
        NeurIPS 2024

    ABSTRACT::

        We also study apples.
        Published data on 13 orchards are refuted.
    """
    if not any(map(str.isalpha, text)) or _KEYWORDS.match(text) or LIST.match(text):
        return False
    if WITHDRAWN.match(text) or _COUNTS.search(text, 0, NEAR_BEGINNING) or _BEGINS.match(text):
        return True
    about_papers = {word.casefold() for word in _ABOUT_PAPERS.findall(text)}
    if len(text) > SHORT or text.endswith((":", ",", ";")):
        return len(about_papers) > 2
    is_fragment = len(text) <= FRAGMENT and not _SENTENCE.search(text)
    return len(about_papers) > 1 or is_fragment or not ends_whole(text)
