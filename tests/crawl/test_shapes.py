import pytest

from crawl import shapes

HOST = "https://hill.example"


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/walk.jpg", "not a page"),
        ("/report.PDF", "not a page"),
        ("/2014/05/a-walk/feed/", "feed of a part"),
        ("/comments/feed", "feed of a part"),
        ("/wp-login.php?x=1", "machine door"),
        ("/wp-json/wp/v2/posts", "machine door"),
        ("/2014/05/a-walk/trackback/", "trackback"),
        ("/2014/05/a-walk/comment-page-2/", "comments page"),
        ("/comment/reply/12", "comments page"),
        ("/2014/05/a-walk/attachment/12/", "attachment"),
        ("/posts/a-walk/index.src.html", "source view"),
        ("/2014/05/a-walk/amp/", "other dress"),
        ("/print/node/12", "other dress"),
        ("/user/login", "account"),
        ("/node/12/revisions", "wiki view"),
        ("/blog?sort=asc", "sort or filter"),
        ("/blog?f[0]=topic", "sort or filter"),
        ("/events/2013-05", "calendar"),
        ("/calendar/day/2013/5/12/", "calendar"),
        ("/a/{{ url }}", "template left in"),
        ("/blog/www.dale.example/", "host as path"),
        ("/press/walks/press/walks/a", "repeats itself"),
        ("/a/a/a/", "repeats itself"),
        ("/" + "a-" * 600, "too long"),
        ("/" + "a/b/" * 3 + "c/" * 12, "too long"),
    ],
)
def test_traps(path, trap):
    from crawl.urls import canonical

    assert shapes.trap(canonical(HOST + path)) == trap


@pytest.mark.parametrize(
    "path",
    [
        "/", "/web/20120101/http://dale.example/", "/2014/05/a-walk/", "/2014/05/print/", "/2014/05/email/", "/2011/11/11/", "/posts/2010-01-02-hello.html/", "/about",
        "/search/label/dogs", "/search?updated-max=2014-05-01", "/?p=12", "/?q=node/12", "/posts/rss-is-not-dead", "/feedback",
        "/index.php?option=com_content&view=article&id=12", "/node/12", "/blog?page=3", "/eventful-lives", "/loginess/",
    ],
)  # fmt: skip
def test_no_traps(path):
    assert shapes.trap(HOST + path) is None


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("/tag/dogs/", "tag"),
        ("/tag/dogs/page/2/", "tag"),
        ("/tags", None),
        ("/topics/dogs", "topic"),
        ("/category/walks/", "category"),
        ("/author/jo/", "author"),
        ("/search/label/dogs", "label"),
        ("/search?updated-max=2014", "older"),
        ("/search?q=dogs", "search"),
        ("/?s=dogs", "search"),
        ("/2014/", "date"),
        ("/2014/05/", "date"),
        ("/2014/05/12/page/2/", "date"),
        ("/2014_05_01_archive.html", "date"),
        ("/page/2/", "older"),
        ("/blog?page=2", "older"),
        ("/index-12.html", "older"),
        ("/2014/05/a-walk/img_0012/", "below a post"),
        ("/?colour=blue", "query"),
        ("/2014/05/a-walk/", None),
        ("/?p=12", None),
        ("/?q=node/12", None),
        ("/story.asp?id=12", None),
        ("/about/", None),
        ("/archives/2005/03/a-walk.html", None),
        ("/blog/the-long-way-round-the-hill/2019/10", None),
        ("/news-and-views/2019/10", "date"),
        ("/archives/2005-03/", "date"),
        ("/people/a-walker-remembered", None),
        ("/story.jsp?docid=12", None),
        ("/?commentid=12", "query"),
        ("/blog/P20", "older"),
        ("/blog/p20", None),
        ("/blog/index-2031.html", None),
    ],
)
def test_families(path, family):
    assert shapes.family(HOST + path) == family


@pytest.mark.parametrize(
    ("path", "listing"),
    [
        ("/page/2/", "hill.example"),
        ("/tag/dogs/page/12", "hill.example/tag/dogs"),
        ("/blog?page=3", "hill.example/blog"),
        ("/blog?topic=dogs&page=3", "hill.example/blog?topic=dogs"),
        ("/index-3.html", "hill.example"),
        ("/search?updated-max=2014&max-results=7", "hill.example/search"),
        ("/blog", None),
        ("/2014/05/", None),
    ],
)
def test_a_numbered_page_belongs_to_a_listing(path, listing):
    assert shapes.chain(HOST + path) == listing


@pytest.mark.parametrize(
    ("path", "dated"),
    [
        ("/2014/05/a-walk/", True), ("/2014/5/12/a-walk.html", True), ("/blog/2014/05/walk", True),
        ("/2014/05/", False), ("/2014/a-walk/", False), ("/2014/05/12/", False),
    ],
)  # fmt: skip
def test_dated_addresses(path, dated):
    assert shapes.is_dated(HOST + path) is dated
