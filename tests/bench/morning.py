"""One new listing of 60 papers into a digest of many: `python -m tests.bench.morning [PAPERS...]`.

The digest is made once, of daily listings of 60 papers; what is measured is the command, as a process.
"""

import datetime as dt
import random
import shutil
import sys
from pathlib import Path

from tests.bench.processes import Command, Run, peak, timed
from tests.bench.sites import ROOT, WORK

A_DAY = 60
WORDS = [word for word in ROOT.joinpath("content/terms.txt").read_text("utf-8").split() if word.isalpha()]


def day(number: int) -> dt.date:
    """Return the day of an issue by its number; months have 28 days."""
    return dt.date(2021 + number // 336, number // 28 % 12 + 1, number % 28 + 1)


def page(number: int, first: int, papers: int = A_DAY) -> str:
    """Return the daily page of an issue, of papers of the day before, which are numbered from the first."""
    published = f"{day(number) - dt.timedelta(days=1):%b %d, %Y}".replace(" 0", " ")
    lines = ["Daily Papers", "byAK and the research community", ""]
    for paper in range(first, first + papers):
        dice = random.Random(paper)
        title = " ".join(dice.choices(WORDS, k=8)).title()
        abstract = " ".join(dice.choices(WORDS, k=180)).capitalize()
        lines += [f"{title} {paper}", "", f"{abstract}.", "", f"  • {paper % 9 + 1} authors", "·"]
        lines += [published, ""]
    return "\n".join([*lines, "Subscribe", ""])


def make(papers: int) -> Path:
    """Make a digest of so many papers, where there is none yet."""
    root = WORK / f"daily-{papers}"
    if not (root / "made").exists():
        shutil.rmtree(root, ignore_errors=True)
        (root / "content/listings").mkdir(parents=True)
        for settings in ("site.yaml", "themes.yaml"):
            shutil.copy(ROOT / "content" / settings, root / "content" / settings)
        for number in range(papers // A_DAY):
            listing = root / f"content/listings/{day(number)}-daily.txt"
            listing.write_text(page(number, number * A_DAY))
        timed([sys.executable, "-m", "generator", "ingest", "--quiet", "--root", root], ROOT)
        (root / "made").touch()
    return root


def measure(papers: int) -> tuple[Run, float]:
    """Return what a morning's listing costs, and the most memory it takes, in MiB."""
    root = make(papers)
    capture = WORK / "capture.txt"
    capture.write_text(page(papers // A_DAY, 10_000_000))
    command: Command = [sys.executable, "-m", "generator", "ingest", capture, "--quiet", "--root", root]
    back: Command = [sys.executable, "-m", "generator", "undo", "--quiet", "--root", root]
    runs = []
    days = [str(day(papers // A_DAY + later)) for later in range(4)]
    for issue in days[:3]:
        runs.append(timed([*command, "--issue", issue], ROOT))
        timed([*back, f"{issue}-capture.txt"], ROOT)
    most = peak([*command, "--issue", days[3]], ROOT)
    timed([*back, f"{days[3]}-capture.txt"], ROOT)
    return sorted(runs, key=lambda run: run.wall)[1], most


def whole(papers: int) -> list[tuple[str, Run, float]]:
    """Return what each command of a morning costs, and the most memory it takes, in MiB, after a build."""
    root = make(papers)
    capture = WORK / "capture.txt"
    capture.write_text(page(papers // A_DAY, 10_000_000))
    ours: Command = [sys.executable, "-m", "generator"]
    timed([*ours, "build", "--quiet", "--root", root], ROOT)
    found = []
    for is_first, issue in ((True, day(papers // A_DAY)), (False, day(papers // A_DAY + 1))):
        steps: list[Command] = [["ingest", capture, "--issue", str(issue)], ["check"], ["build"], ["preview"]]
        for step in steps:
            command = [*ours, *step, "--quiet", "--root", root]
            measured = (timed(command, ROOT), 0.0) if is_first else (Run(0, 0), peak(command, ROOT))
            found.append((str(step[0]), *measured))
        timed([*ours, "undo", "--quiet", "--root", root, f"{issue}-capture.txt"], ROOT)
    half = len(found) // 2
    return [
        (name, run, most) for (name, run, _), (_, _, most) in zip(found[:half], found[half:], strict=True)
    ]


def row(papers: int) -> None:
    """Print the rows of a digest of so many papers."""
    run, most = measure(papers)
    print(f"| ingest 60 into {papers:,} | {run.wall:.2f} ({run.cpu:.2f}), {most:.0f} MiB | | |", flush=True)
    steps = whole(papers)
    for name, run, most in steps:
        print(f"| a morning: {name} | {run.wall:.2f} ({run.cpu:.2f}), {most:.0f} MiB | | |", flush=True)
    wall, cpu = sum(run.wall for _, run, _ in steps), sum(run.cpu for _, run, _ in steps)
    print(f"| a morning: all four | {wall:.2f} ({cpu:.2f}) | | |", flush=True)


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["10000"]:
        row(int(argument))
