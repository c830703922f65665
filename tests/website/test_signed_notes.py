"""A note that its writer signed says so wherever it is shown."""

import json

import pytest

from generator.website.pages.mail_notes import note_paragraphs
from tests.support.libraries import MONDAY, library, paper, planned, rendered

FOUND = planned(library({"a": paper("A", MONDAY, pick=True, note="Read it.", by="Ada <i> & Bo\x1b")}))
SIGNED = '<p>Read it.</p>\n<p class="by">\u2014 Ada &lt;i&gt; &amp; Bo</p>\n'
FILES = ("feeds/picks.json", "api/v1/papers/a.json")


@pytest.mark.parametrize(
    "path",
    [
        "papers/a/index.html",
        "index.html",
        "picks/index.html",
        "issues/2025-10-27/index.html",
        "issues/2025-10-27/issue.html",
    ],
)
def test_the_name_is_shown_under_the_note(path: str) -> None:
    assert SIGNED in rendered(FOUND[path])


def test_so_it_is_in_feeds_and_files_for_programs() -> None:
    feed, record = (json.loads(rendered(FOUND[path])) for path in FILES)
    assert SIGNED in feed["items"][0]["content_html"]
    assert (record["note_html"], record["by"]) == (SIGNED, "Ada <i> & Bo\x1b")


def test_in_mail_it_is_the_last_paragraph() -> None:
    mail = rendered(FOUND["issues/2025-10-27/mail/index.html"])
    assert "\u2014 Ada &lt;i&gt; &amp; Bo</p>" in mail
    assert note_paragraphs("Read it.", "", "", "Ada") == ("Read it.", "\u2014 Ada")
