"""Whether a page is a post, a listing of posts, or something else, and by what sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from extract.addresses import shape, words_of
from extract.layout import Box
from extract.linked_data import types
from extract.page import Page
from extract.records import Dated, Kind, Person, SiteProfile
from extract.zones import Names


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules of kind look at."""

    page: Page
    text: str
    title: str | None
    published: Dated | None
    people: tuple[Person, ...]
    body: tuple[int, int]
    site: SiteProfile | None


Verdict = tuple[Kind, str]

# What a URL's path or query says. Kind, reason, pattern over the path, lower-case, with its query.
_ADDRESSES: tuple[tuple[Kind, str, str], ...] = (
    ("listing", "front page", r"^/(?:index\.\w+|home/?|default\.aspx?)?$"),
    ("listing", "front page of a section", r"^/(?:posts?|blogs?|news|articles?|entries|writing|stories|weblog|journal)/?$"),
    ("listing", "pagination page", r"/index-\d{1,4}\.html?$|/page/\d+/?(?:$|\?)|/page\d+/?$|[?&](?:paged?|offset|start|pg)=\d+|/p/\d+/?$|/seite/\d+"),
    ("listing", "tag page", r"/(?:tags?|topics?|labels?|etiqueta|schlagwort|keyword|themes?)(?:/[^/]+)?/?$|/search/label/|/tagged/|[?&]tag="),
    ("listing", "category page", r"/(?:categor(?:y|ies|ie|ia|ias)|kategorien?|rubrik|sections?)(?:/[^/]+){0,4}/?$|[?&]cat=\d+"),
    ("listing", "author page", r"/(?:authors?|contributors?|profiles?|members?|users?|people|staff|team|byline|autor(?:en)?|auteurs?)(?:/[^/]+){0,2}/?$|[?&]author=\w+"),
    ("listing", "archive page", r"/(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?)?/?$|(?:^|/)(?:blog/)?(?:archives?|archivio|archiv|all-posts)(?:\.\w+|/\d+)?/?$|[?&]m=\d{4,8}|_archive\.html$"),
    ("listing", "search page", r"[?&]s=|/search(?:/|$|\?)|/suche(?:/|$)"),
    ("other", "page of comments", r"/comment-page-\d+/?$"),
    ("other", "page below a post", r"/(?:19|20)\d\d/\d\d?/(?:\d\d?/)?[^/]*[a-z][^/]*/\d{1,3}/?$"),
    ("other", "attachment page", r"/attachment/|[?&]attachment_id=|\.(?:jpe?g|png|gif|pdf|docx?)/?$"),
    ("other", "feed", r"/(?:feed|rss|atom)(?:\.xml)?/?$"),
    ("other", "standing page", r"^/(?:[^/]+/)?(?:about(?:-(?:us|me|this-blog|the-author))?|contact(?:-us)?|privacy(?:-policy)?|terms(?:-(?:of-use|of-service|and-conditions))?|cookies?(?:-policy)?|licen[cs](?:es?|ing)|copyright|imprint|impressum|disclaimer|accessibility|login|wp-login\.php|register|subscribe|newsletter|donate|sitemap|404|chi-siamo|contatti|kontakt|ueber-uns|qui-sommes-nous|mentions-legales|faq|links|blogroll|colophon|guestbook|resources|publications|projects|events|press|jobs|careers)(?:\.\w+)?/?$"),
)  # fmt: skip
_COMPILED = tuple((kind, reason, re.compile(pattern)) for kind, reason, pattern in _ADDRESSES)

ONE_THING = "other type by its class"
"""Why a page is no post although it is one thing (a person, a product): its text is read as a post's is."""
UNTOLD = "text without other signs"
"""Why a page is a post although nothing on it says so."""

# What platforms write into the class of the body element.
_BODY_CLASSES: tuple[tuple[Kind, str, str], ...] = (
    ("other", "attachment page", r"(?:^|\s)(?:attachment|single-attachment)(?:\s|$)"),
    ("other", "error page", r"(?:^|\s)(?:error404|page-not-found|error-404)(?:\s|$)"),
    ("other", ONE_THING, r"(?:^|\s)single-(?:team|staff|people|person|member|profile|bio|event|tribe_events|product|portfolio|project|testimonial|faq|job|vacancy|partner|sponsor|location|venue|slide)[\w-]*(?:\s|$)"),
    ("listing", "archive by its class", r"(?:^|\s)(?:mt-(?:main-index|archive-index|archive-listing)|(?:feed|archive|label|search)-view|archive|category|tag|author|date|search|search-results|home|blog|paged|front|page-blog|page-taxonomy|page-taxonomy-term|home-template|tag-template|author-template|node-type-blog-index)(?:\s|$)"),
    ("post", "post by its class", r"(?:^|\s)(?:mt-entry-archive|item-view|single-post|single|node-type-(?:blog|article|story|news|post|blog-post|blog-entry|news-item)|post-template(?:-default)?|blog-post|postid-\d+|page-node-type-(?:blog|article|news|story)\S*)(?:\s|$)"),
    ("other", "page by its class", r"(?:^|\s)(?:mt-page-archive|page-view|collection-type-page|page-id-\d+|page-template(?:-\S+)?|node-type-page|page-node-type-page|page-template-default)(?:\s|$)"),
)  # fmt: skip
_COMPILED_CLASSES = tuple((kind, reason, re.compile(pattern)) for kind, reason, pattern in _BODY_CLASSES)

_ERROR_TITLE = re.compile(
    r"^\W*(?:404|403|500|page not found|not found|error|access denied|forbidden|seite nicht gefunden|pagina non trovata|page introuvable|object not found|redirecting)\b",
    re.I,
)
_LISTING_TITLE = re.compile(
    r"^\W*(?:archives?\b|archivio\b|posts? tagged|posts? (?:by|from)\b.{0,40}$|entries tagged|tag archives?|tag:|category:|category archives?|browsing\b.{0,40}(?:category|tag)|search results|results for|author archives?|all posts|posts about|articles by|articoli|monthly archives?|daily archives?|yearly archives?)",
    re.I,
)
_STANDING_TITLE = re.compile(
    r"^\W*(?:about(?: (?:us|me|this (?:blog|site)))?|contact(?: us)?|privacy(?: policy)?|terms(?: (?:of (?:use|service)|(?:and|&) conditions))?|cookie policy|accessibility(?: statement)?|disclaimer|impressum|imprint|sitemap|site map|log ?in|sign in)\W*$",
    re.I,
)


def from_redirect(reading: Reading) -> Verdict | None:
    return ("other", "redirect") if reading.page.meta.get("refresh") and len(reading.text) < 400 else None


def from_error(reading: Reading) -> Verdict | None:
    said = reading.title or reading.page.head_title or ""
    return ("other", "error page") if _ERROR_TITLE.match(said) and len(reading.text) < 2500 else None


def from_address(reading: Reading) -> Verdict | None:
    return address_kind(reading.page.url)


def address_kind(url: str) -> Verdict | None:
    """What a URL alone says of its page; None if it says nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    said = unquote(parts.path or "/").lower() + (f"?{parts.query.lower()}" if parts.query else "")
    if not parts.netloc:
        return None
    return next(((kind, reason) for kind, reason, pattern in _COMPILED if pattern.search(said)), None)


def from_body_class(reading: Reading) -> Verdict | None:
    root = reading.page.root
    body = root if root.tag == "body" else root.find("body")
    names = (body.get("class") or "").lower() if body is not None else ""
    return next(((kind, reason) for kind, reason, pattern in _COMPILED_CLASSES if pattern.search(names)), None)


def from_title(reading: Reading) -> Verdict | None:
    for said in (reading.title, reading.page.head_title):
        if said and _LISTING_TITLE.match(said):
            return "listing", "title of a listing"
        if said and _STANDING_TITLE.match(said):
            return "other", "standing page"
    return None


def from_linked_data(reading: Reading) -> Verdict | None:
    said = {name for node in reading.page.linked_data for name in types(node)}
    if said & {"collectionpage", "searchresultspage", "blog"} and not said & {"blogposting", "newsarticle", "article"}:
        return "listing", "JSON-LD"
    if said & {"aboutpage", "contactpage"}:
        return "other", "JSON-LD"
    return None


_ENTRY = Names(
    r"(?:^|\s)(?:hentry|h-entry|post|entry|blog-?post|views-row|post-preview|post-?summary|archive-post)(?=\s|$)"
)


def from_entries(reading: Reading) -> Verdict | None:
    """Three or more entries that each begin with a linked heading make a listing, where no article stands apart from them."""
    layout = reading.page.layout
    entries: list[Box] = []
    for box in layout.boxes:
        if box.signs.zone in (None, "meta") and (box.tag == "article" or _ENTRY in box.signs.names):
            opening = layout.blocks[box.start : min(box.end, box.start + 4)]
            heading = next((block for block in opening if block.is_heading), None)
            if heading is not None and heading.link_density > 0.8:
                entries.append(box)
    return ("listing", "several entries") if len(entries) >= 3 and not _stands_apart(reading, entries) else None


_WORDS_APART = 150
"""Of a text beside entries: a description of the section that they belong to is shorter."""
_WORDS_DECLARED = 50
"""The same where the page declares to be one article."""


def _stands_apart(reading: Reading, entries: Sequence[Box]) -> bool:
    """Whether the text that was found is none of the entries: posts end with cards of other posts, under every theme's names."""
    start, end = reading.body
    within = {i for box in entries for i in range(max(box.start, start), min(box.end, end))}
    blocks = reading.page.layout.blocks[start:end]
    apart = sum(len(b.text.split()) for b in blocks if b.index not in within and b.link_density < 0.5)
    return apart >= (_WORDS_DECLARED if _declares_article(reading.page) else _WORDS_APART)


def _declares_article(page: Page) -> bool:
    said = {name for node in page.linked_data for name in types(node)}
    return bool(said & _ARTICLES) or (page.first_meta("og:type") or "").lower() == "article"


_ARTICLES = frozenset({"blogposting", "newsarticle", "article", "reportagenewsarticle", "opinionnewsarticle"})


def from_attachment(reading: Reading) -> Verdict | None:
    """WordPress shows a picture or a file on a page of its own, under a post's layout."""
    is_shown = len(reading.text) < 400 and reading.page.layout.elements(_ATTACHMENT, "p", "div")
    return ("other", "attachment page") if is_shown else None


_ATTACHMENT = Names(r"(?:^|\s)attachment(?:\s|$)")


def from_entry_class(reading: Reading) -> Verdict | None:
    """Platforms that tell a page from a post on the element that holds it: WordPress's ``type-page``, Nikola's
    ``storypage``. Where posts stand beside it, it says nothing of the whole."""
    layout = reading.page.layout
    is_page = layout.elements(_PAGE_ENTRY) and not layout.elements(_POST_ENTRY)
    return ("other", "page by the class of its entry") if is_page else None


_PAGE_ENTRY = Names(r"(?:^|\s)(?:type-(?:page|attachment)|storypage)(?:\s|$)")
_POST_ENTRY = Names(r"(?:^|\s)(?:type-post|postpage)(?:\s|$)")


def from_known_address(reading: Reading) -> Verdict | None:
    """An address of the shape that this blog's listings have, and none of its posts."""
    site = reading.site
    if site is None or not site.listing_addresses:
        return None
    shapes = (*site.listing_addresses, *site.post_addresses)
    is_listing = shape(reading.page.url, words_of(shapes)) in site.listing_addresses
    return ("listing", "address like this blog's listings") if is_listing else None


def from_emptiness(reading: Reading) -> Verdict | None:
    """A page with no text is a post only where title and day stand where this blog's posts have them: a video, a picture."""
    if len(reading.text) >= 20:
        return None
    is_dated = (
        reading.site is not None
        and reading.site.layout.date_places
        and reading.published is not None
        and reading.published.source != "url"
    )
    return None if is_dated and reading.title else ("other", "no text")


def from_site(reading: Reading) -> Verdict | None:
    """On a blog whose posts are known to show a date, a page without one is none of them."""
    if (
        reading.site is not None
        and reading.site.layout.date_places
        and (reading.published is None or reading.published.source == "url")
    ):
        return "other", "no date where this blog's posts have one"
    return None


def from_signs(reading: Reading) -> Verdict | None:
    """The page's own claims to be an article, and what articles have: text with an author or a date."""
    said = {name for node in reading.page.linked_data for name in types(node)}
    kind = (reading.page.first_meta("og:type") or "").lower()
    if said & _ARTICLES:
        return "post", "JSON-LD"
    if reading.published is not None:
        return "post", "dated text"
    if kind in ("article", "blog", "post", "blogpost"):
        return "post", "og:type"
    if reading.people:
        return "post", "text with an author"
    return None


# The order matters: an address is the surest sign; the page's claims come last, as themes make them for every page.
RULES: tuple[Callable[[Reading], Verdict | None], ...] = (
    from_redirect, from_address, from_error, from_attachment, from_emptiness, from_body_class, from_entry_class, from_title, from_linked_data, from_entries, from_known_address, from_site, from_signs,
)  # fmt: skip


def kind(reading: Reading, rules: Sequence[Callable[[Reading], Verdict | None]] = RULES) -> Verdict:
    """The page's kind and the reason for it."""
    verdict = next((verdict for rule in rules if (verdict := rule(reading)) is not None), None)
    return verdict or (("post", UNTOLD) if len(reading.text) >= 250 else ("other", "little text"))
