"""Check: what it says beside what reading the content says."""

from pathlib import Path

import pytest

from generator.commands.build import build
from generator.commands.check import check
from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.problem import Problem, Severity
from tests.support.builds import THREE
from tests.support.digest import Write
from tests.support.program import Broadsheet


def told(root: Path) -> dict[str, str]:
    """Return message and hint of all that check finds, by place."""
    return {str(problem.location): f"{problem.message} {problem.hint}" for problem in check(root).problems}


def test_each_formula_that_pages_show_as_tex_is_named(digest: Write) -> None:
    root = digest(r"""
== content/papers/damaged.yaml
title: "Of $x^2$ and $\\foo{y}$"
abstract: "First.\n\nSecond: $\\bar{x}$ and $\\baz_1$."
comment: "With \\(\\zed_2\\)."
venue: "Acta $a^b^c$"
note: "Better than $\\qux$."
== content/papers/hidden.yaml
title: "Of $\\foo{z}$"
hide: true
""")
    found = [problem for problem in check(root).problems if "TeX" in problem.message]
    assert [(str(problem.location), problem.message) for problem in found] == [
        ("content/papers/damaged.yaml", r"This formula is shown as TeX: \baz_1"),
        ("content/papers/damaged.yaml", r"This formula is shown as TeX: \foo{y}"),
        ("content/papers/damaged.yaml", r"This formula is shown as TeX: \zed_2"),
        ("content/papers/damaged.yaml", "This formula is shown as TeX: a^b^c"),
        ("content/papers/damaged.yaml", r"This formula of the note is shown as TeX: \qux"),
    ]


def test_after_a_build_it_says_what_it_says_without_one_and_renders_only_what_changed(
    digest: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = digest(THREE)
    rendered: list[str] = []
    render = Renderer.render

    def recorded(self: Renderer, page: Page) -> bytes | Problem:
        rendered.append(page.path)
        return render(self, page)

    monkeypatch.setattr(Renderer, "render", recorded)
    before = check(root).problems
    assert {"index.html", "papers/a/index.html", "issues/2025-10-30/mail/index.html"} <= {*rendered}
    assert [path for path in rendered if path.endswith((".png", ".bib", ".json"))] == []
    build(root, root / "site")
    rendered.clear()
    assert (check(root).problems, rendered) == (before, [])
    path = root / "content/papers/a.yaml"
    path.write_text(f"{path.read_text()}note: Read it.\n")
    assert check(root).problems == before
    assert "papers/a/index.html" in rendered
    assert "papers/b/index.html" not in rendered
    (root / "templates").mkdir()
    (root / "templates/picks.html").write_text("{{ view.nonsense }}")
    assert [str(problem.location).split(":")[0] for problem in check(root).problems] == [
        "templates/picks.html"
    ]


def test_words_that_typing_broke_are_told(digest: Write) -> None:
    root = digest("""
== content/papers/broken.yaml
title: "Fair com parisons"
== content/papers/whole.yaml
title: "Comparisons"
== content/papers/whole-too.yaml
title: "Other comparisons"
""")
    [found] = [problem for problem in check(root).problems if "broken" in problem.message]
    assert (str(found.location), found.message) == (
        "content/papers/broken.yaml",
        'This looks broken: "com parisons".',
    )


PAPER = "issue: 2025-10-30\nauthor_count: 2\npublished: 2025-10-01\n"


def test_a_build_refuses_what_check_calls_an_error_and_nothing_else(digest: Write, tmp_path: Path) -> None:
    root = digest(f"""
== content/papers/a.yaml
title: A
{PAPER}
== content/pages/about.md
# About
== content/published.jsonl
{{"url":"papers/a/"}}
{{"url":"papers/gone/"}}
== templates/base.html
{{{{ view.nonsense }}}}
""")
    found = [problem for problem in check(root).problems if problem.severity is Severity.ERROR]
    assert [str(problem.location) for problem in found] == [
        "content/published.jsonl",
        "templates/base.html:1",
    ]
    assert list(build(root, tmp_path / "site").problems) == found[:1]  # it stops before it renders
    (root / "content/published.jsonl").unlink()
    assert list(build(root, tmp_path / "site").problems) == found[1:]


def test_a_file_that_nothing_reads_is_named(digest: Write) -> None:
    names = (
        "papers/a.yml",
        "papers/notes.txt",
        "papers/b.yaml/c.yaml",
        "pages/about.markdown",
        "theme.yaml",
        "papers/d.yaml.txt",
    )
    files = "".join(f"\n== content/{name}\ntitle: A\n{PAPER}" for name in names)
    root = digest(
        files + "\n== templates/front-page.html\nHello\n== content/issues/old/2025-10-30.md\nHello\n"
    )
    for name in ("template", "templates/picks.html", "texts"):
        (root / name).mkdir()
    assert [str(one.location) for one in check(root).problems].count("content/papers/b.yaml") == 1
    assert told(root) == {
        "content/papers/a.yml": "This is not read: the name of a record ends in .yaml. Rename it to a.yaml.",
        "content/papers/notes.txt": (
            "This is not read: the name of a record ends in .yaml. Move it out of this folder, or remove it."
        ),
        "content/papers/b.yaml": "This is a folder, not a file. Rename it.",
        "content/papers/d.yaml.txt": (
            "This is not read: the name of a record ends in .yaml. Rename it to d.yaml."
        ),
        "template": "Nothing reads this folder. Did you mean templates?",
        "templates/picks.html": "This is a folder with the name of a template. Rename the folder.",
        "content/pages/about.markdown": (
            "Nothing reads this: only files such as about.md are read in this folder. Rename it to about.md."
        ),
        "content/issues/old": (
            "Nothing reads this: only files such as 2025-10-30.md are read in this folder. "
            "Move it out of this folder, or remove it."
        ),
        "content/theme.yaml": "Nothing reads this. Did you mean content/themes.yaml?",
        "templates/front-page.html": "No page uses this template. Did you mean front.html?",
    }


def test_a_block_that_no_page_shows_and_an_empty_template_are_named(digest: Write) -> None:
    root = digest("""
== templates/issue.html
{% extends "shipped/issue.html" %}
{% block main %}{% block ours %}{% endblock %}{% endblock %}
{% block hed %}{% endblock %}
""")
    (root / "templates/paper.html").touch()
    assert told(root) == {
        "templates/issue.html:3": (
            "shipped/issue.html has no block 'hed', so no page shows this. Did you mean 'head'?"
        ),
        "templates/paper.html": (
            "The file is empty. Remove it, and pages use the shipped template of this name, if there is one."
        ),
    }


def test_of_many_links_in_a_line_that_lead_nowhere_each_has_its_place_and_all_share_its_text(
    digest: Write,
) -> None:
    line = "".join(f"[a](b{n}.md) " for n in range(10, 40))
    root = digest(f"== content/pages/about.md\n# About\n\n{line}")
    places = [found.location for found in check(root).problems if "nowhere" in found.message]
    assert [place.column for place in places] == [*range(5, 5 + 30 * 12, 12)]
    assert {place.text for place in places} == {line}
    assert len({id(place.text) for place in places}) == 1  # else they take memory by the square


def test_each_way_to_write_a_link_or_image_has_its_place(digest: Write) -> None:
    root = digest(r"""
== content/pages/about.md
# About

[longer](/q/zz) and [it](/q) and ![seen](qqq.png).
<https://digest.example/base/x/> ![a net](<a net.png>) and [so][1] and ![](rrr.png)

[1]: /zzz/

[otherwise](</x\_y>)
== content/papers/hidden.yaml
title: Hidden
hide: true
issue: 2025-10-30
note: See [it](/papers/gone/).
""")
    path, nowhere = "content/pages/about.md", "This leads nowhere on the site:"
    link = "A link that begins with / leads from the site's root."
    image = "Put the file into content/images/, and lead there with /images/."
    words = "This image says nothing in words: rrr.png Say what it shows, for readers who do not see it:"
    assert told(root) == {
        f"{path}:3:10": f"{nowhere} /q/zz {link}",
        f"{path}:3:26": f"{nowhere} /q {link}",
        f"{path}:3:42": f"{nowhere} qqq.png {image}",
        f"{path}:4:2": f"{nowhere} https://digest.example/base/x/ {link}",
        f"{path}:4:44": f"{nowhere} a net.png {image}",
        f"{path}:4:72": f"{words} ![a chart of ...](rrr.png)",
        f"{path}:4:76": f"{nowhere} rrr.png {image}",
        f"{path}:6:6": f"{nowhere} /zzz/ {link}",
        path: f"{nowhere} /x_y {link}",
    }


def test_links_that_lead_nowhere_are_named_with_what_was_likely_meant(digest: Write) -> None:
    root = digest(f"""
== content/papers/a.yaml
title: A
{PAPER}
note: >-
  See [B](/papers/b/), [it](../b/#results), [outside](https://x.example/y), [mail](mailto:a@x.example)
  and [the list](/themes/dat/).
== content/papers/b.yaml
title: B
{PAPER}
== content/pages/about.md
# About

[A](../papers/a/) and ![a chart](/image/chart.png) and [ours](https://digest.example/base/papers/c/).
![a net](<a net für dich.png>)
== content/issues/2025-10-30.md
Read [this](/papers/gone/).
""")
    (root / "content/images").mkdir()
    for name in ("chart.png", "a net für dich.png"):
        (root / "content/images" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    nowhere = "This leads nowhere on the site:"
    found = told(root)
    [spaced] = [found.pop(place) for place in list(found) if place.startswith("content/pages/about.md:4")]
    assert spaced == f"{nowhere} a net für dich.png Did you mean /images/a net für dich.png?"
    assert [f"{place} {' '.join(text.split()[:7])}" for place, text in found.items()] == [
        f"content/issues/2025-10-30.md:1:13 {nowhere} /papers/gone/",
        f"content/pages/about.md:3:34 {nowhere} /image/chart.png",
        f"content/pages/about.md:3:63 {nowhere} https://digest.example/base/papers/c/",
        f"content/papers/a.yaml:8:18 {nowhere} /themes/dat/",
    ]
    assert found["content/pages/about.md:3:34"].endswith("Did you mean /images/chart.png?")
    assert found["content/papers/a.yaml:8:18"].endswith("Did you mean /themes/data/?")
    (root / "content/papers/b.yaml").write_text("titel: B")  # what has an error is not gone
    assert {place for place in told(root) if ":" in place} >= {*found, "content/papers/b.yaml:1:1"}
    assert len(check(root).problems) == len(found) + 2
    (root / "content/site.yaml").write_text("titel: Digest")
    report = check(root)
    assert (report.papers, report.images, report.image_bytes) == (1, 0, 0)


def test_a_fact_that_no_listing_of_a_kind_states_is_no_notice(digest: Write) -> None:
    """Of the daily listing two papers in three have authors, of the other listing two in four."""
    counts = "author_count: 1"
    rows = {"a": counts, "b": counts, "c": "", "d": counts, "e": counts, "f": "", "g": ""}
    text = "".join(
        f"\n== content/papers/{name}.yaml\ntitle: {name}\n{fact}\npublished: 2025-10-01\nlisted:\n"
        f"- {{listing: {'daily' if name in 'abc' else 'dump'}, issue: 2025-10-30}}\n"
        for name, fact in rows.items()
    )
    assert told(digest(text)) == {
        "content/papers/c.yaml": "The paper names no author. Add `authors:` or `organization:` if you like."
    }


def test_a_day_after_the_newest_issue_and_a_language_without_a_frame_are_named(digest: Write) -> None:
    late, same = (PAPER.replace("2025-10-01", day) for day in ("2052-10-01", "2025-10-30"))
    root = digest(f"\n== content/papers/a.yaml\ntitle: A\n{late}\n== content/papers/b.yaml\ntitle: B\n{same}")
    site = root / "content/site.yaml"
    site.write_text(site.read_text() + "language: de\n")
    assert told(root) == {
        "content/papers/a.yaml": (
            "`published:` is 2052-10-01, after the newest issue, that of 2025-10-30. "
            "Correct the day if it is mistyped."
        ),
        "content/site.yaml:5:11": (
            "The site's own words are English, and `language:` says de. "
            "Translate them in templates of your own (`broadsheet templates`), or write `language: en`."
        ),
    }
    (root / "templates").mkdir()
    (root / "templates/base.html").write_text('{% extends "shipped/base.html" %}')
    assert list(told(root)) == ["content/papers/a.yaml"]


def test_drafts_are_counted_by_themselves(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest(f"""
== content/papers/a.yaml
title: A
{PAPER}
== content/papers/b.yaml
title: B
draft: true
themes: [no-such-theme]
== content/papers/c.yaml
title: C
draft: true
""")
    done = broadsheet("check", "--root", root)
    assert done.stdout.endswith(" 1 paper, 1 unsorted, 0 picked, 2 drafts.\n")
