"""Another version of the program itself: what it renders otherwise is rendered again, as by a clean build."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.engine.templates import SHIPPED
from tests.support.builds import THREE, tree
from tests.support.digest import Write

PACKAGE = Path(__file__).parents[2] / "generator"
REASON = "Broadsheet itself or a library changed"


def run(program: Path, root: Path, out: Path) -> str:
    """Build by a copy of the program, as a process of its own; return why pages were rendered."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--explain",
        "--root",
        str(root),
        "--out",
        str(out),
    ]
    environment = os.environ | {"PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.slow
def test_a_changed_program_renders_again_what_it_renders_otherwise(digest: Write, tmp_path: Path) -> None:
    root, program = digest(THREE), tmp_path / "program"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, program / "generator", ignore=ignored)
    shutil.copytree(SHIPPED, program / "templates")
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    run(program, root, site)
    first = tree(site)
    assert REASON not in run(program, root, site)
    words = program / "generator/words.py"
    words.write_text(words.read_text("utf-8").replace('"October"', '"Octember"'), "utf-8")
    assert REASON in run(program, root, site)
    run(program, root, fresh)
    assert tree(site) == tree(fresh) != first
    (program / "library-1.0.dist-info").mkdir()
    assert REASON in run(program, root, site)
    assert REASON not in run(program, root, site)
    assert tree(site) == tree(fresh)
