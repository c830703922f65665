"""Hostile text: nothing raises, executes or hangs, and every output is well-formed."""

import re
import unicodedata
from collections.abc import Callable

import lxml.etree
import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text import bare_math, feed_inline, inline, paragraphs, plain, repairs
from generator.text.math.from_tex import ELEMENTS, mathml_tree
from generator.text.segments import Formula
from tests.support.counted import calls, grows_linearly

PHRASING = {"p", "a", "em", "strong", "code", "sup", "sub"}
MATHML = "{http://www.w3.org/1998/Math/MathML}"
PIECES = re.findall(
    r"\S+",
    r"""
    \emph{ \textbf{ {\em { } \{ \} \\ \ \url{ \href{ https://a.b/c_(d) http:// javascript: \footnote{ \"o
    \c{c} {\"u} \ss \eg \unknown \( \) \[ \] $ $$ \$ ^ _ \frac \text{ \href{javascript:x} \left( \right)
    \begin{matrix} \def\x{ \unicode{ & < > " ' `` '' ` ** * -- --- ~ rightarrow {varphi} scriptsizeA <script>
    &lt; onload=alert(1) x 5 %
    """,
)
TEX = re.findall(
    r"\S+",
    r"""
    x 12 K {a} {a+b} {\sim} {} ^ _ ' , + - = < / ( ) \{ \} \left( \right) \frac{a}{b} \sqrt{x} \sqrt[3]{x+1}
    \hat \vec{x} \bar{ab} \overset{d}{=} \underbrace{x} \sum \max \log \operatorname{f} \mathbf{ab} \mathrm{K}
    \text{a} \begin{matrix}a&b\\c\end{matrix} \binom{n}{k} \to \, \quad \phantom{x} \color{red} \not \limits
    \mathop{x} ~ %
    """,
)
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=30).map("".join),
    st.lists(st.sampled_from(TEX), max_size=8).map(lambda pieces: rf"\({' '.join(pieces)}\)"),
)


@given(texts)
@example("\ud800\x00\u202e\ufffe")
@example("*\\emph{a* b}")
@example(r"\emph{$\text{}\emph{}$}")
@example(r"\href{https://a.b}{\href{https://c.d}{e} https://f.g}")
@example(r"\unicode{x0} $\unicode{x0}$ $\unicode{xD800}$ $\unicode{xFFFFFFFF}$")
def test_html_is_well_formed_and_has_only_known_elements(text: str) -> None:
    for html in (inline(text).html, feed_inline(text)):
        root = lxml.etree.fromstring(f"<p>{html}</p>")
        assert {element.tag.removeprefix(MATHML) for element in root.iter()} <= PHRASING | ELEMENTS
        assert {name for element in root.iter("a") for name in element.attrib} <= {"href", "rel"}
        assert all(link.get("href").startswith(("http://", "https://")) for link in root.iter("a"))
        assert not root.xpath("//a//a")
        assert "".join(lxml.html.fromstring(f"<p>{html}</p>").itertext()) == "".join(root.itertext())
        assert "<script" not in html.lower()


@given(texts)
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    shown = plain(text)
    assert not [
        character for character in shown if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    ]
    assert shown == " ".join(shown.split())


@given(texts)
def test_paragraphs_are_the_lines(text: str) -> None:
    assert len(paragraphs(text)) == sum(bool(line.strip()) for line in text.splitlines())


@given(st.text(), st.booleans())
def test_no_formula_raises(tex: str, display: bool) -> None:
    mathml_tree(Formula(tex, display))


LONG = {
    "closed emphasis": (lambda count: r"\emph{" * count + "}" * count, 5_000),
    "closed links": (lambda count: r"\href{https://a.b}{" * count + "}" * count, 2_500),
    "nested formula": (lambda count: "$" + "{" * count + "x" + "}" * count + "$", 490),
    "nested scripts": (lambda count: "$" + "x^{" * count + "}" * count + "$", 240),
    "macros that multiply": (
        lambda count: r"$\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\e\e}\a$" * count,
        1_000,
    ),
}
UNITS = [
    unit.replace("_", " ")
    for unit in re.findall(
        r"\S+",
        r"""
        { } $ $a $a_ ` ``a_ _`a_ ' -- --_ ~ * *a_ (*a \ \( \(a_ \[ \emph{ \emph{a} \href{https://a.b}{ https://
        https://a_ https://a/() \"a_ {\em_ {\"
        {aa_ {aa_a} R^ R^3_ alpha_ pi_{ Q^{pi_{a}} $a$_ "a_ "_ 'a_ '_ \begin{cases}
        scriptsize rightarrow_ $\frac$ $\text{ \footnote{ &#x https://a-
        """,
    )
] + ["ell_"]


@pytest.mark.parametrize(
    ("text", "count"),
    [*LONG.values(), *((unit.__mul__, 50_000 // len(unit)) for unit in UNITS)],
    ids=[*LONG, *UNITS],
)
def test_fifty_kilobytes_take_linear_time(text: Callable[[int], str], count: int) -> None:
    assert grows_linearly(lambda count: (inline(text(count)), plain(text(count))), count)


@pytest.mark.parametrize(
    "unit", ["$x_1$ ", "$x_{%d}$ ", "$x ", "$$x$$ ", r"\(x\) ", "R^3 ", '"a" ', "{a b} ", "a--b "]
)
def test_twice_the_text_takes_twice_the_work(unit: str) -> None:
    def work(start: int, count: int) -> int:
        text = "".join(unit.replace("%d", str(number)) for number in range(start, start + count))
        return calls(lambda: (inline(text), plain(text)))

    assert work(1_000, 200) <= 2.5 * work(2_000, 100) + 100


BARE_PIECES = re.findall(
    r"\S+",
    r"""
    alpha Phi varphi varepsilon pi x B AB 1 10 _ ^ { } {B} {x_1} - -- ( [ 0 , 1.5 ] ) times sim pm leq geq
    infty rightarrow mathcal sqrt frac approx in delta http://a.b/ \alpha scriptsize % . abc -\ (AI) words} é
    """,
)


@given(st.lists(st.sampled_from([*BARE_PIECES, *" " * 9]), max_size=9).map("".join))
def test_text_without_a_sign_has_nothing_to_repair_or_restore(text: str) -> None:
    if not repairs.has_sign(text, repairs.SIGNS):
        assert all(damage["kept"] for damage in repairs.DAMAGE.finditer(text))
    if not (repairs.has_any(text, bare_math.TRIGGERS) or repairs.has_sign(text, bare_math.SIGNED)):
        assert all(found["kept"] for found in bare_math.bare().finditer(text))
