"""Names, identifiers, days and texts as bibliographic formats write them."""

import datetime as dt

import pytest

from generator.listings.values.dates import date_parts, day, year
from generator.listings.values.identifiers import Arxiv, arxiv_id, doi, url
from generator.listings.values.names import author_list, from_tex, in_reading_order
from generator.listings.values.texts import marked_paragraphs, paragraphs, says_withdrawn, without_tags


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"C. Bal\'azs", "C. Balázs"),
        (r"M. Garc\'ia Redondo", "M. García Redondo"),
        (r"Erd{\H o}s", "Erdős"),
        (r"Erd\H{o}s", "Erdős"),
        (r"\v{S}koda", "Škoda"),
        (r"\L{}ukasz", "Łukasz"),
        (r"{\O}rsted", "Ørsted"),
        (r"H\'{e}l\`{e}ne", "Hélène"),
        (r"Fran\c{c}ois", "François"),
        (r"Fran\c cois", "François"),
        (r"T\"urk\c{c}e \.Iz\i", "Türkçe İz\N{LATIN SMALL LETTER DOTLESS I}"),
        (r"\DJ or\dj e", "Đorđe"),
        (r"Vi\d{\^e}t", "Việt"),
        (r"C.~A. Smith", "C. A. Smith"),
        ("O'Brien", "O'Brien"),
        ("张三", "张三"),
        (r"$\alpha$ Team", r"$\alpha$ Team"),
        ("{" * 50, "{" * 50),
        ("{One} " * 50 + r"\'{e}", "One " * 50 + "é"),
        (r"\frac{1}", r"\frac{1}"),
        (r"\href", r"\href"),
        (r"\texttt{Pear} and \textsf{Fig} in \LaTeX{}", "Pear and Fig in LaTeX"),
        (r"{Pears} & \textless i\textgreater & more", "Pears & <i>& more"),
    ],
)
def test_accents_of_tex_are_unicode(tex: str, shown: str) -> None:
    assert from_tex(tex) == shown


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Other", ["Ann Other"]),
        ("Ann Other and Bob Brown", ["Ann Other", "Bob Brown"]),
        ("Ann Other, Bob Brown, and Cy Fig", ["Ann Other", "Bob Brown", "Cy Fig"]),
        ("A. Other (1 and 2), B. Brown (2) ((1) Kiev, (2) Bonn (DE))", ["A. Other", "B. Brown"]),
        ("A. Other (for the Pear Collaboration)", ["A. Other"]),
        ("D0 Collaboration: V. Other, B. Brown", ["D0 Collaboration", "V. Other", "B. Brown"]),
        ("Neal J. Evans, II, Philip Myers, Jr.", ["Neal J. Evans II", "Philip Myers Jr."]),
        ("A. Other, B. Brown, et al.", ["A. Other", "B. Brown"]),
        ("A. Other (Kiev, B. Brown", ["A. Other"]),
        (r"G. M\"uller, \.I. \,Fig", ["G. Müller", "İ. Fig"]),
        ("Anderson And, Sandy Band", ["Anderson And", "Sandy Band"]),
        ("", []),
    ],
)
def test_a_list_of_authors_as_arxiv_writes_it(written: str, names: list[str]) -> None:
    assert list(author_list(written)) == names


@pytest.mark.parametrize(
    ("inverted", "name"),
    [
        ("Valle-Delgado,J. J. ", "J. J. Valle-Delgado"),
        ("Evans, Neal J., II", "Neal J. Evans II"),
        ("Evans, Jr., Neal", "Neal Evans Jr."),
        ("Ann Other", "Ann Other"),
        ("", None),
    ],
)
def test_an_inverted_name(inverted: str, name: str | None) -> None:
    assert in_reading_order(inverted) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2410.15393", ("2410.15393", None)),
        ("arXiv:2410.15393v2", ("2410.15393", 2)),
        ("http://arxiv.org/abs/hep-th/9901001v3", ("hep-th/9901001", 3)),
        ("https://export.arxiv.org/pdf/0704.0001.pdf", ("0704.0001", None)),
        ("https://arxiv.org/pdf/2410.15393v1?download=true#page=2", ("2410.15393", 1)),
        ("oai:arXiv.org:math/0309136", ("math/0309136", None)),
        ("math.GT/0309136", ("math/0309136", None)),
        ("cond-mat.supr-con/9609001", ("cond-mat/9609001", None)),
        ("10.48550/arXiv.2410.15393", ("2410.15393", None)),
        ("https://doi.org/10.48550/arxiv.2410.15393", ("2410.15393", None)),
        ("https://huggingface.co/papers/2410.15393", ("2410.15393", None)),
        ("arXiv:1305.4904 [quant-ph]", ("1305.4904", None)),
        ("../../etc/passwd", None),
        ("http://arxiv.org/abs/../../etc/passwd", None),
        ("2410.15393v0", None),
        ("2410.153933", None),
        ("https://evil.example/abs/2410.15393", None),
        ("", None),
        (None, None),
        (2410.15393, None),
    ],
)
def test_an_arxiv_identifier(text: object, name: tuple[str, int | None] | None) -> None:
    assert arxiv_id(text) == (Arxiv(*name) if name else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10.1145/3292500", "10.1145/3292500"),
        ("doi:10.1145/3292500.", "10.1145/3292500"),
        ("https://doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("http://dx.doi.org/10.1002/(SICI)1<1::AID>3.0.CO;2-#", "10.1002/(SICI)1<1::AID>3.0.CO;2-#"),
        ("10.1103/a 10.1103/b", "10.1103/a"),
        ("10.48550/arXiv.2410.15393", None),
        ("10.1/short", None),
        ("doi: whatever", None),
    ],
)
def test_a_doi(text: str, name: str | None) -> None:
    assert doi(text) == name


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "//pears.example", "https://a b", "https://a/\ud800", "", None, 5]
)
def test_only_http_addresses_are_links(text: object) -> None:
    assert url(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-05-28T17:59:37Z", dt.date(2024, 5, 28)),
        ("2005/07/15/", dt.date(2005, 7, 15)),
        ("Mon, 2 Apr 2007 19:18:42 GMT", dt.date(2007, 4, 2)),
        (" Wed  1 Jan 92 01:00:12 GMT", dt.date(1992, 1, 1)),
        ("Fri, 17 Mar 23 00:31:14 GMT", dt.date(2023, 3, 17)),
        ("27-30 June 2016", None),
        ("27 \u2013 30 June 2016", None),
        ("2024", None),
        ("2001/00/00/", None),
        ("2024-13-40", None),
        ("YEAR/MONTH/DAY/", None),
        (None, None),
    ],
)
def test_a_day(text: object, found: dt.date | None) -> None:
    assert day(text) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"date-parts": [[2019, 5, 3]]}, dt.date(2019, 5, 3)),
        ({"date-parts": [["2019", "5", "3"]]}, dt.date(2019, 5, 3)),
        ({"date-parts": [[2019, 5]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": [[2019, 2, 30]]}, None),
        ("2019", None),
    ],
)
def test_date_parts(value: object, found: dt.date | None) -> None:
    assert date_parts(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("1983", 1983),
        (1983, 1983),
        ("2005/07//", 2005),
        ("2014-05", 2014),
        ("1983///", 1983),
        ({"date-parts": [[2019]]}, 2019),
        ({"date-parts": [["2017", 15], [2017, 16]]}, 2017),
        ({"literal": "2017-14/2017-15"}, 2017),
        *((value, None) for value in ("1998/1999", "in press", "0000", "98", "20031", None, True)),
        *(({"date-parts": parts}, None) for parts in ([[None]], [[-334]], [], "2019")),
    ],
)
def test_a_year(value: object, found: int | None) -> None:
    assert year(value) == found


def test_paragraphs_begin_with_an_indented_line_or_behind_an_empty_one() -> None:
    assert paragraphs("  One,\nwrapped.\n  Two.\n\nThree.\n") == "One, wrapped.\nTwo.\nThree."


def test_unprintable_characters_and_lone_surrogates_reach_no_record() -> None:
    assert paragraphs("A\x00B\x85C\ud800D") == "ABC\ufffdD"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<scp>T</scp>reebase: an &amp; <i>R</i> package", "Treebase: an & R package"),
        ("CO<sub>2</sub> at 1 < 2 &lt; 3", "CO2 at 1 < 2 < 3"),
        ('An <a href="https://pears.example/">index</a>', "An index"),
        ("That a <b and c> d", "That a <b and c> d"),
        ("The role of\n    <scp>AI</scp>\n  here", "The role of AI here"),
    ],
)
def test_tags_go(marked: str, text: str) -> None:
    assert without_tags(marked) == text


def test_of_a_formula_in_tex_and_mathml_the_tex_is_kept() -> None:
    tex = "<tex-math>\\documentclass{a}\\begin{document}$x$\\end{document}</tex-math>"
    marked = f"<jats:title>Abstract</jats:title><p>With {tex}<mml:math>x</mml:math>.</p><p>End.</p>"
    assert marked_paragraphs(marked) == "With $x$.\nEnd."


@pytest.mark.parametrize(
    ("text", "is_withdrawn"),
    [
        ("This paper has been withdrawn by the authors.", True),
        ("This papers has been withdrawn", True),
        ("Withdrawn: see v1", True),
        ("This article was retracted.", True),
        ("We study why papers are withdrawn.", False),
    ],
)
def test_what_says_that_a_paper_is_withdrawn(text: str, is_withdrawn: bool) -> None:
    assert says_withdrawn(text) is is_withdrawn
