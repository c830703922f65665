"""Keep the answers of services, so that a run that was stopped goes on and asks nothing twice.

They are in `.broadsheet/lookups.jsonl`, an answer a line: the question's URL, and what each paper in the
answer states. A line that cannot be read is skipped.
"""

from pathlib import Path
from typing import Self

import msgspec

from generator.files import read_file
from generator.model import Stated

CACHE = ".broadsheet/lookups.jsonl"


class CachedAnswer(msgspec.Struct, frozen=True):
    """A question's URL, and the papers of its answer."""

    url: str
    papers: tuple[Stated, ...]


class LookupCache:
    """The answers at hand; a new one is written at once."""

    def __init__(self, path: Path, answers: dict[str, tuple[Stated, ...]]) -> None:
        """Begin with these answers, by URL; new ones go to the file at the path."""
        self._path = path
        self._answers = answers

    @classmethod
    def read(cls, root: Path) -> Self:
        """Return the answers that earlier runs left."""
        path, found = root / CACHE, {}
        for line in read_file(path).splitlines() if path.exists() else ():
            try:
                answer = _decode(line)
            except msgspec.MsgspecError:
                continue
            found[answer.url] = answer.papers
        return cls(path, found)

    def get(self, url: str) -> tuple[Stated, ...] | None:
        """Return the papers of an answer; None where the question was not asked yet."""
        return self._answers.get(url)

    def add(self, url: str, papers: tuple[Stated, ...]) -> None:
        """Keep an answer. Raises OSError."""
        self._answers[url] = papers
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(CachedAnswer(url, papers)) + b"\n")

    def forget(self) -> None:
        """Remove all answers. Raises OSError."""
        self._answers.clear()
        self._path.unlink(missing_ok=True)


_decode = msgspec.json.Decoder(CachedAnswer).decode
