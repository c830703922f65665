"""Suggest themes for papers that have none, or for papers that are named. Nothing is written."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.library.snapshot import read_library
from generator.model import Card
from generator.problem import Problem
from generator.related.learning import classifier_of, suggestions_for
from generator.related.suggestions import Suggestion


class SuggestReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is suggested."""

    problems: tuple[Problem, ...] = ()
    """If one is an error, nothing is suggested."""
    papers: tuple[tuple[Card, tuple[Suggestion, ...]], ...] = ()
    """Each paper with its likeliest themes, in the order of lists."""
    unknown: tuple[str, ...] = ()
    """Slugs that were asked for and name no paper."""
    has_themes: bool = True
    """Whether the digest has any."""


def suggest(root: Path, slugs: Sequence[str] = ()) -> SuggestReport:
    """Suggest themes for the papers of these slugs, else for all that have none."""
    reading = read_library(root)
    if reading.library is None:
        return SuggestReport(problems=reading.problems)
    library = reading.library
    unknown = tuple(slug for slug in slugs if slug not in library.records)
    asked = [card for card in library.cards if (card.slug in slugs if slugs else not card.themes)]
    if unknown or not asked or not library.themes:
        has_themes = bool(library.themes)
        return SuggestReport(problems=reading.problems, unknown=unknown, has_themes=has_themes)
    classifier = classifier_of(library, {card.slug for card in asked})
    papers = ((card, library.records[card.slug].paper()) for card in asked)
    found = ((card, suggestions_for(paper, classifier, library.vectors)) for card, paper in papers)
    return SuggestReport(
        problems=reading.problems, papers=tuple((card, tuple(themes)) for card, themes in found)
    )
