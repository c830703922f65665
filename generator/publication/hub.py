"""Tell a WebSub hub which feeds have changed, so that it tells their subscribers at once.

W3C's WebSub leaves open how a publisher tells its hub; hubs take a form with `hub.mode=publish` and a
`hub.url` for each feed, as PubSubHubbub 0.4 (7.1) has it.
"""

from collections.abc import Collection, Iterable
from http.client import HTTPConnection, HTTPException, HTTPSConnection, InvalidURL
from urllib.parse import urlencode, urlsplit

from generator.library.paths import SITE
from generator.problem import Location, Problem, notice
from generator.publication.news import FeedNews

PATIENCE = 30
"""Seconds to wait for the hub."""


def changed_feeds(root: str, news: Iterable[FeedNews]) -> tuple[str, ...]:
    """Return the URL of each feed that shows something new, in every format; `root` is that of the site."""
    changed = (found for found in news if found.new or found.updated or found.again)
    return tuple(root + path for found in changed for path in found.paths)


def ping(hub: str, urls: Collection[str]) -> tuple[Problem, ...]:
    """Tell a hub that the feeds at these URLs have changed; return a notice if it refuses.

    If a hub does not answer, subscribers get the entries later, and lose none.
    """
    if not urls:
        return ()
    form = urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)])
    try:
        answer = _post(hub, form.encode())
    except OSError as flaw:  # first: a certificate that is refused is a ValueError, too
        answer = flaw.strerror or "it does not answer"
    except (ValueError, InvalidURL):
        answer = "no server can have this address"
    except HTTPException as flaw:
        answer = f"its answer is not HTTP ({type(flaw).__name__})"
    if not answer:
        return ()
    message = f"The hub {hub} was not notified of new entries: {answer}."
    hint = "Subscribers get them when their readers look. Correct `hub:` if its address is wrong."
    return (notice(Location(path=SITE), message, hint),)


def _post(url: str, form: bytes) -> str:
    """Send a form; return why the server did not take it, or nothing.

    Raises OSError without an answer, HTTPException if the answer is not HTTP, ValueError for no valid URL.
    """
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=PATIENCE)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Broadsheet"}
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request("POST", path, form, headers)
        response = connection.getresponse()
        return "" if response.status // 100 == 2 else f"it says {response.status} {response.reason}"
    finally:
        connection.close()
