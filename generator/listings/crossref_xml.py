"""Crossref's answers as XML: UNIXREF within a query's result (crossref.org/documentation/schema-library).

::

    <query status="resolved"><doi type="journal_article">10.1175/2572.1</doi><doi_record><crossref><journal>
      <journal_metadata><full_title>Monthly Weather Review</full_title></journal_metadata>
      <journal_article>
        <titles><title>Pears</title></titles>
        <contributors><person_name contributor_role="author"><given_name>Ann</given_name>
          <surname>Other</surname></person_name></contributors>
        <publication_date><month>08</month><day>01</day><year>2003</year></publication_date>
        <doi_data><doi>10.1175/2572.1</doi></doi_data>
      </journal_article>
    </journal></crossref></doi_record></query>

Of several days of publication the earliest counts. A query that is not resolved is no paper.
"""

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from generator.listings.entry import Listing, Parse
from generator.listings.reading import xml_records
from generator.listings.reading.records import Facts, ListedItem, Refused, parse_of
from generator.listings.reading.xml_records import child, children, first_text, name_of
from generator.listings.values.dates import calendar_day, year
from generator.listings.values.identifiers import doi
from generator.listings.values.names import all_of, joined
from generator.listings.values.texts import line, marked_paragraphs

NAME = "crossref-xml"
WORKS = (
    *("journal_article", "conference_paper", "posted_content", "content_item", "dissertation", "dataset"),
    *("report-paper_metadata", "book_metadata", "book_series_metadata", "proceedings_metadata"),
)
"""Elements that are a work; where one is within another, the inner first."""


def matches(listing: Listing) -> bool:
    """Tell whether the text is such an answer."""
    return xml_records.root_name(listing) in ("crossref_result", "doi_records")


def parse(listing: Listing) -> Parse:
    """Return the works of such an answer."""
    text = xml_records.read(listing, ("query", "doi_record"))
    return parse_of(
        listing, [ListedItem(record.span, _facts(record.element)) for record in text.records], text.problems
    )


def _facts(query: "etree._Element | Refused") -> Facts | Refused:
    if isinstance(query, Refused):
        return query
    elements = {name_of(found): found for found in reversed(list(query.iter())) if isinstance(found.tag, str)}
    work = next((elements[name] for name in WORKS if name in elements), None)
    if work is None:
        asked = line(next((text for text in _texts(query, "doi")), ""))
        return Refused(f"Crossref knows no such work: {asked or 'nothing was asked'}.")
    titles, contributors, data = (child(work, name) for name in ("titles", "contributors", "doi_data"))
    abstract = child(work, "abstract")
    return {
        "title": None if titles is None else ": ".join(_titles(titles)),
        "abstract": None
        if abstract is None
        else marked_paragraphs(etree.tostring(abstract, encoding="unicode")),
        "authors": () if contributors is None else all_of(_authors(contributors)),
        "doi": None if data is None else doi(first_text(data, "doi")),
        "venue": next(
            filter(None, map(line, (*_texts(query, "full_title"), *_texts(query, "proceedings_title")))), None
        ),
        "published": min(_days(work), default=None),
        "year": min(filter(None, (year(first_text(date, "year")) for date in _dates(work))), default=None),
    }


def _texts(element: "etree._Element", name: str) -> Iterator[str]:
    return (xml_records.text_of(found) for found in element.iter() if name_of(found) == name)


def _titles(titles: "etree._Element") -> Iterator[str]:
    return filter(None, (line(first_text(titles, name)) for name in ("title", "subtitle")))


def _authors(contributors: "etree._Element") -> Iterator[str | None]:
    for person in contributors:
        if isinstance(person.tag, str) and person.get("contributor_role", "author") == "author":
            parts = (first_text(person, name) for name in ("given_name", "surname", "suffix"))
            yield line(xml_records.text_of(person)) if name_of(person) == "organization" else joined(*parts)


def _dates(work: "etree._Element") -> "list[etree._Element]":
    return [*children(work, "publication_date"), *children(work, "posted_date")]


def _days(work: "etree._Element") -> Iterator[dt.date]:
    for date in _dates(work):
        numbers = [first_text(date, name).strip() for name in ("year", "month", "day")]
        if all(number.isascii() and number.isdigit() and len(number) <= 4 for number in numbers):
            found = calendar_day(*map(int, numbers))
            if found:
                yield found
