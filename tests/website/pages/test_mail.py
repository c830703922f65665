"""An issue by mail: what both parts say, how long they are, and that nothing in them is alive."""

import datetime as dt
import email
import email.policy
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from generator.commands.build import build
from generator.commands.mail import Letter, write
from generator.mail.wrapping import WIDTH, columns
from tests.support.digest import Write

SHIPPED = Path(__file__).parents[3]
DAY = dt.date(2025, 10, 30)

TWO = """
== content/papers/a.yaml
title: Alpha of $x^2$
author_count: 2
published: 2025-01-02
arxiv: "2501.00001"
comment: 9 pages
abstract: We study $\\Delta$.
listed:
- {listing: x, issue: 2025-10-30, position: 1}
themes: [data]
== content/papers/b.yaml
title: Beta
organization: Lab
abstract: >-
  One paragraph.

  Another, see https://b.example/x.
listed:
- {listing: x, issue: 2025-10-30, position: 2}
themes: [models]
pick: true
note: Read it *now*, with [Alpha](/papers/a/).
== content/papers/c.yaml
title: Gamma
author_count: 3
listed:
- {listing: w, issue: 2025-10-29, position: 1}
- {listing: x, issue: 2025-10-30, position: 3}
themes: [models]
== content/papers/d.yaml
title: Hidden
hide: true
listed:
- {listing: x, issue: 2025-10-30, position: 4}
"""


def parts(letter: Letter) -> tuple[str, str]:
    """Return a letter's plain text and its HTML."""
    assert letter.problems == ()
    found = email.message_from_bytes(letter.message, policy=email.policy.default)
    text, html = (part.get_payload(decode=True) for part in found.walk() if not part.is_multipart())
    assert isinstance(text, bytes)
    assert isinstance(html, bytes)
    return text.decode().replace("\r\n", "\n"), html.decode().replace("\r\n", "\n")


def test_the_text_reads_well_in_a_terminal(digest: Write) -> None:
    text, _ = parts(write(digest(TWO), DAY))
    assert (
        text
        == """\
A DIGEST
30 October 2025: 2 papers, 1 picked.
https://digest.example/base/issues/2025-10-30/


PICKS
------------------------------------------------------------------------

Beta
  Models & more · Lab
  https://digest.example/base/papers/b/

  Why it is here
  | Read it now, with Alpha <https://digest.example/base/papers/a/>.

  One paragraph.

  Another, see https://b.example/x.


DATA (1)
------------------------------------------------------------------------

Alpha of x²
  2 authors · 2 January 2025 · arXiv:2501.00001 · 9 pages
  https://digest.example/base/papers/a/

  We study Δ.


------------------------------------------------------------------------

1 paper of earlier issues, listed again:
https://digest.example/base/issues/2025-10-30/#again

A Digest. Papers worth reading.
"""
    )


def test_the_html_says_the_same_with_styles_on_its_elements(digest: Write) -> None:
    _, html = parts(write(digest(TWO), DAY))
    page = lxml_html.document_fromstring(html)
    shown = " ".join(page.text_content().split())
    for words in ("Alpha of x²", "9 pages", "Beta", "Why it is here", "Read it now", "We study Δ."):
        assert words in shown
    assert "Hidden" not in html
    assert {"style"} <= set(page.find(".//body").attrib)
    assert [style.text.strip()[:6] for style in page.iter("style")] == ["@media"]
    assert not {"img", "script", "table", "math", "svg", "iframe"} & {element.tag for element in page.iter()}


def test_every_link_is_absolute(digest: Write) -> None:
    root = digest(TWO)
    paper = root / "content/papers/b.yaml"
    paper.write_text(paper.read_text().replace("note: ", "note: See [it](//other.example/x). ", 1))
    text, html = parts(write(root, DAY))
    links = [str(link) for _, _, link, _ in lxml_html.document_fromstring(html).iterlinks()]
    assert {link.split(":")[0] for link in links} == {"https"}
    assert {"https://digest.example/base/papers/a/", "https://arxiv.org/abs/2501.00001"} <= set(links)
    assert "https://other.example/x" in links
    assert "it <https://other.example/x>." in " ".join(text.split())
    assert set(re.findall(r"https://digest\.example[^\s>]*", text)) <= set(links)


def test_the_page_is_what_is_mailed(digest: Write, tmp_path: Path) -> None:
    root = digest(TWO)
    build(root, tmp_path / "site")
    for day in (DAY, dt.date(2025, 10, 29)):
        page = (tmp_path / f"site/issues/{day}/mail/index.html").read_text("utf-8")
        assert page == parts(write(root, day))[1]


def test_a_letter_is_the_same_whenever_it_is_written(digest: Write) -> None:
    assert write(digest(TWO), DAY) == write(digest(TWO), DAY)


def test_a_day_without_an_issue_gives_no_letter(digest: Write) -> None:
    assert write(digest(TWO), dt.date(2025, 1, 1)) == Letter(days=(DAY, dt.date(2025, 10, 29)))


def test_a_digest_with_errors_gives_no_letter(digest: Write) -> None:
    letter = write(digest("\n== content/papers/a.yaml\ntitel: A\n"), DAY)
    assert (letter.message, bool(letter.problems)) == (b"", True)


def test_a_template_of_ones_own_is_told_where_it_is_wrong(digest: Write) -> None:
    letter = write(
        digest(TWO + "== templates/_mail.txt\n{% macro text(mail) %}{{ mail.nothing }}{% endmacro %}\n"), DAY
    )
    assert [str(problem.location) for problem in letter.problems] == ["templates/_mail.txt:1"]


HOSTILE = """
== content/papers/e.yaml
title: '</a></title><script>alert(1)</script><img onerror=alert(1)> {{ 7*7 }} \N{RIGHT-TO-LEFT OVERRIDE}x'
organization: '<b onclick="x">Lab</b>'
comment: "\\e[31m <style>*{display:none}</style>\\r\\nBcc: eve@example.org"
abstract: '</p><a href="javascript:alert(1)">x</a> <!-- --_issue-2025-10-30-- .'
listed:
- {listing: x, issue: 2025-10-30, position: 1}
pick: true
note: '<script>alert(2)</script> [x](javascript:alert(3)) ![i](https://t.example/pixel.gif)'
"""


def test_hostile_text_stays_text(digest: Write) -> None:
    text, html = parts(write(digest(HOSTILE), DAY))
    page = lxml_html.document_fromstring(html)
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not {"script", "img", "b"} & tags
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert len(list(page.iter("style"))) == 1
    schemes = {str(link).split(":")[0] for _, _, link, _ in page.iterlinks()}
    assert schemes == {"https"}
    for words in ("<script>alert(1)</script>", "{{ 7*7 }}", "<!-- --_issue-2025-10-30-- ."):
        assert words in " ".join(text.split())
        assert words in " ".join(page.text_content().split())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text + html)


@pytest.mark.parametrize(("day", "papers"), [("2024-11-20", 10), ("2025-10-30", 120), ("2025-10-31", 212)])
def test_a_shipped_issue_fits(day: str, papers: int) -> None:
    letter = write(SHIPPED, dt.date.fromisoformat(day))
    text, html = parts(letter)
    shown = re.findall(r"^  (https://broadsheet.example/papers/.*)$", text, re.MULTILINE)
    other = re.search(r"^The other (\d+) papers:$", text, re.MULTILINE)
    assert len(letter.message) < 90_000
    assert len(shown) + int(other[1] if other else 0) == papers
    assert {f'href="{href}"' for href in shown} <= set(re.findall('href="[^"]*"', html))
    long = [line for line in text.split("\n") if columns(line) > WIDTH and "https://" not in line]
    assert long == []


def papers(number: int, extra: str = "") -> str:
    return "".join(
        f"\n== content/papers/p-{n}.yaml\ntitle: Paper {n} {'with a title of some length ' * 3}\n"
        f"listed: [{{listing: x, issue: 2025-10-30, position: {n}}}]\n"
        f"themes: [{'data' if n % 3 else 'models'}]\n{extra}"
        for n in range(number)
    )


def test_abstracts_are_there_while_all_of_them_fit(digest: Write) -> None:
    abstract = f"abstract: {'lorem ' * 100}\n"
    text, html = parts(write(digest(papers(20, abstract)), DAY))
    assert (text.count("lorem"), html.count("lorem")) == (20 * 100, 20 * 100)
    letter = write(digest(papers(90, abstract)), DAY)
    text, html = parts(letter)
    assert (text.count("/papers/p-"), html.count("/papers/p-")) == (90, 90)
    assert "lorem" not in text + html


def test_a_theme_that_is_cut_links_on(digest: Write) -> None:
    letter = write(digest(papers(300)), DAY)
    text, html = parts(letter)
    shown = text.count("Paper ")
    assert 100 < shown < 300
    assert 86_000 < len(letter.message) < 90_000
    here = "https://digest.example/base/issues/2025-10-30/"
    assert f"\nThe other {300 - shown} papers:\n{here}\n" in text
    each = shown - 100 if shown > 200 else shown // 2
    assert f"\n{200 - each} more:\n{here}#theme-data\n" in text
    assert f'href="{here}#theme-data"' in html


def test_picks_come_first_and_even_they_are_cut(digest: Write) -> None:
    note = f"pick: true\nnote: {'word ' * 300}\n"
    letter = write(digest(papers(60, note)), DAY)
    text, html = parts(letter)
    shown = text.count("Why it is here")
    assert 10 < shown < 60
    assert html.count("Why it is here") == shown
    assert "DATA" not in text
    assert f"The other {60 - shown} papers:" in text
    assert len(letter.message) < 90_000


def test_a_paper_that_is_longer_than_any_mail_is_only_on_the_web(digest: Write) -> None:
    letter = write(digest(papers(1, f"pick: true\nnote: {'word ' * 30_000}\n")), DAY)
    text, _ = parts(letter)
    assert "The other 1 paper:" in text
    assert len(letter.message) < 90_000


def test_the_editors_open_the_mail_and_name_its_subject(digest: Write) -> None:
    opening = "---\nsubject: Read Alpha first\n---\nTwo papers, [one](/papers/a/) of *note*.\n"
    letter = write(digest(f"{TWO}\n== content/issues/2025-10-30.md\n{opening}"), DAY)
    text, html = parts(letter)
    assert "\nSubject: Read Alpha first\n" in letter.message.decode().replace("\r\n", "\n")
    assert "\n\nTwo papers, one <https://digest.example/base/papers/a/> of note.\n" in text
    assert 'Two papers, <a href="https://digest.example/base/papers/a/"' in html
    assert text.index("Two papers") < text.index("PICKS")
