"""Build the peers' site with Broadsheet: `python -m tests.bench.ours ROOT OUT`."""

import sys
from pathlib import Path

from generator.commands.build import build
from generator.problem import has_error
from generator.processes import end, processes
from tests.bench.site import PLANNERS

if __name__ == "__main__":
    report = build(Path(sys.argv[1]), Path(sys.argv[2]), planners=PLANNERS, workers=processes())
    print(report.papers, report.planned, report.written, flush=True)
    end(has_error(report.problems))
