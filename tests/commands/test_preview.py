"""What subscribers will see, and what a build must not lose once it was published."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import Popen
from threading import Thread
from urllib.parse import parse_qs

import feedparser
import pytest

from generator.commands.build import build
from generator.commands.let_go import let_go
from generator.commands.preview import mark_published, preview
from generator.problem import has_error
from generator.publication.news import FeedNews
from generator.website.pages import since
from tests.support.digest import Write
from tests.support.program import Broadsheet

pytestmark = pytest.mark.slow

TWO = """
== content/papers/a.yaml
title: Alpha
id: a
author_count: 2
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
themes: [data]
== content/papers/b.yaml
title: Beta
id: b
author_count: 1
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 2}
themes: [data]
"""


@pytest.fixture
def root(digest: Write) -> Path:
    """Return a digest that is marked as published."""
    folder = digest(TWO)
    assert not preview(folder).marked
    mark_published(folder)
    return folder


def edit(root: Path, slug: str, old: str, new: str) -> None:
    path = root / f"content/papers/{slug}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def news(root: Path) -> dict[str, FeedNews]:
    return {found.feed: found for found in preview(root).news}


def identity(name: str) -> str:
    return f"tag:digest.example,2025:{name}"


def test_nothing_is_new_once_it_is_marked(root: Path) -> None:
    assert preview(root).news == ()
    assert preview(root).problems == ()


def test_marking_twice_is_marking_once(root: Path) -> None:
    before = (root / "content/published.jsonl").read_bytes()
    mark_published(root)
    assert (root / "content/published.jsonl").read_bytes() == before


def test_a_mended_typo_is_news_to_nobody(root: Path) -> None:
    edit(root, "a", "Alpha", "Alfa")
    assert news(root) == {}


def test_a_correction_updates_the_entry_in_each_feed_that_has_it(root: Path) -> None:
    edit(root, "a", "id: a", "id: a\nchanges:\n- {date: 2025-11-02, text: The title was wrong.}")
    found = news(root)
    assert found["feeds/papers"] == FeedNews(
        feed="feeds/papers",
        paths=("feed.xml", "feeds/papers.atom.xml", "feeds/papers.json"),
        updated=(identity("a"),),
    )
    assert found["feeds/corrections"].new == (identity("a/changes/2025-11-02"),)


def test_a_new_paper_is_new_in_the_feeds_it_enters(root: Path, digest: Write) -> None:
    digest("\n== content/papers/c.yaml\ntitle: New\nlisted: [{listing: y, issue: 2025-10-31, position: 1}]\n")
    assert news(root)["feeds/papers"].new == (identity("c"),)
    assert "feeds/themes/data/papers" not in news(root)


def test_a_pick_that_is_taken_back_and_given_again_is_seen_again(root: Path) -> None:
    for slug in ("a", "b"):
        edit(root, slug, f"id: {slug}", f"id: {slug}\npick: true")
    mark_published(root)
    edit(root, "a", "pick: true", "pick: false")
    assert "feeds/picks" not in news(root)
    mark_published(root)
    edit(root, "a", "pick: false", "pick: true")
    assert news(root)["feeds/picks"].again == (identity("a"),)


class TestLoss:
    """What was published stays, or the build stops."""

    def test_of_a_paper_stops_the_build_and_names_what_would_vanish(self, root: Path, tmp_path: Path) -> None:
        build(root, tmp_path / "site")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, tmp_path / "site")
        [problem] = report.problems
        assert problem.message == (
            "papers/a/ was published and would vanish, 2 addresses and 1 feed entry: its record is gone."
        )
        assert problem.hint == (
            "Restore the record, lead its address to another paper with `formerly: [a]` in that paper's "
            'record, or let it go: broadsheet let-go papers/a/ --why "..."'
        )
        assert (tmp_path / "site/papers/a/index.html").is_file()
        assert news(root)["feeds/papers"].vanished == (identity("a"),)

    def test_is_none_where_a_renamed_paper_names_its_former_slug(self, root: Path, tmp_path: Path) -> None:
        (root / "content/papers/a.yaml").rename(root / "content/papers/alpha.yaml")
        assert has_error(build(root, tmp_path / "site").problems)
        edit(root, "alpha", "id: a", "id: a\nformerly: [a]")
        assert not has_error(build(root, tmp_path / "site").problems)
        assert news(root) == {}

    def test_of_the_identity_of_a_renamed_paper_is_no_matter_of_its_address(self, root: Path) -> None:
        (root / "content/papers/a.yaml").rename(root / "content/papers/alpha.yaml")
        edit(root, "alpha", "id: a", "id: alpha\nformerly: [a]")
        [problem] = preview(root).problems
        assert problem.message.endswith("1 feed entry: its record no longer has what was published.")

    def test_is_none_of_a_page_that_goes_by_design(
        self, root: Path, digest: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(since, "LOOKS", 1)
        digest(
            "\n== content/papers/c.yaml\ntitle: New\nlisted: [{listing: y, issue: 2025-10-31, position: 1}]\n"
        )
        out = tmp_path / "site"
        assert not has_error(build(root, out).problems)
        assert [path.name for path in (out / "since").iterdir() if path.is_dir()] == ["2025-10-31"]
        marked = (root / "content/published.jsonl").read_text()
        assert '"since/"' in marked
        assert "since/2025" not in marked

    def test_keeps_the_site_from_being_marked(self, root: Path) -> None:
        before = (root / "content/published.jsonl").read_bytes()
        (root / "content/papers/a.yaml").unlink()
        assert has_error(mark_published(root).problems)
        assert (root / "content/published.jsonl").read_bytes() == before

    @pytest.mark.parametrize("field", ["hide", "draft"])
    def test_of_a_paper_that_is_kept_back_names_the_line_that_does(self, root: Path, field: str) -> None:
        edit(root, "a", "id: a", f"id: a\n{field}: true")
        [problem] = preview(root).problems
        assert problem.location.path == "content/papers/a.yaml"
        assert problem.message.endswith(f"2 addresses and 1 feed entry: its record says `{field}: true`.")

    def test_is_none_of_a_month_or_year_whose_last_paper_went(self, digest: Write, tmp_path: Path) -> None:
        root = digest(
            """
== content/papers/old.yaml
title: Old
published: 2011-06-09
listed: [{listing: x, issue: 2024-10-30}]
themes: [data]
== content/papers/new.yaml
title: New
published: 2025-10-01
listed: [{listing: x, issue: 2025-10-30}]
themes: [data]
== content/papers/of-the-day.yaml
title: Of the same day
listed: [{listing: x, issue: 2024-10-30}]
"""
        )
        mark_published(root)
        edit(root, "old", "title: Old", "title: Old\nhide: true")
        assert [problem.location.path for problem in preview(root).problems] == ["content/papers/old.yaml"]
        let_go(root, ["papers/old/"], "Wrong.")
        assert preview(root).problems == ()

    def test_of_a_kind_of_files_is_one_error_that_names_the_setting(self, root: Path) -> None:
        site = root / "content/site.yaml"
        site.write_text(site.read_text() + "outputs: {mail_pages: false, paper_api: false}\n")
        told = preview(root).problems
        assert [problem.location.path for problem in told] == ["content/site.yaml"] * 2
        assert told[1].message.startswith("issues/*/mail/ was published and would vanish, 1 address: `mail_")
        assert told[1].hint == (
            'Set `mail_pages: true`, or let it go: broadsheet let-go "issues/*/mail/" --why "..."'
        )
        let_go(root, ["issues/*/mail/", "api/v1/papers/*.json"], "Too many files.")
        assert preview(root).problems == ()

    def test_of_a_theme_is_one_error_that_names_it(self, root: Path) -> None:
        path = root / "content/themes.yaml"
        path.write_text(path.read_text().replace("slug: models", "slug: large-models"))
        [problem] = preview(root).problems
        assert problem.location.path == "content/themes.yaml"
        assert problem.message.startswith(
            "themes/models/ was published and would vanish, 11 addresses: there"
        )
        assert "`formerly: [models]`" in problem.hint

    def test_of_several_papers_is_told_of_each_and_let_go_by_what_the_hints_say(
        self, root: Path, tmp_path: Path, broadsheet: Broadsheet
    ) -> None:
        (root / "content/papers/a.yaml").unlink()
        edit(root, "b", "id: b", "id: b\nhide: true")
        while problems := [
            problem for problem in build(root, tmp_path / "site").problems if has_error([problem])
        ]:
            for problem in problems:
                command = problem.hint.partition("broadsheet ")[2].replace('"..."', "Its authors asked.")
                done = broadsheet(
                    *command.partition(" --why ")[0].split(), "--why", "Its authors asked.", "--root", root
                )
                assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "site/index.html").is_file()

    def test_is_let_go_by_a_command_that_keeps_the_reason(
        self, root: Path, tmp_path: Path, broadsheet: Broadsheet
    ) -> None:
        (root / "content/papers/a.yaml").unlink()
        done = broadsheet("let-go", "papers/a/", "--why", "A double.", "--root", root)
        assert done.stdout == "papers/a/ may vanish: 2 addresses, 1 feed entry\n"
        kept = (root / "content/published.jsonl").read_text()
        assert '{"url":"papers/a/","let_go":"A double."}' in kept
        assert not has_error(build(root, tmp_path / "site").problems)
        mark_published(root)
        assert (root / "content/published.jsonl").read_text().count("A double.") == 3

    def test_of_what_is_still_there_or_never_was_cannot_be_let_go(self, root: Path) -> None:
        before = (root / "content/published.jsonl").read_bytes()
        told = let_go(root, ["papers/a/", "papers/z/"], "No.").problems
        assert [(problem.message, problem.hint) for problem in told] == [
            (
                "papers/a/ is not about to vanish.",
                "Remove it first: delete its record, or write `hide: true` there.",
            ),
            ("papers/z/ was never published.", "`broadsheet preview` names what would vanish."),
        ]
        assert (root / "content/published.jsonl").read_bytes() == before
        (root / "content/papers/a.yaml").unlink()
        [problem] = let_go(root, ["papers/z/"], "No.").problems
        assert problem.hint == "Did you mean papers/a/?"
        assert [loss.owner for loss in let_go(root, [identity("a")], "A double.").losses] == ["papers/a/"]

    def test_that_was_let_go_and_is_undone_is_seen_again_and_says_so(self, root: Path) -> None:
        edit(root, "a", "id: a", "id: a\nhide: true")
        let_go(root, ["https://digest.example/base/papers/a/"], "A double.")
        mark_published(root)
        edit(root, "a", "hide: true", "hide: false")
        assert [problem.message for problem in preview(root).problems] == [
            "papers/a/ was let go and is shown again. It had been let go because: A double."
        ]
        assert news(root)["feeds/papers"].again == (identity("a"),)
        mark_published(root)
        assert preview(root).problems == ()
        assert news(root) == {}

    def test_is_none_of_the_page_of_unsorted_papers_once_all_have_themes(self, root: Path) -> None:
        edit(root, "a", "themes: [data]", "themes: []")
        mark_published(root)
        edit(root, "a", "themes: []", "themes: [data]")
        assert preview(root).problems == ()

    def test_of_the_record_itself_is_told_with_its_line(self, root: Path, tmp_path: Path) -> None:
        path = root / "content/published.jsonl"
        path.write_text(path.read_text() + '{"url": 3}\n')
        [problem] = build(root, tmp_path / "site").problems
        assert str(problem.location).startswith("content/published.jsonl:")


def without_entries(register: str) -> str:
    """Return a register as earlier versions wrote it: with days, and without entries of their own."""
    rows = [json.loads(line) for line in register.splitlines()]
    of_feeds = ({**row, "updated": row.pop("since")} for row in rows if "feed" in row)
    addresses = (row for row in rows if "url" in row and "id" not in row)
    return "".join(f"{json.dumps(row)}\n" for row in (*of_feeds, *addresses))


def test_a_register_of_days_without_entries_of_their_own_is_brought_up_to_date(root: Path) -> None:
    path = root / "content/published.jsonl"
    now = path.read_text()
    path.write_text(without_entries(now))
    assert (news(root), preview(root).problems) == ({}, ())
    (root / "content/papers/b.yaml").rename(root / "b.yaml")
    [problem] = preview(root).problems
    assert problem.message.startswith(
        "papers/b/ was published and would vanish, 2 addresses and 1 feed entry"
    )
    (root / "b.yaml").rename(root / "content/papers/b.yaml")
    mark_published(root)
    assert path.read_text() == now


def test_what_vanishes_from_such_a_register_can_be_let_go(root: Path) -> None:
    path = root / "content/published.jsonl"
    path.write_text(without_entries(path.read_text()))
    (root / "content/papers/b.yaml").unlink()
    assert let_go(root, ["papers/b/"], "A double.").problems == ()
    assert (preview(root).problems, identity("a") in path.read_text()) == ((), True)


def test_a_renamed_theme_goes_on_under_its_old_address(root: Path, tmp_path: Path) -> None:
    before = ids_in(root, tmp_path / "site", "data")
    for path in (root / "content/themes.yaml", *(root / "content/papers").iterdir()):
        path.write_text(
            path.read_text().replace("slug: data", "slug: corpora").replace("[data]", "[corpora]")
        )
    assert has_error(preview(root).problems)
    path = root / "content/themes.yaml"
    path.write_text(path.read_text().replace("title: Data", "title: Corpora\n  formerly: [data]"))
    assert ids_in(root, tmp_path / "site", "data") == ids_in(root, tmp_path / "site", "corpora") == before
    assert preview(root).problems == ()
    assert "feeds/themes/data/papers" not in news(root)
    assert [found.feed for found in preview(root).news if found.first] == ["feeds/themes/corpora/papers"]
    for page in ("", "2025/"):
        redirect = (tmp_path / f"site/themes/data/{page}index.html").read_text()
        assert f"themes/corpora/{page}" in redirect
        assert "This theme has another name now" in redirect


def ids_in(root: Path, out: Path, theme: str) -> list[str]:
    """Return the ids of a theme's feed and of its entries, once it is built."""
    assert not has_error(build(root, out).problems)
    feed = feedparser.parse((out / f"feeds/themes/{theme}/papers.atom.xml").read_bytes())
    return [feed.feed.id, *(entry.id for entry in feed.entries)]


def test_a_record_that_names_a_theme_by_its_old_slug_is_told_the_new_one(root: Path) -> None:
    path = root / "content/themes.yaml"
    path.write_text(path.read_text().replace("slug: data", "slug: corpora\n  formerly: [data]"))
    assert {problem.hint for problem in preview(root).problems} == {"It is called 'corpora' now."}


class TestTheHub:
    """WebSub: a real server takes the form."""

    def test_is_told_of_the_feeds_that_have_something_new(self, root: Path) -> None:
        with hub(204) as (url, forms):
            set_hub(root, url)
            mark_published(root)
            assert forms == []
            edit(root, "a", "id: a", "id: a\npick: true")
            assert mark_published(root).problems == ()
        [form] = forms
        assert form["hub.mode"] == ["publish"]
        picks = [f"https://digest.example/base/feeds/picks{end}" for end in (".xml", ".atom.xml", ".json")]
        assert {*picks} <= {*form["hub.url"]}
        assert "https://digest.example/base/feed.xml" not in form["hub.url"]

    @pytest.mark.slow
    def test_is_told_by_the_next_run_if_one_is_killed_once_the_site_is_marked(self, root: Path) -> None:
        edit(root, "a", "id: a", "id: a\npick: true")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            set_hub(root, f"http://127.0.0.1:{silent.getsockname()[1]}/")
            command = [sys.executable, "-m", "generator", "mark-published"]
            with Popen(command, cwd=root) as process, silent.accept()[0]:
                process.kill()
        assert news(root) == {}
        with hub(204) as (url, forms):
            site = root / "content/site.yaml"
            site.write_text(re.sub("hub: .*", f"hub: {url}", site.read_text()))
            mark_published(root)
            mark_published(root)
        [form] = forms
        assert "https://digest.example/base/feeds/picks.xml" in form["hub.url"]

    def test_that_refuses_is_a_notice_and_the_site_is_marked(self, root: Path) -> None:
        with hub(500) as (url, _):
            set_hub(root, url)
            edit(root, "a", "id: a", "id: a\npick: true")
            [problem] = mark_published(root).problems
        assert problem.message.startswith(f"The hub {url} was not notified of new entries: it says 500")
        assert not has_error([problem])
        assert news(root) == {}

    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("http://[::1", "no server can have this address"),
            ("http://../hub", "no server can have this address"),
            ("http://127.0.0.1:1/h\u00fcb", "no server can have this address"),
            ("http://127.0.0.1:1/", "Connection refused"),
            ("http://127.0.0.1:x/", "no server can have this address"),
        ],
    )
    def test_that_cannot_be_one_is_a_notice(self, root: Path, url: str, why: str) -> None:
        set_hub(root, f'"{url}"')
        edit(root, "a", "id: a", "id: a\npick: true")
        [problem] = mark_published(root).problems
        assert problem.message == f"The hub {url} was not notified of new entries: {why}."

    def test_is_named_in_each_format(self, root: Path, tmp_path: Path) -> None:
        set_hub(root, "https://hub.example/")
        build(root, tmp_path / "site")
        for path in ("feed.xml", "feeds/papers.atom.xml"):
            links = feedparser.parse((tmp_path / "site" / path).read_bytes()).feed.links
            assert [link.href for link in links if link.rel == "hub"] == ["https://hub.example/"]
        feed = json.loads((tmp_path / "site/feeds/papers.json").read_bytes())
        assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def set_hub(root: Path, url: str) -> None:
    path = root / "content/site.yaml"
    path.write_text(f"{path.read_text()}hub: {url}\n")


@contextmanager
def hub(status: int) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """Serve a hub that answers with a status; yield its URL and the forms that it gets."""
    forms: list[dict[str, list[str]]] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hub", forms
        server.shutdown()


def test_preview_says_what_no_feed_shows(digest: Write, broadsheet: Broadsheet) -> None:
    listed = "".join(
        f"\n== content/papers/p{n}.yaml\ntitle: T\nlisted: [{{listing: x, issue: {day}, position: {n}}}]\n"
        for day, numbers in (("2025-10-30", range(50)), ("2025-09-01", range(50, 72)))
        for n in numbers
    )
    root = digest(listed + "\n== content/papers/u.yaml\ntitle: T\nlisted: [{listing: x}]\n")
    done = broadsheet("preview", "--root", root)
    assert "feeds/papers                            50 new, 22 new in no feed\n" in done.stdout
    assert "1 new paper without an issue date, in no feed:\n  papers/u/\n" in done.stdout


def test_the_command_says_feed_by_feed_what_comes_and_ends_with_1_on_a_loss(
    root: Path, broadsheet: Broadsheet
) -> None:
    assert broadsheet("preview", "--root", root).stdout == "Subscribers will see nothing new.\n"
    edit(root, "a", "id: a", "id: a\npick: true")
    done = broadsheet("preview", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "feeds/picks                             1 new\n" in done.stdout
    (root / "content/papers/a.yaml").unlink()
    assert broadsheet("preview", "--root", root).returncode == 1
    assert broadsheet("mark-published", "--root", root).returncode == 1
