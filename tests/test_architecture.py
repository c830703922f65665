"""The rooms of the house: which module may import which, and that no module is too long to read."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"

GROUND = {"files", "model", "problem", "processes", "settings", "words"}
MAY_IMPORT: dict[str, set[str]] = {
    "problem": set(),
    "model": set(),
    "settings": {"model"},
    "words": set(),
    "processes": set(),
    "files": {"problem"},
    "text": set(),
    "listings": GROUND,
    "records": GROUND,
    "library": GROUND | {"records"},
    "ingest": GROUND | {"text", "listings", "records", "library.paths"},
    "fetch": GROUND,
    "enrich": GROUND | {"text", "listings", "fetch", "ingest.identity"},
    "related": GROUND | {"library"},
    "engine": GROUND | {"library", "related"},
    "mail": GROUND | {"text"},
    "website": GROUND | {"engine.page", "engine.list_files", "library", "related", "mail", "text"},
    "publication": GROUND | {"website.feeds", "engine.page", "library"},
    "starter": GROUND,
    "desk": GROUND | {"library", "records", "related", "text", "website.parts.markdown", "website.urls"},
    "serve": GROUND | {"website", "engine", "library", "related", "publication", "desk", "ingest.receipts"},
    "commands": GROUND
    | {"text", "listings", "records", "library", "ingest", "fetch", "enrich", "related", "engine", "mail"}
    | {"website", "publication", "desk", "serve", "starter"},
    "terminal": GROUND,
    "cli": GROUND | {"commands", "ingest", "library.paths", "mail", "serve", "starter"} | {"terminal"},
    "__main__": {"cli", "processes"},
}
"""What each room may import besides its own modules: rooms, and single modules of a room."""


def rooms_of_contributing() -> dict[str, set[str]]:
    """Return what CONTRIBUTING's table of rooms says that each may import."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Rooms\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n") if "`" in line]
    found: dict[str, set[str]] = {}
    for rooms, _, words in (row for row in rows if len(row) == 3):
        of_one = dict(re.findall(r"`(\S+)`: `(\S+)`", words))  # "nothing (`files.py`: `problem.py`)"
        named = set() if of_one else set(map(dotted, re.findall(r"`(\S+)`", words)))
        named |= GROUND if "ground" in words else set()
        named |= found.keys() if words == "everything above" else set()
        for room in re.findall(r"`(\S+)`", rooms):
            found[dotted(room)] = {dotted(of_one[room])} if room in of_one else named
    return found


def dotted(path: str) -> str:
    """Return "library.paths" for "library/paths.py", "text" for "text/"."""
    return path.removesuffix(".py").strip("/").replace("/", ".")


def test_contributing_says_of_each_room_what_it_may_import() -> None:
    assert rooms_of_contributing() == MAY_IMPORT


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(GENERATOR.rglob("*.py"))
}


@cache
def imported(module: str) -> set[str]:
    """Return the modules of ours that one imports, at its top or within a function."""
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return found & MODULES.keys()


def test_no_module_imports_itself_by_way_of_others() -> None:
    tuple(TopologicalSorter({module: imported(module) for module in MODULES}).static_order())


def strangers(module: str) -> Iterator[str]:
    """Yield what a module imports although its room may not."""
    room = module.split(".")[1]
    for name in sorted(imported(module)):
        within = name.removeprefix("generator.")
        allowed = {room, *MAY_IMPORT[room]}
        if not any(within == one or within.startswith(f"{one}.") for one in allowed):
            yield within


@pytest.mark.parametrize("module", [module for module in MODULES if module != "generator"])
def test_a_room_imports_only_what_it_may(module: str) -> None:
    assert list(strangers(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_are_short_enough_to_read(module: str) -> None:
    text = MODULES[module].read_text("utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 50]
    assert (len(text.splitlines()) <= 300, long) == (True, [])


def test_no_test_module_imports_another() -> None:
    tests = {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("*.py")}
    imported = {
        (path.name, node.module)
        for path, tree in tests.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert {(name, module) for name, module in imported if ".test_" in module} == set()


def test_no_two_classes_of_the_package_have_one_name() -> None:
    """Who searches for a name finds one definition. Private classes are known to their own module only."""
    found: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module)
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}
