r"""The arXiv dump: abstracts with identifiers and days, without titles and authors.

A paper is its abstract, the authors' comment where there is one, its identifier and its days::

    An abstract, in one line or hard-wrapped.

    13 pages, 4 figures

    arXiv:2410.15393
    Created: 2024-10-20 Updated: 2024-11-02

Blank lines part paragraphs; the lines of one paragraph are joined by a space. The last of several is the
authors' comment, not the abstract's end, if it has at most 250 characters and

- it counts what authors count there (``9 pages, 3 figures``), or begins as they begin (``Accepted by``), or
- it does not end as a sentence does (``NeurIPS 2024``).

The text is taken for a dump if a line of days follows an identifier's. A dump ends inside a paper where the last has no
identifier or no day, or where its last line is no whole line of days and no line break follows.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from generator.listings import links
from generator.listings.days import iso_day
from generator.listings.entry import Entry, Line, Listing, Parse, Span
from generator.listings.pairing import cut, ends_whole, quote
from generator.model import ArxivId, Stated
from generator.problem import Problem, error

NAME = "arxiv-dump"
IDENTIFIER = re.compile(r"arXiv:\s*(\S+?)(?:v([0-9]{1,4}))?", re.ASCII)
DAYS = re.compile(r"(?:Created:\s*(?P<created>\S+))?\s*(?:Updated:\s*(?P<updated>\S+))?")
...
