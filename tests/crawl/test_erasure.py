"""What was asked to be forgotten leaves the archive without moving anything else in it, and does not come back."""

import gzip
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawl import segments
from crawl.archive import Archive
from crawl.erasure import erase, fitted
from crawl.exchange import Exchange
from crawl.frontier import Frontier
from crawl.records import CrawlSummary, Found
from crawl.tombstones import Tombstones, read_tombstones, write_tombstones
from crawl.writer import writing

HOST = "http://hill.example"
BODIES = {
    "/a": b"<p>The long way round the hill.</p>",
    "/secret": b"<p>What was said in anger.</p>" * 9000,
    "/list": b'<p><a href="/secret">What was said in anger</a></p>',
    "/b": b'<p>An answer to <a href="/secret">that</a>.</p>',
}


def written(archive):
    with writing(archive, "hill", user_agent="Sectorscope", clock=lambda: 1_750_000_000.0) as writer:
        for path, body in BODIES.items():
            answer = Exchange(
                url=HOST + path, status=200, phrase="OK", http_version="HTTP/1.1", headers=(("Content-Type", "text/html"),),
                raw=body, body=body, fetched_at=datetime.fromtimestamp(1_750_000_000, UTC), request_headers=(("Host", "hill.example"),),
            )  # fmt: skip
            via = HOST + ("/secret" if path == "/b" else "/")
            writer.save(answer, Found(url=HOST + path, how="link", via=via), "fetched")
        writer.save_failure(Found(url=HOST + "/secret?print=1", how="link", via=HOST), "failed", "timeout")
        summary = CrawlSummary(blog="hill", crawl=writer.crawl, is_complete=True, found=4, fetched=4, unchanged=0, redirected=0,
                               excluded=0, failed=())  # fmt: skip
        writer.save_ending(summary, {})
    return {fetch.url: fetch for fetch in archive.ledger("hill")}


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def everything(archive):
    return b"".join(
        b"".join(content for _, _, content in segments.members(BytesIO(file.read_bytes()))) if file.name.endswith(".gz") else file.read_bytes()
        for file in sorted((archive.folder / "hill").iterdir())
    )  # fmt: skip


def test_an_erased_page_is_gone_and_all_else_lies_where_it_lay(archive):
    before = written(archive)
    (segment,) = (archive.folder / "hill").glob("*.warc.gz")
    size = segment.stat().st_size
    secret = {HOST + "/secret", HOST + "/secret?print=1"}
    gone = erase(archive, "hill", secret, kept={HOST + "/a", HOST + "/b"})
    assert gone == secret | {HOST + "/list"}, "a listing shows what it lists; a post that links to it does not"
    after = {fetch.url: fetch for fetch in archive.ledger("hill")}
    assert after.keys() == {HOST + "/a", HOST + "/b"}
    for url, fetch in after.items():
        assert (fetch.warc_file, fetch.warc_offset) == (before[url].warc_file, before[url].warc_offset)
        assert archive.read(fetch).body == BODIES[url.removeprefix(HOST)]
    assert after[HOST + "/b"].via is None
    assert segment.stat().st_size == size
    left = everything(archive)
    assert b"in anger" not in left.replace(BODIES["/b"], b"")
    assert b"/secret" not in left.replace(BODIES["/b"], b"")


def test_the_rest_is_a_whole_archive_for_every_reader(archive):
    written(archive)
    erase(archive, "hill", {HOST + "/secret"})
    (segment,) = (archive.folder / "hill").glob("*.warc.gz")
    segments.index_of(segment).unlink()
    assert {fetch.url for fetch in archive.ledger("hill")} == {HOST + "/a", HOST + "/secret?print=1"}
    assert archive.unfinished("hill") is None
    with segment.open("rb") as file:
        seen = [
            record.headers["WARC-Target-URI"] for record in ArchiveIterator(file) if "WARC-Target-URI" in record.headers
        ]
    with segment.open("rb") as file:
        warcio = [record.rec_headers.get_header("WARC-Target-URI") for record in WarcioIterator(file)]
    assert [url for url in warcio if url] == seen
    assert HOST + "/secret" not in seen


def test_erasing_again_changes_nothing(archive):
    written(archive)
    erase(archive, "hill", {HOST + "/secret"})
    before = everything(archive)
    assert erase(archive, "hill", {HOST + "/secret"}) == {HOST + "/secret"}
    assert everything(archive) == before


@given(st.binary(max_size=300), st.integers(0, 70_000))
def test_a_member_of_any_length_holds_what_it_should(content, more):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    least = len(packer.compress(content) + packer.flush()) + 20
    made = fitted(content, least + more)
    if more <= 65_535:
        assert made is not None and len(made) == least + more and gzip.decompress(made) == content
    assert fitted(content, least - 21) is None


def test_tombstones_know_what_they_are_asked_about_and_tell_nothing(tmp_path):
    stones = Tombstones().with_pages([HOST + "/secret"]).with_person("Ada  Okafor").with_blog(HOST + "/")
    write_tombstones(tmp_path, stones)
    read = read_tombstones(tmp_path)
    assert read == stones
    assert read.has_page("https://www.hill.example/secret/") and read.has_person("ADA OKAFOR") and read.has_blog(HOST)
    assert not (read.has_page(HOST + "/a") or read.has_person("Bo Lind") or read.has_page(HOST))
    text = (tmp_path / "forgotten.json").read_text()
    assert "hill" not in text and "kafor" not in text
    assert Tombstones().with_pages([HOST]).digests != Tombstones().with_pages([HOST]).digests, "salted"


def test_a_forgotten_page_is_not_asked_again_nor_followed_to(tmp_path):
    stones = Tombstones().with_pages([HOST + "/secret"])
    frontier = Frontier(HOST + "/", HOST, is_forgotten=stones.has_page)
    assert not frontier.add(Found(url=HOST + "/secret/", how="link", via=None))
    assert frontier.add(Found(url=HOST + "/old", how="link", via=None))
    entry = frontier.next()
    assert entry is not None
    assert frontier.redirected(entry, HOST + "/secret") == "forgotten"
    assert frontier.next() is None
    assert frontier.excluded["forgotten"] == 2
