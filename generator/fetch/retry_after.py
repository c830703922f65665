"""``Retry-After``: a number of seconds, or a day and time (RFC 9110, 10.2.3)."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime


def seconds_of(value: str) -> float | None:
    """Return in how many seconds a server wants to be asked again; None where it does not say.

    PASS: ``120``, ``Fri, 31 Dec 1999 23:59:59 GMT``
    FAIL: ``soon``, ``-5``
    """
    if re.fullmatch("[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=dt.UTC)
    return max(0.0, (then - dt.datetime.now(dt.UTC)).total_seconds())
