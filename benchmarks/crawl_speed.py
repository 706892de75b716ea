"""How much processor time a crawled page costs us, and how much it costs Scrapy for the same job.

    python -m benchmarks.crawl_speed --scrapy PYTHON [--site civic.io] [--rounds 3]

The job: fetch one archived blog through the replay proxy with no delay, one connection, robots.txt obeyed, follow the links
within the blog, store each body. PYTHON is an interpreter that has Scrapy (the extra ``bench``); without it only ours is
measured. Each crawl is a process of its own; counted is all its processor time, start included, and the pages (status 200)
that it stored. What is ours beside that: the WARC records with their digests, sitemaps, feeds, and the ledger.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parent.parent.parent / "shared"
AGENT = "Sectorscope-benchmark/1 (+https://sectorscope.example/crawler)"

OURS = """
import sys
from crawl.archive import Archive
from crawl.records import CrawlSettings
from crawl.walk import crawl
from extract.records import Blog
url, folder, agent = sys.argv[1:]
settings = CrawlSettings(user_agent=agent, delay=0.0, max_retries=0)
crawl(Blog(key="blog", name="Blog", url=url, scope=url), Archive(folder), settings)
print(sum(f.outcome == "fetched" and f.status == 200 for f in Archive(folder).ledger("blog")))
"""

SCRAPYS = """
import hashlib, sys
from pathlib import Path
from urllib.parse import urlsplit
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
url, folder, agent = sys.argv[1:]
class Blog(scrapy.Spider):
    name = "blog"
    start_urls = [url]
    allowed_domains = [urlsplit(url).hostname]
    stored = 0
    links = LinkExtractor(allow_domains=allowed_domains)
    def parse(self, response):
        Path(folder, hashlib.sha1(response.url.encode()).hexdigest()).write_bytes(response.body)
        Blog.stored += 1
        if isinstance(response, scrapy.http.HtmlResponse):
            for link in self.links.extract_links(response):
                yield scrapy.Request(link.url)
process = CrawlerProcess({
    "USER_AGENT": agent, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "RETRY_ENABLED": False, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False,
})
process.crawl(Blog)
process.start()
print(Blog.stored)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    pages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Pages per second of processor time."""
        return self.pages / self.seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scrapy", metavar="PYTHON", help="an interpreter that has Scrapy")
    parser.add_argument("--site", default="civic.io", help="an archive of shared/sites (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    archive = SHARED / "sites" / f"{asked.site}.zip"
    if not archive.exists():
        parser.error(f"{archive} is not there: put the evaluation sets beside the checkout, or name another --site")
    with replayed(archive) as proxy:
        url = f"http://{host_of(archive)}/"
        crawlers = [("sectorscope", sys.executable, OURS)]
        if asked.scrapy:
            crawlers.append(("scrapy", asked.scrapy, SCRAPYS))
        rounds = [
            {name: measured(python, code, url, proxy) for name, python, code in crawlers} for _ in range(asked.rounds)
        ]
    medians = {name: statistics.median(done[name].rate for done in rounds) for name, _, _ in crawlers}
    for name, median in medians.items():
        runs = ", ".join(f"{done[name].pages} in {done[name].seconds:.2f} s" for done in rounds)
        print(f"{name:12} {median:7.1f} pages per CPU-second (median of: {runs})")
    if "scrapy" in medians:
        print(f"ratio        {medians['sectorscope'] / medians['scrapy']:7.2f}")
    return 0 if medians["sectorscope"] >= medians.get("scrapy", 0.0) else 1


def measured(python: str, code: str, url: str, proxy: str) -> Run:
    """One crawl in a process of its own. Raises CalledProcessError if it fails."""
    settings = {**os.environ, "http_proxy": proxy, "HTTP_PROXY": proxy, "NO_PROXY": "", "no_proxy": ""}
    with tempfile.TemporaryDirectory() as folder:
        before = os.times()
        done = subprocess.run(
            [python, "-c", code, url, folder, AGENT],
            env=settings, cwd=Path(__file__).parent.parent, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(pages=int(done.stdout.split()[-1]), seconds=spent)


@contextmanager
def replayed(sites: Path, *options: str) -> Iterator[str]:
    """The address of a replay proxy for one archive or a folder of them, on a free port; ``options`` go to it as they are."""
    command = [sys.executable, str(SHARED / "tools" / "replay_proxy.py"), "--sites", str(sites), "--port", "0"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as proxy:
        assert proxy.stdout is not None
        port = re.search(r"127\.0\.0\.1:(\d+)", proxy.stdout.readline())
        try:
            if port is None:
                raise RuntimeError("the replay proxy did not say where it listens")
            yield f"http://127.0.0.1:{port[1]}"
        finally:
            proxy.terminate()
            proxy.stdout.close()


def host_of(archive: Path) -> str:
    """The host with the most files in the archive."""
    import collections
    import zipfile

    with zipfile.ZipFile(archive) as files:
        return collections.Counter(name.split("/", 1)[0] for name in files.namelist()).most_common(1)[0][0]


if __name__ == "__main__":
    raise SystemExit(main())
