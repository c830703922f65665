"""Find in an SVG image what runs, or loads something, when a browser opens the file by itself. Pure.

Shown in a page, an SVG runs nothing; at its own address it is a document of the site. Editors get drawings
from others, so that what could act there is refused: scripts, handlers, HTML, entities, and links that lead
out of the file (www.w3.org/TR/SVG2/conform.html, "secure animated mode").
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.problem import Location, Problem, error

_SVG = "{http://www.w3.org/2000/svg}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_ACTIVE = {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"}
_WITHIN = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp)[;,])", re.IGNORECASE)
"""How a link begins that leads to the file itself."""
_CSS_OUT = re.compile(
    r"@import|\\|url\(\s*+[\"']?+\s*+(?!#|[\"']|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE
)
_SUBSET = re.compile(rb"<!DOCTYPE(?:(?!<!DOCTYPE)[^>\[])*+\[|<!ENTITY|<!ATTLIST", re.IGNORECASE)
_HINT = "Export the drawing without it, or as PNG."


def svg_flaws(path: str, data: bytes) -> Iterator[Problem]:
    """Yield an error for each thing in an SVG file that could act, or why the file is no SVG."""
    from lxml import etree  # not paid for where there is no SVG

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as flaw:
        place = Location(path=path, line=max(flaw.lineno or 0, 0))
        yield error(place, f"This SVG cannot be read: {flaw.msg}.", "Export the drawing again.")
        return
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in {"UTF-8", "ASCII", "US-ASCII"}:
        yield error(Location(path=path, line=1), "This SVG is not in UTF-8.", "Save it as UTF-8.")
    if found := _SUBSET.search(data):
        place = Location(path=path, line=data.count(b"\n", 0, found.start()) + 1)
        yield error(place, "This SVG declares entities or attributes.", _HINT)
    if root.tag != f"{_SVG}svg":
        message = (
            "This is not SVG: its first element is not svg, in the namespace http://www.w3.org/2000/svg."
        )
        yield error(Location(path=path, line=root.sourceline or 0), message, "Export the drawing again.")
    # `attrib` would look for each value from the first one on
    values_of = etree.XPath("@*", smart_strings=False)
    for element in root.getroottree().xpath("//node()[not(self::text())]"):
        place = Location(path=path, line=element.sourceline or 0)
        for what in _active(element, values_of):
            yield error(place, f"This SVG has {what}, which could act when it is opened.", _HINT)


def _active(element: Any, values_of: Callable[[Any], Iterable[str]]) -> Iterator[str]:
    """Yield what could act of a node of a document, in words; `values_of` returns those of its attributes."""
    if not isinstance(element.tag, str):
        if element.tag.__name__ != "Comment":
            yield "a processing instruction or an entity"
        return
    name = element.tag.rpartition("}")[2].lower()
    if name in _ACTIVE or element.tag.startswith(_HTML):
        yield f"<{name}>"
    if name == "style" and _CSS_OUT.search("".join(element.itertext())):
        yield "styles that load something"
    for full, value in zip(element.keys(), values_of(element), strict=True):
        attribute = full.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            yield f"the handler {attribute}"
        elif attribute in {"href", "src", "base"} and not _WITHIN.match(value):
            yield f"a link out of it ({' '.join(value.split())[:60]})"
        elif attribute == "attributename" and value.strip().lower().endswith("href"):
            yield "an animated link"
        elif _CSS_OUT.search(value) and ("url(" in value.lower() or attribute == "style"):
            yield "a style that loads something"
