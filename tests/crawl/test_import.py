"""Captures that others made become a crawl of our archive."""

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from functools import partial

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawl.archive import Archive
from crawl.capture_import import import_captures
from crawl.captures import true_address
from crawl.errors import ImportRefused
from crawl.walk import crawl
from extract.records import Blog

# The same bytes in every process: these name tests.
gzipped = partial(gzip.compress, mtime=0)

BLOG = Blog(key="hill", name="Hill", url="http://hill.example/", scope="http://hill.example/")


def html(text):
    return f"<!DOCTYPE html><html><head><title>{text}</title></head><body><p>{text}</p></body></html>".encode()


def warc(*records, packed=True):
    """A WARC file of (url, date, status, content type, body[, headers])."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("other.warc.gz", {"software": "somebody else's"}))
    for url, date, status, kind, body, *more in records:
        headers = StatusAndHeaders(f"{status} X", [("Content-Type", kind), *more], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers,
            warc_headers_dict={"WARC-Date": date},
        ))  # fmt: skip
    return out.getvalue()


RECORDS = (
    ("http://hill.example/", "2014-05-01T10:00:00Z", 200, "text/html", html("home")),
    ("http://hill.example/2014/05/first-walk/", "2014-05-01T10:00:05Z", 200, "text/html", html("first walk")),
    (
        "http://hill.example/packed/", "2014-05-01T10:00:06Z", 200, "text/html", gzipped(html("packed")),
        ("Content-Encoding", "gzip"),
    ),
    ("http://hill.example/gone/", "2014-05-01T10:00:07Z", 404, "text/html", html("gone")),
    ("http://hill.example/a.png", "2014-05-01T10:00:08Z", 200, "image/png", b"\x89PNG"),
    ("http://dale.example/", "2014-05-01T10:00:09Z", 200, "text/html", html("dale")),
    ("http://hill.example/2014/05/first-walk/?replytocom=4", "2014-05-01T10:01:00Z", 200, "text/html", html("first walk")),
)  # fmt: skip
PAGES = {"http://hill.example/", "http://hill.example/2014/05/first-walk/", "http://hill.example/packed/"}


def held(archive):
    return {fetch.url: archive.read(fetch) for fetch in archive.latest("hill")}


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_becomes_a_crawl_with_its_own_dates(tmp_path, archive, clock, packed):
    file = tmp_path / "other.warc.gz"
    file.write_bytes(warc(*RECORDS, packed=packed))
    done = import_captures([file], BLOG, archive, clock=clock)
    assert done.imported == 3
    assert dict(done.left_out) == {"http 404": 1, "not a page": 1, "out of scope": 1, "held already": 1}
    assert ("out of scope", "http://dale.example/") in done.examples
    pages = held(archive)
    assert set(pages) == PAGES
    assert pages["http://hill.example/packed/"].body == html("packed")
    first = next(f for f in archive.latest("hill") if f.url.endswith("first-walk/"))
    assert first.fetched_at == datetime(2014, 5, 1, 10, 0, 5, tzinfo=UTC)
    assert (first.how, first.via, first.outcome) == ("import", "other.warc.gz", "fetched")
    assert archive.unfinished("hill") is None


def test_the_index_of_an_import_can_be_made_again_and_others_can_read_it(tmp_path, archive, clock):
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file = tmp_path / "other.warc.gz"
    file.write_bytes(warc(*RECORDS))
    import_captures([file], BLOG, archive, clock=clock)
    ledger = archive.ledger("hill")
    for index in (archive.folder / "hill").glob("*.fetches.jsonl"):
        index.unlink()
    assert Archive(archive.folder).ledger("hill") == ledger
    (segment,) = (archive.folder / "hill").glob("*.warc.gz")
    with segment.open("rb") as stream:
        kinds = [
            (record.record_type, record.verify_block_digest()) for record in ArchiveIterator(stream, parse_http=False)
        ]
    assert [kind for kind, _ in kinds].count(WarcRecordType.response) == 3
    assert WarcRecordType.request not in [kind for kind, _ in kinds]  # we asked nobody
    assert all(right for kind, right in kinds if kind == WarcRecordType.response)


def test_an_import_made_twice_adds_nothing(tmp_path, archive, clock):
    file = tmp_path / "other.warc.gz"
    file.write_bytes(warc(*RECORDS))
    import_captures([file], BLOG, archive, clock=clock)
    before = archive.ledger("hill")
    clock.now += 60
    again = import_captures([file], BLOG, archive, clock=clock)
    assert (again.imported, again.crawl, dict(again.left_out)["held already"]) == (0, None, 4)
    assert archive.ledger("hill") == before


def test_a_wacz_and_a_zip_of_warcs_are_read(tmp_path, archive, clock):
    file = tmp_path / "hill.wacz"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))
        package.writestr("archive/one.warc.gz", warc(*RECORDS[:2]))
        package.writestr("archive/two.warc.gz", warc(*RECORDS[2:]))
        package.writestr("archive/broken.warc.gz", b"no warc at all")
    done = import_captures([file], BLOG, archive, clock=clock)
    assert done.imported == 3 and dict(done.left_out)["file broken"] == 1
    assert set(held(archive)) == PAGES


STORED = {
    "hill.example/index.html": html("home"),
    "hill.example/2014/05/first-walk/index.html": html("first walk"),
    "hill.example/über uns.html": html("about"),
    "hill.example/style.css": b"p { color: red }",
    "hill.example/feed.xml": b"<rss version='2.0'/>",
    "dale.example/index.html": html("dale"),
    "README": b"made by somebody",
}


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_pages_laid_out_by_host_and_path_are_read(tmp_path, archive, clock, form):
    place = tmp_path / "capture"
    for name, body in STORED.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(body)
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "capture.zip", "w") as package:
            for name, body in STORED.items():
                package.writestr(zipfile.ZipInfo(name, (2015, 3, 4, 5, 6, 8)), body)
        place = tmp_path / "capture.zip"
    done = import_captures([place], BLOG, archive, clock=clock)
    assert {url.removeprefix("http://hill.example") for url in held(archive)} == {
        "/", "/2014/05/first-walk/", "/%C3%BCber%20uns.html",
    }  # fmt: skip
    assert dict(done.left_out) == {"not a page": 2, "out of scope": 1, "not host/path": 1}
    if form == "zip":
        assert {f.fetched_at for f in archive.latest("hill")} == {datetime(2015, 3, 4, 5, 6, 8, tzinfo=UTC)}


def test_a_web_archives_replay_is_taken_for_the_page_it_shows(tmp_path, archive, clock):
    record = ("http://wayback.example/web/20110203040506id_/http://hill.example/old/", "2020-01-01T00:00:00Z", 200,
              "text/html", html("old"))  # fmt: skip
    file = tmp_path / "replay.warc.gz"
    file.write_bytes(warc(record))
    import_captures([file], BLOG, archive, clock=clock)
    (fetch,) = archive.latest("hill")
    assert (fetch.url, fetch.fetched_at) == ("http://hill.example/old/", datetime(2011, 2, 3, 4, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (
            "http://w.example/web/2011/http://hill.example/a",
            ("http://hill.example/a", datetime(2011, 1, 1, tzinfo=UTC)),
        ),
        ("http://w.example/web/20119999/https:/hill.example/a", ("https://hill.example/a", None)),
        ("http://hill.example/web/2011/report/", ("http://hill.example/web/2011/report/", None)),
    ],
)
def test_replays_are_told_from_pages(url, wanted):
    assert true_address(url) == wanted


def test_what_was_crawled_later_stays_the_latest(world, site, tmp_path):
    site.html("/", text="as it is now")
    world.run()
    file = tmp_path / "old.warc.gz"
    file.write_bytes(warc((site.url + "/", "2014-05-01T10:00:00Z", 200, "text/html", html("as it was"))))
    blog = Blog(key="hill", name="Hill", url=site.url + "/", scope=site.url + "/")
    assert import_captures([file], blog, world.archive, clock=world.clock).imported == 1
    (latest,) = world.archive.latest("hill")
    assert b"as it is now" in world.archive.read(latest).body
    assert world.run().is_complete  # and crawling goes on as before
    assert {fetch.how for fetch in world.archive.ledger("hill")} >= {"import", "seed"}


def test_a_file_cut_short_gives_its_whole_pages_and_can_be_imported_again(world, site, tmp_path):
    file = tmp_path / "old.warc"
    bodies = {f"http://hill.example/{n}/": html(f"no {n}") for n in range(20)}
    whole = warc(*[(url, "2014-05-01T10:00:00Z", 200, "text/html", body) for url, body in bodies.items()], packed=False)
    file.write_bytes(whole[: whole.index(b"<p>no 12") + 5])
    first = import_captures([file], BLOG, world.archive, clock=world.clock)
    assert (first.imported, dict(first.left_out)) == (12, {"cut off": 1})
    assert first.examples == (("cut off", "http://hill.example/12/"),)
    file.write_bytes(whole)
    assert import_captures([file], BLOG, world.archive, clock=world.clock).imported == 8
    assert {url: page.body for url, page in held(world.archive).items()} == bodies


def test_an_import_cut_short_is_not_taken_for_a_crawl_cut_short(world, site, tmp_path, monkeypatch):
    site.html("/", "/a/")
    site.html("/a/")
    file = tmp_path / "old.warc.gz"
    file.write_bytes(warc(*[(site.url + f"/{n}/", "2014-05-01T10:00:00Z", 200, "text/html", html(n)) for n in "abcd"]))
    blog = Blog(key="hill", name="Hill", url=site.url + "/", scope=site.url + "/")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("crawl.writer.Writer.save_ending", killed)
        with pytest.raises(KeyboardInterrupt):
            import_captures([file], blog, world.archive, clock=world.clock)
    assert world.archive.unfinished("hill") is None
    summary = world.run()
    assert summary.is_complete and not summary.crawl.endswith("-import")
    assert "/" in site.paths() and "/a/" in site.paths()


@pytest.mark.parametrize(
    ("name", "body", "what"),
    [
        ("page.pdf", b"%PDF-1.4", "is no WARC"),
        ("x.warc.gz", gzipped(b"no warc inside"), "cannot be read as WARC"),
        ("x.zip", b"PK\x03\x04 torn", "cannot be read as a zip"),
    ],
)
def test_what_is_no_capture_is_refused_and_nothing_is_written(tmp_path, archive, clock, name, body, what):
    good, bad = tmp_path / "good.warc.gz", tmp_path / name
    good.write_bytes(warc(*RECORDS))
    bad.write_bytes(body)
    with pytest.raises(ImportRefused, match=what):
        import_captures([good, bad], BLOG, archive, clock=clock)
    assert archive.blogs() == []


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path, archive):
    for place, what in ((tmp_path / "nowhere", "not there"), (tmp_path, "empty folder")):
        with pytest.raises(ImportRefused, match=what):
            import_captures([place], BLOG, archive)


def test_an_unfinished_crawl_goes_first(world, site, tmp_path):
    site.html("/", "/a/")
    site.html("/a/")
    file = tmp_path / "old.warc.gz"
    file.write_bytes(warc(*RECORDS))
    blog = Blog(key="hill", name="Hill", url=site.url + "/", scope=site.url + "/")

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(blog, world.archive, world.settings, on_progress=stop, clock=world.clock, sleep=world.clock.sleep)
    with pytest.raises(ImportRefused, match="finish it first: sectorscope crawl hill"):
        import_captures([file], blog, world.archive, clock=world.clock)
