"""What a blog promises against what is held of it."""

import pytest

from crawl.completeness import common_shapes, completeness, shape
from extract.records import Blog


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2014/05/a-title/", "/0000/00/*"),
        ("https://a.example/2014/05/another-title", "/0000/00/*"),
        ("https://a.example/notes/one.html", "/notes/*.html"),
        ("https://a.example/?p=12", "?p=0"),
        ("https://a.example/", ""),
    ],
)
def test_the_shape_of_an_address(url, expected):
    assert shape(url) == expected


def test_a_rare_shape_says_nothing():
    posts = [f"https://a.example/2014/05/walk-{n}/" for n in range(99)] + ["https://a.example/odd"]
    assert common_shapes(posts) == {"/0000/00/*"}


def held(world, *, without=(), path="/"):
    """How whole the blog is when each page was read as what its address says, but those ``without`` were not read."""
    blog = Blog(key="hill", name="Hill", url=world.site.url + path, scope=world.site.url + path)
    kinds = {
        fetch.url: "post" if "/20" in fetch.url or "only-in" in fetch.url else "listing"
        for fetch in world.archive.latest("hill")
        if not any(name in fetch.url for name in without)
    }
    return completeness(world.archive, blog, kinds)


def test_a_whole_blog_is_whole(world, blog_site):
    world.run()
    found = held(world)
    assert (found.promised, found.held, found.missing) == (41, 41, ())


def test_each_missing_post_says_who_named_it_and_what_became_of_it(world, blog_site):
    items = "".join(f"<item><link>{blog_site.url}{path}</link></item>" for path in ("/gone/", "/elsewhere/"))
    blog_site.put(
        "/feed/", f'<rss version="2.0"><channel><title>W</title>{items}</channel></rss>', "application/rss+xml"
    )
    blog_site.redirect("/elsewhere/", "https://other.example/")
    blog_site.html("/page/2/", "/2014/02/the-lost-walk/", "/2014/02/the-13th-walk-up-the-hill/")
    blog_site.answers["/2014/02/the-lost-walk/"] = lambda _times: blog_site.answers["/nothing"]
    blog_site.html("/nothing", status=410)
    world.run()
    found = held(world, without=["the-5th-walk"])
    said = {post.url.removeprefix(blog_site.url): (post.named_by, post.reason) for post in found.missing}
    assert said["/gone/"] == ("feed", "http 404")
    assert said["/elsewhere/"] == ("feed", "redirected: out of scope")
    assert said["/2014/02/the-lost-walk/"] == ("listing", "http 410")
    assert said["/2014/06/the-5th-walk-up-the-hill/"][1].startswith("not read")
    assert len(said) == 4, said
    assert found.held == found.promised - 4


def test_dead_links_in_posts_promise_nothing(world, blog_site):
    blog_site.html("/2014/01/the-0th-walk-up-the-hill/", "/2009/01/long-lost/")
    world.run()
    assert held(world).missing == ()


def test_posts_that_a_limited_crawl_left_are_missing(world, blog_site):
    world.run(max_pages=12)
    found = held(world)
    assert {post.reason for post in found.missing} == {"not asked yet"}
    assert found.promised > found.held


def test_a_post_held_under_its_new_address_is_held(world, blog_site):
    old, new = "/2014/01/the-0th-walk-up-the-hill/", "/2014/01/the-first-walk/"
    blog_site.answers[new] = blog_site.answers[old]
    blog_site.redirect(old, new)
    world.run()
    assert held(world).missing == ()
