"""Ask one question over HTTP, politely; return the whole answer, within bounds, or why there is none.

Temporary failures (RFC 9110: 408, 429, 5xx; lost connections, answers that are cut off) are tried again, when
``Retry-After`` says (10.2.3). A redirect is followed within the host, or to a part of it, and never from
https to http: the address in `site.yaml` says who is trusted.
"""

import time
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple, Self

import httpx
import stamina

from generator.fetch.answers import is_cut_off
from generator.fetch.requests import Request
from generator.fetch.retry_after import seconds_of

MOST_REDIRECTS = 5
LARGEST = 32 << 20
"""Bytes of an answer, unpacked."""
LONGEST_WAIT = 60.0
"""Seconds that a server may ask to wait; if it asks for more, the next run tries again."""
TEMPORARY = {408, 425, 429, 500, 502, 503, 504}


class Patience(NamedTuple):
    """How long answers may take."""

    silence: float = 30.0
    """Seconds without a byte."""
    whole: float = 120.0
    """Seconds for all of it."""
    attempts: int = 3


USUAL_PATIENCE = Patience()


class Answer(NamedTuple):
    """What a server answered."""

    data: bytes | None
    """None where nothing has changed since the answer that the question named (304)."""
    etag: str = ""
    last_modified: str = ""


class Failure(NamedTuple):
    """Why there is no answer."""

    reason: str
    """A clause, such as "the server answered 404 Not Found"."""
    status: int = 0
    """The status that was answered, if it says why."""


class _NoAnswerError(Exception):
    """There is no answer, and there will be no other."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


class _TemporaryError(_NoAnswerError):
    """There is no answer now."""

    def __init__(self, reason: str, delay: float | None = None) -> None:
        super().__init__(reason)
        self.delay = delay
        """Seconds after which the server asks to be asked again."""


class Client:
    """Asks servers, one question at a time; knows when it last asked each service."""

    def __init__(self, agent: str, patience: Patience) -> None:
        """Prepare to ask as a program of that name."""
        self._patience = patience
        self._last: dict[str, float] = {}
        self._client: httpx.Client | Failure
        try:
            self._client = httpx.Client(headers={"User-Agent": agent}, timeout=patience.silence)
        except (ImportError, OSError, ValueError, httpx.InvalidURL) as flaw:
            self._client = Failure(f"the environment's proxy or certificates cannot be used ({flaw})")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if isinstance(self._client, httpx.Client):
            self._client.close()

    def get(self, request: Request, known: Answer | None = None) -> Answer | Failure:
        """Return the answer to a request, or why there is none.

        `known` is an answer that is at hand: the server is asked for another only if it has one.
        """
        if isinstance(self._client, Failure):
            return self._client
        try:
            for attempt in stamina.retry_context(
                on=_delay_of, attempts=self._patience.attempts, timeout=None, wait_initial=1.0, wait_max=10.0
            ):
                with attempt:
                    answer = self._follow(self._client, request, _conditions(known))
        except httpx.InvalidURL as flaw:
            return Failure(f"its address is not one ({flaw})")
        except _NoAnswerError as flaw:
            return Failure(str(flaw), flaw.status)
        return answer

    def _follow(self, client: httpx.Client, request: Request, conditions: Mapping[str, str]) -> Answer:
        """Return the answer, maybe at another address of the same host."""
        url = httpx.URL(request.url)
        for _ in range(MOST_REDIRECTS + 1):
            self._pause(request)
            found = self._ask(client, url, conditions)
            if isinstance(found, Answer):
                return found
            _check_redirect(url, found)
            url = found
        message = f"it redirects more than {MOST_REDIRECTS} times"
        raise _NoAnswerError(message)

    def _pause(self, request: Request) -> None:
        """Wait until a service may be asked again."""
        if last := self._last.get(request.service):
            time.sleep(max(0.0, last + request.pause - time.monotonic()))
        self._last[request.service] = time.monotonic()

    def _ask(self, client: httpx.Client, url: httpx.URL, conditions: Mapping[str, str]) -> Answer | httpx.URL:
        """Return the answer of one address, or the address to which it redirects."""
        try:
            with client.stream("GET", url, headers=dict(conditions)) as response:
                if response.has_redirect_location:
                    return url.join(response.headers["Location"])
                if response.status_code == httpx.codes.NOT_MODIFIED and conditions:
                    return Answer(None)
                _check_status(response)
                data = self._read(response)
        except httpx.HTTPError as flaw:
            raise _TemporaryError(_in_words(flaw)) from flaw
        if is_cut_off(data):
            message = "its answer is cut off or damaged" if data else "its answer is empty"
            raise _TemporaryError(message)
        validators = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
        return Answer(data, *(value if value.isascii() else "" for value in validators))

    def _read(self, response: httpx.Response) -> bytes:
        """Return all of an answer that is neither too large nor too slow."""
        end = time.monotonic() + self._patience.whole
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > LARGEST:
                message = f"its answer is larger than {LARGEST >> 20} MB"
                raise _NoAnswerError(message)
            if time.monotonic() > end:
                message = f"its answer took longer than {self._patience.whole:g} seconds"
                raise _NoAnswerError(message)
        return bytes(data)


def _delay_of(flaw: Exception) -> bool | float:
    """Return whether to ask again, or after how many seconds."""
    if not isinstance(flaw, _TemporaryError):
        return False
    return True if flaw.delay is None else flaw.delay


def _conditions(known: Answer | None) -> dict[str, str]:
    """Return the headers that ask only for what has changed (RFC 9110, 13.1)."""
    values = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {name: value for name, value in values.items() if value}


def _check_status(response: httpx.Response) -> None:
    """Raise where a status says that this is no answer."""
    if response.status_code == httpx.codes.OK:
        return
    reason = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
    if response.status_code not in TEMPORARY:
        raise _NoAnswerError(reason, response.status_code)
    delay = seconds_of(response.headers.get("Retry-After", ""))
    if delay is not None and delay > LONGEST_WAIT:
        message = f"{reason} and asks to wait {delay:.0f} seconds"
        raise _NoAnswerError(message)
    raise _TemporaryError(reason, delay)


def _check_redirect(origin: httpx.URL, target: httpx.URL) -> None:
    """Raise where a redirect leads to another host, or to where nothing is encrypted any more."""
    hosts = sorted((origin.host, target.host), key=len)
    is_near = hosts[0] == hosts[1] or hosts[1].endswith(f".{hosts[0]}")
    is_as_safe = target.scheme == origin.scheme or (origin.scheme, target.scheme) == ("http", "https")
    if not (is_near and is_as_safe and target.port == origin.port):
        message = f"it redirects to {str(target)[:200]}"
        raise _NoAnswerError(message)


def _in_words(flaw: httpx.HTTPError) -> str:
    if isinstance(flaw, httpx.TimeoutException):
        return "the server did not answer in time"
    if isinstance(flaw, httpx.RemoteProtocolError | httpx.DecodingError):
        return "its answer is cut off or damaged"
    return f"the server cannot be reached ({flaw})" if str(flaw) else "the server cannot be reached"
