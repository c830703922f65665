"""Tell titles from abstracts, and whole ones from parts, by how they begin and end."""

import re

DASHES = "\u2013\u2014-"
BULLETS = f"•·∙⋅‣▪●○◦*+{DASHES}"
"""Marks of the items of a list."""
LONGEST_TITLE = 1_000
LONGEST_USUAL_TITLE = 200
"""The longest seen has 183 characters; what is longer is a title only if no sentence ends within it."""
WORDS_OF_A_SHORT_TITLE = 5
_FULL_STOPS = (".", "\u2026", "\u3002")
_CLOSING = "\"'\u2019\u201d\u00bb)]}*_"
LIST = re.compile(
    rf"[{re.escape(BULLETS)}](?:\s|\Z)"  # a bullet
    r"|\(?(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])[.)]\s"  # a number of a list
)
_MARK = re.compile(
    r"#{1,6}(?:\s|\Z)"  # a heading
    r"|[\])},.;:%]|\[\s*\Z|!?\[[^\[\]]*\](?:[(\[]|\Z)"  # a link, or what ends one; what goes on after a word
    r"|\[[0-9]{1,5}\]"  # the number of a link
)
_CUT_LINK = re.compile(
    r"\]\([^()\s]*\Z"  # a link that nothing closes
    r"|https?:?/?/?\Z|https?://[^\s./]*\Z|https?://(?:www\.)?(?:github|huggingface)\.?(?:com?)?/?\Z"
)
_SENTENCE_ENDS = re.compile(r"[a-z)][.?!]\s+[A-Z]|\u3002.")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=[\s,;)'\"]|[.?!]?(?:\s|\Z))")
_SECTIONS = (
    r"(?:background|introduction|motivation|objectives?|aims?|purpose|significance"
    r"|(?:materials and )?methods?|methodology|approach|experiments|evaluation|results?|findings"
    r"|discussion|conclusions?|summary|limitations?|contributions?|broader impact|future work|tl;?dr"
    r"|keywords|key words|highlights|code|data|project (?:page|website)|website|demo"
    r"|takeaways?(?: for \w+)?|why (?:it|this) matters|how (?:it|this) works|what we release)"
)
_SECTION = re.compile(
    rf"(?:[0-9]{{1,2}}[.)]? |(?:our )?(?:key|main) |our (?!contrib))?{_SECTIONS}"
    rf"(?: (?:and|&) {_SECTIONS}| availability)?[.:]?",
    re.IGNORECASE,
)
_REFERS_TO_ABOVE = re.compile(
    r"(?:However|Moreover|Furthermore|In addition|Additionally|Therefore|Thus|Hence|Consequently|Specifically"
    r"|In contrast|Conversely|Finally|Nevertheless|As a result|For (?:example|instance)|Meanwhile"
    r"|To (?:this end|(?:address|tackle|solve|overcome|mitigate|bridge|fill) (?:this|these|it)))\b"
    r"|(?:Their|Its|They|Our (?:results|method|code)|(?:Extensive|Our) experiments"
    r"|Experimental results)\s"
)
_PERSON = (
    r"[^\W\d_a-z][\w.'\u2019-]*"
    r"(?: (?:(?:van|von|de|der|den|del|di|da|la|le|el|al|bin|dos) )*[^\W\d_a-z][\w.'\u2019-]*){1,3}"
)
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:,|;| and| &|, and) {_PERSON})*(?:,? et al\.?|, ?\.\.\.)?")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+")
_SIGN_OF_A_TITLE = re.compile(r"[%.]\w")
_LINKS_WORDS = re.compile(r"(?:an?|and|as|at|by|for|from|in|of|on|or|than|that|the|to|via|which|with)\s")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def begins_as_continuation(text: str) -> bool:
    """Tell whether a text begins as no title does: with a bullet, a lower-case word, a mark of a link.

    CONTINUATION::

        - First, we count citations.
        of Any Length
        ](https://huggingface.co/papers/2606.00001)

    TITLE::

        xPear: A Fruit
        h-calibration: A Text
        3D Pears
    """
    if LIST.match(text) or _MARK.match(text):
        return True
    word = _FIRST_WORD.match(text)
    return bool(word and word[0].islower())


def is_section(text: str) -> bool:
    """Tell whether a text is a heading within an abstract, such as ``Methods`` or ``Project Page``."""
    return bool(_SECTION.fullmatch(text))


def continues_prose(text: str) -> bool:
    """Tell whether a text begins with words that refer to a sentence above: ``However,`` or ``To this end``.

    Of 674 genuine abstracts none does.
    """
    return bool(_REFERS_TO_ABOVE.match(text))


def names_people(text: str) -> bool:
    """Tell whether a text may be a list of names: ``Ann Lee, Bob B. Ray and Carl van Orr``.

    So may be some titles: ``Layer Normalization``.
    """
    return bool(_PEOPLE.fullmatch(text))


def is_address(text: str) -> bool:
    """Tell whether a text is a URL and nothing else: it may end an abstract, but is none."""
    return bool(_ADDRESS.fullmatch(text))


def begins_in_lower_case(text: str) -> bool:
    """Tell whether a text begins with a lower-case word or a sign: ``teaching c``, ``%d Formats``.

    A title seldom does; what goes on from above mostly does.
    """
    word = _FIRST_WORD.match(text)
    return bool(_SIGN_OF_A_TITLE.match(text) or (word and word[0].islower() and not LIST.match(text)))


def links_words(text: str) -> bool:
    """Tell whether a text begins with a word that links it to one above: ``of Any Length``."""
    return bool(_LINKS_WORDS.match(text))


def is_capitalized(text: str) -> bool:
    """Tell whether half of the words of four letters or more begin with a capital, or know no capitals."""
    words = _LONG_WORD.findall(text)
    return sum(not word[0].islower() for word in words) * 2 >= len(words)


def is_mostly_capitalized(text: str) -> bool:
    """Tell whether a text has such words, and more than half of them do."""
    words = _LONG_WORD.findall(text)
    return sum(not word[0].islower() for word in words) * 2 > len(words)


def is_short_title(text: str) -> bool:
    """Tell whether a title has as few words as a heading has: ``Robotics``; of 332 genuine ones 24 do."""
    return len(text.split()) <= WORDS_OF_A_SHORT_TITLE


def reads_as_abstract(text: str) -> bool:
    """Tell whether a text is no title, by its end, or by its length unless it is capitalized."""
    if len(text) > LONGEST_USUAL_TITLE and not (has_length_of_title(text) and is_capitalized(text)):
        return True
    return ends_as_statement(text)


def has_length_of_title(text: str) -> bool:
    """Tell whether a text is short enough for a title, a long one if no sentence ends within it."""
    return len(text) <= LONGEST_USUAL_TITLE or (
        len(text) <= LONGEST_TITLE and not _SENTENCE_ENDS.search(text)
    )


def ends_as_statement(text: str) -> bool:
    """Tell whether a text ends with a full stop or a URL: titles may be questions, but hardly statements."""
    return _ends_with(_FULL_STOPS, text)


def ends_whole(text: str) -> bool:
    r"""Tell whether a text ends as a sentence does, or with a URL: one that was cut seldom does.

    WHOLE::

        We discuss what it misses, and why.
        Code is at \url{https://github.com/orchard/pears}

    CUT::

        Long recordings are hard to transcribe, since a model
    """
    return _ends_with((*_FULL_STOPS, "!", "?"), text)


def ends_in_link(text: str) -> bool:
    """Tell whether a text ends within a link or an address that leads nowhere: it was cut there.

    CUT::

        Code: https://f
        Code: https://github.com/
        See [our code](https://huggi
    """
    return bool(_CUT_LINK.search(text))


def _ends_with(marks: tuple[str, ...], text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(marks) or "://" in text.rsplit(maxsplit=1)[-1]
