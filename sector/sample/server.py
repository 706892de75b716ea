"""Serves the sample on loopback, as a forward proxy for its hosts. It never passes a request on.

A client that takes ``Server.proxy_url`` as its HTTP proxy sees http://larkfieldforum.example/ and the others; a request
in origin form is answered by its Host header. Hosts that the sample does not have get 502, CONNECT gets 405.
`python -m sector.sample.server` runs it in the foreground.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from sector.sample.records import Response, Sector
from sector.sample.sector import build

COMPRESSED = ("text/", "application/rss", "application/atom", "application/xml", "application/ld+json")
NOT_FOUND = Response(status=404, body=b"<html><title>Page not found</title><h1>Page not found</h1></html>")
NO_SUCH_HOST = Response(status=502, content_type="text/plain", body=b"this proxy serves the sample sector only\n")
IDLE = 15.0  # seconds until a silent connection is closed


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the log keeps it. ``conditional``: it brought a validator."""

    method: str
    host: str
    path: str
    status: int
    conditional: bool


Fail = Callable[[str, str], Response | None]


class Server:
    """A running server: its port, its log, and the means to change the web between two crawls."""

    def __init__(self, sector: Sector, *, latency: float = 0.0, fail: Fail | None = None) -> None:
        self.sector = sector
        self.latency = latency
        self.fail = fail
        self.port = 0
        self.log: list[Exchange] = []
        self._changed: dict[tuple[str, str], Response | None] = {}
        self._hosts = set(sector.hosts)

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def replace(self, host: str, path: str, response: Response | None) -> None:
        """From now on ``path`` (with its query) answers ``response``; None takes the page away."""
        self._hosts.add(host)
        self._changed[host, path] = response

    def answer(self, host: str, path: str) -> Response:
        """What ``host`` says to a request for ``path``."""
        if host not in self._hosts:
            return NO_SUCH_HOST
        if self.fail and (failure := self.fail(host, path)):
            return failure
        if (host, path) in self._changed:
            return self._changed[host, path] or NOT_FOUND
        return self.sector.response(host, path) or NOT_FOUND


@contextmanager
def serve(
    sector: Sector | None = None, *, port: int = 0, latency: float = 0.0, fail: Fail | None = None
) -> Iterator[Server]:
    """Runs a server in threads of its own while the block lasts. ``port`` 0 takes a free one.

    ``latency`` is waited before every answer, in seconds. ``fail(host, path)`` may give a response in place of the
    page's own, to stand for a fault. Raises OSError when the port is taken.
    """
    server = Server(sector or build(), latency=latency, fail=fail)
    listener = _Listener(server, port)
    server.port = listener.server_address[1]
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.hang_up()
        listener.server_close()
        thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, shown: Server, port: int) -> None:
        self.shown = shown
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            self._open.discard(request)
        super().close_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep alive, so that closing need not wait for them."""
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is none of our business; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleSector/1"
    sys_version = ""
    timeout = IDLE
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        shown = self.server.shown
        parts = urlsplit(self.path)
        host = parts.netloc or self.headers.get("Host", "")
        host = host.removesuffix(":80").lower()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if shown.latency:
            time.sleep(shown.latency)
        response = shown.answer(host, path)
        status, headers, body = self._reply(response)
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        shown.log.append(Exchange(self.command, host, path, status, conditional))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        self.send_error(405, "this proxy speaks plain HTTP only")

    def _reply(self, response: Response) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body, once validators and codings are settled."""
        if response.status != 200:
            return response.status, self._framed(response, response.body, ()), response.body
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and response.content_type.startswith(COMPRESSED)
        tag = f'"{hashlib.sha256(response.body).hexdigest()[:20]}{"-gzip" if packed else ""}"'
        extra = [("ETag", tag), ("Vary", "Accept-Encoding")]
        if self._still_holds(tag, dict(response.headers).get("Last-Modified")):
            return 304, [*extra, *response.headers], b""
        body = gzip.compress(response.body, compresslevel=5, mtime=0) if packed else response.body
        if packed:
            extra.append(("Content-Encoding", "gzip"))
        return 200, self._framed(response, body, extra), body

    def _still_holds(self, tag: str, modified: str | None) -> bool:
        """Whether the client's validator is ours. If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2)."""
        if "If-None-Match" in self.headers:
            asked = {each.strip().removeprefix("W/") for each in self.headers["If-None-Match"].split(",")}
            return bool(asked & {tag, "*"})
        return modified is not None and self.headers.get("If-Modified-Since") == modified

    @staticmethod
    def _framed(response: Response, body: bytes, extra: list[tuple[str, str]] | tuple[()]) -> list[tuple[str, str]]:
        return [
            ("Content-Type", response.content_type),
            *response.headers,
            *extra,
            ("Content-Length", str(len(body))),
        ]  # fmt: skip

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: `Server.log` is the log."""


def main() -> None:
    """Serves until interrupted."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with serve(port=port) as server:
        sys.stdout.write(f"{server.proxy_url}\n")
        sys.stdout.write("".join(f"  {blog.url}\n" for blog in server.sector.blogs))
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")


if __name__ == "__main__":
    main()
