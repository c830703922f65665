"""Links that open a place in the editor's own text editor."""

from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.problem import Location

VSCODE = "vscode://file{path}:{line}:{column}"
"""What Visual Studio Code opens (code.visualstudio.com/docs/configure/command-line, "Opening with URLs")."""


class EditorLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Makes links to places of a digest's files."""

    root: Path
    """The digest's folder, absolute."""
    address: str
    """What a text editor opens, with `{path}`, `{line}` and `{column}`."""

    def to(self, place: Location) -> str:
        """Return the link to a place: its file by absolute path, its line and column from 1.

        `vscode://file/home/ada/digest/content/papers/a.yaml:3:7`
        """
        given = {
            "{path}": quote((self.root / place.path).as_posix()),
            "{line}": str(place.line or 1),
            "{column}": str(place.column or 1),
        }
        link = self.address
        for name, value in given.items():
            link = link.replace(name, value)
        return link
