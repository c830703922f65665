"""Compressed listings give what the files in them give, within bounds."""

import gzip
import io
import tracemalloc
import zipfile

import pytest

from generator.listings import parse
from generator.listings.reading import containers

BIB = b"@article{a, title = {Pears}}\n"
RIS = b"TY  - JOUR\nTI  - Apples\nER  - \n"


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            # without the time it is: tests are named by what they are given
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def titles(data: bytes) -> list[str | None]:
    return [entry.stated.title for entry in parse(data, "listing", None).entries]


def messages(data: bytes) -> list[str]:
    return [f"{problem.location} {problem.message}" for problem in parse(data, "listing", None).problems]


def test_a_gzip_file_is_what_is_in_it() -> None:
    assert parse(gzip.compress(BIB, mtime=0), "listing", None) == parse(BIB, "listing", None)


def test_a_gzip_file_of_several_members_is_one_file() -> None:
    assert titles(gzip.compress(BIB[:10], mtime=0) + gzip.compress(BIB[10:], mtime=0)) == ["Pears"]


def test_a_zip_file_of_several_listings_gives_all_their_papers_in_order() -> None:
    parsed = parse(
        zipped({"a/pears.bib": BIB, "apples.ris.gz": gzip.compress(RIS, mtime=0)}), "listing", None
    )
    assert [(entry.position, entry.stated.title) for entry in parsed.entries] == [(1, "Pears"), (2, "Apples")]
    assert parsed.problems == ()


def test_a_problem_names_the_member_without_its_folders() -> None:
    data = zipped({"../../etc/pears.bib": BIB + b"@article{b, title = {Cut", "apples.ris": RIS})
    assert titles(data) == ["Pears", "Apples"]
    assert messages(data) == ["listing/pears.bib:2 This entry is not BibTeX: '@article{b, title = {Cut'."]


def test_what_macos_puts_beside_the_files_is_left_out() -> None:
    assert titles(zipped({"__MACOSX/._a.bib": b"\x00\x05", ".DS_Store": b"\x00", "a.bib": BIB})) == ["Pears"]


def test_a_gzip_file_that_is_cut_off_keeps_what_is_whole() -> None:
    data = gzip.compress(BIB * 3 + bytes(range(32, 127)) * 20, compresslevel=0)[:60]
    assert titles(data) == ["Pears"]
    assert "listing:1 This gzip file is cut off." in messages(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x1f\x8b\xffpears", "listing:1 This gzip file is damaged."),
        (b"PK\x03\x04pears", "listing:1 This ZIP file is damaged."),
        (zipped({"folder/": b""}), "listing:1 This ZIP file holds no file."),
        (zipped({"a.bib": BIB})[:-30], "listing:1 This ZIP file is damaged."),
        (gzip.compress(b"", mtime=0), "listing:1 This file is empty."),
    ],
)
def test_what_cannot_be_unpacked_is_an_error(data: bytes, message: str) -> None:
    assert messages(data) == [message]


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"a": data, "b": data})])
def test_a_bomb_is_an_error_in_bounded_memory(pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST", 1_000_000)
    assert callable(pack)
    data = pack(b"\x00" * 50_000_000)
    tracemalloc.start()
    found = messages(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["listing:1 This unpacks to more than 0 MB or 1000 files."]
    assert peak < 10_000_000


def test_a_zip_file_of_too_many_files_is_an_error() -> None:
    assert messages(zipped({f"{number}.bib": BIB for number in range(1001)})) == [
        "listing:1 This unpacks to more than 512 MB or 1000 files."
    ]
