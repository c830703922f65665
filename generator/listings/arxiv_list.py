"""arXiv's web pages of new and recent papers, saved as HTML: ``/list/CATEGORY/new``.

Their HTML is that of arXiv's ``list_macros.html`` (github.com/arXiv/arxiv-browse)::

    <h3>New submissions (showing 2 of 2 entries)</h3>
    <dt><a href="/abs/2411.13560" title="Abstract" id="2411.13560">arXiv:2411.13560</a> [pdf]</dt>
    <dd><div class='meta'>
      <div class='list-title mathjax'><span class='descriptor'>Title:</span> Pears</div>
      <div class='list-authors'><a href="...">Ann Other</a>, <a href="...">Bob Brown</a></div>
      <div class='list-subjects'><span class="primary-subject">Machine Learning (cs.LG)</span>; ...</div>
      <p class='mathjax'>On pears.</p>
    </div></dd>

The page states no day of a paper. How many papers there should be is the sum over its headings, or the range
that it says it shows (``Total of 312 entries : 1-50``).
"""

import re

from lxml import etree

from generator.listings.entry import Listing, Parse, quote
from generator.listings.reading.html_records import by_class, fragment, words
from generator.listings.reading.places import Places
from generator.listings.reading.records import Facts, ListedItem, Refused, identifier_flaw, parse_of
from generator.listings.values.identifiers import arxiv_id, doi
from generator.listings.values.names import all_of, author_list, from_tex
from generator.listings.values.texts import line, marked_paragraphs

NAME = "arxiv-list"
BEGIN = re.compile(r"<dt\b", re.IGNORECASE)
END = re.compile(r"</dd\s*>|<dt\b|</dl\s*>", re.IGNORECASE)
LISTED = re.compile(r"class=[\"'][^\"'<>]*\blist-title\b")
HEADING = re.compile(
    r"<h3[^<>]*>[^<>]*\((?:continued, )?showing (?:first |last )?([0-9]{1,5}) of [0-9]{1,6} entries"
)
SHOWN = re.compile(
    r"total of [0-9]{1,6} entries\s*:?\s*(?:<[a-z]+>\s*)?([0-9]{1,6})-([0-9]{1,6})\b", re.IGNORECASE
)
NO_UPDATES = re.compile(r"<p>\s*No updates today\.?\s*</p>", re.IGNORECASE)
"""What the page of new papers says where there are none (arXiv's template ``list/new.html``)."""
NAME_OF = re.compile(r"arXiv:\s*(\S+)", re.IGNORECASE)
CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
SHORTENED = re.compile(r"\s*this \w+ URL\s*")
"""What the page shows in place of a URL that authors wrote."""
LABEL = re.compile(r"\A\s*[A-Z][A-Za-z-]+:\s*")


def matches(listing: Listing) -> bool:
    """Tell whether the text is such a page."""
    is_list = any("list-title" in text and LISTED.search(text) for text in listing.lines)
    return (is_list and any(BEGIN.search(text) for text in listing.lines)) or _says_none(listing)


def _says_none(listing: Listing) -> bool:
    return any("updates today" in text and NO_UPDATES.search(text) for text in listing.lines)


def parse(listing: Listing) -> Parse:
    """Return the papers of such a page: new ones, cross-listings and replacements."""
    text, places = listing.text, Places(listing.lines)
    records = []
    begin = BEGIN.search(text)
    while begin:
        end = END.search(text, begin.end())
        facts: Facts | Refused = Refused("This paper is not whole.")
        stop = end.start() if end else len(text)
        if end and end[0].lower().startswith("</dd"):
            stop = end.end()
            facts = _facts(text[begin.start() : stop])
        records.append(ListedItem(places.span(begin.start(), stop), facts))
        begin = BEGIN.search(text, max(stop, begin.end()))
    return parse_of(listing, records, stated=_stated(text), may_be_empty=_says_none(listing))


def _stated(text: str) -> int | None:
    """Return how many papers the page says that it has, by its headings, else by the range that it shows."""
    counts = [int(found) for found in HEADING.findall(text)]
    shown = SHOWN.search(text)
    if counts or shown is None:
        return sum(counts) if counts else None
    return int(shown[2]) - int(shown[1]) + 1


def _facts(text: str) -> Facts | Refused:
    item = fragment(text)
    for link in item.iter("a"):
        if SHORTENED.fullmatch(link.text or ""):
            link.text = link.get("href")
    head = item.find(".//dt")
    named = NAME_OF.search(words(head) or "")
    addresses = [] if head is None else [link.get("href", "") for link in head.iter("a")]
    linked = next((address for address in addresses if "/abs/" in address), "")
    stated = named[1] if named else linked.rpartition("/abs/")[2]
    name = arxiv_id(stated)
    if name is None:
        return identifier_flaw(stated)
    title = _field(item, "list-title")
    if title is None:
        return Refused(f"The paper {quote(name.arxiv)} has no title.")
    subjects = by_class(item, "list-subjects")
    return {
        "title": title,
        "abstract": _abstract(item),
        "authors": _authors(by_class(item, "list-authors")),
        "arxiv": name.arxiv,
        "version": name.version,
        "doi": doi(_field(item, "list-doi")),
        "venue": _field(item, "list-journal-ref"),
        "comment": _field(item, "list-comments"),
        "categories": tuple(dict.fromkeys(CATEGORY.findall(words(subjects) or ""))),
    }


def _field(item: "etree._Element", name: str) -> str | None:
    return line(LABEL.sub("", words(by_class(item, name)) or ""))


def _authors(element: "etree._Element | None") -> tuple[str, ...]:
    """Return the names, each of which is a link; of a list without links, what is between commas."""
    if element is None:
        return ()
    linked = all_of(from_tex(words(link) or "") for link in element.iter("a"))
    return linked or author_list(LABEL.sub("", words(element) or ""))


def _abstract(item: "etree._Element") -> str | None:
    found = next((one for one in item.iter("p") if "mathjax" in (one.get("class") or "")), None)
    return (
        None
        if found is None
        else marked_paragraphs(etree.tostring(found, encoding="unicode", with_tail=False))
    )
