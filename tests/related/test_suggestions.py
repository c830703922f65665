"""Suggested themes: which, how surely, by which words; and how often they are those that editors chose."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.library.packed import PackedPaper
from generator.library.snapshot import read_library
from generator.library.vectors import NO_VECTOR, vector_of
from generator.model import Theme
from generator.related.suggestions import Classifier, Example, Suggestion

ROOT = Path(__file__).parents[2]
LABELS = ROOT.parent / "shared/themes/labels.json"
"""Papers of the shipped digest, placed by two editors who worked apart and agreed on the main theme."""
FOLDS = 5

THEMES = (
    Theme(slug="search", title="Search", description="Dense retrieval and ranking."),
    Theme(slug="images", title="Images", description="Diffusion models."),
    Theme(slug="law", title="Law"),
)
EXAMPLES = (
    Example("Dense Retrieval", "We search passages by dense retrieval.", ("search",)),
    Example("Ranking", "Ranking passages with hard negatives.", ("search",)),
    Example("Drawing", "Diffusion models draw images of cats.", ("images",)),
    Example("Editing", "Diffusion edits images.", ("images", "law")),
    Example("Courts", "Legal judgments of courts; legal cases.", ("law",)),
    Example("Statutes", "Courts read statutes, legal cases.", ("law", "search")),
)
TOOLS = Theme(slug="tools", title="Tools", description="What agents use.")
USES = tuple(
    Example("", f"Agents call {tool}.", ("tools",))
    for tool in ("compilers", "shells", "browsers", "search engines", "calculators")
)
UNPLACED = [("", "Agents in courts."), ("Rerankers", "Rerankers of passages.")]


def test_the_likeliest_theme_comes_first_with_the_words_that_decided() -> None:
    first, *others = Classifier(THEMES, EXAMPLES).suggestions(
        "On passages", "Dense Retrieval of passages in images."
    )
    assert (first.theme, first.words) == ("search", ("Dense Retrieval", "passages"))
    assert first.confidence > others[0].confidence > others[1].confidence
    assert sum(found.confidence for found in (first, *others)) == pytest.approx(1)


def test_a_theme_without_papers_is_known_by_its_description() -> None:
    examples = 20 * [example for example in EXAMPLES if "images" not in example.themes]
    unplaced = [("", "Diffusion models of protein.")]
    first, *_ = Classifier(THEMES, examples, unplaced).suggestions("", "Models: diffusion, legal ranking.")
    assert first.theme == "images"


@pytest.mark.parametrize("examples", [(), 3 * EXAMPLES[:5]])
def test_of_a_paper_of_unknown_words_every_theme_is_as_likely(examples: tuple[Example, ...]) -> None:
    found = Classifier(THEMES, examples).suggestions("", "Nothing known.")
    assert [(one.theme, round(one.confidence, 2), one.words) for one in found] == [
        ("search", 0.33, ()),
        ("images", 0.33, ()),
        ("law", 0.33, ()),
    ]


def test_papers_without_a_theme_tell_which_words_go_together() -> None:
    unplaced = [("", "Rerankers: ranking passages."), ("", "Dense retrieval with rerankers.")]
    first, *_ = Classifier(THEMES, EXAMPLES, unplaced).suggestions("", "Rerankers.")
    assert (first.theme, first.words) == ("search", ("Rerankers",))
    assert first.confidence > 0.5


def test_a_word_of_two_papers_tells_more_than_one_of_six_that_is_used_thrice() -> None:
    law, search = Example("", "Ranking, courts.", ("law",)), Example("", "Ranking, passages.", ("search",))
    themes = Theme(slug="law", title="Law"), Theme(slug="search", title="Search")
    classifier = Classifier(themes, [*[law] * 2, *[search] * 4], [("", "Nothing.")] * 3)
    first, other = classifier.suggestions("", "Ranking, ranking, ranking, courts.")
    assert (first.theme, first.words, first.percent) == ("law", ("courts",), 91)
    assert (other.theme, other.words) == ("search", ("ranking",))


@pytest.mark.parametrize(("before", "is_learned"), [(999, True), (1000, False)])
def test_only_the_first_thousand_papers_without_a_theme_do(before: int, is_learned: bool) -> None:
    unplaced = [*[("", "Nothing.")] * before, ("", "Rerankers of diffusion images."), ("", "Rerankers.")]
    first, *_ = Classifier(THEMES, EXAMPLES, unplaced).suggestions("", "Rerankers.")
    assert (first.theme == "images") is is_learned


@pytest.mark.parametrize(("before", "is_learned"), [(199, True), (200, False)])
def test_only_the_first_two_hundred_papers_of_a_theme_do(before: int, is_learned: bool) -> None:
    nothing, last = Example("", "Nothing.", ("tools",)), Example("", "Rerankers.", ("tools",))
    with_last, without = (
        Classifier((*THEMES, TOOLS), [*EXAMPLES, *[nothing] * before, one], [("", "Rerankers.")])
        for one in (last, nothing)
    )
    assert (with_last.suggestions("", "Rerankers.") != without.suggestions("", "Rerankers.")) is is_learned


@pytest.mark.parametrize(
    ("tools", "title", "abstract", "expected"),
    [
        (
            *(4, "", "Agents call courts."),
            ["tools 0.9866 Agents call, courts", "law 0.0111 courts", "images 0.0013 "],
        ),
        (  # a theme counts as large or small from five papers on
            *(5, "", "Agents call courts."),
            ["tools 0.9571 Agents call", "law 0.0377 courts", "images 0.0028 "],
        ),
        (
            *(5, "Agents in Courts", "They read legal cases. Diffusion of dense-retrieval."),
            [
                "law 0.9117 Courts, legal cases",
                "search 0.0745 dense, retrieval, cases",
                "images 0.0107 Diffusion",
            ],
        ),
        (
            *(5, "", "Dense. Search. Passages. Ranking. Courts."),
            ["search 0.9945 Ranking, Dense, Search", "law 0.0049 Courts, Passages", "images 0.0005 "],
        ),
        (*(5, "", "Nothing known."), ["search 0.2500 ", "images 0.2500 ", "law 0.2500 "]),
    ],
)
def test_three_of_four_themes_are_suggested_each_with_three_words_at_most(
    tools: int, title: str, abstract: str, expected: list[str]
) -> None:
    classifier = Classifier((*THEMES, TOOLS), (*EXAMPLES, *USES[:tools]), UNPLACED)
    found = classifier.suggestions(title, abstract)
    assert [f"{one.theme} {one.confidence:.4f} {', '.join(one.words)}" for one in found] == expected


@pytest.mark.parametrize(("confidence", "percent"), [(0.001, 1), (0.124, 12), (0.999, 99)])
def test_no_suggestion_is_shown_as_certain(confidence: float, percent: int) -> None:
    assert Suggestion("law", confidence, ()).percent == percent


def test_it_does_not_depend_on_the_order_of_examples() -> None:
    one, other = Classifier(THEMES, EXAMPLES), Classifier(THEMES, EXAMPLES[::-1])
    text = "Dense retrieval", "Diffusion models read legal cases."
    assert [found.theme for found in one.suggestions(*text)] == [
        found.theme for found in other.suggestions(*text)
    ]


def test_of_papers_with_vectors_the_nearest_theme_gains() -> None:
    law, images = vector_of((0.2, 0.1)), vector_of((-0.1, 0.2))
    vectors = {"law": law, "images": images, "search": images}
    examples = [example._replace(vector=vectors[example.themes[0]]) for example in EXAMPLES]
    classifier = Classifier(THEMES, examples)
    text = "", "Diffusion of images. Courts."
    for vector, expected in (
        (NO_VECTOR, ["images 0.7880", "law 0.2057", "search 0.0063"]),
        (law, ["law 0.8300", "images 0.1676", "search 0.0024"]),
    ):
        found = classifier.suggestions(*text, vector)
        assert [f"{one.theme} {one.confidence:.4f}" for one in found] == expected


def placed() -> Iterator[Example]:
    """Yield the papers that the editors placed, in the file's order."""

    def key(title: str) -> str:
        return re.sub("[^a-z0-9]+", " ", title.lower()).strip()

    library = read_library(ROOT).library
    assert library
    papers = [record.paper() for record in library.records.values()]
    known = {paper.arxiv or key(paper.title or ""): paper for paper in papers}
    for label in json.loads(LABELS.read_text("utf-8")):
        paper = known.get(label["key"]) or known[key(label["title"])]
        yield Example(paper.title or "", paper.abstract or "", tuple(label["themes"]))


@pytest.mark.slow
@pytest.mark.skipif(not LABELS.exists(), reason=f"no placed papers at {LABELS}")
def test_editors_would_take_seven_of_ten_first_suggestions_and_nine_of_ten_among_three() -> None:
    library = read_library(ROOT).library
    assert library
    texts = [
        (paper.title or "", paper.abstract or "")
        for paper in map(PackedPaper.paper, library.records.values())
    ]
    papers = sorted(placed(), key=lambda paper: paper.themes[0])  # so that each fold has some of each theme
    first = acceptable = among = acceptable_among = 0
    confidence = 0.0
    for fold in range(FOLDS):
        learned = [paper for number, paper in enumerate(papers) if number % FOLDS != fold]
        unplaced = set(texts) - {(paper.title, paper.abstract) for paper in learned}
        classifier = Classifier(library.themes, learned, sorted(unplaced))
        for paper in papers[fold::FOLDS]:
            suggested = classifier.suggestions(paper.title, paper.abstract)
            found = [one.theme for one in suggested]
            confidence += suggested[0].confidence
            first += found[0] == paper.themes[0]
            acceptable += found[0] in paper.themes
            among += paper.themes[0] in found
            acceptable_among += not set(found).isdisjoint(paper.themes)
    assert len(papers) == 162
    assert first / 162 >= 0.71
    assert acceptable / 162 >= 0.82
    assert among / 162 >= 0.88
    assert acceptable_among / 162 >= 0.93
    assert confidence / 162 == pytest.approx(first / 162, abs=0.05)
