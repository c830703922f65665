"""Fragments of an HTML page (HTML Living Standard, 13), each parsed for itself, with its place."""

from lxml import etree

from generator.listings.values.texts import line


def fragment(text: str) -> "etree._Element":
    """Return the body of a fragment of HTML; broken HTML gives what is left of it, as in a browser."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(f"<html><body>{text}</body></html>".encode(), parser)
    return etree.Element("body") if root is None else root


def by_class(element: "etree._Element", name: str) -> "etree._Element | None":
    """Return the first element within that has the class."""
    found = (one for one in element.iter() if name in (one.get("class") or "").split())
    return next(found, None)


def words(element: "etree._Element | None") -> str | None:
    """Return an element's text as one line; None where there is none."""
    return None if element is None else line("".join(element.itertext()))
