"""Turn a reader's issue into a draft, if it suggests a paper, or into an edit, if it corrects a record.

Nothing of the issue is trusted: a new record is a draft, a value must be of its field's type, and what an
editor wrote stays. The editors look at the change before they commit it.
"""

import datetime as dt
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from generator.commands.ingest import carry_out, locked
from generator.commands.issue_text import BY, FIELD, PAGE, PAPER, RIGHT, SOURCE, SUGGESTION, WHY, IssueText
from generator.commands.new import flaw_of, new, stated_by
from generator.files import load
from generator.ingest.catalog import read_catalog
from generator.ingest.inputs import Inputs, SourceRecord, read_inputs, read_receipts, read_record
from generator.ingest.known_papers import known_papers
from generator.ingest.plan import Plan, Write
from generator.ingest.receipts import digested
from generator.ingest.report import IngestReport
from generator.ingest.statements import Mention, combined, fields_before_listings, stated_values
from generator.library.paths import PAPERS, SITE
from generator.library.site_files import place_in, read_site
from generator.model import Paper
from generator.problem import Location, Problem, error, notice
from generator.records.edit import Edit, SpliceError, splice
from generator.records.misfits import expected

FIELDS = {
    "Title": "title",
    "Authors": "authors",
    "Organization": "organization",
    "Abstract": "abstract",
    "arXiv identifier": "arxiv",
    "DOI": "doi",
    "Venue": "venue",
    "Day of publication": "published",
}
"""The fields that a reader can correct, by what the form calls them."""
_HINTS = get_type_hints(Paper, include_extras=True)
_PAGE = re.compile(r"/?papers/([a-z0-9-]+)(?:/(?:index\.html)?)?(?:[?#].*)?")


def from_issue(root: Path, issue: IssueText, day: dt.date, name: str) -> IngestReport:
    """Carry out what an issue asks for, and return what was done; an error if it cannot be.

    `day` is the issue of the digest that a suggested paper belongs to; `name` is that of the issue's file.
    """
    if issue.form is SUGGESTION:
        return _suggested(root, issue, day, name)
    with locked(root):
        write = _correction(root, issue, name)
        if isinstance(write, Problem):
            return IngestReport(problems=(write,))
        problem = carry_out(root, write)
        return IngestReport(problems=(problem,)) if problem else IngestReport(plan=Plan(edited=(write,)))


def _suggested(root: Path, issue: IssueText, day: dt.date, name: str) -> IngestReport:
    if flaw := flaw_of(issue.answer(PAPER)):
        hint = 'Find out what is meant, and start the record with `broadsheet new "Title"`.'
        return IngestReport(problems=(error(Location(path=name), flaw, hint),))
    why = issue.answer(WHY)
    note = "\n".join(line for line in why.split("\n") if line) or None
    by = issue.answer(BY) or None
    return new(root, issue.answer(PAPER), day, note=note, by=by if note else None, draft=True)


def _correction(root: Path, issue: IssueText, name: str) -> Write | Problem:
    """Return the edit of a record that a reader's correction asks for, or why it is not made."""
    inputs = read_inputs(root, read_catalog(root))
    record = _record(root, inputs, issue.answer(PAGE), name)
    if isinstance(record, Problem):
        return record
    said = f"The reader says: {_shown(issue.answer(RIGHT))}"
    field = FIELDS.get(issue.answer(FIELD))
    if field is None:
        return error(Location(path=record.path), said, "No field says that; change the record by hand.")
    value = _value(field, issue.answer(RIGHT), name)
    if isinstance(value, Problem):
        return value
    if _is_editors(root, inputs, record, field):
        place, hint = place_in(record.data, record.path, field), "Change it if the reader is right."
        return error(place, f"`{field}:` is an editor's, and stays. {said}", hint)
    source = issue.answer(SOURCE)
    return _edited(record, field, value, [f"as seen at {_shown(source)}"] if source else [])


def _edited(record: SourceRecord, field: str, value: Any, source: list[str]) -> Write | Problem:
    """Return the edit that sets a field of a record, or why it is not made; `source` is listed with it."""
    now = getattr(record.paper, field)
    if now == value:
        return notice(Location(path=record.path), f"`{field}:` says so already.", "Close the issue.")
    edit = Edit((field,), msgspec.to_builtins(value, builtin_types=(dt.date,)))
    try:
        after = splice(record.data.decode(), [edit]).encode()
    except (SpliceError, UnicodeDecodeError):
        message = f"This record cannot be edited safely. To be changed: `{field}:` to {_shown(value)}."
        return error(Location(path=record.path), message, "Edit it by hand.")
    words = f"{field}: {_shown(now)} -> {_shown(value)}"
    return Write(path=record.path, data=after, before=record.data, changes=(words, *source))


def _record(root: Path, inputs: Inputs, page: str, name: str) -> SourceRecord | Problem:
    """Return the record of the paper whose page an issue names."""
    site, problems = read_site(load(root, SITE))
    if site is None:
        return problems[0]
    found = _PAGE.fullmatch(page.removeprefix(site.url.rstrip("/")))
    if not found:
        message = f"This is not the page of a paper on {site.url}: {_shown(page)}"
        return error(Location(path=name), message, f"An address such as {site.url.rstrip('/')}/papers/x/ is.")
    slug = found[1]
    paths = [path for path, row in inputs.records.items() if slug == row.slug or slug in row.aliases]
    if len(paths) != 1:
        message = (
            f"There is no record {slug!r}." if not paths else f"{len(paths)} records are named {slug!r}."
        )
        return error(Location(path=PAPERS), message, "Find the paper that is meant, and change it by hand.")
    data = load(root, paths[0])
    record = data if isinstance(data, Problem) else read_record(paths[0], data)
    return record[0] if isinstance(record, tuple) else record


def _is_editors(root: Path, inputs: Inputs, record: SourceRecord, field: str) -> bool:
    """Tell whether an editor wrote, changed or removed a field: it differs from what listings state."""
    known = known_papers(inputs.records.values(), inputs.receipts)
    mentions = {
        listing: [Mention(one) for one in receipts if known.current_id(one.id) == record.id]
        for listing, receipts in read_receipts(root, inputs.receipts).items()
    }
    mentions = {listing: found for listing, found in mentions.items() if found}
    base = combined(mentions).get((field,))
    ours = stated_values(digested(record.stated)).get((field,))
    before = fields_before_listings(mentions) or ()
    return ours != (base and base.value) or (field in before and ours is not None)


def _value(field: str, text: str, name: str) -> Any:
    """Return a reader's text as a value of the field, or why it cannot be one."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    one_line = " ".join(line for line in lines if line)
    given: object = one_line
    if field == "authors":
        given = [line.removeprefix("- ").strip(",;") for line in lines if line]
    elif field == "abstract":
        given = "\n".join(_paragraphs(lines))
    elif field in {"arxiv", "doi"}:
        given = getattr(stated_by(one_line), field) or one_line
    try:
        return msgspec.convert(given, _HINTS[field])
    except msgspec.ValidationError:
        message = f"{_shown(one_line)} is not {expected(_HINTS[field])}, for `{field}:`."
        return error(Location(path=name), message, "Find out what is meant, and change the record by hand.")


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs of lines, between which there are empty ones."""
    for paragraph in "\n".join(lines).split("\n\n"):
        if paragraph.strip():
            yield " ".join(paragraph.split())


def _shown(value: Any) -> str:
    """Return a value for a message: only its beginning, where it is long."""
    text = ", ".join(value) if isinstance(value, tuple) else "nothing" if value is None else str(value)
    return f"'{textwrap.shorten(text, 80, placeholder=' ...')}'"
