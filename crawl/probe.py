"""A first look at a blog with a handful of requests: what `sectorscope add` shows before anything is crawled."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawl import feeds, robots, sitemaps
from crawl.errors import FetchFailed, status_reason
from crawl.exchange import Exchange
from crawl.fetcher import Fetcher
from crawl.links import PageLinks, is_html, page_links
from crawl.polite import PoliteFetcher
from crawl.records import CrawlSettings, Found
from crawl.robots import Robots
from crawl.shapes import family, is_dated, trap
from crawl.urls import absolute, canonical, folder, in_scope, origin, same_page_key
from extract.records import FetchedPage

MAX_REQUESTS = 12
POSTS = 3

# How to tell a platform: (name, pattern of its generator tag, pattern in the page). The first that fits.
PLATFORMS: tuple[tuple[str, str, str], ...] = (
    ("WordPress", r"wordpress", r"/wp-(content|includes)/"),
    ("Blogger", r"blogger", r"\.bp\.blogspot\.com/|www\.blogger\.com/(feeds|static)"),
    ("Drupal", r"drupal", r"/sites/(default|all)/(files|modules|themes)/|drupalSettings"),
    ("Ghost", r"ghost", r"/ghost/api/|cdn\.jsdelivr\.net/ghost"),
    ("Hugo", r"hugo", r"(?!)"),
    ("Jekyll", r"jekyll", r"(?!)"),
    ("Octopress", r"octopress", r"(?!)"),
    ("Nikola", r"nikola", r"(?!)"),
    ("Squarespace", r"squarespace", r"static1?\.squarespace\.com"),
    ("Medium", r"medium", r"cdn-client\.medium\.com"),
    ("TypePad", r"typepad|movable ?type", r"static\.typepad\.com"),
    ("Joomla", r"joomla", r"/media/jui/|/components/com_content/"),
    ("Plone", r"plone", r"\+\+theme\+\+|\+\+plone\+\+"),
)
_BLOG_FOLDER = re.compile(r"^/(.*/)?(blogs?|news-and-blogs?|blog-posts|weblog)(/|$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a blog's first page, robots.txt, sitemap and feed say. ``problems`` are sentences for the reader.

    ``feeds`` and ``sitemaps`` are those that exist, with how many entries each has on its first page; ``posts`` are up
    to three pages that are likely posts, as fetched.
    """

    url: str
    final_url: str
    title: str | None
    platform: str | None
    is_allowed: bool
    delay: float | None
    scope: str
    sitemaps: tuple[tuple[str, int], ...]
    feeds: tuple[tuple[str, int], ...]
    posts: tuple[FetchedPage, ...]
    problems: tuple[str, ...]
    requests: int


def probe(
    url: str,
    settings: CrawlSettings,
    *,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Probe:
    """Look at the blog at ``url`` with at most twelve requests. Never raises for what the web does: see ``problems``."""
    with Fetcher(settings, clock=clock) as fetcher:
        return _Look(url, settings, PoliteFetcher(fetcher, settings.delay, clock=clock, sleep=sleep)).seen()


def look_at(
    url: str,
    settings: CrawlSettings,
    *,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchedPage:
    """The one page at ``url``, asked for politely. Raises FetchFailed, also where robots.txt forbids it."""
    with Fetcher(settings, clock=clock) as fetcher:
        look = _Look(url, settings, PoliteFetcher(fetcher, settings.delay, clock=clock, sleep=sleep))
        answer = look._followed(look.url)
    if answer is None:
        raise FetchFailed(look.url, "; ".join(look.problems).removeprefix(f"{look.url}: ") or "no answer")
    return _page(answer)


def scope_of(url: str) -> str:
    """The prefix that the posts of the blog at ``url`` are proposed to have: the page itself, as a folder, where its
    path names one; a first page called ``index.php`` or ``blog.html`` counts as its folder."""
    at = canonical(url) or url
    last = urlsplit(at).path.rsplit("/", 1)[-1]
    return folder(at) if "." in last or not last else at.split("?", 1)[0]


class _Look:
    def __init__(self, url: str, settings: CrawlSettings, asker: PoliteFetcher) -> None:
        self.url = canonical(url if "://" in url else f"https://{url}") or url
        self.settings, self.asker = settings, asker
        self.problems: list[str] = []
        self.rules: dict[str, Robots] = {}

    def seen(self) -> Probe:
        answer = self._followed(self.url)
        final = answer.url if answer is not None else self.url
        rules = self.rules.get(origin(final), Robots())
        links = PageLinks()
        if answer is not None:
            links = page_links(answer.body, final, answer.content_type)
        scope = scope_of(final)
        found_maps = self._sitemaps(final, rules) if answer is not None else []
        found_feeds = self._feeds(links, scope) if answer is not None else []
        leads = [
            *(f for _, items in found_feeds for f in items),
            *links.links,
            *(f for _, items in found_maps for f in items),
        ]
        posts = self._posts(leads, scope, final)
        if answer is not None and not posts:
            self.problems.append("no page below the scope looks like a post: is this the blog's first page?")
        return Probe(
            url=self.url,
            final_url=final,
            title=links.title,
            platform=platform(links.generator, answer.body if answer is not None else b""),
            is_allowed=rules.allows(final),
            delay=rules.delay,
            scope=scope,
            sitemaps=tuple((at, len(items)) for at, items in found_maps),
            feeds=tuple((at, len(items)) for at, items in found_feeds),
            posts=tuple(posts),
            problems=tuple(self.problems),
            requests=self.asker.requests,
        )

    def _followed(self, url: str, *, note: bool = True) -> Exchange | None:
        """The HTML page that ``url`` leads to, robots.txt and redirects obeyed; else None, and a problem noted."""
        answer, problem = self._hops(url)
        if problem and note:
            self.problems.append(problem)
        return answer

    def _hops(self, url: str) -> tuple[Exchange | None, str | None]:
        first = url
        for _ in range(self.settings.max_redirects + 1):
            if not self._rules_of(url).allows(url):
                is_said = not self._rules_of(url).reachable
                return None, None if is_said else f"robots.txt forbids {url}"
            answer, problem = self._asked(url)
            if answer is None:
                return None, problem
            target = absolute(answer.location, url) if answer.location else None
            if target is None:
                if answer.status == 200 and is_html(answer.content_type, answer.body):
                    return answer, None
                what = "no HTML page" if answer.status == 200 else status_reason(answer.status)
                return None, f"{url}: {what}"
            url = target
        return None, f"{first}: too many redirects"

    def _asked(self, url: str) -> tuple[Exchange | None, str | None]:
        if self.asker.requests >= MAX_REQUESTS:
            return None, None
        try:
            return self.asker.fetch(url, packed=True), None
        except FetchFailed as failure:
            return None, str(failure)

    def _rules_of(self, url: str) -> Robots:
        home = origin(url)
        if home not in self.rules:
            at: str | None = home + "/robots.txt"
            answer: Exchange | None = None
            for _ in range(3):
                answer = self._asked(at)[0] if at else None
                at = absolute(answer.location, answer.url) if answer is not None and answer.location else None
                if at is None:
                    break
            status = answer.status if answer is not None else None
            self.rules[home] = robots.from_answer(status, answer.body if answer else b"", self.settings.user_agent)
            if status is None or status >= 500:
                self.problems.append(
                    f"{home}/robots.txt cannot be read ({status or 'no answer'}): nothing may be asked"
                )
            self.asker.manners(url).slow_down(self.rules[home].delay)
        return self.rules[home]

    def _sitemaps(self, final: str, rules: Robots) -> list[tuple[str, tuple[Found, ...]]]:
        """The first sitemap that is there, and the first child of an index."""
        seen: list[tuple[str, tuple[Found, ...]]] = []
        for found in sitemaps.well_known(final, rules.sitemaps)[:2]:
            body = self._body(found.url)
            if body is None:
                continue
            read = sitemaps.parsed(body, found.url)
            if read.pages or read.sitemaps:
                seen.append((found.url, read.pages or read.sitemaps))
                break
        return seen

    def _feeds(self, links: PageLinks, scope: str) -> list[tuple[str, tuple[Found, ...]]]:
        for found in (links.feeds or feeds.well_known(scope, links.generator))[:2]:
            body = self._body(found.url)
            items = feeds.parsed(body, found.url).items if body is not None else ()
            if items:
                return [(found.url, items)]
        return []

    def _body(self, url: str) -> bytes | None:
        for _ in range(2):
            if not self._rules_of(url).allows(url):
                return None
            answer = self._asked(url)[0]
            if answer is None or answer.status == 200:
                return answer.body if answer is not None else None
            target = absolute(answer.location, url) if answer.location else None
            if target is None:
                return None
            url = target
        return None

    def _posts(self, leads: list[Found], scope: str, first: str) -> list[FetchedPage]:
        """Up to three pages, the likeliest posts first: what feed items and dated addresses name, then other pages."""
        likely: dict[str, tuple[int, str]] = {}
        for lead in leads:
            key = same_page_key(lead.url)
            if not in_scope(lead.url, scope) or trap(lead.url) or family(lead.url) or key == same_page_key(first):
                continue
            has_words = is_dated(lead.url) or _has_words(lead.url, scope)
            is_nested = urlsplit(lead.url).path.strip("/").count("/") > urlsplit(scope).path.strip("/").count("/")
            rank = (0 if has_words else 2 if is_nested else 4) + (lead.how != "feed")
            likely[key] = min(likely.get(key, (rank, lead.url)), (rank, lead.url), key=lambda pair: pair[0])
        pages: list[FetchedPage] = []
        for _, url in sorted(likely.values(), key=lambda pair: pair[0]):
            if len(pages) == POSTS or self.asker.requests >= MAX_REQUESTS:
                break
            answer = self._followed(url, note=False)
            if answer is not None:
                pages.append(_page(answer))
        return pages


def platform(generator: str | None, body: bytes) -> str | None:
    """The platform's name by its generator tag, else by the addresses in its pages; None if nothing tells."""
    if generator:
        for name, tag, _ in PLATFORMS:
            if re.search(tag, generator, re.I):
                return name
    text = body[:500_000].decode("latin-1")
    return next((name for name, _, trace in PLATFORMS if re.search(trace, text)), None)


def _has_words(url: str, scope: str) -> bool:
    """Whether the address has a slug of several words, as posts have and "about" has not, or a blog's folder."""
    rest = urlsplit(url).path[len(urlsplit(scope).path.rstrip("/")) :]
    return rest.count("-") + rest.count("_") >= 2 or bool(_BLOG_FOLDER.match(rest))


def _page(answer: Exchange) -> FetchedPage:
    return FetchedPage(
        url=answer.url,
        final_url=answer.url,
        status=answer.status,
        content_type=answer.content_type,
        headers=answer.headers,
        body=answer.body,
        fetched_at=answer.fetched_at,
    )
