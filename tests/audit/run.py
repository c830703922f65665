"""`make audit`: Lighthouse on one page of each kind that readers come to, as a phone shows it.

Prints a table of its scores, and ends with 1 where one is below its bar.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.serving import serving

ROOT = Path(__file__).parents[2]
BARS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
KINDS = ("front.html", "issue.html", "theme.html", "paper.html", "search.html")
QUERY = {"search.html": "?q=language+models"}
"""What is asked of a kind of page that shows little by itself."""
CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"


def scores(url: str) -> Mapping[str, int]:
    """Return what Lighthouse gives a page in each of its categories, of 100."""
    command = [
        ROOT / "tests/audit/node_modules/.bin/lighthouse",
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(BARS)}",
        f"--chrome-flags={CHROME}",
    ]
    chrome = {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(
        [*map(str, command)], capture_output=True, check=False, timeout=300, env={**os.environ, **chrome}
    )
    if done.returncode:
        sys.exit(done.stderr.decode())
    report = json.loads(done.stdout)
    if flaw := report.get("runtimeError"):
        sys.exit(f"{url}: {flaw['message']}")
    for name, bar in BARS.items():
        if report["categories"][name]["score"] * 100 < bar:
            for part in report["categories"][name]["auditRefs"]:
                audit = report["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                    print(f"{'':44}{audit['title']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: round(100 * report["categories"][name]["score"]) for name in BARS}


def main() -> None:
    """Print the scores of each page, and end with 1 where one of them is too low."""
    low = False
    print(f"{'':44}{''.join(f'{name:>16}' for name in BARS)}")
    with TemporaryDirectory() as folder, serving(ROOT, Path(folder)) as served:
        for kind in KINDS:
            for path in served.kinds.get(kind, ())[:1]:
                asked = path.removesuffix("index.html") + QUERY.get(kind, "")
                found = scores(served.url + asked)
                print(f"{asked[:42] or 'front page':44}", end="")
                print("".join(f"{found[name]:>16}" for name in BARS), flush=True)
                low |= any(found[name] < bar for name, bar in BARS.items())
    sys.exit(low)


if __name__ == "__main__":
    main()
