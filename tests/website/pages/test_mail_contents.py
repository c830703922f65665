"""What a list of mails shows of an issue."""

import pytest

from generator.website.pages.issues import issue_summary, theme_groups
from generator.website.pages.mail_contents import contents_of
from tests.support.libraries import library, paper


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (["A pick", "One", "Two", "Three"], "A pick · One · Two"),
        (["A pick", "a " * 64 + "bb"], "A pick · " + "a " * 64 + "bb"),
        (["A pick", "a " * 64 + "bbb", "Two"], "A pick · " + "a " * 64 + "…"),
    ],
)
def test_the_first_three_titles_are_previewed_in_140_characters(titles: list[str], shown: str) -> None:
    papers = {f"p{n}": paper(title, position=n or 9, pick=n == 0) for n, title in enumerate(titles)}
    found = library(papers)
    [issue] = found.issues
    groups = theme_groups(found, issue.cards)
    contents = contents_of(found.site, issue_summary(issue), groups, 0, opening=None, public=True)
    assert contents.preheader == shown
