"""Incremental equals clean: random scripts of edits, each followed by a build and a build from nothing."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problem import has_error
from generator.publishing.build import build
from generator.publishing.templates import SHIPPED
from tests.conftest import SITE, THEMES, Write
from tests.publishing.test_build import THREE, tree

Edit = Callable[[random.Random, Path, Path], None]
"""Changes something below the digest or, where somebody meddles, below its output."""

FIELDS = {
    "title": ["Alpha", "No", "A $x^2$ title", "<b>Bold</b>", "Zeta: the last"],
    "abstract": ["Words.", "Other words of ``note''.", "More & more."],
    "note": ["Read it.", "Read it *twice*."],
    "pick": ["true", "false"],
    "hide": ["true", "false"],
    "themes": ["[data]", "[models]", "[models, data]", "[]"],
    "published": ["2024-05-06", "2023-12-31", "2025-01-02"],
    "comment": ["Accepted.", "9 pages"],
    "headline": ["Better words"],
    "listed": ["[{listing: x, issue: 2025-10-30, position: 3}]", "[{listing: z, position: 1}]", "[]"],
}


def records(root: Path) -> list[Path]:
    return sorted((root / "content/papers").rglob("*.yaml"))


def set_value(rng: random.Random, root: Path, _: Path) -> None:
    if found := records(root):
        fields = {name: rng.choice(values) for name, values in FIELDS.items() if rng.random() < 0.6}
        quoted = {
            n: v if v[0] == "[" or n in {"pick", "hide", "published"} else f'"{v}"' for n, v in fields.items()
        }
        rng.choice(found).write_text("".join(f"{name}: {value}\n" for name, value in quoted.items()))


def add_record(rng: random.Random, root: Path, _: Path) -> None:
    path = root / f"content/papers/new-{rng.randrange(4)}.yaml"
    path.write_text("title: New\nlisted: [{listing: n, issue: 2025-11-01, position: 1}]\n")


def remove_record(rng: random.Random, root: Path, _: Path) -> None:
    if found := records(root):
        rng.choice(found).unlink()


def rename_record(rng: random.Random, root: Path, _: Path) -> None:
    if found := records(root):
        path = rng.choice(found)
        target = path.with_name(f"renamed-{rng.randrange(3)}.yaml")
        if not target.exists():
            text = path.read_text()
            former = "" if "formerly" in text else f"formerly: [{path.stem}]\n"
            path.rename(target)
            target.write_text(text + former)


def move_record(rng: random.Random, root: Path, _: Path) -> None:
    if found := records(root):
        path = rng.choice(found)
        folder = root / "content/papers" / rng.choice(["2024", "2025"])
        folder.mkdir(exist_ok=True)
        path.rename(folder / path.name)


def break_record(rng: random.Random, root: Path, _: Path) -> None:
    (root / "content/papers/broken.yaml").write_text("title: [")


def mend_record(rng: random.Random, root: Path, _: Path) -> None:
    (root / "content/papers/broken.yaml").unlink(missing_ok=True)


def set_site(rng: random.Random, root: Path, _: Path) -> None:
    (root / "content/site.yaml").write_text(SITE.replace("A Digest", rng.choice(["A Digest", "Another"])))


def set_themes(rng: random.Random, root: Path, _: Path) -> None:
    extra = rng.choice(
        ["", "- {slug: more, title: More}\n", "- {slug: other, title: Other, description: Rest.}\n"]
    )
    (root / "content/themes.yaml").write_text(THEMES.replace("Data", rng.choice(["Data", "Numbers"])) + extra)


def set_page(rng: random.Random, root: Path, _: Path) -> None:
    path = root / "content/pages/about.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# About\n\nVersion {rng.randrange(3)}.\n")


def set_template(rng: random.Random, root: Path, _: Path) -> None:
    name = rng.choice(["paper.html", "base.html", "picks.html", "static/style.css"])
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((SHIPPED / name).read_bytes() + rng.choice([b"", b"\n", b"\n\n"]))


def remove_template(rng: random.Random, root: Path, _: Path) -> None:
    found = sorted(path for path in (root / "templates").rglob("*") if path.is_file())
    if found:
        rng.choice(found).unlink()


def alter_output(rng: random.Random, root: Path, out: Path) -> None:
    if found := sorted(path for path in out.rglob("*.html")):
        path = rng.choice(found)
        path.write_bytes(rng.choice([b"", b"altered", path.read_bytes()]))


def remove_output(rng: random.Random, root: Path, out: Path) -> None:
    if found := sorted(path for path in out.rglob("*") if path.is_file()):
        rng.choice(found).unlink()


EDITS: list[Edit] = [
    set_value,
    set_value,
    set_value,
    add_record,
    remove_record,
    rename_record,
    move_record,
    break_record,
    mend_record,
    mend_record,
    set_site,
    set_themes,
    set_page,
    set_template,
    remove_template,
    alter_output,
    remove_output,
]


def run_script(root: Path, seed: int, steps: int) -> None:
    """Make edits, each followed by a build: it equals a clean one, and a further one does nothing."""
    rng = random.Random(seed)
    out = root.parent / "site"
    for step in range(steps):
        EDITS[rng.randrange(len(EDITS))](rng, root, out)
        before = tree(out)
        report = build(root, out)
        if has_error(report.problems):
            assert tree(out) == before, f"seed {seed}, step {step}: an error changed the output"
            continue
        fresh = root.parent / f"fresh-{seed}-{step}"
        expected = build(root, fresh)
        assert len(expected.changes) == expected.planned
        altered = tree(out).keys() - tree(fresh).keys()
        assert {path: data for path, data in tree(out).items() if path not in altered} == tree(fresh), (
            f"seed {seed}, step {step}"
        )
        assert altered <= {p for p, data in tree(out).items() if data in {b"", b"altered"}}
        assert build(root, out).changes == ()
        shutil.rmtree(fresh)


@pytest.mark.parametrize("seed", range(2))
def test_a_script_of_edits_gives_what_clean_builds_give(digest: Write, seed: int) -> None:
    run_script(digest(THREE), seed, steps=12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 10))
def test_a_longer_script_of_edits_gives_what_clean_builds_give(digest: Write, seed: int) -> None:
    run_script(digest(THREE), seed, steps=40)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
def test_a_very_long_script_of_edits_gives_what_clean_builds_give(digest: Write, seed: int) -> None:
    run_script(digest(THREE), seed, steps=250)
