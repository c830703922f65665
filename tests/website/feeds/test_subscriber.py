"""Subscribers who keep the ids they have seen, over a run of builds: nothing twice, nothing lost."""

from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.support.digest import Write
from tests.support.feed_documents import Document, documents, read

pytestmark = pytest.mark.slow

TAG = "tag:digest.example,2025:"
FORMATS = {"rss": ".xml", "atom": ".atom.xml", "json": ".json"}
RUN = """
== content/papers/a.yaml
id: a
title: Alpha
abstract: It has a tpyo.
listed: [{listing: x, issue: 2025-10-30, position: 1}]
themes: [data]
== content/papers/b.yaml
id: b
title: Beta
listed: [{listing: x, issue: 2025-10-30, position: 2}]
themes: [data]
== content/papers/c.yaml
id: c
title: Gamma
listed: [{listing: y, issue: 2025-10-31, position: 1}]
themes: [models]
pick: true
note: Read it.
"""


def record(name: str, issue: str) -> str:
    return (
        f"\n== content/papers/{name}.yaml\nid: {name}\ntitle: T\nlisted: [{{listing: x, issue: {issue}}}]\n"
    )


class Subscriber:
    """Has every feed of a format, and one memory of entries for all of them, as feed readers do."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.seen: dict[str, str] = {}

    def poll(self, docs: dict[str, Document]) -> dict[str, str]:
        """Return what is told of each entry: new, or updated."""
        told = {}
        for path, doc in docs.items():
            if doc.kind == self.kind and "archive" not in path:
                for name, updated in entries(doc):
                    before = self.seen.get(name)
                    if before is None:
                        told[name] = "new"
                    elif updated > before:
                        told[name] = "updated"
                    self.seen[name] = max(updated, before or "")
        return told


def entries(doc: Document) -> list[tuple[str, str]]:
    """Return the id of each entry, without the digest's part, and when it was updated."""
    if doc.kind == "json":
        found: Any = doc.json["items"]
        return [(item["id"].removeprefix(TAG), item["date_modified"][:10]) for item in found]
    return [(item.id.removeprefix(TAG), item.updated[:10]) for item in feedparser.parse(doc.data).entries]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_run_of_builds(digest: Write, kind: str) -> None:
    root = digest(RUN)
    papers = root / "content/papers"
    subscriber = Subscriber(kind)

    def poll() -> dict[str, str]:
        return subscriber.poll(documents(read(root)))

    assert poll() == {
        "a": "new",
        "b": "new",
        "c": "new",
        "issues/2025-10-30": "new",
        "issues/2025-10-31": "new",
        "issues/2025-10-31/picks": "new",
    }
    assert poll() == {}

    edit(papers / "a.yaml", "tpyo", "typo, mended")
    assert poll() == {}

    edit(
        papers / "a.yaml",
        "themes:",
        "note: Not what it seems.\nchanges: [{date: 2025-11-01, text: See.}]\nthemes:",
    )
    assert poll() == {"a": "updated", "a/changes/2025-11-01": "new", "issues/2025-10-30": "updated"}

    edit(papers / "a.yaml", "themes: [data]", "themes: [models]\nformerly: [a]")
    (papers / "2025").mkdir()
    (papers / "a.yaml").rename(papers / "2025/alpha-renamed.yaml")
    assert poll() == {}
    moved = documents(read(root))[f"feeds/themes/models/papers{FORMATS[kind]}"]
    assert ("a", "2025-11-01") in entries(moved)
    assert b"/papers/alpha-renamed/" in moved.data

    digest(record("d", "2025-11-03"))
    assert poll() == {
        "d": "new",
        "issues/2025-11-03": "new",
        "weeks/2025-W44": "new",
        "weeks/2025-W44/picks": "new",
    }
    assert poll() == {}


def test_the_bytes_of_a_feed_change_only_with_its_entries(digest: Write) -> None:
    root = digest(RUN)
    before = documents(read(root))
    edit(root / "content/papers/b.yaml", "Beta", "Betta")
    after = documents(read(root))
    changed = {path for path, doc in after.items() if doc.data != before[path].data}
    assert changed == {
        *("feed.xml", "feeds/papers.atom.xml", "feeds/papers.json"),
        *(f"feeds/issues{suffix}" for suffix in FORMATS.values()),
        *(f"feeds/themes/data/papers{suffix}" for suffix in FORMATS.values()),
        *(f"feeds/archive/2025-10-30{suffix}" for suffix in FORMATS.values()),
    }


def test_a_record_without_an_id_keeps_its_first_address_for_one(digest: Write) -> None:
    root = digest("\n== content/papers/old.yaml\ntitle: T\nlisted: [{listing: x, issue: 2025-10-30}]\n")
    subscriber = Subscriber("atom")
    subscriber.poll(documents(read(root)))
    papers = root / "content/papers"
    edit(papers / "old.yaml", "title: T", "title: T\nformerly: [old]")
    (papers / "old.yaml").rename(papers / "new.yaml")
    assert subscriber.poll(documents(read(root))) == {}


def test_many_issues_one_after_another_are_all_told_once(digest: Write) -> None:
    root = digest("")
    subscriber = Subscriber("rss")
    told: list[str] = []
    for day in range(1, 8):
        for number in range(1 + day * 7 % 30):
            digest(record(f"p{day}-{number}", f"2025-09-{day:02}"))
        told += subscriber.poll(documents(read(root)))
    expected = len(list((root / "content/papers").iterdir())) + 7 + 1
    assert len(told) == len({*told}) == expected
