"""Check: what it says beside what reading the content says."""

import pytest

from generator.commands.build import build
from generator.commands.check import check
from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.problem import Problem
from tests.support.builds import THREE
from tests.support.digest import Write


def test_each_formula_that_pages_show_as_tex_is_named(digest: Write) -> None:
    root = digest(r"""
== content/papers/damaged.yaml
title: "Of $x^2$ and $\\foo{y}$"
abstract: "First.\n\nSecond: $\\bar{x}$ and $\\baz_1$."
note: "Better than $\\qux$."
== content/papers/hidden.yaml
title: "Of $\\foo{z}$"
hide: true
""")
    found = [problem for problem in check(root) if "TeX" in problem.message]
    assert [(str(problem.location), problem.message) for problem in found] == [
        ("content/papers/damaged.yaml", r"This formula is shown as TeX: \baz_1"),
        ("content/papers/damaged.yaml", r"This formula is shown as TeX: \foo{y}"),
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
    before = check(root)
    assert {"index.html", "papers/a/index.html", "issues/2025-10-30/mail/index.html"} <= {*rendered}
    assert [path for path in rendered if path.endswith((".png", ".bib", ".json"))] == []
    build(root, root / "site")
    rendered.clear()
    assert (check(root), rendered) == (before, [])
    path = root / "content/papers/a.yaml"
    path.write_text(f"{path.read_text()}note: Read it.\n")
    assert check(root) == before
    assert "papers/a/index.html" in rendered
    assert "papers/b/index.html" not in rendered
    (root / "templates").mkdir()
    (root / "templates/picks.html").write_text("{{ view.nonsense }}")
    assert [str(problem.location).split(":")[0] for problem in check(root)] == ["templates/picks.html"]


def test_words_that_typing_broke_are_told(digest: Write) -> None:
    root = digest("""
== content/papers/broken.yaml
title: "Fair com parisons"
== content/papers/whole.yaml
title: "Comparisons"
== content/papers/whole-too.yaml
title: "Other comparisons"
""")
    [found] = [problem for problem in check(root) if "broken" in problem.message]
    assert (str(found.location), found.message) == (
        "content/papers/broken.yaml",
        'This looks broken: "com parisons".',
    )
