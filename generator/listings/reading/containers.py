"""Compressed listings: gzip (RFC 1952) and ZIP, told by their first bytes.

What is unpacked is bounded, whatever the file says of its size, and is never written to a disk.
"""

import io
import zipfile
import zlib
from typing import NamedTuple

from generator.problem import Location, Problem, error

LARGEST = 512 << 20
"""Bytes that a file may unpack to, all of its members together."""
MOST_MEMBERS = 1000
DEEPEST = 2
"""A .zip of .gz files is unpacked; what is packed once more is not."""
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
CAPTURE = "Fetch the file again, or unpack it yourself."


class Member(NamedTuple):
    """A file within a container, or the file itself where it is none."""

    path: str
    """What problems name: the container's path, and for ZIP the member's name behind it."""
    data: bytes


def unpack(data: bytes, path: str) -> tuple[list[Member], list[Problem]]:
    """Return what a file holds: itself, where it is not compressed; and why something cannot be unpacked."""
    members, problems = [Member(path, data)], list[Problem]()
    for _ in range(DEEPEST):
        room = LARGEST
        found: list[Member] = []
        for member in members:
            inner, flaws = _opened(member, room)
            room -= sum(len(one.data) for one in inner if one.data is not member.data)
            found += inner
            problems += flaws
        members = found
    return members, problems


def _opened(member: Member, room: int) -> tuple[list[Member], list[Problem]]:
    if member.data.startswith(GZIP):
        return _gunzipped(member, room)
    if member.data.startswith(ZIP):
        return _unzipped(member, room)
    return [member], []


def _gunzipped(member: Member, room: int) -> tuple[list[Member], list[Problem]]:
    parts: list[bytes] = []
    rest = member.data
    flaws: list[Problem] = []
    while rest.startswith(GZIP) and not flaws:
        stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        try:
            parts.append(stream.decompress(rest, room + 1))
        except zlib.error:
            flaws.append(_flaw(member, "This gzip file is damaged.", CAPTURE))
            break
        room -= len(parts[-1])
        if room < 0 or len(parts) > MOST_MEMBERS:
            return [], [_too_large(member)]
        if not stream.eof:
            flaws.append(_flaw(member, "This gzip file is cut off.", CAPTURE))
        rest = stream.unused_data
    data = b"".join(parts)
    return [Member(member.path, data)] if data or not flaws else [], flaws


def _unzipped(member: Member, room: int) -> tuple[list[Member], list[Problem]]:
    found: list[Member] = []
    try:
        with zipfile.ZipFile(io.BytesIO(member.data)) as archive:
            infos = [info for info in archive.infolist() if not _is_aside(info)]
            if len(infos) > MOST_MEMBERS:
                return [], [_too_large(member)]
            for info in infos:
                if info.compress_type not in READABLE or info.flag_bits & 1:
                    message = f"A member of this ZIP file cannot be unpacked: {_shown(info.filename)}."
                    return found, [_flaw(member, message, "Pack it by deflate, without a password.")]
                with archive.open(info) as stream:
                    data = stream.read(room + 1)
                room -= len(data)
                if room < 0:
                    return found, [_too_large(member)]
                found.append(Member(f"{member.path}/{_shown(info.filename)}", data))
    except BROKEN:
        return found, [_flaw(member, "This ZIP file is damaged.", CAPTURE)]
    if not found:
        return [], [_flaw(member, "This ZIP file holds no file.", CAPTURE)]
    return found, []


def _is_aside(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a folder, or what macOS and editors put beside the files."""
    name = info.filename.rpartition("/")[2]
    return info.is_dir() or info.filename.startswith("__MACOSX/") or name.startswith(".")


def _shown(name: str) -> str:
    """Return a member's own name for a message, without its folders."""
    own = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in own if character.isprintable())[:100]


def _too_large(member: Member) -> Problem:
    message = f"This unpacks to more than {LARGEST >> 20} MB or {MOST_MEMBERS} files."
    return _flaw(member, message, "Split it; a listing is never that large, but a harmful file may be.")


def _flaw(member: Member, message: str, hint: str) -> Problem:
    return error(Location(path=member.path, line=1), message, hint)
