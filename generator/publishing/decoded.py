"""Records as the last build decoded them, so that the next decodes those alone that changed since."""

from collections.abc import Mapping

import msgspec

from generator.content.reading import RecordFile
from generator.publishing.ledger import Store, code_fingerprint, read_file, write_file


class _Decoded(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that decoded them."""
    files: Mapping[str, RecordFile] = {}


def read_decoded(store: Store) -> Mapping[str, RecordFile]:
    """Return the decoded records by path; none where another version of the program decoded them."""
    kept = read_file(store.folder / "records", _Decoded)
    return kept.files if kept and kept.code == code_fingerprint() else {}


def write_decoded(store: Store, files: Mapping[str, RecordFile]) -> None:
    """Keep decoded records."""
    write_file(store.folder / "records", _Decoded(code=code_fingerprint(), files=files))
