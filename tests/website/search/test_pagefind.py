"""What is made of Pagefind's answers, which a script gives in its place."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from generator.website.search import pagefind
from generator.website.search.pagefind import PagefindError, index_files


def answer(number: int = 0, **payload: object) -> str:
    return b64encode(json.dumps({"message_id": number, "payload": payload}).encode()).decode() + ","


DONE = answer(0, type="IndexedFile")
FIRST, SECOND = (answer(0, type="Error", message=text) for text in ("The first", "The second"))
FILES = answer(1, type="Files", files=[{"path": "a.js", "content": b64encode(b"A").decode()}])


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = tmp_path / "pagefind"
    monkeypatch.setattr(pagefind, "get_executable", lambda: str(script))
    return script


def answers(script: Path, *texts: str) -> None:
    """Have the script give answers, each text by itself, and end."""
    given = "\nsleep 0.02\n".join(f"printf %s '{text}'" for text in texts)
    script.write_text(f"#!/bin/sh\n{given}\n")
    script.chmod(0o700)


def test_files_are_those_of_the_last_answer(service: Path) -> None:
    answers(service, DONE + DONE, DONE + FILES)
    assert index_files([], "en") == {"a.js": b"A"}


def test_an_answer_may_come_in_pieces(service: Path) -> None:
    answers(service, DONE + DONE[:5], DONE[5:] + FILES[:9], FILES[9:20], FILES[20:])
    assert index_files([], "en") == {"a.js": b"A"}


@pytest.mark.parametrize(
    ("texts", "flaw"),
    [
        ([FIRST, SECOND, FILES], "The first"),
        ([DONE, FIRST], "The first"),
        ([DONE], "Pagefind ended before its work was done."),
    ],
)
def test_the_first_error_is_told_else_that_it_ended_early(service: Path, texts: list[str], flaw: str) -> None:
    answers(service, *texts)
    with pytest.raises(PagefindError) as raised:
        index_files([], "en")
    assert str(raised.value) == flaw
