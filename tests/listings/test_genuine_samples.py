"""Genuine listings of every format, beside an independent reading of them.

They lie in ``../shared/samples`` beside the checkout, with an index that says how many papers each has.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from generator.listings import Entry, Parse, parse

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not beside the checkout")

PAPERS = {
    "a_arxiv_atom/atom_error_bad_id.xml": 0,
    "a_arxiv_atom/atom_empty_or_missing_id.xml": 0,
    "a_arxiv_atom/atom_oldstyle_astro-ph_0601001.xml": 1,
    "a_arxiv_atom/atom_2104.12255v1.xml": 1,
    "a_arxiv_atom/atom_query_testing_0_10.xml": 10,
    "a_arxiv_atom/atom_cs.RO_2025-10_old_serializer.xml": 2,
    "a_arxiv_atom/atom_empty_feed.xml": 0,
    "b_arxiv_rss/rss20_cs.AI_2026-04-27.xml": 3,
    "c_arxiv_listing/listing_q-fin_new_2023-03-17.txt": 16,
    "c_arxiv_listing/listing_astro-ph.IM_pastweek.txt": 55,
    # The index says 18: it counts the line "Papers received as of", which is above the papers.
    "c_arxiv_listing/listing_math-ph_9701.txt": 17,
    "c_arxiv_listing/abs/arxiv__0704_0704.0615.abs": 1,
    "c_arxiv_listing/abs/arxiv__0704_0704.0156.abs": 1,
    "c_arxiv_listing/abs/arxiv__0906_0906.5132.abs": 1,
    "c_arxiv_listing/abs/arxiv__1810_1810.04805.abs": 1,
    "c_arxiv_listing/mail_cs_2024-11-21_two.txt": 2,
    "c_arxiv_listing/mail_cs_2026-01-23.txt": 5,
    "d_arxiv_oai/arxiv-single.xml": 1,
    "d_arxiv_oai/arxiv-physics-hep-th.xml": 3,
    "d_arxiv_oai/oai_ArXiv.org_0901_2443.xml": 1,
    "d_arxiv_oai/oai_ArXiv.org_hep-th_0408048.xml": 1,
    "d_arxiv_oai/oai_arXiv_cs_2016_part1_first120.xml": 120,
    "d_arxiv_kaggle/kaggle_snapshot_0704_first100.jsonl": 100,
    "e_hf_daily_api/daily_papers_2024-05-28.json": 15,
    "e_hf_daily_api/daily_papers_2025-01-14.json": 9,
    "e_hf_daily_api/daily_papers_2025-10-03.json": 39,
    "e_hf_daily_api/daily_papers_2025-01-21.json": 1,
    "f_ris/RisImporterTest1.ris": 1,
    "f_ris/RisImporterTest3.ris": 1,
    "f_ris/RisImporterTest8_date.ris": 1,
    "f_ris/RisImporterTestScopus.ris": 1,
    "f_ris/rispy_example_bom.ris": 1,
    "f_ris/rispy_example_utf_chars.ris": 1,
    "f_ris/rispy_example_multiline.ris": 3,
    "f_bib/xampl.bib": 36,
    "f_bib/bbt_arXiv_identifiers_in_BibLaTeX_export_460.bib": 3,
    "f_bib/bbt_titles_are_title_cased_in_bib_file_558.bib": 2,
    "g_semantic_scholar/test_search_paper_0.json": 100,
    "g_semantic_scholar/test_get_paper_references_0.json": 50,
    "g_semantic_scholar/test_get_paper_references_1.json": 17,
    "g_semantic_scholar/PaperWithNullValues.json": 1,
    "g_crossref/habanero_test_works_field_queries_0.json": 20,
    "g_crossref/habanero_test_works_with_many_ids_0.json": 1,
    "g_crossref/habanero_test_works_with_many_ids_2.json": 1,
    "g_crossref/habanero_test_works_with_many_ids_4.json": 1,
    "g_crossref/habanero_test_works_mixed_ids_warn_0.json": 1,
    "g_crossref/habanero_test_works_mixed_ids_warn_2.json": 1,
    "g_crossref/rcrossref_cr_abstract_0.xml": 1,
    "g_acl_anthology/2022.naloma.xml": 5,
}
SPECIFICATIONS = {  # pages of arXiv's own help, whose examples are put together here
    "b_arxiv_rss/rss20_spec_with_real_example.md": "<rss{}><channel>arxiv<item>{}</item></channel></rss>",
    "b_arxiv_rss/atom_announce_spec_with_real_example.md": "<feed{}><entry>{}</entry></feed>",
}
NAMESPACES = ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
PARTS_OF_A_NAME = ("forenames", "keyname", "suffix")
ONLY_NOTICES = {"d_arxiv_oai/oai_arXiv_cs_2016_part1_first120.xml"}


def read(name: str) -> Parse:
    return parse((SAMPLES / name).read_bytes(), name, None)


@pytest.mark.parametrize("name", PAPERS)
def test_a_sample_gives_the_papers_that_the_index_states(name: str) -> None:
    parsed = read(name)
    assert len(parsed.entries) == PAPERS[name]
    errors = [problem.message for problem in parsed.problems if problem.severity == "error"]
    assert bool(errors) == (PAPERS[name] == 0)
    assert bool(parsed.problems) == (PAPERS[name] == 0 or name in ONLY_NOTICES)


def test_every_sample_is_in_the_table() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("[a-g]_*/**/*") if path.is_file()}
    assert files == PAPERS.keys() | SPECIFICATIONS.keys()


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_the_example_of_arxivs_own_help(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    elements = re.findall(
        r"^```\s*\n(<.*?)^```", re.split(r"\n## \S+ Item|\n## \S+ Entry", text)[-1], re.MULTILINE | re.DOTALL
    )
    page = SPECIFICATIONS[name].format(NAMESPACES, "".join(elements))
    (entry,) = parse(page.encode(), "feed.xml", None).entries
    stated = entry.stated
    assert (stated.arxiv, stated.version, stated.doi) == ("2203.01250", 3, "10.5802/jep.257")
    assert stated.title == "Mass concentration in rescaled first order integral functionals"
    assert stated.authors == ("Antonin Monteil", "Paul Pegon")
    assert stated.categories == ("math.AP", "math.OC")
    assert (stated.published is None, str(stated.updated)) == (True, "2024-08-23")
    assert (stated.abstract or "").startswith("We consider first order local minimization problems")


class Plain(NamedTuple):
    """A paper as an independent reading has it; empty where that reads none."""

    identifier: str
    title: str
    authors: list[str]


def letters(text: str | None) -> str:
    """Return a text's letters and digits, so that spaces, case and punctuation do not count."""
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return "".join(character for character in folded if character.isalnum())


def same(entries: Iterable[Entry], expected: list[Plain], identifier: str = "arxiv") -> None:
    found = [
        Plain(
            getattr(entry.stated, identifier) or "", letters(entry.stated.title), list(entry.stated.authors)
        )
        for entry in entries
    ]
    assert found == [paper._replace(title=letters(paper.title)) for paper in expected]


def named(family: str, pattern: str = "*") -> Iterable[str]:
    return sorted(path.relative_to(SAMPLES).as_posix() for path in (SAMPLES / family).glob(pattern))


def xml(name: str) -> ElementTree.Element:
    root = ElementTree.parse(SAMPLES / name).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def text(element: ElementTree.Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else "".join(found.itertext())


def without_version(url: str) -> str:
    return re.sub(r"v\d+$", "", url.partition("/abs/")[2])


@pytest.mark.parametrize("name", named("a_arxiv_atom"))
def test_atom(name: str) -> None:
    entries = [entry for entry in xml(name).iter("entry") if "/api/errors" not in text(entry, "id")]
    expected = [
        Plain(
            without_version(text(entry, "id")),
            text(entry, "title"),
            [text(author, "name") for author in entry.iter("author")],
        )
        for entry in entries
    ]
    same(read(name).entries, expected)


def test_rss() -> None:
    name = "b_arxiv_rss/rss20_cs.AI_2026-04-27.xml"
    expected = [
        Plain(text(item, "link").rpartition("/")[2], text(item, "title"), text(item, "creator").split(", "))
        for item in xml(name).iter("item")
    ]
    same(read(name).entries, expected)
    assert [entry.stated.version for entry in read(name).entries] == [1, 1, 1]


@pytest.mark.parametrize("name", named("d_arxiv_oai"))
def test_oai_pmh(name: str) -> None:
    root = xml(name)
    expected = [
        Plain(
            text(paper, "id"),
            text(paper, "title"),
            [
                re.sub("[{}]", "", " ".join(filter(None, (text(author, part) for part in PARTS_OF_A_NAME))))
                for author in paper.iter("author")
            ],
        )
        for paper in root.iter("arXiv")
    ]
    for paper in root.iter("dc"):
        names = [(creator.text or "").split(", ") for creator in paper.iter("creator")]
        id_ = text(root, ".//header/identifier").removeprefix("oai:arXiv.org:")
        expected.append(Plain(id_, text(paper, "title"), [" ".join(reversed(parts)) for parts in names]))
    same(read(name).entries, expected)


def test_kaggle() -> None:
    name = "d_arxiv_kaggle/kaggle_snapshot_0704_first100.jsonl"
    rows = [json.loads(row) for row in (SAMPLES / name).read_text("utf-8").splitlines()]
    expected = [
        Plain(
            row["id"],
            row["title"],
            [
                " ".join(filter(None, (given.replace(". -", ".-"), family, suffix)))
                for family, given, suffix, *_ in row["authors_parsed"]
            ],
        )
        for row in rows
    ]
    entries = read(name).entries
    same(entries, expected)
    assert [f"v{entry.stated.version}" for entry in entries] == [
        row["versions"][-1]["version"] for row in rows
    ]


@pytest.mark.parametrize("name", named("e_hf_daily_api"))
def test_hugging_face(name: str) -> None:
    rows = json.loads((SAMPLES / name).read_text("utf-8"))
    expected = [
        Plain(
            row["paper"]["id"], row["paper"]["title"], [author["name"] for author in row["paper"]["authors"]]
        )
        for row in rows
    ]
    entries = read(name).entries
    same(entries, expected)
    assert [entry.votes for entry in entries] == [row["paper"]["upvotes"] for row in rows]
    assert [str(entry.stated.published) for entry in entries] == [
        row["paper"]["publishedAt"][:10] for row in rows
    ]


@pytest.mark.parametrize("name", named("c_arxiv_listing", "**/*.*"))
def test_arxiv_text(name: str) -> None:
    lines = (SAMPLES / name).read_bytes().decode("latin-1")
    ids = re.findall(r"^(?:arXiv|Paper(?: \(.*\))?): ?([^\s,]+)", lines, re.MULTILINE)
    ids = [re.sub(r"\.[A-Z]{2}/", "/", id_) for id_ in ids]
    titles = re.findall(r"^Title: (.*(?:\n  .*)*)", lines, re.MULTILINE)
    authors = re.findall(r"^Authors: (.*(?:\n  .*)*)", lines, re.MULTILINE)
    entries = read(name).entries
    assert [entry.stated.arxiv for entry in entries] == ids
    assert [letters(entry.stated.title) for entry in entries] == list(map(letters, titles))
    for entry, stated in zip(entries, authors, strict=True):
        if not re.search(r"[\\()]|Collab", stated):
            expected = re.split(r", and |,? and |, ", " ".join(stated.split()))
            assert list(entry.stated.authors) == expected


@pytest.mark.parametrize("name", named("g_semantic_scholar"))
def test_semantic_scholar(name: str) -> None:
    body = json.loads((SAMPLES / name).read_text("utf-8"))
    papers = [row.get("citedPaper", row) for row in body.get("data", [body])]
    titles = [re.sub("[\x80-\x9f]", "", paper.get("title", "")) for paper in papers]
    same(read(name).entries, [Plain("", title, []) for title in titles])


@pytest.mark.parametrize("name", named("g_crossref", "*.json"))
def test_crossref(name: str) -> None:
    message = json.loads((SAMPLES / name).read_text("utf-8"))["message"]
    works: list[dict[str, Any]] = message.get("items", [message])
    expected = [
        Plain(
            work["DOI"],
            re.sub("<[^>]*>|&amp;", "", work["title"][0]),
            [
                " ".join(filter(None, (author.get("given"), author.get("family"), author.get("suffix"))))
                for author in work.get("author", [])
            ],
        )
        for work in works
    ]
    same(read(name).entries, expected, "doi")


def test_crossref_xml() -> None:
    name = "g_crossref/rcrossref_cr_abstract_0.xml"
    (work,) = xml(name).iter("journal_article")
    people = [
        f"{text(person, 'given_name')} {text(person, 'surname')}" for person in work.iter("person_name")
    ]
    same(read(name).entries, [Plain(text(work, "doi_data/doi"), text(work, "titles/title"), people)], "doi")


def test_acl_anthology() -> None:
    name = "g_acl_anthology/2022.naloma.xml"
    expected = [
        Plain(
            "",
            text(paper, "title"),
            [f"{text(one, 'first')} {text(one, 'last')}" for one in paper.iter("author")],
        )
        for paper in xml(name).iter("paper")
    ]
    same(read(name).entries, expected)


@pytest.mark.parametrize("name", named("f_bib"))
def test_bibtex(name: str) -> None:
    source = (SAMPLES / name).read_text("utf-8")
    entries = read(name).entries
    begun = re.findall(r"^@(?!string|preamble|comment)", source, re.MULTILINE | re.IGNORECASE)
    assert len(begun) == len(entries)
    assert re.findall(r"eprint = \{(.*)\}", source) == [
        one.stated.arxiv for one in entries if one.stated.arxiv
    ]
    if "xampl" not in name:
        titles = re.findall(r"^  title = \{(.*)\},$", source, re.MULTILINE)
        assert [letters(entry.stated.title) for entry in entries] == list(map(letters, titles))
        counts = [len(found.split(" and ")) for found in re.findall(r"author = \{(.*)\}", source)]
        assert [len(entry.stated.authors) for entry in entries] == counts


def test_accents_of_bibtex() -> None:
    authors = {name for entry in read("f_bib/xampl.bib").entries for name in entry.stated.authors}
    assert {
        "Édouard Masterly",
        "Tom Térrific",
        "Ulrich Ünderwood",
        "Ned Ñet",
        "L[eslie] A. Aamport",
    } <= authors


@pytest.mark.parametrize("name", named("f_ris"))
def test_ris(name: str) -> None:
    source = (SAMPLES / name).read_text("utf-8-sig")
    entries = read(name).entries
    if "Test1" not in name:
        authors = re.findall(r"^AU  - *(.*?) *$", source, re.MULTILINE)
        expected = [letters("".join(reversed(author.split(",")))) for author in authors]
        assert [letters(author) for entry in entries for author in entry.stated.authors] == expected
    titles = [letters(title) for title in re.findall(r"^T[I1]  - *(.*?) *$", source, re.MULTILINE)]
    assert all(letters(entry.stated.title) in titles for entry in entries if entry.stated.title and titles)
