"""Read openings: the Markdown files in `content/issues/` with what the editors say at the head of an issue.

    content/issues/2025-10-30.md:
    ---
    subject: Three ways to sample
    ---
    Two papers this week take *sampling* apart.

The lines between the hyphens may be absent. `subject` is that of the mail and of the entry in feeds.
"""

import datetime as dt
from collections.abc import Mapping

import msgspec

from generator.library.paths import OPENINGS
from generator.model import Opening, Text
from generator.problem import Location, Problem, error
from generator.records.codec import decode, text_of

RULE = "---"


class _FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Text | None = None


def read_openings(
    files: Mapping[str, bytes | Problem], last: Mapping[dt.date, Opening]
) -> tuple[dict[dt.date, Opening], list[Problem]]:
    """Return the openings among content files, by day, and what is wrong with the other files.

    In place of an unreadable opening, the one of that day in `last` is returned.
    """
    openings: dict[dt.date, Opening] = {}
    problems: list[Problem] = []
    for path, data in files.items():
        if not path.startswith(OPENINGS):
            continue
        day = _day(path)
        if day is None:
            problems.append(_no_day(path))
            continue
        found = _opening(path, data)
        if isinstance(found, Opening):
            openings[day] = found
            continue
        problems += found
        if day in last:
            openings[day] = last[day]
    return openings, problems


def _day(path: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(path.removeprefix(OPENINGS).removesuffix(".md"))
    except ValueError:
        return None


def _no_day(path: str) -> Problem:
    hint = "Rename the file to the day of its issue, such as 2025-10-30.md."
    message = "The file's name is not a day, so the opening belongs to no issue."
    return error(Location(path=path), message, hint)


def _opening(path: str, data: bytes | Problem) -> Opening | list[Problem]:
    if isinstance(data, Problem):
        return [data]
    text, problems = text_of(data, path)
    if text is None:
        return list(problems)
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != RULE:
        return Opening(text=text.strip())
    if RULE not in lines[1:]:
        place = Location(path=path, line=1, column=1, text=RULE)
        return [error(place, "The lines of settings have no end.", f"Write {RULE} on a line below them.")]
    end = lines.index(RULE, 1)
    front = "\n".join(["", *lines[1:end]])  # as many lines as in the file, for the places of problems
    found, problems = decode(front.encode(), path, _FrontMatter)
    if found is None:
        return list(problems)
    return Opening(subject=found.subject, text="\n".join(lines[end + 1 :]).strip())
