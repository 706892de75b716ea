"""The server of the sample speaks HTTP as a real host behind a proxy would."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from sector.sample.records import Response, Sector
from sector.sample.server import Server, serve

FORUM = "larkfieldforum.example"
ROOT = Path(__file__).parents[2]


def client(server: Server, **more: object) -> httpx.Client:
    return httpx.Client(proxy=server.proxy_url, trust_env=False, **more)  # type: ignore[arg-type]


def test_it_is_a_proxy_for_the_sectors_hosts(server: Server, sector: Sector) -> None:
    with client(server) as web:
        for blog in sector.blogs:
            assert web.get(blog.url).status_code == 200
    assert [exchange.host for exchange in server.log] == [blog.host for blog in sector.blogs]


def test_it_answers_by_host_header_too(server: Server) -> None:
    found = httpx.get(f"{server.proxy_url}/about/", headers={"Host": FORUM}, trust_env=False)
    assert found.status_code == 200
    assert "The Larkfield Forum" in found.text
    assert server.log[-1].path == "/about/"


def test_a_host_of_somebody_else_is_a_bad_gateway(server: Server) -> None:
    with client(server) as web:
        assert web.get("http://www.lanthornrow.example/reports/2012/3").status_code == 502


def test_tunnels_are_refused(server: Server) -> None:
    with client(server) as web, pytest.raises(httpx.ProxyError):
        web.get("https://larkfieldforum.example/")


def test_a_connection_is_kept(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        stream = connection.makefile("rb")
        for path, status in (("/about/", b"200"), ("/nowhere/", b"404"), ("/2012/02/half-a-staff-member/", b"301")):
            connection.sendall(f"GET http://{FORUM}{path} HTTP/1.1\r\nHost: {FORUM}\r\n\r\n".encode())
            assert stream.readline().split()[1] == status
            length = 0
            while (line := stream.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert len(stream.read(length)) == length


def test_unchanged_pages_are_not_sent_again(server: Server, sector: Sector) -> None:
    url = sector.posts[0].url
    with client(server) as web:
        first = web.get(url)
        by_tag = web.get(url, headers={"If-None-Match": first.headers["etag"]})
        by_date = web.get(url, headers={"If-Modified-Since": first.headers["last-modified"]})
        other = web.get(
            url, headers={"If-None-Match": '"something-else"', "If-Modified-Since": first.headers["last-modified"]}
        )
    assert (first.status_code, by_tag.status_code, by_date.status_code, other.status_code) == (200, 304, 304, 200)
    assert by_tag.content == by_date.content == b""
    assert [exchange.conditional for exchange in server.log] == [False, True, True, True]


def test_text_is_compressed_for_those_who_accept_it(server: Server) -> None:
    with client(server) as web:
        packed = web.get(f"http://{FORUM}/", headers={"Accept-Encoding": "gzip"})
        bare = web.get(f"http://{FORUM}/", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in bare.headers
    assert packed.content == bare.content
    assert packed.headers["etag"] != bare.headers["etag"]
    assert int(packed.headers["content-length"]) < int(bare.headers["content-length"])


def test_a_missing_page_says_so(server: Server) -> None:
    with client(server) as web:
        missing = web.get(f"http://{FORUM}/2008/11/annual-lecture/")
    assert missing.status_code == 404
    assert "not found" in missing.text


def test_a_moved_post_leads_to_its_place(server: Server) -> None:
    with client(server, follow_redirects=True) as web:
        found = web.get(f"http://{FORUM}/2012/02/half-a-staff-member/")
    assert [hop.status_code for hop in found.history] == [301]
    assert found.status_code == 200


def test_unknown_parameters_are_ignored_and_paging_is_not(server: Server) -> None:
    with client(server) as web:
        assert web.get(f"http://{FORUM}/about/?utm_source=news").status_code == 200
        assert web.get(f"http://{FORUM}/feed/?paged=99").status_code == 404


def test_head_gives_the_headers_alone(server: Server) -> None:
    with client(server) as web:
        head = web.head(f"http://{FORUM}/")
        full = web.get(f"http://{FORUM}/")
    assert head.content == b""
    assert head.headers["content-length"] == full.headers["content-length"]


def test_pages_can_change_and_go_between_two_crawls(server: Server, sector: Sector) -> None:
    post = sector.posts[0]
    with client(server) as web:
        before = web.get(post.url)
        server.replace(FORUM, post.path, Response(body=b"<p>Rewritten.</p>"))
        after = web.get(post.url, headers={"If-None-Match": before.headers["etag"]})
        server.replace(FORUM, post.path, None)
        gone = web.get(post.url)
    assert (after.status_code, after.text) == (200, "<p>Rewritten.</p>")
    assert gone.status_code == 404


def test_faults_and_latency_can_be_asked_for(sector: Sector) -> None:
    busy = Response(status=503, headers=(("Retry-After", "7"),), content_type="text/plain", body=b"busy\n")
    with serve(sector, latency=0.05, fail=lambda _, path: busy if path == "/about/" else None) as server:
        started = time.monotonic()
        with client(server) as web:
            failed = web.get(f"http://{FORUM}/about/")
            fine = web.get(f"http://{FORUM}/contact/")
        assert time.monotonic() - started >= 0.1
    assert (failed.status_code, failed.headers["retry-after"], fine.status_code) == (503, "7", 200)


def test_many_clients_at_once(server: Server, sector: Sector) -> None:
    with client(server) as web, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda post: web.get(post.url).status_code, sector.posts[:60]))
    assert answers == [200] * 60
    assert len(server.log) == 60


def test_it_runs_from_the_command_line() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sector.sample.server"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as running:
        assert running.stdout is not None
        proxy = running.stdout.readline().strip()
        with httpx.Client(proxy=proxy, trust_env=False) as web:
            found = web.get(f"http://{FORUM}/about/")
        running.terminate()
    assert found.status_code == 200


def test_it_stops_while_clients_still_hold_on(sector: Sector) -> None:
    with serve(sector) as server:
        web = client(server)
        web.get(f"http://{FORUM}/about/")
    with pytest.raises(httpx.TransportError):
        web.get(f"http://{FORUM}/about/")
    web.close()
