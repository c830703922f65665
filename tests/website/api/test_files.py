"""What the files for programs hold, read back by the types they are made from."""

import json
from typing import Any

import hypothesis
import msgspec

from generator.model import PublicPaper
from generator.website.api import planner
from generator.website.api.files import File, PaperFile
from generator.website.api.views import PaperFileView, encoded
from tests.support.api_files import Published
from tests.support.libraries import line_of
from tests.support.strategies import papers


@hypothesis.given(papers)
def test_a_file_says_of_a_paper_just_what_its_record_says(paper: Any) -> None:
    view = PaperFileView(root="https://digest.example/", line=line_of(paper))
    read = msgspec.json.decode(encoded(view), type=PaperFile)
    assert {name: getattr(read, name) for name in PublicPaper.__struct_fields__} == {
        name: getattr(paper, name) for name in PublicPaper.__struct_fields__
    }


def test_what_is_unknown_empty_or_false_is_absent(published: Published) -> None:
    said: set[str] = set()

    def note(fields: list[tuple[str, Any]]) -> dict[str, Any]:
        said.update(name for name, value in fields if value is False or value in (None, "", [], {}))
        return dict(fields)

    for path, text in published.documents():
        if path != planner.DUMP:
            json.loads(text, object_pairs_hook=note)
    assert said <= {"papers"}  # of a theme without any


def test_every_document_is_decoded_by_its_type_and_each_line_is_the_file_of_its_paper(
    published: Published,
) -> None:
    assert all(msgspec.json.decode(text, type=File) for _, text in published.documents())
    lines = published.files[planner.DUMP].split("\n")[:-1]
    named = [json.loads(line)["slug"] for line in lines]
    assert named == [card.slug for card in published.library.cards]
    assert [json.loads(line) for line in lines] == [
        json.loads(published.files[f"api/v1/papers/{slug}.json"]) for slug in named
    ]
