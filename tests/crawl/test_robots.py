import time

import pytest

from crawl import robots

AGENT = "Sectorscope/0.1 (+https://robots.example/feedfetcher)"
RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /

User-agent: SectorScope
Crawl-delay: 2.5
Disallow: /private/
Allow: /private/essays
Disallow: /*.cgi$
Disallow: /s\xc3\xa9ance/

Sitemap: https://hill.example/sitemap.xml
sitemap: /not-absolute.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/diary", False),
        ("/private/essays/one", True),
        ("/run.cgi", False),
        ("/run.cgi?x=1", True),
        ("/s%C3%A9ance/one", False),
        ("/robots.txt", True),
    ],
)
def test_our_own_group_counts_and_the_longest_rule_wins(path, allowed):
    assert robots.parsed(RULES, AGENT).allows("https://hill.example" + path) is allowed


def test_delay_and_sitemaps_are_read():
    rules = robots.parsed(RULES, AGENT)
    assert rules.delay == 2.5
    assert rules.sitemaps == ("https://hill.example/sitemap.xml",)
    assert robots.parsed(b"User-agent: *\nCrawl-delay: 86400", AGENT).delay == robots.MAX_DELAY


def test_a_group_named_like_our_contact_address_is_not_ours():
    rules = robots.parsed(b"User-agent: feedfetcher\nDisallow: /\n", AGENT)
    assert rules.allows("https://hill.example/a")


def test_groups_for_everybody_are_read_together():
    rules = robots.parsed(b"User-agent: *\nDisallow: /old/\n\nUser-agent: *\nAllow: /\n", AGENT)
    assert not rules.allows("http://hill.example/old/a")
    assert rules.allows("http://hill.example/new/a")


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (404, True), (401, True), (410, True), (429, False), (503, False), (None, False)],
)
def test_what_no_answer_means(status, allowed):
    """RFC 9309: no file, no rules; a file that cannot be read now forbids everything for now."""
    rules = robots.from_answer(status, b"User-agent: *\nDisallow: /", AGENT)
    assert rules.allows("https://hill.example/a") is allowed
    assert rules.reachable is (status not in (429, 503, None))


def test_a_page_in_the_place_of_robots_txt_says_nothing():
    body = b"<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body></html>"
    assert robots.parsed(body, AGENT).allows("https://hill.example/a")


def test_what_stands_behind_500_kib_is_not_read():
    body = b"User-agent: *\n" + b"# padding\n" * 60_000 + b"Disallow: /\n"
    assert len(body) > robots.MAX_BYTES
    assert robots.parsed(body, AGENT).allows("https://hill.example/a")


def test_rules_full_of_wildcards_are_matched_at_once():
    """Turned into a regular expression such a rule takes longer than the crawl."""
    rule = b"Disallow: /" + b"*a" * 60 + b"*b$\n"
    rules = robots.parsed(b"User-agent: *\n" + rule * 20, AGENT)
    started = time.perf_counter()
    assert rules.allows("https://hill.example/" + "a" * 3_000 + "c")
    assert time.perf_counter() - started < 1.0
