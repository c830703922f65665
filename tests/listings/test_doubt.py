"""What looks like a paper on a page whose other papers look otherwise is none."""

import datetime as dt

from generator.listings import Parse, parse

ISSUE = dt.date(2025, 10, 3)
ABSTRACTS = (
    "We study how language models cite the sources that they are given, and find that they cite fewer.",
    "Long recordings are hard to transcribe, since a model sees a window of them. The errors fall.",
)
A, B = ABSTRACTS
HEAD = "Daily Papers\nbyAK and the research community\nOct 3\n\n"


def page(text: str) -> Parse:
    return parse(text.encode(), "2025-10-03-page.txt", ISSUE, "hf-daily")


def titles(text: str) -> list[str | None]:
    return [entry.stated.title for entry in page(text).entries]


def test_a_lone_paper_without_byline_amid_others_with_one_is_in_doubt() -> None:
    papers = "".join(f"Title of Pears {n}\n\n{A}\n\n  • {n} authors\n·\nOct 2\n\n" for n in range(1, 10))
    doubt = f"Fine Title\n\n{A}\n\nOur Contributions Are Many\n\n{B}\n\n  • 3 authors\n·\nOct 2\n\n"
    parsed = page(HEAD + papers + doubt + papers)
    assert len(parsed.entries) == 18
    (problem,) = parsed.problems
    assert "Fine Title" in problem.message
    assert problem.location.last_line - problem.location.line == 10


def test_a_title_above_a_logo_is_not_the_page_s_own() -> None:
    assert "A Glued Title" in page("SubscribeA Glued Title\nHugging Face's logo\n\n:").problems[0].message
