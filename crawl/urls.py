"""What makes two addresses the same page. Pure.

`canonical` gives the form in which a URL is asked for and written down (RFC 3986 §6.2.2 and §6.2.3). `same_page_key`
goes further and folds what servers nearly always answer alike; it is a key to compare by, never an address to ask.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 4_000
"""No longer address is followed."""

DEFAULT_PORTS = {"http": 80, "https": 443}

# Query parameters that do not change which page is answered: (pattern of the name, reason).
IDLE_PARAMETERS: tuple[tuple[str, str], ...] = (
    (r"utm_\w+|mtm_\w+|pk_(campaign|kwd|source|medium|content)|piwik_\w+|matomo_\w+", "web statistics campaigns"),
    (r"fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|ttclid|li_fat_id", "click ids of advertisers"),
    (r"mc_[ce]id|mkt_tok|_hs(enc|mi)|hsctatracking|vero_id|ml_subscriber\w*|ck_subscriber_id", "newsletter mailings"),
    (r"_ga|_gl|ga_\w+|__twitter_impression|ref_src|ref_url|spm|xtor|at_medium|at_campaign|cmpid|wt\.mc_id", "referrers"),
    (r"replytocom|unapproved|moderation-hash", "WordPress: the same post with its comment form elsewhere"),
    (r"share|nb", "Jetpack: the same post, through a sharing service"),
    (r"like_comment|_wpnonce|relatedposts_\w+|shared|msg|doing_wp_cron", "WordPress plugins' own business"),
    (r"showcomment|commentpage|cpage|m|spref|zx", "Blogger: comment anchors and the mobile twin"),
    (r"phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|session_?id|osclid|zenid", "session ids"),
    (r"amp|noamp|print|printable|fullsite|nocache|_escaped_fragment_", "the same page in another dress"),
)  # fmt: skip
_IDLE = re.compile("(?:" + "|".join(f"(?:{pattern})" for pattern, _ in IDLE_PARAMETERS) + ")", re.I)
# Names that mean a session or a share only with such a value; elsewhere they may choose the page.
_IDLE_VALUES: dict[str, re.Pattern[str]] = {
    "sid": re.compile(r"[0-9a-f]{16,}", re.I),
    "s": re.compile(r"[0-9a-f]{32}", re.I),
    "m": re.compile(r"[01]"),  # ?m=201305 is a month's archive in WordPress
    "nb": re.compile(r"1"),
    "print": re.compile(r"(1|true|yes|print|pdf)?", re.I),
    "msg": re.compile(r"fail"),
    "shared": re.compile(r"email"),
    "share": re.compile(r"[a-z][a-z-]*(-\d+)?", re.I),
}
# The most frequent form, in which nothing is left to normalise but /index.html: no port, escape, query or dot segment.
_IS_PLAIN = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?:/(?!\.)[A-Za-z0-9_~.-]*)+"
)
_INDEX_PAGE = re.compile(r"/index\.(?:html?|php)$", re.I)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/?]*", re.I)
_FIRST_PAGE = re.compile(r"/page/1/?$")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_BLANKS = re.compile(r"[\t\r\n]+")


def absolute(href: str, base: str) -> str | None:
    """The canonical URL that ``href`` means on the page ``base``; None if it leads to no web page (mailto, broken)."""
    href = _BLANKS.sub("", href).strip()
    if not href or href.startswith("#") or len(href) > MAX_LENGTH:
        return None
    try:
        return canonical(urljoin(base, href))
    except ValueError:  # an unclosed [ of an IPv6 host, and the like
        return None


@lru_cache(maxsize=65_536)
def canonical(url: str) -> str | None:
    """``url`` in the form it is asked for and written down; None if it is no http(s) address.

    Lower-case scheme and host, no default port, no fragment, no user name, escapes normalised, dot segments resolved,
    parameters that do not change the page dropped, ``/index.html`` cut off where no query follows.
    """
    if _IS_PLAIN.fullmatch(url) and len(url) <= MAX_LENGTH:
        return _INDEX_PAGE.sub("/", url)
    from w3lib.url import safe_url_string

    try:
        parts = urlsplit(safe_url_string(_BLANKS.sub("", url).strip()))
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in DEFAULT_PORTS or not host or len(url) > MAX_LENGTH:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = _SESSION_IN_PATH.sub("", _without_dot_segments(_escapes_normalised(parts.path or "/")))
    query = _escapes_normalised("&".join(p for p in parts.query.split("&") if p and not _is_idle(p)))
    if not query:
        path = _INDEX_PAGE.sub("/", path)
    return urlunsplit((scheme, netloc, path, query, ""))


@lru_cache(maxsize=65_536)
def same_page_key(url: str) -> str:
    """A key that is equal for the addresses under which servers nearly always answer the same page.

    Beyond `canonical` it folds the scheme, ``www.``, the closing slash, doubled slashes, the order of the parameters,
    composed and decomposed letters, and page 1 of a listing with the listing itself.
    """
    parts = urlsplit(canonical(url) or url)
    path = unicodedata.normalize("NFC", unquote(parts.path, errors="surrogateescape"))
    path = re.sub(r"/{2,}", "/", _FIRST_PAGE.sub("/", path)).rstrip("/")
    query = "&".join(sorted(p for p in parts.query.split("&") if p and p != "paged=1"))
    return origin_key(url) + path + ("?" + query if query else "")


def origin_key(url: str) -> str:
    """Host (without ``www.``) and port (if it is not the default): equal for twins of one site."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = _port(parts)
    return host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def origin(url: str) -> str:
    """Scheme, host and port as in the URL: what robots.txt rules and connections belong to."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def at_origin(url: str, home: str) -> str:
    """``url`` at the origin ``home``, if the two differ only in scheme or ``www.``; otherwise unchanged."""
    if origin(url) == home or origin_key(url) != origin_key(home):
        return url
    there, parts = urlsplit(home), urlsplit(url)
    return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


def folder(url: str) -> str:
    """The prefix that the pages beside ``url`` share: ``url`` up to its last slash."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rsplit("/", 1)[0] + "/", "", ""))


@lru_cache(maxsize=65_536)
def in_scope(url: str, scope: str) -> bool:
    """Whether ``url`` lies under the prefix ``scope``, by whole path segments; twins of the host count as the host."""
    if origin_key(url) != origin_key(scope):
        return False
    prefix = _escapes_normalised(urlsplit(scope).path).rstrip("/")
    path = urlsplit(url).path
    return path == prefix or path.startswith(prefix + "/")


def path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + ("?" + parts.query if parts.query else "")


def _is_idle(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    needed = _IDLE_VALUES.get(name.lower())
    if needed is not None:
        return bool(needed.fullmatch(value))
    return bool(_IDLE.fullmatch(name))


def _escapes_normalised(text: str) -> str:
    """RFC 3986 §6.2.2.1 and §6.2.2.2: upper-case hexadecimal, unreserved characters not escaped."""

    def normalised(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(normalised, text)


def _without_dot_segments(path: str) -> str:
    """RFC 3986 §5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) or "/"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
