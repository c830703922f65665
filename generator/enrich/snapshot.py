"""Look up papers in a snapshot of arXiv's metadata (kaggle.com/datasets/Cornell-University/arxiv).

It has millions of lines and is read line by line, so memory does not depend on its size. The title of each
line is compared with wanted titles of about its length; the line is parsed only if one is nearly the same.
"""

import gzip
import json
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rapidfuzz import fuzz, process

from generator.enrich.likeness import likeness
from generator.ingest.identity import title_key
from generator.listings import parse
from generator.model import Stated
from generator.text import plain

TITLE = re.compile(rb'"title"\s*:\s*("(?:[^"\\]|\\.)*")')
ID = re.compile(rb'\{\s*"id"\s*:\s*"([^"\\]+)"')
NO_LETTER = re.compile(r"[\W_]+")
NEAR = 80
"""Per cent of the letters that must be alike before TeX is made plain and the line is parsed."""
SPREAD = 0.2
"""How much shorter or longer, in parts of its length, a title may be that is compared."""
LONGEST_LINE = 1 << 20
"""Bytes of a line that is read."""
NOTHING = (0.0, Stated())


class SnapshotError(Exception):
    """A snapshot cannot be read."""


def look_up(snapshot: Path, wanted: Mapping[str, Stated]) -> dict[str, tuple[float, Stated]]:
    """Return what a snapshot has of papers, by the name of each: its likeness, and what is stated.

    A paper that has an arXiv identifier is known by that, others by title. Of several that may be the paper,
    the likeliest is taken, and of equals the first. The file may be plain, a .gz, or a .zip, of which the
    first file is read. Raises SnapshotError.
    """
    ids = {stated.arxiv.encode(): name for name, stated in wanted.items() if stated.arxiv}
    keys = {name: title_key(plain(stated.title or "")) for name, stated in wanted.items() if not stated.arxiv}
    by_length = _by_length({name: key for name, key in keys.items() if key})
    found: dict[str, tuple[float, Stated]] = {}
    for line in _lines(snapshot):
        match = ID.match(line) if ids else None
        names = [ids[match[1]]] if match and match[1] in ids else _near(line, by_length)
        for name in names:
            for stated in _stated(line):
                score = 1.0 if wanted[name].arxiv else likeness(wanted[name], stated)
                if score > found.get(name, NOTHING)[0]:
                    found[name] = score, stated
    return found


def _lines(snapshot: Path) -> Iterator[bytes]:
    last = b""
    try:
        with _opened(snapshot) as lines:
            while line := lines.readline(LONGEST_LINE):
                if not last and not line.startswith(b"{"):
                    break
                yield line
                last = line
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, IndexError) as flaw:
        raise SnapshotError(str(flaw) or "it is empty") from flaw
    if not last.rstrip().endswith(b"}"):
        message = "it ends within a paper" if last else "it does not begin with a paper"
        raise SnapshotError(message)


@contextmanager
def _opened(snapshot: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with snapshot.open("rb") as file:
        beginning = file.read(4)
        file.seek(0)
        if beginning[:2] == b"\x1f\x8b":
            with gzip.open(file) as unpacked:
                yield unpacked
        elif beginning == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as unpacked:
                yield unpacked
        else:
            yield file


def _by_length(keys: Mapping[str, str]) -> dict[int, Mapping[str, str]]:
    """Return the titles to compare with one of a length, by that length."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for name, key in keys.items():
        for length in range(int(len(key) * (1 - SPREAD)), int(len(key) * (1 + SPREAD)) + 2):
            found[length][name] = key
    return dict(found)


def _near(line: bytes, by_length: Mapping[int, Mapping[str, str]]) -> Sequence[str]:
    """Return the names of the papers whose titles are nearly that of a line."""
    match = TITLE.search(line)
    if match is None:
        return ()
    try:
        title = json.loads(match[1], strict=False) if b"\\" in match[1] else match[1].decode()
    except ValueError:
        return ()
    key = NO_LETTER.sub("", title.casefold())
    choices = by_length.get(len(key))
    if not choices:
        return ()
    near = process.extract(key, choices, scorer=fuzz.ratio, processor=None, score_cutoff=NEAR, limit=5)
    return [name for _, _, name in near]


def _stated(line: bytes) -> Iterator[Stated]:
    yield from (entry.stated for entry in parse(line, "snapshot", None, "arxiv-kaggle").entries)
