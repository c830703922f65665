"""Edits, each made in our sources and in Hugo's, another one every time."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.sites import BENCH, folder

Edit = Callable[[Path, int], None]
"""Changes the file at the path; the number makes each edit another one."""


def appended(path: Path, number: int) -> None:
    path.write_text(f"{path.read_text('utf-8').rstrip()} Edit {number}.\n", "utf-8")


def abstract(path: Path, number: int) -> None:
    path.write_text(path.read_text("utf-8").replace("(Record", f"Edit {number}. (Record"), "utf-8")


def title(path: Path, number: int) -> None:
    path.write_text(path.read_text("utf-8").replace('title: "', f'title: "{number} ', 1), "utf-8")


def note(path: Path, number: int) -> None:
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(("pick:", "note:"))]
    path.write_text("\n".join([*kept, "pick: true", f"note: Because of {number}.", ""]), "utf-8")


def theme(path: Path, number: int) -> None:
    first, second = ("evaluation", "retrieval") if number % 2 else ("retrieval", "evaluation")
    lines = path.read_text("utf-8").splitlines()
    changed = (f"themes: [{first}, {second}]" if line.startswith("themes:") else line for line in lines)
    path.write_text("\n".join([*changed, ""]), "utf-8")


def comment(path: Path, number: int) -> None:
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n<!-- {number} -->\n", "utf-8")


def rule(path: Path, number: int) -> None:
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n/* {number} */\n", "utf-8")


def delete(path: Path, _: int) -> None:
    path.unlink()


RECORDS: Mapping[str, Edit] = {
    "an abstract": abstract,
    "a title": title,
    "a note": note,
    "a theme": theme,
    "a paper deleted": delete,
}
"""Edits of a record, by what they change."""


def of_record(site: str, papers: int, edit: Edit) -> Callable[[int], None]:
    """Return what edits a record amid our library, and likewise a paper of Hugo's."""

    def make(number: int) -> None:
        for name, pattern in ((site, "content/papers/*/*.yaml"), ("hugo", "content/papers/*.md")):
            found = sorted(folder(name, papers).glob(pattern))
            path = found[len(found) // 2]
            (edit if name == site or edit is delete else appended)(path, number)

    return make


def of_template(site: str, papers: int) -> Callable[[int], None]:
    """Return what edits the template of papers, ours and Hugo's."""
    ours = folder(site, papers) / "templates" / ("bench_paper.html" if site == BENCH else "paper.html")
    theirs = next(folder("hugo", papers).glob("layouts/**/*.html"))

    def make(number: int) -> None:
        for path in (ours, theirs):
            comment(path, number)

    return make


def of_stylesheet(site: str, papers: int) -> Callable[[int], None]:
    """Return what edits our stylesheet; Hugo's site has none, and is built again as it is."""
    path = folder(site, papers) / "templates/static/style.css"
    return lambda number: rule(path, number)
