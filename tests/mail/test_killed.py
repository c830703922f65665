"""Sending that is killed at any moment: run again, it leaves nobody out and sends nobody a second mail.

What was in doubt when it was killed is sent again: a copy of the same message, one a kill at most.
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.digest import Write
from tests.support.mailbox import Mailbox, running
from tests.support.mailed_digest import DAY, DIGEST, everyone


class Runs:
    """The command, run again and again on the same addresses."""

    def __init__(self, root: Path, port: int, addresses: list[str]) -> None:
        self.file = root.parent / "list.txt"
        self.file.write_text("\n".join(addresses))
        self.command = [sys.executable, "-m", "generator", "mail", str(DAY), "--root", str(root)]
        self.command += ["--to", str(self.file), "--smtp", f"127.0.0.1:{port}"]
        self.said = ""
        self.killed = 0

    def until(self, mailbox: Mailbox, more: int, wait: float) -> bool:
        """Run until so many more mails are kept, a moment longer, and kill it. Return whether it was done."""
        goal = len(mailbox.kept) + more
        with subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.file.parent
        ) as process:
            while process.poll() is None and len(mailbox.kept) < goal:
                time.sleep(0.001)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            self.said += process.communicate()[0]
            self.killed += process.returncode == -signal.SIGKILL
            return process.returncode == 0


def kill_repeatedly(root: Path, addresses: list[str], rng: random.Random) -> None:
    mailbox = Mailbox()
    mailbox.delay = 0.004
    with running(mailbox) as port:
        runs = Runs(root, port, addresses)
        while not runs.until(mailbox, more=rng.randrange(1, 9), wait=rng.uniform(0, 0.02)):
            assert runs.killed < len(addresses)
    swallowed = sum(address.startswith("swallowed") for address in addresses)
    journal = (root / f"content/mailed/issue-{DAY}").read_text()
    assert runs.killed > 3
    assert mailbox.copies == {(address, f"<issue-{DAY}@digest.example>") for address in addresses}
    assert len(mailbox.kept) <= len(addresses) + swallowed + runs.killed
    assert len(mailbox.kept) <= journal.count(" begun\n")
    assert "example.org" not in runs.said + journal
    assert not [address for address in addresses if address.split("@")[0] in runs.said + journal]


@pytest.mark.slow
def test_a_killed_run_leaves_nobody_out_and_sends_nobody_another_mail(digest: Write) -> None:
    odd = ["lost-1@example.org", "swallowed-1@example.org", "lost-2@example.org", "swallowed-2@example.org"]
    addresses = [*everyone(16), *odd, *(f"late-{n}@example.org" for n in range(20))]
    kill_repeatedly(digest(DIGEST), addresses, random.Random(1))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_many_killed_runs_leave_nobody_out(digest: Write, seed: int) -> None:
    kill_repeatedly(digest(DIGEST), everyone(150), random.Random(seed))
