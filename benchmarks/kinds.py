"""Is a page a post or not? Judged on every HTML page of the archives in shared/sites.

    python -m benchmarks.kinds [--site NAME ...] [--list]

Each archive is read as its blog is: with the profile learnt from its pages. Pages that nobody judged, events, second addresses
of a post and copies that robots.txt forbids are neither right nor wrong.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from benchmarks.crawl_speed import SHARED
from extract.post import extract_post
from extract.site import learn_site

SITES = SHARED / "sites"
NEUTRAL = frozenset({"alias", "event", "unjudged", "robots-disallowed"})
LEARN_FROM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One page: what it is by the truth file, what it was read as, and why."""

    url: str
    truth: str
    kind: str
    reason: str

    @property
    def is_wrong(self) -> bool:
        return (self.truth == "post") != (self.kind == "post")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", action="append", help="an archive of shared/sites (default: all)")
    parser.add_argument("--list", action="store_true", help="print the pages that are judged wrongly")
    asked = parser.parse_args()
    names = asked.site or sorted(path.stem for path in SITES.glob("*.zip"))
    total: list[Judged] = []
    with ProcessPoolExecutor(2) as pool:
        for name, pages in zip(names, pool.map(judged, names), strict=True):
            print(score(name, pages))
            total += pages
            if asked.list:
                for page in pages:
                    if page.is_wrong:
                        print(f"    {page.truth:12} read as {page.kind:8} ({page.reason}) {page.url}")
    print(score("all", total))
    return 0


def score(name: str, pages: list[Judged]) -> str:
    counts = collections.Counter((page.truth == "post", page.kind == "post") for page in pages)
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return f"{name:20} {len(pages):5} pages, {right + missed:4} posts: precision {precision:.4f} recall {recall:.4f} ({wrong} wrong, {missed} missed)"


def judged(name: str) -> list[Judged]:
    """Every HTML page of an archive that was judged, as it is read."""
    bodies = dict(html_pages(name))
    chosen = sorted(bodies, key=lambda url: sha256(url.encode()).digest())[:LEARN_FROM]
    site = learn_site((url, bodies[url]) for url in chosen)
    found = []
    for url, truth in truths(name):
        if url in bodies and truth not in NEUTRAL:
            post = extract_post(bodies[url], url, site=site)
            found.append(Judged(url=url, truth=truth, kind=post.kind, reason=post.kind_reason))
    return found


def truths(name: str) -> Iterator[tuple[str, str]]:
    with gzip.open(SITES / f"pages-{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["url"], row["kind"]


def html_pages(name: str) -> Iterator[tuple[str, bytes]]:
    """(URL, body) of what the archive holds under the addresses of its list, but feeds and texts."""
    with zipfile.ZipFile(SITES / f"{name}.zip") as files:
        held = set(files.namelist())
        for url, truth in truths(name):
            parts = urlsplit(url)
            bare = (parts.hostname or "") + unquote(parts.path)
            bare += "index.html" if bare.endswith("/") else ""
            places = (f"{bare}?{parts.query}", bare, bare + ".html", bare + "/index.html")
            place = next((place for place in places if place in held), None)
            if place is not None and truth != "xml/txt":
                yield url, files.read(place)


if __name__ == "__main__":
    raise SystemExit(main())
