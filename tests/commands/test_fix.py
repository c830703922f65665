"""`check --fix`: what cannot be meant otherwise is mended, and every other byte stays."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.program import main
from generator.commands.fix import fix
from tests.support.digest import Write

PATH = "content/papers/a.yaml"
THEMES = (
    "\n== content/themes.yaml\n- {slug: data, title: Data}\n- {slug: llms, title: LLMs, formerly: [models]}\n"
)


def mended(root: Path, data: bytes) -> bytes:
    (root / PATH).parent.mkdir(exist_ok=True)
    (root / PATH).write_bytes(data)
    fix(root, lambda _: True)
    return (root / PATH).read_bytes()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("themes: data  # the first", "themes: [data]  # the first"),
        ("tags: [a]\npick: Yes", "tags: [a]\npick: true"),
        ("pick: 'off' # no", "pick: false # no"),
        ("published: 2025/1/2", "published: 2025-01-02"),
        ("arxiv: https://arxiv.org/abs/2410.12265", 'arxiv: "2410.12265"'),
        ("doi: doi:10.1145/3292500", 'doi: "10.1145/3292500"'),
        ("venue: ACL: Findings", "venue: 'ACL: Findings'"),
        ("venue: *Starred*\r", "venue: '*Starred*'\r"),
        ("venue: !Kung", "venue: '!Kung'"),
        ("venue:ACL\r", "venue: ACL\r"),
        ("tags:\n\t- a\n\t- b", "tags:\n  - a\n  - b"),
        ("themes: [data, models]", "themes: [data, llms]"),
        (
            "venue:ACL: B\npick: on\npublished: 2025.10.3",
            "venue: 'ACL: B'\npick: true\npublished: 2025-10-03",
        ),
    ],
)
def test_what_is_certain_is_mended_in_its_place(digest: Write, old: str, new: str) -> None:
    text = "\ufeff# Mine.\r\ntitle:  Alpha\n{}\n\n\nnote:   'Read  it.'  # so\n\n"
    assert mended(digest(THEMES), text.format(old).encode()) == text.format(new).encode()


def test_the_last_line_may_have_no_end_and_another_file_than_a_record_is_mended_too(digest: Write) -> None:
    root = digest(THEMES)
    site = root / "content/site.yaml"
    before = site.read_text()
    site.write_text(f"{before}language:de\n")
    assert mended(root, b"title: Alpha\npick: yes") == b"title: Alpha\npick: true"
    assert site.read_text() == f"{before}language: de\n"


@pytest.mark.parametrize(
    "text",
    [
        "tags: a, b",
        "authors: Ann and Bob",
        "themes: [modles]",
        "pick: perhaps",
        "published: 01/02/2025",
        "published: 2025-13-45",
        "arxiv: 2410.12265v2",
        "titel: Alpha",
        "venue: [ACL",
        "venue: 'ACL",
        "venue: It's\n  new: one",
        " \tvenue: ACL",
        "<<<<<<< ours\nvenue: A\n=======\nvenue: B\n>>>>>>> theirs",
    ],
)
def test_what_may_be_meant_otherwise_stays(digest: Write, text: str) -> None:
    data = f"title: Alpha\n{text}\n".encode()
    assert mended(digest(THEMES), data) == data


def test_each_change_is_told_with_its_place_and_what_is_left_is_listed(
    digest: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = digest(f"{THEMES}\n== {PATH}\ntitle: A\npick: yes\nthemes:\n\t- models\nissue: 1\n")
    (root / "content/papers/b.yaml").write_text("title: B\npick: yes\nissue: 2025-10-30\n")
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, ["check", "--fix", PATH], catch_exceptions=False)
    assert done.stdout.splitlines() == [
        f"fixed  {PATH}:2:7  `yes` -> `true`",
        rf"fixed  {PATH}:4:1  `\t` -> `  `",
        "1 error, 0 notices.",
    ]
    assert "'1' is not a day" in done.stderr
    assert "pick: yes" in (root / "content/papers/b.yaml").read_text()
    again = CliRunner().invoke(main, ["check", "--fix", PATH], catch_exceptions=False)
    assert again.stdout.splitlines()[0] == "Nothing to fix that is certain."
