"""Tell editors that a digest still has the URL of an example."""

from urllib.parse import urlsplit

from generator.library.paths import SITE
from generator.problem import Location, Problem, Severity
from generator.settings import EXAMPLE_URL


def example_url(url: str, severity: Severity) -> tuple[Problem, ...]:
    """Return a problem of a severity if a digest still has the example's URL, else nothing."""
    if urlsplit(url).hostname != urlsplit(EXAMPLE_URL).hostname:
        return ()
    message = f"The digest still has the address of an example, {url}."
    hint = "Write its own in `url:`, and its domain in `tag_authority:`, before you publish."
    return (Problem(severity=severity, location=Location(path=SITE), message=message, hint=hint),)
