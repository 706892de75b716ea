import dataclasses
import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st

from crawl import ledger, segments
from crawl.archive import Archive
from crawl.errors import ArchiveBroken, ArchiveLocked
from crawl.exchange import Exchange
from crawl.records import CrawlSummary, Fetch, Found
from crawl.writer import writing

PAGE = b"<!DOCTYPE html><p>The long way round the hill.</p>"


def exchange(path="/a", body=PAGE, *, status=200, headers=(), packed=True, at=1_750_000_000.25):
    raw = gzip.compress(body, mtime=0) if packed else body
    coding = (("Content-Encoding", "gzip"),) if packed else ()
    return Exchange(
        url="http://hill.example" + path, status=status, phrase="OK", http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'), *coding, *headers), raw=raw, body=body,
        fetched_at=datetime.fromtimestamp(at, UTC), request_headers=(("Host", "hill.example"), ("User-Agent", "Sectorscope")),
    )  # fmt: skip


def found(path="/a"):
    return Found(url="http://hill.example" + path, how="link", via="http://hill.example/")


def summary(crawl, *, is_complete=True):
    return CrawlSummary(blog="hill", crawl=crawl, is_complete=is_complete, found=1, fetched=1, unchanged=0, redirected=0,
                        excluded=0, failed=(("http 404", 2),))  # fmt: skip


def write(archive, *paths, end=True, clock=lambda: 1_750_000_000.0, **kwargs):
    with writing(archive, "hill", user_agent="Sectorscope", clock=clock, **kwargs) as writer:
        for path in paths:
            writer.save(exchange(path, PAGE + path.encode()), found(path), "fetched")
        if end:
            writer.save_ending(summary(writer.crawl), {"not a page": 3})
    return writer.crawl


def records(path):
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False, verify_digests=False):
            yield record.record_type, dict(record.headers), record.reader.read()


def test_what_is_written_is_read_again(archive):
    crawl = write(archive, "/a", "/b")
    first, second = archive.ledger("hill")
    assert (first.url, first.how, first.via, first.outcome, first.status) == (
        "http://hill.example/a", "link", "http://hill.example/", "fetched", 200)  # fmt: skip
    page = archive.read(second)
    assert page.body == PAGE + b"/b"
    assert page.digest == second.digest
    assert page.fetched_at == second.fetched_at == datetime.fromtimestamp(1_750_000_000.25, UTC)
    assert page.content_type == "text/html; charset=utf-8"
    assert second.warc_file == f"hill/{crawl}-00000.warc.gz"
    assert archive.blogs() == ["hill"]
    assert archive.endings("hill") == [summary(crawl)]
    assert archive.unfinished("hill") is None


def test_an_empty_archive_has_nothing(archive):
    assert archive.blogs() == archive.ledger("hill") == archive.latest("hill") == []
    assert archive.unfinished("hill") is None


def test_another_readers_own_check_finds_no_error(archive):
    write(archive, "/a", "/b")
    for segment in archive.folder.glob("hill/*.warc.gz"):
        reader = Path(sys.executable).with_name("fastwarc")
        done = subprocess.run([reader, "check", "-p", "-q", segment], stdout=subprocess.PIPE)
        assert done.returncode == 0


def test_another_reader_finds_whole_records_with_right_digests(archive):
    write(archive, "/a")
    (path,) = archive.folder.glob("*/*.warc.gz")
    with path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, parse_http=False):
            kinds.append(record.record_type)
            assert record.verify_block_digest()
            if record.record_type == WarcRecordType.response:
                record.parse_http()
                assert record.verify_payload_digest()
                assert record.http_headers.status_code == 200
    assert kinds == [
        getattr(WarcRecordType, name) for name in ("warcinfo", "request", "response", "metadata", "metadata")
    ]


def test_the_response_lies_in_the_archive_as_it_was_received(archive):
    with writing(archive, "hill", user_agent="Sectorscope") as writer:
        writer.save(exchange(headers=(("Transfer-Encoding", "chunked"), ("X-Odd", "ü"))), found(), "fetched")
    (path,) = archive.folder.glob("*/*.warc.gz")
    body = next(body for kind, _, body in records(path) if kind == WarcRecordType.response)
    head, _, payload = body.partition(b"\r\n\r\n")
    assert payload == gzip.compress(PAGE, mtime=0)
    assert b"Content-Encoding: gzip" in head
    assert b"\r\nTransfer-Encoding" not in head and b"X-Archive-Orig-Transfer-Encoding: chunked" in head


def test_a_missing_index_is_made_again(archive):
    crawl = write(archive, "/a", "/b")
    before = archive.ledger("hill")
    index = archive.folder / "hill" / f"{crawl}-00000.fetches.jsonl"
    text = index.read_text()
    index.unlink()
    assert archive.ledger("hill") == before
    assert archive.endings("hill") == [summary(crawl)]
    assert index.read_text() == text
    assert {json.loads(line).get("url") for line in text.splitlines()} == {
        "http://hill.example/a",
        "http://hill.example/b",
        None,
    }


def test_segments_rotate(archive):
    write(archive, *"abcdef", segment_bytes=1_500)
    names = sorted(path.name for path in archive.folder.glob("hill/*.warc.gz"))
    assert len(names) > 2
    assert names[0].endswith("-00000.warc.gz") and names[-1].endswith(f"-{len(names) - 1:05d}.warc.gz")
    assert [fetch.url[-1] for fetch in archive.ledger("hill")] == list("abcdef")
    assert all(archive.read(fetch).body.endswith(fetch.url[-1].encode()) for fetch in archive.ledger("hill"))


def test_a_failure_is_a_record_of_its_own(archive):
    with writing(archive, "hill", user_agent="Sectorscope") as writer:
        fetch = writer.save_failure(found(), "failed", "timeout")
        missing = writer.save(exchange("/b", status=404), found("/b"), "failed", "http 404")
    assert archive.ledger("hill") == [fetch, missing]
    assert (fetch.reason, fetch.status, fetch.digest) == ("timeout", None, None)
    with pytest.raises(LookupError, match="gave no answer"):
        archive.read(fetch)
    assert archive.read(missing).status == 404
    assert archive.latest("hill") == []


def test_not_modified_becomes_a_revisit_that_reads_as_the_earlier_page(archive):
    write(archive, "/a")
    (earlier,) = archive.latest("hill")
    with writing(archive, "hill", user_agent="Sectorscope", clock=lambda: 1_760_000_000.0) as writer:
        fetch = writer.save(
            exchange(body=b"", status=304, packed=False, at=1_760_000_000.0), found(), "unchanged", earlier=earlier
        )
        writer.save_ending(summary(writer.crawl), {})
        assert archive.read(fetch).body == PAGE + b"/a"  # while the segment is still open
    assert (fetch.outcome, fetch.digest, fetch.size, fetch.status) == ("unchanged", earlier.digest, earlier.size, 304)
    assert archive.latest("hill") == [fetch]
    assert archive.read(fetch).body == PAGE + b"/a"
    assert archive.read(fetch).fetched_at == fetch.fetched_at
    path = archive.folder / fetch.warc_file
    headers = next(headers for kind, headers, _ in records(path) if kind == WarcRecordType.revisit)
    assert headers["WARC-Profile"].endswith("/server-not-modified")
    assert headers["WARC-Refers-To-Target-URI"] == "http://hill.example/a"
    assert datetime.fromisoformat(headers["WARC-Refers-To-Date"]) == earlier.fetched_at


def test_the_same_bytes_again_become_a_revisit(archive):
    write(archive, "/a")
    (earlier,) = archive.latest("hill")
    with writing(archive, "hill", user_agent="Sectorscope", clock=lambda: 1_760_000_000.0) as writer:
        fetch = writer.save(exchange(body=PAGE + b"/a"), found(), "fetched", earlier=earlier)
        other = writer.save(exchange(body=PAGE + b"/a", packed=False), found(), "fetched", earlier=earlier)
        changed = writer.save(exchange(body=PAGE + b"/changed"), found(), "fetched", earlier=earlier)
        writer.save_ending(summary(writer.crawl), {})
    assert [f.outcome for f in (fetch, other, changed)] == ["unchanged", "unchanged", "fetched"]
    assert [archive.read(f).body[-2:] for f in (fetch, other, changed)] == [b"/a", b"/a", b"ed"]
    path = archive.folder / fetch.warc_file
    kinds = [kind for kind, _, _ in records(path) if kind in (WarcRecordType.response, WarcRecordType.revisit)]
    assert kinds == [WarcRecordType.revisit, WarcRecordType.response, WarcRecordType.response]
    profile = next(headers for kind, headers, _ in records(path) if kind == WarcRecordType.revisit)
    assert profile["WARC-Profile"].endswith("/identical-payload-digest")
    assert profile["WARC-Payload-Digest"].startswith("sha1:")


def killed(archive, *paths):
    """Write pages as a process does that is killed before it can close its segment."""
    with writing(archive, "hill", user_agent="Sectorscope", clock=lambda: 1_750_000_000.0) as writer:
        for path in paths:
            writer.save(exchange(path, PAGE + path.encode()), found(path), "fetched")
        writer._file.close()
        writer._index.close()
        segment, writer._segment = writer._segment, None
    return segment


def test_a_write_that_fails_leaves_whole_fetches_only(archive, monkeypatch):
    with pytest.raises(OSError, match="disk full"), writing(archive, "hill", user_agent="Sectorscope") as writer:
        writer.save(exchange("/a"), found("/a"), "fetched")
        really = writer._file

        class Full:
            def __getattr__(self, name):
                return getattr(really, name)

            def write(self, content):
                really.write(content[: len(content) // 2])
                raise OSError("disk full")

        writer._file = Full()
        writer.save(exchange("/b"), found("/b"), "fetched")
    (segment,) = archive.folder.glob("hill/*.warc.gz")
    segments.index_of(segment).unlink()
    assert [fetch.url[-1] for fetch in archive.ledger("hill")] == ["a"]


def test_readers_do_not_see_an_open_segment_unless_they_ask(archive):
    segment = killed(archive, "/a", "/b")
    assert segment.name.endswith(".warc.gz.open")
    assert archive.ledger("hill") == []
    assert [fetch.url[-1] for fetch in archive.ledger("hill", with_open=True)] == ["a", "b"]


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_killed_writers_segment_is_cut_to_its_whole_fetches(archive, cut):
    segment = killed(archive, "/a", "/b", "/c")
    with segment.open("r+b") as file:
        file.truncate(segment.stat().st_size - cut)
    with writing(archive, "hill", user_agent="Sectorscope", clock=lambda: 1_750_000_009.0) as writer:
        assert writer.is_resumed
        assert [fetch.url[-1] for fetch in archive.ledger("hill")] == ["a", "b"]
        writer.save(exchange("/c"), found("/c"), "fetched")
    fetches = archive.ledger("hill")
    assert [fetch.url[-1] for fetch in fetches] == ["a", "b", "c"]
    assert len({fetch.crawl for fetch in fetches}) == 1
    assert [archive.read(fetch).status for fetch in fetches] == [200, 200, 200]
    assert not list(archive.folder.glob("hill/*.open"))
    for path in archive.folder.glob("hill/*.warc.gz"):
        assert list(records(path))


def test_wherever_a_writer_is_killed_the_rest_can_be_read(tmp_path):
    """Every length that the file may have had, in steps: recovery never fails and never invents."""
    whole = killed(Archive(tmp_path / "whole"), "/a", "/b").read_bytes()
    for size in range(0, len(whole), 37):
        archive = Archive(tmp_path / str(size))
        (archive.folder / "hill").mkdir(parents=True)
        (archive.folder / "hill" / "20250615T150640Z-00000.warc.gz.open").write_bytes(whole[:size])
        with archive.locked("hill"):
            pass
        assert [archive.read(fetch).body for fetch in archive.ledger("hill")] == [PAGE + b"/a"][
            : len(archive.ledger("hill"))
        ]


def test_a_segment_without_a_whole_fetch_goes(archive):
    segment = killed(archive, "/a")
    with segment.open("r+b") as file:
        file.truncate(300)
    with archive.locked("hill"):
        pass
    assert [path.name for path in archive.folder.glob("hill/*")] == [".lock"] or archive.blogs() == []


def test_one_writer_at_a_time(archive):
    with archive.locked("hill"):
        with pytest.raises(ArchiveLocked, match="another crawl"), archive.locked("hill"):
            pass
        with archive.locked("dale"):
            pass


def test_crawl_names_sort_by_time_even_if_the_clock_does_not(archive):
    first = write(archive, "/a")
    second = write(archive, "/b")
    third = write(archive, "/c", clock=lambda: 1_000_000_000.0)
    assert first < second < third


def test_an_index_that_lies_is_noticed(archive):
    write(archive, "/a", "/b")
    first, second = archive.ledger("hill")
    with pytest.raises(ArchiveBroken, match="another page"):
        archive.read(dataclasses.replace(first, warc_offset=second.warc_offset))
    with pytest.raises(ArchiveBroken, match="no record"):
        archive.read(dataclasses.replace(first, warc_offset=first.warc_offset + 1))
    (index,) = archive.folder.glob("hill/*.fetches.jsonl")
    index.write_text("{not json\n")
    with pytest.raises(ArchiveBroken, match="delete the file"):
        archive.ledger("hill")


def test_a_broken_closed_segment_is_noticed_when_its_index_is_made(archive):
    write(archive, "/a", "/b")
    (segment,) = archive.folder.glob("hill/*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-10])
    segments.index_of(segment).unlink()
    with pytest.raises(ArchiveBroken, match="backup"):
        archive.ledger("hill")


TEXTS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), min_size=1, max_size=20)
FETCHES = st.builds(
    Fetch, blog=TEXTS, crawl=TEXTS, url=TEXTS, how=st.sampled_from(["seed", "link"]), via=st.none() | TEXTS,
    outcome=st.sampled_from(["fetched", "failed"]), reason=st.none() | TEXTS, status=st.none() | st.integers(100, 599),
    location=st.none() | TEXTS, content_type=st.none() | TEXTS, size=st.integers(0, 10**9), digest=st.none() | TEXTS,
    etag=st.none() | TEXTS, last_modified=st.none() | TEXTS, fetched_at=st.datetimes(timezones=st.just(UTC)),
    warc_file=st.just("hill/x.warc.gz"), warc_offset=st.just(7),
)  # fmt: skip


@given(FETCHES)
def test_a_fetch_survives_both_its_written_forms(fetch):
    assert ledger.parsed_line(ledger.line(fetch)) == fetch
    assert "\n" not in ledger.line(fetch)
    assert ledger.parsed_fields(ledger.warc_fields(fetch), "hill/x.warc.gz", 7) == fetch


def test_other_peoples_metadata_is_left_alone():
    assert ledger.parsed_fields(b"fetchTimeMs: 12\r\nvia: http://hill.example/\r\n", "x", 0) is None
