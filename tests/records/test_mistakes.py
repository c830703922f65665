"""What an editor mistypes in a record: named at its place, once, with the form to write."""

from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import Paper
from generator.problem import MOST, Severity
from generator.records.codec import decode
from generator.records.nodes import TEX, has_tex
from generator.settings import Site
from tests.support.counted import calls


def told(text: str, severity: Severity = Severity.ERROR) -> list[str]:
    """Return what is said of a record's text: line:column, message, hint."""
    paper, problems = decode(dedent(text).encode(), "", Paper)
    assert (paper is None) == any(problem.severity is Severity.ERROR for problem in problems)
    return [
        f"{problem.location} {problem.message} {problem.hint}".removeprefix(":")
        for problem in problems
        if problem.severity is severity
    ]


QUOTE, REMOVE = "Put the text in quotes:", "write out a value that is used twice."
SIGNS = {
    "title: !Kung speech": f"1:8 YAML reads '!Kung' as a tag, not as text. {QUOTE} '!Kung speech'.",
    "title: !Kung": f"1:8 YAML reads '!Kung' as a tag, not as text. {QUOTE} '!Kung'.",
    "title: ! It's new": f"1:8 YAML reads '!' as a tag, not as text. {QUOTE} '! It''s new'.",
    "title: !!str No": f"1:8 YAML reads '!!str' as a tag, not as text. {QUOTE} '!!str No'.",
    "title: &x Foo": f"1:8 YAML reads '&x' as an anchor, not as text. {QUOTE} '&x Foo'.",
    "authors: [!Xu Li, Bob]": f"1:11 YAML reads '!Xu' as a tag, not as text. {QUOTE} '!Xu Li'.",
    "title: !x 'Foo'": f"1:8 YAML reads '!x' as a tag, not as text. Remove `!x`; {REMOVE}",
    "tags: &a [x]": f"1:7 YAML reads '&a' as an anchor, not as text. Remove `&a`; {REMOVE}",
    "tags: &a [x]\nvenue: *a": f"1:7 YAML reads '&a' as an anchor, not as text. Remove `&a`; {REMOVE}",
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_that_yaml_takes_from_a_text_is_an_error(text: str) -> None:
    assert told(text) == [SIGNS[text]]


NO_YAML = {
    "title: *Pointers": f"1:8 This is not YAML: a text may not begin with *. {QUOTE} '*Pointers'.",
    "title: & Then": (f"1:9 This is not YAML: a text may not begin with &. {QUOTE} '& Then'."),
    "title: A: B": (
        f"1:9 This is not YAML: a colon and a space mark a field, and none may begin here. {QUOTE} 'A: B'."
    ),
    "title: [Not] a list": (
        f"1:14 This is not YAML: text follows the closing bracket. {QUOTE} '[Not] a list'."
    ),
    "authors: [Ann, *Bob]": f"1:16 This is not YAML: a text may not begin with *. {QUOTE} '*Bob'.",
    "title:Foo\n\n# Mine.\nvenue: ACL": "1:6 A space is missing behind the colon. Write `title: Foo`.",
    "venue: ACL\ntitle:Foo": "2:6 A space is missing behind the colon. Write `title: Foo`.",
    "title:Foo": "1:6 A space is missing behind the colon. Write `title: Foo`.",
    "title:Foo: Bar\nvenue: ACL": "1:6 A space is missing behind the colon. Write `title: 'Foo: Bar'`.",
    "title:!Kung": "1:6 A space is missing behind the colon. Write `title: '!Kung'`.",
    "abstract:>\n  We do.\nvenue: ACL": "1:9 A space is missing behind the colon. Write `abstract: >`.",
    "links:\n  code:https://a.b": "2:7 A space is missing behind the colon. Write `code: https://a.b`.",
    "listed:\n- listing:a.txt": "2:10 A space is missing behind the colon. Write `listing: a.txt`.",
    "tags: [E # F]\npick: true\nvenue: ACL": (
        f"1:7 This is not YAML: the `[` is not closed. `# F]` is a comment. {QUOTE} 'E # F'."
    ),
    "tags: [E, F\npick: true": "1:7 This is not YAML: the `[` is not closed. Close it with `]`.",
    "themes:\n* data\n* law": "2:1 An item of a list begins with a hyphen and a space. Write `- data`.",
    "themes:\n-data": "2:1 An item of a list begins with a hyphen and a space. Write `- data`.",
    "themes:\n  - data\n - law": (
        "3:2 This is not YAML: the items of a list begin in one column. "
        "Begin the line in column 3, as the item above."
    ),
    "pick = true": "1:1 A colon follows the name of a field. Write `pick: true`.",
    "title: A\npick\uff1atrue": (
        "2:5 This is U+FF1A, which looks like a colon and is not one. Type a colon and a space in its place."
    ),
    "title: A\n---\nA note.": (
        "2:1 This is not YAML of one piece: `---` begins another document. Remove this line."
    ),
    "note: | It is\npick: true": (
        "1:9 This is not YAML: text follows the sign of a block on its line. "
        "Begin the text on the next line, indented."
    ),
    "note: It is\n  short: so": (
        "2:8 This is not YAML: `note:` has text of several lines, and a colon and a space in it. "
        "Write `note: >-`, and the whole text below it, indented."
    ),
    'title: "On $\\mu$"': (
        "1:13 In double quotes, a backslash is not read as one. Put the text in single quotes: 'On $\\mu$'."
    ),
    'title: "On $\\alpha$"': (
        "1:13 In double quotes, YAML reads `\\a` of `\\alpha` as one character. "
        "Put the text in single quotes: 'On $\\alpha$'."
    ),
    'note: "A.\\n\\nOf $\\nu$"': (
        "1:18 In double quotes, YAML reads `\\n` of `\\nu` as one character. "
        "Write `\\\\nu`, or put the text in single quotes."
    ),
    "title: 'Cat' don't": f"1:14 This is not YAML: text follows the closing quote. {QUOTE} '''Cat'' don''t'.",
    "title: 'It\npick: true": (
        "1:8 This is not YAML: the quote that opens here is not closed. "
        "Close it; within '...' an apostrophe is written ''."
    ),
    "\n\x07\n": "2:1 This is not YAML: it may not hold U+0007. Remove that character.",
}


@pytest.mark.parametrize("text", NO_YAML)
def test_what_is_no_yaml_is_told_where_it_is_to_be_mended(text: str) -> None:
    assert told(text) == [NO_YAML[text]]


@pytest.mark.parametrize(
    "text",
    [
        'note: "A.\\n\\nOf $\\\\nu$"',
        "title: '!Kung'",
        'title: "&x Foo"',
        "title: R&D!",
        "note: |\n  !Kung\n  &x",
        "title: A & B",
    ],
)
def test_a_sign_that_stays_in_the_text_is_no_error(text: str) -> None:
    assert told(text) == []


CUT = {
    "title: Learning C #2": ("1:19 '#2'", "'Learning C #2'"),
    "title: Learning C # Next": ("1:19 '# Next'", "'Learning C # Next'"),
    "title: It's C  #2": ("1:16 '#2'", "'It''s C #2'"),
    "note: #1 in its field": ("1:7 '#1 in its field'", "'#1 in its field'"),
    "authors:\n- Ann\n- Bob #2": ("3:7 '#2'", "'Bob #2'"),
    "changes:\n- date: 2025-10-30\n  text: See #2": ("3:13 '#2'", "'See #2'"),
}


@pytest.mark.parametrize("text", CUT)
def test_a_comment_that_may_belong_to_a_text_is_a_notice(text: str) -> None:
    comment, form = CUT[text]
    assert told(text, Severity.NOTICE) == [
        (
            f"{comment} is a comment, not part of the text. "
            f"Put the text in quotes if it goes on: {form}. Else write two spaces before `# `."
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "title: Learning C  # as they write it",
        "title: Learning C\t# as they write it",
        'title: "Learning C #2" # as they write it',
        "# On its own line.\ntitle: Learning C#\n# Another.",
        "title: >- # shortened\n  Learning C #2",
        "themes: [data]  # main one first",
        "themes: [data] # main one first",
        "pick: true # yes",
        'arxiv: "1706.03762" #1',
        "published: 2025-10-30 #1",
        "links: # where\n  code: https://x.example/#top #1",
        "note:   # later",
    ],
)
def test_an_honest_comment_is_no_notice(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("length", "is_shown"), [(99, True), (100, False)])
def test_the_form_in_quotes_is_shown_if_it_is_short(length: int, is_shown: bool) -> None:
    [hint] = told(f"title: {'a' * (length - 3)} #2", Severity.NOTICE)
    assert ("goes on: 'a" in hint) is is_shown


@pytest.mark.parametrize(
    ("depth", "more", "is_told"), [(39, 900, False), (40, 900, True), (45, 453, False), (45, 454, True)]
)
def test_values_that_nest_too_deep_are_told_if_there_are_many(depth: int, more: int, is_told: bool) -> None:
    text = f"title: {'[' * depth}{']' * depth}\n# {'?' * more}"
    assert ("Values nest more than 40 deep. Close the open brackets." in told(text)[0]) is is_told


@pytest.mark.parametrize(("size", "problems"), [(1_000_000, []), (1_000_001, ["1,000,001"])])
def test_a_file_of_more_than_a_million_bytes_is_not_read(size: int, problems: list[str]) -> None:
    said = told(f"title: A\n# {'x' * (size - 11)}")
    assert [one.strip() for one in said] == [
        f"This file has {number} bytes. At most 1,000,000 are read. Shorten it." for number in problems
    ]


def test_the_settings_of_a_site_are_texts_too() -> None:
    data = b"title: Digest #1\nurl: https://x.example/\ntag_authority: x.example,2025\n"
    site, problems = decode(data, "", Site)
    assert site
    assert site.title == "Digest"
    assert [str(problem.location) for problem in problems] == [":1:15"]
    site, problems = decode(data + b"deploy: true\nlistings: {'*': 3}\n", "", Site)
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("'true' is not a command, such as rsync -a site/ server:digest/.", ""),
        ("'3' is not a name, such as Hugging Face Daily Papers.", ""),
    ]
    sources = b"sources:\n- arxiv:cs.CL\n- {name: a, where: cs.CL}\n"
    site, problems = decode(data + sources, "", Site)
    assert [problem.hint for problem in problems] == [
        "Write `field: value`, one per line. The fields are: name, where, format, server.",
        "Write `arxiv:cs.CL`.",
    ]


INDENTED = {
    """\
    listed:
    - listing: a
      pick: true
    """: [("3:3", "`pick: true`")],
    """\
    listed:
    - listing: a
      themes:
      - data
      headline: Read
        it
    """: [("3:3", "`themes:`"), ("5:3", "`headline: Read`")],
    """\
    links:
      code: https://x.example
      pick: true
    """: [("3:3", "`pick: true`")],
    """\
    note:
      pick: true
    """: [("2:3", "`pick: true`")],
}


@pytest.mark.parametrize("text", INDENTED)
def test_a_field_of_the_record_inside_another_is_too_far_right(text: str) -> None:
    assert told(text) == [
        f"{place} This is a field of the record, two columns too far right. "
        f"Begin the line with {form} in column 1."
        for place, form in INDENTED[text]
    ]


def test_a_field_of_the_record_inside_brackets_is_no_field_of_theirs() -> None:
    assert told("listed: [{listing: a, pick: true}]") == [
        (
            "1:23 This is a field of the record, not of what these brackets hold. "
            "Write `pick: true` on a line of its own."
        )
    ]


FIELDS = (
    "A map of fields belongs here. Write `field: value`, one per line. "
    "The fields are: listing, issue, position, votes, discussion."
)
FORMS = {
    "themes: sampling": "1:9 'sampling' is not a list. Write `[sampling]`.",
    "authors: Ann Smith, Bob": "1:10 'Ann Smith, Bob' is not a list. Write `[Ann Smith, Bob]`.",
    "authors: 'Bob: Jr.'": "1:10 'Bob: Jr.' is not a list. Write it after `- `, on a line of its own.",
    "title: [Sampling]": "1:8 This is not text. Write `Sampling` without brackets.",
    "title: {a: b}": "1:8 This is not text. Put the text in quotes: '{a: b}'.",
    "title:\n  a: b": "2:3 This is not text. Write one value instead of fields.",
    "venue:\n- ACL": "2:1 This is not text. Write `ACL` behind the key, without `- `.",
    "pick: [true]": "1:7 This is not true or false. Write `true` without brackets.",
    "listed: {listing: a}": (
        "1:9 This is not a list. Write `- ` before the first field, and indent the others by two."
    ),
    "listed: [a]": f"1:10 {FIELDS}",
    "authors: [Ann, '']": "1:16 This is empty. Write text, or remove it.",
    "tags:\n- data\n-\n": "3:2 This is empty. Write text, or remove it.",
    "listed:\n-\n": f"2:2 {FIELDS}",
    "listed:\n- name: a.txt": "2:3 There is no field 'name'. Did you mean 'listing'?",
    "links: https://a.b/c": (
        "1:8 'https://a.b/c' is not a map. Write `{name: https://a.b/c}`, with a name that says what it is."
    ),
    "links: {code: https://a.b/c d}": (
        "1:15 'https://a.b/c d' is not a URL that begins with https:// or http://. Write `https://a.b/c%20d`."
    ),
    "published: Jan. 2, 2025": "1:12 'Jan. 2, 2025' is not a day such as 2025-10-30. Write `2025-01-02`.",
    "published: 2025-01-02 10:00": (
        "1:12 '2025-01-02 10:00' is not a day such as 2025-10-30. Write `2025-01-02`."
    ),
    "pick: true // yes": (
        "1:7 'true // yes' is not true or false. "
        "Write `true` only; a comment begins with two spaces and `# `."
    ),
    "links:\n\u00a0 code: https://a.b": (
        "2:1 This is U+00A0, which looks like a space and is not one. Type a space in its place."
    ),
    "listed:\n- lisitng: a": "2:3 There is no field 'lisitng'. Did you mean 'listing'?",
    "listed:\n- votes: 3": "2:3 The field 'listing' is missing. Add `listing: ` and text.",
}


@pytest.mark.parametrize("text", FORMS)
def test_one_cause_is_one_error_with_the_form_to_write(text: str) -> None:
    assert [found.rstrip() for found in told(text)] == [FORMS[text]]


LINES = [
    *("title: A", "title: !x A #1", "title:", "note: >-", "  A text", "# c", "---", "..."),
    *("themes: a", "themes:", "- a", "-", "[a, b]", "pick: yes", "issue: x", "? a", "&a b: *a"),
    *("listed:", "- listing: a", "  pick: true", "  - {a: b, '': c}"),
    *("links:", "  code: x", "  '': x", "  : x"),
]


@example(["titel:", "# c"])
@given(st.lists(st.sampled_from(LINES), max_size=6))
@example(["# c", "? a"])
def test_what_is_unreadable_has_an_error(lines: list[str]) -> None:
    told("\n".join(lines))


@pytest.mark.parametrize("joint", ["\n", ", "])
def test_the_work_for_many_mistakes_grows_as_the_text_does(joint: str) -> None:
    def work(fields: int) -> int:
        begin, end = ("{", "}") if joint == ", " else ("", "")
        text = begin + joint.join(f"field{number}: a value" for number in range(fields)) + end
        found: list[str] = []
        counted = calls(lambda: found.extend(told(text)))
        assert len(found) == MOST + 1  # the last says that there are more
        return counted

    assert work(8000) < 2.5 * work(4000)


@given(st.lists(st.sampled_from(["\\", "alpha", "t", "au", "n", "eq", " ", "x"]), max_size=8).map("".join))
def test_tex_is_found_where_backslashes_begin(text: str) -> None:
    assert has_tex(text) == bool(TEX.search(text))
