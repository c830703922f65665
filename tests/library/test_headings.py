"""Headings of papers without a title: what an abstract says that it introduces."""

import pytest

from generator.library.cards import HEADING_LENGTH, card_of
from generator.library.headings import heading_of
from generator.model import Paper


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        (
            "Inspired by it, we introduce Prompt Refinement with Image Pivot (PRIP).",
            "PRIP: Prompt Refinement with Image Pivot",
        ),
        (
            "This paper proposes Dynamic Retrieval based on Detection (DRAD) as a method.",
            "DRAD: Dynamic Retrieval based on Detection",
        ),
        (
            "We introduce the Knowledge Update BEnchmark, i.e. LeKUBE, which scores.",
            "LeKUBE: Knowledge Update BEnchmark",
        ),
        ("We present Structured Network (HSNN), a deployed model.", "HSNN: Structured Network"),
        ("We introduce a standardized legal benchmark LexEval.", "LexEval: A standardized legal benchmark"),
        (
            "This proposal of training the judge by Contrastive judgments (Con-J) is robust.",
            "Con-J: Training the judge by Contrastive judgments",
        ),
        ("Our study introduces the Auto-PRE, an automatic framework.", "Auto-PRE: An automatic framework"),
        (
            "We introduce CalibraEval, a label-free method for bias.",
            "CalibraEval: A label-free method for bias",
        ),
        ("We propose an approach called Balance, which is fast.", "Balance: An approach"),
        ("We present QueryX -- an interactive assistant that helps.", "QueryX: An interactive assistant"),
        (
            "We introduce OpenX, a completely documented, open standard.",
            "OpenX: A completely documented, open standard",
        ),
        ("We propose GUIDE (Guideline-Guided).", "GUIDE: Guideline-Guided"),
        (
            "Here, we study the impact of magnon couplings on transport.",
            "The impact of magnon couplings on transport",
        ),
    ],
)
def test_an_abstract_that_says_what_it_introduces_gives_the_heading(said: str, heading: str) -> None:
    assert heading_of(f"Models matter, i.e. Some do. {said} It is good.") == heading


def test_a_name_in_a_later_sentence_goes_before_an_object_in_an_earlier_one() -> None:
    assert heading_of("We study the routing of queries. We propose RouteX, a router.") == "RouteX: A router"


@pytest.mark.parametrize(
    "abstract",
    [
        "Models matter.",
        "We propose a novel method.",
        "We investigate how models learn.",
        "We present an evaluation by LLMs.",
        "We find it.",
        "",
    ],
)
def test_an_abstract_that_names_nothing_gives_no_heading(abstract: str) -> None:
    assert heading_of(abstract) is None


def test_without_one_a_card_has_the_first_words_and_with_one_no_more_than_fits() -> None:
    assert card_of(Paper(abstract="Models matter."), "a").title == "Models matter."
    long = card_of(Paper(abstract=f"We study {'very ' * 40}long words."), "a").title
    assert (long[:9], long[-1], len(long) <= HEADING_LENGTH + 2) == ("Very very", "…", True)
