"""Links and images that lead nowhere, and the address that may have been meant."""

import pytest

from generator.website.dead_links import dead_links, path_on_site

URL = "https://digest.example/base/"
PATHS = {
    *("index.html", "papers/alpha/index.html", "papers/beta/index.html", "0123456xyz"),
    *("images/loss.png", "images/a/gain.png"),
}


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("[A](/papers/alpha/) [B](../beta/) [C](/) [D](https://else.example/x)", []),
        ("[A](/papers/alphas/?x#y)", [("/papers/alphas/?x#y", "/papers/alpha/")]),
        (f"[A]({URL}papers/alphas)", [(f"{URL}papers/alphas", "/papers/alpha/")]),
        ("[A](/0123456abc)", [("/0123456abc", "/0123456xyz")]),  # alike to 70 %
        ("[A](/012345abcd)", [("/012345abcd", "")]),
        ("![A](/images/loss.png) ![B](/images/los.png)", [("/images/los.png", "/images/loss.png")]),
        ("![A](/images/b/gain.png)", [("/images/b/gain.png", "/images/a/gain.png")]),
    ],
)
def test_a_dead_link_is_found_with_the_address_most_like_it(text: str, dead: list[tuple[str, str]]) -> None:
    assert [*dead_links(text, "papers/beta/", PATHS, URL)] == dead


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        (URL, "index.html"),
        ("../../", "index.html"),
        ("/picks/?a#b", "picks"),
        ("x%20y.png", "papers/beta/x y.png"),
        ("../../../up.png", "up.png"),
        ("", None),
        ("#place", None),
        ("?query", None),
        ("//else.example/", None),
        ("mailto:ann@example.org", None),
    ],
)
def test_a_target_is_a_path_on_the_site_or_none(target: str, path: str | None) -> None:
    assert path_on_site(target, "papers/beta/", URL) == path
