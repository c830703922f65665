"""A digest with an issue to mail, and its subscribers."""

import datetime as dt

DAY = dt.date(2025, 10, 30)
DIGEST = """
== content/site.yaml
title: A Digest
url: https://digest.example/
tag_authority: digest.example,2025
mail:
  address: editors@digest.example
  unsubscribe: ["https://digest.example/leave?who={address}"]
== content/papers/a.yaml
title: Alpha
listed: [{listing: x, issue: 2025-10-30}]
"""


def everyone(number: int) -> list[str]:
    return [f"reader-{n}@example.org" for n in range(number)]
