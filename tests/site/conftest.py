"""Two digests, built and served once for each process that runs tests, and the tools that look at them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands.build import build
from generator.problem import has_error
from tests.support.digest import write_files
from tests.support.feed_documents import HOSTILE
from tests.support.paths import ROOT
from tests.support.program import needed
from tests.support.serving import Served, serving

NODE_MODULES = ROOT / "tests/node/node_modules"
HARD = (Path(__file__).parent / "hard.txt").read_text("utf-8")


LONG = 260
"""Papers of an issue that has two pages."""


def one_of_many(number: int) -> str:
    return f"""\
title: Number {number} of $\\ell_{number % 7}$
abstract: Of many, $x^{number % 9}$.
authors: [Ada Example, "Example, Bo"]
published: 2025-10-{number % 28 + 1:02}
withdrawn: {str(number % 50 == 0).lower()}
pick: {str(number % 90 == 0).lower()}
note: Read it.
listed: [{{listing: z, issue: 2025-10-26, position: {number}}}]
themes: [{"data" if number % 2 else "papers"}]
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "site"
    assert not has_error(build(ROOT, out).problems)
    return out


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the digest that comes with Broadsheet."""
    with serving(ROOT, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a digest of hostile papers, of what is too wide, a former address and a long issue."""
    write_files(root := tmp_path_factory.mktemp("hard"), HOSTILE + HARD)
    for number in range(1, LONG + 1):
        (root / f"content/papers/long-{number}.yaml").write_text(one_of_many(number))
    with serving(root, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(params=["shipped", "hard"])
def served(request: pytest.FixtureRequest) -> Served:
    """Return each of the two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Served)
    return found


@pytest.fixture(scope="session")
def node_modules() -> Path:
    needed(shutil.which("node"), "Node.js")
    return needed(NODE_MODULES, "tests/node/node_modules (npm ci)")
