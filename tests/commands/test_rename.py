"""Rename: the old name leads to the new one, and everything else in the files stays."""

from pathlib import Path

from generator.commands.build import build
from generator.commands.preview import mark_published, preview
from generator.commands.rename import RenameReport, rename
from tests.support.digest import Write
from tests.support.rows import content

FILES = """
== content/themes.yaml
# Ours.
- slug: data
  title: Data  # all of it
- slug: models
  title: Models
== content/papers/2025/a.yaml
# Read twice.
title: Alpha
issue: 2025-10-30
themes: [data, models]  # both
== content/papers/data.yaml
title: On data
issue: 2025-10-30
themes:
- models
"""


def told(done: RenameReport) -> list[str]:
    return [f"{problem.message} {problem.hint}" for problem in done.problems]


def test_a_renamed_record_keeps_its_identity_and_its_old_address(digest: Write, tmp_path: Path) -> None:
    root = digest(FILES)
    mark_published(root)
    assert rename(root, "a", "alpha").moved == (
        "content/papers/2025/a.yaml",
        "content/papers/2025/alpha.yaml",
    )
    assert (root / "content/papers/2025/alpha.yaml").read_text() == (
        "# Read twice.\ntitle: Alpha\nid: a\nissue: 2025-10-30\nthemes: [data, models]  # both\n"
        "formerly:\n- a\n"
    )
    assert preview(root).problems == ()
    assert not any(news.new or news.vanished for news in preview(root).news)
    build(root, tmp_path / "site")
    assert "../papers/alpha/" in (tmp_path / "site/papers/a/index.html").read_text()
    rename(root, "alpha", "a")
    assert "formerly:\n- alpha\n" in (root / "content/papers/2025/a.yaml").read_text()


def test_a_renamed_theme_is_renamed_in_every_record(digest: Write) -> None:
    root = digest(FILES)
    mark_published(root)
    done = rename(root, "themes/data", "corpora")
    assert done.edited == ("content/themes.yaml", "content/papers/2025/a.yaml")
    assert (root / "content/themes.yaml").read_text() == (
        "# Ours.\n- slug: corpora\n  title: Data  # all of it\n  formerly:\n  - data\n"
        "- slug: models\n  title: Models\n"
    )
    assert "themes: [corpora, models]  # both\n" in (root / "content/papers/2025/a.yaml").read_text()
    assert preview(root).problems == ()


def test_a_rename_that_was_interrupted_is_ended_by_the_next(digest: Write) -> None:
    root = digest(FILES)
    before = (root / "content/papers/2025/a.yaml").read_text()
    rename(root, "themes/data", "corpora")
    (root / "content/papers/2025/a.yaml").write_text(before)
    assert rename(root, "themes/data", "corpora").edited == ("content/papers/2025/a.yaml",)


def test_the_name_of_both_a_record_and_a_theme_is_renamed_where_it_is_said_which(digest: Write) -> None:
    root = digest(FILES)
    record = root / "content/papers/data.yaml"
    record.write_text(record.read_text() + "formerly: [first, second]\n")
    assert rename(root, "/papers/data/", "on-data").moved == (
        "content/papers/data.yaml",
        "content/papers/on-data.yaml",
    )
    text = (root / "content/papers/on-data.yaml").read_text()
    assert "id: first\n" in text
    assert "formerly: [first, second, data]\n" in text
    assert rename(root, "data", "corpora").edited == ("content/themes.yaml", "content/papers/2025/a.yaml")


def test_a_name_is_taken_that_any_other_has_or_had(digest: Write) -> None:
    root = digest(FILES)
    record, themes = root / "content/papers/data.yaml", root / "content/themes.yaml"
    record.write_text(record.read_text() + "id: first\nformerly: [second]\n")
    themes.write_text(themes.read_text() + "  formerly: [nets]\n")
    for old, new in (("a", "data"), ("a", "first"), ("a", "second"), ("themes/data", "unsorted")):
        assert told(rename(root, old, new)) == [f"The name '{new}' is taken. Choose another name."]
    for new in ("models", "nets"):
        assert told(rename(root, "themes/data", new)) == [f"The name '{new}' is taken. Choose another name."]
    assert rename(root, "a", "models").problems == ()  # which only a theme has


def test_what_cannot_be_edited_stays_and_is_named(digest: Write) -> None:
    odd = "- ? slug\n  : data\n  ? title\n  : Data\n"
    root = digest(f"== content/themes.yaml\n{odd}== content/papers/odd.yaml\n? title\n: Odd\n")
    before = content(root)
    for old, path in (("odd", "content/papers/odd.yaml"), ("data", "content/themes.yaml")):
        [problem] = rename(root, old, "x").problems
        assert problem.message == "This file, or a record that names the theme, cannot be edited safely."
        assert problem.location.path == path
    assert content(root) == before


def test_what_cannot_be_renamed_is_said(digest: Write) -> None:
    root = digest(FILES)
    assert [found.location.path for found in rename(root, "data", "x").problems] == [
        "content/papers/data.yaml"
    ]
    assert told(rename(root, "papers/models", "x"))[0].startswith("No record or theme is called 'models'.")
    assert told(rename(root, "zzzz", "x")) == [
        "No record or theme is called 'zzzz'. Name its slug, as in its address."
    ]
    assert told(rename(root, "data", "x")) == [
        "A record and a theme are called 'data'. Name papers/data or themes/data."
    ]
    assert told(rename(root, "modles", "x")) == [
        "No record or theme is called 'modles'. Did you mean models?"
    ]
    assert told(rename(root, "models", "data")) == ["The name 'data' is taken. Choose another name."]
    assert told(rename(root, "a", "A paper"))[0].startswith("'A paper' is not a slug")
