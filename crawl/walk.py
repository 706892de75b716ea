"""The crawl of one blog: robots, then the seed, sitemaps and feeds, then every page they lead to.

The archive is the memory. A crawl that was cut short is gone through again from the start, but what it has asked is read
from the archive instead of the network; so it comes to the same pages as one that nothing disturbed, and no state needs
saving beside the WARC files.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import date

from crawl import feeds, recheck, robots, sitemaps
from crawl.age import is_older
from crawl.archive import Archive
from crawl.errors import FetchFailed, may_heal, status_reason
from crawl.fetcher import Fetcher
from crawl.frontier import Entry, Frontier
from crawl.links import PageLinks, is_html, page_links
from crawl.polite import PoliteFetcher
from crawl.progress import Progress as Progress
from crawl.progress import Teller
from crawl.records import CrawlSettings, CrawlSummary, Fetch, Found, Outcome
from crawl.robots import Robots
from crawl.shapes import chain
from crawl.tombstones import read_tombstones
from crawl.urls import absolute, folder, host, origin, origin_key
from crawl.writer import Writer, writing
from extract.records import Blog

PATIENCE = 5
"""After so many URLs in a row that failed as only a dead or angry host fails, the crawl is left for another day."""

MAX_LISTS = 2_000
"""Sitemaps and pages of feeds, in all; the pages they name have a limit of their own."""

OLDER = "older than asked for"
"""Why pages were left out of a crawl that was to bring later ones only."""

NOT_FOLLOWED = frozenset({"bad address", "too many redirects", "redirect loop"})
"""What is wrong with a redirect that nobody could follow; to lead out of scope is its right."""


def crawl(
    blog: Blog,
    archive: Archive,
    settings: CrawlSettings,
    *,
    since: date | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> CrawlSummary:
    """Crawl ``blog`` into ``archive``, going on with its last crawl if that was cut short.

    Of pages that a feed, a sitemap or their address date before ``since``, none is asked; then the crawl is not complete.
    Failures of pages are in the summary and the ledger. Raises ArchiveLocked if another process crawls the blog, and
    lets KeyboardInterrupt through after closing the archive's files; the next call goes on from there.
    """
    delay = settings.delay if blog.delay is None else blog.delay
    with (
        writing(archive, blog.key, user_agent=settings.user_agent, clock=clock) as writer,
        Fetcher(settings, clock=clock) as fetcher,
    ):
        asker = PoliteFetcher(fetcher, delay, clock=clock, sleep=sleep)
        teller = Teller(on_progress, clock)
        asker.on_wait = teller.waits
        return Walk(blog, archive, settings, writer, asker, teller, since).run()


class Walk:
    """One crawl while it runs."""

    def __init__(
        self, blog: Blog, archive: Archive, settings: CrawlSettings, writer: Writer, asker: PoliteFetcher, teller: Teller,
        since: date | None = None,
    ) -> None:  # fmt: skip
        self.blog, self.archive, self.settings = blog, archive, settings
        self.writer, self.asker, self.teller = writer, asker, teller
        self.since = since
        self.max_pages = settings.max_pages if blog.max_pages is None else blog.max_pages
        self.seed = absolute(blog.url, blog.url) or blog.url
        self.frontier = Frontier(
            blog.scope, origin(self.seed), settings.max_redirects, is_forgotten=read_tombstones(archive.folder).has_page
        )
        self.earlier = archive.captures(blog.key, before=writer.crawl)
        self.done = {entry.url: entry for entry in archive.ledger(blog.key) if entry.crawl == writer.crawl}
        self.held = recheck.held(entry for entry in archive.ledger(blog.key) if entry.crawl < writer.crawl)
        self.began = recheck.began(writer.crawl)
        self.is_update = any(ending.is_complete for ending in archive.endings(blog.key))
        self.robots: dict[str, Robots] = {}
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.pages = self.lists = 0
        self.bad_luck = 0

    def run(self) -> CrawlSummary:
        """From the seed to the end, or as far as host and limits allow."""
        self.frontier.add(Found(url=self.seed, how="seed"))
        self.teller.at = self._progress(self.seed)
        entry = self.frontier.next()
        while entry is not None and self._visit(entry) == "redirected":
            entry = self.frontier.next()
        self._open()
        while (entry := self.frontier.next()) is not None:
            if entry.role == "page" and self.pages >= self.max_pages:
                return self._ended(is_complete=False)
            if entry.role != "page" and self.lists >= MAX_LISTS:
                continue
            self._visit(entry)
            if self.bad_luck >= PATIENCE:
                return self._summary(is_complete=False)  # no ending: the next run goes on here
        return self._ended(is_complete=self._saw_anything() and not self.frontier.excluded[OLDER])

    def _open(self) -> None:
        """Once it is known where the seed lives: add the sitemaps, and what earlier crawls had, linked or not."""
        rules = self._robots_of(self.frontier.home)
        if not rules.reachable:
            return
        for found in sitemaps.well_known(self.frontier.home, rules.sitemaps):
            self.frontier.add(found, "sitemap")
        for url, fetch in self.earlier.items():
            if is_html(fetch.content_type):
                how = fetch.how if fetch.how != "seed" else "link"
                self.frontier.add(Found(url=url, how=how, via=fetch.via), keep=True)

    def _visit(self, entry: Entry) -> Outcome:
        if self._rests(entry):
            self.frontier.excluded["not due yet"] += 1
            self._discover(entry, self.earlier[entry.url])
            return "unchanged"
        if self.since and entry.role == "page" and not self._is_seed(entry) and is_older(entry.found, self.since):
            self.frontier.excluded[OLDER] += 1
            return "excluded"
        fetch = self._settled(entry)
        self._count(entry, fetch)
        if fetch.outcome in ("fetched", "unchanged"):
            self._discover(entry, fetch)
        elif fetch.outcome == "redirected":
            self._follow(entry, fetch)
        elif fetch.status in (403, 404, 410):
            self.frontier.missed(entry)
        self.teller.settled(self._progress(fetch.url))
        return fetch.outcome

    def _rests(self, entry: Entry) -> bool:
        """Whether what the archive holds of a page is good enough for this crawl. Listings are always asked."""
        known = self.held.get(entry.url)
        if known is None or self.began is None or not self.is_update or entry.url not in self.earlier:
            return False
        if entry.role != "page" or self._is_seed(entry) or entry.family is not None or chain(entry.url) is not None:
            return False
        return not recheck.is_due(known, self.began, entry.found.lastmod)

    def _count(self, entry: Entry, fetch: Fetch) -> None:
        if entry.role == "page" and fetch.outcome != "excluded":
            self.pages += 1
        elif entry.role != "page":
            self.lists += 1
        self.counts[fetch.outcome] += 1
        is_guess = entry.role != "page" and entry.found.via is None and entry.found.how != "robots"
        if is_guess and fetch.status in (403, 404, 410):
            return  # nobody said that there is a feed or sitemap at the usual place
        if fetch.outcome == "failed" or (fetch.outcome == "excluded" and self._is_seed(entry)):
            self.failures[fetch.reason or ""] += 1
        self._note_luck(fetch)

    def _settled(self, entry: Entry) -> Fetch:
        """What became of the URL in this crawl: from the archive if it was asked already, else from the web."""
        before = self.done.get(entry.url)
        if before is not None and not (before.outcome == "failed" and may_heal(before.reason or "")):
            return before
        rules = self._robots_of(entry.url)
        if not rules.reachable:
            return self.writer.save_failure(entry.found, "failed", "robots unreachable")
        if not rules.allows(entry.url):
            return self.writer.save_failure(entry.found, "excluded", "robots")
        return self._asked(entry)

    def _asked(self, entry: Entry) -> Fetch:
        known = self.earlier.get(entry.url)
        try:
            answer = self.asker.fetch(
                entry.url,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
                packed=entry.role == "sitemap",
                max_bytes=max(sitemaps.MAX_BYTES, self.settings.max_bytes) if entry.role == "sitemap" else None,
            )
        except FetchFailed as failure:
            outcome: Outcome = "excluded" if failure.reason == "not text" else "failed"
            return self.writer.save_failure(entry.found, outcome, failure.reason)
        if answer.status == 200:
            return self.writer.save(answer, entry.found, "fetched", earlier=known)
        if answer.status == 304 and known is not None:
            return self.writer.save(answer, entry.found, "unchanged", earlier=known)
        if answer.location is None:
            return self.writer.save(answer, entry.found, "failed", status_reason(answer.status))
        return self.writer.save(answer, entry.found, "redirected", self._redirect_reason(entry, answer.location))

    def _redirect_reason(self, entry: Entry, location: str) -> str | None:
        """What is worth saying of a redirect, without acting on it: None, a new host of the blog, or why not followed."""
        target = absolute(location, entry.url)
        if target is None:
            return "bad address"
        if not self._is_seed(entry):
            return self.frontier.refusal(entry, target)
        reason = self.frontier.refusal(entry, target, origin(target))
        if reason in NOT_FOLLOWED:
            return reason
        return f"the blog moved to {host(target)}" if origin_key(target) != origin_key(entry.url) else None

    def _follow(self, entry: Entry, fetch: Fetch) -> None:
        target = absolute(fetch.location or "", entry.url)
        if fetch.reason in NOT_FOLLOWED:
            self.failures[fetch.reason] += 1
            return
        if target is None:
            return
        if self._is_seed(entry):
            if not self.frontier.in_scope(target):
                self.frontier.scopes.append(folder(target))
            self.frontier.home = origin(target)
        self.frontier.redirected(entry, target)

    def _is_seed(self, entry: Entry) -> bool:
        """Whether this is the seed, or where redirects led from it."""
        return entry.found.how == "seed" or (entry.is_from_seed and entry.hops > 0)

    def _discover(self, entry: Entry, fetch: Fetch) -> None:
        body = self.archive.read(fetch).body
        if entry.role == "sitemap":
            read = sitemaps.parsed(body, entry.url, entry.found.depth)
            for child in read.sitemaps:
                self.frontier.add(child, "sitemap", keep=child.url in self.earlier)
            self.frontier.visited(entry, read.pages)
            if read.left_out:
                self.frontier.excluded["more than a sitemap may name"] += read.left_out
        elif entry.role == "feed":
            feed = feeds.parsed(body, entry.url, fetch.content_type, entry.found.depth)
            fresh = self.frontier.visited(entry, feed.items)
            if feed.next and (fresh or not self.is_update):
                self._add_feed(Found(url=feed.next, how="feed", via=entry.url, depth=entry.found.depth + 1))
        elif is_html(fetch.content_type, body):
            found = page_links(body, entry.url, fetch.content_type, entry.found.depth)
            self.frontier.visited(entry, found.links, looks_like_post=found.looks_like_post)
            if self._is_seed(entry):
                self._add_feeds(found)

    def _add_feeds(self, seed: PageLinks) -> None:
        """The feeds that the blog's first page offers; if it offers none, where its platform keeps them."""
        for found in seed.feeds or feeds.well_known(self.blog.scope, seed.generator):
            self._add_feed(found)

    def _add_feed(self, found: Found) -> None:
        if origin_key(found.url) == origin_key(self.frontier.home):
            self.frontier.add(found, "feed")

    def _robots_of(self, url: str) -> Robots:
        """The rules of the URL's origin, asked for once a crawl."""
        home = origin(url)
        if home not in self.robots:
            rules = self.robots[home] = self._read_robots(home + "/robots.txt")
            self.asker.manners(url).slow_down(rules.delay)
        return self.robots[home]

    def _read_robots(self, url: str) -> Robots:
        """robots.txt with up to five redirects, wherever they lead (RFC 9309 §2.3.1.2)."""
        found = Found(url=url, how="robots")
        for _ in range(6):
            fetch = self.done.get(found.url)
            if fetch is None or (fetch.outcome == "failed" and may_heal(fetch.reason or "")):
                fetch = self._asked(Entry(found=found, role="sitemap", key=found.url))
            if fetch.outcome in ("fetched", "unchanged"):
                return robots.from_answer(200, self.archive.read(fetch).body, self.settings.user_agent)
            target = absolute(fetch.location or "", found.url)
            if target is None:
                missing = 404 if fetch.outcome == "excluded" or fetch.reason == "too large" else None
                return robots.from_answer(fetch.status or missing, b"", self.settings.user_agent)
            found = Found(url=target, how="robots", via=found.url)
        return robots.from_answer(404, b"", self.settings.user_agent)

    def _note_luck(self, fetch: Fetch) -> None:
        """Count failures in a row of the kind that says more about the host than about the page."""
        if fetch.outcome == "failed" and may_heal(fetch.reason or ""):
            self.bad_luck += 1
        elif fetch.outcome != "excluded":
            self.bad_luck = 0

    def _saw_anything(self) -> bool:
        return self.counts["fetched"] + self.counts["unchanged"] > 0

    def _ended(self, *, is_complete: bool) -> CrawlSummary:
        summary = self._summary(is_complete=is_complete)
        self.writer.save_ending(summary, dict(self.frontier.excluded))
        self.teller.settled(self._progress(None), now=True)
        return summary

    def _summary(self, *, is_complete: bool) -> CrawlSummary:
        return CrawlSummary(
            blog=self.blog.key, crawl=self.writer.crawl, is_complete=is_complete, found=self.frontier.known,
            fetched=self.counts["fetched"], unchanged=self.counts["unchanged"], redirected=self.counts["redirected"],
            excluded=self.counts["excluded"] + self.frontier.excluded.total(), failed=tuple(self.failures.most_common()),
            left_out=tuple(self.frontier.excluded.most_common()),
        )  # fmt: skip

    def _progress(self, url: str | None) -> Progress:
        return Progress(
            blog=self.blog.key, crawl=self.writer.crawl, found=self.frontier.known, waiting=self.frontier.waiting,
            fetched=self.counts["fetched"], unchanged=self.counts["unchanged"], failed=self.failures.total(), url=url,
        )  # fmt: skip
