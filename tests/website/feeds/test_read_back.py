"""What feedparser reads in the feeds is what was meant, field by field."""

import datetime as dt
from typing import Any

import feedparser
import pytest

from generator.library.library import Library
from tests.support.feed_documents import Document, Documents
from tests.support.feed_meaning import Stated, sentences, stated_of_papers, words

BASE = "https://digest.example/a%20b/~base/"
TAG = "tag:editors@digest.example,2025-01:"


def read(doc: Document) -> Any:
    """Return what feedparser makes of a document, only by its strict reader."""
    found = feedparser.parse(doc.data)
    assert not found.bozo, found.bozo_exception
    return found


def stated(entry: Any) -> Stated:
    return Stated(
        url=entry.link,
        title=entry.title.replace("\N{WORD JOINER}", ""),
        authors=tuple(author.name for author in entry.get("authors", [])),
        tags=tuple(tag.label or tag.term for tag in entry.get("tags", [])),
        published=dt.date(*entry.published_parsed[:3]),
        updated=dt.date(*entry.updated_parsed[:3]),
    )


def body(entry: Any) -> str:
    found: str = entry.content[0].value if "content" in entry else entry.summary
    return found


@pytest.mark.parametrize("digest", ["shipped", "hostile"])
@pytest.mark.slow
def test_each_paper_in_each_feed_states_what_its_record_does(
    request: pytest.FixtureRequest, digest: str
) -> None:
    library: Library = request.getfixturevalue(f"{digest}_library")
    docs: Documents = request.getfixturevalue(digest)
    meant, texts = stated_of_papers(library), sentences(library)
    seen = set()
    for doc in docs.values():
        for entry in read(doc).entries if doc.kind in {"rss", "atom"} else ():
            if entry.id in meant:
                assert stated(entry) == meant[entry.id].in_format(doc.kind), doc.path
                assert all(text in words(body(entry)) for text in texts[entry.link.split("/")[-2]])
                seen.add((doc.kind, entry.id))
    assert seen == {(kind, paper) for kind in ("rss", "atom") for paper in meant}


@pytest.mark.parametrize(
    ("path", "version"), [("feeds/picks.xml", "rss20"), ("feeds/picks.atom.xml", "atom10")]
)
def test_a_feed_says_what_it_is(hostile: Documents, path: str, version: str) -> None:
    found = read(hostile[path])
    head = found.feed
    assert found.version == version
    assert head.title == 'A & B <i>Digest</i> ]]> "quoted": picks'
    assert head.subtitle.endswith("Each paper that the editors recommend, and why.")
    assert (head.link, head.language, head.generator) == (f"{BASE}picks/", "en-GB", "Broadsheet")
    assert [link.href for link in head.links if link.rel == "self"] == [BASE + path]
    assert head.updated_parsed[:3] == (2025, 11, 5)
    assert head.get("id", f"{TAG}feeds/picks") == f"{TAG}feeds/picks"
    assert [entry.id for entry in found.entries] == [f"{TAG}first-slug", f"{TAG}old"]


EVERYTHING = """\
Withdrawn. A listing says that this paper has been withdrawn.
Correction, 5 November 2025. The sum was ∑i xi, not 5 & <6> ]]>.
Correction, 5 November 2025. Again the same day.
Correction, 1 November 2025. An earlier one.
José Ángel, O\N{RIGHT SINGLE QUOTATION MARK}Brien & Sons <3, 张伟, José Ángel
Why it is here
Read & enjoy it ]]>, see this, that, here, us.
After a break .
<script>alert(1)</script>
<br> &amp; <hr>
Abstract
First & <em>line</em> ]]> with E = mc2 and stress.
∑i=1n xi
<p>Third</p>
Published 16 October 2024 · Organization: Institute ]]> of “Names” · Venue: Proc. of A & B n
· Comment: 9 pages, 3 figures & <b>code</b> · Subjects: cs.CL, stat.ML · Licence: CC & BY
· Keywords: two words, a ]]> tag
On A & B <i>Digest</i> ]]> "quoted" · Issue of 30 October 2025 · arXiv 2410.12265, version 2 · PDF · Code
· Project page · DOI 10.1145/3292500<&>
"""


def test_the_body_of_an_entry_is_the_whole_paper(hostile: Documents) -> None:
    entry = read(hostile["feed.xml"]).entries[0]
    assert words(body(entry)) == " ".join(EVERYTHING.split())
    assert '<a href="https://digest.example/a%20b/~base/picks/">this</a>' in body(entry)
    assert '<a href="https://digest.example/a%20b/~base/papers/b/?q=1&amp;r=2">that</a>' in body(entry)
    assert '<a href="https://digest.example/a%20b/~base/papers/everything/#top">here</a>' in body(entry)


@pytest.mark.parametrize("path", ["feed.xml", "feeds/papers.atom.xml"])
def test_formulas_are_characters_that_every_reader_shows(hostile: Documents, path: str) -> None:
    entry = read(hostile[path]).entries[0]
    assert "<em>E</em> = <em>m</em><em>c</em><sup>2</sup>" in body(entry)
    assert "math" not in body(entry)
    assert entry.title.endswith("on αᵢ² ≤ a/b 🚀")


def test_a_title_says_what_became_of_its_paper(hostile: Documents) -> None:
    assert read(hostile["feed.xml"]).entries[0].title.startswith("Withdrawn: Better")


def test_a_paper_whose_authors_have_no_names_is_not_by_the_digest(hostile: Documents) -> None:
    authors = {
        (kind, entry.id.removeprefix(TAG)): entry.get("author")
        for kind, path in (("rss", "feed.xml"), ("atom", "feeds/papers.atom.xml"))
        for entry in read(hostile[path]).entries
    }
    assert [authors["atom", slug] for slug in ("rtl", "organization", "untitled")] == [
        "7 authors",
        "Lab & Co",
        "Authors not stated",
    ]
    assert [authors["rss", slug] for slug in ("first-slug", "rtl")] == [
        "José Ángel, O\N{RIGHT SINGLE QUOTATION MARK}Brien & Sons <3, 张伟, José Ángel",
        None,
    ]
    [counted] = [entry for entry in read(hostile["feed.xml"]).entries if entry.id == f"{TAG}rtl"]
    assert words(body(counted)).startswith("7 authors ")


def test_text_from_right_to_left_keeps_to_itself(hostile: Documents) -> None:
    for path in (
        "feed.xml",
        "feeds/papers.atom.xml",
        "feeds/issues.xml",
        "feeds/papers.json",
        "feeds/issues.json",
    ):
        assert not {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"} & {
            *hostile[path].data.decode()
        }
    digest = body(read(hostile["feeds/issues.xml"]).entries[0])
    assert f'<a dir="auto" href="{BASE}papers/rtl/">שלום evil world</a>, 7 authors' in digest


def test_corrections_come_one_by_one_with_their_text(hostile: Documents) -> None:
    entries = read(hostile["feeds/corrections.atom.xml"]).entries
    assert [(entry.id.removeprefix(TAG), entry.updated[:10]) for entry in entries] == [
        ("first-slug/changes/2025-11-05", "2025-11-05"),
        ("first-slug/changes/2025-11-05/2", "2025-11-05"),
        ("undated/changes/2025-11-03", "2025-11-03"),
        ("first-slug/changes/2025-11-01", "2025-11-01"),
    ]
    assert entries[2].title == "Correction: Nobody knows when"
    assert words(body(entries[2])) == (
        "Correction, 3 November 2025. Of a paper without a day. It corrects Nobody knows when."
    )
