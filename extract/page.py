"""A page parsed once: its tree, and what its head says, ready for all readers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree

from extract.elements import MANY, Element, text_of
from extract.layout import Layout, lay_out
from extract.linked_data import parse_linked_data
from extract.records import ListedPost

MAX_BYTES = 5_000_000
"""What is read of a page. No post is longer; a parser fed more than this takes seconds and gigabytes."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
# The WHATWG encoding standard reads these labels as their superset; pages that name them use the superset.
_SUPERSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
              "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949",
              "euc-kr": "cp949", "iso-8859-9": "cp1254", "tis-620": "cp874"}  # fmt: skip
# Parameters that say how a reader came, not what is shown.
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|share|replytocom|igshid|cmpid|ns_\w+|_hs\w+)$", re.I)
# Addresses that joining to a base leaves as they are: no dots or slashes in a row, no empty query or fragment. Most are.
_PATH = r"/(?!/)(?:[\w%~=&+:@,!$*-]|[./](?![./])|[?#](?=\w))*"
_PLAIN_URL = re.compile(rf"https?://[A-Za-z0-9.-]+(?::\d+)?{_PATH}", re.ASCII)
_PLAIN_PATH = re.compile(_PATH, re.ASCII)


@dataclass(slots=False, eq=False)
class Page:
    """One HTML page. Everything is read from ``root``, which nobody changes.

    ``ruled`` holds the elements that the blog's own rules select, by what they are: title, author, date, body.
    """

    url: str
    root: Element
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    head_title: str | None = None
    linked_data: tuple[dict[str, Any], ...] = ()
    base_url: str = ""
    canonical_href: str | None = None
    times: list[Element] = field(default_factory=list)
    ruled: dict[str, list[Element]] = field(default_factory=dict)
    parsing_limit: str | None = None
    as_of: date | None = None
    """The day of the fetch, where it is known: what the page says of later days is no publication."""
    listed: ListedPost | None = None
    """What the blog's feeds and sitemaps say of the page, where they name it."""

    @property
    def limit(self) -> str | None:
        """The limit beyond which nothing was read of this page; None if it was read to its end."""
        return self.parsing_limit or self.layout.limit

    @cached_property
    def layout(self) -> Layout:
        """The page's text blocks and where its elements begin and end among them."""
        return lay_out(self.root)

    @cached_property
    def declared_language(self) -> str | None:
        """The language that the page itself declares, as a bare lower-case code (``en`` for ``en-GB``)."""
        html = (
            self.root.get("lang")
            or self.root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or self.root.get("xml:lang")
        )
        said = (html or self.first_meta("og:locale", "content-language", "dc.language") or "").strip().lower()
        code = re.split(r"[-_,; ]", said)[0]
        return code if re.fullmatch(r"[a-z]{2,3}", code) else None

    def first_meta(self, *names: str) -> str | None:
        """The first non-empty content among the ``meta`` tags of these names (or properties), in the order asked for."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)

    def absolute(self, href: str) -> str | None:
        """``href`` as an absolute http(s) URL, or None if it is something else."""
        if _PLAIN_URL.fullmatch(href):
            return href
        if self._origin and _PLAIN_PATH.fullmatch(href):
            return self._origin + href
        try:
            url = urljoin(self.base_url, href.strip())
            parts = urlsplit(url)
        except ValueError:
            return None
        return url if parts.scheme in ("http", "https") and parts.netloc else None

    @cached_property
    def _origin(self) -> str:
        """Scheme and host of the base URL; empty if it has none."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""

    @cached_property
    def canonical_url(self) -> str:
        """The page's own URL without tracking, or its rel=canonical where that stays on the host and is no front page."""
        own = tidy_url(self.url)
        said = self.canonical_href or self.first_meta("og:url")
        target = self.absolute(said) if said else None
        if not target:
            return own
        target = tidy_url(target)
        here, there = urlsplit(own), urlsplit(target)
        if _bare(here.hostname) != _bare(there.hostname) and here.hostname:
            return own  # a cross-post's original, a staging host, a syndicator: another page's identity
        if there.path in ("", "/") and not there.query and here.path not in ("", "/"):
            return own  # a theme that names its front page on every page
        return target

    def links_home(self, element: Element) -> bool:
        """Whether all that an element says is a link to the front page: then it is the site's name."""
        link = element if element.tag == "a" else next(iter(element.iter("a")), None)
        if link is None or self.path in ("", "/") or (link is not element and text_of(link) != text_of(element)):
            return False
        target = self.absolute(link.get("href") or "")
        return bool(target) and urlsplit(target).path in ("", "/") and not urlsplit(target).query

    @cached_property
    def host(self) -> str:
        """The host of the URL (its base's, where the page names one) in lower case, without a leading ``www.``."""
        try:
            return _bare(urlsplit(self.base_url).hostname)
        except ValueError:
            return ""

    @cached_property
    def path(self) -> str:
        """The path of the URL, ``/`` at least."""
        try:
            return urlsplit(self.url).path or "/"
        except ValueError:
            return "/"


def parse_page(html: bytes | str, url: str, content_type: str | None = None) -> Page:
    """Parse ``html`` into a `Page`; never raises on bad markup (a page without elements has an empty root).

    The encoding is that of the byte order mark, UTF-8 where the bytes are, else that of the Content-Type, of the page's
    own ``meta``, or what the bytes look like, in this order. Beyond `MAX_BYTES` the page is cut off,
    and the parser stops where elements are nested deeper than 2,048 levels: ``Page.limit`` says so.
    """
    text = _reread(html[:MAX_BYTES] if isinstance(html, str) else decode(html[:MAX_BYTES], content_type))
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    root = None
    if text.strip():
        try:
            root = etree.fromstring(text.encode("utf-8", "replace").translate(None, _CONTROLS), parser)
        except etree.XMLSyntaxError:  # nothing but what the parser drops
            root = None
    if root is None:
        root = etree.Element("html")
    page = Page(url=url, root=root, base_url=url)
    if len(html) > MAX_BYTES:
        page.parsing_limit = f"{MAX_BYTES:,} {'characters' if isinstance(html, str) else 'bytes'}"
    elif (last := parser.error_log.last_error) is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        page.parsing_limit = "2,048 levels"
    _read_head(page)
    return page


def decode(raw: bytes, content_type: str | None = None) -> str:
    """``raw`` as text, by what declares its encoding, else by what it looks like; undecodable bytes become U+FFFD."""
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(name, "replace")
    if not raw.isascii():
        # Text in any other encoding is hardly ever valid UTF-8; text in UTF-8 is often declared as something else.
        as_utf8 = raw.decode("utf-8", "replace")
        broken = as_utf8.count("\ufffd")
        if broken * 20 < len(raw) - len(as_utf8):
            return as_utf8
    declared = _CHARSET.search(content_type or "")
    in_page = _META_CHARSET.search(raw[:4096])
    names = [declared.group(1)] if declared else []
    if in_page:
        names.append(in_page.group(1).decode("ascii", "replace"))
    for name in names:
        known = _codec(name)
        if known and known != "utf-8":
            try:
                return raw.decode(known)
            except UnicodeDecodeError:
                continue  # the declaration is wrong, or a few bytes are: look further
    return _detected(raw, names)


def _reread(text: str) -> str:
    """``text``, read again as UTF-8 if all of it is UTF-8 that somebody read as Latin-1 ("itâ€™s"): by chance that cannot be."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _codec(name: str) -> str | None:
    label = name.strip().lower()
    try:
        found = codecs.lookup(_SUPERSETS.get(label, label))
    except LookupError:
        return None
    # A page whose meta was readable as ASCII is not UTF-16; and some codecs (base64, rot13) are no text encodings.
    return None if found.name.startswith("utf-16") or not found._is_text_encoding else found.name


# Detection cannot tell the Latin alphabets of one-byte encodings apart; browsers take the western one.
_LATIN = re.compile(
    r"cp125[0247]|iso8859-(?:1|2|3|4|9|10|13|14|15|16)|mac[-_]\w+|cp437|cp85\d|ascii|hp-roman8|johab|utf-7"
)


def _detected(raw: bytes, names: list[str]) -> str:
    declared = next((known for name in names if (known := _codec(name))), None)
    if declared and declared != "utf-8":
        return raw.decode(declared, "replace")
    if raw.isascii():
        return raw.decode("ascii")
    from bs4.dammit import UnicodeDammit

    found = UnicodeDammit(raw[:200_000], is_html=True).original_encoding
    known = _codec(found) if found else None
    return raw.decode(known if known and not _LATIN.fullmatch(known) else "cp1252", "replace")


def tidy_url(url: str) -> str:
    """``url`` without fragment and tracking parameters, its host in lower case."""
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.lower()
        kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    except ValueError:
        return url
    query = parts.query if len(kept) == parts.query.count("&") + 1 else urlencode(kept)
    return urlunsplit((parts.scheme, host, parts.path or ("/" if host else ""), query, ""))


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _read_head(page: Page) -> None:
    """Fill what the head says, and the page's ``time`` elements; tags of the head that stand in the body count too, as browsers move them."""
    meta: dict[str, list[str]] = {}
    scripts: list[str] = []
    for element in page.root.iter("meta", "link", "base", "title", "script", "time"):
        tag = element.tag
        if tag == "meta":
            content = " ".join((element.get("content") or element.get("value") or "").split())
            for key in ("name", "property", "itemprop", "http-equiv"):
                name = element.get(key)
                if name and content and len(values := meta.setdefault(name.strip().lower(), [])) < MANY:
                    values.append(content)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower():
                scripts.append("".join(str(piece) for piece in element.itertext()))
        elif tag == "time":
            if len(page.times) < MANY:
                page.times.append(element)
        elif tag == "title":
            if page.head_title is None and not _within_svg(element):
                page.head_title = text_of(element) or None
        elif tag == "base":
            href = element.get("href")
            if href and page.base_url == page.url:
                page.base_url = page.absolute(href) or page.url
        elif page.canonical_href is None and "canonical" in (element.get("rel") or "").lower().split():
            page.canonical_href = (element.get("href") or "").strip() or None
    page.meta = {name: tuple(values) for name, values in meta.items()}
    page.linked_data = tuple(parse_linked_data(scripts))


def _within_svg(element: Element) -> bool:
    above: Iterator[Element] = element.iterancestors("svg", "symbol")
    return next(above, None) is not None
