"""The message: its fields as a mail program reads them, and its bytes as a server sees them."""

import datetime as dt
import email
import email.policy
import hmac
import os
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.mail.addresses import Subscriber
from generator.mail.message import LIMIT, addressed, as_draft, message
from generator.problem import Location
from generator.settings import Mail, Site
from tests.support.paths import ROOT

DAY = dt.date(2025, 10, 30)
SENT = dt.datetime(2025, 10, 31, 0, 15, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))
ONE_CLICK = "https://digest.example/leave?list=1&who={address}"
MAILTO = "mailto:editors@digest.example?subject=leave"


def site(title: str = "A Digest", authority: str = "digest.example,2025", mail: Mail | None = None) -> Site:
    default = Mail(address="editors@digest.example", unsubscribe=(ONE_CLICK, MAILTO))
    return Site(title=title, url="https://digest.example/", tag_authority=authority, mail=mail or default)


def written(site: Site, text: str = "Text.\n", html: str = "<p>HTML.</p>\n") -> bytes:
    subject = f"{' '.join(site.title.split())}, 30 October 2025: 2 papers"
    return message(site, "issue-2025-10-30", DAY, subject, text=text, html=html)


def sent_to(address: str, data: bytes, *ways: str) -> bytes:
    to = Subscriber(address, Location(path="list.txt", line=1))
    return addressed(data, to, ways or (ONE_CLICK, MAILTO), "a secret", SENT)


def parsed(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert [part.defects for part in found.walk()] == [[], [], []]
    return found


def contents(data: bytes) -> list[tuple[str, str]]:
    """Return the parts, each with its type; line breaks as they are on this machine."""
    parts = [part for part in parsed(data).walk() if not part.is_multipart()]
    return [(part.get_content_type(), str(part.get_content()).replace("\r\n", "\n")) for part in parts]


def words(data: bytes, field: str) -> str:
    """Return a field as RFC 2047 reads it: Python 3.11 itself keeps spaces between encoded words."""
    found = email.message_from_bytes(data, policy=email.policy.compat32)[field]
    return str(make_header(decode_header("".join(found.splitlines()))))


def test_its_fields_depend_only_on_the_issue() -> None:
    assert dict(parsed(written(site())).items()) == {
        "From": "A Digest <editors@digest.example>",
        "Subject": "A Digest, 30 October 2025: 2 papers",
        "Date": "Thu, 30 Oct 2025 12:00:00 +0000",
        "Message-ID": "<issue-2025-10-30@digest.example>",
        "List-Id": '"A Digest" <issues.digest.example>',
        "List-Archive": "<https://digest.example/issues/>",
        "List-Unsubscribe": f"<{ONE_CLICK.replace('{', '%7B').replace('}', '%7D')}>, <{MAILTO}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_issue-2025-10-30"',
    }


def test_plain_text_comes_before_html() -> None:
    text, html = "Grüße, 深层学习 = \N{PARTY POPPER}\n.\nFrom here \n", "<p>" + "long " * 500 + "</p>\r\n"
    assert contents(written(site(), text, html)) == [
        ("text/plain", text),
        ("text/html", html.replace("\r\n", "\n")),
    ]


def test_every_line_is_short_ascii() -> None:
    data = written(site(title="Ünïcode " * 40), "深" * 3000 + "\r", "x" * 5000)
    lines = data.split(b"\r\n")
    assert data.isascii()
    assert max(map(len, lines)) <= 78
    assert not re.search(rb"[\r\n\0]", b"".join(lines))


@pytest.mark.parametrize(
    "title",
    [
        "The Held-Out Set",
        "Papers & Notes, Weekly",
        'The "Digest" of \\ things',
        "Лучшие статьи недели — каждую пятницу, для всех, кто читает",
        "=?utf-8?q?no?=",
        "Ends in a dot.",
        "very long " * 30,
    ],
)
def test_any_title_is_read_back(title: str) -> None:
    data = written(site(title))
    title = " ".join(title.split())
    assert parsed(data)["From"].addresses[0].addr_spec == "editors@digest.example"
    assert words(data, "From").removesuffix(" <editors@digest.example>") in {title, f'"{title}"'}
    assert words(data, "Subject") == f"{title}, 30 October 2025: 2 papers"


def test_a_title_cannot_add_a_field() -> None:
    found = parsed(written(site("A\r\nBcc: eve@example.org\r\n\r\nbody\x1b\u202e")))
    assert found["From"].addresses[0].display_name == "A Bcc: eve@example.org body"
    assert "Bcc" not in found


@pytest.mark.parametrize(
    ("authority", "host"), [("a.example,2025", "a.example"), ("me@b.example,2025-01", "b.example")]
)
def test_its_message_id_names_the_tag_authority(authority: str, host: str) -> None:
    assert parsed(written(site(authority=authority)))["Message-ID"] == f"<issue-2025-10-30@{host}>"


@pytest.mark.parametrize(
    ("ways", "unsubscribe", "one_click"),
    [
        ((), None, None),
        ((MAILTO,), f"<{MAILTO}>", None),
        (("https://digest.example/leave",), "<https://digest.example/leave>", None),
        ((MAILTO, ONE_CLICK), None, "List-Unsubscribe=One-Click"),
    ],
)
def test_one_click_needs_a_url_with_the_recipient(
    ways: tuple[str, ...], unsubscribe: str | None, one_click: str | None
) -> None:
    found = parsed(written(site(mail=Mail(unsubscribe=ways))))
    assert found["List-Unsubscribe-Post"] == one_click
    assert unsubscribe is None or found["List-Unsubscribe"] == unsubscribe
    assert ("List-Unsubscribe" in found) == bool(ways)


def test_the_sender_of_a_digest_without_an_address_is_nobody() -> None:
    assert parsed(written(site(mail=Mail())))["From"].addresses[0].addr_spec == "nobody@mail.invalid"


def test_answers_go_where_the_digest_says() -> None:
    found = parsed(written(site(mail=Mail(reply_to="ada@digest.example"))))
    assert found["Reply-To"] == "ada@digest.example"
    assert "Reply-To" not in parsed(written(site()))


def test_a_message_that_is_sent_has_its_recipient_and_the_time() -> None:
    data = written(site(), text="%7Baddress%7D stays\n")
    sent = sent_to("ada+x@example.org", data)
    found = parsed(sent)
    assert (found["To"], found["Date"]) == ("ada+x@example.org", "Thu, 30 Oct 2025 23:15:09 +0000")
    assert "https://digest.example/leave?list=1&who=ada%2Bx%40example.org>" in found["List-Unsubscribe"]
    assert contents(sent) == contents(data)
    assert found["Message-ID"] == parsed(data)["Message-ID"]


def test_the_way_to_unsubscribe_is_filled_in_in_both_parts() -> None:
    way = "https://digest.example/leave?list=1&who={address}&proof={signature}"
    url = "https://digest.example/leave?list=1&who=%7Baddress%7D&proof=%7Bsignature%7D"
    data = written(
        site(mail=Mail(unsubscribe=(way,))),
        text=f"{'Long words. ' * 9}\n{url}\n",
        html=f'<a href="{url.replace("&", "&amp;")}">Leave</a>\n',
    )
    # as any program computes it: HMAC-SHA256 of the mailbox, whose domain is in lower case
    proof = hmac.new(b"a secret", b"Ada@example.org", "sha256").hexdigest()
    own = f"https://digest.example/leave?list=1&who=Ada%40EXAMPLE.org&proof={proof}"
    sent = sent_to("Ada@EXAMPLE.org", data, way)
    assert contents(sent) == [
        ("text/plain", f"{'Long words. ' * 9}\n{own}\n"),
        ("text/html", f'<a href="{own.replace("&", "&amp;")}">Leave</a>\n'),
    ]
    assert parsed(sent)["List-Unsubscribe"] == f"<{own}>"
    assert max(map(len, sent.split(b"\r\n"))) <= 998


def test_nobody_can_unsubscribe_another_by_a_signature() -> None:
    way = "https://digest.example/leave?proof={signature}"
    data = written(site(mail=Mail(unsubscribe=(way,))))
    fields = [
        parsed(sent_to(address, data, way))["List-Unsubscribe"] for address in ("a@b.example", "b@b.example")
    ]
    assert fields[0] != fields[1]


def test_the_documented_check_takes_each_link_and_no_link_that_was_altered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = (ROOT / "docs/mail.md").read_text("utf-8")
    check = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.setenv("BROADSHEET_MAIL_KEY", "a secret")

    def genuine(url: str) -> bool:
        given = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        names = {"hmac": hmac, "os": os, **given}
        exec(check, names)  # what a reader of the page copies
        return bool(names["genuine"])

    way = "https://digest.example/leave?address={address}&proof={signature}"
    data = written(site(mail=Mail(unsubscribe=(way,))))
    for address in ("Ada+x@Example.ORG", "ada@example.org"):
        url = str(parsed(sent_to(address, data, way))["List-Unsubscribe"]).strip("<>")
        assert genuine(url)
        assert not genuine(url.replace("da", "db", 1))
        assert not genuine(url[:-1])
        assert not genuine(url.replace("proof=", "proof=%C3%A9"))


def test_a_draft_is_known_by_its_content() -> None:
    data = written(site(), text="Message-ID: <a@b>\n")
    head = b"Message-ID: <issue-2025-10-30"
    assert as_draft(data) == data.replace(head, head + b".draft-303e37e4fba96518")


def test_the_longest_address_fits_below_95_000() -> None:
    local = "%" * 64
    longest = f"{local}@{'a' * 63}.{'b' * 63}.{'c' * 61}"
    empty = len(written(site(), text="", html=""))
    data = written(site(), text="", html="a\n" * ((LIMIT - empty) // 3))
    assert LIMIT - 3 <= len(data) <= LIMIT
    assert len(sent_to(longest, data)) < 95_000
