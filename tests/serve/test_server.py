"""The live server over real HTTP: what it serves, what it refuses, and that no edit stops or misleads it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from errno import EMFILE
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest
from click import ClickException
from click.testing import CliRunner

from generator.cli.program import main
from generator.commands.build import build
from generator.engine.templates import SHIPPED
from generator.serve import guard
from generator.serve.editor import VSCODE
from generator.serve.server import FIRST_PORT, SCREENS, Options
from generator.serve.server import serve as serve_here
from generator.serve.session import Log
from tests.support.live_server import ALPHA, PATIENCE, SCRIPT, Serve, Server, edit, put, until
from tests.support.program import Broadsheet

pytestmark = pytest.mark.slow


def assert_served_as_built(root: Path, out: Path, server: Server) -> None:
    assert build(root, out).written > 20
    for file in (path for path in out.rglob("*") if path.is_file()):
        reply = server.get(f"/{file.relative_to(out).as_posix()}")
        assert (reply.status, reply.built) == (200, file.read_bytes()), file
        assert len(SCRIPT.findall(reply.body)) == (file.suffix == ".html"), file
        assert reply.headers["cache-control"] == "no-store"


@pytest.mark.slow
def test_what_is_served_is_what_is_built_plus_one_script(root: Path, serve: Serve, tmp_path: Path) -> None:
    server = serve(root)
    assert_served_as_built(root, tmp_path / "before", server)
    edit(root / ALPHA, "it is short", "it is long")
    server.until_shows("/papers/alpha/", "it is long")
    assert_served_as_built(root, tmp_path / "after", server)


@pytest.mark.slow
def test_the_shipped_digest_is_served_as_it_is_built(tmp_path: Path, serve: Serve) -> None:
    root = tmp_path / "digest"
    shutil.copytree(SHIPPED.parent / "content", root / "content")
    assert_served_as_built(root, tmp_path / "site", serve(root))


def test_addresses_and_content_types(root: Path, serve: Serve) -> None:
    server = serve(root)
    for path, type_ in {
        "/": "text/html; charset=utf-8",
        "/papers/alpha/": "text/html; charset=utf-8",
        "/sitemap.xml": "application/xml",
        "/static/style.css": "text/css; charset=utf-8",
        "/static/icon.svg": "image/svg+xml",
        "/robots.txt": "text/plain; charset=utf-8",
        "/-/client.js": "text/javascript; charset=utf-8",
    }.items():
        assert server.get(path).headers["content-type"] == type_
    assert server.get("/").body == server.get("/index.html").body
    moved = server.get("/papers/alpha?a=1&b=2")
    assert (moved.status, moved.headers["location"]) == (307, "/papers/alpha/?a=1&b=2")
    lost = server.get("/papers/nobody/")
    published = b'="https://digest.example/base/'
    assert (lost.status, lost.built) == (404, server.get("/404.html").built.replace(published, b'="/'))
    assert published not in lost.built
    head = server.get("/papers/alpha/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(server.get("/papers/alpha/").body)
    assert server.get("/", "POST").status == 405


def test_only_planned_paths_are_served(root: Path, serve: Serve) -> None:
    (root / "secret.txt").write_text("secret")
    server = serve(root)
    for path in (
        "/../secret.txt",
        "/papers/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/static/../../secret.txt",
        f"/{root}/secret.txt",
        "/content/site.yaml",
        "/%00",
        "/-/../secret.txt",
        "//evil.example/papers/alpha",
    ):
        assert server.get(path).status == 404, path


def test_other_hosts_names_are_refused(root: Path, serve: Serve) -> None:
    server = serve(root)
    for name in ("evil.example", "evil.example:80", f"127.0.0.1.evil.example:{server.port}", "", "[::2]:80"):
        reply = server.get("/papers/alpha/", Host=name)
        assert (reply.status, b"Alpha" in reply.body) == (403, False), name
        assert server.get("/-/events", Host=name).status == 403
    for name in ("localhost", f"localhost:{server.port}", "127.0.0.1", "[::1]:8000", "[::1]", "LOCALHOST:1"):
        assert server.get("/papers/alpha/", Host=name).status == 200, name


def test_with_the_option_host_it_answers_to_this_machines_names_and_addresses(
    root: Path, serve: Serve
) -> None:
    server = serve(root, "--host", "0.0.0.0")
    own = socket.gethostname()
    for name, status in (
        (f"{own}:8000", 200),
        (f"{own}.local", 200),
        ("192.168.1.7:8000", 200),
        ("localhost", 200),
        ("evil.example", 403),
        ("192.168.1.7.evil.example:80", 403),
    ):
        assert server.get("/", Host=name).status == status, name


def test_every_response_has_a_policy_and_is_not_sniffed(root: Path, serve: Serve) -> None:
    server = serve(root)
    paths = ("/", "/static/style.css", "/-/status", "/-/sources", "/-/client.js", "/_desk/", "/_desk/desk.js")
    for path, status in {**dict.fromkeys(paths, 200), "/nothing": 404}.items():
        reply = server.get(path)
        assert (reply.status, reply.headers["x-content-type-options"]) == (status, "nosniff"), path
        assert "script-src 'self'" in reply.headers["content-security-policy"], path
        assert "server" not in reply.headers
    assert "'unsafe-inline'" not in server.get("/_desk/").headers["content-security-policy"]


@pytest.mark.slow
def test_a_request_that_does_not_get_whole_is_given_up(root: Path, serve: Serve) -> None:
    server = serve(root)
    with socket.create_connection(("127.0.0.1", server.port)) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow")
        half.settimeout(guard.PATIENCE + 5)
        assert half.recv(1) == b""
    assert server.get("/").status == 200


def test_a_port_that_is_taken(root: Path, broadsheet: Broadsheet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = broadsheet("serve", "--root", root, "--port", port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "-p auto" in ended.stderr


def test_the_next_free_port_opens_in_the_browser_and_requests_are_printed(
    root: Path, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    other, server = serve(root, "-p", "auto"), serve(root, "-p", "auto", "-o", "-v")
    opened = tmp_path / "opened"
    until("a browser is opened", lambda: opened.exists() and opened.read_text())
    assert (FIRST_PORT <= other.port < server.port, opened.read_text()) == (True, f"{server.url}/\n")
    server.get("/papers/alpha/?a=%1B[31m")
    until("the request is printed", lambda: len(server.said) > 2)
    assert re.fullmatch(r"200 GET /papers/alpha/ \d+ ms\n", server.said[2])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-p", "http"), "'http' is not a port: a number from 0 to 65535, or auto."),
        (("-p", "65536"), "'65536' is not a port: a number from 0 to 65535, or auto."),
        (("-p", "65535", "--editor", "vim"), "'vim' is not an address with {path}, such as idea://open"),
        (("--editor", "{path}"), "'{path}' is not an address with {path}, such as idea://open"),
        (("--editor", "idea://open"), "'idea://open' is not an address with {path}, such as idea://open"),
    ],
)
def test_options_that_cannot_be_meant(root: Path, options: tuple[str, ...], words: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--root", str(root), *options])
    assert (done.exit_code, words in " ".join(done.output.split())) == (2, True), done.output


OPTIONS = Options(host="127.0.0.1", port=0, poll=False, opens_browser=False, editor=VSCODE, requests=False)


def test_a_system_that_reports_no_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(EMFILE, "inotify instance limit reached")

    monkeypatch.setattr("generator.serve.watcher.Observer", refuse)
    with pytest.raises(ClickException, match=r"inotify instance limit reached\. Serve with --poll\."):
        serve_here(root, OPTIONS, Log(print, print))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once_while_browsers_listen(
    root: Path, serve: Serve, number: signal.Signals
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the server inherits it
    server = serve(root)
    signal.signal(signal.SIGHUP, before)
    listening = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    listening.request("GET", "/-/events")
    response = listening.getresponse()
    assert (response.status, response.readline()) == (200, b"retry: 300\n")
    start = time.monotonic()
    assert server.stop(number) == 0
    assert time.monotonic() - start < 1.5
    assert response.read().endswith(b"data: changed\n\n")
    response.close()
    listening.close()
    assert server.complained == []


def test_it_serves_on_when_nobody_reads_what_it_says(root: Path) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().split()[2]
        process.stdout.close()
        for before, after in (("it is short", "it is long"), ("it is long", "it is wide")):
            edit(root / ALPHA, before, after)
            until("the edit is shown", partial(is_shown, f"{url}papers/alpha/", after))
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == ""


def is_shown(url: str, text: str) -> bool:
    with urlopen(url, timeout=PATIENCE) as page:
        return text in page.read().decode()


def test_an_edit_is_shown_and_logged(root: Path, serve: Serve) -> None:
    server = serve(root)
    until("the desk is named", lambda: server.said[1:])
    found = json.loads(server.get("/-/sources?path=/papers/alpha/").body)
    assert found[0]["link"] == f"vscode://file{root}/{ALPHA}:1:8"
    assert server.said == [
        f"Serving on {server.url}/ (Ctrl-C stops)\n",
        f"The desk is {server.url}/_desk/\n",
    ]
    edit(root / ALPHA, "it is short", "it is long")
    server.until_shows("/papers/alpha/", "it is long")
    line = until("the edit is logged", lambda: server.said[2:])[0]
    assert re.fullmatch(rf"changed, \d+ ms  {ALPHA}\n", line)
    edit(root / "content/site.yaml", "A Digest", "The Digest")
    server.until_shows("/papers/beta/", "The Digest")
    edit(root / "content/pages/about.md", "What this is", "What that is")
    server.until_shows("/about/", "What that is")
    (root / "templates").mkdir()
    (root / "templates/404.html").write_text("nowhere", "utf-8")
    assert server.until_shows("/nobody/", "nowhere").status == 404


def test_notices_are_counted_at_the_start_and_printed_after_an_edit_that_adds_them(
    root: Path, serve: Serve
) -> None:
    edit(root / ALPHA, "issue: 2025-10-30, ", "")
    edit(root / "content/papers/2025/beta.yaml", "author_count: 1", "author_count: one")
    server = serve(root)
    counted = until("notices are counted", lambda: server.said[2:])
    assert counted == ["1 notice. Run broadsheet check to list them.\n"]
    until("the error is printed", lambda: any("beta.yaml:2:15" in line for line in server.complained))
    assert not any(line.startswith("notice") for line in server.complained)
    edit(root / "content/papers/2025/gamma.yaml", "issue: 2025-10-29, ", "")
    until("the notice is printed", lambda: any("belongs to no issue" in line for line in server.complained))
    assert not any("alpha.yaml" in line for line in server.complained)


def test_without_a_screen_no_browser_is_opened(
    root: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    server = serve(root, "--open")
    line = "No browser could be opened. Open the address above yourself.\n"
    until("it is told", lambda: line in server.said)


def test_the_address_of_another_protocol_has_brackets(root: Path, serve: Serve) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    server = serve(root, "--host", "::1")
    assert server.url == f"http://[::1]:{server.port}"
    assert is_shown(f"{server.url}/papers/alpha/", "Alpha of the first kind")


def test_what_was_published_and_would_vanish_is_shown_when_no_more_edits_come(
    root: Path, serve: Serve
) -> None:
    register = root / "content/published.jsonl"
    register.write_text('{"url":"papers/gone/"}\n')
    server = serve(root)
    problem = until("the loss is shown", server.errors)[0]
    assert problem["message"].startswith("papers/gone/ was published and would vanish")
    put(register, '{"url":"papers/alpha/"}\n')
    until("no error is left", lambda: not server.errors())


def test_a_broken_record_keeps_its_last_good_page(root: Path, serve: Serve) -> None:
    server = serve(root, "--editor", "test:{path}:{line}:{column}")
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    problem = until("the error is there", lambda: server.errors("/papers/beta/"))[0]
    assert (problem["severity"], problem["location"]["path"]) == ("error", ALPHA)
    assert json.loads(server.get("/-/status").body)["links"] == [f"test:{root}/{ALPHA}:1:8"]
    assert "Alpha of the first kind" in server.get("/papers/alpha/").text
    edit(root / "content/papers/2025/beta.yaml", "title: Beta", "title: Better")
    server.until_shows("/papers/beta/", "Better")
    edit(root / ALPHA, "title: [Alpha", "title: Alphabet")
    server.until_shows("/papers/alpha/", "Alphabet of the first kind")
    assert server.errors() == []
    until("the end of errors is logged", lambda: "All errors are fixed.\n" in server.said)
    assert len([line for line in server.complained if line.startswith("error")]) == 1


def test_a_broken_template_keeps_its_last_good_pages(root: Path, serve: Serve) -> None:
    own = root / "templates/paper.html"
    own.parent.mkdir()
    own.write_text("<body>one {{ view.card.title }}</body>", "utf-8")
    server = serve(root)
    for broken in ("<body>two {% if %}", "<body>three {{ view.nothing }}", "<body>four {% extends 'no' %}"):
        put(own, broken)
        problem = until("the error is there", lambda: server.errors("/papers/beta/"))[0]
        assert problem["location"]["path"].startswith("templates/")
        assert server.get("/papers/beta/").built == b"<body>one Beta</body>"
        assert server.get("/").status == 200
    own.write_bytes(b"<body>\xc3")
    until("the error is there", lambda: "UTF-8" in str(server.errors("/papers/beta/")))
    own.write_text("<body>five {{ view.card.title }}</body>", "utf-8")
    server.until_shows("/papers/beta/", "five Beta")
    assert server.errors("/papers/beta/") == []
    shutil.rmtree(own.parent)
    server.until_shows("/papers/beta/", "An abstract of beta")


def test_a_start_on_broken_content_serves_the_rest(root: Path, serve: Serve) -> None:
    edit(root / ALPHA, "title: Alpha", "title: [Alpha")
    (root / "content/papers/2025/dangling.yaml").symlink_to("nowhere")
    server = serve(root)
    assert server.get("/papers/beta/").status == 200
    assert server.get("/papers/alpha/").status == 404
    assert len(server.errors("/papers/alpha/")) == 2
    edit(root / ALPHA, "title: [Alpha", "title: Alpha")
    server.until_shows("/papers/alpha/", "Alpha of the first kind")
    (root / "content/papers/2025/dangling.yaml").unlink()
    until("no error is left", lambda: not server.errors())


def test_a_start_without_settings_waits_for_them(root: Path, serve: Serve) -> None:
    good = (root / "content/site.yaml").read_text("utf-8")
    (root / "content/site.yaml").write_text("title: [", "utf-8")
    server = serve(root)
    reply = server.get("/papers/alpha/")
    assert (reply.status, len(SCRIPT.findall(reply.body))) == (500, 1)
    assert server.errors("/papers/alpha/")[0]["location"]["path"] == "content/site.yaml"
    (root / "content/site.yaml").write_text(good, "utf-8")
    server.until_shows("/papers/alpha/", "Alpha of the first kind")
    (root / "content/site.yaml").unlink()
    until("the error is there", server.errors)
    assert server.get("/papers/alpha/").status == 200


def test_an_editor_that_writes_by_rename(root: Path, serve: Serve) -> None:
    server = serve(root)
    text = (root / ALPHA).read_text("utf-8")
    for number in range(5):
        new = root / f"content/papers/2025/.alpha.{number}.tmp"
        new.write_text(text.replace("Alpha", f"Alpha{number}"), "utf-8")
        new.replace(root / ALPHA)
        server.until_shows("/papers/alpha/", f"Alpha{number} of the first kind")
    away = root / f"{ALPHA}~"  # as vim does with `backupcopy=no`
    for number in range(5, 10):
        (root / ALPHA).rename(away)
        (root / ALPHA).write_text(text.replace("Alpha", f"Alpha{number}"), "utf-8")
        server.until_shows("/papers/alpha/", f"Alpha{number} of the first kind")
    assert server.errors() == []


def test_an_editor_that_writes_in_place(root: Path, serve: Serve) -> None:
    server = serve(root)
    text = (root / ALPHA).read_text("utf-8")
    for number in range(10):
        (root / ALPHA).write_text(text.replace("Alpha", f"Alpha{number}"), "utf-8")
        server.until_shows("/papers/alpha/", f"Alpha{number} of the first kind")
    assert server.errors() == []


def test_a_file_caught_half_written(root: Path, serve: Serve) -> None:
    server = serve(root)
    text = (root / ALPHA).read_bytes()
    middle = text.index(b"{listing") + len(b"{listing")
    with (root / ALPHA).open("wb", buffering=0) as file:
        file.write(text[:middle])
        until("the error is there", server.errors)
        assert server.get("/papers/alpha/").status == 200
        file.write(text[middle:].replace(b"short", b"whole"))
        server.until_shows("/papers/alpha/", "it is whole")  # though no one has closed the file
    assert server.errors() == []


@pytest.mark.slow
def test_after_rapid_saves_the_last_is_shown(root: Path, serve: Serve) -> None:
    server = serve(root)
    text = (root / ALPHA).read_text("utf-8")
    for number in range(100):
        broken = "[" if number % 10 == 5 else ""
        (root / ALPHA).write_text(text.replace("Alpha", f"{broken}Alpha{number}"), "utf-8")
        time.sleep(0.01)
    server.until_shows("/papers/alpha/", "Alpha99 of the first kind")
    assert server.errors() == []


def test_a_deleted_record_is_gone_and_comes_back(root: Path, serve: Serve) -> None:
    server = serve(root)
    text = (root / ALPHA).read_text("utf-8")
    (root / ALPHA).unlink()
    until("the page is gone", lambda: server.get("/papers/alpha/").status == 404)
    assert "Alpha" not in server.get("/").text
    moved = root / "content/papers/2026/deep/alpha.yaml"
    moved.parent.mkdir(parents=True)
    moved.write_text(text, "utf-8")
    server.until_shows("/papers/alpha/", "Alpha of the first kind")
    edit(moved, "Alpha", "Alphabet")
    server.until_shows("/papers/alpha/", "Alphabet of the first kind")
    moved.parent.parent.rename(root / "content/papers/2027")
    edit(root / "content/papers/2027/deep/alpha.yaml", "Alphabet", "Alphabets")
    server.until_shows("/papers/alpha/", "Alphabets of the first kind")


def test_a_deleted_theme_is_an_error_and_comes_back(root: Path, serve: Serve) -> None:
    server = serve(root)
    themes = root / "content/themes.yaml"
    text = themes.read_text("utf-8")
    put(themes, "- slug: models\n  title: Models & more\n")
    problem = until("the error is there", server.errors)[0]
    assert "'data'" in problem["message"]
    assert server.get("/themes/data/").status == 404
    assert server.get("/papers/alpha/").status == 200
    themes.unlink()
    until("the error is there", lambda: "content/themes.yaml" in str(server.errors()))
    put(themes, text)
    until("no error is left", lambda: not server.errors())
    assert server.get("/themes/data/").status == 200


@pytest.mark.slow
def test_all_content_replaced(root: Path, serve: Serve) -> None:
    server = serve(root)
    (root / "content").rename(root / "content.old")
    until("the error is there", server.errors)
    shutil.copytree(root / "content.old", root / "content")
    until("no error is left", lambda: not server.errors())
    for name in ("Alphabet", "Alphabets"):
        edit(root / ALPHA, "title: Alpha", f"title: {name}")
        server.until_shows("/papers/alpha/", name)
        shutil.rmtree(root / "content")
        until("the error is there", server.errors)
        shutil.copytree(root / "content.old", root / "content")
        server.until_shows("/papers/alpha/", "Alpha of the first kind")


@pytest.mark.slow
def test_changes_are_found_by_polling(root: Path, serve: Serve) -> None:
    server = serve(root, "--poll")
    edit(root / ALPHA, "it is short", "it is long")
    server.until_shows("/papers/alpha/", "it is long")
    (root / "content/papers/2026").mkdir()
    (root / ALPHA).rename(root / "content/papers/2026/delta.yaml")
    server.until_shows("/papers/delta/", "it is long")
    assert server.get("/papers/alpha/").status == 404


def test_content_behind_a_link_is_watched(root: Path, serve: Serve) -> None:
    (root / "content/papers").rename(root.parent / "elsewhere")
    (root / "content/papers").symlink_to(root.parent / "elsewhere")
    server = serve(root)
    edit(root / ALPHA, "it is short", "it is long")
    server.until_shows("/papers/alpha/", "it is long")


@pytest.mark.slow
def test_reading_never_triggers_reading(root: Path, serve: Serve) -> None:
    server = serve(root)
    (root / "content/papers/2025/.alpha.yaml.swp").write_text("an editor's own")
    (root / "content/papers/2025/alpha.yaml~").write_text("an editor's own")
    (root / "elsewhere").mkdir()
    (root / "elsewhere/file.yaml").write_text("another's")
    os.utime(root / ALPHA)
    edit(root / "content/papers/2025/beta.yaml", "title: Beta", "title: Better")
    server.until_shows("/papers/beta/", "Better")
    usage = Path(f"/proc/{server.process.pid}/stat")
    if usage.exists():
        spent = [int(field) for field in usage.read_text().split()[13:15]]
        time.sleep(0.3)
        assert sum(int(field) for field in usage.read_text().split()[13:15]) - sum(spent) <= 3
    assert len(server.said) == 3
