"""Make the message: an issue as bytes that any mail program reads. Pure, and the same on any machine.

The format is RFC 5322 with MIME (RFC 2045 to 2047): two renderings of one text, the plain one first, both
quoted-printable, so that every line is short ASCII and no server on the way has to recode it.
List-Unsubscribe is RFC 2369, List-Unsubscribe-Post RFC 8058. The fields are written here and not by
`email.message`, which encodes a long URL as if it were words, and folds differently from version to version.
"""

import datetime as dt
import re
from binascii import b2a_qp
from collections.abc import Iterator
from urllib.parse import quote

from generator.model import Site
from generator.text.segments import clean
from generator.words import month_name

LIMIT = 89_300
"""Bytes of a message without a recipient. With one it stays below 90,000, and with what servers on the way
add below the 102 KB that Gmail shows."""
NOBODY = "nobody@mail.invalid"
"""The sender for a digest without an address: a message needs one, and this one gets no mail (RFC 2606)."""
RECIPIENT = "{address}"
"""The placeholder for the recipient's address in a URL of `site.yaml`."""
_PLACEHOLDER = quote(RECIPIENT)
"""The same in a message without a recipient: a URL has no braces (RFC 3986)."""
_PLAIN = re.compile(r"[ !#-<>-\[\]-~]{1,66}")
"""Text that a field has as it is: short ASCII that neither ends a quotation nor begins an encoded word."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FOLD = ",\r\n "
_LINE_BREAK = re.compile(r"\r\n?|\n")


def message(site: Site, day: dt.date, summary: str, *, text: str, html: str) -> bytes:
    """Return an issue as a message without a recipient. Its subject is the digest's title and `summary`.

    Message-ID and Date depend only on the issue: sent again, it is the same message to every program that has
    seen it.
    """
    boundary = f"=_issue-{day}"  # never within quoted-printable text (RFC 2045, 6.7)
    fields = [*_fields(site, day, summary), f'Content-Type: multipart/alternative; boundary="{boundary}"']
    head = "".join(f"{field}\r\n" for field in fields).encode("ascii")
    return f"\r\n--{boundary}".encode().join([head, _part("plain", text), _part("html", html), b"--\r\n"])


def to_recipient(mail: bytes, address: str) -> bytes:
    """Return the message with the recipient in its To field and in the URL for unsubscribing."""
    head, end, body = mail.partition(b"\r\n\r\n")
    head = head.replace(_PLACEHOLDER.encode(), quote(address, safe="").encode())
    return f"To: {address}\r\n".encode("ascii") + head + end + body


def _fields(site: Site, day: dt.date, summary: str) -> Iterator[str]:
    title = " ".join(clean(site.title).split())
    subject = f"{title}, {summary}"
    name = f'"{title}"' if _PLAIN.fullmatch(title) else _encoded("From", title)
    host = site.tag_authority.partition(",")[0].rpartition("@")[2]
    ways = site.mail.unsubscribe
    yield f"From: {name}\r\n <{site.mail.address or NOBODY}>"
    yield f"Subject: {subject if _PLAIN.fullmatch(subject) else _encoded('Subject', subject)}"
    date = f"{day.day} {month_name(day.month)[:3]} {day.year:04}"
    yield f"Date: {_WEEKDAYS[day.weekday()]}, {date} 00:00:00 +0000"
    yield f"Message-ID: <issue-{day}@{host}>"
    if ways:
        urls = (f"<{way.replace(RECIPIENT, _PLACEHOLDER)}>" for way in ways)
        yield f"List-Unsubscribe: {_FOLD.join(urls)}"
    if any(way.startswith("https://") and RECIPIENT in way for way in ways):
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    yield "MIME-Version: 1.0"


def _encoded(field: str, text: str) -> str:
    from email.header import Header  # a slow import, and most titles need none

    return Header(text, "utf-8", header_name=field).encode(linesep="\r\n")


def _part(subtype: str, content: str) -> bytes:
    kind = f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
    encoding = "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    body = b2a_qp(_LINE_BREAK.sub("\n", content).encode()).replace(b"\n", b"\r\n")
    return f"{kind}{encoding}".encode() + body
