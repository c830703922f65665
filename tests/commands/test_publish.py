"""One command publishes: each step is said, and after a kill or an error the next run goes on."""

import fcntl
import re
from pathlib import Path

import pytest

from generator.commands.publish import JOURNAL, LOCK, Mailing, publish
from generator.files import open_lock, write_file
from generator.mail.server import SmtpServer, server_at
from tests.support.builds import tree
from tests.support.digest import SITE, Write
from tests.support.mailbox import Mailbox, running
from tests.support.program import Broadsheet

pytestmark = pytest.mark.slow

PAPER = "title: Alpha\nauthor_count: 2\npublished: 2025-01-02\nlisted:\n- {listing: x, issue: 2025-10-30}\n"
DEPLOY = "mkdir -p www && cp -r site/. www && echo deployed >> log"


class Publisher:
    """A digest that is published, and what was said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.problems: list[str] = []
        self.register = root / "content/published.jsonl"

    def deploy_by(self, command: str) -> None:
        (self.root / "content/site.yaml").write_text(
            f'{SITE}mail: {{address: editors@digest.example}}\ndeploy: "{command}"\n'
        )

    def run(self, smtp: SmtpServer | None = None, *, dry_run: bool = False) -> list[str]:
        """Publish; return what was said, without times."""
        self.said = []
        who = self.root / "who.txt"
        mailing = Mailing(to=who, smtp=smtp, journal=self.root / "mailed") if who.exists() else None

        def say(step: str, text: str) -> None:
            self.said.append(f"{step}: {text.partition(', 0.')[0]}")

        found = publish(self.root, mailing, say, dry_run=dry_run)
        self.problems = [f"{problem.location} {problem.message}" for problem in found]
        return self.said

    @property
    def deployments(self) -> int:
        return len((self.root / "log").read_text().splitlines())


@pytest.fixture
def publisher(digest: Write) -> Publisher:
    found = Publisher(digest(f"\n== content/papers/alpha.yaml\n{PAPER}"))
    found.deploy_by(DEPLOY)
    return found


def test_every_step_is_said_and_done(publisher: Publisher) -> None:
    said = publisher.run()
    assert publisher.problems == []
    assert [re.sub(r"\d\d+", "N", line) for line in said] == [
        "check: no errors, no notices, 1 unsorted",
        "preview: nothing was published yet, so everything is new",
        "build: N pages, N written, 0 removed",
        f"deploy: {DEPLOY}",
        "deploy: done",
        "mark: N addresses, 2 feed entries on record",
        "mail: nobody; name a file of addresses with --to",
    ]
    pages = [publisher.root / folder / "papers/alpha/index.html" for folder in ("site", "www")]
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert '{"url":"papers/alpha/"}' in publisher.register.read_text()
    assert publisher.run()[1] == "preview: subscribers will see nothing new"
    assert publisher.deployments == 2
    more = PAPER.replace("Alpha", "Beta")
    (publisher.root / "content/papers/beta.yaml").write_text(f"{more}themes: [data]\n")
    (publisher.root / "content/papers/draft.yaml").write_text(
        "title: Draft\ndraft: true\nissue: 2025-10-30\n"
    )
    alpha = publisher.root / "content/papers/alpha.yaml"
    alpha.write_text(f"{PAPER}changes:\n- {{date: 2025-11-02, text: Mended.}}\n")
    assert publisher.run()[:2] == [
        "check: no errors, no notices, 1 unsorted, 1 draft",
        "preview: 2 new, 2 updated in 4 feeds",
    ]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(publisher: Publisher) -> None:
    (publisher.root / "who.txt").write_text("a@example.org\nb@example.org\n")
    before = tree(publisher.root)
    said = publisher.run(server_at("localhost:1"), dry_run=True)
    assert [re.sub(r"\d\d+ a", "N a", line) for line in said[2:]] == [
        "build: would bring site/ up to date",
        f"deploy: would run: {DEPLOY}",
        "mark: would put N addresses, 2 feed entries on record",
        "mail: 2025-10-30: 2 of 2 addresses would get it",
    ]
    assert tree(publisher.root) == before
    (publisher.root / "who.txt").rename(publisher.root / "nobody.txt")
    assert publisher.run(dry_run=True)[-1] == "mail: nobody; name a file of addresses with --to"


def test_without_a_server_nothing_is_deployed_and_without_an_issue_nothing_is_mailed(
    publisher: Publisher,
) -> None:
    (publisher.root / "who.txt").write_text("a@example.org\n")
    for dry_run in (True, False):
        publisher.run(dry_run=dry_run)
        assert publisher.problems == ["content/site.yaml The digest has no mail server."]
    assert not (publisher.root / "log").exists()
    (publisher.root / "content/papers/alpha.yaml").unlink()
    assert publisher.run(server_at("127.0.0.1:1"))[-1] == "mail: nobody; name a file of addresses with --to"


def test_two_at_once_are_one_after_the_other(publisher: Publisher) -> None:
    with open_lock(publisher.root / LOCK) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert publisher.run() == []
    assert publisher.problems == ["content/site.yaml Another publish, or its deploy command, still runs."]


def test_the_command_ends_with_its_outcome_and_prints_nothing_with_quiet(
    publisher: Publisher, broadsheet: Broadsheet
) -> None:
    (publisher.root / "who.txt").write_text("a@example.org\n")
    command = ("publish", "--dry-run", "--to", "who.txt", "--smtp", "localhost:1")
    assert broadsheet(*command, cwd=publisher.root).stdout.endswith(
        "\nmail     2025-10-30: 1 of 1 address would get it\nNothing was done.\n"
    )
    assert broadsheet("publish", cwd=publisher.root).stdout.endswith("\nPublished.\n")
    assert broadsheet("publish", "--quiet", cwd=publisher.root).stdout == ""


def test_it_stops_at_the_first_error(publisher: Publisher) -> None:
    publisher.deploy_by("exit 3")
    publisher.run()
    assert publisher.problems == ["content/site.yaml:6:9 The deploy command failed with exit status 3."]
    (publisher.root / "content/site.yaml").write_text(SITE.replace("digest.example", "example.org"))
    publisher.run()
    assert publisher.problems == [
        "content/site.yaml The digest still has the address of an example, https://example.org/base/.",
        "content/site.yaml The digest has no `deploy:` command.",
    ]
    (publisher.root / "content/papers/alpha.yaml").write_text("pick: yes\n")
    assert publisher.run() == ["check: 1 error, 1 notice, 1 unsorted"]
    assert not publisher.register.exists()


def test_a_run_that_is_killed_while_it_deploys_is_run_again(
    publisher: Publisher, broadsheet: Broadsheet
) -> None:
    publisher.deploy_by(f"test ! -e kill || {{ rm kill; kill -9 $PPID; sleep 0.2; }}; {DEPLOY}")
    (publisher.root / "kill").touch()
    assert broadsheet("publish", cwd=publisher.root).returncode == -9
    assert not publisher.register.exists()
    while publisher.run() == []:  # the deploy command of the run that was killed still runs
        assert publisher.problems[0].endswith("Another publish, or its deploy command, still runs.")
    assert (publisher.problems, publisher.register.exists()) == ([], True)


def test_what_was_deployed_is_marked_even_if_the_content_has_changed_since(publisher: Publisher) -> None:
    publisher.deploy_by(f"{DEPLOY}; test -e once || mkdir once content/published.jsonl")
    publisher.run()
    assert [problem.partition(" ")[2] for problem in publisher.problems] == [
        "The file system says: Is a directory."
    ]
    publisher.register.rmdir()
    paper = publisher.root / "content/papers/alpha.yaml"
    paper.unlink()
    assert publisher.run()[0] == "mark: what the interrupted run had deployed is on record"
    assert any("papers/alpha/ was published and would vanish" in problem for problem in publisher.problems)
    paper.write_text(PAPER)
    assert "deploy: the interrupted run has deployed this site" in publisher.run()
    assert publisher.deployments == 1


def test_a_damaged_record_of_what_was_deployed_stops_it_until_it_is_removed(publisher: Publisher) -> None:
    journal = publisher.root / JOURNAL
    write_file(journal, b"half")
    assert publisher.run() == []
    assert [problem.partition(" ")[2] for problem in publisher.problems] == [
        "The record of what the interrupted run deployed is damaged."
    ]
    journal.unlink()
    publisher.run()
    assert (publisher.problems, publisher.deployments) == ([], 1)


def test_if_mailing_fails_the_next_run_only_mails(publisher: Publisher) -> None:
    (publisher.root / "who.txt").write_text("a@example.org\nb@example.org\n")
    assert publisher.run(server_at("127.0.0.1:1"))[-1].startswith("mail: 2025-10-30: 2 addresses, 0 sent")
    mailbox = Mailbox()
    with running(mailbox) as port:
        said = publisher.run(server_at(f"127.0.0.1:{port}"))
    assert said[0].startswith("check: "), "what was deployed is on record already"
    assert b"Message-ID: <issue-2025-10-30@digest.example>" in mailbox.kept[0][1]
    assert (mailbox.recipients, publisher.deployments) == (["a@example.org", "b@example.org"], 1)
    assert said[-1] == "mail: 2025-10-30: 2 addresses, 2 sent"
