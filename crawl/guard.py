"""Which network addresses may be asked.

A page can link to, or redirect to, ``http://169.254.169.254/`` or a name that resolves to the crawler's own network;
following it would let a stranger's page read what only we can reach (server-side request forgery). So a host is
resolved first, every address is judged, and the connection is made to the very address that was judged: a name that
answers differently the second time (DNS rebinding) gains nothing, and odd spellings of an IPv4 address
(``0x7f.1``, ``2130706433``) are judged as what they resolve to.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from crawl.errors import AddressRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def resolved(host: str, port: int) -> list[str]:
    """The numeric addresses of ``host``, in the order to try. Raises socket.gaierror if there are none."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(address: str) -> bool:
    """Whether ``address`` is one that anybody on the internet can ask."""
    try:
        ip: Address = ipaddress.ip_address(address.split("%", 1)[0])  # fe80::1%eth0
    except ValueError:
        return False
    return all(seen.is_global and not seen.is_multicast for seen in (ip, *_carried(ip)))


def public_addresses(host: str, port: int, resolve: Resolve = resolved) -> list[str]:
    """The addresses of ``host`` that may be asked. Raises AddressRefused if there are addresses, but none of them."""
    addresses = list(resolve(host, port))
    public = [address for address in addresses if is_public(address)]
    if addresses and not public:
        raise AddressRefused(host, addresses[0])
    return public


def _carried(ip: Address) -> tuple[Address, ...]:
    """The IPv4 addresses that an IPv6 address is only a wrapping of."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ()
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if any(ip in network for network in _NAT64):
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    if int(ip) >> 32 == 0 and int(ip) > 1:  # ::a.b.c.d, deprecated, still parsed
        return (ipaddress.IPv4Address(int(ip)),)
    return ()
