"""What an address says about its page before it is asked: never worth asking, one listing of many, or a page. Pure.

Both tables are read from the top; the first entry that matches counts. They look at path and query alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawl.urls import canonical, path_and_query, same_page_key

# Extensions of what is no page. ``.html/`` (a folder so called) ends in a slash and is none of these.
OTHER_FILES: tuple[tuple[str, str], ...] = (
    ("images", "jpg jpeg png gif webp svg ico bmp tif tiff avif psd ai eps heic"),
    ("documents", "pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp key epub mobi tex bib ps"),
    ("sound and film", "mp3 m4a ogg oga wav flac wma mp4 m4v mov avi wmv webm mkv flv swf srt vtt"),
    ("packages", "zip gz bz2 xz 7z rar tar tgz dmg exe msi apk jar iso deb rpm bin"),
    (
        "machine-readable and plain text",
        "css js mjs map json jsonld xml rss atom rdf xsl xsd woff woff2 ttf otf eot ics vcf txt md rst org ipynb",
    ),
    ("sources and measurements", "py rb java c h cpp sh sql r tsv kml kmz geojson torrent asc sig"),
)

# Never asked: (name, pattern, why). What `urls.canonical` can fold into the page itself is not here.
TRAPS: tuple[tuple[str, str, str], ...] = (
    ("feed of a part", r"/(comments/)?(feed|rss2?|atom|rdf)/?(\?|$)|/feeds?/|[?&]feed=", "the blog's own feed is asked by itself"),
    ("machine door", r"/(wp-(admin|login|content|includes|json|signup|cron|trackback)|xmlrpc|cgi-bin|cdn-cgi)\b", "not for readers"),
    ("trackback", r"/(trackback|embed|oembed)/?(\?|$)", "the same post, for machines"),
    ("comments page", r"/comment-page-\d+|/comments?/(reply|reply-form|edit|delete|permalink)\b|/comment/\d+", "the same post again"),
    ("attachment", r"/attachment/|[?&]attachment_id=", "an image in a page of its own"),
    ("source view", r"\.src\.html$", "Nikola: the post's source"),
    ("other dress", r"/(amp|print|printpdf|printmail|email|pdf)/?$|/print/(node/)?\d+|[?&](format=(pdf|print|amp)|tmpl=component)", "the same page for printing or phones"),
    ("account", r"/(user|users|account|accounts|members?)/(login|register|password|logout|signup)\b|/(login|logout|signin|signup|register|cart|checkout|my-account)(\.\w+)?/?(\?|$)|[?&](action|do)=(login|logout|register|edit|history|diff|lostpassword)\b", "not for readers"),
    ("wiki view", r"[?&](oldid|diff|rcid|veaction)=|/(edit|revisions|diff)/?$|[?&]redirect_to=|[?&](replyto|quote|report)=", "another view of the same page"),
    ("sort or filter", r"[?&](sort(_by|by|dir)?|order(by)?|dir|filter\w*|f\[\d*\]|f%5B\d*%5D|facets?|per_?page)=", "the same listing in another order"),
    ("calendar", r"/(calendar|agenda|events?|kalender|calendario)/.*\d{4}[-/]\d{1,2}|[?&](tribe-bar-date|eventdisplay|ical|outlook-ical|yr|cal_\w+|mini)=|/(events?|calendar)/(month|week|day|list|today)\b", "a calendar has a page for every day there ever was"),
    ("shared by mail", r"/(share|tell-a-friend|send-to-friend|forward|mailto|sharer)(\.\w+)?/?(\?|$)|[?&](shareadraft|preview|preview_id)=", "no page"),
    ("template left in", r"(%7B%7B|%3C|%22|%27%20?\+|%5Bobject)", "markup or code that was meant to be replaced"),
    ("host as path", r"^(?!/web/\d{4}).*/(https?:/|www\.[\w-]+\.\w+)", "a link to another host, written without its scheme (but a web archive's replay)"),
)  # fmt: skip

# A page chosen by a parameter: what follows is no listing although it has a query. (pattern, platform)
PAGE_QUERIES: tuple[tuple[str, str], ...] = (
    (r"/(index\.php)?\?(p|page_id)=\d+/?$", "WordPress with plain permalinks"),
    (r"[?&]q=[\w-]+/[^&]+", "Drupal without clean addresses"),
    (
        r"[?&](?!\w*(comment|user|author|member|cat|tag|parent|reply|session|width))\w*(id|article|entry|post|story|item|news|number|doc)=\d+",
        "home-made systems",
    ),
)

BELOW = "below a post"

# Asked after everything else and only while they still lead somewhere new: (family, pattern, why).
FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("label", r"/search/label/", "Blogger's tags"),
    ("older", r"/search/?\?(.*&)?updated-(max|min)=|[?&]start-index=", "Blogger's pagination"),
    ("search", r"/search(\.\w+)?(/|\?|$)|[?&](s|q|query|keys|search\w*)=", "every word has a result page"),
    ("tag", r"/(tags?|tagged|labels?|schlagwort|etiquetas?)(/|\?)|[?&](tag|tags|keyword)=", "tags overlap: most lead only to what the listing shows"),
    ("topic", r"/(topics?|keywords?|themes?)(/|\?)", "as tags, but some sites keep their posts there"),
    ("category", r"/(category|categories|cat|categoria|kategorie|section|sections|series)(/|\?)|[?&]cat(egory)?=", "as tags"),
    ("author", r"/(authors?|members?|users?|contributors?|bloggers?)(/|\?)|[?&]author(_name)?=", "as tags"),
    ("date", r"^(/[^/?-]*(-[^/?-]*){0,2})*/(19|20)\d\d(/\d{1,2}){0,2}/?(page/\d+/?)?(\?|$)|[?&](m|year|month(num)?|day)=\d|/(19|20)\d\d[-_]\d\d([-_]\d\d)?[-_]archive\.html?$|/archives?/(19|20)\d\d[-_]?\d\d/?$", "archives by month (some sites put a post's month behind its slug: no slugs before it)"),
    ("older", r"/page[/-]?\d+(\.html?)?/?(\?|$)|[?&](page|paged|pg|p?start|offset|from)=\d|/index-?\d{1,3}\.html?$|/(?-i:P)\d{1,4}/?$", "pagination of the main listing"),
    (BELOW, r"/(19|20)\d\d/\d\d?/(\d\d?/)?[^/?]*[a-z][^/?]*/[^?]", "an image's page, or the second half of a long post"),
    ("query", r"\?.", "a parameter we know nothing about"),
)  # fmt: skip

_OTHER_FILES = frozenset(extension for _, named in OTHER_FILES for extension in named.split())
_TRAPS = tuple((name, re.compile(pattern, re.I)) for name, pattern, _ in TRAPS)
_PAGE_QUERY = re.compile("|".join(f"(?:{pattern})" for pattern, _ in PAGE_QUERIES), re.I)
_FAMILIES = tuple((name, re.compile(pattern, re.I)) for name, pattern, _ in FAMILIES)
_DATED_POST = re.compile(r"/(19|20)\d\d/\d\d?/(\d\d?/)?[^/?]*[a-z][^/?]*/?$", re.I)
_PAGE_NUMBER = re.compile(
    r"/page[/-]?\d+(\.html?)?/?$|/index-?\d{1,3}\.html?$|/(?-i:P)\d{1,4}/?$"
    r"|[?&](page|paged|pg|p?start|offset|from|start-index|updated-(max|min)|max-results|by-date)=[^&]*",
    re.I,
)

# What may also be the slug of a post, so that it does not count in /2014/05/email/.
_ALSO_SLUGS = frozenset({"other dress", "account", "wiki view", "calendar", "shared by mail"})

MAX_LENGTH = 1_000
MAX_DEPTH = 16


@lru_cache(maxsize=65_536)
def trap(url: str) -> str | None:
    """Why ``url`` is not worth asking; None if it may be."""
    at = path_and_query(url)
    path = urlsplit(url).path
    if not path.endswith("/"):
        extension = path.rsplit("/", 1)[-1].rpartition(".")
        if extension[1] and extension[2].lower() in _OTHER_FILES:
            return "not a page"
    if len(url) > MAX_LENGTH or path.count("/") > MAX_DEPTH:
        return "too long"
    if repeats(path):
        return "repeats itself"
    if _FAMILIES[0][1].search(at) or _FAMILIES[1][1].search(at):
        return None  # Blogger keeps its tags and its pagination under /search
    may_be_slug = "?" not in at and is_dated(url)
    return next(
        (name for name, pattern in _TRAPS if pattern.search(at) and not (may_be_slug and name in _ALSO_SLUGS)), None
    )


@lru_cache(maxsize=65_536)
def family(url: str) -> str | None:
    """The kind of listing ``url`` seems to be; None for a page that may be a post."""
    at = path_and_query(url)
    if "?" in at and _PAGE_QUERY.search(at):
        return None
    return next((name for name, pattern in _FAMILIES if pattern.search(at)), None)


def is_dated(url: str) -> bool:
    """Whether the address has the year-month-slug form that only posts have."""
    return bool(_DATED_POST.search(urlsplit(url).path))


@lru_cache(maxsize=65_536)
def chain(url: str) -> str | None:
    """The listing that a numbered page belongs to; None if ``url`` has no page number."""
    bare, times = _PAGE_NUMBER.subn("", url)
    return same_page_key(canonical(bare) or bare) if times else None


def repeats(path: str) -> bool:
    """Whether the path runs in a circle (``/a/b/a/b/``), as relative links on a page that answers anywhere make it."""
    segments = [segment for segment in unquote(path).split("/") if segment]
    for size in range(1, len(segments) // 2 + 1):
        times = 3 if size == 1 else 2
        for start in range(len(segments) - size * times + 1):
            run = segments[start : start + size]
            if all(part.isdigit() for part in run):
                continue  # 2011/11/11
            if all(segments[start + k * size : start + (k + 1) * size] == run for k in range(1, times)):
                return True
    return False
