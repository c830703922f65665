"""Undo, renames and new captures: what a listing brought goes where the listing goes."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.ingest import ingest
from generator.commands.undo import undo
from generator.ingest import parsing
from generator.ingest.captures import Capture
from generator.model import Stated
from generator.problem import has_error
from tests.support.digest import Write
from tests.support.examples import MORE
from tests.support.rows import (
    content,
    edit,
    listings_at,
    listings_of,
    parse_rows,
    record,
    records,
    said,
    write_listings,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def _listings_are_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse", parse_rows)


A = """
== content/listings/2025-10-30-a.txt
- {title: Alpha, abstract: About one.}
- {title: Beta, abstract: About two.}
"""
B = """
== content/listings/2025-10-31-b.txt
- {title: beta, abstract: About two., venue: ACL}
- {title: Gamma, abstract: About three.}
"""


@pytest.mark.usefixtures("_listings_are_yaml")
class TestUndo:
    def test_takes_back_records_whose_first_line_names_their_schema(self, digest: Write) -> None:
        root = digest(f"{A}\n== content/schemas/record.json\n{{}}\n")
        ingest(root)
        alpha, beta = (root / f"content/papers/2025/{slug}.yaml" for slug in ("alpha", "beta"))
        line = "# yaml-language-server: $schema=../../schemas/record.json\n"
        assert [path.read_text().partition("title:")[0] for path in (alpha, beta)] == [line, line]
        before = content(root)
        ingest(root)
        assert content(root) == before
        edit(root, "2025/beta.yaml", "title: Beta", "# a remark\ntitle: Beta")
        undo(root, "2025-10-30-a.txt")
        assert (alpha.exists(), beta.read_text().startswith(f"{line}# a remark\n")) == (False, True)

    def test_takes_back_rows_receipts_and_new_records(self, digest: Write) -> None:
        root = digest(A)
        ingest(root)
        before = content(root)
        digest(B)
        ingest(root)
        report = undo(root, "2025-10-31-b.txt")
        assert [write.path for write in report.plan.removed] == ["content/papers/2025/gamma.yaml"]
        assert [write.changes for write in report.plan.edited] == [
            ("title: 'beta' -> 'Beta'", "venue removed", "no longer listed in 2025-10-31-b.txt")
        ]
        assert said(report) == []
        assert content(root) == before

    def test_in_a_dry_run_writes_nothing(self, digest: Write) -> None:
        root = digest(A + B)
        ingest(root)
        before = content(root)
        report = undo(root, "2025-10-31-b.txt", dry_run=True)
        assert content(root) == before
        assert undo(root, "2025-10-31-b.txt") == report

    def test_keeps_a_record_that_an_editor_changed_and_tells_of_it(self, digest: Write) -> None:
        root = digest(A + B)
        ingest(root)
        edit(root, "2025/gamma.yaml", "id: gamma\n", "id: gamma\ntags: [ours]\n")
        text = records(root)["2025/gamma.yaml"]
        assert said(undo(root, "2025-10-31-b.txt")) == [
            (
                "notice: content/papers/2025/gamma.yaml: No listing names this paper any more; "
                "it stays, since an editor changed it."
            )
        ]
        assert records(root)["2025/gamma.yaml"] == text.partition("listed:")[0]
        assert said(ingest(root)) == []

    def test_gives_an_editors_own_record_back_as_it_was(self, digest: Write) -> None:
        root = digest("\n== content/papers/mine.yaml\n# Mine.\ntitle: Gamma  # for now\nthemes: [data]\n")
        before = content(root)
        digest(B)
        ingest(root)
        assert record(root, "mine.yaml").id == "mine"
        undo(root, "2025-10-31-b.txt")
        assert content(root) == before

    def test_of_the_only_listing_leaves_an_empty_digest(self, digest: Write) -> None:
        root = digest(A)
        ingest(root)
        undo(root, "2025-10-30-a.txt")
        assert not [
            path for path in content(root) if path.startswith(("content/p", "content/r", "content/l"))
        ]

    def test_lets_the_same_listing_be_ingested_again(self, digest: Write) -> None:
        root = digest(A + B)
        ingest(root)
        after = content(root)
        undo(root, "2025-10-31-b.txt")
        digest(B)
        ingest(root)
        assert content(root) == after

    def test_leaves_the_text_of_other_rows_alone(self, digest: Write) -> None:
        root = digest(A + B)
        ingest(root)
        edit(
            root,
            "2025/beta.yaml",
            "- listing: 2025-10-30-a.txt\n",
            "# First seen here.\n- listing: '2025-10-30-a.txt'\n",
        )
        undo(root, "2025-10-31-b.txt")
        assert records(root)["2025/beta.yaml"].endswith(
            "listed:\n# First seen here.\n- listing: '2025-10-30-a.txt'\n  issue: 2025-10-30\n  position: 2\n"
        )


@pytest.mark.usefixtures("_listings_are_yaml")
class TestAListingThatIs:
    def test_moved_to_another_day_takes_its_rows_along(self, digest: Write) -> None:
        root = digest(A)
        ingest(root)
        folder = root / "content/listings"
        (folder / "2025-10-30-a.txt").rename(folder / "2025-11-01-a.txt")
        report = ingest(root)
        assert (report.plan.made, report.plan.removed, said(report)) == ((), (), [])
        assert [
            [(row.listing, row.issue) for row in record(root, path).listed] for path in records(root)
        ] == [[("2025-11-01-a.txt", dt.date(2025, 11, 1))]] * 2
        assert [path.name for path in (root / "content/receipts").iterdir()] == ["2025-11-01-a.txt.jsonl"]
        assert ingest(root).plan.edited == ()

    def test_renamed_remembers_what_an_editor_deleted(self, digest: Write) -> None:
        root = digest(A)
        ingest(root)
        (root / "content/papers/2025/alpha.yaml").unlink()
        folder = root / "content/listings"
        (folder / "2025-10-30-a.txt").rename(folder / "2025-10-30-z.txt")
        (root / ".broadsheet/ingest.catalog").unlink()
        ingest(root)
        assert list(records(root)) == ["2025/beta.yaml"]

    def test_removed_with_all_others_stops_ingest_but_neither_check_nor_build(
        self, digest: Write, tmp_path: Path
    ) -> None:
        root = digest(A)
        ingest(root)
        (root / "content/listings/2025-10-30-a.txt").unlink()
        before = content(root)
        assert said(ingest(root)) == [
            (
                "error: content/listings: There are receipts, but their listings are gone; "
                "nothing was ingested."
            )
        ]
        assert content(root) == before
        checked = check(root).problems
        assert not has_error(checked)
        assert "There are receipts, but their listings are gone." in {one.message for one in checked}
        assert not has_error(build(root, tmp_path / "site").problems)

    def test_removed_with_all_others_stops_the_filing_of_a_new_one(
        self, digest: Write, tmp_path: Path
    ) -> None:
        root = digest(A)
        ingest(root)
        (root / "content/listings/2025-10-30-a.txt").unlink()
        before = content(root)
        capture = tmp_path / "capture.txt"
        capture.write_text("- title: Delta\n")
        report = ingest(root, [Capture(file=capture, issue=dt.date(2025, 10, 31))])
        assert [problem.severity for problem in report.problems] == ["error"]
        assert content(root) == before

    def test_unreadable_for_now_takes_nothing_away(self, digest: Write) -> None:
        root = digest(A + B)
        ingest(root)
        listing = root / "content/listings/2025-10-31-b.txt"
        text = listing.read_text()
        listing.unlink()
        before = content(root)
        listing.symlink_to("nothing")
        edit(root, "2025/beta.yaml", "title: beta", "title: Beta")
        for _ in range(2):
            assert [problem.location.path for problem in ingest(root).problems] == [
                "content/listings/2025-10-31-b.txt"
            ]
        edit(root, "2025/beta.yaml", "title: Beta", "title: beta")
        listing.unlink()
        assert content(root) == before
        listing.write_text(text)
        assert ingest(root).plan.edited == ()

    def test_captured_again_replaces_the_first_capture(self, digest: Write, tmp_path: Path) -> None:
        root = digest(A)
        ingest(root)
        capture = tmp_path / "later.txt"
        capture.write_text(
            "- title: Delta\n- {title: Beta, abstract: About two.}\n- {title: Alpha, abstract: About one.}\n"
        )
        report = ingest(root, [Capture(file=capture, issue=dt.date(2025, 10, 30))])
        (filed,) = report.captures
        assert (filed.replaces, filed.new, filed.known) == ("2025-10-30-a.txt", 1, 2)
        assert [path.name for path in (root / "content/listings").glob("*.txt")] == ["2025-10-30-a.txt"]
        assert [row.position for row in record(root, "2025/alpha.yaml").listed] == [3]

    def test_captured_again_is_by_undo_as_it_was_before(self, digest: Write, tmp_path: Path) -> None:
        root = digest(A + B)
        ingest(root)
        states = [content(root)]
        for papers in ("Beta, Alpha, Delta, Gamma", "Delta, Beta, Alpha, Epsilon"):
            capture = tmp_path / "later.txt"
            capture.write_text("".join(f"- title: {title}\n" for title in papers.split(", ")))
            filing = Capture(file=capture, issue=dt.date(2025, 10, 30))
            assert ingest(root, [filing]).captures[0].replaces == "2025-10-30-a.txt"
            assert ingest(root, [filing]).captures[0].is_filed_already
            states.append(content(root))
        for before in reversed(states[:-1]):
            report = undo(root, "2025-10-30-a.txt", dry_run=True)
            assert undo(root, "2025-10-30-a.txt") == report
            assert (report.restored, said(report)) == (("2025-10-30-a.txt",), [])
            assert content(root) == before
        assert undo(root, "2025-10-30-a.txt").restored == ()
        assert list(records(root)) == ["2025/beta.yaml", "2025/gamma.yaml"]

    def test_captured_again_and_renamed_keeps_the_first_capture(self, digest: Write, tmp_path: Path) -> None:
        root = digest(A)
        ingest(root)
        (tmp_path / "b.txt").write_text("- title: Alpha\n- title: Beta\n- title: Delta\n")
        ingest(root, [Capture(file=tmp_path / "b.txt", issue=dt.date(2025, 10, 30))])
        folder = root / "content/listings"
        (folder / "2025-10-30-a.txt").rename(folder / "2025-10-31-a.txt")
        ingest(root)
        assert undo(root, "2025-10-31-a.txt").restored == ("2025-10-31-a.txt",)
        assert list(records(root)) == ["2025/alpha.yaml", "2025/beta.yaml"]

    def test_mended_tells_of_the_record_that_it_names_no_more(self, digest: Write, tmp_path: Path) -> None:
        root = digest("\n== content/listings/2026-10-02-a.txt\n- title: of Any Length\n- title: Mistakes\n")
        ingest(root)
        digest(
            "\n== content/listings/2026-10-02-a.txt\n- title: The Window of Any Length\n- title: Mistakes\n"
        )
        told = ["notice: content/papers/2026/of-any-length.yaml: No listing names this paper any more."]
        assert said(ingest(root)) == told
        assert said(ingest(root)) == told, "until someone decides"
        (tmp_path / "b.txt").write_text("- title: Another\n")
        filing = Capture(file=tmp_path / "b.txt", issue=dt.date(2026, 10, 3))
        assert said(ingest(root, [filing])) == [], "only what is new is told of a listing that is filed"
        (root / "content/papers/2026/of-any-length.yaml").unlink()
        assert said(ingest(root)) == []


class Stopped(BaseException):
    """What no handler of errors catches."""


@contextmanager
def stopped_after(steps: int) -> Iterator[None]:
    """Stop as a kill does, before a file is written or removed, after so many were."""
    left = iter(range(steps))
    replace, unlink = Path.replace, Path.unlink

    def replace_or_stop(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise Stopped
        return replace(path, target)

    def unlink_or_stop(path: Path, missing_ok: bool = False) -> None:
        if next(left, None) is None:
            raise Stopped
        unlink(path, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_stop)
        patch.setattr(Path, "unlink", unlink_or_stop)
        with suppress(Stopped):
            yield


@pytest.mark.usefixtures("_listings_are_yaml")
@pytest.mark.parametrize("steps", range(6))
def test_undo_that_is_killed_is_completed_by_the_next_ingest(digest: Write, steps: int) -> None:
    root = digest(A)
    ingest(root)
    before = content(root)
    digest(B)
    ingest(root)
    with stopped_after(steps):
        undo(root, "2025-10-31-b.txt")
    if (root / "content/listings/2025-10-31-b.txt").exists():
        undo(root, "2025-10-31-b.txt")
    ingest(root)
    assert content(root) == before


@pytest.mark.usefixtures("_listings_are_yaml")
@pytest.mark.parametrize("steps", range(4))
def test_a_new_capture_that_is_killed_keeps_the_first_with_its_receipts(
    digest: Write, tmp_path: Path, steps: int
) -> None:
    root = digest(A)
    ingest(root)
    (tmp_path / "later.txt").write_text("- title: Beta\n- title: Alpha\n- title: Delta\n")
    later = [Capture(file=tmp_path / "later.txt", issue=dt.date(2025, 10, 30))]
    with stopped_after(steps):
        ingest(root, later)
    ingest(root, later)
    (receipts,) = (root / "content/receipts/replaced").iterdir()
    assert receipts.name.startswith("2025-10-30-")
    assert receipts.read_bytes()


@pytest.mark.usefixtures("_listings_are_yaml")
@pytest.mark.parametrize("again", ["ingest", "undo"])
@pytest.mark.parametrize("steps", range(8))
def test_undo_that_is_killed_after_it_restored_a_capture_is_completed_once(
    digest: Write, tmp_path: Path, steps: int, again: str
) -> None:
    root = digest(A)
    ingest(root)
    first = content(root)
    states = [first]
    for papers in ("Beta, Alpha, Delta", "Delta, Beta, Alpha, Epsilon"):
        (tmp_path / "later.txt").write_text("".join(f"- title: {title}\n" for title in papers.split(", ")))
        ingest(root, [Capture(file=tmp_path / "later.txt", issue=dt.date(2025, 10, 30))])
        states.append(content(root))
    listing = root / "content/listings/2025-10-30-a.txt"
    with stopped_after(steps):
        undo(root, listing.name)
    if again == "ingest" and listing.read_bytes() == states[1]["content/listings/2025-10-30-a.txt"]:
        ingest(root)
    elif content(root) != states[1]:
        undo(root, listing.name)
    assert content(root) == states[1]
    undo(root, listing.name)
    assert content(root) == first


@pytest.mark.usefixtures("_listings_are_yaml")
@pytest.mark.parametrize("steps", range(6))
def test_a_dry_run_tells_of_an_undo_what_it_does_also_where_ingest_was_killed(
    digest: Write, steps: int
) -> None:
    root = digest(A)
    ingest(root)
    before = content(root)
    digest(B)
    with stopped_after(steps):
        ingest(root)
    killed = content(root)
    report = undo(root, "2025-10-31-b.txt", dry_run=True)
    assert content(root) == killed
    assert undo(root, "2025-10-31-b.txt") == report
    assert [write.path for write in report.plan.removed] == ["content/papers/2025/gamma.yaml"]
    assert content(root) == before


BOTH = Stated(arxiv="2410.12265", doi="10.1234/X", title="A")
OWN = "# Mine.\ntitle: A  # for now\nvenue: ACL\ntags: [ours]\n"


@settings(max_examples=40 * MORE)
@given(listings_of(), listings_of(), st.booleans(), st.booleans(), st.booleans())
def test_ingest_then_undo_gives_the_bytes_of_before(
    first: dict[str, list[Stated]], second: dict[str, list[Stated]], own: bool, joined: bool, forget: bool
) -> None:
    new = {f"2025-11-0{number}-{name}": papers for number, (name, papers) in enumerate(second.items(), 1)}
    with tempfile.TemporaryDirectory() as folder, listings_at():
        root = Path(folder)
        if own:
            (root / "content/papers").mkdir(parents=True)
            (root / "content/papers/own.yaml").write_text(OWN)
        write_listings(root, first if joined else {"2025-10-30-a": [Stated(title="Another")]})
        ingest(root)
        ingest(root)
        before = content(root)
        for name, papers in new.items():
            write_listings(root, {name: papers})
            ingest(root)
        for name in reversed(new):
            if forget:
                (root / ".broadsheet/ingest.catalog").unlink()
            undo(root, name)
        assert content(root) == before


@settings(max_examples=40 * MORE)
@given(listings_of(), listings_of(), st.sampled_from(["delete", "retitle", "move", "nothing"]), st.booleans())
@example(
    {
        "2025-10-30-a": [Stated(arxiv="2410.12265"), Stated(doi="10.1234/X"), BOTH],
        "2025-10-31-b": [Stated(arxiv="2410.12265")],
    },
    {"2025-10-31-b": [Stated(title="Another")]},
    "delete",
    False,
)
def test_what_is_remembered_changes_nothing_but_the_time(
    first: dict[str, list[Stated]], second: dict[str, list[Stated]], what: str, remove: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, listings_at():
        roots = [Path(folder, name) for name in ("kept", "fresh")]
        for root in roots:
            write_listings(root, first)
            ingest(root)
            for file in sorted((root / "content/papers").rglob("*.yaml"))[:1]:
                if what == "delete":
                    file.unlink()
                elif what == "retitle":
                    lines = [line for line in file.read_text().splitlines(True) if line[:5] != "title"]
                    file.write_text("title: An editor's\n" + "".join(lines))
                elif what == "move":
                    file.rename(root / "content/papers/moved.yaml")
            write_listings(root, second)
            if remove and len({*first, *second}) > 1:
                (root / "content/listings" / min(first, default=min(second))).unlink(missing_ok=True)
        (roots[1] / ".broadsheet/ingest.catalog").unlink(missing_ok=True)
        kept, fresh = (ingest(root) for root in roots)
        assert content(roots[0]) == content(roots[1])
        assert said(kept) == said(fresh)
