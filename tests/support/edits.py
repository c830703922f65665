"""What may happen to a digest between two builds, or in the middle of one: edits, damage, other versions.

Each is a function of a scene. `HARM` is what a build may refuse to go on from; it must then say so.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import StateFolder
from generator.library.register import PublishedAddress, encode_register
from generator.library.vectors import Vectors, encode_vectors, row_of, text_key
from generator.model import Paper
from generator.records.codec import decode
from tests.support.digest import SITE, THEMES, write_files


class Scene(msgspec.Struct, kw_only=True):
    """A digest, the templates shipped with it, its output, and what chance has for them."""

    rng: random.Random
    root: Path
    shipped: Path
    out: Path
    other: Path
    """What a build of another digest keeps."""
    libraries: Path
    """A folder that is on the path of Python's imports."""

    def records(self) -> list[Path]:
        return sorted((self.root / "content/papers").rglob("*.yaml"))

    def pages(self) -> list[Path]:
        return files(self.out)

    @property
    def store(self) -> Path:
        return StateFolder.of(self.root, self.out).path


Edit = Callable[[Scene], None]


def files(folder: Path) -> list[Path]:
    """Return all files below a folder, also those below hidden ones, in order."""
    found = (Path(top, name) for top, _, names in os.walk(folder) for name in names)
    return sorted(found)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


FIELDS = {
    "title": ["Alpha", "No", "A $x^2$ title", "<b>Bold</b>"],
    "abstract": ["Legal ranking, legal ranking.", "Ranking of the legal, the legal ranking.", "More & more."],
    "note": ["Read it.", "Read it *twice*."],
    "pick": ["true", "false"],
    "hide": ["true", "false"],
    "draft": ["true", "false"],
    "by": ["Ada", "Bo & Cy"],
    "themes": ["[data]", "[models, data]", "[]"],
    "published": ["2024-05-06", "2025-01-02"],
    "listed": ["[{listing: x, issue: 2025-10-30, position: 3}]", "[{listing: z, position: 1}]"],
}
OUTPUTS = [
    "outputs: {paper_citations: true, mail_pages: false}\n",
    "outputs: {paper_api: false, share_images: all}\n",
    "outputs: {paper_citations: true, share_images: off}\n",
]
BARE = {"pick", "hide", "draft", "published", "themes", "listed"}


def new_record(scene: Scene) -> None:
    if len(scene.records()) < 8:
        path = scene.root / f"content/papers/new-{scene.rng.randrange(4)}.yaml"
        write(path, "title: New\npublished: 2024-05-06\npick: true\n")


def change_record(scene: Scene) -> None:
    if found := scene.records():
        name = scene.rng.choice(sorted(FIELDS))
        value = scene.rng.choice(FIELDS[name])
        path = scene.rng.choice(found)
        lines = [line for line in path.read_text().splitlines() if not line.startswith(f"{name}:")]
        write(path, "\n".join([*lines, f"{name}: {value if name in BARE else repr(value)}"]) + "\n")


def change_within_a_tick(scene: Scene) -> None:
    """Change a record, but neither its size nor its time."""
    if found := scene.records():
        path = scene.rng.choice(found)
        state, text = path.stat(), path.read_text()
        for old, new in (("2024-05-06", "2024-05-07"), ("New", "Old"), ("Alpha", "Omega"), ("true", "True")):
            if old in text:
                path.write_text(text.replace(old, new))
                break
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def remove_record(scene: Scene) -> None:
    if found := scene.records():
        scene.rng.choice(found).unlink()


def rename_record(scene: Scene) -> None:
    if found := scene.records():
        path = scene.rng.choice(found)
        target = path.with_name(f"renamed-{scene.rng.randrange(3)}.yaml")
        if not target.exists():
            text = path.read_text()
            path.rename(target)
            write(target, text + ("" if "formerly" in text else f"formerly: [{path.stem}]\n"))


def move_record(scene: Scene) -> None:
    if found := scene.records():
        path = scene.rng.choice(found)
        folder = scene.root / "content/papers" / scene.rng.choice(["2024", "2025"])
        folder.mkdir(exist_ok=True)
        path.rename(folder / path.name)


def break_record(scene: Scene) -> None:
    write(scene.root / "content/papers/broken.yaml", "title: [")


def mend_record(scene: Scene) -> None:
    (scene.root / "content/papers/broken.yaml").unlink(missing_ok=True)


def change_site(scene: Scene) -> None:
    text = SITE.replace("A Digest", scene.rng.choice(["A Digest", "Another"]))
    write(
        scene.root / "content/site.yaml",
        text + scene.rng.choice(["", "language: de\n", "listings: {'*': A listing}\n", *OUTPUTS]),
    )


def change_themes(scene: Scene) -> None:
    extra = scene.rng.choice(["", "- {slug: more, title: More}\n"])
    write(
        scene.root / "content/themes.yaml",
        THEMES.replace("Data", scene.rng.choice(["Data", "Numbers"])) + extra,
    )


def change_page(scene: Scene) -> None:
    write(scene.root / "content/pages/about.md", f"# About\n\nVersion {scene.rng.randrange(3)}.\n")


def change_image(scene: Scene) -> None:
    path = scene.root / scene.rng.choice(["content/images/a.gif", "content/pages/b.gif"])
    write(path, f"GIF89a{scene.rng.randrange(3)}")
    write(scene.root / "content/pages/about.md", f"# About\n\n![B]({scene.rng.choice('bc')}.gif)\n")


def change_opening(scene: Scene) -> None:
    path = scene.root / "content/issues/2025-10-30.md"
    if scene.rng.random() < 0.3:
        path.unlink(missing_ok=True)
    else:
        write(path, f"---\nsubject: S\n---\nVersion {scene.rng.randrange(3)}.\n")


def change_receipts(scene: Scene) -> None:
    path = scene.root / "content/receipts/2025-10-30-x.txt.jsonl"
    if scene.rng.random() < 0.3:
        path.unlink(missing_ok=True)
    else:
        slug = scene.rng.choice([record.stem for record in scene.records()] or ["gone"])
        write(path, f'{{"id":"{slug}","position":1}}\n')


def change_refused(scene: Scene) -> None:
    path = scene.root / "content/receipts/refused/2025-10-30-y.txt.txt"
    if scene.rng.random() < 0.3:
        path.unlink(missing_ok=True)
    else:
        write(path, f"cut short: {scene.rng.randrange(3)} papers are whole, the last is not\n")


def change_terms(scene: Scene) -> None:
    path = scene.root / "content/terms.txt"
    rows = "legal\t5\t3000\nranking\t5\t3000\n", "legal\t5\t3000\nmore\t5\t2000\n", None
    if (chosen := scene.rng.choice(rows)) is None:
        path.unlink(missing_ok=True)
    else:
        write(path, f"*\t1000\t0\n{chosen}")


def change_vectors(scene: Scene) -> None:
    path = scene.root / "content/vectors.txt"
    records = [decode(record.read_bytes(), "", Paper)[0] for record in scene.records()]
    rows = {text_key(paper): row_of((scene.rng.choice((0.1, 0.2)), 0.1)) for paper in records if paper}
    path.write_bytes(encode_vectors(Vectors(b"model", row_of((scene.rng.choice((0.0, 0.1)), 0.0)), rows)))


def mark_published(scene: Scene) -> None:
    path = scene.root / "content/published.jsonl"
    if path.exists() or not scene.records():
        path.unlink(missing_ok=True)
    else:
        slug = scene.rng.choice(scene.records()).stem
        path.write_bytes(encode_register([PublishedAddress(url=f"papers/{slug}/")]))


def change_template(scene: Scene) -> None:
    """Override a template that is shipped, change a shipped one, or have an override go."""
    name = scene.rng.choice(["paper.html", "base.html", "picks.html", "static/style.css"])
    shipped, own = scene.shipped / name, scene.root / "templates" / name
    match scene.rng.randrange(4):
        case 0:
            own.unlink(missing_ok=True)
        case 1:
            shipped.write_bytes(shipped.read_bytes().rstrip() + b"\n" * scene.rng.randrange(3))
        case _:
            write(own, shipped.read_text() + scene.rng.choice(["", "\n"]))


def change_what_is_included(scene: Scene) -> None:
    """Have a template include another by its name, or by one that it computes."""
    base = (scene.shipped / "robots.txt").read_text()
    tag = scene.rng.choice(
        [
            "{% include 'note.txt' ignore missing %}",
            "{%include'note.txt'ignore missing%}",
            "{% include 'none.txt' if not view else 'note.txt' ignore missing %}",
            "{% include ['none.txt', 'static/note.txt', 'note.txt'] ignore missing %}",
            "{% include 'no' ~ 'te.txt' ignore missing %}",
        ]
    )
    if scene.rng.random() < 0.3:
        write(scene.root / "templates/robots.txt", base + tag)
    for name in ("note.txt", "static/note.txt"):
        path = scene.root / "templates" / name
        if scene.rng.random() < 0.5:
            write(path, f"# {scene.rng.randrange(3)}\n")
        else:
            path.unlink(missing_ok=True)


def swap_file_and_folder(scene: Scene) -> None:
    """Have a static file become a folder with one in it, or the reverse."""
    path = scene.root / "templates/static/swap"
    if path.is_dir():
        shutil.rmtree(path)
        path.write_text("file")
    elif path.exists():
        path.unlink()
        write(path / "inside", "folder")
    else:
        write(path, "file")


def break_template(scene: Scene) -> None:
    write(scene.root / "templates/picks.html", scene.rng.choice(["{% if %}", "{{ view.nonsense }}"]))


def mend_template(scene: Scene) -> None:
    (scene.root / "templates/picks.html").unlink(missing_ok=True)


def alter_page(scene: Scene) -> None:
    """Alter a file of the output: its bytes and maybe its size, or nothing but its time."""
    if found := scene.pages():
        path = scene.rng.choice(found)
        data = path.read_bytes()
        path.write_bytes(scene.rng.choice([b"", b"altered", data, data[:-1] + b"#", data.swapcase()]))


def alter_page_by_another_file(scene: Scene) -> None:
    """Put another file of the same size in place of one."""
    if found := scene.pages():
        path = scene.rng.choice(found)
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data.swapcase())


def remove_page(scene: Scene) -> None:
    if found := scene.pages():
        scene.rng.choice(found).unlink()


def remove_folder(scene: Scene) -> None:
    folders = [path for path in scene.out.rglob("*") if path.is_dir()]
    shutil.rmtree(scene.rng.choice([*folders, scene.out]), ignore_errors=True)


def turn_the_clock_back(scene: Scene) -> None:
    """Set the times of anything to long ago."""
    found = [*files(scene.root / "content"), *scene.pages(), *files(scene.store)]
    for path in scene.rng.sample(found, min(3, len(found))):
        os.utime(path, ns=(10**18 + scene.rng.randrange(9), 10**18))


def change_a_library(scene: Scene) -> None:
    """Install another version of a library, as far as a build can see."""
    shutil.rmtree(scene.libraries, ignore_errors=True)
    (scene.libraries / f"x-{scene.rng.randrange(9)}.0.dist-info").mkdir(parents=True)
    code_fingerprint.cache_clear()


def damage_the_ledger(scene: Scene) -> None:
    """Corrupt, cut off, empty, lose or exchange a file of those that a build keeps."""
    if not (found := [path for path in files(scene.store) if path.name != "lock"]):
        return
    path = scene.rng.choice(found)
    data = path.read_bytes()
    match scene.rng.randrange(6):
        case 0 if data:
            place = scene.rng.randrange(len(data))
            path.write_bytes(
                data[:place] + bytes([data[place] ^ 1 << scene.rng.randrange(8)]) + data[place + 1 :]
            )
        case 1:
            path.write_bytes(data[: scene.rng.randrange(len(data) + 1)])
        case 2:
            path.write_bytes(b"\0" * len(data))
        case 3:
            path.unlink()
        case 4:
            other = scene.other / path.relative_to(scene.store)
            path.write_bytes(other.read_bytes() if other.exists() else b"\x80")
        case _:
            path.write_bytes(data + b"\xc0")


def remember_the_ledger(scene: Scene) -> None:
    """Keep a copy of all that a build keeps."""
    shutil.rmtree(scene.root / "copy", ignore_errors=True)
    if scene.store.exists():
        shutil.copytree(scene.store, scene.root / "copy")


def restore_an_old_ledger(scene: Scene) -> None:
    """Put back what a build kept some time ago."""
    if (scene.root / "copy").exists():
        shutil.copytree(scene.root / "copy", scene.store, dirs_exist_ok=True)


def put_a_file_in_the_way(scene: Scene) -> None:
    """Put a file of somebody's where a folder of the output is, or where a page may come to be."""
    pages = [path for path in scene.pages() if "search" not in path.relative_to(scene.out).parts]
    if folders := sorted({path.parent for path in pages} - {scene.out}):
        folder = scene.rng.choice(folders)
        if scene.rng.random() < 0.5:
            shutil.rmtree(folder)
            folder.write_text("mine")
        else:
            write(scene.out / f"papers/new-{scene.rng.randrange(4)}/index.html", "mine")


def put_a_folder_in_the_way(scene: Scene) -> None:
    found = [path for path in scene.pages() if "pagefind" not in path.parts]  # which comes after the pages
    if found:
        path = scene.rng.choice(found)
        path.unlink()
        write(path / "mine", "mine")


def write_digest(root: Path, text: str) -> None:
    write_files(root, f"== content/site.yaml\n{SITE}\n== content/themes.yaml\n{THEMES}")
    write_files(root, text)


CONTENT: list[Edit] = [
    new_record,
    new_record,
    change_record,
    change_record,
    change_record,
    change_within_a_tick,
    remove_record,
    rename_record,
    move_record,
    break_record,
    mend_record,
    mend_record,
    change_site,
    change_themes,
    change_page,
    change_image,
    change_opening,
    change_receipts,
    change_refused,
    change_terms,
    change_vectors,
    mark_published,
    change_template,
    change_what_is_included,
    swap_file_and_folder,
    break_template,
    mend_template,
    mend_template,
]
MEDDLING: list[Edit] = [
    alter_page,
    alter_page,
    alter_page_by_another_file,
    remove_page,
    remove_folder,
    turn_the_clock_back,
    remember_the_ledger,
]
HARM: list[Edit] = [
    damage_the_ledger,
    damage_the_ledger,
    restore_an_old_ledger,
    put_a_file_in_the_way,
    put_a_folder_in_the_way,
]
