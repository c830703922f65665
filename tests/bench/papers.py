"""Synthetic papers, as many as asked for, in the form of each site generator.

Titles and abstracts are those of a shipped listing, over and over; ids, dates and themes are made up: 60
months and twelve themes, one file a paper.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

LISTING = Path(__file__).parents[2] / "content/listings/2025-10-31-hf-similar-selection.txt"
THEMES = (
    "data-selection",
    "recommendation",
    "retrieval",
    "preference-alignment",
    "evaluation",
    "language-models",
    "reasoning-agents",
    "training-dynamics",
    "vision-multimodal",
    "reliability",
    "domain-nlp",
    "statistics-science",
)
FIRST = dt.date(2021, 1, 1)
DAYS = (dt.date(2025, 12, 31) - FIRST).days + 1


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A synthetic paper."""

    title: str
    abstract: str
    day: dt.date
    time: str
    """Another one for each paper of a day, so that all generators sort them alike."""
    theme: str
    authors: int
    number: str
    """Its place, of five digits."""

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def slug(self) -> str:
        return f"{self.day:%y%m}-{self.number}"

    @property
    def arxiv(self) -> str:
        return f"{self.day:%y%m}.{self.number}"


def papers(number: int) -> Iterator[Paper]:
    """Yield so many papers, oldest first."""
    texts = _texts()
    for place in range(number):
        title, abstract = texts[place % len(texts)]
        yield Paper(
            title=title,
            abstract=f"{abstract} (Record {place}.)",
            day=FIRST + dt.timedelta(days=place * DAYS // number),
            time=f"{place % 86400 // 3600:02}:{place % 3600 // 60:02}:{place % 60:02}",
            theme=THEMES[(place * 7 + place // 213) % len(THEMES)],
            authors=2 + place % 9,
            number=f"{place % 100_000:05}",
        )


def _texts() -> list[tuple[str, str]]:
    """Return titles and abstracts without what any generator's templates or front matter would read."""
    lines = LISTING.read_text("utf-8").split("\n")[2:]
    pairs = zip(lines[::2], lines[1::2], strict=False)
    clean = ((_clean(title.strip().removeprefix("Subscribe")), _clean(abstract)) for title, abstract in pairs)
    return [(title, abstract) for title, abstract in clean if title and abstract]


def _clean(text: str) -> str:
    return text.strip().replace("{{", "{ {").replace("{%", "{ %").replace("\\", "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _record(paper: Paper) -> tuple[str, str]:
    return f"content/papers/{paper.day.year}/{paper.slug}.yaml", (
        f"title: {_quoted(paper.title)}\narxiv: {_quoted(paper.arxiv)}\nauthor_count: {paper.authors}\n"
        f"published: {paper.day}\nlisted:\n- listing: bench-{paper.month}\n  issue: {paper.day}\n"
        f"themes: [{paper.theme}]\nabstract: {_quoted(paper.abstract)}\n"
    )


def _hugo(paper: Paper) -> tuple[str, str]:
    return f"content/papers/{paper.slug}.md", (
        f"---\ntitle: {_quoted(paper.title)}\ndate: {paper.day}T{paper.time}Z\nthemes: [{paper.theme}]\n"
        f'months: ["{paper.month}"]\nauthors_count: {paper.authors}\narxiv: {_quoted(paper.arxiv)}\n---\n'
        f"{paper.abstract}\n"
    )


def _zola(paper: Paper) -> tuple[str, str]:
    return f"content/papers/{paper.slug}.md", (
        f"---\ntitle: {_quoted(paper.title)}\ndate: {paper.day}T{paper.time}Z\n"
        f'taxonomies:\n  themes: [{paper.theme}]\n  months: ["{paper.month}"]\n'
        f"extra:\n  authors_count: {paper.authors}\n  arxiv: {_quoted(paper.arxiv)}\n---\n{paper.abstract}\n"
    )


FORMS: Mapping[str, Callable[[Paper], tuple[str, str]]] = {"records": _record, "hugo": _hugo, "zola": _zola}
"""What writes a paper for each generator: the path of its file, and its text."""
SECTIONS = {
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/papers/_index.md": (
        "---\ntitle: Papers\nsort_by: date\nrender: false\npage_template: page.html\n---\n"
    ),
}
"""Files that Zola needs in addition."""


def write(form: str, number: int, folder: Path) -> None:
    """Write so many papers in a form below a folder."""
    texts = [FORMS[form](paper) for paper in papers(number)]
    for path in {(folder / name).parent for name, _ in texts}:
        path.mkdir(parents=True, exist_ok=True)
    for name, text in [*texts, *(SECTIONS.items() if form == "zola" else ())]:
        (folder / name).write_text(text, "utf-8")
