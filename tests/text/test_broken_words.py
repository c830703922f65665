"""Words that typing broke are found, and pairs of words are not."""

from hypothesis import given
from hypothesis import strategies as st

from generator.text.broken_words import PAIR, WORD, broken_words

ABSTRACTS = (
    "We make com parisons of data sets, most dat . a lost.",
    "Comparisons of a data set, e. g. of training data.",
    "Fair comparisons. Pre training on a dataset, and on datasets of a set.",
    "The dataset of pre training; pretraining, as Fig. a shows.",
)


def test_broken_words_are_those_that_are_whole_elsewhere() -> None:
    assert list(broken_words(ABSTRACTS)) == [
        ["com parisons", "dat . a"],
        [],
        [],
        [],
    ]


@given(st.lists(st.text("ab ", max_size=12), max_size=6))
def test_two_words_are_one_if_another_text_says_so_and_one_of_them_is_in_no_other(texts: list[str]) -> None:
    words = [{*WORD.findall(text)} for text in texts]

    def texts_with(word: str) -> int:
        return sum(word in found for found in words)

    assert list(broken_words(texts)) == [
        [
            f"{a} {b}"
            for a, b in PAIR.findall(text)
            if texts_with(a + b) > 1 and 1 in {texts_with(a), texts_with(b)}
        ]
        for text in texts
    ]
