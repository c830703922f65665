"""Make a heading for a paper without a title, from what its abstract says that it introduces."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bet al\.)(?<=[.!?])\s+(?=[A-Z])")
_SAYS = re.compile(
    r"\b(?:we|(?:this|our|the) (?:paper|work|article|study|survey|report))(?: \w+ly)?(?: first)?"
    r" (?:introduc|propos|present|stud|develop|investigat)(?:es|e|s|y|ies)? (.+)",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(r"This (?:proposal|method|approach|framework) of (.+)")
_NAME = r"(?P<name>(?![A-Z]+s\b)(?=[\w-]*[A-Z][\w-]*[A-Z0-9])[A-Z][\w-]*\w)"
"""A word with two capitals, or with a capital and a digit, but no plural: PRIP, LeKUBE, Con-J, not LLMs."""
_ANY_NAME = r"(?P<name>[A-Z][\w-]*\w)"
_BARE = r"(?:(?:the|a|an|our|novel|new)\s+)*(?:\w+ (?:called|named|dubbed|termed) )?(?P<what>[^,;:()]{3,90}?)"
_ARTICLE = r"(?P<what>(?:an?|the)\s[^,;:()]{3,90}?)"
_PREPOSITIONS = "by", "for", "in", "of", "on", "with", "to", "from", "and", "or", "using", "via", "as"
_AFTER_NOUN = "".join(rf"(?<!\b{word})" for word in _PREPOSITIONS)
_NOUN = r"(?<!ed)(?<!ly)(?<!ive)(?<!able)(?<!ous)"
"""Where no adjective ends, behind which more of the words must come."""
_NAMED = tuple(
    map(
        re.compile,
        (
            rf"{_BARE}\s*\({_NAME}\)",
            rf"{_BARE},? i\.e\.,? {_NAME}",
            rf"{_ARTICLE},? (?:called|named|dubbed|termed|coined|namely) {_ANY_NAME}",
            rf"(?:the\s)?{_NAME}\s?(?:[,:]|--|—)\s?(?P<what>an?\s[^;()]{{3,120}}?{_NOUN})(?=[,;.]|\s(?:that|which)\s|$)",
            rf"{_ARTICLE}{_AFTER_NOUN} {_NAME}(?=[,;.]|$)",
        ),
    )
)
"""Long Name (ACR); Long Name, i.e. Name; a ... called Name; Name, a ...; a ... Name."""
_END = re.compile(r"[,;:]|\.$|\s(?:that|which|where|by|while|in order to|and (?:show|find|demonstrate))\s")
_NO_SUBJECT = re.compile(
    r"(?:that|how|what|which|and|or|the main|two|three|various|different|several|whether|if|why|it|this|these"
    r"|them|its|their|here|in|to|as)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:an?|the|and|of|for|in|new|novel|brand|simple|effective|efficient|general|generic|unified|principled|useful"
    r"|algorithm|approach|benchmark|dataset|framework|measure|methods?|models?|parameter|problem|protocol|remedy"
    r"|solution|strategy|system|task|techniques?)",
    re.IGNORECASE,
)
TELLING = 2
"""Words that a heading must have, besides those that any abstract has."""


def heading_of(abstract: str) -> str | None:
    """Return what an abstract says that its paper introduces; None if it does not say it.

    If that has a name, it comes first: "LexEval: A standardized comprehensive Chinese legal benchmark".
    """
    said = list(_objects(abstract))
    named = (_named(words) for words in said)
    subjects = (_subject(words) for words in said)
    return next(filter(None, named), None) or next(filter(None, subjects), None)


def _objects(abstract: str) -> Iterator[str]:
    """Yield what each sentence says that the paper introduces."""
    for sentence in _SENTENCE.split(" ".join(abstract.replace("**", "").split())):
        if found := _SAYS.search(sentence) or _PROPOSAL.match(sentence):
            yield found[1]


def _named(words: str) -> str | None:
    for form in _NAMED:
        if found := form.match(words):
            name, what = found["name"], found["what"]
            if re.fullmatch(_NAME, what):  # Name (Long Name)
                name, what = what, name
            return f"{name}: {_capitalised(what)}"
    return None


def _subject(words: str) -> str | None:
    found = _END.split(words, maxsplit=1)[0]
    if _NO_SUBJECT.match(found) or sum(not _GENERIC.fullmatch(word) for word in found.split()) < TELLING:
        return None
    return _capitalised(found)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
