"""What a search finds a paper by, and what it shows of it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from generator.library.library import Library
from generator.model import Paper
from generator.website.search.documents import END, Document, documents, spaced
from tests.support.libraries import library, paper

HOSTILE = '<script>alert(1)</script> & "quotes"'


def indexed(found: Library) -> list[Document]:
    return list(documents(found, found.cards[::-1]))


def document(found: Paper) -> Document:
    [made] = indexed(library({"a-paper": found}))
    return made


def test_a_paper_is_found_by_its_text_its_people_and_its_identifiers() -> None:
    made = document(
        paper(
            "Layers",
            abstract="First paragraph.\nSecond.",
            authors=("Ada Example", "Bo Sample"),
            organization="Stanford NLP",
            organization_handle="stanfordnlp",
            arxiv="2410.12265",
            doi="10.1145/3292500",
            venue="ACL 2024",
            categories=("cs.CL",),
            tags=("normalisation",),
            note=r"Read **this** first: $\sqrt{n}$.",
        )
    )
    quotable, _, others = made.content.partition(f" {END} ")
    assert quotable == "First paragraph. Second."
    assert others == (
        "Read this first: √n. Layers Stanford NLP stanfordnlp Ada Example Bo Sample "
        "10.1145/3292500 ACL 2024 normalisation cs.CL"
    )
    known = {"title": "Layers", "byline": "Stanford NLP", "arxiv": "2410.12265"}
    assert made.meta == {**known, "published": "", "comment": ""}


def test_a_paper_is_found_by_its_words_as_they_are_typed() -> None:
    made = document(
        paper("$\\pi_0$ and GPT-4.1 for H₂O", abstract="Of naïve words.", authors=("Łukasz Example",))
    )
    assert made.content.endswith(" naive pi0 gpt 4.1 h2o lukasz")


def test_what_is_shown_is_plain_text() -> None:
    made = document(paper(f"On $x^2$ {HOSTILE}", comment=HOSTILE, published=dt.date(2016, 7, 21)))
    shown = "<script>alert(1)</script> & “quotes”"
    known = {name: text for name, text in made.meta.items() if text}
    assert known == {"title": f"On x² {shown}", "comment": shown, "published": "21 July 2016"}


def test_filters_are_theme_year_pick_and_code() -> None:
    made = document(
        paper(
            published=dt.date(2016, 7, 21),
            themes=("models", "data", "no-such-theme"),
            pick=True,
            withdrawn=True,
            links={"code": "https://example.org/code"},
        )
    )
    assert made.filters == {
        "theme": ("models", "data"),
        "year": ("2016",),
        "pick": ("1",),
        "code": ("1",),
        "withdrawn": ("1",),
    }
    assert document(paper()).filters == {"theme": ("unsorted",), "year": ("undated",)}


def test_a_paper_without_title_or_text_has_its_identifier() -> None:
    made = document(paper(None, abstract=None, arxiv="2410.12265"))
    assert (made.content, made.meta["title"]) == (f"{END} arXiv 2410.12265", "arXiv 2410.12265")
    assert made.filters["provisional"] == ("1",)


def test_papers_are_numbered_from_the_end_of_lists_so_that_a_new_one_moves_no_other() -> None:
    monday, tuesday = dt.date(2025, 10, 27), dt.date(2025, 10, 28)
    papers = {"b": paper("B", monday), "a": paper("A", monday, position=2)}
    before, after = indexed(library(papers)), indexed(library({"c": paper("C", tuesday), **papers}))
    assert [made.url for made in after] == ["papers/a/", "papers/b/", "papers/c/"]
    assert after[:2] == before


def test_chinese_and_japanese_are_cut_into_characters_and_nothing_else_is() -> None:
    assert spaced("基于强化学习的BERT模型, v2。") == "基 于 强 化 学 习 的 BERT 模 型 , v2。"
    assert spaced("スーパー naïve 한국어") == "ス ー パ ー naïve 한국어"


@given(st.text())
def test_cutting_only_adds_spaces(text: str) -> None:
    assert spaced(text).replace(" ", "") == text.replace(" ", "")
    assert spaced(spaced(text)) == spaced(text)
