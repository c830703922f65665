"""Pagefind's files, made the same on every run.

It writes filters and their values in an order that differs from run to run, and names files by their digests
(github.com/Pagefind/pagefind/issues/638). Here they are put in order and renamed.
"""

import gzip
from collections.abc import Mapping
from typing import Any

import cbor2
import msgspec

from generator.files import digest

_ENTRY = "pagefind-entry.json"
_MAGIC = b"pagefind_dcd"


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by path, in which nothing depends on the run. The entry is the last."""
    found = dict(files)
    entry = msgspec.json.decode(found.pop(_ENTRY))
    for code, language in entry["languages"].items():
        data = found.pop(f"pagefind.{language['hash']}.pf_meta")
        version, papers, words, filters, sorts, fields = _value(data)
        ordered = sorted([name, _filter_in_order(found, code, file)] for name, file in filters)
        data = _data([version, papers, words, ordered, sorted(sorts), fields])
        language["hash"] = _name(code, data)
        found[f"pagefind.{language['hash']}.pf_meta"] = data
    found[_ENTRY] = msgspec.json.encode(entry, order="sorted")
    return found


def _filter_in_order(found: dict[str, bytes], code: str, file: str) -> str:
    """Replace a filter's file, and return its new name."""
    name, values = _value(found.pop(f"filter/{file}.pf_filter"))
    data = _data([name, sorted(values)])
    named = _name(code, data)
    found[f"filter/{named}.pf_filter"] = data
    return named


def _value(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(_MAGIC))


def _data(value: Any) -> bytes:
    return gzip.compress(_MAGIC + cbor2.dumps(value), mtime=0)


def _name(language: str, data: bytes) -> str:
    return f"{language}_{digest(data).hex()[:10]}"
