"""What the rules for feeds share.

A rule is a function with its source in its docstring. It yields what is wrong with a document, and nothing
where all is well. The sources, where it is not an RFC: "RSS" is rssboard.org/rss-specification, "Profile" is
rssboard.org/rss-profile, and "W3C" is the W3C Feed Validation Service, with the name that its source gives to
the message (github.com/w3c/feedvalidator, src/feedvalidator/logging.py).

All that this service recommends is done.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.support.feed_documents import Document

Rule = Callable[[Document], Iterable[str]]

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339, 5.6, with an upper-case T as Atom and JSON Feed want it."""
TAG = re.compile(
    r"tag:([A-Za-z0-9._-]+@)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?"
    r":([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
)
"""RFC 4151, 2.1: a domain or mail address, a day on which its owner had it, and what the owner calls it."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""RFC 5646, 2.1, as far as feeds need it."""
EARLIEST = "1990"
"""What claims to be older is taken for a mistake: W3C, ImplausibleDate."""

SHOWN = re.compile("a|blockquote|br|code|em|h[34]|hr|li|ol|p|pre|strong|su[bp]|ul")
"""What every feed reader shows, and no validator calls a risk."""


def is_absolute(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return (parts.scheme in {"http", "https"} and bool(parts.netloc)) or parts.scheme == "mailto"


def not_once(parent: Any, *names: str) -> Iterator[str]:
    """Yield the children that are not there exactly once, with words in them."""
    counts = Counter(child.tag for child in parent)
    yield from (f"{counts[name]} times {name}" for name in names if counts[name] != 1)
    yield from (f"{name} is blank" for name in names if not (parent.findtext(name) or "").strip())


def repeated(values: Iterable[str]) -> Iterator[str]:
    return (value for value, count in Counter(values).items() if count > 1)


def flaws_of_html(body: Any) -> Iterator[str]:
    """Yield what of an entry's HTML a reader may drop, refuse, or resolve to nowhere.

    W3C: SecurityRisk, NotHtml, ContainsRelRef.
    """
    for element in body.iterdescendants():
        name = str(element.tag)
        if not SHOWN.fullmatch(name):
            yield f"<{name}>"
        else:
            yield from (
                f"{name} {key}" for key in element.attrib if key not in {"href", "rel", "dir", "class"}
            )
    yield from (f"relative: {url}" for url in body.xpath(".//@href | .//@src") if not is_absolute(url))
    if body.xpath(".//*[local-name()='a']//*[local-name()='a']"):
        yield "a link in a link"


def rules_in(module: dict[str, Any], prefix: str) -> tuple[Rule, ...]:
    """Return the rules that a module defines."""
    return tuple(value for name, value in module.items() if name.startswith(prefix))
