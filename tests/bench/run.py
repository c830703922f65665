"""Broadsheet and its peers on the same work, in turn: `python -m tests.bench.run [PAPERS] [RUNS]`.

Every time is a median of whole processes, and every ratio a median of runs in turn. With `large` instead of a
number, 100,000 papers with Broadsheet and Hugo, then 1,000,000 with Broadsheet.
"""

import os
import platform
import shutil
import statistics
import sys
from collections.abc import Callable, Iterable

from tests.bench import edits, morning, related
from tests.bench.processes import Run, peak, timed
from tests.bench.sites import BENCH, HUGO, ROOT, SHIPPED, WORK, ZOLA, clear, command, folder, install, make
from tests.bench.sites import version as version_of
from tests.bench.visible import broadsheet, hugo, summary, zola

STAGES = ("exports", "mail", "images", "search")
Before = Callable[[int], None]
"""What happens before a run, the number of which it is told."""


def say(line: str) -> None:
    print(line, flush=True)


def nothing(_: int) -> None:
    pass


def median(runs: Iterable[Run]) -> Run:
    found = list(runs)
    return Run(statistics.median(run.wall for run in found), statistics.median(run.cpu for run in found))


def in_turn(ours: str, theirs: str, papers: int, runs: int, before: Before) -> tuple[Run, Run, float]:
    """Build both in turn, so many times after one that does not count; return medians, and the ratio."""
    pairs = []
    for number in range(runs + 1):
        before(number)
        pair = tuple(timed(command(site, papers), ROOT) for site in (ours, theirs))
        pairs.append((pair[0], pair[1]))
    mine, other = zip(*pairs[1:], strict=True)
    ratio = statistics.median(one.wall / two.wall for one, two in pairs[1:])
    return median(mine), median(other), ratio


def row(name: str, papers: int, ours: str, theirs: str, runs: int, before: Before) -> None:
    mine, other, ratio = in_turn(ours, theirs, papers, runs, before)
    peer = theirs.title()
    other_times = f"{other.wall:.2f} ({other.cpu:.2f}) {peer}"
    say(f"| {name} | {mine.wall:.2f} ({mine.cpu:.2f}) | {other_times} | **{ratio:.2f}** |")


def cold(*sites: str, papers: int) -> Before:
    def empty(_: int) -> None:
        for site in sites:
            clear(site, papers)

    return empty


def table(papers: int, runs: int) -> None:
    """Print the rows of a library: builds by all three, then stages, memory and the live servers."""
    for site in (BENCH, SHIPPED, "hugo", "zola"):
        make(site, papers)
    say("| work | ours: s (CPU s) | theirs | ratio |\n|---|---|---|---|")
    for site, name in ((BENCH, "the peers' site"), (SHIPPED, "shipped site, core")):
        row(f"{name}: cold", papers, site, "hugo", runs, cold(site, "hugo", papers=papers))
        if site == BENCH:
            row(f"{name}: cold", papers, site, "zola", runs, cold(site, "zola", papers=papers))
        row(f"{name}: nothing changed", papers, site, "hugo", runs, nothing)
        for what, edit in edits.RECORDS.items():
            if not (site == BENCH and edit is edits.note):
                row(f"{name}: {what}", papers, site, "hugo", runs, edits.of_record(site, papers, edit))
        row(f"{name}: the template of papers", papers, site, "hugo", runs, edits.of_template(site, papers))
    row(
        "shipped site, core: the stylesheet",
        papers,
        SHIPPED,
        "hugo",
        runs,
        edits.of_stylesheet(SHIPPED, papers),
    )
    memory(papers, BENCH, "hugo")
    stages(papers)
    whole(papers)
    visible(papers)
    morning.row(papers)
    related.row(papers)


def memory(papers: int, *sites: str) -> None:
    """Print what cold builds of sites hold at most, with all their processes."""
    found = []
    for site in sites:
        clear(site, papers)
        found.append(peak(command(site, papers), ROOT))
    others = f"{found[1]:.0f} MiB Hugo | **{found[0] / found[1]:.2f}**" if len(found) > 1 else "|"
    say(f"| the peers' site: peak memory, cold | {found[0]:.0f} MiB | {others} |")


def stages(papers: int) -> None:
    """Print what the other stages of the shipped site take, cold and after an edit."""
    edit = edits.of_record(SHIPPED, papers, edits.abstract)
    for stage in STAGES:
        for what in ("cold", "one abstract"):
            if what != "cold":
                edit(len(stage))
            run = timed(command(SHIPPED, papers, stage), ROOT)
            say(f"| shipped site, stage {stage}: {what} | {run.wall:.2f} ({run.cpu:.2f}) | | |")


def whole(papers: int) -> None:
    """Print what an editor waits for: the shipped site with all stages, and the most memory it takes."""
    build, edit = command(SHIPPED, papers, ""), edits.of_record(SHIPPED, papers, edits.abstract)
    clear(SHIPPED, papers)
    for what in ("cold", "nothing changed", "one abstract"):
        if what == "one abstract":
            edit(0)
        run = timed(build, ROOT)
        say(f"| shipped site, all stages: {what} | {run.wall:.2f} ({run.cpu:.2f}) | | |")
    for number, what in enumerate(("cold", "one abstract")):
        if what == "cold":
            clear(SHIPPED, papers)
        else:
            edit(number)
        say(f"| shipped site, all stages: peak memory, {what} | {peak(build, ROOT):.0f} MiB | | |")


def visible(papers: int) -> None:
    """Print how long it takes until an edited paper's page shows the edit, from each live server."""
    os.environ.update(ZOLA=str(ZOLA), HUGO=str(HUGO))
    mine = broadsheet(folder(SHIPPED, papers))
    for name, theirs in (
        ("Zola --fast", zola(folder("zola", papers))),
        ("Hugo", hugo(folder("hugo", papers))),
    ):
        ratio = statistics.median(mine) / statistics.median(theirs)
        say(f"| edit to visible | {summary(mine)} | {summary(theirs)} {name} | **{ratio:.2f}** |")


def large() -> None:
    """Print the rows of 100,000 papers, and of 1,000,000 with Broadsheet only."""
    say("| work | ours: s (CPU s) | theirs | ratio |\n|---|---|---|---|")
    for papers, runs, theirs in ((100_000, 3, "hugo"), (1_000_000, 1, None)):
        for site in (BENCH, *([theirs] if theirs else [])):
            make(site, papers)
        name = f"{papers:,} papers"
        if theirs:
            row(f"{name}: cold", papers, BENCH, theirs, runs, cold(BENCH, theirs, papers=papers))
            row(f"{name}: nothing changed", papers, BENCH, theirs, runs, nothing)
            edit = edits.of_record(BENCH, papers, edits.abstract)
            row(f"{name}: an abstract", papers, BENCH, theirs, runs, edit)
            memory(papers, BENCH, theirs)
            make(SHIPPED, papers)
            whole(papers)
            morning.row(papers)
        else:
            clear(BENCH, papers)
            first, again = (timed(command(BENCH, papers), ROOT) for _ in range(2))
            say(f"| {name}: cold | {first.wall:.0f} ({first.cpu:.0f}) | | |")
            say(f"| {name}: nothing changed | {again.wall:.1f} ({again.cpu:.1f}) | | |")
            memory(papers, BENCH)
        for site in (BENCH, SHIPPED, "hugo"):
            clear(site, papers)
            shutil.rmtree(folder(site, papers), ignore_errors=True)


def main() -> None:
    install()
    (WORK / "out").mkdir(parents=True, exist_ok=True)
    tools = f"{version_of(HUGO, 'version')}, {version_of(ZOLA, '--version')}"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {tools}"
    if sys.argv[1:] == ["large"]:
        say(f"{machine}\n")
        large()
    else:
        papers, runs = [*map(int, sys.argv[1:]), *(10_000, 5)[len(sys.argv) - 1 :]]
        say(f"{papers:,} papers, {machine}\n")
        table(papers, runs)


if __name__ == "__main__":
    main()
