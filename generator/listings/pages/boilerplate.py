"""What the pages of Hugging Face say around their papers."""

import re

from msgspec import structs

from generator.listings.entry import BLANK, Line, Listing
from generator.listings.pages.days import leads_to_days

DAILY_PAGE = "byAK and the research community"
SIMILAR_PAGE = "Get trending papers in your email inbox once a day!"
BOILERPLATE = frozenset(
    {
        DAILY_PAGE,
        SIMILAR_PAGE,
        "Get trending papers in your email inbox!",
        "About",
        "AK",
        "Careers",
        "System theme",
        "References",
        "and the research community",
        "by",
        "by AK",
        "Buckets",
        "Buckets new",
        "Collections",
        "Community",
        "Company",
        "Daily",
        "Daily Papers",
        "Datasets",
        "Docs",
        "Enterprise",
        "Hugging Face",
        "Hugging Face's logo",
        "Inference Providers",
        "Load more",
        "Log In",
        "Models",
        "Monthly",
        "new",
        "Next",
        "Papers",
        "Previous",
        "Pricing",
        "Privacy",
        "Sign Up",
        "Spaces",
        "Submitted by",
        "Subscribe",
        "TOS",
        "Trending",
        "Trending Papers",
        "View all",
        "Website",
        "Weekly",
    }
)
"""Lines that are no paper's, wherever on a page and however often."""
SENTENCES = ("Get trending papers in your email", DAILY_PAGE)
"""How a page begins; a text that begins so is no title, whatever a wrap without blank lines joined to it."""
LABELS = frozenset(
    {"arXiv Page", "arXiv page", "GitHub", "Paper page", "PDF", "Project page", "Upvote", "View PDF"}
)
"""Lines that belong to the paper above, and name what a button of its does."""
GLUED = re.compile(r"Subscribe(?=\S)(?!(?:d|rs?)\b)")
"""A button's text that a capture glued to the title behind it. "Subscribed" and "Subscribers" are words."""

MAKER = re.compile(r"(?:#{1,6} )?by(?:AK|\b).{0,200}\band the research community")
"""The daily page's makers, with marks of links and pictures: ``## by[AK][30] and the research community``."""
_MARK = r"(?:[-*+•]\s+)?"
_OTHER = re.compile(
    r"[-=_*~\u2500\u2501]{3,}|[*+‣▪●○◦!]"  # a rule; the mark of an empty item or of a picture that was cut
    rf"|{_MARK}!?\[[^\[\]]{{0,60}}\]"  # a picture's place: [logo]
    r"|(?:</?[a-z][^<>]{0,100}>)+"  # an anchor
    r"|Submitted by \S{1,40}(?: on .{6,12})?"
    r"|Load \d+ more.{0,20}|\S{1,30}(?: \S{1,30})?['\u2019]s logo"
    r"|(?:Title: )?(?:Daily|Trending) Papers - Hugging Face"
    r"|URL Source: \S+|Markdown Content:|Published Time: .{,40}"
    r"|\[?(?:Content|Text) truncated\]?"
    r"|(?:There are no|No) (?:\w{1,12} )?papers"
    r"(?: (?:found|yet|available|published))?(?: (?:for|on|today)\b.{,40})?[.!]?",
)
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\((?:https?:|data:|/)[^()\s]{0,5000}\)")
_FOOTER = re.compile(
    r"(?:(?:TOS|Privacy|About|Careers|Website|Models|Datasets|Spaces|Pricing|Docs|Company|Community|Enterprise"
    r"|System theme|Log In|Sign Up|Hugging Face|\[l\])\s*){3,20}"
)
"""Words of the page's foot or head, glued to one another or not: ``TOSPrivacyAboutCareers``."""
_FOOT = re.compile(r"(?:References|(?:Visible|Hidden) links:|(?:https?|file):\S*)?")
"""The list of a page's links, which ``lynx -dump`` appends."""
_BULLET = re.compile(r"[-*+•] +")


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is the page's own.

    YES::

        Daily Papers
        * Weekly
        ## by[AK][30] and the research community
        Submitted by akhaliq
        « Oct 1
        No papers found for this day.

    NO::

        Daily Papers of an Orchard
        akhaliq
    """
    text = text.replace("\u00a0", " ")
    if text in BOILERPLATE:
        return True
    if text[:1] in "-*+•" and _BULLET.sub("", text, count=1) in BOILERPLATE:
        return True
    forms = _OTHER, MAKER, _FOOTER
    return any(form.fullmatch(text) for form in forms) or leads_to_days(text)


def unglued_lines(listing: Listing) -> list[Line]:
    """Return the lines that are not blank, without a button's text before them and without pictures."""
    written = (_without_pictures(line) for line in listing.written())
    glued = ((line, GLUED.match(line.text)) for line in written if line.text)
    return [line._replace(text=line.text[match.end() :]) if match else line for line, match in glued]


def _without_pictures(line: Line) -> Line:
    """Return a line without the pictures that Markdown places in it: ``![A logo](https://a.b/c.png)``."""
    if "![" not in line.text:
        return line
    return line._replace(text=" ".join(_PICTURE.sub(" ", line.text).split()).strip(BLANK))


def without_foot(listing: Listing) -> Listing:
    """Return the listing without the addresses, not numbered, that ``lynx -dump`` lists at its end."""
    rows = [row.strip(BLANK) for row in listing.lines]
    end = next((index for index in range(len(rows), 0, -1) if not _FOOT.fullmatch(rows[index - 1])), 0)
    foot = next((index for index in range(end, len(rows)) if rows[index][:1] in ("R", "V", "H")), None)
    return listing if foot is None else structs.replace(listing, lines=listing.lines[:foot])
