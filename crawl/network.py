"""The sockets under the HTTP client: only to addresses that were judged, and never for longer than a request may take.

A silence limit alone bounds nothing: a server that sends one byte of a header, or one interim answer, every twenty
seconds would hold a crawl for weeks. So each request has a deadline that every connect, read and write is held to.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from crawl import guard


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name, judges its addresses, and connects to one of those that were judged."""

    def __init__(self, resolve: guard.Resolve = guard.resolved) -> None:
        self._resolve = resolve
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in guard.public_addresses(host, port, self._resolve)[:MAX_ADDRESSES]:
            try:
                return self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error


MAX_ADDRESSES = 4
"""Of one host are tried; each may use up the whole silence limit."""


class TimedBackend(httpcore.NetworkBackend):
    """Holds whatever goes over ``backend`` to ``deadline``, a moment of ``clock``; one request at a time."""

    def __init__(self, backend: httpcore.NetworkBackend, clock: Callable[[], float] = time.time) -> None:
        self.deadline = float("inf")
        self._backend = backend
        self._clock = clock

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        left = self.left(timeout, httpcore.ConnectTimeout)
        return TimedStream(self._backend.connect_tcp(host, port, left, local_address, socket_options), self)

    def left(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        """The seconds that the next step may take. Raises ``late`` if there are none."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise late("the whole answer took too long")
        return left if timeout is None else min(timeout, left)


class TimedStream(httpcore.NetworkStream):
    """A connection of a `TimedBackend`."""

    def __init__(self, stream: httpcore.NetworkStream, backend: TimedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._backend.left(timeout, httpcore.ConnectTimeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
