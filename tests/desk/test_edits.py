"""Edits of the desk: only the field that is set changes; taking an edit back gives the bytes of before."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.desk import edits as module
from generator.desk.edits import Change, Changed, DeskEdits
from generator.files import digest_of
from generator.records.edit import Edit, splice

PATH = "content/papers/a.yaml"
RECORD = """\
# As the listing has it.
title: Alpha   # ours
id: a
themes: []
pick: false
note:
listed:
- {listing: x, issue: 2025-10-30, position: 1}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / PATH).write_text(RECORD)
    return tmp_path


def set_field(edits: DeskEdits, root: Path, field: str, value: object) -> Changed:
    version = digest_of((root / PATH).read_bytes()).hex()
    return edits.make(Change(path=PATH, version=version, field=field, value=value), {PATH})


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("themes", ["data", "models"], "themes: []\n", "themes: [data, models]\n"),
        ("pick", True, "pick: false\n", "pick: true\n"),
        ("note", "Read *it*.", "note:\n", "note: >-\n  Read *it*.\n"),
        ("headline", "A better one", "listed:\n", "headline: A better one\nlisted:\n"),
        ("hide", True, "listed:\n", "hide: true\nlisted:\n"),
    ],
)
def test_a_field_is_set_where_it_belongs_and_every_other_byte_stays(
    root: Path, field: str, value: object, old: str, new: str
) -> None:
    edits = DeskEdits(root)
    done = set_field(edits, root, field, value)
    text = (root / PATH).read_text()
    assert (done.problem, sorted(text.split("\n"))) == ("", sorted(RECORD.replace(old, new).split("\n")))
    assert edits.take_back(done.edit).problem == ""
    assert (root / PATH).read_text() == RECORD


@pytest.mark.parametrize(("field", "value"), [("themes", []), ("pick", False), ("note", None), ("tags", [])])
def test_a_value_that_the_record_has_changes_no_byte(root: Path, field: str, value: object) -> None:
    assert set_field(DeskEdits(root), root, field, value) == Changed(path=PATH)
    assert (root / PATH).read_text() == RECORD


def test_what_is_emptied_keeps_the_line_that_invites(root: Path) -> None:
    edits = DeskEdits(root)
    for field, value in (("themes", ["data"]), ("themes", []), ("pick", True), ("pick", False)):
        set_field(edits, root, field, value)
    for field, other in (("tags", ["mine"]), ("tags", []), ("headline", "Mine"), ("headline", None)):
        set_field(edits, root, field, other)  # what a new record has no line for has none then
    assert (root / PATH).read_text() == RECORD


def test_edits_are_taken_back_in_any_order_and_their_numbers_are_not_used_again(root: Path) -> None:
    edits, other = DeskEdits(root), "content/papers/b.yaml"
    (root / other).write_text(RECORD)
    first = set_field(edits, root, "pick", True)
    change = Change(path=other, version=digest_of(RECORD.encode()).hex(), field="pick", value=True)
    second = edits.make(change, {other})
    assert edits.take_back(first.edit).path == PATH
    set_field(edits, root, "hide", True)
    assert edits.take_back(second.edit).path == other
    assert (root / other).read_text() == RECORD
    assert edits.take_back(first.edit).problem == "There is nothing to take back."


def test_an_edit_in_a_text_editor_is_never_lost(root: Path) -> None:
    edits, seen = DeskEdits(root), digest_of(RECORD.encode()).hex()
    done = set_field(edits, root, "pick", True)
    (root / PATH).write_text(RECORD + "tags: [mine]\n")
    late = edits.make(Change(path=PATH, version=seen, field="note", value="Mine."), {PATH})
    assert (late.stale, late.problem) == (True, "The record was changed elsewhere.")
    back = edits.take_back(done.edit)
    assert (back.stale, back.problem) == (True, "The record was changed since, so it stays as it is.")
    assert (root / PATH).read_text() == RECORD + "tags: [mine]\n"


def test_what_a_text_editor_saves_while_an_edit_is_made_is_not_lost(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = RECORD + "tags: [mine]\n"

    def spliced_late(text: str, edits: list[Edit]) -> str:
        (root / PATH).write_text(saved)
        return splice(text, edits)

    monkeypatch.setattr(module, "splice", spliced_late)
    done = set_field(DeskEdits(root), root, "pick", True)
    assert done == Changed(problem="The record was changed elsewhere.", stale=True, path=PATH)
    assert (root / PATH).read_text() == saved


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("? title\n: Alpha\n", "This record cannot be edited safely: edit it in a text editor."),
        ("title: Alpha\ntitel: Beta\n", "There is no field 'titel'."),
    ],
)
def test_a_record_that_cannot_be_edited_stays(root: Path, text: str, problem: str) -> None:
    (root / PATH).write_text(text)
    done = set_field(DeskEdits(root), root, "pick", True)
    assert (done, (root / PATH).read_text()) == (Changed(problem=problem, path=PATH), text)


def test_edits_are_numbered_from_one_on(root: Path) -> None:
    edits = DeskEdits(root)
    assert [set_field(edits, root, "pick", value).edit for value in (True, True, False)] == [1, 0, 2]


def test_a_record_that_was_deleted_is_not_written_again(root: Path) -> None:
    version = digest_of(RECORD.encode()).hex()
    (root / PATH).unlink()
    done = DeskEdits(root).make(Change(path=PATH, version=version, field="pick", value=True), {PATH})
    assert (done.stale, done.problem, (root / PATH).exists()) == (True, "The record is gone.", False)


@pytest.mark.parametrize(
    ("path", "field", "value", "problem"),
    [
        ("content/site.yaml", "note", "x", "The record is gone."),
        ("../outside.yaml", "note", "x", "The record is gone."),
        (PATH, "title", "x", "The desk does not edit `title`."),
        (PATH, "listed", [], "The desk does not edit `listed`."),
        (PATH, "themes", ["Not a slug"], "themes: Expected `str` matching regex"),
        (PATH, "pick", "yes", "pick: Expected `bool`, got `str`."),
    ],
)
def test_only_the_editors_fields_of_records_are_set_to_what_they_may_hold(
    root: Path, path: str, field: str, value: object, problem: str
) -> None:
    version = digest_of(RECORD.encode()).hex()
    done = DeskEdits(root).make(Change(path=path, version=version, field=field, value=value), {PATH})
    assert done.problem.startswith(problem)
    assert done.stale == (problem == "The record is gone.")
    assert (root / PATH).read_text() == RECORD


notes = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)


@given(notes)
def test_any_note_is_read_back_or_refused_and_taken_back(
    tmp_path_factory: pytest.TempPathFactory, note: str
) -> None:
    root = tmp_path_factory.mktemp("desk")
    (root / "content/papers").mkdir(parents=True)
    (root / PATH).write_text(RECORD)
    edits = DeskEdits(root)
    done = set_field(edits, root, "note", note)
    if done.edit:
        edits.take_back(done.edit)
    assert (root / PATH).read_text() == RECORD
