"""The published schema: every file follows it, and nothing else does. `jsonschema` and Ajv are the judges."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from generator.model import PublicPaper
from generator.website.api.views import PaperFileView, SchemaView, encoded, schema
from tests.support.api_files import Published
from tests.support.libraries import MONDAY, line_of, paper
from tests.support.program import needed

ID = "https://digest.example/api/v1/schema.json"
NODE = Path(__file__).parents[2] / "node"
SCHEMA = json.loads(schema(SchemaView(id=ID)))


def validator(definition: str = "") -> Draft202012Validator:
    """Return what judges any document, or one that follows a definition."""
    narrow = {"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]} if definition else SCHEMA
    return Draft202012Validator(narrow, format_checker=FormatChecker())


PAPER = validator("PaperFile")
LINE = line_of(paper("A", MONDAY, arxiv="2410.12265", links={"code": "https://a.example/"}))
KNOWN = json.loads(encoded(PaperFileView(root="https://digest.example/", line=LINE)))


def flaws(judge: Draft202012Validator, document: Any) -> list[str]:
    return [f"{list(flaw.path)}: {flaw.message[:200]}" for flaw in judge.iter_errors(document)]


def test_it_is_a_schema_of_its_draft_with_its_own_address() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert (SCHEMA["$schema"], SCHEMA["$id"]) == ("https://json-schema.org/draft/2020-12/schema", ID)


def test_every_document_follows_it(published: Published) -> None:
    judge = validator()
    assert [
        (path, found) for path, text in published.documents() if (found := flaws(judge, json.loads(text)))
    ] == []


def test_it_lists_every_field_of_a_record_that_is_published_as_the_record_describes_it() -> None:
    fields = SCHEMA["$defs"]["PaperFile"]["properties"]
    assert set(PublicPaper.__struct_fields__) <= fields.keys()
    assert "hide" not in fields
    assert fields["abstract"]["description"] == "Text as the listing has it; each line is a paragraph."


@pytest.mark.parametrize(
    "change",
    [
        {"surprise": 1},
        {"hide": False},
        {"kind": "issue"},
        {"arxiv": "2410.12265v2"},
        {"links": {"code": "javascript:alert(1)"}},
        {"listed": [{"listing": "x", "issue": "30 October 2025"}]},
        {"listed": [{"listing": "x", "surprise": 1}]},
        {"pick": "yes"},
        {"url": "papers/a/"},
    ],
    ids=str,
)
def test_it_refuses_what_is_no_paper(change: dict[str, Any]) -> None:
    assert flaws(PAPER, KNOWN) == []
    assert flaws(PAPER, KNOWN | change) != []


def test_it_refuses_a_property_that_no_kind_of_document_has(published: Published) -> None:
    judge = validator()
    kinds = {json.loads(text)["kind"]: json.loads(text) for _, text in published.documents()}
    assert {"index", "paper", "papers", "issue", "issues", "theme", "themes"} <= kinds.keys()
    assert [kind for kind, document in kinds.items() if judge.is_valid(document | {"surprise": 1})] == []


def test_it_refuses_one_in_every_part_of_a_document() -> None:
    assert {found.get("additionalProperties") for found in SCHEMA["$defs"].values()} == {False}


@pytest.mark.node
def test_ajv_agrees(published: Published, tmp_path: Path) -> None:
    node = needed(shutil.which("node"), "Node.js")
    needed(NODE / "node_modules", "tests/node/node_modules (npm ci)")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    documents = [json.loads(text) for _, text in published.documents()]
    command: list[Path] = [node, NODE / "validate-json.mjs", tmp_path / "schema.json"]
    text = "\n".join(map(json.dumps, [*documents, KNOWN | {"surprise": 1}]))
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == [True] * len(documents) + [False]
