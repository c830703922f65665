"""A week of listings, played through the real command: what a person reads, line by line."""

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.ingest.captures import Capture
from tests.support.digest import Write
from tests.support.program import Broadsheet
from tests.support.rows import content, record, records

pytestmark = pytest.mark.slow

SUBJECTS = (
    *("Alignment", "Bounds", "Caches", "Context", "Decoding", "Depth", "Diffusion", "Distance", "Entropy"),
    *("Evidence", "Features", "Gradients", "Graphs", "Guidance", "Heads", "Images", "Inference", "Judges"),
    *("Kernels", "Labels", "Layers", "Memory", "Motion", "Noise", "Planning", "Policies", "Priors"),
    *("Probes", "Prompts", "Proofs", "Ranking", "Rewards", "Sampling", "Scaling", "Search", "Signals"),
    *("Speech", "Steps", "Structure", "Tokens"),
)


def page(day: str, subjects: Iterable[str]) -> str:
    """Return a daily page as it is copied from the browser."""
    papers = [
        f"What We Know of {subject} and What We Do Not\n\n"
        f"We collect what has been found of {subject.lower()}, and say how far it can be trusted. Of forty "
        "claims that are often repeated, eleven hold on every corpus that we tried.\n\n"
        f"  • {len(subject)} authors\n·\nOct {len(subject)}, 2025\n"
        for subject in subjects
    ]
    head = f"new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n{day}\n"
    return "\n".join([head, *papers, "Subscribe\n"])


MONDAY = page("Nov 24", SUBJECTS[:20])
TUESDAY = page("Nov 25", [*SUBJECTS[3:5], *SUBJECTS[20:38]])


def of(done: object, root: Path) -> list[str]:
    """Return the lines that a command printed, without times and folders."""
    printed = str(getattr(done, "stdout", "")) + str(getattr(done, "stderr", ""))
    return re.sub(r"[0-9]+\.[0-9]{2} s", "0 s", printed).replace(f"{root}/", "").splitlines()


def refused(listing: str, reason: str) -> dict[str, bytes]:
    """Return the one file by which content tells that a listing was refused."""
    return {f"content/receipts/refused/{listing}.txt": f"{reason}\n".encode()}


@pytest.fixture
def root(digest: Write) -> Path:
    """Return a digest that has Monday's page."""
    root = digest("")
    (root / "mon.txt").write_text(MONDAY)
    report = ingest(root, [Capture(file=root / "mon.txt", issue=dt.date(2025, 11, 24))])
    assert (len(report.plan.made), report.problems) == (20, ())
    return root


def test_a_page_that_is_cut_is_refused_and_filed_anyway_with_a_reason(
    root: Path, broadsheet: Broadsheet
) -> None:
    (root / "tue.txt").write_text(TUESDAY[:-200])
    before = content(root)
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    assert (done.returncode, of(done, root)[:3]) == (
        1,
        [
            "refused tue.txt: cut short: 19 papers are whole, the last is not",
            '        --anyway "why" files it all the same.',
            "nothing filed, 0 s",
        ],
    )
    assert "This listing ends inside a paper: 'What We Know of Steps and What We Do Not'" in done.stderr
    reason = "cut short: 19 papers are whole, the last is not"
    assert content(root) == before | refused("2025-11-25-tue.txt", reason)
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", "--anyway", "It ends there.", cwd=root)
    assert not (root / "content/receipts/refused").exists()
    assert done.returncode == 0
    assert of(done, root)[0] == "filed   content/listings/2025-11-25-tue.txt: 2 known, 17 new"
    receipts = (root / "content/receipts/2025-11-25-tue.txt.jsonl").read_text()
    assert receipts.count('"anyway":"It ends there."') == 19
    assert broadsheet("ingest", cwd=root).returncode == 0


def test_a_cut_page_that_was_pasted_twice_has_the_errors_of_the_last_copy(
    root: Path, broadsheet: Broadsheet
) -> None:
    (root / "tue.txt").write_text(TUESDAY[:-200] * 2)
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    assert of(done, root)[:2] == [
        "refused tue.txt: cut short: 19 papers are whole, the last is not",
        "refused tue.txt: 18 of 37 papers appear twice; was the page pasted twice?",
    ]
    assert done.stderr.count("tue.txt:") == 1


def test_a_whole_page_replaces_the_cut_one(root: Path, broadsheet: Broadsheet) -> None:
    (root / "tue.txt").write_text(TUESDAY[:-200])
    broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", "--anyway", "For now.", cwd=root)
    (root / "later.txt").write_text(TUESDAY)
    done = broadsheet("ingest", "later.txt", "--issue", "2025-11-25", cwd=root)
    assert (done.returncode, of(done, root)) == (
        0,
        [
            "replaces content/listings/2025-11-25-tue.txt: 19 known, 1 new",
            "new     content/papers/2025/what-we-know-of-steps-and-what-we-do-not.yaml",
            "40 entries, 38 papers, 1 new, 0 changed, 0 s",
        ],
    )
    assert "anyway" not in (root / "content/receipts/2025-11-25-tue.txt.jsonl").read_text()


@pytest.mark.parametrize(
    ("name", "text", "day", "line"),
    [
        (
            "wed.txt",
            page("Nov 26", SUBJECTS[20:40]) * 2,
            "2025-11-26",
            "refused wed.txt: 20 of 40 papers appear twice; was the page pasted twice?",
        ),
        (
            "wed.txt",
            page("Nov 26", SUBJECTS[20:40]) * 3,
            "2025-11-26",
            "refused wed.txt: 20 of 60 papers appear three times; was the page pasted three times?",
        ),
        (
            "tue.txt",
            page("Nov 25", SUBJECTS[:20]),
            "2025-11-25",
            "refused tue.txt: all 20 are already in yesterday's listing: 2025-11-24-mon.txt",
        ),
        (
            "tue.txt",
            MONDAY,
            "2025-11-25",
            "refused tue.txt: all 20 are already in yesterday's listing: 2025-11-24-mon.txt",
        ),
        (
            "thu.txt",
            page("Nov 27", SUBJECTS[:20]),
            "2025-11-27",
            "refused thu.txt: all 20 are already in the listing of 24 November 2025: 2025-11-24-mon.txt",
        ),
        ("sat.txt", page("Nov 29", []), "2025-11-29", "empty   sat.txt: a page without papers"),
        (
            "old.txt",
            page("Oct 7", SUBJECTS[20:26]),
            "2025-10-07",
            "refused old.txt: 2 papers were published after this issue's day, 7 October 2025",
        ),
    ],
)
def test_what_is_no_days_page_is_not_filed(
    root: Path, broadsheet: Broadsheet, name: str, text: str, day: str, line: str
) -> None:
    (root / name).write_text(text)
    before = content(root)
    done = broadsheet("ingest", name, "--issue", day, cwd=root)
    if line.startswith("refused"):
        more = ['        --anyway "why" files it all the same.', "nothing filed, 0 s"]
        before |= refused(f"{day}-{name}", line.partition(": ")[2])
    else:
        more = ["nothing written, 0 s"]
    assert (done.returncode, of(done, root)) == (len(more) > 1, [line, *more])
    assert content(root) == before
    again = broadsheet("ingest", name, "--issue", day, cwd=root)
    assert (of(again, root), content(root)) == ([line, *more], before)


@pytest.mark.parametrize("data", [b"<!DOCTYPE html>\n<title>Papers</title>\n", b"", b"\x00\x01" * 99])
def test_what_cannot_be_read_is_not_filed(root: Path, broadsheet: Broadsheet, data: bytes) -> None:
    (root / "page").write_bytes(data)
    before = content(root)
    done = broadsheet("ingest", "page", "--issue", "2025-11-25", "--anyway", "I insist", cwd=root)
    told, where, *_ = of(done, root)
    assert (done.returncode, told, where[:11]) == (1, "nothing written, 0 s", "error  page")
    assert content(root) == before
    assert broadsheet("ingest", cwd=root).returncode == 0


def test_a_wrong_format_is_one_error(root: Path, broadsheet: Broadsheet) -> None:
    (root / "tue.txt").write_text(TUESDAY)
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", "--format", "bibtex", cwd=root)
    lines = [
        "nothing written, 0 s",
        "error  tue.txt",
        "       This is hf-daily, not bibtex.",
        "       Run ingest again without --format.",
    ]
    assert (done.returncode, of(done, root)) == (1, lines)
    done = broadsheet("ingest", "tue.txt", "--format", "hf", cwd=root)
    assert (done.returncode, "'hf' is not a format. The formats are: hf-daily," in done.stderr) == (2, True)


def test_paths_are_those_of_the_folder_that_a_person_is_in(root: Path, broadsheet: Broadsheet) -> None:
    (root / "tue.txt").write_text(page("Nov 25", SUBJECTS[20:21]))
    (root / "below").mkdir()
    done = broadsheet("ingest", "../tue.txt", "--issue", "2025-11-25", "--root", "..", cwd=root / "below")
    assert of(done, root)[:2] == [
        "filed   ../content/listings/2025-11-25-tue.txt: 1 new",
        "new     ../content/papers/2025/what-we-know-of-layers-and-what-we-do-not.yaml",
    ]


def test_far_fewer_papers_than_usual_are_refused(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest("")
    for number in range(3):
        subjects = SUBJECTS[number * 13 : number * 13 + 13]
        (root / "day.txt").write_text(page("Nov 2", subjects))
        day = f"2025-11-0{number + 2}"
        assert broadsheet("ingest", "day.txt", "--issue", day, "--quiet", cwd=root).returncode == 0
    (root / "day.txt").write_text(page("Nov 6", SUBJECTS[39:40]))
    done = broadsheet("ingest", "day.txt", "--issue", "2025-11-06", cwd=root)
    assert of(done, root)[0] == "refused day.txt: 1 paper; pages of this source usually have 13"
    (root / "day.txt").write_text(page("Nov 6", SUBJECTS[38:40]))
    done = broadsheet("ingest", "day.txt", "--issue", "2025-11-06", cwd=root)
    assert of(done, root)[0] == "filed   content/listings/2025-11-06-day.txt: 1 known, 1 new"


def test_good_files_are_filed_beside_a_refused_one(root: Path, broadsheet: Broadsheet) -> None:
    (root / "2025-11-25-tue.txt").write_text(page("Nov 25", SUBJECTS[20:23]))
    (root / "2025-11-26-wed.txt").write_text(page("Nov 26", SUBJECTS[:20]))
    done = broadsheet("ingest", "2025-11-25-tue.txt", "2025-11-26-wed.txt", cwd=root)
    assert (done.returncode, of(done, root)) == (
        1,
        [
            "filed   content/listings/2025-11-25-tue.txt: 3 new",
            (
                "refused 2025-11-26-wed.txt: all 20 are already in the listing of 24 November 2025: "
                "2025-11-24-mon.txt"
            ),
            '        --anyway "why" files it all the same.',
            "new     content/papers/2025/what-we-know-of-layers-and-what-we-do-not.yaml",
            "new     content/papers/2025/what-we-know-of-memory-and-what-we-do-not.yaml",
            "new     content/papers/2025/what-we-know-of-motion-and-what-we-do-not.yaml",
            "23 entries, 23 papers, 3 new, 0 changed, 0 s",
        ],
    )


def test_older_problems_are_one_line(root: Path, broadsheet: Broadsheet) -> None:
    (root / "content/listings/undated.txt").write_text(page("Nov 2", SUBJECTS[38:40]))
    broadsheet("ingest", cwd=root)
    (root / "tue.txt").write_text(page("Nov 25", SUBJECTS[20:21]))
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    assert "1 older notice: `broadsheet check`" in of(done, root)
    assert "undated.txt" not in done.stdout + done.stderr
    assert "undated.txt" in broadsheet("check", cwd=root).stderr


def test_a_listing_comes_by_standard_input_and_a_days_name(digest: Write) -> None:
    root = digest("")
    command = [sys.executable, "-m", "generator", "ingest", "-", "--issue", "today"]
    text = page("Nov 24", SUBJECTS[:2]).replace(", 2025", ", 2024")
    done = subprocess.run(command, cwd=root, input=text, capture_output=True, text=True, check=False)
    name = f"{dt.datetime.now().astimezone().date()}-hf-daily.txt"
    assert done.stdout.startswith(f"filed   content/listings/{name}: 2 new\n")
    assert (root / "content/listings" / name).read_text() == text


def test_undo_tells_no_older_notice(root: Path, broadsheet: Broadsheet) -> None:
    (root / "undated.txt").write_text(page("Nov 2", SUBJECTS[38:40]))
    broadsheet("ingest", "undated.txt", cwd=root)
    for option in ("--dry-run", "--quiet"):
        done = broadsheet("undo", "2025-11-24-mon.txt", option, cwd=root)
        assert (done.returncode, done.stderr) == (0, "")


def test_undo_takes_a_day_back(root: Path, broadsheet: Broadsheet) -> None:
    before = content(root)
    (root / "tue.txt").write_text(page("Nov 25", SUBJECTS[18:22]))
    broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    done = broadsheet("undo", "2025-11-25-tue.txt", cwd=root)
    assert of(done, root) == [
        "removed content/listings/2025-11-25-tue.txt",
        "changed 2 records: no longer listed in 2025-11-25-tue.txt",
        "removed content/papers/2025/what-we-know-of-layers-and-what-we-do-not.yaml",
        "removed content/papers/2025/what-we-know-of-memory-and-what-we-do-not.yaml",
        "20 entries, 20 papers, 0 new, 2 changed, 2 removed, 0 s",
    ]
    assert content(root) == before


def test_two_ingests_at_once_are_one_after_the_other(root: Path) -> None:
    for number in range(4):
        (root / f"2025-12-0{number + 1}-day.txt").write_text(page("Nov 2", SUBJECTS[20 : 24 + number]))
    command = [sys.executable, "-m", "generator", "ingest", "--anyway", "a test"]
    names = [f"2025-12-0{number + 1}-day.txt" for number in range(4)]
    running = [subprocess.Popen([*command, name], cwd=root, stdout=subprocess.DEVNULL) for name in names]
    assert [process.wait() for process in running] == [0] * 4
    papers = list((root / "content/papers").rglob("*.yaml"))
    assert len(papers) == 27
    before = content(root)
    (root / ".broadsheet/ingest.catalog").unlink()
    subprocess.run(command[:-2], cwd=root, check=True, stdout=subprocess.DEVNULL)
    assert content(root) == before


def test_a_day_without_a_year_is_the_same_paper_under_another_year(
    digest: Write, broadsheet: Broadsheet
) -> None:
    root = digest("")
    text = page("Oct 3", SUBJECTS[:1]).replace(", 2025", "")
    (root / "z").write_text(text)
    broadsheet("ingest", "z", "--issue", "2025-10-13", cwd=root)
    (root / "z").write_text(page("Oct 3", SUBJECTS[:2]).replace(", 2025", ""))
    done = broadsheet("ingest", "z", "--issue", "2026-10-13", cwd=root)
    assert of(done, root)[0] == "filed   content/listings/2026-10-13-z: 1 known, 1 new"


@pytest.mark.parametrize("days", [("2025-10-13", "2026-10-13"), ("2026-10-13", "2025-10-13")])
def test_a_guessed_year_is_that_of_the_first_issue_and_gives_way_to_a_stated_day(
    digest: Write, broadsheet: Broadsheet, days: tuple[str, str]
) -> None:
    root = digest("")
    (root / "z").write_text(page("Oct 3", SUBJECTS[8:9]).replace(", 2025", ""))
    (root / "y").write_text(page("Oct 3", SUBJECTS[8:10]).replace("Oct 7, 2025", "Oct 6, 2025"))
    for day in days:
        broadsheet("ingest", "z", "--issue", day, "--anyway", "A test.", cwd=root)
    (path,) = records(root)
    assert record(root, path).published == dt.date(2025, 10, 7)
    before = content(root)
    (root / ".broadsheet/ingest.catalog").unlink()
    broadsheet("ingest", cwd=root)
    assert content(root) == before
    broadsheet("ingest", "y", "--issue", "2025-10-31", cwd=root)
    assert record(root, path).published == dt.date(2025, 10, 6)
    broadsheet("ingest", "z", "--issue", "2027-10-13", "--anyway", "A test.", cwd=root)
    assert record(root, path).published == dt.date(2025, 10, 6)
    broadsheet("undo", "2025-10-31-y", cwd=root)
    broadsheet("undo", "2025-10-13-z", cwd=root)
    assert record(root, path).published == dt.date(2026, 10, 7)


def test_a_record_that_an_editor_retitled_is_found_again_after_undo_by_its_abstract(
    root: Path, broadsheet: Broadsheet
) -> None:
    (root / "tue.txt").write_text(page("Nov 25", SUBJECTS[20:22]))
    broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    path = root / "content/papers/2025/what-we-know-of-layers-and-what-we-do-not.yaml"
    path.write_text(path.read_text().replace("What We Know of Layers and What We Do Not", "Of Layers"))
    broadsheet("undo", "2025-11-25-tue.txt", cwd=root)
    done = broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", cwd=root)
    assert of(done, root)[0] == "filed   content/listings/2025-11-25-tue.txt: 1 known, 1 new"
    assert "`title` is 'Of Layers'; 2025-11-25-tue.txt says 'What We Know of Layers" in done.stderr
    assert path.read_text().startswith("title: Of Layers\n")


def test_a_title_corrected_in_the_listing_suggests_to_merge_the_two_records(
    root: Path, broadsheet: Broadsheet
) -> None:
    listing = root / "content/listings/2025-11-24-mon.txt"
    listing.write_text(listing.read_text().replace("What We Know of Depth", "All We Know of Depth"))
    done = broadsheet("ingest", cwd=root)
    old, new = (f"{what}-we-know-of-depth-and-what-we-do-not" for what in ("what", "all"))
    assert f"`broadsheet merge {old} {new}`" in done.stderr


def test_a_listing_of_the_same_day_that_has_half_of_the_papers_is_told(
    root: Path, broadsheet: Broadsheet
) -> None:
    (root / "later.txt").write_text(page("Nov 24", SUBJECTS[:14]))
    done = broadsheet("ingest", "later.txt", "--issue", "2025-11-24", cwd=root)
    assert of(done, root) == [
        "filed   content/listings/2025-11-24-later.txt: 14 known",
        (
            "        14 of its 14 papers are in 2025-11-24-mon.txt too, which has 20. "
            "If this is a new capture of it: `broadsheet undo 2025-11-24-mon.txt`."
        ),
        "changed 14 records: listed in 2025-11-24-later.txt",
        "34 entries, 20 papers, 0 new, 14 changed, 0 s",
    ]


def test_a_row_for_a_listing_that_is_missing_is_told(root: Path, broadsheet: Broadsheet) -> None:
    (root / "content/listings/2025-11-24-mon.txt").rename(root / "content/listings/2025-11-25-tue.txt")
    (root / "content/receipts/2025-11-24-mon.txt.jsonl").unlink()
    (root / "content/papers/2025/what-we-know-of-depth-and-what-we-do-not.yaml").unlink()
    for command in ("ingest", "check"):
        message = "`listed` names 2025-11-24-mon.txt, and there is no such listing."
        assert message in broadsheet(command, cwd=root).stderr


def test_a_day_that_is_filed_already_is_not_filed_once_more_without_its_day(
    root: Path, broadsheet: Broadsheet
) -> None:
    before = content(root)
    done = broadsheet("ingest", "mon.txt", cwd=root)
    line = "refused mon.txt: all 20 are of 2025-11-24-mon.txt: name the day with --issue"
    assert (done.returncode, of(done, root)[0]) == (1, line)
    assert content(root) == before | refused("mon.txt", line.partition(": ")[2])


BOOK = "@book{{{key}, title = {{{title}}}, author = {{Ann Author}}, year = 1990}}\n"


@pytest.mark.parametrize(
    ("titles", "is_refused"),
    [
        (["The First", "The Second", "The First", "The Second"], True),
        (["The First", "The First", "The Second", "The Second"], False),
        (["The First", "The Second", "The First", "The Second", "The Third"], False),
    ],
)
def test_only_a_second_half_that_repeats_the_first_is_a_paste(
    digest: Write, broadsheet: Broadsheet, titles: list[str], *, is_refused: bool
) -> None:
    root = digest("")
    (root / "a.bib").write_text("".join(BOOK.format(key=f"k{n}", title=t) for n, t in enumerate(titles)))
    done = broadsheet("ingest", "a.bib", "--issue", "2025-11-25", cwd=root)
    assert done.returncode == is_refused, done.stdout + done.stderr
    assert ("is named twice" in done.stderr) is not is_refused


def test_a_dry_run_says_what_it_would_file(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest("")
    (root / "mon.txt").write_text(page("Nov 24", SUBJECTS[:2]))
    done = broadsheet("ingest", "mon.txt", "--issue", "2025-11-24", "--dry-run", cwd=root)
    assert of(done, root)[0] == "would file content/listings/2025-11-24-mon.txt: 2 new"


def test_undo_leaves_no_empty_folder_of_a_year(root: Path, broadsheet: Broadsheet) -> None:
    broadsheet("undo", "2025-11-24-mon.txt", cwd=root)
    assert not (root / "content/papers/2025").exists()


def test_the_same_file_twice_is_filed_or_refused_once(root: Path, broadsheet: Broadsheet) -> None:
    (root / "tue.txt").write_text(MONDAY)
    done = broadsheet("ingest", "tue.txt", "tue.txt", "--issue", "2025-11-25", cwd=root)
    assert [line[:7] for line in done.stdout.splitlines()] == ["refused", "       ", "nothing"]


def test_a_filed_listing_keeps_its_day_and_the_hint_names_the_other(
    root: Path, broadsheet: Broadsheet
) -> None:
    done = broadsheet("ingest", "content/listings/2025-11-24-mon.txt", "--issue", "2025-11-25", cwd=root)
    assert "Rename it 2025-11-25-mon.txt, or leave out --issue." in done.stderr


def test_an_empty_reason_is_a_usage_error(root: Path, broadsheet: Broadsheet) -> None:
    (root / "tue.txt").write_text(TUESDAY)
    assert broadsheet("ingest", "tue.txt", "--issue", "2025-11-25", "--anyway", " ", cwd=root).returncode == 2
