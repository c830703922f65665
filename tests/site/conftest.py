"""The shipped digest, built once for each process that runs tests, and the tools that look at it."""

import shutil
from pathlib import Path

import pytest

from generator.problem import has_error
from generator.publishing.build import build
from tests.conftest import needed

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "tests/node/node_modules"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "site"
    assert not has_error(build(ROOT, out).problems)
    return out


@pytest.fixture(scope="session")
def node_modules() -> Path:
    needed(shutil.which("node"), "Node.js")
    return needed(NODE_MODULES, "tests/node/node_modules (npm ci)")
