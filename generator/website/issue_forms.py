"""Links with which readers help: each opens a pre-filled issue form in the digest's repository.

The forms are those that `broadsheet init --ci github` writes to `.github/ISSUE_TEMPLATE/`. A query fills in
a form's fields by their ids (docs.github.com/communities, "Creating an issue from a URL query").
"""

from urllib.parse import urlencode

SUGGEST, REPORT = "suggest-a-paper.yml", "something-wrong.yml"
"""Names of the forms' files."""


def suggest_link(repository: str) -> str:
    """Return the URL of the form with which a reader suggests a paper."""
    return _link(repository, {"template": SUGGEST})


def report_link(repository: str, page: str, title: str) -> str:
    """Return the URL of the form that says what is wrong on a paper's page, which has this URL and title."""
    return _link(repository, {"template": REPORT, "title": f"Something wrong: {title}", "page": page})


def _link(repository: str, query: dict[str, str]) -> str:
    return f"{repository.rstrip('/')}/issues/new?{urlencode(query)}"
