"""What the web does to a run: each blog that fails is named with what to do next, and the others lose nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

POST = """<!DOCTYPE html><html lang="en"><head><title>{title} | Harbour Notes</title></head><body><nav><a href="/">Home</a></nav>
<article class="post"><h1 class="entry-title">{title}</h1><p class="byline">By <a rel="author" href="/author/ada">Ada Quill</a></p>
<time class="entry-date published" datetime="{day}">{day}</time><div class="entry-content">{body}</div></article></body></html>"""
BODY = "".join(
    f"<p>Paragraph {n} of a post about volunteers and the councils that ask them for more than they did the year before.</p>"
    for n in range(8)
)
HOME = "<html><head><title>Harbour Notes</title></head><body><h1>Harbour Notes</h1>{links}</body></html>"


class Web(BaseHTTPRequestHandler):
    """Blogs by path: /good/ is one, /empty/ has no post, /pdf/ links to something that is not HTML, /no/ forbids."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, status, body = "text/html; charset=utf-8", 200, ""
        if self.path == "/robots.txt":
            kind, body = "text/plain", "User-agent: *\nDisallow: /no/\n"
        elif self.path in ("/good/", "/pdf/"):
            names = ["one", "two"] if self.path == "/good/" else ["one", "file"]
            body = HOME.format(
                links="".join(f'<p><a href="{self.path}2019/05/{n}/">A post called {n}</a></p>' for n in names)
            )
        elif self.path.endswith("/file/"):
            kind, body = "application/octet-stream", "\x00\x01 not a page"
        elif "/2019/05/" in self.path:
            body = POST.format(title=f"On {self.path.split('/')[-2]} thing", day="2019-05-03", body=BODY)
        elif self.path == "/empty/":
            body = HOME.format(links="<p>Nothing here yet.</p>")
        else:
            status, body = 404, "not found"
        sent = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def web() -> Iterator[str]:
    with served() as url:
        yield url


def made(command, folder: Path, settings: str, **blogs: str) -> Path:
    command("init", folder, "--contact", "tests@sectorscope.example")
    text = (folder / "sectorscope.toml").read_text().replace("delay = 1.0 ", f"{settings}\ndelay = 0.0 ")
    (folder / "sectorscope.toml").write_text(text)
    entries = (f'[[blog]]\nkey = "{key}"\nurl = "{url}"\n' for key, url in blogs.items())
    (folder / "blogs.toml").write_text("".join(entries))
    return folder


def test_each_bad_blog_is_named_and_the_good_one_is_whole(command, tmp_path: Path, web: str) -> None:
    blogs = {name: f"{web}/{name}/" for name in ("good", "empty", "pdf", "no")} | {"gone": "http://127.0.0.1:9/"}
    folder = made(command, tmp_path / "w", "allow_private = true\nmax_retries = 0", **blogs)
    done = command("-w", folder, "run", check=False)
    assert done.returncode == 3, done.stderr
    said = {line.split(": ", 1)[0]: line for line in done.stderr.splitlines()}
    assert "robots.txt forbids" in said["no"]
    assert "not reached" in said["gone"] and "blogs.toml" in said["gone"]
    assert "no posts found" in said["empty"]
    rows = {row["blog"]: row for row in json.loads(command("-w", folder, "status", "--json").stdout)}
    assert rows["good"]["posts"] == 2
    assert rows["pdf"]["posts"] == 1
    assert rows["pdf"]["excluded"] == 1
    assert rows["pdf"]["why"]["not text"] == 1
    assert (rows["good"]["promised"], rows["good"]["held"], rows["good"]["missing"]) == (2, 2, [])
    table = command("-w", folder, "status", "--blog", "good").stdout
    assert "2 of 2" in table and "pdf" not in table
    lines = command(
        "-w", folder, "sql", "-f", "jsonl", "from posts_flat where blog = 'good' order by url"
    ).stdout.splitlines()
    assert [(row["authors"], row["date"]) for row in map(json.loads, lines)] == [(["Ada Quill"], "2019-05-03")] * 2


def test_private_addresses_are_refused_unless_allowed(command, tmp_path: Path, web: str) -> None:
    folder = made(command, tmp_path / "w", "max_retries = 0", good=f"{web}/good/")
    done = command("-w", folder, "crawl", check=False)
    assert done.returncode == 1
    assert "private address" in done.stderr


def test_add_shows_what_it_could_read_and_writes_the_entry(command, tmp_path: Path, web: str) -> None:
    folder = made(command, tmp_path / "w", "allow_private = true")
    dry = command("-w", folder, "add", f"{web}/good/", "--dry-run")
    assert "Ada Quill" in dry.stderr
    assert (folder / "blogs.toml").read_text() == ""
    command("-w", folder, "add", f"{web}/good/", "--key", "harbour")
    assert 'key = "harbour"' in (folder / "blogs.toml").read_text()
    again = command("-w", folder, "add", f"{web}/good/", check=False)
    assert again.returncode == 1
    assert "already" in again.stderr
