"""Keep the code of compiled templates, so that a build or a check compiles only those that changed."""

from collections.abc import Callable, Mapping

import jinja2
import msgspec
from jinja2.bccache import Bucket

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import StateFolder, read_value, write_value


class _Kept(msgspec.Struct, frozen=True):
    code: bytes = b""
    """Fingerprint of the program that compiled them."""
    compiled: Mapping[str, bytes] = {}
    """Each with the digest of its source, by a key that Jinja2 makes of its name and place."""


class CompiledTemplates(jinja2.BytecodeCache):
    """The code of the templates that builds of an output compiled."""

    def __init__(self, state: StateFolder) -> None:
        """Read what was kept."""
        self._path = state.path / "templates"
        kept = read_value(self._path, _Kept)
        self._before = kept.compiled if kept and kept.code == code_fingerprint() else {}
        self.codes = {**self._before}
        """By a key that Jinja2 makes of a template's name and place."""
        self.coming: Callable[[], Mapping[str, bytes]] | None = None
        """Waits for another process and returns what it compiled; None where there is no such process."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if its source has not changed."""
        if coming := self.coming:
            self.coming = None
            self.codes.update(coming())
        if found := self.codes.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that was compiled just now."""
        self.codes[bucket.key] = bucket.bytecode_to_string()

    def save(self) -> None:
        """Write all code for the next build."""
        if self.codes != self._before:
            write_value(self._path, _Kept(code=code_fingerprint(), compiled=self.codes))
