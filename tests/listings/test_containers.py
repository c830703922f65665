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


@pytest.mark.parametrize(("times", "found"), [(2, ["Pears"]), (3, [])])
def test_a_file_may_be_packed_twice(times: int, found: list[str]) -> None:
    data = BIB
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    assert titles(data) == found


def test_problems_are_in_the_order_of_the_members_names() -> None:
    broken = BIB + b"@article{b, title = {Cut"
    assert [
        message[:11] for message in messages(zipped({"b": broken, "a": broken, "c.gz": b"\x1f\x8b"}))
    ] == [
        "listing/a:2",
        "listing/b:2",
        "listing/c.g",
    ]


@pytest.mark.parametrize(
    ("place", "byte", "found"), [(8, b"\x01", []), (8, b"\x02", ["Pears"]), (10, b"\x0c", [])]
)
def test_a_member_with_a_password_or_packed_by_bzip2_cannot_be_unpacked(
    place: int, byte: bytes, found: list[str]
) -> None:
    data = zipped({"orchard/a.bib": BIB})
    at = data.index(b"PK\x01\x02") + place  # in the list of members: its flags, and how it is packed
    data = data[:at] + byte + data[at + 1 :]
    assert titles(data) == found
    assert messages(data) == (
        [] if found else ["listing:1 A member of this ZIP file cannot be unpacked: a.bib."]
    )


def test_a_member_is_named_by_100_characters() -> None:
    (message,) = messages(zipped({"a\x07" + "x" * 100: b""}))
    assert message == f"listing/a{'x' * 99}:1 This file is empty."


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


@pytest.mark.parametrize(("more", "is_too_large"), [(0, False), (1, True)])
@pytest.mark.parametrize("pack", ["gzip", "zip", "gzip in zip"])
def test_all_that_is_within_a_file_counts(
    pack: str, more: int, is_too_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "LARGEST", 1_000)
    halves = (BIB.ljust(500), BIB.ljust(500 + more))
    if pack == "gzip":
        data = gzip.compress(b"".join(halves))
    else:
        one, other = halves if pack == "zip" else map(gzip.compress, halves)
        data = zipped({"a": one, "b": other})
    said = "This unpacks to more than 0 MB or 1000 files."
    assert any(message.endswith(said) for message in messages(data)) is is_too_large


@pytest.mark.parametrize(("members", "found"), [(1_000, ["Pears"]), (1_001, [])])
def test_a_gzip_file_of_too_many_members_is_an_error(members: int, found: list[str]) -> None:
    assert titles(gzip.compress(BIB) + gzip.compress(b"", mtime=0) * (members - 1)) == found


def test_a_zip_file_of_too_many_files_is_an_error() -> None:
    assert messages(zipped({f"{number}.bib": BIB for number in range(1001)})) == [
        "listing:1 This unpacks to more than 512 MB or 1000 files."
    ]
