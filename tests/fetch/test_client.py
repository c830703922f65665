"""Questions over real HTTP, to a server that errs, dawdles, floods and misleads."""

import gzip
import time
from collections.abc import Iterator

import pytest
import stamina

from generator.fetch.client import LARGEST, Answer, Client, Failure, Patience
from generator.fetch.requests import Request
from tests.support.sources import Servers, body, daily_papers, half, in_pieces, rss, running, status

pytestmark = pytest.mark.slow

PAPERS = rss([1, 2])


@pytest.fixture
def servers() -> Iterator[Servers]:
    with running() as servers:
        yield servers


def get(servers: Servers, path: str = "/a", known: Answer | None = None, pause: float = 0.0) -> Answer | str:
    """Return what is answered at a path, or the reason why nothing is; without waits between attempts."""
    request = Request(url=f"{servers.url}{path}", file="a.xml", service="a", pause=pause)
    patience = Patience(silence=0.3, whole=0.6, attempts=3)
    with stamina.set_testing(True, attempts=3, cap=True), Client("broadsheet/1", patience) as client:
        found = client.get(request, known)
    return found.reason if isinstance(found, Failure) else found


def test_an_answer_comes_with_what_tells_the_next_one_from_it(servers: Servers) -> None:
    servers.at("/a", body(PAPERS, ETag='"1"', Last_Modified="Mon, 27 Apr 2026 04:00:00 GMT"))
    answer = Answer(PAPERS.encode(), '"1"', "Mon, 27 Apr 2026 04:00:00 GMT")
    assert get(servers) == answer
    assert get(servers, known=answer) == Answer(None)
    assert servers.asked[0].headers["User-Agent"] == "broadsheet/1"
    assert servers.asked[1].headers["If-Modified-Since"] == answer.last_modified


def test_an_etag_that_cannot_be_sent_back_is_forgotten(servers: Servers) -> None:
    servers.at("/a", body(PAPERS, ETag='"\xe9"'))
    assert get(servers) == Answer(PAPERS.encode())


@pytest.mark.parametrize(
    "first",
    [
        *(status(code) for code in (408, 425, 429, 500, 502, 503, 504)),
        half(PAPERS),
        body(PAPERS[:-20]),
        body(daily_papers([1])[:-20]),
        body(""),
        body(b"\x1f\x8b no gzip", Content_Encoding="gzip"),
        in_pieces(1, 0.5),
    ],
)
def test_what_fails_for_now_is_asked_again(servers: Servers, first: object) -> None:
    assert callable(first)
    servers.at("/a", first, body(PAPERS))
    assert get(servers) == Answer(PAPERS.encode())
    assert len(servers.asked) == 2


@pytest.mark.parametrize(
    ("answer", "times", "reason"),
    [
        (status(503), 3, "the server answered 503 Service Unavailable"),
        (status(404), 1, "the server answered 404 Not Found"),
        (
            status(503, Retry_After="3600"),
            1,
            "the server answered 503 Service Unavailable and asks to wait 3600",
        ),
        (
            status(503, Retry_After="61"),
            1,
            "the server answered 503 Service Unavailable and asks to wait 61 seconds",
        ),
        (half(PAPERS), 3, "its answer is cut off or damaged"),
        (body(""), 3, "its answer is empty"),
        (in_pieces(1, 0.5), 3, "the server did not answer in time"),
        (in_pieces(20, 0.1), 1, "its answer took longer than 0.6 seconds"),
        (in_pieces(50, 0.0, 1 << 20), 1, "its answer is larger than 32 MB"),
        (
            body(gzip.compress(bytes(LARGEST + 1)), Content_Encoding="gzip"),
            1,
            "its answer is larger than 32 MB",
        ),
        (status(302, Location="/a"), 6, "it redirects more than 5 times"),
        (status(302, Location="http://localhost:1/"), 1, "it redirects to http://localhost:1/"),
        (status(302, Location="http://127.0.0.1:1/"), 1, "it redirects to http://127.0.0.1:1/"),
        (status(302, Location="file:///etc/passwd"), 1, "it redirects to file:"),
        (status(302, Location="gopher://127.0.0.1/"), 1, "it redirects to gopher://127.0.0.1/"),
    ],
)
def test_a_failure_says_why(servers: Servers, answer: object, times: int, reason: str) -> None:
    assert callable(answer)
    servers.at("/a", answer)
    found = get(servers)
    assert isinstance(found, str)
    assert found.startswith(reason)
    assert len(servers.asked) == times


def test_a_server_that_is_not_there_is_a_failure(servers: Servers) -> None:
    servers.url = "http://127.0.0.1:1"
    assert str(get(servers)).startswith("the server cannot be reached")
    servers.url = "http://[::1"
    assert str(get(servers)).startswith("its address is not one")


def test_a_redirect_within_the_host_is_followed(servers: Servers) -> None:
    servers.at("/a", status(301, Location="/b"))
    servers.at("/b", body(PAPERS))
    assert get(servers) == Answer(PAPERS.encode())


def test_a_service_is_asked_no_sooner_than_after_its_pause(servers: Servers) -> None:
    servers.at("/a", status(301, Location="/b"))
    servers.at("/b", status(500), body(PAPERS))
    began = time.monotonic()
    get(servers, pause=0.3)
    assert all(asked.time - began >= number * 0.3 for number, asked in enumerate(servers.asked))


def test_it_is_asked_again_when_the_server_says(servers: Servers) -> None:
    servers.at("/a", status(429, Retry_After="2"), body(PAPERS))
    request = Request(url=f"{servers.url}/a", file="a.xml", service="a")
    with Client("broadsheet/1", Patience()) as client:
        assert isinstance(client.get(request), Answer)
    first, second = servers.asked
    assert second.time - first.time >= 2  # where a server does not say, it is asked again sooner


@pytest.mark.parametrize(
    ("variable", "value"), [("ALL_PROXY", "socks5://127.0.0.1:1"), ("SSL_CERT_FILE", "/nowhere")]
)
def test_a_proxy_or_certificate_that_cannot_be_used_is_a_failure(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert str(get(servers)).startswith("the environment's proxy or certificates cannot be used (")
    assert servers.asked == []
