"""What subscribers will see, and what a build must not lose once it was published."""

from pathlib import Path

import pytest

from generator.commands.build import build
from generator.commands.preview import mark_published, preview
from generator.problem import has_error
from generator.publication.news import FeedNews
from generator.website.pages import since
from tests.support.digest import Write
from tests.support.program import Broadsheet

TWO = """
== content/papers/a.yaml
title: Alpha
id: a
author_count: 2
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
themes: [data]
== content/papers/b.yaml
title: Beta
id: b
author_count: 1
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 2}
themes: [data]
"""


@pytest.fixture
def root(digest: Write) -> Path:
    """Return a digest that is marked as published."""
    folder = digest(TWO)
    assert not preview(folder).marked
    mark_published(folder)
    return folder


def edit(root: Path, slug: str, old: str, new: str) -> None:
    path = root / f"content/papers/{slug}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def news(root: Path) -> dict[str, FeedNews]:
    return {found.feed: found for found in preview(root).news}


def identity(name: str) -> str:
    return f"tag:digest.example,2025:{name}"


def test_nothing_is_new_once_it_is_marked(root: Path) -> None:
    assert preview(root).news == ()
    assert preview(root).problems == ()


def test_marking_twice_is_marking_once(root: Path) -> None:
    before = (root / "content/published.jsonl").read_bytes()
    mark_published(root)
    assert (root / "content/published.jsonl").read_bytes() == before


def test_a_mended_typo_is_news_to_nobody(root: Path) -> None:
    edit(root, "a", "Alpha", "Alfa")
    assert news(root) == {}


def test_a_correction_updates_the_entry_in_each_feed_that_has_it(root: Path) -> None:
    edit(root, "a", "id: a", "id: a\nchanges:\n- {date: 2025-11-02, text: The title was wrong.}")
    found = news(root)
    assert found["feeds/papers"] == FeedNews(feed="feeds/papers", updated=(identity("a"),))
    assert found["feeds/corrections"].new == (identity("a/changes/2025-11-02"),)


def test_a_new_paper_is_new_in_the_feeds_it_enters(root: Path, digest: Write) -> None:
    digest("\n== content/papers/c.yaml\ntitle: New\nlisted: [{listing: y, issue: 2025-10-31, position: 1}]\n")
    assert news(root)["feeds/papers"].new == (identity("c"),)
    assert "feeds/themes/data/papers" not in news(root)


def test_a_pick_that_is_taken_back_and_given_again_resurfaces(root: Path) -> None:
    for slug in ("a", "b"):
        edit(root, slug, f"id: {slug}", f"id: {slug}\npick: true")
    mark_published(root)
    edit(root, "a", "pick: true", "pick: false")
    assert "feeds/picks" not in news(root)
    mark_published(root)
    edit(root, "a", "pick: false", "pick: true")
    assert news(root)["feeds/picks"].resurfaced == (identity("a"),)


class TestLoss:
    """What was published stays, or the build stops."""

    def test_of_a_paper_stops_the_build_and_names_what_would_vanish(self, root: Path, tmp_path: Path) -> None:
        build(root, tmp_path / "site")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, tmp_path / "site")
        messages = [problem.message for problem in report.problems]
        assert "The published address papers/a/ would vanish." in messages
        assert f"The published entry {identity('a')} of feeds/papers would vanish." in messages
        assert (tmp_path / "site/papers/a/index.html").is_file()
        assert news(root)["feeds/papers"].vanished == (identity("a"),)

    def test_is_none_where_a_renamed_paper_names_its_former_slug(self, root: Path, tmp_path: Path) -> None:
        (root / "content/papers/a.yaml").rename(root / "content/papers/alpha.yaml")
        assert has_error(build(root, tmp_path / "site").problems)
        edit(root, "alpha", "id: a", "id: a\nformerly: [a]")
        assert not has_error(build(root, tmp_path / "site").problems)
        assert news(root) == {}

    def test_is_none_of_a_page_that_goes_by_design(
        self, root: Path, digest: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(since, "LOOKS", 1)
        digest(
            "\n== content/papers/c.yaml\ntitle: New\nlisted: [{listing: y, issue: 2025-10-31, position: 1}]\n"
        )
        out = tmp_path / "site"
        assert not has_error(build(root, out).problems)
        assert [path.name for path in (out / "since").iterdir() if path.is_dir()] == ["2025-10-31"]
        marked = (root / "content/published.jsonl").read_text()
        assert '"since/"' in marked
        assert "since/2025" not in marked

    def test_keeps_the_site_from_being_marked(self, root: Path) -> None:
        before = (root / "content/published.jsonl").read_bytes()
        (root / "content/papers/a.yaml").unlink()
        assert has_error(mark_published(root).problems)
        assert (root / "content/published.jsonl").read_bytes() == before

    def test_is_let_go_by_removing_its_rows(self, root: Path, tmp_path: Path) -> None:
        (root / "content/papers/a.yaml").unlink()
        lost = {problem.location.line for problem in preview(root).problems}
        path = root / "content/published.jsonl"
        rows = path.read_text().splitlines(keepends=True)
        path.write_text("".join(row for number, row in enumerate(rows, 1) if number not in lost))
        assert not has_error(build(root, tmp_path / "site").problems)

    def test_of_the_record_itself_is_told_with_its_line(self, root: Path, tmp_path: Path) -> None:
        path = root / "content/published.jsonl"
        path.write_text(path.read_text() + '{"url": 3}\n')
        [problem] = build(root, tmp_path / "site").problems
        assert str(problem.location).startswith("content/published.jsonl:")


def test_the_command_says_feed_by_feed_what_comes_and_ends_with_1_on_a_loss(
    root: Path, broadsheet: Broadsheet
) -> None:
    assert broadsheet("preview", "--root", root).stdout == "Subscribers will see nothing new.\n"
    edit(root, "a", "id: a", "id: a\npick: true")
    done = broadsheet("preview", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "feeds/picks                             1 new\n" in done.stdout
    (root / "content/papers/a.yaml").unlink()
    assert broadsheet("preview", "--root", root).returncode == 1
    assert broadsheet("mark-published", "--root", root).returncode == 1
