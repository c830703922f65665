"""Terms: how words meet, what a paper is about, and which words of a library become terms."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from generator.library.paths import TERMS
from generator.library.terms import (
    FULL,
    Profile,
    Term,
    Terms,
    decode_terms,
    encode_terms,
    key_of,
    profile_of,
)
from generator.problem import Location
from generator.related import spellings
from generator.related.vocabulary import Text, terms_of

TABLE = Terms(
    100,
    (
        Term("influence", 12, 1500, 60),
        Term("influence functions", 3, 4000, 80, "influence functions"),
        Term("LLMs", 20, 300, 40, "", is_subject=False),
        Term("losses", 9, 2000, 100, "losses"),
    ),
)


def names(profile: Profile, terms: Terms = TABLE) -> list[str]:
    return [terms.rows[number].name for number in profile.terms]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loss", "Losses"),
        ("movie", "movies"),
        ("box", "boxes"),
        ("query", "queries"),
        ("bias", "biases"),
        ("LLM", "LLMs"),
        ("LM", "LMs"),
        ("is", "Is"),
        ("Pre-Training", "pretraining"),
        ("influence function", "Influence functions"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize("word", ["corpus", "class", "bias"])
def test_an_s_that_makes_no_plural_stays(word: str) -> None:
    assert key_of(word) == word


@pytest.mark.parametrize(("word", "key"), [("AI", "ai"), ("X", ""), ("4D", ""), (":", "")])
def test_a_word_has_two_letters_and_begins_with_one(word: str, key: str) -> None:
    assert key_of(word) == key


class TestProfile:
    def test_is_made_of_the_tables_terms_the_heaviest_first(self) -> None:
        profile = profile_of("Influence functions", "What a loss tells of an LLM. Unknown words.", TABLE)
        assert names(profile) == ["influence functions", "influence", "losses", "LLMs"]
        assert list(profile.weights) == sorted(profile.weights, reverse=True)
        assert list(profile.weights) == [255, 125, 79, 12]
        assert list(profile_of("", "A loss of influence.", TABLE).weights) == [255, 218]
        assert list(profile_of("", "A loss.", TABLE).weights) == [FULL]

    def test_a_phrase_ends_at_a_mark(self) -> None:
        assert names(profile_of("", "Its influence: functions of it.", TABLE)) == ["influence"]
        assert names(profile_of("", "Its $influence$ functions", TABLE)) == ["influence"]

    def test_a_term_weighs_more_the_oftener_it_is_used_and_most_in_the_title(self) -> None:
        once, twice, titled = (
            dict(zip(names(found), found.weights, strict=True))["LLMs"]
            for found in (
                profile_of("", "Losses, influence functions, LLMs.", TABLE),
                profile_of("", "Losses, influence functions, LLMs, LLMs.", TABLE),
                profile_of("LLMs", "Losses, influence functions, LLMs.", TABLE),
            )
        )
        assert once < twice < titled

    def test_keeps_the_heaviest_terms_alone(self) -> None:
        known = tuple(Term(f"word{chr(97 + n // 20)}{chr(97 + n % 20)}x", 2, 1000 + n) for n in range(60))
        many = Terms(100, known)
        profile = profile_of("", " ".join(term.name for term in known), many)
        assert names(profile, many) == [term.name for term in known[::-1][:48]]

    def test_of_no_known_word_is_empty(self) -> None:
        assert profile_of("Nothing", "here", TABLE) == Profile((), b"", b"")
        assert profile_of("LLM", "loss", Terms()) == Profile((), b"", b"")


class TestTable:
    def test_is_read_as_it_was_written(self) -> None:
        assert decode_terms(encode_terms(TABLE)) == (TABLE, ())

    def test_is_readable_a_line_a_term(self) -> None:
        assert encode_terms(TABLE).decode().splitlines()[-5:] == [
            "*\t100\t0",
            "influence\t12\t1500\t60\t~",
            "influence functions\t3\t4000\t80\tinfluence functions",
            "LLMs\t20\t300\t40\t-",
            "losses\t9\t2000\t100\tlosses",
        ]

    def test_a_row_of_three_columns_is_of_an_earlier_version(self) -> None:
        assert decode_terms(b"*\t9\t0\nloss\t2\t900\n") == (
            Terms(9, (Term("loss", 2, 900, 100, "loss"),)),
            (),
        )

    def test_a_line_that_is_none_is_an_error_at_its_place(self) -> None:
        terms, problems = decode_terms(b"# words\nloss\t2\t900\nloss 2\n")
        assert terms is None
        assert [problem.location for problem in problems] == [Location(path=TERMS, line=3, text="loss 2")]


TOPICS = {
    "diffusion": "Diffusion models make images. A diffusion model denoises; diffusion models are slow.",
    "ranking": "Ranking models order documents. A ranking model is trained; LLMs are ranking models.",
    "legal": "Legal judgment is hard. We judge legal cases by legal texts; LLMs know legal cases.",
    "tools": "Tools are used by agents. An agent that has a tool calls tools as an agent does.",
}
PAPERS = [
    (f"On {topic}", f"However, we propose it moreover. {abstract} Moreover, it is {word}.")
    for topic, abstract in TOPICS.items()
    for word in ("good", "better")
]


class TestWeighing:
    rows: ClassVar = {term.name: term for term in terms_of(PAPERS).rows}

    def test_words_and_phrases_of_two_papers_are_terms_but_those_of_every_abstract_are_not(self) -> None:
        assert {"diffusion", "ranking", "legal", "agent", "tools", "legal cases"} <= self.rows.keys()
        assert self.rows.keys().isdisjoint({"propose", "we", "it", "However", "models are"})

    @pytest.mark.parametrize(("rarer", "is_term"), [(20, True), (21, False)])
    def test_a_phrase_is_a_term_if_a_tenth_of_the_papers_of_its_rarer_word_have_it(
        self, rarer: int, is_term: bool
    ) -> None:
        both, one, other = ("", "Copper kettles."), ("", "Copper."), ("", "Kettles.")
        papers = [both] * 2 + [one] * (rarer - 2) + [other] * (2 * rarer - 2)
        assert ("Copper kettles" in {term.name for term in terms_of(papers).rows}) is is_term

    def test_words_that_papers_come_back_to_weigh_more_than_those_in_passing(self) -> None:
        assert self.rows["diffusion"].weight > 2 * self.rows["images"].weight

    def test_a_name_is_what_most_authors_write_and_small_letters_go_first(self) -> None:
        assert "diffusion" in self.rows
        assert {"Diffusion", "DIFFUSION"}.isdisjoint(self.rows)

    @pytest.mark.parametrize(("capitals", "name"), [(3, "kettles"), (4, "Kettles")])
    def test_a_name_in_small_letters_counts_three_times(self, capitals: int, name: str) -> None:
        texts = [("", "Of kettles."), *[("", "Kettles.")] * capitals]
        assert spellings.names(texts, {key_of(name)}) == {key_of(name): (name, True)}

    def test_a_phrase_weighs_four_fifths_of_its_words_that_papers_come_back_to(self) -> None:
        papers = ["Copper. Kettles. Copper kettles.", *["Copper kettles."] * 2, *["Rain."] * 9]
        weights = {term.name: term.weight for term in terms_of([("", text) for text in papers]).rows}
        assert weights == {"Copper": 693, "kettles": 693, "Copper kettles": 555}

    def test_generic_words_and_phrases_of_them_weigh_half_as_much(self) -> None:
        papers = [*[("", "Data models, copper kettles.")] * 2, *[("", "Rain.")] * 9]
        weights = {term.name: term.weight for term in terms_of(papers).rows}
        assert weights == {
            "Data": 192,
            "models": 192,
            "Data models": 205,
            "copper": 426,
            "kettles": 426,
            "copper kettles": 341,
        }

    def test_the_rarer_a_term_is_the_more_it_weighs(self) -> None:
        more = terms_of([*PAPERS, PAPERS[0], *[("", "Nothing.")] * 4])
        weights = {term.name: term.weight for term in more.rows}
        assert weights["legal"] > weights["diffusion"]

    def test_says_how_many_papers_use_it(self) -> None:
        assert self.rows["diffusion"].papers == 2
        assert terms_of(PAPERS).papers == len(PAPERS)

    def test_the_order_of_papers_is_nothing_to_it(self) -> None:
        assert terms_of(PAPERS) == terms_of(PAPERS[::-1])

    def test_of_no_papers_is_empty(self) -> None:
        assert terms_of([]) == Terms()


SUBJECTS = (
    ("Copper", "kettles", "steam", "brass"),
    ("Data", "selection", "lenses", "mirrors"),
    ("Pianos", "rivers", "strings", "hammers"),
    ("Saddles", "stables", "oats", "barns"),
)


def papers_of(number: int, words: tuple[str, ...]) -> Iterator[Text]:
    """Yield 14 papers on a subject, each of some of its words; two also have a word of all subjects."""
    for paper in range(14):
        more = f"{words[paper % 4]} and {words[(2 * paper + number) % 4]}, {words[paper // 4]}"
        title = "" if paper % 3 else f"{words[0]} {words[1]}"
        yield title, f"{words[0]}: {more}." + (" Calibration." if paper % 7 == number else "")


def test_of_four_subjects_the_table_says_what_each_word_is_worth() -> None:
    papers = [paper for number, words in enumerate(SUBJECTS) for paper in papers_of(number, words)]
    assert (
        encode_terms(terms_of(papers)).decode().partition("*\t56\t0\n")[2].expandtabs(16)
        == """\
barns           11              542             100             ~
brass           5               604             100             ~
Calibration     8               486             40              ~
Copper          14              1386            50              Copper
Copper kettles  5               1830            40              Copper kettles
Data            14              593             80              -
Data selection  5               1470            48              Data selection
hammers         5               604             100             ~
kettles         10              822             100             ~
lenses          6               877             100             ~
mirrors         8               1351            77              mirrors
oats            6               877             100             ~
Pianos          14              1386            48              Pianos
Pianos rivers   5               1830            40              Pianos rivers
rivers          10              822             100             ~
Saddles         14              1317            78              Saddles
Saddles stables 5               1683            40              Saddles stables
selection       13              376             100             -
stables         11              1288            100             stables
steam           11              814             100             ~
strings         9               1371            100             strings
"""
    )


def said(*abstracts: str, title: str = "") -> dict[str, str]:
    papers = [(title, abstract) for abstract in abstracts]
    others = [("", f"Other{chr(97 + n)}x words.") for n in range(3 * len(abstracts))]
    return {term.name: term.said for term in terms_of(papers + others).rows}


class TestReasons:
    def test_a_noun_that_papers_come_back_to_can_be_said_and_an_adjective_cannot(self) -> None:
        text = "Implicit feedback is cheap. We learn from implicit signals and from implicit feedback."
        terms = said(text, text)
        assert (terms["feedback"], terms["implicit"]) == ("feedback", "")

    def test_a_generic_word_is_not_said_but_its_phrases_are(self) -> None:
        text = "Data selection: good data. For data selection we weigh all data."
        terms = said(text, text, title="Data selection")
        assert (terms["data"], terms["data selection"]) == ("", "data selection")

    def test_pieces_of_sentences_are_not_said(self) -> None:
        text = "Jointly optimized, jointly optimized: it is incorrect, incorrect; family trees, family trees."
        found = said(text, text)
        names = ("jointly optimized", "incorrect", "family trees")
        assert [found[name] for name in names] == ["", "", "family trees"]

    def test_an_acronym_is_said_as_abstracts_introduce_it(self) -> None:
        text = "Of in-context learning (ICL). ICL works, and so ICL is used. See ICL."
        assert said(text, text)["ICL"] == "in-context learning (ICL)"

    def test_an_acronym_may_be_that_of_a_single_word_with_hyphens(self) -> None:
        text = "We use k-nearest-neighbours (KNN). KNN works, and so KNN is used. See KNN."
        assert said(text, text)["KNN"] == "k-nearest-neighbours (KNN)"

    def test_a_word_that_most_authors_use_in_another_form_is_not_said(self) -> None:
        text = "A customer, customers; customized, customization and customizing of the customised."
        assert set(said(text, text).values()) == {""}

    def test_a_word_whose_papers_have_nothing_else_in_common_is_trusted_less(self) -> None:
        topics = (
            "Lenses of cameras.",
            "Odds of bets.",
            "Rain, or wind.",
            "Strings of pianos.",
            "Law and courts.",
        )
        texts = [text for topic in topics for text in (topic, f"{topic} Calibration.")]
        trust = {
            term.name: term.trust for term in terms_of([("", text) for text in texts + texts[:1] * 20]).rows
        }
        assert trust["Calibration"] < trust["pianos"]

    @pytest.mark.parametrize(
        ("others", "trust"), [(["bets", "lenses"], 56), (["bets", "lenses", "pianos"], 40)]
    )
    def test_the_more_papers_have_nothing_else_in_common_the_less_a_word_is_trusted(
        self, others: list[str], trust: int
    ) -> None:
        texts = [("", f"Calibration, {other}.") for other in others]
        (term,) = terms_of([*texts, *[("", "Rain.")] * 9]).rows
        assert (term.name, term.trust) == ("Calibration", trust)


def test_a_word_of_a_hundred_thousand_hyphens_takes_no_time() -> None:
    assert terms_of([("", "in-" * 100_000)]).rows == ()
