"""Sending over real SMTP: everyone once, whatever the server does, and no address is ever printed."""

import datetime as dt
import email
import email.policy
import os
import resource
import signal
from pathlib import Path

import pytest

from generator.commands.mail import MailReport, count_waiting, send, send_test, write
from generator.mail import server as mail_server
from generator.mail.delivery import Reply
from generator.mail.server import SmtpServer, server_at
from generator.problem import Problem, Severity
from tests.support.digest import Write
from tests.support.mailbox import Mailbox, running
from tests.support.mailed_digest import DAY, DIGEST, everyone
from tests.support.program import Broadsheet
from tests.support.scripted_smtp import SILENCE, scripted


def local(port: int) -> SmtpServer:
    server = server_at(f"127.0.0.1:{port}")
    assert server
    return server


class Post:
    """A digest, its subscribers, and the server that mails to them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mailbox = Mailbox()

    def send(self, *addresses: str, port: int | None = None) -> MailReport:
        """Send the issue to the addresses, each one's line in the file being its place here."""
        file = self.root.parent / "subscribers.txt"
        file.write_text("".join(f"{address}\n" for address in addresses))
        letter, journal = write(self.root, DAY), self.root / "content/mailed"
        if port is not None:
            return send(letter, file, journal, local(port), iter)
        with running(self.mailbox) as found:
            return send(letter, file, journal, local(found), iter)


@pytest.fixture
def post(digest: Write) -> Post:
    return Post(digest(DIGEST))


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.location.line}: {problem.message}" for problem in problems]


def test_everyone_gets_a_message_of_their_own(post: Post) -> None:
    report = post.send("ada-1@example.org", "bob-2@EXAMPLE.org")
    assert report == MailReport(problems=(), addresses=2, sent=2)
    assert post.mailbox.connections == 1
    assert post.mailbox.recipients == ["ada-1@example.org", "bob-2@EXAMPLE.org"]
    for address, data in post.mailbox.kept:
        found = email.message_from_bytes(data, policy=email.policy.default)
        assert (found["To"], found["Subject"]) == (address, "A Digest, 30 October 2025: 1 paper")
        assert (
            found["List-Unsubscribe"] == f"<https://digest.example/leave?who={address.replace('@', '%40')}>"
        )


def test_nobody_gets_it_twice_when_it_is_sent_again(post: Post) -> None:
    post.send(*everyone(3))
    report = post.send(*everyone(5), "READER-1@example.org", "reader-2@Example.ORG")
    assert (report.addresses, report.had, report.sent) == (6, 3, 3)
    assert sorted(post.mailbox.recipients) == sorted([*everyone(5), "READER-1@example.org"])


def test_a_refused_address_is_reported_by_its_line_and_the_others_get_theirs(post: Post) -> None:
    addresses = [*(f"{name}@example.org" for name in ("refused-1", "a", "busy-1", "spam-1")), "no address"]
    report = post.send(*addresses, "b@example.org")
    assert post.mailbox.recipients == ["a@example.org", "b@example.org"]
    assert (report.addresses, report.sent) == (5, 2)
    assert sorted(told(report.problems)) == [
        "1: The server knows no such address: 550 5.1.1.",
        "3: The server defers mail to this address: 450 4.2.1.",
        "4: The server refuses mail to this address: 554 5.7.1.",
        "5: This line is not one address.",
    ]
    assert {problem.severity for problem in report.problems} == {Severity.ERROR}


def test_an_address_that_the_server_does_not_know_is_left_out_of_the_next_issues_too(post: Post) -> None:
    post.send("refused-1@example.org", "spam-1@example.org")
    later = post.root / "content/papers/b.yaml"
    later.write_text("title: Beta\nlisted: [{listing: y, issue: 2025-10-31}]\n")
    file = post.root.parent / "subscribers.txt"
    with running(post.mailbox) as port:
        letter = write(post.root, dt.date(2025, 10, 31))
        report = send(letter, file, post.root / "content/mailed", local(port), iter)
    assert (report.addresses, report.refused, report.sent, report.left) == (2, 1, 0, 1)
    assert told(report.problems) == [
        "1: The server did not know this address before, so nothing was sent to it.",
        "2: The server refuses mail to this address: 554 5.7.1.",
    ]


def test_a_closed_connection_is_opened_again(post: Post) -> None:
    post.mailbox.messages_a_connection = 2
    assert post.send(*everyone(5)) == MailReport(problems=(), addresses=5, sent=5)
    assert (post.mailbox.recipients, post.mailbox.connections) == (everyone(5), 3)


def test_a_mail_that_is_lost_half_way_is_sent_again_at_once(post: Post) -> None:
    report = post.send("a@example.org", "lost-1@example.org", "b@example.org")
    assert post.mailbox.recipients == ["a@example.org", "lost-1@example.org", "b@example.org"]
    assert report.sent == 3
    assert [problem.severity for problem in report.problems] == [Severity.NOTICE]


def test_a_mail_that_may_have_arrived_is_sent_again_as_the_same_message(post: Post) -> None:
    report = post.send("a@example.org", "swallowed-1@example.org", "b@example.org")
    assert post.mailbox.recipients.count("swallowed-1@example.org") == 2
    assert len(post.mailbox.copies) == 3
    assert report.sent == 3
    assert told(report.problems) == [
        "2: The connection ended while this message was sent: the server may have it already."
    ]


@pytest.mark.parametrize("first", ["poison-1@example.org", "shut-1@example.org"])
def test_an_address_at_which_the_server_closes_does_not_hold_up_the_others(post: Post, first: str) -> None:
    report = post.send(first, "a@example.org", "b@example.org")
    assert report.sent == 2
    assert told(report.problems) == ["1: The server closed the connection at this address."]


def test_a_server_that_closes_every_connection_is_given_up(post: Post) -> None:
    addresses = [f"shut-{n}@example.org" for n in range(9)]
    report = post.send(*addresses)
    assert (report.addresses, report.sent, post.mailbox.connections) == (9, 0, 2)
    assert told(report.problems) == [
        "1: The server closed the connection at this address.",
        "0: The server closes the connection at every message. 8 addresses are left.",
    ]


def test_a_server_that_goes_away_leaves_nobody_out(post: Post) -> None:
    with running(post.mailbox) as port:
        post.send(*everyone(2), port=port)
    gone = post.send(*everyone(4), port=port)
    assert (gone.had, gone.sent) == (2, 0)
    assert told(gone.problems) == [
        f"0: Cannot connect to 127.0.0.1:{port}: Connection refused. 2 addresses are left."
    ]
    assert post.send(*everyone(4)).sent == 2
    assert post.mailbox.recipients == everyone(4)


def test_a_server_that_refuses_the_digest_is_given_up(post: Post) -> None:
    post.mailbox.sender_answer = "550 5.7.1 not from you"
    report = post.send(*everyone(3))
    assert told(report.problems) == ["0: The server refuses this sender: 550 5.7.1. 3 addresses are left."]
    assert (report.sent, post.mailbox.connections) == (0, 1)


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": "550 relay not permitted"},
        {"RCPT": "550 5.1.8 sender unknown"},
        {"DATA": "550 5.7.1 not yours"},
        {"MESSAGE": "550 spam"},
    ],
)
def test_a_refusal_of_everyone_or_of_the_message_is_held_against_nobody(
    post: Post, answers: dict[str, str]
) -> None:
    with scripted(answers) as port:
        report = post.send(*everyone(3), port=port)
    assert {problem.message.partition(": ")[0] for problem in report.problems} == {
        "The server refuses mail to this address"
    }
    again = post.send(*everyone(3))
    assert (again.sent, again.refused) == (3, 0)


@pytest.mark.parametrize(
    ("reply", "positive", "no_mailbox"),
    [
        (Reply(199), False, False),
        (Reply(200), True, False),
        (Reply(299), True, False),
        (Reply(300), False, False),
        (Reply(450, "5.1.1"), False, False),
        (Reply(500, "5.1.1"), False, True),
        (Reply(550, "5.1.3"), False, True),
        (Reply(550, "5.1.8"), False, False),
        (Reply(550), False, False),
        *((Reply(code, to_rcpt=True), False, code in {550, 551, 553}) for code in range(549, 556)),
    ],
)
def test_a_reply_says_whether_it_succeeded_and_whether_there_is_such_an_address(
    reply: Reply, positive: bool, no_mailbox: bool
) -> None:
    assert (reply.positive, reply.no_mailbox) == (positive, no_mailbox)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"RCPT": "499 later"}, "1: The server defers mail to this address: 499."),
        ({"RCPT": "500 what"}, "1: The server refuses mail to this address: 500."),
        (
            {"RCPT": "530 5.7.0 who"},
            "0: The server wants a login or encryption first: 530 5.7.0. 1 address is left.",
        ),
    ],
)
def test_an_answer_to_an_address_is_explained(post: Post, answers: dict[str, str], message: str) -> None:
    with scripted(answers) as port:
        assert told(post.send("ada@example.org", port=port).problems) == [message]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "MESSAGE"])
def test_a_server_that_falls_silent_is_given_up(
    post: Post, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_server, "TIMEOUT", 0.5)
    with scripted({command: SILENCE}) as port:
        report = post.send(*everyone(3), port=port)
    assert told(report.problems) == [
        "1: The server gave no answer at this address within 30 seconds.",
        "0: The server gives no answer within 30 seconds, time and again. 2 addresses are left.",
    ]


def test_a_full_disk_stops_everything_before_anyone_is_forgotten(post: Post) -> None:
    size = len(b"journal \n" + b"0" * 32) + 2 * len("0" * 32 + " begun\n") + len("0" * 32 + " se")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with running(post.mailbox) as port:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            report = post.send(*everyone(4), port=port)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    [problem] = report.problems
    assert str(problem.location).endswith("content/mailed")
    assert problem.message == "The delivery journal cannot be written: File too large. 3 addresses are left."
    assert (report.sent, post.mailbox.recipients) == (1, everyone(1))
    assert post.send(*everyone(4)).had == 1
    assert sorted(post.mailbox.recipients) == everyone(4)


def test_a_digest_without_an_address_sends_nothing(post: Post) -> None:
    site = post.root / "content/site.yaml"
    site.write_text(site.read_text().partition("mail:")[0])
    report = post.send("a@example.org")
    assert [str(problem.location) for problem in report.problems] == ["content/site.yaml"]
    assert post.mailbox.kept == []


def test_a_damaged_journal_stops_everything(post: Post) -> None:
    post.send("a@example.org")
    file = post.root / f"content/mailed/issue-{DAY}"
    file.write_text("key\n")
    report = post.send("a@example.org", "b@example.org")
    [problem] = report.problems
    assert problem.message == "The delivery journal of this issue is damaged."
    assert (str(problem.location), report.summary) == (f"{file}:1", "nothing sent")
    waiting = count_waiting(write(post.root, DAY), post.root.parent / "subscribers.txt", file.parent)
    assert waiting.problems == report.problems
    assert post.mailbox.recipients == ["a@example.org"]


def test_a_file_that_cannot_be_read_is_reported(post: Post) -> None:
    missing = post.root / "nobody.txt"
    report = send(write(post.root, DAY), missing, post.root / "content/mailed", local(1), iter)
    assert [str(problem.location) for problem in report.problems] == [str(missing)]


def test_a_test_goes_to_one_address_and_counts_for_nothing(post: Post) -> None:
    with running(post.mailbox) as port:
        report = send_test(write(post.root, DAY), "ada@example.org", local(port))
    assert (report.sent, post.mailbox.recipients) == (1, ["ada@example.org"])
    assert not (post.root / "content/mailed").exists()
    assert post.send("ada@example.org").sent == 1


def test_a_mailbox_takes_no_test_for_a_copy_of_another_or_of_the_issue(post: Post) -> None:
    paper = post.root / "content/papers/a.yaml"
    with running(post.mailbox) as port:
        for title in ("Alpha", "Alpha", "Beta"):
            paper.write_text(paper.read_text().replace("Alpha", title))
            send_test(write(post.root, DAY), "ada@example.org", local(port))
    post.send("ada@example.org")
    first, same, edited, issue = (email.message_from_bytes(data) for _, data in post.mailbox.kept)
    assert first["Message-ID"] == same["Message-ID"]
    assert len({first["Message-ID"], edited["Message-ID"], issue["Message-ID"]}) == 3


def test_what_is_wrong_with_a_test_is_told_of_the_option(post: Post) -> None:
    with running(post.mailbox) as port:
        [problem] = send_test(write(post.root, DAY), "spam-1@example.org", local(port)).problems
    assert (str(problem.location), problem.message) == (
        "--test",
        "The server refuses mail to this address: 554 5.7.1.",
    )


def test_it_can_be_asked_how_many_wait_without_a_trace(post: Post) -> None:
    post.send(*everyone(2))
    file, journal = post.root.parent / "subscribers.txt", post.root / "content/mailed"
    file.write_text("\n".join(everyone(5)))
    kept = {path: path.read_bytes() for path in journal.iterdir()}
    report = count_waiting(write(post.root, DAY), file, journal)
    assert (report.addresses, report.had, report.left) == (5, 2, 3)
    assert {path: path.read_bytes() for path in journal.iterdir()} == kept


def test_the_command_prints_no_address(post: Post, broadsheet: Broadsheet) -> None:
    addresses = [f"{name}@example.org" for name in ("ada-1", "refused-2", "swallowed-3", "bad four")]
    file = post.root.parent / "list.txt"
    file.write_text("\n".join([*addresses, "ada-1@EXAMPLE.org"]))
    with running(post.mailbox) as port:
        command = ["mail", str(DAY), "--root", post.root, "--to", file, "--smtp", f"127.0.0.1:{port}"]
        first, second = broadsheet(*command, cwd=post.root), broadsheet(*command, cwd=post.root)
    assert (first.returncode, second.returncode) == (1, 1)
    assert first.stdout.startswith("3 addresses, 2 sent, 1 not sent, ")
    assert second.stdout.startswith("3 addresses, 0 sent, 2 had it, 1 left out, refused before, ")
    assert f"{os.path.relpath(file, post.root)}:2\n" in first.stderr or f"{file}:2\n" in first.stderr
    kept = [path for path in (post.root / "content/mailed").iterdir() if path.is_file()]
    written = "".join(path.read_text("utf-8") for path in kept) + first.stdout + first.stderr + second.stderr
    assert "example.org" not in written.lower()
    assert not [address for address in addresses if address.split("@")[0] in written]
