"""Learn which themes to suggest from the papers of a library that editors placed."""

from collections.abc import Iterable

from generator.library.library import Library
from generator.library.vectors import Vectors, text_key
from generator.model import Paper
from generator.related.suggestions import Classifier, Example, Suggestion


def classifier_of(library: Library, asked: Iterable[str]) -> Classifier:
    """Return a classifier that has learned from all papers, newest first, but those asked about, by slug."""
    asked = set(asked)
    examples, others = [], []
    for card in library.cards:
        paper = library.records[card.slug].paper()
        text = paper.title or "", paper.abstract or ""
        if paper.themes and card.slug not in asked:
            examples.append(Example(*text, paper.themes, library.vectors.of(text_key(paper))))
        else:
            others.append(text)
    return Classifier(library.themes, examples, others)


def suggestions_for(paper: Paper, classifier: Classifier, vectors: Vectors) -> list[Suggestion]:
    """Return the likeliest themes of a paper, the likeliest first; none where all are as likely."""
    found = classifier.suggestions(paper.title or "", paper.abstract or "", vectors.of(text_key(paper)))
    return found if len({each.percent for each in found}) > 1 else []
