"""The search index: the files that readers' browsers search, and a digest of all that they are made from.

Where the papers are those of the last index, nothing is made, and what makes it is not even imported.
"""

import re
from hashlib import blake2b

from generator.files import digest
from generator.library.library import Library

FOLDER = "search/pagefind"
"""The folder of the index in the output: all of it, and nothing else that a build writes."""
ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The only file whose content may change under the same name: it names the files that belong together."""
_UNUSED = re.compile("pagefind-(worker|highlight|(|modular-|component-)ui)[.]")
"""Pagefind's own interfaces and its worker, which come with each index."""


def source(library: Library) -> bytes:
    """Return a digest of all that the index of a library is made from, empty if it has no paper."""
    if not library.cards:
        return b""
    found = blake2b(library.site.language.encode(), digest_size=16)
    for theme in library.themes:
        found.update(theme.slug.encode() + b"\0")
    for card in library.cards:  # what a card says follows from its record and its address
        found.update(card.slug.encode() + b"\0" + digest(library.records[card.slug].packed))
    return found.digest()


def made(library: Library) -> dict[str, bytes] | str:
    """Return the files of an index by their paths in the output, its entry last, or why there are none.

    Where there is no paper, there are no files.
    """
    if not library.cards:
        return {}
    from generator.website.search.documents import documents
    from generator.website.search.ordered import in_order
    from generator.website.search.pagefind import PagefindError, index_files

    try:
        files = index_files(documents(library), library.site.language.partition("-")[0].lower())
    except PagefindError as flaw:
        return str(flaw)
    return {f"{FOLDER}/{path}": data for path, data in in_order(files).items() if not _UNUSED.match(path)}
