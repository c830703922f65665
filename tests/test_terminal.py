"""Problems as they are printed."""

import re
import sys
from io import StringIO
from pathlib import Path

import pytest

from generator.problem import Location, Problem, error, notice
from generator.terminal import print_problems, printable, say, shown_path, shown_text, track


def printed(problems: list[Problem], capsys: pytest.CaptureFixture[str]) -> str:
    print_problems(problems, Path("digest"))
    return capsys.readouterr().err


def test_a_problem_says_where_what_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location(path="content/papers/a.yaml", line=3, column=7, text="pick: yes")
    assert printed([error(place, "'yes' is not true or false.", "Write true.")], capsys) == (
        "error  digest/content/papers/a.yaml:3:7\n"
        "       'yes' is not true or false.\n"
        "       3 | pick: yes\n"
        "                 ^\n"
        "       Write true.\n"
    )


@pytest.mark.parametrize(
    ("here", "shown"),
    [
        (".", ["content/papers/a.yaml", "Like content/papers/b.yaml.", "Run `broadsheet merge b a`."]),
        ("content", ["papers/a.yaml", "Like papers/b.yaml.", "Run `broadsheet merge b a`."]),
        (
            "..",
            [
                "a digest/content/papers/a.yaml",
                "Like a digest/content/papers/b.yaml.",
                "Run `broadsheet merge --root 'a digest' b a`.",
            ],
        ),
        (
            "../other",
            [
                "../a digest/content/papers/a.yaml",
                "Like ../a digest/content/papers/b.yaml.",
                "Run `broadsheet merge --root '../a digest' b a`.",
            ],
        ),
    ],
)
def test_paths_and_commands_are_those_of_the_working_directory(
    here: str,
    shown: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "a digest"
    for folder in (root / "content", tmp_path / "other"):
        folder.mkdir(parents=True)
    monkeypatch.chdir(root / here)
    place = Location(path="content/papers/a.yaml")
    print_problems([notice(place, "Like content/papers/b.yaml.", "Run `broadsheet merge b a`.")], root)
    assert [line[7:] for line in capsys.readouterr().err.splitlines()] == shown


def test_a_path_that_is_as_from_here_already_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = f"moved   {shown_path(tmp_path / 'digest', 'content/papers/a.yaml')} -> b.yaml"
    assert shown_text(tmp_path / "digest", line) == "moved   digest/content/papers/a.yaml -> b.yaml"


def test_where_the_working_directory_is_gone_paths_are_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    text = "Like content/papers/b.yaml. Run `broadsheet merge b a`."
    assert shown_path(tmp_path, "content/papers/b.yaml") == f"{tmp_path}/content/papers/b.yaml"
    assert shown_text(tmp_path, text) == text


def test_a_long_line_is_shown_around_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location(path="a", line=1, column=501, text="x" * 500 + "!" + "y" * 500)
    lines = printed([error(place, "Here.")], capsys).splitlines()
    assert lines[2:4] == [f"       1 | {'x' * 47}!{'y' * 48}", f"{' ' * 58}^"]


@pytest.mark.parametrize(
    ("columns", "line", "column", "shown"),
    [
        (40, "x" * 28 + "!", 29, ["1 | " + "x" * 28 + "!", " " * 32 + "^"]),  # as wide as there is room
        (40, "x" * 29 + "!", 30, ["1 | " + "x" * 13 + "!", " " * 17 + "^"]),
        (40, "!" + "x" * 40, 1, ["1 | !" + "x" * 28, "    ^"]),
        (40, "x" * 40, 0, ["1 | " + "x" * 29]),
        (20, "x" * 10 + "!" + "x" * 20, 11, ["1 | " + "x" * 9 + "!" + "x" * 10, " " * 13 + "^"]),
    ],
)
def test_a_source_line_is_cut_where_a_terminal_ends_but_not_to_fewer_than_20_characters(
    columns: int, line: str, column: int, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = in_a_terminal(monkeypatch, columns)
    print_problems([error(Location(path="a", line=1, column=column, text=line), "Wrong.")], Path())
    assert [row[7:] for row in narrow.lines[2:]] == shown


def test_a_line_without_a_column_has_no_caret(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location(path="a", line=1, text="pick: yes")
    assert printed([error(place, "Here.")], capsys).splitlines()[2:] == ["       1 | pick: yes"]


class Terminal(StringIO):
    """What a terminal would show."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        return re.sub(r"\x1b\[[0-9;]*m", "", self.getvalue()).splitlines()


def in_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: int = 60) -> Terminal:
    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, terminal)
    return terminal


def test_in_a_terminal_no_word_is_broken_and_a_source_line_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = in_a_terminal(monkeypatch)
    place = Location(path="content/papers/a.yaml", line=1, column=71, text="x" * 70 + "!" + "y" * 70)
    many = "This message has so many words that they do not fit into a line."
    print_problems([error(place, many, many)], Path())
    assert max(map(len, narrow.lines)) <= 60
    assert [line[7:] for line in narrow.lines[1:3]] == [
        "This message has so many words that they do not fit",
        "into a line.",
    ]
    assert narrow.lines[3][narrow.lines[4].index("^")] == "!"


def test_a_terminal_is_used_to_its_last_column(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = in_a_terminal(monkeypatch)
    fits, long = f"{'x' * 50} yy", f"{'x' * 50} yyy"
    print_problems([error(Location(path="a"), fits, long)], Path())
    of_a_kind = {"p1": f"{'x' * 46} yy", "p2": f"{'x' * 46} yyy"}
    print_problems([notice(Location(path=at), said, many="are so") for at, said in of_a_kind.items()], Path())
    say(f"{'x' * 55} yy-yy\n{'a' * 40}  {'b' * 18} c\none  two  {'d' * 50} e")
    assert narrow.lines == [
        *("error  a", f"       {'x' * 50} yy", f"       {'x' * 50}", "       yyy"),
        *("notice 2 are so", f"       p1  {'x' * 46} yy", "       p2", f"         {'x' * 46} yyy"),
        *("x" * 55, "yy-yy", f"{'a' * 40}  {'b' * 18}", f"{' ' * 30}c"),
        *(f"one  two  {'d' * 50}", "     e"),
    ]


def test_severity_has_a_colour_and_nothing_else_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    narrow = in_a_terminal(monkeypatch)
    print_problems([error(Location(path="a", line=1), "12 'x'."), notice(Location(path="b"), "13.")], Path())
    assert narrow.getvalue() == (
        "\x1b[31merror  \x1b[0ma:1\n       12 'x'.\n\x1b[33mnotice \x1b[0mb\n       13.\n"
    )


def test_a_line_is_continued_below_its_own_text_and_a_path_is_left_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    narrow = in_a_terminal(monkeypatch)
    path = f"content/papers/{'a' * 60}.yaml"
    say(f"build    {'word ' * 12}\nnew      {path} is new\nremoved {path}")
    assert narrow.lines == [
        "build    word word word word word word word word word word",
        "         word word",
        f"new      {path}",
        "         is new",
        f"removed {path}",
    ]


def test_problems_are_in_the_order_of_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [
        error(Location(path=path, line=line), "Wrong.") for path, line in [("b", 1), ("a", 10), ("a", 9)]
    ]
    lines = printed(problems, capsys).splitlines()
    assert [line.split("/")[-1] for line in lines if line.startswith("error")] == ["a:9", "a:10", "b:1"]


def test_notices_that_say_the_same_of_many_files_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [notice(Location(path=f"p{number}"), "No date.", "Add one.") for number in range(5)]
    assert printed(problems, capsys) == (
        "notice digest/p0\n       digest/p1\n       digest/p2\n       and 2 more\n"
        "       No date.\n       Add one.\n"
    )


def test_notices_of_a_kind_are_one_with_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [
        notice(Location(path=f"p{number}"), f"Broken: {number}.", "Correct it.", many="words look broken")
        for number in range(5)
    ]
    assert printed(problems, capsys) == (
        "notice 5 words look broken\n       digest/p0  Broken: 0.\n       digest/p1  Broken: 1.\n"
        "       digest/p2  Broken: 2.\n       and 2 more\n       Correct it.\n"
    )


@pytest.mark.parametrize(
    ("problems", "shown"),
    [
        (
            [notice(Location(path=path), "No date.") for path in "abc"],
            "notice a\n       b\n       c\n       No date.\n",
        ),
        (
            [notice(Location(path="a", line=line), f"No {line}.", many="are no") for line in (1, 2)],
            "notice 2 are no\n       a:1  No 1.\n       a:2  No 2.\n",
        ),
        ([notice(Location(path="a", line=1), "No 1.", many="are no")], "notice a:1\n       No 1.\n"),
        (
            [notice(Location(path=path), f"No {path}.", "Add it.") for path in "ab"],
            "notice a\n       No a.\n       Add it.\nnotice b\n       No b.\n       Add it.\n",
        ),
        (
            [error(Location(path=path), "No date.") for path in "ab"],
            "error  a\n       No date.\nerror  b\n       No date.\n",
        ),
    ],
)
def test_only_notices_that_are_alike_are_told_together(
    problems: list[Problem], shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_problems(problems, Path())
    assert capsys.readouterr().err == shown


def test_every_place_of_notices_that_are_alike_is_named_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [notice(Location(path=f"p{number}"), "No date.") for number in range(5)]
    print_problems(problems, Path(), every=True)
    assert capsys.readouterr().err.split() == ["notice", "p0", "p1", "p2", "p3", "p4", "No", "date."]


def test_text_in_a_problem_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    place = Location(path="a\x1b]0;x\x07", line=1, column=1, text="\x1b[31mred[/] [bold]")
    shown = printed([error(place, "[red]Not[/red] markup.")], capsys)
    assert "\x1b" not in shown
    assert "[bold]" in shown
    assert "[red]Not[/red] markup." in shown


def test_lines_of_the_live_server_cannot_either(capsys: pytest.CaptureFixture[str]) -> None:
    say("changed, 1 ms  content/papers/a\x1b[31m.yaml\nAll errors are fixed.")
    assert capsys.readouterr().out == "changed, 1 ms  content/papers/a·[31m.yaml\nAll errors are fixed.\n"


def test_marks_that_reverse_text_are_shown_as_dots() -> None:
    assert printable("a\u202eb\x00c") == "a·b·c"


def test_work_of_500_steps_has_a_bar_on_a_terminal_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = list(range(500))
    assert track(steps, "Rendering") is steps
    terminal = in_a_terminal(monkeypatch)
    monkeypatch.setattr(sys, "stdout", StringIO())
    few = steps[1:]
    assert track(few, "Rendering") is few
    assert terminal.getvalue() == ""
    assert list(track(steps, "Rendering")) == steps
    assert "Rendering" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K"), "the bar is taken away"
