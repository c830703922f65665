"""Shards of pages, which workers render."""

import pickle
from pathlib import Path

import pytest

from generator.engine.ledger import StateFolder
from generator.engine.templates import read_templates
from generator.engine.workers import LEAST, SHARD, Task, WorkerInputs, shards_of
from generator.library.snapshot import read_library
from tests.support.digest import Write


@pytest.mark.parametrize("pages", [1, SHARD + 1, 16 * SHARD, 12_345])
def test_shards_are_of_a_size_but_for_the_last_which_are_small(pages: int) -> None:
    tasks: list[Task] = [(f"{number}/index.html", b"") for number in range(pages)]
    shards = list(shards_of(tasks))
    assert [task for shard in shards for task in shard] == tasks
    sizes = [len(shard) for shard in shards]
    assert all(sizes)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] <= SHARD
    assert sizes[-1] <= LEAST


def test_a_worker_that_shares_no_memory_gets_all_of_the_library_but_its_papers(digest: Write) -> None:
    root = digest("""
== content/receipts/2025-10-30-hf.txt.jsonl
{"id":"one","position":1,"stated":{"title":"One"}}
== content/receipts/refused/2025-10-31-hf.txt.txt
cut short: 3 papers are whole, the last is not
== content/issues/2025-10-30.md
Hello.
""")
    library = read_library(root).library
    assert library
    inputs = WorkerInputs(StateFolder(path=Path("state")), b"", library, read_templates(root), (), None)
    sent = pickle.loads(pickle.dumps(inputs)).library
    assert sent.cards == ()
    papers = {"cards", "issues", "by_theme", "records", "names", "formerly", "related"}
    for field in set(library.__struct_fields__) - papers:
        assert getattr(sent, field) == getattr(library, field), field
    assert (len(sent.listings), len(sent.refused), len(sent.openings)) == (1, 1, 1)
