"""The documents are current and true: what they name exists, and the reference has all that templates see."""

import importlib
import inspect
import re
import shlex
import shutil
from pathlib import Path

import click
import lxml.html
import pytest

from docs import pages, reference
from generator.cli.program import main
from generator.commands.build import build

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / name for name in pages.DOCUMENTS if name != "CHANGELOG.md"]  # it tells of former files
BY_HAND = [path for path in DOCUMENTS if path.name not in reference.FILES]
ROOMS = {path.stem for path in (ROOT / "generator").iterdir() if path.suffix in {"", ".py"}}
VIEWS = reference.views()
VALUES = [kind for kind in reference.values(VIEWS.values()) if kind not in VIEWS.values()]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


@pytest.mark.parametrize("name", reference.FILES)
def test_the_reference_is_current(name: str) -> None:
    made = reference.FILES[name]()
    assert (ROOT / "docs" / name).read_text("utf-8") == made, "run `make docs`"


def test_every_template_with_a_view_is_in_the_reference() -> None:
    shipped = {path.name for path in (ROOT / "templates").iterdir() if path.is_file()}
    parts = {name for name in shipped if name.startswith("_")} | {"base.html"}
    assert VIEWS.keys() == shipped - parts


@pytest.mark.parametrize(
    "kind", [*dict.fromkeys(VIEWS.values()), *VALUES], ids=lambda kind: kind.__qualname__
)
def test_every_view_and_value_has_a_docstring(kind: type) -> None:
    own = [owner for owner in kind.__mro__ if owner.__module__ == kind.__module__]
    assert any(vars(owner).get("__doc__") for owner in own)
    said = {member.name: member.text for member in reference.members(kind, {})}
    made = {name for name, value in inspect.getmembers_static(kind) if isinstance(value, property)}
    assert {name for name in made & said.keys() if not said[name]} == set()


@each(DOCUMENTS)
def test_links_lead_to_files_and_headings_that_exist(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
        if not target.startswith(("https://", "/")):  # the latter is an address on a site
            name, _, anchor = target.partition("#")
            found = path.parent / name if name else path
            assert found.exists(), target
            headings = re.findall("(?m)^#+ (.*)$", found.read_text("utf-8")) if anchor else []
            assert not anchor or anchor in map(reference.anchor, headings), target


@pytest.mark.slow
def test_on_the_website_of_the_documents_each_link_leads_to_a_page_and_heading_of_it(tmp_path: Path) -> None:
    for name in ("content", "templates"):
        shutil.copytree(ROOT / "docs" / name, tmp_path / "docs" / name)
    assert not build(tmp_path / "docs", tmp_path / "site", planners=(pages.plan,)).problems
    made = {path: lxml.html.parse(path).getroot() for path in (tmp_path / "site").rglob("*.html")}
    assert len(made) == len(pages.DOCUMENTS)
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= {path.name for path in DOCUMENTS}
    for path, page in made.items():
        for _, _, target, _ in page.iterlinks():
            if not target.startswith("https:"):
                address, _, anchor = target.partition("#")
                found = (path.parent / address).resolve() if address else path
                file = found / "index.html" if found.is_dir() else found
                assert file.exists(), (path, target)
                assert anchor in {"", "top", *(made[file].xpath("//@id") if file in made else ())}, target


@each(BY_HAND)
def test_files_and_functions_that_a_document_names_exist(path: Path) -> None:
    for name in re.findall("`([^`\n]+)`", path.read_text("utf-8")):
        file, _, test = name.partition("::")
        if re.fullmatch(r"[\w.][\w./-]*(/|\.(py|html|js|yaml|txt|toml|lock))", file):
            found = [folder / file for folder in FOLDERS if (folder / file).exists()]
            assert found or name in MADE, name
            assert not test or f"def {test}(" in found[0].read_text("utf-8"), name
        elif re.fullmatch(r"\w+(\.\w+)+", name) and name.split(".")[0] in ROOMS:
            assert exists(name), name


FOLDERS = [ROOT / name for name in (".", "generator", "generator/website", "content", "templates")]
"""Where a path may begin."""
MADE = {
    ".broadsheet-staging/",
    ".broadsheet/",
    "content/images/",
    "content/listings/replaced/",
    "content/mailed/",
    "dist/",
    "content/published.jsonl",
    "content/receipts/refused/",
    "content/receipts/replaced/",
    "content/schemas/",
    "docs/site/",
    "papers/2025/layer-normalization.yaml",
    "papers/x/",
    "papers/x/index.html",
    "site/",
}
"""Files that commands make, and examples."""


def exists(name: str) -> bool:
    """Tell whether a module below `generator` has a function or class: `engine.page.plan`."""
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(f"generator.{module}"), attribute)
    except ModuleNotFoundError:
        return False


@each(BY_HAND)
def test_commands_that_a_document_shows_exist_with_their_options(path: Path) -> None:
    assert isinstance(main, click.Group)
    shown = re.findall(r"(?m)(?:^|`)broadsheet ([a-z][^`#\n]+)", path.read_text("utf-8"))
    for words in map(shlex.split, shown):
        command = main.commands[words[0]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, words
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)) <= targets
