"""Words that typing broke are found, and pairs of words are not."""

from generator.text.broken_words import broken_words

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
