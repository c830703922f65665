"""The editors' Markdown: CommonMark, nothing that runs, nothing that others serve."""

import pytest
from markupsafe import Markup

from generator.text import inline, plain
from generator.website.pages.mail_notes import note_paragraphs
from generator.website.parts.markdown import note_html, page_html, unread_images
from tests.support.counted import calls


def test_emphasis_links_and_lists_are_what_they_are_in_commonmark() -> None:
    assert note_html("*a* **b** [c](https://a.example)\n\n- d", "./") == (
        '<p><em>a</em> <strong>b</strong> <a href="https://a.example">c</a></p>\n<ul>\n<li>d</li>\n</ul>\n'
    )


def test_quotes_and_dashes_are_set_as_in_abstracts_and_nothing_else_is_replaced() -> None:
    written = '"It\'s" *"so"* (c) ... words--both, 2--3, `"a"--b`, <https://a.example/"c>, \\"d\\"'
    assert Markup(note_html(written, "./")).striptags() == (
        "“It\N{RIGHT SINGLE QUOTATION MARK}s” “so” (c) ... words—both, 2\N{EN DASH}3, "
        '"a"--b, https://a.example/"c, "d"'
    )


def test_formulas_are_set_as_in_abstracts() -> None:
    note = r"It costs $5 or \$6, \(a\) and $\alpha_1$, *not $x_1*y_1$*, `$n$`, $\foo$."
    a, alpha, product, foo = (inline(tex).html for tex in (r"\(a\)", r"$\alpha_1$", "$x_1*y_1$", r"$\foo$"))
    assert note_html(note, "./") == (
        f"<p>It costs $5 or $6, {a} and {alpha}, <em>not {product}</em>, <code>$n$</code>, {foo}.</p>\n"
    )
    assert "<em>not <em>x</em><sub>1</sub>" in note_html(note, "./", mathml=False)
    assert note_paragraphs(note, "./", "./") == (
        rf"It costs $5 or $6, a and α₁, not {plain('$x_1*y_1$')}, $n$, \foo.",
    )


@pytest.mark.parametrize(
    "unit", ['"', "'", '"a" ', "--a", "$", "$x_1$ ", r"\(x\) ", "[", "[a", "[a](", "[a][", "![", "*a ", "> "]
)
def test_twice_the_note_takes_twice_the_work(unit: str) -> None:
    assert (
        calls(lambda: note_html(unit * (3_000 // len(unit)), "a"))
        <= 2.5 * calls(lambda: note_html(unit * (1_500 // len(unit)), "b")) + 500
    )


@pytest.mark.parametrize("html", ["<b>x</b>", "<script>x</script>", "<!-- x -->", "<a href=x>"])
def test_html_is_shown_as_text(html: str) -> None:
    shown = html.replace("<", "&lt;").replace(">", "&gt;")
    assert page_html(html, "./") == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "JaVaScRiPt:x", "vbscript:x", "data:text/html,x", "file:///x"]
)
def test_a_link_that_runs_or_reads_something_stays_text(scheme: str) -> None:
    assert "<a" not in note_html(f"[x]({scheme})", "./")
    assert "<a" not in page_html(f"[x]({scheme})", "./")


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("/papers/a/", "../../papers/a/"),
        ("/", "../../"),
        ("../b/", "../b/"),
        ("#part", "#part"),
        ("//a.example/", "//a.example/"),
        ("https://a.example/", "https://a.example/"),
    ],
)
def test_one_leading_slash_means_the_root_of_the_site(written: str, leads: str) -> None:
    assert f'href="{leads}"' in note_html(f"[x]({written})", "../../")
    assert f'href="{leads}"' in page_html(f"[x]({written})", "../../")


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("../b/", "../../papers/a/../b/"),
        ("#part", "../../papers/a/#part"),
        ("/papers/a/", "../../papers/a/"),
        ("//a.example/", "//a.example/"),
        ("https://[a", "https://%5Ba"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_a_relative_link_of_a_note_counts_from_the_page_of_its_paper(written: str, leads: str) -> None:
    assert f'href="{leads}"' in note_html(f"[x]({written})", "../../", "../../papers/a/")


def test_a_note_has_neither_headings_nor_images() -> None:
    html = note_html("# A\n\nB\n===\n\n![c](https://a.example/c.png)", "./")
    assert "<h" not in html
    assert "<img" not in html


def test_a_page_has_headings_below_its_title() -> None:
    assert page_html("# A\n\n## B\n\n### C", "./") == "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n"


def test_a_table_aligns_its_cells_without_a_style() -> None:
    html = page_html("|a|b|c|\n|--:|:-:|---|\n|1|2|3|", "./")
    assert "style=" not in html
    assert '<td class="to-the-right">1</td>\n<td class="to-the-center">2</td>\n<td>3</td>' in html


@pytest.mark.slow
@pytest.mark.parametrize("text", ["![[", "![](", "![a](b "])
def test_what_looks_like_images_is_found_in_linear_time(text: str) -> None:
    assert unread_images(text * 20_000) == []  # in quadratic time, it would take many seconds
