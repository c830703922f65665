"""Related papers on a paper's page: what is shown, and how few pages a new paper changes."""

import msgspec

from generator.engine.page import ViewDigests
from generator.library.library import Library
from generator.library.terms import Term, Terms
from generator.library.vectors import Vectors, row_of, text_key
from generator.model import Paper
from generator.related.index import NOTHING
from generator.related.lazy_index import LazyIndex
from generator.website.pages import papers
from tests.support.libraries import library, paper, planned, texts, tree

view_digest = ViewDigests().of

TERMS = Terms(1000, tuple(Term(name, 5, 3000, said=name) for name in ("legal", "ranking", "unlearning")))
RELATED = "//nav[@aria-label='Related papers']//li"


def shown(found: dict[str, Paper]) -> Library:
    known = msgspec.structs.replace(library(found), terms=TERMS)
    return msgspec.structs.replace(known, related=LazyIndex(known, lambda: NOTHING))


def about(abstract: str, title: str = "A title") -> Paper:
    return paper(title, abstract=abstract, themes=("data",))


PAPERS = {
    "it": about("Legal ranking of legal ranking."),
    "same": about("Ranking of legal cases, legal ranking.", "The $k$ other"),
    "apart": about("Words."),
    "alike": about("Unlearning, unlearning."),
}


def test_each_has_its_title_its_reason_and_its_address() -> None:
    page = planned(shown(PAPERS), papers.plan)["papers/it/index.html"]
    assert texts(page, RELATED) == ["The k other Both on legal and ranking"]
    assert tree(page).xpath(f"{RELATED}/a/@href") == ["../../papers/same/"]


def test_papers_near_in_meaning_that_share_no_noun_name_the_word_that_both_say() -> None:
    unsaid = Terms(1000, tuple(msgspec.structs.replace(row, said="") for row in TERMS.rows))
    rows = {text_key(PAPERS[slug]): row_of((0.2, 0.1)) for slug in ("it", "same")}
    found = msgspec.structs.replace(
        library(PAPERS), terms=unsaid, vectors=Vectors(b"m", row_of((0, 0)), rows)
    )
    found = msgspec.structs.replace(found, related=LazyIndex(found, lambda: NOTHING))
    page = planned(found, papers.plan)["papers/it/index.html"]
    assert texts(page, RELATED) == ["The k other Near in meaning; both say “legal”"]


def test_a_paper_without_any_has_no_such_part() -> None:
    page = planned(shown(PAPERS), papers.plan)["papers/apart/index.html"]
    assert texts(page, "//nav[@aria-label='Related papers']") == []


def test_a_page_by_itself_is_the_one_that_is_planned_with_all() -> None:
    found = shown(PAPERS)
    for path, page in planned(found, papers.plan).items():
        assert papers.page(found, path) == page


def test_a_new_paper_changes_only_the_pages_that_share_its_terms_and_its_neighbours() -> None:
    before = {**PAPERS, **{f"x{n}": about("Words.") for n in range(20)}}
    views = [
        {path: view_digest(page.view) for path, page in planned(shown(found), papers.plan).items()}
        for found in (before, {**before, "zz": about("Legal ranking of legal ranking.")})
    ]
    changed = {path for path in views[0] if views[0][path] != views[1][path]}
    assert changed == {f"papers/{slug}/index.html" for slug in ("it", "same", "x9")}
