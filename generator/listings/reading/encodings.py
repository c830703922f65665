r"""The encoding that a listing itself states, or that its format is known for. All others are UTF-8.

- XML states one in its declaration (XML 1.0, 4.3.3), or by a byte order mark of UTF-16.
- BibTeX that JabRef wrote has a line ``% Encoding: Cp1252``, which may be out of date.
- A listing in arXiv's `\\` form may have lines in Latin-1 beside lines in UTF-8: it is put together from
  files of thirty years.
"""

import re

DECLARATION = re.compile(rb"\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
JABREF = re.compile(rb"\A(?:%.*\n){0,5}%\s?Encoding:\s?([A-Za-z0-9._-]{1,40})")
STATED = re.compile(r"iso-?8859[-_]?[0-9]{1,2}|latin-?1|(?:windows-|cp)125[0-9]|us-ascii", re.IGNORECASE)
ARXIV_FORM = re.compile(rb"^\\\\[ \t]*\r?\n(?:arXiv:|Paper[ :(*])", re.MULTILINE)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LINE_BREAK = re.compile(rb"(?<=\n)")


def as_utf8(data: bytes) -> bytes:
    """Return a listing's bytes in UTF-8; as they are, where nothing states that they are not."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    declared = DECLARATION.match(data) or (None if _is_utf8(data) else JABREF.match(data))
    if declared and STATED.fullmatch(declared[1].decode()):
        return _recoded(data, declared[1].decode())
    if not _is_utf8(data) and ARXIV_FORM.search(data):
        return b"".join(
            part if _is_utf8(part) else part.decode("latin-1").encode() for part in LINE_BREAK.split(data)
        )
    return data


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except (LookupError, UnicodeDecodeError):
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
