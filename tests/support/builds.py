"""A digest of three papers, and what a build makes of a digest."""

import os
from pathlib import Path

from generator.commands.build import BuildReport, build
from generator.problem import has_error

THREE = """
== content/papers/a.yaml
title: Alpha
author_count: 2
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
themes: [data]
== content/papers/b.yaml
title: Beta
author_count: 1
published: 2024-05-06
listed:
- {listing: x, issue: 2025-10-30, position: 2}
themes: [models]
== content/papers/c.yaml
title: Gamma
author_count: 3
published: 2024-05-07
listed:
- {listing: y, issue: 2025-10-29, position: 1}
themes: [models]
"""


def tree(out: Path) -> dict[str, bytes]:
    found = (f"{folder}/{name}" for folder, _, names in os.walk(out) for name in names)
    return {path[len(f"{out}/") :]: Path(path).read_bytes() for path in found}


def messages(report: BuildReport) -> list[str]:
    return [problem.message for problem in report.problems]


def clean(root: Path) -> dict[str, bytes]:
    """Return what a build into an empty folder gives."""
    fresh = root.parent / "fresh"
    report = build(root, fresh, clean=True)
    assert not has_error(report.problems)
    return tree(fresh)
