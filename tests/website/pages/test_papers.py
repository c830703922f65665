"""The page of a paper: its text, the editors' note, its facts, its neighbours; and redirects to it."""

import datetime as dt

import msgspec
import pytest

from generator.engine.page import Page
from generator.model import Correction, Listed, Paper
from generator.website.pages import papers
from tests.support.libraries import (
    HEAD,
    MONDAY,
    NOTES,
    SITE,
    TUESDAY,
    has,
    library,
    paper,
    planned,
    texts,
    tree,
)


def page_of(found: Paper, **others: Paper) -> Page:
    return planned(library({"it": found, **others}), papers.plan)["papers/it/index.html"]


def facts(found: Paper) -> dict[str, str]:
    page = page_of(found)
    return dict(zip(texts(page, "//dt"), texts(page, "//dd"), strict=True))


def links(found: Paper) -> dict[str, str]:
    items = tree(page_of(found)).xpath(f"{HEAD}/ul[{has('links')}]//a")
    return {item.text_content(): item.get("href") for item in items}


def near(page: Page) -> dict[str, list[str]]:
    sections = tree(page).xpath("//nav[@aria-label='Nearby papers']/section")
    return {
        s.xpath("string(h2)"): [" ".join(li.text_content().split()) for li in s.xpath(".//li")]
        for s in sections
    }


def test_every_paper_has_a_page_but_a_hidden_one() -> None:
    found = {"a": paper("A"), "b": paper("B", hide=True), "c": paper("C", None)}
    assert list(planned(library(found), papers.plan)) == ["papers/a/index.html", "papers/c/index.html"]


def test_title_byline_and_abstract_come_first() -> None:
    page = page_of(paper("A title", authors=("Ann Other", "Bo Fjord"), abstract="One.\nTwo."))
    assert texts(page, f"{HEAD}/h1 | {HEAD}/div[{has('byline')}]") == ["A title", "Ann Other, Bo Fjord"]
    assert texts(page, f"//section[{has('abstract')}]/p") == ["One.", "Two."]


def test_all_authors_are_named_where_lists_name_a_few() -> None:
    authors = ("A One", "B Two", "C Three", "D Four")
    assert texts(page_of(paper(authors=authors)), f"//div[{has('byline')}]") == [
        "A One, B Two, C Three, D Four"
    ]


def test_of_many_authors_all_but_the_first_dozen_are_folded() -> None:
    authors = tuple(f"Author {number}" for number in range(15))
    page = page_of(paper(authors=authors))
    assert texts(page, f"//*[{has('p-author')}]") == list(authors)
    folded = f"//div[{has('byline')}]/details"
    assert texts(page, f"{folded}/summary") == ["and 3 more"]
    assert texts(page, f"{folded}/p") == ["Author 12, Author 13, Author 14"]


def test_without_an_abstract_the_page_says_so() -> None:
    page = page_of(paper(abstract=None))
    assert texts(page, f"//section[{has('abstract')}]/p") == ["No listing gives an abstract."]


def test_a_headline_replaces_the_title() -> None:
    assert texts(page_of(paper("A title", headline="A better one")), "//h1") == ["A better one"]


def test_a_provisional_heading_is_marked_and_labelled() -> None:
    page = page_of(paper(None, abstract="Words of the abstract."))
    assert texts(page, f"//h1[{has('provisional')}]") == ["Words of the abstract."]
    assert texts(page, f"{HEAD}/p[{has('facts')}]") == ["No title given"]


def test_a_long_title_is_set_smaller() -> None:
    assert texts(page_of(paper("x" * 90)), f"//h1[{has('lengthy')}]") == []
    assert texts(page_of(paper("x" * 91)), f"//h1[{has('lengthy')}]") == ["x" * 91]


def test_the_note_is_under_its_label_before_the_abstract() -> None:
    page = page_of(paper(note="Read *it*.", pick=True))
    assert texts(page, NOTES) == ["Why it is here Read it."]
    assert texts(page, "//h2") == ["Why it is here", "Abstract", "Facts", "Cite"]


def test_a_pick_without_a_note_is_called_one() -> None:
    assert texts(page_of(paper(pick=True)), f"//*[{has('picked')}]") == ["Pick"]


def test_a_withdrawn_paper_says_so_above_its_abstract() -> None:
    assert texts(page_of(paper(withdrawn=True)), f"{HEAD}/p[{has('banner')}]") == [
        "This paper has been withdrawn."
    ]


def test_changes_are_dated_newest_first() -> None:
    changes = (Correction(date=MONDAY, text="A name."), Correction(date=TUESDAY, text="A number."))
    assert texts(page_of(paper(changes=changes)), f"//ul[{has('changes')}]/li") == [
        "28 October 2025: A number.",
        "27 October 2025: A name.",
    ]


def test_links_lead_to_arxiv_its_pdf_the_doi_and_what_else_is_known() -> None:
    found = paper(
        arxiv="2410.12265",
        version=3,
        doi="10.1234/a<b>",
        links={"code": "https://github.com/a/b", "html": "https://a.example/x.html"},
    )
    assert links(found) == {
        "arXiv 2410.12265, version 3": "https://arxiv.org/abs/2410.12265",
        "PDF": "https://arxiv.org/pdf/2410.12265",
        "Code": "https://github.com/a/b",
        "HTML": "https://a.example/x.html",
        "DOI 10.1234/a<b>": "https://doi.org/10.1234/a%3Cb%3E",
    }


def test_a_pdf_that_the_record_names_replaces_arxivs() -> None:
    found = paper(arxiv="2410.12265", links={"pdf": "https://a.example/x.pdf"})
    assert links(found)["PDF"] == "https://a.example/x.pdf"


def test_facts_are_those_that_are_known() -> None:
    found = paper(
        authors=("Ann Other",),
        organization="Stanford NLP",
        venue="ICML 2025",
        comment="13 pages",
        categories=("cs.CL", "cs.LG"),
        license="CC BY 4.0",
        tags=("scaling",),
        published=dt.date(2024, 2, 29),
        updated=dt.date(2024, 3, 1),
        listed=(),
    )
    assert facts(found) == {
        "Published": "29 February 2024",
        "Updated": "1 March 2024",
        "Organization": "Stanford NLP",
        "Venue": "ICML 2025",
        "Comment": "13 pages",
        "Subjects": "cs.CL, cs.LG",
        "Licence": "CC BY 4.0",
        "Keywords": "scaling",
    }


def test_an_unknown_day_of_publication_is_said_to_be_unknown() -> None:
    assert facts(paper(listed=())) == {"Published": "No date given"}
    assert facts(paper(listed=(), year=1998)) == {"Published": "1998"}


def test_each_listing_says_what_it_said_and_when() -> None:
    listed = (
        Listed(listing="b.txt", issue=TUESDAY, position=12, votes=41, discussion=1),
        Listed(listing="c.txt"),
    )
    page = page_of(paper(listed=listed))
    assert texts(page, "//dd")[1:] == [
        "b, 28 October 2025, 12th, 41 votes, 1 comment",
        "c, No date given",
    ]


def test_only_an_issue_that_shows_the_paper_is_linked_to() -> None:
    def hrefs(found: Paper) -> list[str]:
        return list(tree(page_of(found)).xpath("//dd/a/@href"))

    monday, tuesday, undated = (Listed(listing="x", issue=day) for day in (MONDAY, TUESDAY, None))
    both = ["../../issues/2025-10-28/", "../../issues/2025-10-27/"]
    assert hrefs(paper(listed=(tuesday, monday))) == both
    assert hrefs(paper(listed=(undated,))) == ["../../issues/undated/"]
    assert hrefs(paper(listed=(tuesday, undated))) == both[:1]
    assert hrefs(paper(listed=(monday, tuesday), issue=TUESDAY)) == both[:1]


def test_a_listing_has_the_name_that_the_editors_gave_it_else_that_of_its_file() -> None:
    files = ("2025-10-28-hf-daily-a.txt", "2025-10-28-my-own-list.jsonl.gz")
    found = paper(listed=tuple(Listed(listing=file, issue=TUESDAY, position=55) for file in files))
    site = msgspec.structs.replace(SITE, listings={"*-hf-daily-*": "Hugging Face Daily Papers"})
    page = planned(library({"a": found}, site=site), papers.plan)["papers/a/index.html"]
    assert texts(page, "//dd")[1:] == [
        "Hugging Face Daily Papers, 28 October 2025, 55th",
        "my own list, 28 October 2025, 55th",
    ]


def test_an_issue_that_an_editor_chose_is_named_unless_a_listing_of_that_day_is() -> None:
    assert facts(paper(listed=(), issue=TUESDAY))["Issue"] == "28 October 2025"
    assert "Issue" not in facts(paper(listed=(Listed(listing="b.txt", issue=TUESDAY),), issue=TUESDAY))


def test_a_paper_without_an_identifier_says_where_to_look_and_what_its_citation_lacks() -> None:
    page = page_of(paper("A title"))
    links = texts(page, f"{HEAD}/ul/li")
    assert links[:4] == ["Find it on", "arXiv", "Semantic Scholar", "Google Scholar"]
    lacking = "No listing gives the authors or identifier. Complete the citation before use."
    assert texts(page, f"//section[{has('cite')}]/p") == [lacking]
    known = page_of(paper("A title", arxiv="2410.12265", authors=("Ann Other",)))
    assert "Find it on" not in texts(known, f"{HEAD}/ul/li")
    assert texts(known, f"//section[{has('cite')}]/p") == []


def test_the_themes_are_linked_the_main_one_first_and_unsorted_is_one() -> None:
    theme = f"{HEAD}/p[{has('label')}]/a"
    assert texts(page_of(paper(themes=("models", "data"))), theme) == ["Models & more", "Data"]
    assert tree(page_of(paper())).xpath(f"{theme}/@href") == ["../../themes/unsorted/"]


def test_neighbours_are_those_of_the_main_theme_and_of_the_first_issue() -> None:
    page = page_of(
        paper("It", MONDAY, position=2, themes=("data",)),
        newer=paper("Newer", TUESDAY, themes=("data",)),
        other=paper("Other", MONDAY, position=1, themes=("models", "data")),
        older=paper("Older", MONDAY, position=3),
    )
    assert near(page) == {
        "Data": ["Previous Newer"],
        "27 October 2025": ["Previous Other", "Next Older"],
    }


def test_the_only_paper_has_no_neighbours_and_an_unsorted_one_those_of_its_issue() -> None:
    assert near(page_of(paper())) == {}
    assert near(page_of(paper("It"), other=paper("Other", position=2))) == {"27 October 2025": ["Next Other"]}


def test_the_summary_is_the_beginning_of_the_abstract() -> None:
    page = page_of(paper(abstract="word " * 100))
    [summary] = tree(page).xpath("//meta[@name='description']/@content")
    assert summary == "word " * 39 + "…"


@pytest.mark.parametrize(("end", "shown"), [("bb", "bb"), ("bbb", "…")])
def test_the_summary_has_200_characters_at_most(end: str, shown: str) -> None:
    page = page_of(paper(abstract="a " * 99 + end))
    assert tree(page).xpath("//meta[@name='description']/@content") == ["a " * 99 + shown]


def test_a_former_address_leads_to_the_present_one() -> None:
    found = planned(library({"new": paper("A title", formerly=("old", "older"))}), papers.plan)
    assert list(found) == ["papers/new/index.html", "papers/old/index.html", "papers/older/index.html"]
    page = tree(found["papers/old/index.html"])
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../papers/new/"]
    assert page.xpath("//main//a/@href") == ["../../papers/new/"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://digest.example/base/papers/new/"]
