"""What holds for JSON, XML and the other structured formats: hostile input, and what is kept beside it."""

import json

import pytest

from generator.listings import FORMATS, Parse, parse
from generator.problem import Severity
from tests.support.counted import grows_linearly

MEGABYTE = 1_000_000
HF = '{{"paper": {{"id": "2510.0000{}", "title": {}, "upvotes": 1}}}}'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/query</id>{}</feed>'
ENTRY = "<entry><id>http://arxiv.org/abs/2411.0000{}v1</id><title>{}</title></entry>"


PIECES = ["<entry>", "<!--", '[{"', '},{"a":[', "@a{b,", "TY  - \n", "\\\\\narXiv:", "<dt>", "("]


def read(text: str | bytes, format_name: str | None = None) -> Parse:
    return parse(text if isinstance(text, bytes) else text.encode(), "page", None, format_name)


def titles(parsed: Parse) -> list[str | None]:
    return [entry.stated.title for entry in parsed.entries]


def told(parsed: Parse) -> list[str]:
    return [f"{problem.location} {problem.message}" for problem in parsed.problems]


def hf(*titles: str) -> str:
    return f"[{', '.join(HF.format(number, title) for number, title in enumerate(titles, start=1))}]"


def test_papers_on_one_line_are_told_apart_by_column() -> None:
    parsed = read(hf('"Pears"', '"Figs"'))
    assert [(entry.span.column, entry.span.last_column) for entry in parsed.entries] == [(2, 64), (67, 128)]


def test_a_byte_that_is_not_utf8_costs_its_own_paper_only() -> None:
    parsed = read(hf('"Pears"', '"Figs"', '"Plums"').encode().replace(b"Figs", b"F\xffgs"))
    assert titles(parsed) == ["Pears", "Plums"]
    assert [str(problem.location) for problem in parsed.problems] == ["page:1:109"]


def test_a_broken_object_costs_no_other() -> None:
    parsed = read(hf('"Pears"', '"Figs', '"Plums"'))
    assert titles(parsed) == ["Pears", "Plums"]
    (problem,) = parsed.problems
    assert (problem.severity, str(problem.location)) == (Severity.ERROR, "page:1:115")
    assert problem.hint


@pytest.mark.parametrize("lone", [r"\ud83d", r"\uDC50", r"\ude00\ud83d"])
def test_a_lone_surrogate_is_a_replacement_character_in_any_field(lone: str) -> None:
    line = {"paper": "pears", "found": "arxiv", "likeness": 1, "title": r"On \ud83d", "venue": "Pears LONE"}
    (entry,) = read(json.dumps(line).replace("LONE", rf"\ud83d\ude00 {lone}")).entries
    assert entry.stated.title == r"On \ud83d"
    assert entry.stated.venue == "Pears \N{GRINNING FACE} " + "\ufffd" * (len(lone) // 6)


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_json_of_absurd_depth_costs_its_own_record_only(depth: int) -> None:
    deep = '{"paper": ' * depth + "1" + "}" * depth
    parsed = read(",\n".join([hf('"Pears"')[:-1], deep, hf('"Figs"')[1:]]), "hf-api")
    assert titles(parsed)[:1] == ["Pears"]
    assert told(parsed)[0] == "page:2:1 This is not JSON: it is nested too deeply."


def test_a_number_of_too_many_digits_costs_its_own_record_only() -> None:
    parsed = read(hf('"Pears"', "9" * 10_000, '"Figs"'))
    assert titles(parsed) == ["Pears", "Figs"]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize("text", ["[", "{", '{"data": [', '[{"paper": {"id": "1"'])
def test_json_that_is_cut_off_is_an_error(text: str) -> None:
    parsed = read(text, "hf-api")
    assert parsed.entries == ()
    assert all(problem.severity is Severity.ERROR for problem in parsed.problems)


@pytest.mark.parametrize("around", ['{{"results": {}}}', '{{"status": 1, "message": {{"items": {}}}}}'])
def test_the_object_around_the_records_may_have_any_of_the_known_names(around: str) -> None:
    assert titles(read(around.format(hf('"Pears"')), "hf-api")) == ["Pears"]


def test_records_may_be_one_a_line() -> None:
    papers = ({"paper": {"id": "2510.00001", "title": title}} for title in ("Pears", "Figs"))
    assert titles(read("\n".join(map(json.dumps, papers)))) == ["Pears", "Figs"]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["A", "A\\n"])
def test_a_title_of_ten_megabytes_is_an_error(unit: str) -> None:
    parsed = read(hf(f'"{unit * (10 * MEGABYTE // len(unit))}"', '"Figs"'))
    assert titles(parsed) == ["Figs"]
    assert len(parsed.problems) == 1
    assert grows_linearly(lambda size: read(hf(f'"{unit * size}"', '"Figs"')), MEGABYTE)


def test_ten_megabytes_within_an_xml_element_are_an_error() -> None:
    parsed = read(ATOM.format(ENTRY.format(1, "A" * 11 * MEGABYTE) + ENTRY.format(2, "Figs")))
    assert titles(parsed) == ["Figs"]
    assert parsed.problems


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE feed [<!ENTITY a "pears">]>',
        '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE feed [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_xml_that_declares_entities_is_refused(declaration: str) -> None:
    parsed = read(f"<?xml version='1.0'?>\n{declaration}\n" + ATOM.format(ENTRY.format(1, "&a;")))
    assert parsed.entries == ()
    assert "page:2:1 This XML declares entities or a document type of its own; it is not read." in told(
        parsed
    )


def test_an_unknown_entity_costs_its_own_record_only() -> None:
    parsed = read(ATOM.format(ENTRY.format(1, "&pear;") + ENTRY.format(2, "Figs")))
    assert titles(parsed) == ["Figs"]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize("inside", ["<!-- {} -->", "<![CDATA[{}]]>", "<?pear {} ?>"])
def test_a_record_within_a_comment_is_none(inside: str) -> None:
    within = ENTRY.format(1, inside.format(ENTRY.format(2, "No paper")))
    assert len(read(ATOM.format(within)).entries) == 1


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1252"])
def test_xml_may_be_in_the_encoding_that_it_states(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + ATOM.format(ENTRY.format(1, "Müller"))
    assert titles(read(text.encode(encoding))) == ["Müller"]


def test_bibtex_may_be_in_the_encoding_that_jabref_states() -> None:
    text = "% Made with JabRef 2.10.\n% Encoding: Cp1252\n\n@misc{a, title = {Müller\u2019s Pears}}\n"
    assert titles(read(text.encode("cp1252"))) == titles(read(text)) == ["Müller\u2019s Pears"]


def test_a_control_character_is_removed_and_its_paper_kept() -> None:
    parsed = read(ATOM.format(ENTRY.format(1, "Pe\x07ars")))
    assert titles(parsed) == ["Pears"]
    assert [problem.severity for problem in parsed.problems] == [Severity.NOTICE]


def test_abbreviations_of_bibtex_that_multiply_are_bounded() -> None:
    strings = [f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}" for n in range(1, 30)]
    entries = ["@article{a, title = s29}", "@article{b, title = {Figs}}"]
    text = "\n".join(['@string{s0 = "pears"}', *strings, *entries])
    assert "Figs" in titles(read(text))  # as long as all that they mean, no machine has memory for it


@pytest.mark.slow
@pytest.mark.parametrize("form", [form.NAME for form in FORMATS])
@pytest.mark.parametrize("piece", PIECES)
def test_much_of_one_piece_is_told_and_takes_linear_time(form: str, piece: str) -> None:
    def work(size: int) -> Parse:
        return read(piece * (size // len(piece)), form)

    assert 0 < len(work(MEGABYTE // 10).problems) < (MEGABYTE if form.startswith("hf-") else 1000)
    assert grows_linearly(work, MEGABYTE // 10)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        pytest.param("hf-daily", ("Daily Papers\n", "12\n\nUpvote\n\n", ""), id="lone numbers"),
        pytest.param("ris", ("TY  - JOUR\nTI  - Pears\n", "a\n", "ER  - \n"), id="lines of a ris tag"),
    ],
)
@pytest.mark.slow
def test_what_once_took_the_square_of_the_time_takes_linear_time(
    form: str, text: tuple[str, str, str]
) -> None:
    head, piece, end = text
    assert grows_linearly(lambda size: read(head + piece * size + end, form), 20_000)


def test_of_very_many_broken_records_the_first_are_told_of_and_the_rest_counted() -> None:
    parsed = read("\n".join(["@article{a, title = {Pears}}", *["@article{a, b"] * 1000]))
    assert titles(parsed) == ["Pears"]
    assert len(parsed.problems) < 300
    assert parsed.problems[-1].message == "Besides, this listing has 800 records that cannot be read."


def test_a_mistake_on_the_second_line_of_an_entry_is_told_at_its_column() -> None:
    head = '<feed xmlns="http://www.w3.org/2005/Atom">\n'
    text = head + "<entry><id>http://arxiv.org/abs/2510.00001v1</id>\n<title>A & B</title></entry></feed>"
    assert str(parse(text.encode(), "a.xml", None, "arxiv-atom").problems[0].location) == "a.xml:3:11"


def test_a_link_within_an_abstract_needs_no_scheme() -> None:
    text = '[{"paperId": "a", "title": "Pears", "abstract": "Code at GitHub.com/a/b."}]'
    (entry,) = parse(text.encode(), "a.json", None, "semantic-scholar").entries
    assert entry.stated.links == {"code": "https://GitHub.com/a/b"}
