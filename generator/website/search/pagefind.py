"""Running Pagefind, the program that makes the index, by the protocol of its service.

Requests and answers are JSON in Base64, each followed by a comma (`pagefind --service`). Its own client for
Python waits a tenth of a second before each answer, for ten thousand papers a quarter of an hour. The files
are taken from the answer: those that Pagefind writes by itself may be cut off when it ends.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BufferedReader
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, Any, cast

import msgspec
from pagefind_bin import get_executable

from generator.website.search.documents import Document

_LAST = 1
"""The number of the request whose answer ends the work; all others have the number 0."""


class PagefindError(Exception):
    """Pagefind did not make an index; the message says why."""


def index_files(documents: Iterable[Document], language: str) -> dict[str, bytes]:
    """Return, by path, the files of an index of documents, which are numbered as they come.

    `language` (BCP 47) decides how words are reduced to their stems.
    """
    command = [get_executable(), "--service"]
    with (
        # what it says when a build that breaks off closes its pipe is nothing for an editor
        Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as service,  # noqa: S603
        ThreadPoolExecutor(1) as aside,
    ):
        stdin, stdout = cast("IO[bytes]", service.stdin), cast("BufferedReader", service.stdout)
        files = aside.submit(_files, stdout)
        with suppress(BrokenPipeError):  # where it ended early its answers say so
            _send(stdin, {"type": "NewIndex", "config": {"force_language": language}})
            for document in documents:
                record = msgspec.structs.asdict(document)
                _send(stdin, {"type": "AddRecord", "index_id": 0, "language": language, **record})
            _send(stdin, {"type": "GetFiles", "index_id": 0}, _LAST)
            stdin.flush()
        files.exception()  # it ends when nothing more is to be read from it
        with suppress(BrokenPipeError):
            stdin.close()
    return files.result()


def _send(stream: IO[bytes], payload: dict[str, Any], number: int = 0) -> None:
    stream.write(b64encode(msgspec.json.encode({"message_id": number, "payload": payload})) + b",")


def _files(stream: BufferedReader) -> dict[str, bytes]:
    """Read all answers and return the files that the last one holds, unless an answer says what is wrong."""
    flaw = ""
    for answer in _answers(stream):
        payload = answer["payload"]
        if payload["type"] == "Error":
            flaw = flaw or str(payload["message"])
        if answer["message_id"] != _LAST:
            continue
        if flaw:
            raise PagefindError(flaw)
        return {file["path"]: b64decode(file["content"]) for file in payload["files"]}
    raise PagefindError(flaw or "Pagefind ended before its work was done.")


def _answers(stream: BufferedReader) -> Iterator[Any]:
    begun: list[bytes] = []
    while chunk := stream.read1(1 << 20):
        *ends, rest = chunk.split(b",")
        for end in ends:
            yield msgspec.json.decode(b64decode(b"".join([*begun, end])))
            begun.clear()
        begun.append(rest)
