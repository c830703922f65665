"""Every feed of the shipped digest, of a hostile one and of an empty one obeys every rule of its format."""

import pytest

from tests.support.feed_documents import Documents
from tests.website.feeds.rules.by_kind import RULES
from tests.website.feeds.rules.common import Rule

EACH = [
    pytest.param(kind, rule, id=f"{kind}-{rule.__name__}") for kind, rules in RULES.items() for rule in rules
]


@pytest.mark.parametrize(("kind", "rule"), EACH)
def test_every_document_obeys(every: Documents, kind: str, rule: Rule) -> None:
    found = [doc for doc in every.values() if doc.kind == kind]
    assert found
    assert {doc.path: flaws for doc in found if (flaws := list(rule(doc)))} == {}
