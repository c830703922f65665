"""Names of authors, as reference managers want them: which part sorts."""

import re

import msgspec

PERSON = re.compile(r"[^\W\d_](?:[^\W\d_]|[-.'\u2019\u2010])*(?: [^\W\d_](?:[^\W\d_]|[-.'\u2019\u2010])*)*")
COLLECTIVE = frozenset(
    ("ai", "collaboration", "consortium", "group", "inc", "inc.", "lab", "labs", "project", "team")
)
SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
"""Last words that are no family name: of a body of people; behind one."""


class Name(msgspec.Struct, frozen=True):
    """A name, in two parts where it is known which is which."""

    family: str
    """What it sorts under; all of a name that has no parts, such as an organization's."""
    given: str = ""

    @property
    def inverted(self) -> str:
        """The family name first, as "van der Maaten, Laurens"."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def natural(self) -> str:
        """The given name first, as "Laurens van der Maaten"."""
        return f"{self.given} {self.family}" if self.given else self.family


def name_of(text: str) -> Name:
    """Return the parts of a name in plain text, by BibTeX's rule.

    The last word is the family name, with the lower-case words before it; a comma divides the parts by
    itself. What is not plainly the name of one person stays whole.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    words = text.replace(",", " ").split()
    last = (family if comma else text).casefold().split()[-1:]
    if (
        not PERSON.fullmatch(" ".join(words))
        or {"and", "others"} & {word.casefold() for word in words}
        or {*last} & (COLLECTIVE | SUFFIXES)
        or "," in given
    ):
        return Name(text)
    if comma:
        return Name(family, given) if family and given else Name(text)
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))
