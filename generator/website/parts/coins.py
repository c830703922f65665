"""Write COinS, by which reference managers find the papers of a list on a page (OpenURL COinS, ocoins.info).

The format is Dublin Core's in Z39.88-2004, the only one with a type for preprints.
"""

from functools import lru_cache
from urllib.parse import quote_plus

from generator.model import Card
from generator.text import plain

FORMAT = "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.type=preprint"
AS_THEY_ARE = ":/"
"""Characters that a query need not encode (RFC 3986, 3.4). A space is "+", as in a form: it is shorter."""


@lru_cache(maxsize=1 << 14)  # a paper is in many lists
def coins(card: Card) -> str:
    """Return the context object of a paper; empty if neither title nor identifier is known."""
    title = card.title if card.stated is None else card.stated
    if card.provisional:
        title = ""
    if not (title or card.arxiv):
        return ""
    known = [FORMAT]
    if title:
        known.append(f"rft.title={quote_plus(plain(title), AS_THEY_ARE)}")
    if card.corporate:
        known.append(f"rft.aucorp={quote_plus(plain(card.byline), AS_THEY_ARE)}")
    if card.published:
        known.append(f"rft.date={card.published}")
    if card.arxiv:
        known.append(f"rft_id=https://arxiv.org/abs/{card.arxiv}")
    return "&".join(known)
