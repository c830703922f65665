"""The JSON Schemas: what the shipped digest holds is valid by them, and what a reader would refuse is not."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from generator.cli.program import main
from generator.commands.check import check
from generator.commands.schema import write_schemas
from tests.support.digest import Write

SHIPPED = Path(__file__).parents[2]
RECORD = {"title": "Alpha", "themes": ["data"], "pick": True, "note": "Read it."}


@pytest.fixture
def root(digest: Write) -> Path:
    root = digest("\n== content/papers/a.yaml\ntitle: Alpha\n")
    write_schemas(root)
    return root


def flaws(root: Path, name: str, value: Any) -> list[str]:
    schema = json.loads((root / f"content/schemas/{name}.json").read_text())
    return [flaw.message for flaw in jsonschema.Draft202012Validator(schema).iter_errors(value)]


def test_what_a_digest_holds_is_valid(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for name in ("site", "themes"):
        text = (SHIPPED / f"content/{name}.yaml").read_text()
        (tmp_path / f"content/{name}.yaml").write_text(text)
    write_schemas(tmp_path)
    read = yaml.BaseLoader  # as Broadsheet reads: text, so that a date is no date of YAML's
    for name in ("site", "themes"):
        assert flaws(tmp_path, name, yaml.load((tmp_path / f"content/{name}.yaml").read_text(), read)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, ""),
        ({"titel": "Beta"}, "('titel' was unexpected)"),
        ({"themes": ["dada"]}, "'dada' is not one of ['data', 'models']"),
        ({"pick": "perhaps"}, "'perhaps' is not of type 'boolean'"),
    ],
)
def test_a_slip_in_a_record_is_marked(root: Path, change: dict[str, Any], message: str) -> None:
    found = flaws(root, "record", RECORD | change)
    assert [text for text in found if message in text] == found
    assert bool(found) == bool(message)


def test_a_schema_that_does_not_have_the_themes_of_now_is_told(root: Path) -> None:
    def told() -> list[str]:
        return [str(one.location) for one in check(root).problems if "schema" in one.hint]

    assert told() == []
    path = root / "content/themes.yaml"
    path.write_text(path.read_text() + "- {slug: more, title: More}\n")
    assert told() == ["content/schemas/record.json"]
    write_schemas(root)
    assert told() == []


def test_the_command_says_what_to_tell_the_editor(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    said = CliRunner().invoke(main, ["schema"], catch_exceptions=False).stdout
    assert said.splitlines()[:3] == [f"content/schemas/{name}.json" for name in ("record", "themes", "site")]
    assert '\n\nFor .vscode/settings.json:\n{\n  "yaml.schemas": {\n' in said
    begin = '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n'
    assert (root / "content/schemas/record.json").read_text().startswith(begin)
    settings = json.loads(said[said.index("{") :])
    assert settings["yaml.schemas"]["./content/schemas/record.json"] == "content/papers/**/*.yaml"
