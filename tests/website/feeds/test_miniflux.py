"""Entries as miniflux chooses them: its rules for title, authors and content, of RSS and of Atom.

They are those of its sources (github.com/miniflux/v2, internal/reader/rss/adapter.go and
internal/reader/atom/atom_10_adapter.go): a title in RSS is unescaped twice, tags in a name are dropped, the
last creator counts, an entry without authors has the feed's, and the content is the description.
"""

from html import unescape

import pytest

from generator.library.library import Library
from generator.model import Paper
from tests.support.feed_documents import Documents, documents
from tests.support.feed_meaning import words
from tests.support.libraries import library, paper

TITLE = "The <b> tag, &amp; more of $10^{-3}$"
ABSTRACT = r"At $10^{-3}$, not $\frac{a+b}{c}$."


@pytest.fixture(scope="module")
def feeds() -> Documents:
    papers: dict[str, Paper] = {
        "a": paper(TITLE, abstract=ABSTRACT, authors=("Ann", "Ben", "Cid"), position=1),
        "b": paper("Second", author_count=7, position=2),
        "c": paper("Third", position=3),
    }
    found: Library = library(papers)
    return documents(found)


def of_rss(feeds: Documents) -> list[tuple[str, str, str]]:
    """Return title, author and content of each item."""
    doc = feeds["feed.xml"]
    feed_author = doc.tree.findtext("channel/managingEditor") or ""
    shown = []
    for item in doc.find("//item"):
        creators = item.xpath("dc:creator/text()", namespaces={"dc": "http://purl.org/dc/elements/1.1/"})
        title = unescape(unescape(item.findtext("title")))
        shown.append((title, [*creators, feed_author][len(creators) - 1], item.findtext("description")))
    return shown


def of_atom(feeds: Documents) -> list[tuple[str, str, str]]:
    """Return title, authors and content of each entry."""
    atom = "{http://www.w3.org/2005/Atom}"
    doc = feeds["feeds/papers.atom.xml"]
    feed_authors = [name.text for name in doc.find("/atom:feed/atom:author/atom:name")]
    shown = []
    for entry in doc.find("//atom:entry"):
        names = [name.text for name in entry.iterfind(f"{atom}author/{atom}name")]
        content = entry.findtext(f"{atom}content")
        shown.append((entry.findtext(f"{atom}title"), ", ".join(names or feed_authors), content))
    return shown


def test_titles_authors_and_content_are_those_of_the_paper(feeds: Documents) -> None:
    titles = ["The <b> tag, &amp; more of 10⁻³", "Second", "Third"]
    authors = {"rss": ["Ann, Ben, Cid", "", ""], "atom": ["Ann, Ben, Cid", "7 authors", "Authors not stated"]}
    for kind, shown in (("rss", of_rss(feeds)), ("atom", of_atom(feeds))):
        assert [title.replace("\N{WORD JOINER}", "") for title, _, _ in shown] == titles
        assert [names for _, names, _ in shown] == authors[kind]
        assert "not (a+b)/c." in words(shown[0][2])
