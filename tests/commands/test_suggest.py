"""`suggest`: likely themes of papers, learned from the others."""

from generator.commands.suggest import suggest
from tests.support.digest import Write

PAPERS = """
== content/papers/asked.yaml
title: Oaks
themes: [models]

== content/papers/alike.yaml
title: Oaks and rain
themes: [data]

== content/papers/other.yaml
title: Rain
themes: [models]
"""


def test_a_named_paper_is_not_suggested_its_own_theme_because_of_itself(digest: Write) -> None:
    ((_, (best, *_)),) = suggest(digest(PAPERS), ["asked"]).papers
    assert (best.theme, best.words) == ("data", ("Oaks",))
