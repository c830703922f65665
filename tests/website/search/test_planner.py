"""The page that searches, and the words that it suggests."""

import datetime as dt
from itertools import product
from string import ascii_lowercase

import msgspec

from generator.website.search.planner import SearchView, WordsView, plan, words
from tests.support.libraries import library, paper, planned


def test_filters_are_the_themes_and_the_years_from_the_newest() -> None:
    found = {
        str(year): paper(published=year and dt.date(year, 5, 1), themes=("data",))
        for year in (2023, None, 2025, 2024)
    }
    view = planned(library(found), plan)["search/index.html"].view
    assert isinstance(view, SearchView)
    assert view.themes == (("data", "Data"), ("models", "Models & more"))
    assert view.years == (
        ("2025", "2025"),
        ("2024", "2024"),
        ("2023", "2023"),
        ("undated", "No date given"),
    )


def test_words_of_four_letters_and_more_are_suggested_the_most_frequent_first() -> None:
    view = WordsView(texts=("An art of Naïve norms", "The naive H2O tree", "Naive norms, Łukasz et al."))
    assert words(view) == b'["naive","norms","tree","lukasz"]'


def test_20_000_words_are_suggested() -> None:
    text = " ".join(map("".join, product("ab", ascii_lowercase, ascii_lowercase, ascii_lowercase)))
    assert len(msgspec.json.decode(words(WordsView(texts=(text,))))) == 20_000
