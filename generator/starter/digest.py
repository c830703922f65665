"""All files of a digest that begins, by their paths. Pure: `commands.init` asks and writes."""

import datetime as dt
from importlib.resources import files
from string import Template
from urllib.parse import urlsplit

import msgspec
import yaml
from slugify import slugify

from generator.settings import EXAMPLE_URL
from generator.starter.settings import settings_text

EXAMPLE_THEME = """
# - slug: methods
#   title: Methods
#   description: What belongs there, in a line.
"""
SHARED = {
    "README.md": "readme.md",
    "content/pages/about.md": "about.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
"""Files of every digest, and where their text is in `files/`."""
GITHUB = {
    ".github/workflows/publish.yml": "publish.yml",
    ".github/workflows/fetch.yml": "fetch.yml",
    ".github/ISSUE_TEMPLATE/suggest-a-paper.yml": "suggest-a-paper.yml",
    ".github/ISSUE_TEMPLATE/something-wrong.yml": "something-wrong.yml",
}
"""Files of a digest that GitHub fetches papers for, builds and publishes, and where readers open issues."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of whoever starts a digest."""

    title: str = "The Digest"
    description: str = ""
    url: str = EXAMPLE_URL
    language: str = "en"
    themes: tuple[str, ...] = ()
    """Titles."""
    github: bool
    """Whether GitHub is to build and publish it."""


def starter_files(answers: Answers, today: dt.date, custom_css: str) -> dict[str, str]:
    """Return the texts of a digest's files, by path.

    The year of `today` is in the ids of its feeds; `custom_css` is the shipped stylesheet loaded last.
    """
    host = urlsplit(answers.url).hostname or "example.org"
    values = {
        "title": answers.title,
        "url": answers.url,
        "tag_authority": f"{host},{today.year}",
        "description": answers.description,
        "language": answers.language,
    }
    texts = {path: _text(name, answers) for path, name in SHARED.items()}
    if answers.github:
        texts |= {path: _text(name, answers) for path, name in GITHUB.items()}
    return {
        "content/site.yaml": _SCHEMA.format("site") + settings_text(values),
        "content/themes.yaml": _SCHEMA.format("themes") + _themes_text(answers.themes),
        "templates/static/custom.css": custom_css,
        **texts,
    }


_SCHEMA = "# yaml-language-server: $schema=schemas/{}.json\n"
"""What leads text editors with the YAML language server to what `broadsheet schema` writes."""


def _text(name: str, answers: Answers) -> str:
    text = (files("generator.starter") / "files" / name).read_text("utf-8")
    return Template(text).safe_substitute(title=answers.title)


def _themes_text(titles: tuple[str, ...]) -> str:
    head = "# The themes, in the order in which the digest shows them. A record names them by slug.\n"
    if not titles:
        return f"{head}{EXAMPLE_THEME}"
    slugs = {slugify(title) or f"theme-{number}": title for number, title in enumerate(titles, start=1)}
    rows = [{"slug": slug, "title": title} for slug, title in slugs.items()]
    return head + "\n" + yaml.safe_dump(rows, allow_unicode=True)
