"""Related papers: which, why, in what order; and an index made from the one before equals one made anew."""

import random
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from generator.library import overlay
from generator.library.library import Library, Relation
from generator.library.terms import Term, Terms
from generator.model import Paper
from generator.related import index
from generator.related.index import NOTHING, LazyIndex, RelatedIndex
from tests.support.libraries import library, paper

TERMS = Terms(
    1000,
    (
        Term("diffusion", 200, 900),
        Term("influence", 20, 2000),
        Term("influence functions", 4, 4000),
        Term("layers", 9, 2000),
        Term("legal", 5, 3000),
        Term("ranking", 5, 3000),
        Term("unlearning", 5, 3000),
    ),
)


def shown(papers: dict[str, Paper], terms: Terms = TERMS) -> Library:
    return msgspec.structs.replace(library(papers), terms=terms)


def about(abstract: str, theme: str = "data") -> Paper:
    return paper("A title", abstract=abstract, themes=(theme,))


def relations(papers: dict[str, Paper], of: str = "it") -> dict[str, list[str]]:
    index = NOTHING.after(shown(papers))
    return {found.slug: [TERMS.rows[term].name for term in found.shared] for found in index.of(of)}


def everything(index: RelatedIndex, found: Library) -> dict[str, tuple[Relation, ...]]:
    return {card.slug: index.of(card.slug) for card in found.cards}


class TestRelations:
    def test_papers_about_the_same_are_related_by_what_both_are_about(self) -> None:
        assert relations(
            {
                "it": about("Legal ranking."),
                "same": about("Ranking for the legal."),
                "other": about("Layers. Unlearning."),
            }
        ) == {"same": ["legal", "ranking"]}

    def test_a_phrase_stands_for_its_words(self) -> None:
        papers = {"it": about("Influence functions."), "same": about("An influence function, layers.")}
        assert relations(papers) == {"same": ["influence functions"]}

    def test_the_most_alike_come_first_and_ties_go_by_slug(self) -> None:
        papers = {
            "it": about("Legal ranking, unlearning."),
            "less": about("Legal ranking, layers, layers."),
            "c": about("Legal ranking, unlearning."),
            "b": about("Legal ranking, unlearning."),
        }
        assert list(relations(papers)) == ["b", "c", "less"]

    def test_no_more_than_a_few_are_shown(self) -> None:
        assert (
            len(
                relations(
                    {"it": about("Legal ranking.")} | {f"p{n}": about("Legal ranking.") for n in range(9)}
                )
            )
            == 5
        )

    def test_one_word_relates_papers_of_one_theme_alone(self) -> None:
        mixed = "Legal, legal, legal; layers, influence."
        assert (
            relations({"it": about(mixed), "same": about("Legal unlearning, legal ranking.", "models")}) == {}
        )

    def test_a_word_that_many_papers_use_relates_none_by_itself(self) -> None:
        assert relations({"it": about("Diffusion."), "same": about("Diffusion.")}) == {}

    def test_a_term_says_whether_both_are_about_it_or_mention_it(self) -> None:
        index = NOTHING.after(shown({"it": about("Legal ranking."), "same": about("Legal ranking.")}))
        assert [found.central for found in index.of("it")] == [True]

    def test_without_a_table_or_without_known_words_nothing_is_related(self) -> None:
        papers = {"it": about("Legal ranking."), "same": about("Legal ranking."), "mute": about("Nothing.")}
        assert LazyIndex(shown(papers, Terms()), lambda: NOTHING).of("it") == ()
        assert relations(papers, of="mute") == {}


WORDS = ("influence functions", "legal", "ranking", "unlearning", "layers", "diffusion", "influence", "words")


def some_paper(rng: random.Random) -> Paper:
    return about(". ".join(rng.choices(WORDS, k=rng.randrange(1, 7))), rng.choice(("data", "models")))


def edited(papers: dict[str, Paper], rng: random.Random) -> dict[str, Paper]:
    """Return papers of which some are new, some changed, some gone."""
    now = dict(papers)
    for _ in range(rng.randrange(1, 4)):
        now[f"p{rng.randrange(60)}"] = some_paper(rng)
    for slug in rng.sample(sorted(now), k=rng.randrange(3)):
        del now[slug]
    return now


def after(before: Library, papers: dict[str, Paper]) -> Library:
    """Return the library of papers as it is when one before it was edited: its records patched."""
    now = shown(papers)
    changes = {
        slug: now.records.get(slug)
        for slug in before.records.keys() | papers.keys()
        if before.records.get(slug) != now.records.get(slug)
    }
    return msgspec.structs.replace(now, records=overlay.patched(before.records, changes), terms=before.terms)


class TestIndex:
    def test_the_order_of_papers_is_nothing_to_it(self) -> None:
        rng = random.Random(1)
        papers = {f"p{n}": some_paper(rng) for n in range(40)}
        one, other = shown(papers), shown(dict(sorted(papers.items(), key=lambda _: rng.random())))
        assert everything(NOTHING.after(one), one) == everything(NOTHING.after(other), other)

    @pytest.mark.parametrize("seed", range(5))
    def test_made_from_the_one_before_it_equals_one_made_anew(
        self, seed: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "USERS", 4)  # so that few papers reach every bound
        monkeypatch.setattr(index, "COMPARED", 3)
        monkeypatch.setattr(overlay, "MOST", 20)
        rng = random.Random(seed)
        papers = {f"p{n}": some_paper(rng) for n in range(40)}
        now = shown(papers)
        found = NOTHING
        for _ in range(25):
            found = found.after(now)
            made_anew = NOTHING.after(now)
            assert everything(found, now) == everything(made_anew, now)
            assert (found.entries, found.found) == (made_anew.entries, made_anew.found)
            papers = edited(papers, rng)
            now = after(now, papers) if rng.random() < 0.8 else shown(papers)

    def test_threads_that_ask_at_the_same_time_have_the_same(self) -> None:
        related = LazyIndex(shown({f"p{n}": about("Legal ranking.") for n in range(200)}), lambda: NOTHING)
        with ThreadPoolExecutor(8) as pool:
            indexes = list(pool.map(lambda _: related.index, range(8)))
        assert {id(index) for index in indexes} == {id(indexes[0])}

    def test_prepared_or_not_it_finds_the_same(self) -> None:
        found = shown({"it": about("Legal ranking."), "same": about("Legal ranking.")})
        related = LazyIndex(found, lambda: NOTHING)
        assert related.made is None
        related.prepare()
        assert related.made
        assert everything(related.made, found) == everything(NOTHING.after(found), found)

    def test_a_library_edited_often_before_anybody_asks_is_compared_once(self) -> None:
        papers = {"it": about("Legal ranking."), "same": about("Legal ranking.")}
        first = LazyIndex(shown(papers), lambda: NOTHING)
        assert first.of("it")
        related = first
        for _ in range(5000):
            related = related.after(shown(papers))
        assert related.of("it") == first.of("it")

    def test_seeks_again_only_where_a_term_leads_elsewhere(self) -> None:
        papers = {f"p{n}": about("Legal ranking.") for n in range(5)} | {"q": about("Unlearning layers.")}
        before = shown(papers)
        index = NOTHING.after(before)
        everything(index, before)
        after = index.after(shown(papers | {"new": about("Layers, unlearning.")}))
        assert after.found.keys() == {f"p{n}" for n in range(5)}

    def test_a_change_of_other_words_changes_nothing(self) -> None:
        papers = {"it": about("Legal ranking."), "same": about("Legal ranking.")}
        index = NOTHING.after(shown(papers))
        index.of("it")
        now = papers | {"same": msgspec.structs.replace(papers["same"], note="Read it.")}
        assert index.after(shown(now)).found == index.found

    def test_another_table_makes_it_from_nothing(self) -> None:
        papers = {"it": about("Legal ranking."), "same": about("Legal ranking.")}
        related = LazyIndex(shown(papers), lambda: NOTHING)
        assert related.of("it")
        other = related.after(shown(papers, Terms(1000, TERMS.rows[:1])))
        assert other.of("it") == ()
        assert other.after(shown(papers, Terms())).after(shown(papers)).of("it")
