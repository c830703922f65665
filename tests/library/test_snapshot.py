"""Snapshot the content of a digest: what is readable, what is wrong and where."""

from pathlib import Path

import pytest

from generator.library.paths import record_paths
from generator.library.snapshot import Snapshot, read_again, read_library
from generator.problem import Problem, Severity
from tests.support.digest import Write

PAPER = """
== content/papers/2025/a.yaml
title: Alpha
author_count: 2
published: 2025-01-02
listed:
- listing: x
  issue: 2025-10-30
  position: 2
themes: [models, data]
pick: true
note: Read it.
== content/papers/2025/b.yaml
title: Beta
organization: Lab
published: 2024-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
"""


def errors(reading: Snapshot) -> list[str]:
    return [shown(problem) for problem in reading.problems if problem.severity is Severity.ERROR]


def shown(problem: Problem) -> str:
    return f"{problem.location}: {problem.message}"


def titles(reading: Snapshot) -> list[str]:
    assert reading.library
    return [card.title for card in reading.library.cards]


def test_papers_stand_in_the_order_of_their_issue(digest: Write) -> None:
    reading = read_library(digest(PAPER))
    assert reading.problems == ()
    assert titles(reading) == ["Beta", "Alpha"]


def test_papers_are_grouped_by_issue_and_by_theme(digest: Write) -> None:
    library = read_library(digest(PAPER)).library
    assert library
    assert [(str(issue.day), [c.slug for c in issue.cards]) for issue in library.issues] == [
        ("2025-10-30", ["b", "a"])
    ]
    assert [(s.theme.slug, [c.slug for c in s.cards]) for s in library.by_theme] == [
        ("data", ["a"]),
        ("models", ["a"]),
        ("unsorted", ["b"]),
    ]


def test_a_paper_listed_twice_belongs_to_its_first_issue_and_is_named_by_the_second(digest: Write) -> None:
    text = """
== content/papers/a.yaml
title: Alpha
author_count: 1
published: 2025-01-01
listed:
- {listing: y, issue: 2025-10-31, position: 1}
- {listing: x, issue: 2025-10-30, position: 7}
"""
    library = read_library(digest(text)).library
    assert library
    assert [(str(i.day), len(i.cards), len(i.again)) for i in library.issues] == [
        ("2025-10-31", 0, 1),
        ("2025-10-30", 1, 0),
    ]
    assert library.cards[0].position == 7


@pytest.mark.parametrize("kept_back", ["hide: true", "draft: true"])
def test_a_hidden_paper_and_a_draft_are_in_no_part_of_the_library(digest: Write, kept_back: str) -> None:
    reading = read_library(digest(f"{PAPER}{kept_back}\n"))
    assert titles(reading) == ["Alpha"]
    assert reading.library
    assert list(reading.library.records) == ["a"]


def test_what_a_record_lacks_is_a_notice(digest: Write) -> None:
    reading = read_library(digest("\n== content/papers/a.yaml\nabstract: Words enough.\n"))
    assert [(p.severity.value, shown(p)) for p in reading.problems] == [
        (
            "notice",
            "content/papers/a.yaml: No listing gives a title; the page has a provisional heading.",
        ),
        ("notice", "content/papers/a.yaml: The paper belongs to no issue."),
    ]
    assert titles(reading) == ["Words enough."]


def test_all_errors_are_found_at_once_each_at_its_place(digest: Write) -> None:
    text = """
== content/papers/a.yaml
title: Alpha
titel: Alpha
pick: yes
== content/papers/B.yaml
title: Beta
== content/papers/c.yaml
title: [unclosed
== content/papers/d.yaml
themes: [data, modles]
== content/papers/x/d.yaml
id: d
"""
    reading = read_library(digest(text))
    assert errors(reading) == [
        (
            "content/papers/B.yaml: The file's name 'B' is not a slug: "
            "lower-case letters, digits and single hyphens."
        ),
        "content/papers/a.yaml:2:1: There is no field 'titel'.",
        "content/papers/a.yaml:3:7: 'yes' is not true or false.",
        "content/papers/c.yaml:1:8: This is not YAML: the `[` is not closed.",
        "content/papers/d.yaml:1:16: There is no theme 'modles'.",
        "content/papers/x/d.yaml: content/papers/d.yaml has the file name 'd' too.",
    ]


CONFLICT = (
    "<<<<<<< HEAD\n- {slug: data, title: Data}\n=======\n- {slug: data, title: Facts}\n>>>>>>> theirs\n"
)


def test_an_unresolved_merge_is_one_error_wherever_it_is(digest: Write) -> None:
    paper = "\n== content/papers/a.yaml\nthemes: [data]\n"
    in_themes = read_library(digest(f"{paper}\n== content/themes.yaml\n{CONFLICT}"))
    assert errors(in_themes) == ["content/themes.yaml:1:1: This is an unresolved merge."]
    texts = {
        "content/themes.yaml": "- {slug: data, title: Data}\n",
        "content/papers/a.yaml": f"title: A\n{CONFLICT}",
        "content/pages/about.md": f"# About\n\n{CONFLICT}",
        "content/issues/2025-10-30.md": f"{CONFLICT}",
        "content/published.jsonl": CONFLICT,
    }
    everywhere = read_library(digest("".join(f"\n== {path}\n{text}" for path, text in texts.items())))
    assert errors(everywhere) == [
        "content/issues/2025-10-30.md:1:1: This is an unresolved merge.",
        "content/pages/about.md:3:1: This is an unresolved merge.",
        "content/papers/a.yaml:2:1: This is an unresolved merge.",
        "content/published.jsonl:1:1: This is an unresolved merge.",
    ]


def test_a_copy_of_a_record_is_one_error(digest: Write) -> None:
    text = "id: a\nformerly: [old]\n"
    paths = ("content/papers/a.yaml", "content/papers/b.yaml", "content/papers/x/a.yaml")
    assert errors(read_library(digest("".join(f"\n== {path}\n{text}" for path in paths)))) == [
        "content/papers/b.yaml: content/papers/a.yaml has the id 'a' too.",
        "content/papers/x/a.yaml: content/papers/a.yaml has the file name 'a' too.",
    ]


def test_a_near_miss_is_named_in_the_hint(digest: Write) -> None:
    reading = read_library(digest("\n== content/papers/a.yaml\nthemes: [modles]\n"))
    assert [p.hint for p in reading.problems if p.severity is Severity.ERROR] == ["Did you mean 'models'?"]


def test_a_former_slug_leads_to_one_paper(digest: Write) -> None:
    text = """
== content/papers/a.yaml
formerly: [old]
== content/papers/b.yaml
formerly: [old, a]
"""
    assert errors(read_library(digest(text))) == [
        "content/papers/b.yaml: The former slug 'a' already leads to content/papers/a.yaml.",
        "content/papers/b.yaml: The former slug 'old' already leads to content/papers/a.yaml.",
    ]


def test_a_page_begins_with_its_title(digest: Write) -> None:
    reading = read_library(
        digest(
            "\n== content/pages/about.md\n# About\n\nWords.\n== content/pages/bad.md\nNo.\n"
            "== content/pages/About Us.md\n# About us\n"
        )
    )
    assert errors(reading) == [
        (
            "content/pages/About Us.md: The file's name 'About Us' is not a slug: "
            "lower-case letters, digits and single hyphens."
        ),
        "content/pages/bad.md:1:1: A page begins with its title.",
    ]
    assert reading.library
    assert [(page.slug, page.title, page.text) for page in reading.library.pages] == [
        ("about", "About", "Words.")
    ]


def test_text_that_is_not_utf8_is_named_with_its_place(digest: Write) -> None:
    root = digest(PAPER)
    (root / "content/papers/2025/a.yaml").write_bytes("title: Ä\nnote: é\n".encode("latin-1"))
    assert errors(read_library(root)) == ["content/papers/2025/a.yaml:1:8: This is not UTF-8 text."]


def test_without_site_yaml_there_is_no_library(digest: Write) -> None:
    root = digest(PAPER)
    (root / "content/site.yaml").unlink()
    reading = read_library(root)
    assert reading.library is None
    assert errors(reading) == ["content/site.yaml: The file cannot be read: No such file or directory."]


def again(root: Path, before: Snapshot) -> Snapshot:
    """Read again whatever may have changed, whether it was there before or is now."""
    paths = {*before.files, *record_paths(root)}
    return read_again(root, before, paths, others=True)


class TestAgain:
    """Snapshot again, with what was read before."""

    def test_a_broken_record_keeps_its_last_good_state(self, digest: Write) -> None:
        root = digest(PAPER)
        first = read_library(root)
        broken = root / "content/papers/2025/a.yaml"
        good = broken.read_bytes()
        broken.write_text("title: [")
        second = again(root, first)
        assert titles(second) == ["Beta", "Alpha"]
        assert len(errors(second)) == 1
        broken.write_bytes(good)
        assert again(root, second) == first

    def test_broken_settings_keep_their_last_good_state(self, digest: Write) -> None:
        root = digest(PAPER)
        first = read_library(root)
        (root / "content/site.yaml").write_text("title: [")
        (root / "content/themes.yaml").write_text("- no")
        second = again(root, first)
        assert second.library == first.library
        assert len(errors(second)) == 2

    def test_reading_again_equals_reading_anew(self, digest: Write) -> None:
        root = digest(PAPER)
        first = read_library(root)
        digest("\n== content/papers/2025/a.yaml\ntitle: Gamma\n== content/papers/c.yaml\ntitle: Delta\n")
        (root / "content/papers/2025/b.yaml").unlink()
        assert again(root, first) == read_library(root)


def test_neither_the_order_of_files_nor_site_files_matter(digest: Write, tmp_path: Path) -> None:
    root = digest(PAPER)
    before = read_library(root).library
    for name in (".a.yaml.swp", ".hidden.yaml", "notes.txt", "a.yaml~"):
        (root / "content/papers/2025" / name).write_text("not a record: [")
    assert read_library(root).library == before


def test_addresses_of_the_sites_own_are_refused(digest: Write) -> None:
    root = digest("\n== content/pages/papers.md\n# Papers\n\nOurs.\n")
    (root / "content/themes.yaml").write_text(
        "- slug: data\n  title: D\n- slug: unsorted\n  title: U\n", "utf-8"
    )
    reading = read_library(root)
    assert errors(reading) == [
        "content/pages/papers.md:1:1: The address /papers/ belongs to pages that every digest has.",
        "content/themes.yaml:3:9: The theme 'unsorted' is reserved for papers without a theme.",
    ]
    assert reading.library
    assert (reading.library.pages, [theme.slug for theme in reading.library.themes]) == ((), ["data"])


def test_of_two_files_that_claim_one_slug_the_first_is_shown(digest: Write) -> None:
    text = """
== content/papers/a/same.yaml
title: First
== content/papers/b/same.yaml
id: other
title: Second
formerly: [old]
"""
    reading = read_library(digest(text))
    assert errors(reading) == [
        "content/papers/b/same.yaml: content/papers/a/same.yaml has the file name 'same' too."
    ]
    assert titles(reading) == ["First"]
    assert reading.library
    assert reading.library.formerly == {}


def test_a_papers_address_is_its_own_before_it_is_anothers_former_one(digest: Write) -> None:
    reading = read_library(digest("\n== content/papers/a.yaml\nformerly: [b]\n== content/papers/b.yaml\n"))
    assert errors(reading) == [
        "content/papers/a.yaml: The former slug 'b' already leads to content/papers/b.yaml.",
        "content/papers/b.yaml: The file is empty.",
    ]
    reading = read_library(digest("\n== content/papers/b.yaml\ntitle: Beta\n"))
    assert reading.library
    assert ({*reading.library.records}, reading.library.formerly) == ({"a", "b"}, {})


class TestAnIssueThatAnEditorGives:
    """`issue:` in a record: for a paper that no listing names."""

    def grouped(self, digest: Write, *records: str) -> list[tuple[str, list[str], list[str]]]:
        """Return the issues of records `a`, `b`, ...: day, papers, papers listed again."""
        text = "".join(
            f"\n== content/papers/{slug}.yaml\n{record}" for slug, record in zip("ab", records, strict=False)
        )
        reading = read_library(digest(text))
        assert errors(reading) == []
        assert "The paper belongs to no issue." not in {problem.message for problem in reading.problems}
        assert reading.library
        return [
            (str(issue.day), [card.slug for card in issue.cards], [card.slug for card in issue.again])
            for issue in reading.library.issues
        ]

    def test_is_that_of_a_paper_no_listing_names(self, digest: Write) -> None:
        assert self.grouped(digest, "issue: 2025-10-31") == [("2025-10-31", ["a"], [])]

    def test_has_its_papers_after_those_with_a_position(self, digest: Write) -> None:
        listed = "listed:\n- {listing: x, issue: 2025-10-31, position: 7}"
        assert self.grouped(digest, "issue: 2025-10-31", listed) == [("2025-10-31", ["b", "a"], [])]

    def test_counts_before_that_of_an_earlier_listing(self, digest: Write) -> None:
        record = "issue: 2025-10-31\nlisted:\n- {listing: x, issue: 2025-10-30, position: 1}"
        assert self.grouped(digest, record) == [("2025-10-31", ["a"], [])]

    def test_is_repeated_by_later_listings(self, digest: Write) -> None:
        record = "issue: 2025-10-31\nlisted:\n- {listing: x, issue: 2025-11-01, position: 1}"
        assert self.grouped(digest, record) == [("2025-11-01", [], ["a"]), ("2025-10-31", ["a"], [])]

    def test_takes_its_position_from_a_listing_of_the_same_day(self, digest: Write) -> None:
        first = "issue: 2025-10-31\nlisted:\n- {listing: x, issue: 2025-10-31, position: 9}"
        second = "listed:\n- {listing: x, issue: 2025-10-31, position: 3}"
        assert self.grouped(digest, first, second) == [("2025-10-31", ["b", "a"], [])]


def test_what_yaml_cuts_from_a_title_is_a_notice_and_the_paper_is_shown(digest: Write) -> None:
    reading = read_library(digest("\n== content/papers/a.yaml\ntitle: Learning C #2\n"))
    assert shown(reading.problems[-1]) == (
        "content/papers/a.yaml:1:19: '#2' is a comment, not part of the text."
    )
    assert (errors(reading), titles(reading)) == ([], ["Learning C"])
