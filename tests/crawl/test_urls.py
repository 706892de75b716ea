import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import urls

HOME = "https://hill.example/blog/a-post/"

URLS = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{path}" + (f"?{query}" if query else ""),
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["hill.example", "www.hill.example", "HILL.example:80", "hill.example:443", "hill.example:8080"]),
    st.text(st.sampled_from("ab/%2fcé.~-_“ ;=1"), max_size=20),
    st.text(st.sampled_from("ab=&%20é1?/"), max_size=20),
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://Hill.Example:443/a#end", "https://hill.example/a"),
        ("http://hill.example:8080", "http://hill.example:8080/"),
        ("http://hill.example/%7ejo/%c3%a9t%C3%A9", "http://hill.example/~jo/%C3%A9t%C3%A9"),
        ("http://hill.example/été", "http://hill.example/%C3%A9t%C3%A9"),
        ("http://hill.example/a/./b/../c", "http://hill.example/a/c"),
        ("http://hill.example/a?utm_source=x&b=1&fbclid=2", "http://hill.example/a?b=1"),
        ("http://hill.example/a/?share=facebook&nb=1", "http://hill.example/a/"),
        ("http://hill.example/a/?replytocom=12#respond", "http://hill.example/a/"),
        ("http://hill.example/a;jsessionid=0A1B?b=1", "http://hill.example/a?b=1"),
        ("http://hill.example/a?PHPSESSID=0a1b", "http://hill.example/a"),
        ("http://hill.example/index.html", "http://hill.example/"),
        ("http://hill.example/index.php?p=3", "http://hill.example/index.php?p=3"),
        ("http://hill.example/2014/05/a.html?m=1", "http://hill.example/2014/05/a.html"),
        ("http://hill.example/?m=201405", "http://hill.example/?m=201405"),
        ("http://jo:secret@hill.example/a", "http://hill.example/a"),
        ("http://hill.example./a", "http://hill.example/a"),
        ("http://hïll.example/a", "http://xn--hll-zma.example/a"),
        ("ftp://hill.example/a", None),
        ("mailto:jo@hill.example", None),
        ("http://", None),
        ("http://hill.example:port/", None),
    ],
)
def test_a_url_has_one_written_form(written, canonical):
    assert urls.canonical(written) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://hill.example/a", "https://www.hill.example/a/"),
        ("http://hill.example/a//b", "http://hill.example/a/b"),
        ("http://hill.example/?b=2&a=1", "http://hill.example/?a=1&b=2"),
        ("http://hill.example/tag/x/page/1/", "http://hill.example/tag/x/"),
        ("http://hill.example/e\u0301te\u0301", "http://hill.example/été"),
        ("http://hill.example/index.html", "http://hill.example"),
    ],
)
def test_spellings_of_one_page_share_a_key(one, other):
    assert urls.same_page_key(one) == urls.same_page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://hill.example/a", "http://hill.example/A"),
        ("http://hill.example/a", "http://hill.example/a?page=2"),
        ("http://hill.example/page/2/", "http://hill.example/page/1/"),
        ("http://hill.example/", "http://dale.example/"),
        ("http://hill.example/", "http://hill.example:8080/"),
        ("http://hill.example/a%2Fb", "http://hill.example/a%252Fb"),
    ],
)
def test_different_pages_have_different_keys(one, other):
    assert urls.same_page_key(one) != urls.same_page_key(other)


@given(URLS)
def test_the_written_form_is_stable_and_keeps_its_key(url):
    once = urls.canonical(url)
    if once is not None:
        assert urls.canonical(once) == once
        assert urls.same_page_key(once) == urls.same_page_key(url)
        assert "#" not in once


@pytest.mark.parametrize(
    ("href", "meant"),
    [
        ("../b/", "https://hill.example/blog/b/"),
        ("//dale.example/x", "https://dale.example/x"),
        ("?page=2", "https://hill.example/blog/a-post/?page=2"),
        ("  /a\n b ", "https://hill.example/a%20b"),
        ("#top", None),
        ("", None),
        ("javascript:void(0)", None),
        ("http://[broken/", None),
    ],
)
def test_a_link_is_read_as_a_browser_would(href, meant):
    assert urls.absolute(href, HOME) == meant


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://uni.example/centre/blog", True),
        ("https://uni.example/centre/blog/a-post", True),
        ("http://www.uni.example/centre/blog/?page=2", True),
        ("https://uni.example/centre/blogging", False),
        ("https://uni.example/centre", False),
        ("https://other.example/centre/blog/a-post", False),
    ],
)
@pytest.mark.parametrize("scope", ["https://uni.example/centre/blog", "https://uni.example/centre/blog/"])
def test_a_scope_is_a_folder_of_a_host(url, inside, scope):
    assert urls.in_scope(url, scope) is inside


def test_twins_are_asked_for_at_the_blogs_own_origin():
    assert urls.at_origin("http://www.hill.example/a?b=1", "https://hill.example") == "https://hill.example/a?b=1"
    assert urls.at_origin("http://dale.example/a", "https://hill.example") == "http://dale.example/a"
