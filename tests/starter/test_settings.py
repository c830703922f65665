"""The first `content/site.yaml`: every field is in it, described; what is a comment holds when it is none."""

import re

import msgspec
import pytest
import yaml

from generator.records.codec import decode
from generator.settings import Lookup, Mail, MailServer, Outputs, Site, Source
from generator.starter.settings import settings_text

VALUES = {
    "title": "Notes: of # a lab",
    "url": "https://lab.example/",
    "tag_authority": "lab.example,2026",
    "description": "Papers.",
    "language": "de",
}


def fields(kind: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(kind)}


def test_it_has_the_answers() -> None:
    found, problems = decode(settings_text(VALUES).encode(), "content/site.yaml", Site)
    assert problems == ()
    assert {name: getattr(found, name) for name in VALUES} == VALUES


def test_the_rest_is_commented_and_holds_without_its_comment_signs() -> None:
    whole = yaml.safe_load(re.sub(r"(?m)^# (?=[a-z_]+:|  )", "", settings_text(VALUES)))
    assert whole.keys() == fields(Site)
    assert whole["mail"].keys() == fields(Mail)
    assert whole["mail"]["server"].keys() == fields(MailServer)
    filled = {name: value for name, value in whole["mail"]["server"].items() if value is not None}
    mail = {name: value for name, value in whole["mail"].items() if value is not None} | {"server": filled}
    msgspec.convert(mail, Mail)
    [source] = whole["sources"]
    assert source.keys() == fields(Source)
    msgspec.convert(source, Source)
    msgspec.convert(whole["lookups"], tuple[Lookup, ...])


@pytest.mark.parametrize(
    "line",
    [
        "titel: A",
        "mail: {titel: A}",
        "mail: {server: {host: mail.example, titel: A}}",
        "outputs: {titel: A}",
        "sources: [{name: a, where: https://a.example/, titel: A}]",
        "lookups: [{service: arxiv, titel: A}]",
    ],
)
def test_a_field_that_there_is_not_is_an_error(line: str) -> None:
    _, problems = decode(f"{settings_text(VALUES)}\n{line}\n".encode(), "content/site.yaml", Site)
    assert [problem.message for problem in problems] == ["There is no field 'titel'."]


def test_each_field_has_a_comment_above_it() -> None:
    lines = settings_text(VALUES).splitlines()
    rows = [index for index, line in enumerate(lines) if re.match(r"(# )? *(- )?[a-z_]+:( |$)", line)]
    kinds = (Site, Mail, MailServer, Outputs, Source, Lookup)
    assert len(rows) == sum(len(fields(kind)) for kind in kinds)
    assert not [lines[index] for index in rows if not re.match(r"# \S|# +# ", lines[index - 1])]
