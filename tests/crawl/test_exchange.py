import gzip
import zlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.exchange import BodyUndecodable, decoded, header, media_type

# The same bytes in every process: these name tests.
gzipped = partial(gzip.compress, mtime=0)

BODY = b"<p>The long way round the hill.</p>" * 50


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("raw", "coding"),
    [
        (BODY, None),
        (BODY, "identity"),
        (gzipped(BODY), "gzip"),
        (gzipped(BODY), "X-GZIP"),
        (gzipped(BODY[:100]) + gzipped(BODY[100:]), "gzip"),
        (gzipped(BODY) + b"\0\0\0", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (raw_deflate(BODY), "deflate"),
        (gzipped(zlib.compress(BODY)), "deflate, gzip"),
    ],
)
def test_codings_are_undone(raw, coding):
    assert decoded(raw, coding) == BODY


@pytest.mark.parametrize(
    ("raw", "coding", "reason"),
    [
        (gzipped(BODY)[:-30], "gzip", "cut off"),
        (BODY, "gzip", "bad coding"),
        (BODY, "br", "bad coding"),
        (BODY, None, "too large"),
        (gzipped(b"\0" * 50_000_000), "gzip", "too large"),
        (gzipped(gzipped(b"\0" * 50_000_000)), "gzip, gzip", "too large"),
        (zlib.compress(b"\0" * 50_000_000), "deflate", "too large"),
    ],
)
def test_what_cannot_be_decoded_says_why(raw, coding, reason):
    with pytest.raises(BodyUndecodable, match=reason):
        decoded(raw, coding, max_bytes=1_000)


def test_an_empty_body_needs_no_coding():
    assert decoded(b"", "gzip") == decoded(b"", "deflate") == b""


@given(st.binary(max_size=2_000), st.integers(1, 3))
def test_gzip_comes_back_in_any_number_of_members(body, pieces):
    size = max(1, -(-len(body) // pieces))
    raw = b"".join(gzipped(body[at : at + size]) for at in range(0, max(1, len(body)), size))
    assert decoded(raw, "gzip") == body


def test_headers_are_found_whatever_their_case():
    headers = (("Content-TYPE", "Text/HTML; charset=utf-8"), ("content-type", "text/plain"))
    assert media_type(header(headers, "content-type")) == "text/html"
    assert header(headers, "etag") is None
    assert media_type(None) is media_type(" ;") is None
