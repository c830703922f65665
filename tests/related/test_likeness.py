"""How alike two papers are: what each thing that they share adds, and where relatedness begins."""

import pytest

from generator.library.terms import MENTIONED, TITLED, USED, Profile, Term, Terms
from generator.library.vectors import NO_VECTOR, Vector, vector_of
from generator.related.likeness import IndexedPaper, likeness

TERMS = Terms(
    1000,
    (
        *(Term(name, 40, 0) for name in ("legal", "ranking", "tools")),
        *(Term(f"trust-{trust}", 9, 0, trust) for trust in (90, 89, 85, 50, 49, 45, 44, 40)),
        *(Term(f"in-{papers}", papers, 0) for papers in (41, 42, 43, 100, 101)),
        *(Term(f"generic-{number}", 9, 0, is_subject=False) for number in (1, 2)),
        Term("generic-broad", 41, 0, is_subject=False),
        Term("legal tools", 25, 0),
        Term("legal in-42", 26, 0),
        Term("tools in-41", 41, 0),
        Term("trust-40 trust-50", 9, 0, 50),
        Term("trust-40 trust-49", 9, 0, 49),
        Term("trust-40 ranking", 9, 0, 90),
    ),
)
NAMES = [row.name for row in TERMS.rows]
USES = {"mentioned": MENTIONED, "used": USED, "titled": TITLED}
DATA, MODELS, MODELS_DATA = ("data",), ("models",), ("models", "data")
EAST, NEAR_IT, USUAL, FAR = map(vector_of, ((20, 1), (20, 10), (27, 96), (-20, 10)))
OTHER_SIGNS = vector_of((100, 1, 1, 1)), vector_of((100, -1, -1, -1))
NONE = NO_VECTOR, NO_VECTOR


def paper(terms: str, themes: tuple[str, ...], weight: int, vector: Vector) -> IndexedPaper:
    """Return a paper of terms and their uses, such as "legal used, legal tools titled"."""
    uses = dict(term.rsplit(" ", 1) for term in terms.split(", "))
    profile = Profile(
        tuple(map(NAMES.index, uses)),
        bytes([weight] * len(uses)),
        bytes(map(USES.__getitem__, uses.values())),
    )
    return IndexedPaper(themes, profile, vector=vector)


def found(
    terms: str,
    theirs: str = "",
    themes: tuple[str, ...] = DATA,
    weight: int = 182,
    vectors: tuple[Vector, Vector] = NONE,
) -> tuple[float, str] | None:
    """Return how alike two papers are, the first one on data, by what evidence; None if they are unrelated.

    Weights of 182 are half of a paper's length each, so that each term adds a quarter to the cosine.
    """
    one = paper(terms, DATA, weight, vectors[0])
    if not (alike := likeness(one, paper(theirs or terms, themes, weight, vectors[1]), TERMS)):
        return None
    evidence = [f"{NAMES[term]} {round(told, 4)}" for term, told in alike.evidence.items()]
    return round(alike.score, 4), ", ".join([*evidence, *["near"] * alike.is_near])


@pytest.mark.parametrize(
    ("terms", "score", "evidence"),
    [
        ("legal used, ranking used", 0.375, "legal 0.05, ranking 0.05"),
        ("legal mentioned, ranking used", 0.3375, "ranking 0.05, legal 0.02"),
        # less if a term is trusted less, or many papers use it
        (
            "trust-50 used, trust-40 mentioned, ranking used",
            0.4788,
            "ranking 0.05, trust-50 0.025, trust-40 0.008",
        ),
        ("in-41 used, in-42 used, in-43 used", 0.4875, "in-41 0.03, in-42 0.03, in-43 0.03"),
        (
            "legal used, generic-1 used, generic-broad used",
            0.525,
            "legal 0.05, generic-1 0.05, generic-broad 0.02",
        ),
        # a phrase counts together with its words, and each word for one phrase
        ("legal tools used, legal used, tools used, ranking used", 0.6875, "legal tools 0.1, ranking 0.05"),
        ("legal tools mentioned, ranking used", 0.35, "ranking 0.05, legal tools 0.03"),
        ("tools in-41 used, ranking used", 0.35, "ranking 0.05, tools in-41 0.03"),
        (
            "trust-40 ranking mentioned, trust-40 trust-50 mentioned, trust-40 mentioned",
            0.4375,
            "trust-40 ranking 0.035, trust-40 trust-50 0.015",
        ),
        # words in both titles add to it: two, unless they are generic, frequent or of two meanings
        ("legal titled, ranking used", 0.405, "legal 0.05, ranking 0.05"),
        ("legal titled, ranking titled, tools titled", 0.6225, "legal 0.05, ranking 0.05, tools 0.05"),
        ("trust-45 titled, ranking used", 0.3706, "ranking 0.05, trust-45 0.0225"),
        ("trust-44 titled, ranking used", 0.34, "ranking 0.05, trust-44 0.022"),
        ("in-100 titled, ranking used", 0.38, "ranking 0.05, in-100 0.03"),
        ("in-101 titled, ranking used", 0.35, "ranking 0.05, in-101 0.03"),
        ("generic-1 titled, ranking used", 0.375, "ranking 0.05, generic-1 0.05"),
        # and a phrase in both
        ("legal tools titled", 0.305, "legal tools 0.08"),
        ("legal tools titled, ranking titled", 0.5225, "legal tools 0.08, ranking 0.05"),
    ],
)
def test_all_that_papers_share_adds_to_their_likeness(terms: str, score: float, evidence: str) -> None:
    assert found(terms) == (score, evidence)


@pytest.mark.parametrize(
    ("terms", "themes", "score"),
    [
        ("legal used, ranking used", ("data", "models"), 0.375),
        ("legal used, ranking used", MODELS_DATA, 0.21),
        ("legal used, ranking used", (), 0.24),
        ("legal tools titled", MODELS, 0.17),
        ("legal titled, ranking titled, tools titled", MODELS, 0.225),  # titles add nothing
    ],
)
def test_papers_of_one_main_theme_are_most_alike(terms: str, themes: tuple[str, ...], score: float) -> None:
    assert (found(terms, themes=themes) or (0, ""))[0] == score


@pytest.mark.parametrize(
    ("themes", "related", "unrelated"),
    [
        # two pieces of evidence
        (DATA, "legal used, trust-50 mentioned", "legal used, trust-49 mentioned"),
        # a subject that tells something, or three that many papers use
        (DATA, "trust-50 used, generic-1 used", "trust-49 used, generic-1 used"),
        (DATA, "legal used, generic-1 used", "generic-2 used, generic-1 used"),
        (DATA, "in-41 used, in-42 used, in-43 used", "in-41 used, in-42 used"),
        # with another main theme also a strong one next to another, a phrase, or a word in both titles
        (MODELS_DATA, "trust-90 used, trust-50 used", "trust-89 used, trust-85 used"),
        (MODELS_DATA, "legal used, trust-50 used", "legal used, trust-49 used, trust-40 used"),
        (MODELS_DATA, "legal tools used, generic-1 used", "tools in-41 used, generic-1 used"),
        (MODELS_DATA, "trust-89 titled, trust-85 used", "in-101 titled, trust-89 used, trust-85 used"),
        # or only a phrase in both titles, if it is not frequent
        (MODELS, "legal tools titled", "legal in-42 titled"),
        (DATA, "trust-40 trust-50 titled", "trust-40 trust-49 titled"),
    ],
)
def test_papers_are_related_by(themes: tuple[str, ...], related: str, unrelated: str) -> None:
    assert found(related, themes=themes)
    assert found(unrelated, themes=themes) is None


def test_papers_that_use_their_terms_in_passing_are_unrelated() -> None:
    assert found("legal used, ranking used", weight=91) == (0.1875, "legal 0.05, ranking 0.05")
    assert found("legal used, ranking used", weight=83) is None
    three = "legal titled, ranking titled, tools titled"
    assert found(three, weight=65) == (0.2274, "legal 0.0319, ranking 0.0319, tools 0.0319")


@pytest.mark.parametrize(
    ("terms", "themes", "vectors", "expected"),
    [
        ("legal used, ranking used", DATA, (EAST, NEAR_IT), (0.8656, "legal 0.05, ranking 0.05, near")),
        ("legal used, ranking used", DATA, (EAST, FAR), None),
        ("legal used, ranking used", DATA, (EAST, NO_VECTOR), (0.375, "legal 0.05, ranking 0.05")),
        # of near papers, one word of some trust is enough
        ("trust-90 mentioned", DATA, (EAST, NEAR_IT), (0.6381, "trust-90 0.018, near")),
        ("trust-89 mentioned", DATA, (EAST, NEAR_IT), None),
        # others must be more alike, unless words alone would relate them
        ("legal used, ranking used", MODELS_DATA, (EAST, USUAL), (0.2243, "legal 0.05, ranking 0.05")),
        ("trust-89 used, trust-85 used", MODELS_DATA, (EAST, USUAL), None),
        # where most signs differ, the cosine is not even computed
        ("legal tools titled, ranking titled", DATA, OTHER_SIGNS, None),
    ],
)
def test_vectors_tell_more_than_words(
    terms: str,
    themes: tuple[str, ...],
    vectors: tuple[Vector, Vector],
    expected: tuple[float, str] | None,
) -> None:
    assert found(terms, themes=themes, vectors=vectors) == expected
