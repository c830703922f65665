"""How many examples of each property are tried."""

import os

MORE = 50 if os.environ.get("SOAK") else 1
"""How many times more examples of each property `make soak` tries."""
