"""Shards of pages, which workers render."""

import pytest

from generator.engine.workers import LEAST, SHARD, Task, shards_of


@pytest.mark.parametrize("pages", [1, SHARD + 1, 16 * SHARD, 12_345])
def test_shards_are_of_a_size_but_for_the_last_which_are_small(pages: int) -> None:
    tasks: list[Task] = [(f"{number}/index.html", b"") for number in range(pages)]
    shards = list(shards_of(tasks))
    assert [task for shard in shards for task in shard] == tasks
    sizes = [len(shard) for shard in shards]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] <= SHARD
    assert sizes[-1] <= LEAST
