"""Asking one URL, once. The only module that uses httpx.

Redirects are not followed here: each hop is an answer of its own, judged and archived by the caller. Nothing here waits,
retries or knows about robots.txt; see `polite`.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self
from urllib.request import getproxies, proxy_bypass

import h11
import httpcore
import httpx

from crawl.errors import AddressRefused, FetchFailed
from crawl.exchange import BodyUndecodable, Exchange, Headers, decoded, media_type
from crawl.network import GuardedBackend, TimedBackend
from crawl.records import CrawlSettings
from crawl.urls import host

TEXT_LIKE = re.compile(
    r"text/(?!css|javascript|calendar|vcard|csv)|application/(xhtml|xml|rss|atom|rdf|json|feed)|.*\+(xml|json)$"
)
PACKED = re.compile(r"application/(x-)?gzip$|application/octet-stream$|binary/octet-stream$")
"""What a sitemap may be, beside text."""

ERROR_BODY = 65_536
"""Of a page that says "not found" no more than this is kept."""

WHOLE_TIMES = 4
"""A request may take this many times ``timeout`` in all, from the name's resolution to the last byte; ``timeout`` itself
is the longest silence."""

# Why a request failed: (exception, reason, whether it may heal). The first that fits.
FAILURES: tuple[tuple[type[BaseException], str, bool], ...] = (
    (socket.gaierror, "dns", True),
    (httpx.TimeoutException, "timeout", True),
    (ssl.SSLError, "tls", False),
    (ConnectionRefusedError, "refused", True),
    (httpx.ProxyError, "proxy", False),
    (httpx.ConnectError, "no connection", True),
    (httpx.UnsupportedProtocol, "not http", False),
    (httpx.InvalidURL, "bad address", False),
    (httpx.LocalProtocolError, "bad address", False),
    (httpx.TransportError, "cut off", True),
)

_ENDED = "without sending"
"""How h11 says that a connection ended too early; all else that it complains of (a chunk without a length, headers of
more than 100 KB) is no HTTP, and asking again brings the same."""


class Fetcher:
    """One HTTP client for one crawl: HTTP/1.1 and /2, at most one connection at a time, no cookies, no credentials."""

    def __init__(self, settings: CrawlSettings, *, clock: Callable[[], float] = time.time) -> None:
        self.settings = settings
        self._clock = clock
        self._route = _Route(settings, clock)
        self._client = httpx.Client(
            transport=self._route,
            headers={
                "User-Agent": settings.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",  # what `exchange.decoded` can undo
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=settings.timeout,
            follow_redirects=False,
            trust_env=False,  # proxies are read by _Route; a .netrc must not be sent to strangers
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, packed: bool = False,
        max_bytes: int | None = None,
    ) -> Exchange:  # fmt: skip
        """The answer to a GET, whatever its status. ``packed``: archives such as sitemap.xml.gz are welcome too.

        Raises FetchFailed if there is no answer, or none that is text of at most ``max_bytes`` (unpacked).
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in headers.items() if value and value.isascii()}
        cap = max_bytes or self.settings.max_bytes
        started = self._clock()
        self._route.deadline = started + self.settings.timeout * WHOLE_TIMES
        try:
            with self._client.stream("GET", url, headers=sent) as response:
                _refuse_early(response, url, cap, packed)
                raw, truncated = self._read(response, url, cap)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, AddressRefused) as error:
            raise _failed(url, error) from error
        try:
            body = decoded(raw, response.headers.get("content-encoding"), cap) if response.status_code == 200 else raw
        except BodyUndecodable as error:
            raise FetchFailed(url, str(error), str(error) == "cut off") from error
        return Exchange(
            url=url,
            status=response.status_code,
            phrase=response.reason_phrase,
            http_version=response.http_version,
            headers=_text(response.headers.raw),
            raw=raw,
            body=body,
            fetched_at=datetime.fromtimestamp(started, UTC),
            request_headers=_text(response.request.headers.raw),
            truncated=truncated,
        )

    def _read(self, response: httpx.Response, url: str, cap: int) -> tuple[bytes, bool]:
        """The body as received, and whether it was cut: bodies of errors are; a page's is refused instead."""
        is_page = response.status_code == 200
        raw = bytearray()
        for chunk in response.iter_raw():
            raw += chunk
            if is_page and len(raw) > cap:
                raise FetchFailed(url, "too large")
            if not is_page and len(raw) > ERROR_BODY:
                return bytes(raw[:ERROR_BODY]), True
        return bytes(raw), False


class _Route(httpx.BaseTransport):
    """Through a proxy where the settings or the environment name one; else straight, to checked addresses only.

    ``deadline`` is when the request that comes next must be over, by ``clock``.
    """

    def __init__(self, settings: CrawlSettings, clock: Callable[[], float]) -> None:
        self.deadline = float("inf")
        self._settings = settings
        self._clock = clock
        self._backends: dict[str | None, TimedBackend] = {}
        self._verify = httpx.create_ssl_context()
        self._transports: dict[str | None, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        proxy = proxy_for(str(request.url), self._settings.proxy)
        if proxy not in self._transports:
            self._transports[proxy] = self._transport(proxy)
        self._backends[proxy].deadline = self.deadline
        return self._transports[proxy].handle_request(request)

    def close(self) -> None:
        for transport in self._transports.values():
            transport.close()

    def _transport(self, proxy: str | None) -> httpx.HTTPTransport:
        limits = httpx.Limits(max_connections=2, max_keepalive_connections=1)
        transport = httpx.HTTPTransport(verify=self._verify, http2=True, proxy=proxy, limits=limits, trust_env=False)
        is_open = proxy is not None or self._settings.allow_private
        sockets = httpcore.SyncBackend() if is_open else GuardedBackend()
        self._backends[proxy] = TimedBackend(sockets, self._clock)
        transport._pool._network_backend = self._backends[proxy]  # httpx has no public way to say how to connect
        return transport


def proxy_for(url: str, proxy: str | None) -> str | None:
    """The proxy to ask ``url`` through: the one of the settings, else what the environment says (None: none)."""
    if proxy is not None:
        return proxy
    named = getproxies()
    scheme = url.split(":", 1)[0]
    found = named.get(scheme) or named.get("all")
    if not found or proxy_bypass(host(url)):
        return None
    return found if "://" in found else f"http://{found}"


def _refuse_early(response: httpx.Response, url: str, cap: int, packed: bool) -> None:
    """Stop before the body is read, where its headers tell that we do not want it."""
    if response.status_code != 200:
        return
    kind = media_type(response.headers.get("content-type"))
    if kind and not TEXT_LIKE.match(kind) and not (packed and PACKED.match(kind)):
        raise FetchFailed(url, "not text")
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > cap:
        raise FetchFailed(url, "too large")


def _failed(url: str, error: BaseException) -> FetchFailed:
    if isinstance(error, AddressRefused):
        return FetchFailed(url, "private address")
    causes: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in causes:
        causes.append(at)
        at = at.__cause__ or at.__context__
    if any(isinstance(cause, h11.RemoteProtocolError) and _ENDED not in str(cause) for cause in causes):
        return FetchFailed(url, "bad answer")
    for kind, reason, retry in FAILURES:
        if any(isinstance(cause, kind) for cause in causes):
            return FetchFailed(url, reason, retry)
    return FetchFailed(url, "no connection", True)


def _text(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
