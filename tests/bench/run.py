"""Broadsheet beside Hugo on the same work, in turn: `python -m tests.bench.run [PAPERS] [RUNS]`.

The peers' scripts and libraries come from the folder of shared benchmarks beside the checkout. All is kept
and written below BENCH_WORK, by default on a tmpfs. Every figure is a median of whole processes.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/bench"
WORK = Path(
    os.environ.get("BENCH_WORK") or ("/dev/shm/broadsheet-bench" if Path("/dev/shm").is_dir() else "/tmp")
)
PEERS = WORK / "peers"
HUGO = PEERS / f"tools/py/lib/python3.{sys.version_info.minor}/site-packages/hugo/binaries/hugo"


class Run(msgspec.Struct, frozen=True):
    """One process from start to end."""

    wall: float
    """Seconds."""
    peak: float
    """MiB of the largest process."""


def timed(command: list[str | Path]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def prepare(papers: int) -> None:
    """Install the peers, once, and make libraries of that many papers in their forms and in ours."""
    if not HUGO.exists():
        shutil.copytree(SHARED, PEERS, dirs_exist_ok=True)
        subprocess.run(["chmod", "-R", "u+w", PEERS], check=True)
        subprocess.run([PEERS / "install.sh"], check=True, stdout=subprocess.DEVNULL)
    environment = {
        **os.environ,
        "PEERS_WORK": str(WORK),
        "PEERS_SEED_TEXT": str(SHARED.parent / "listings/2025-10-31-hf-similar-selection.txt"),
    }
    subprocess.run([PEERS / "setup.sh", "hugo", str(papers)], check=True, env=environment)
    for kind in ("bench", "shipped"):
        site = ours(kind, papers)
        shutil.rmtree(site, ignore_errors=True)
        subprocess.run(
            [sys.executable, PEERS / "gen.py", "records", str(papers), site], check=True, env=environment
        )
        for name in ("site.yaml", "themes.yaml"):
            shutil.copy(ROOT / "content" / name, site / "content" / name)
    shutil.copytree(ROOT / "tests/bench/templates", ours("bench", papers) / "templates")


def ours(kind: str, papers: int) -> Path:
    return WORK / f"sites/{kind}-{papers}"


def hugo(papers: int, out: Path) -> list[str | Path]:
    return [HUGO, "--quiet", "-s", WORK / f"sites/hugo-{papers}", "-d", out]


def broadsheet(kind: str, papers: int, out: Path) -> list[str | Path]:
    root = ours(kind, papers)
    if kind == "bench":
        return [sys.executable, "-m", "tests.bench.ours", root, out]
    return [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--quiet",
        "--stage",
        "core",
        "--root",
        root,
        "--out",
        out,
    ]


def cold(kind: str, papers: int) -> Callable[[], None]:
    def empty() -> None:
        for path in (WORK / "out/ours", WORK / "out/hugo", ours(kind, papers) / ".broadsheet"):
            shutil.rmtree(path, ignore_errors=True)

    return empty


def edit(kind: str, papers: int, change: Callable[[str, int], str]) -> Callable[[], None]:
    """Return what changes one record, another way each time, in our library and in Hugo's."""
    counter = iter(range(10_000))

    def make() -> None:
        number = next(counter)
        record = sorted((ours(kind, papers) / "content/papers").rglob("*.yaml"))[papers // 2]
        record.write_text(change(record.read_text("utf-8"), number), "utf-8")
        page = sorted((WORK / f"sites/hugo-{papers}/content/papers").iterdir())[papers // 2]
        page.write_text(f"{page.read_text('utf-8').rstrip()} Edit {number}.\n", "utf-8")

    return make


def abstract(text: str, number: int) -> str:
    return text.replace("(Record", f"Edit {number}. (Record")


def title(text: str, number: int) -> str:
    return text.replace('title: "', f'title: "{number} ', 1)


def theme(text: str, number: int) -> str:
    first, second = ("evaluation", "retrieval") if number % 2 else ("retrieval", "evaluation")
    lines = (
        line if not line.startswith("themes:") else f"themes: [{first}, {second}]"
        for line in text.split("\n")
    )
    return "\n".join(lines)


def compare(name: str, kind: str, papers: int, runs: int, before: Callable[[], None]) -> str:
    """Return a row of the table: what `before` made, built by both, in turn."""
    pairs = []
    for number in range(runs + 1):
        before()
        mine = timed(broadsheet(kind, papers, WORK / "out/ours"))
        theirs = timed(hugo(papers, WORK / "out/hugo"))
        if number:
            pairs.append((mine, theirs))
    wall = [statistics.median(run.wall for run in side) for side in zip(*pairs, strict=True)]
    peak = [statistics.median(run.peak for run in side) for side in zip(*pairs, strict=True)]
    ratio = statistics.median(mine.wall / theirs.wall for mine, theirs in pairs)
    memory = peak[0] / peak[1]
    return (
        f"| {name} | {wall[0]:.2f} | {wall[1]:.2f} | **{ratio:.2f}** "
        f"| {peak[0]:.0f} | {peak[1]:.0f} | {memory:.2f} |"
    )


def main() -> None:
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    prepare(papers)
    version = subprocess.run([HUGO, "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    print(f"{papers:,} papers, {os.cpu_count()} cores, Python {platform.python_version()}, Hugo {version}\n")
    print(
        "| work | ours, s | Hugo, s | ratio | ours, MiB | Hugo, MiB | ratio |\n|---|---|---|---|---|---|---|"
    )

    def nothing() -> None:
        pass

    for kind, site in (("bench", "the peers' site"), ("shipped", "the shipped site, core")):
        print(compare(f"{site}: cold", kind, papers, runs, cold(kind, papers)), flush=True)
        print(compare(f"{site}: nothing changed", kind, papers, runs, nothing), flush=True)
        for what, change in (("abstract", abstract), ("title", title), ("theme", theme)):
            row = compare(f"{site}: one {what} edited", kind, papers, runs, edit(kind, papers, change))
            print(row, flush=True)


if __name__ == "__main__":
    main()
