"""A law: a heading that someone wrote between the papers of a page is no paper, nor is what it says below.

What is in doubt is left out with an error, so a page gives some of its papers, and tells of the rest.
"""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.listings import parse
from generator.problem import has_error
from tests.support.examples import MORE

ISSUE = dt.date(2025, 10, 30)
DAILY = "Daily Papers\n\nbyAK and the research community\n\nOct 30"
SIMILAR = "Get trending papers in your email inbox once a day!\n\nSubscribe"
TITLES = [
    "CiteCore: Faithful Citing with Small Models",
    "The Long Window",
    "How Far Do Graphs Remember?",
    "A survey of sampling for retrieval",
    "Mistakes of Agents in a Shell",
    "Gr\u00f6bner Bases on $\\tau$-Trees, Revisited",
]
SENTENCES = [
    "We study how language models cite the sources that they are given, and find that they cite fewer.",
    "Over three corpora, a simple change of the prompt raises both by a third, and costs no training.",
    "Long recordings are hard to transcribe, since a model sees a window of them only.",
    "The errors fall by a fifth, and the memory needed stays the same whatever the length.",
    "Code is available at https://github.com/example-lab/long-window.",
]
HEADINGS = [
    "Trending this week",
    "Robotics",
    "Editor's choice",
    "Large Language Models and Agents",
    "Yesterday's papers you may have missed",
    "TOP 3",
    "More papers:",
    "1. Vision",
    "New this week!",
    "What are we reading?",
    "**Our picks**",
    "cs.CL (12)",
    "\U0001f525 Hot",
]
INTRODUCTIONS = ["", "", "Our editors recommend these.", "Selected by Ann and Bob", "Three papers this time."]
BYLINES = ["  \u2022 6 authors\n\u00b7\nApr 16, 2021", "orchard Orchard Labs\n\u00b7\nMay 30 2"]

pytestmark = pytest.mark.slow


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a page with headings between its papers, and the titles of these."""
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=2, max_size=6, unique=True))
    head, has_bylines = draw(st.sampled_from([(DAILY, True), (DAILY, False), (SIMILAR, False)]))
    mark = draw(st.sampled_from(["", "", "### "]))
    items = [head]
    for title in titles:
        abstract = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=6)))
        byline = [draw(st.sampled_from(BYLINES))] if has_bylines else []
        items += [*draw(headings()), mark + title, abstract, *byline]
    items += draw(headings())
    items += draw(st.sampled_from([[], ["Subscribe"]]))
    return draw(st.sampled_from(["\n\n", "\n\n", "\n"])).join(items), titles


def headings() -> st.SearchStrategy[list[str]]:
    """Return no heading mostly, or one, plain or in Markdown, with an introduction or without."""
    marks, names, below = map(st.sampled_from, (["", "## "], HEADINGS, INTRODUCTIONS))
    heading = st.builds(lambda *texts: texts, marks, names, below)
    return st.lists(heading, max_size=1).map(
        lambda found: [text for mark, name, below in found for text in (mark + name, below) if text]
    )


@given(page=pages())
@settings(max_examples=200 * MORE)
def test_no_heading_between_papers_is_a_title(page: tuple[str, list[str]]) -> None:
    text, titles = page
    parsed = parse(text.encode(), "page.txt", ISSUE)
    found = [entry.stated.title for entry in parsed.entries]
    assert [title for title in titles if title in found] == found
    assert found == titles or has_error(parsed.problems)
