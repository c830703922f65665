"""Where the repository is."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Its folder, which is also that of the shipped digest."""
