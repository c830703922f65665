"""Tell editors if a site comes near the limits of a host of static sites."""

from collections.abc import Iterator

from generator.library.paths import SITE
from generator.problem import Location, Problem, notice

FILES = 20_000
"""Files of a site that Cloudflare Pages takes (developers.cloudflare.com/pages/platform/limits)."""
BYTES = 1_000_000_000
"""Bytes of a site that GitHub Pages takes (docs.github.com/pages, "GitHub Pages limits")."""
NEAR = 0.9
"""Share of a limit from which on editors are told."""


def near_limits(files: int, size: int) -> Iterator[Problem]:
    """Yield a notice for each limit that a site of so many files and bytes comes near."""
    hint = "To have fewer files, turn kinds of them off under `outputs:`."
    if files > NEAR * FILES:
        message = f"The site has {files:,} files. Cloudflare Pages takes {FILES:,}."
        yield notice(Location(path=SITE), message, hint)
    if size > NEAR * BYTES:
        message = f"The site has {size / 1e6:,.0f} MB. GitHub Pages takes {BYTES / 1e6:,.0f} MB."
        yield notice(Location(path=SITE), message, hint)
