"""Every feed of the shipped digest, of a hostile one and of an empty one obeys every rule of its format."""

import pytest

from tests.support.feed_documents import Documents
from tests.website.feeds.rules import atom, history, json_feed, opml, rss, xml
from tests.website.feeds.rules.common import Rule

RULES = {
    "rss": (*xml.FEED_RULES, *rss.RULES, *history.RULES),
    "atom": (*xml.FEED_RULES, *atom.RULES, *history.RULES),
    "json": json_feed.RULES,
    "opml": (*xml.RULES, *opml.RULES),
}
EACH = [
    pytest.param(kind, rule, id=f"{kind}-{rule.__name__}") for kind, rules in RULES.items() for rule in rules
]


@pytest.mark.parametrize(("kind", "rule"), EACH)
def test_every_document_obeys(every: Documents, kind: str, rule: Rule) -> None:
    found = [doc for doc in every.values() if doc.kind == kind]
    assert found
    assert {doc.path: flaws for doc in found if (flaws := list(rule(doc)))} == {}
