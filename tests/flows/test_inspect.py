"""`sectorscope inspect`, and a blog mended with rules: what a person does when a page was read wrongly."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows import workspace
from flows.errors import SettingsBroken
from flows.settings import toml

URL = "http://larkfieldforum.example/2009/03/how-kelderwick-advice-centre-stopped-measuring-everything/"


def test_an_archived_page_is_explained(command, demo: Path) -> None:
    shown = command("-w", demo, "inspect", URL)
    assert "larkfield · archived" in shown.stdout
    for line in (
        "title    How Kelderwick Advice Centre stopped",
        "authors  Sunita Rahal",
        "date     2009-03-18",
        "kind     post",
    ):
        assert line in shown.stdout
    seen = json.loads(command("-w", demo, "inspect", URL, "--json").stdout)
    assert (seen["blog"], seen["rules"]) == ("larkfield", 0)
    assert seen["profile_pages"] >= 5
    assert seen["origin"].startswith("archived")
    assert seen["parts"]["title"]["chosen"]["value"] == seen["post"]["title"]
    assert seen["parts"]["body"]["others"]


def test_rules_are_heard_and_read_the_blog_again(command, demo: Path, tmp_path: Path) -> None:
    copied = tmp_path / "w"
    shutil.copytree(demo, copied)
    file = copied / "blogs.toml"
    entry, rest = file.read_text().split("[[blog]]", 2)[1:3]
    assert 'key = "larkfield"' in entry
    rule = '\n[[blog.rules]]\nuntil = 2009-12-31\nbody = "p"\ntitle = "title"\n\n'
    file.write_text("[[blog]]" + entry + rule + "[[blog]]" + rest)
    seen = json.loads(command("-w", copied, "inspect", URL, "--json").stdout)
    assert seen["rules"] == 1
    assert seen["parts"]["title"]["chosen"]["source"] == "rule"
    command("-w", copied, "process", "larkfield")
    sources = command(
        "-w", copied, "sql", "-f", "csv",
        "select body_source = 'rule' as ruled, min(year(published)) as first, max(year(published)) as last "
        "from posts where blog = 'larkfield' group by ruled order by ruled",
    ).stdout.split()  # fmt: skip
    assert sources[1].startswith("False,2010")
    assert sources[2] == "True,2009,2009"


class OnePage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_there = self.path == "/notes/jetty/"
        body = b"<html><head><title>The jetty</title></head><body><h1>The jetty</h1><p class='byline'>By Ada Quill</p>"
        body += (
            b"<p>The jetty was mended by those who use it, in three weekends and for the price of the nails.</p>" * 5
        )
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body if is_there else b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_that_is_not_archived_is_fetched(command, web: str, tmp_path: Path) -> None:
    command("init", tmp_path / "w", "--contact", "a@b.example")
    settings = tmp_path / "w" / "sectorscope.toml"
    settings.write_text(settings.read_text().replace("delay = 1.0 ", "allow_private = true\ndelay = 0.0 "))
    shown = command("-w", tmp_path / "w", "inspect", f"{web}/notes/jetty/")
    assert "no blog of this workspace · fetched" in shown.stdout
    assert "authors  Ada Quill" in shown.stdout
    refused = command("-w", tmp_path / "w", "inspect", f"{web}/notes/pier/", check=False)
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("/notes/pier/: http 404")


# --- what may stand in blogs.toml ---------------------------------------------------------------------------------------

BLOGS = """\
[[blog]]
key = "first"
url = "http://first.example/"

[[blog]]
key = "leaders"
url = "http://leaders.example/"

[[blog.rules]]
title = "h1"

[[blog.rules]]
from = 2012-01-01
author = ".by a"
{}
"""


def blogs(tmp_path: Path, line: str) -> tuple[workspace.Blog, ...]:
    file = tmp_path / "blogs.toml"
    file.write_text(BLOGS.format(line))
    return workspace.blogs(file)


def test_rules_of_a_blog(tmp_path: Path) -> None:
    first, leaders = blogs(tmp_path, 'drop = ".ask"')
    assert first.rules == ()
    assert [rule.title for rule in leaders.rules] == ["h1", None]
    assert leaders.rules[1].since == toml(tmp_path / "blogs.toml")["blog"][1]["rules"][1]["from"]
    assert leaders.rules[1].drop == (".ask",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('body = "div..entry"', r"line 15: blog 2 \(leaders\), rule 2: body = \"div\.\.entry\" is no CSS selector"),
        ('drop = ["p", "a["]', r"line 15: blog 2 \(leaders\), rule 2: drop = \"a\[\" is no CSS selector"),
        ('titel = "h1"', r"blog 2 \(leaders\), rule 2\] has an unknown entry `titel`. Did you mean: title"),
        ('until = "soon"', r"blog 2 \(leaders\), rule 2\] until"),
    ],
)
def test_a_rule_that_is_wrong_is_named(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SettingsBroken, match=told):
        blogs(tmp_path, line)


def test_a_rule_must_select_something(tmp_path: Path) -> None:
    (tmp_path / "blogs.toml").write_text('[[blog]]\nurl = "http://a.example/"\n[[blog.rules]]\nfrom = 2012-01-01\n')
    with pytest.raises(SettingsBroken, match="rule 1 selects nothing"):
        workspace.blogs(tmp_path / "blogs.toml")
