"""Check: what it says beside what reading the content says."""

from generator.commands.check import check
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
