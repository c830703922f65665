"""Slugs: short, readable, stable, safe on any file system."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.slugs import LENGTH, RESERVED, slug_of
from generator.model import Slug
from tests.support.strategies import arxiv_ids, texts

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Attention Is All You Need", "attention-is-all-you-need"),
        (
            "Don't Stop: Today\N{RIGHT SINGLE QUOTATION MARK}s $\\alpha$-Divergence (v2)",
            "dont-stop-todays-alpha-divergence-v2",
        ),
        ("On the Gr\\\"obner Bases of Koll\\'ar", "on-the-grobner-bases-of-kollar"),
        ('the Lindel\\"{o}f hypothesis', "the-lindelof-hypothesis"),
        ("Erd{\\H o}s and \\texttt{FOO}", "erdos-and-foo"),
        ("Time $\\mathcal{O}(n\\log n)$", "time-o-n-log-n"),
        ("τ-bench", "tau-bench"),
        ("Βαθιά μάθηση", "bathia-mathese"),
        ("A " + "Long " * 200 + "Title", "a-long-long-long-long-long-long-long-long-long-long-long"),
        ("Überraschend Naïve Théorème", "uberraschend-naive-theoreme"),
        ("深度学习", "shen-du-xue-xi"),
        ("Глубокое обучение", "glubokoe-obuchenie"),
        ("ﬁne ² Ⅷ", "fine-2-viii"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 170, "x" * LENGTH),
        ("What to Build On", "what-to-build-on"),
        (
            "Evaluating and Improving the Robustness of Large Language Models for the Task of Finding Errors",
            "evaluating-and-improving-the-robustness-of-large-language",
        ),
        (
            "Evaluating the Robustness of Language Models with Regard to a Task of Finding Errors in Text",
            "evaluating-the-robustness-of-language-models-with-regard",
        ),
        ("to " * 40, "to"),
    ],
)
def test_a_title_gives_a_short_readable_slug(title: str, slug: str) -> None:
    assert slug_of(title, "2410.12265", DIGEST, set()) == slug


@pytest.mark.parametrize("title", [None, "???", "\N{PARTY POPPER}", " "])
def test_without_letters_the_identifier_or_the_content_names_a_paper(title: str | None) -> None:
    assert slug_of(title, "2410.12265", DIGEST, set()) == "arxiv-2410-12265"
    assert slug_of(title, "math.GT/0309136", DIGEST, set()) == "arxiv-math-gt-0309136"
    assert slug_of(title, None, DIGEST, set()) == "paper-01234567"


@pytest.mark.parametrize("title", ["CON", "Nul", "com1", "LPT9!"])
def test_names_of_devices_get_something_behind_them(title: str) -> None:
    base = slug_of(title, None, DIGEST, set()).removesuffix("-01234567")
    assert base in RESERVED
    assert slug_of(title, "2410.12265", DIGEST, set()) == f"{base}-2410-12265"


def test_a_taken_slug_gets_the_identifier_or_the_digest_never_a_number() -> None:
    assert slug_of("A", "2410.12265", DIGEST, {"a"}) == "a-2410-12265"
    assert slug_of("A", None, DIGEST, {"a"}) == "a-01234567"
    assert slug_of("A", "2410.12265", DIGEST, {"a", "a-2410-12265"}) == "a-01234567"
    third = slug_of("A", None, DIGEST, {"a", "a-01234567"})
    assert third == slug_of("A", None, DIGEST, {"a", "a-01234567"})
    assert third not in {"a", "a-01234567", "a-1", "a-2"}


@given(
    st.none() | texts, st.none() | arxiv_ids, st.sets(st.sampled_from(["a", "con", "paper-01234567", "0"]))
)
def test_any_paper_gets_a_slug_that_is_free(title: str | None, arxiv: str | None, taken: set[str]) -> None:
    slug = slug_of(title, arxiv, DIGEST, taken)
    assert msgspec.convert(slug, Slug) == slug
    assert slug not in taken | RESERVED
