"""The layout of the rooms: imports run one way, along the road the data takes."""

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"
ROAD = ["problem", "model", "listings", "content", "publishing", "editing"]
ROAD += ["processes", "terminal", "cli", "__main__"]
"""Each room may import those before it, and its own modules."""

MODULES = sorted(GENERATOR.rglob("*.py"))


def room(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    here = path.relative_to(GENERATOR).with_suffix("").parts[0]
    if here == "__init__":
        return
    tree = ast.parse(path.read_text("utf-8"))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    imported += [
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    ]
    ours = {room(module) for module in imported if module.startswith("generator.")}
    assert {name for name in ours if ROAD.index(name) > ROAD.index(here)} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_modules_and_functions_fit_in_the_head(path: Path) -> None:
    text = path.read_text("utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno > 50]
    assert (len(text.splitlines()) <= 300, long) == (True, [])
