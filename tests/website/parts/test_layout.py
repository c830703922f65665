"""What every page shows around its own content."""

import pytest

from generator.website.parts.layout import frame, masthead
from tests.support.libraries import library


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("", "The Digest"),
        ("Archive", "Archive · The Digest"),
        (47 * "x", f"{47 * 'x'} · The Digest"),
        (48 * "x", 48 * "x"),
        (30 * "x " + "x", 29 * "x " + "…"),
    ],
)
def test_the_title_of_a_window_has_60_characters_at_most(title: str, shown: str) -> None:
    assert frame(masthead(library()), "archive/index.html", title, "").window_title == shown
