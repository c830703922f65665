"""Write an issue as a message, the same bytes on any machine.

The format is RFC 5322 with MIME (RFC 2045 to 2047): two renderings of one text, the plain one first, both
quoted-printable, so that every line is short ASCII and no server on the way has to recode it.
List-Unsubscribe and List-Archive are RFC 2369, List-Unsubscribe-Post RFC 8058, List-Id RFC 2919,
Auto-Submitted and Precedence RFC 3834. The fields are written here and not by `email.message`, which
encodes a long URL as if it were words, and folds differently from version to version.

A message is made once, without a recipient, and then addressed to each: `addressed` fills in the
placeholders of the URLs for unsubscribing. A signature is the HMAC-SHA256 (RFC 2104), in hexadecimal, of
the mailbox under the secret of the environment, which the receiver of the URL has too; so no
subscriber can unsubscribe another.
"""

import datetime as dt
import hmac
import os
import re
from binascii import a2b_qp, b2a_qp
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from urllib.parse import quote

from markupsafe import escape

from generator.mail.addresses import Subscriber
from generator.settings import Site
from generator.text.segments import clean
from generator.words import month_name

LIMIT = 89_000
"""Bytes of a message without a recipient. With one it stays below 95,000, and with what servers on the way
add below the 102 KB that Gmail shows."""
NOBODY = "nobody@mail.invalid"
"""The sender for a digest without an address: a message needs one, and this one gets no mail (RFC 2606)."""
RECIPIENT, SIGNATURE = "{address}", "{signature}"
"""The placeholders in a URL of `site.yaml`: for the recipient's address, and for its signature."""
_PLAIN = re.compile(r"[ !#-<>-\[\]-~]{1,66}")
"""Text that a field has unchanged: short ASCII that neither ends a quotation nor begins an encoded word."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FOLD = ",\r\n "
_LINE_BREAK = re.compile(r"\r\n?|\n")
_DATE = re.compile(rb"^Date: [^\r]*", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^Message-ID: <[^@]*@", re.MULTILINE)


def message(site: Site, name: str, day: dt.date, subject: str, *, text: str, html: str) -> bytes:
    """Return an issue as a message without a recipient.

    Takes the issue's name, such as "issue-2025-10-30", its day, the subject, and the two renderings.
    Message-ID depends only on the name: sent again, it is the same message to every program that has seen
    it.
    """
    boundary = f"=_{name}"  # never within quoted-printable text (RFC 2045, 6.7)
    fields = [
        *_fields(site, name, day, subject),
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    head = "".join(f"{field}\r\n" for field in fields).encode("ascii")
    parts = [head, _part("plain", _quoted(text)), _part("html", _quoted(html)), b"--\r\n"]
    return f"\r\n--{boundary}".encode().join(parts)


def addressed(mail: bytes, to: Subscriber, ways: tuple[str, ...], secret: str, sent: dt.datetime) -> bytes:
    """Return a message with its recipient and the time of sending.

    Takes the digest's ways to unsubscribe, which the message may name in its fields and in its parts, the
    secret that signs the recipient's address, and a time with its offset from UTC.
    """
    urls = {without_recipient(way): _filled(way, to, secret) for way in ways if without_recipient(way) != way}
    head, end, body = mail.partition(b"\r\n\r\n")
    for url, own in urls.items():
        head = head.replace(url.encode(), own.encode())
    head = _DATE.sub(b"Date: " + _date(sent).encode(), head)
    if urls:
        boundary = b"\r\n--" + head.rpartition(b'boundary="')[2].rstrip(b'"')
        body = boundary.join(_part_filled(part, urls) for part in body.split(boundary))
    return f"To: {to.address}\r\n".encode("ascii") + head + end + body


def as_draft(mail: bytes) -> bytes:
    """Return a message whose Message-ID is made from its content, so that mailboxes show every version."""
    of_content = f".draft-{blake2b(mail, digest_size=8).hexdigest()}@".encode()
    return _MESSAGE_ID.sub(lambda found: found[0][:-1] + of_content, mail, count=1)


def without_recipient(way: str) -> str:
    """Return a way to unsubscribe for a message without a recipient: a URL has no braces (RFC 3986)."""
    return way.replace(RECIPIENT, quote(RECIPIENT)).replace(SIGNATURE, quote(SIGNATURE))


def _filled(way: str, to: Subscriber, secret: str) -> str:
    key = os.fsencode(secret)
    signature = hmac.digest(key, to.mailbox.encode(), "sha256").hex() if SIGNATURE in way else ""
    return way.replace(RECIPIENT, quote(to.address, safe="")).replace(SIGNATURE, signature)


def _part_filled(part: bytes, urls: Mapping[str, str]) -> bytes:
    kind, end, quoted = part.partition(b"\r\n\r\n")
    text = a2b_qp(quoted).decode()
    for url, own in urls.items():
        text = text.replace(escape(url), escape(own)).replace(url, own)
    return kind + end + _quoted(text) if end else part


def _fields(site: Site, name: str, day: dt.date, subject: str) -> Iterator[str]:
    title = " ".join(clean(site.title).split())
    subject = " ".join(clean(subject).split())
    host = site.tag_authority.partition(",")[0].rpartition("@")[2]
    ways = site.mail.unsubscribe
    yield f"From: {_phrase('From', title)}\r\n <{site.mail.address or NOBODY}>"
    if site.mail.reply_to:
        yield f"Reply-To: {site.mail.reply_to}"
    yield f"Subject: {subject if _PLAIN.fullmatch(subject) else _encoded('Subject', subject)}"
    yield f"Date: {_date(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))}"
    yield f"Message-ID: <{name}@{host}>"
    yield f"List-Id: {_phrase('List-Id', title)}\r\n <issues.{host}>"
    yield f"List-Archive: <{site.url.rstrip('/')}/issues/>"
    if ways:
        yield f"List-Unsubscribe: {_FOLD.join(f'<{without_recipient(way)}>' for way in ways)}"
    if any(way.startswith("https://") and RECIPIENT in way for way in ways):
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    yield "Auto-Submitted: auto-generated"
    yield "Precedence: bulk"
    yield "MIME-Version: 1.0"


def _date(time: dt.datetime) -> str:
    """Return a time as RFC 5322, 3.3 writes it, in UTC."""
    utc = time.astimezone(dt.UTC)
    date = f"{utc.day} {month_name(utc.month)[:3]} {utc.year:04}"
    return f"{_WEEKDAYS[utc.weekday()]}, {date} {utc:%H:%M:%S} +0000"


def _phrase(field: str, title: str) -> str:
    return f'"{title}"' if _PLAIN.fullmatch(title) else _encoded(field, title)


def _encoded(field: str, text: str) -> str:
    from email.header import Header  # a slow import, and most titles need none

    return Header(text, "utf-8", header_name=field).encode(linesep="\r\n")


def _part(subtype: str, quoted: bytes) -> bytes:
    kind = f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
    encoding = "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    return f"{kind}{encoding}".encode() + quoted


def _quoted(text: str) -> bytes:
    """Return text as quoted-printable, line breaks as CR LF."""
    return b2a_qp(_LINE_BREAK.sub("\n", text).encode()).replace(b"\n", b"\r\n")
