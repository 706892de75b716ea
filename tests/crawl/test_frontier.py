from hypothesis import given
from hypothesis import strategies as st

from crawl.frontier import FRUITLESS_OTHERS, Frontier
from crawl.records import Found

HOST = "https://hill.example"


def frontier(scope=HOST + "/", **kwargs):
    return Frontier(scope, HOST, **kwargs)


def found(path, how="link"):
    return Found(url=path if "://" in path else HOST + path, how=how)


def drained(f):
    urls = []
    while (entry := f.next()) is not None:
        urls.append(entry.url.removeprefix(HOST))
    return urls


def test_no_page_is_asked_under_two_spellings():
    f = frontier()
    spellings = [
        "/a",
        "/a/",
        "http://hill.example/a",
        "http://www.hill.example/a/",
        "/a?utm_source=x",
        "/a/#top",
        "/a/?replytocom=3",
    ]
    assert [f.add(found(url)) for url in spellings] == [True] + [False] * 6
    assert drained(f) == ["/a"]


def test_posts_and_listings_come_before_tags_and_unknown_queries():
    f = frontier()
    f.add(found("/?colour=blue"))
    f.add(found("/tag/dogs/"))
    f.add(found("/2014/05/"))
    f.add(found("/about/"))
    f.add(found("/page/2/"))
    f.add(found("/2014/05/a-walk/"))
    f.add(found("/in-a-feed", "feed"))
    f.add(found("/feed/", "feed"), "feed")
    f.add(found("/sitemap.xml", "sitemap"), "sitemap")
    f.add(found("/", "seed"))
    assert drained(f) == [
        "/", "/sitemap.xml", "/feed/", "/2014/05/a-walk/", "/in-a-feed", "/page/2/", "/about/", "/2014/05/", "/tag/dogs/", "/?colour=blue",
    ]  # fmt: skip


def test_only_the_scope_is_crawled():
    f = frontier(HOST + "/centre/blog")
    assert f.add(found("/centre/blog/a"))
    assert not f.add(found("/centre/staff"))
    assert not f.add(found("https://dale.example/centre/blog/a"))
    assert f.add(found("/sitemap.xml"), "sitemap")
    assert f.excluded.total() == 0


def test_traps_are_counted_once_a_page():
    f = frontier()
    for url in ("/walk.jpg", "/walk.jpg", "/a/feed/", "/walk.jpg?x=1"):
        f.add(found(url))
    assert f.excluded == {"not a page": 2, "feed of a part": 1}
    assert drained(f) == []


def listing(f, path, *leads):
    """Ask ``path`` next and let it lead to ``leads``."""
    entry = f.next()
    assert entry.url == HOST + path, entry.url
    return f.visited(entry, [found(lead) for lead in leads])


def test_numbered_pages_are_followed_while_they_show_something():
    f = frontier()
    f.add(found("/", "seed"))
    listing(f, "/", "/post-one", "/page/2/")
    listing(f, "/page/2/", "/post-two", "/page/3/")
    listing(f, "/page/3/", "/post-two", "/page/4/")  # one dull page may be an accident
    listing(f, "/page/4/", "/post-two", "/page/5/")
    assert drained(f) == ["/post-one", "/post-two"]
    assert f.excluded == {"endless pages": 1}


def test_a_later_page_with_something_new_keeps_the_listing_open():
    f = frontier()
    f.add(found("/", "seed"))
    listing(f, "/", "/post-one", "/page/2/")
    listing(f, "/page/2/", "/post-one", "/page/3/")
    listing(f, "/page/3/", "/post-two", "/page/4/")
    listing(f, "/page/4/", "/post-two", "/page/5/")
    assert "/page/5/" in drained(f)


def tagged(f, number):
    for n in range(number):
        f.add(found(f"/tag/t{n}/"))


def test_a_family_that_leads_nowhere_new_is_closed():
    f = frontier()
    tagged(f, 100)
    asked = 0
    while (entry := f.next()) is not None:
        f.visited(entry, [found("/tag/t1/")])
        asked += 1
    assert asked == FRUITLESS_OTHERS
    assert f.excluded == {"leads nowhere new": 100 - FRUITLESS_OTHERS}


def test_a_family_goes_on_while_it_leads_to_posts():
    f = frontier()
    tagged(f, 100)
    n = 0
    asked = set()
    while (entry := f.next()) is not None:
        asked.add(entry.url)
        n += 1
        f.visited(entry, [found(f"/post-{n}")] if n % 50 == 0 else [])
    assert sum("/tag/" in url for url in asked) == 100


def test_a_family_whose_pages_say_they_are_posts_is_never_closed():
    f = frontier()
    tagged(f, 100)
    asked = 0
    while (entry := f.next()) is not None:
        f.visited(entry, [], looks_like_post=True)
        asked += 1
    assert asked == 100


def test_what_an_earlier_crawl_had_is_asked_whatever_its_family():
    f = frontier()
    for n in range(100):
        f.add(found(f"/tag/t{n}/"), keep=True)
    assert len(drained_visiting(f)) == 100


def test_what_lies_below_a_post_comes_late_but_a_section_does_not():
    f = frontier()
    f.add(found("/2014/05/a-walk/img_12/"))
    f.add(found("/about/"))
    assert drained(f) == ["/2014/05/a-walk/img_12/", "/about/"]
    f = frontier()
    f.add(found("/2014/05/a-walk/"))
    f.add(found("/2014/05/a-walk/img_12/"))
    f.add(found("/about/"))
    assert drained(f) == ["/2014/05/a-walk/", "/about/", "/2014/05/a-walk/img_12/"]


def test_what_is_new_comes_before_what_an_earlier_crawl_had():
    f = frontier()
    f.add(found("/a-known-post/"), keep=True)
    f.add(found("/page/2/"), keep=True)
    f.add(found("/?colour=blue"))
    f.add(found("/a-new-post/"))
    assert drained(f) == ["/page/2/", "/a-new-post/", "/?colour=blue", "/a-known-post/"]


def drained_visiting(f):
    urls = []
    while (entry := f.next()) is not None:
        urls.append(entry.url)
        f.visited(entry, [])
    return urls


def test_a_page_missing_under_one_spelling_is_tried_under_the_other():
    f = frontier()
    f.add(found("/a"))
    f.add(found("/a/"))
    entry = f.next()
    f.missed(entry)
    again = f.next()
    assert again.url == HOST + "/a/"
    f.missed(again)
    assert f.next() is None


def test_redirects_are_followed_to_the_same_page_in_another_spelling():
    f = frontier()
    f.add(found("/a"))
    assert f.redirected(f.next(), HOST + "/a/") is None
    entry = f.next()
    assert (entry.url, entry.found.how, entry.found.via, entry.hops) == (HOST + "/a/", "redirect", HOST + "/a", 1)
    assert f.redirected(entry, HOST + "/a") == "redirect loop"


def test_a_redirect_to_a_known_page_waits_for_its_turn():
    f = frontier()
    f.add(found("/new"))
    f.add(found("/old"))
    new, old = f.next(), f.next()
    assert f.redirected(old, new.url) is None
    assert f.next() is None


def test_redirects_end():
    f = frontier(max_hops=2)
    f.add(found("/0"))
    for n in range(1, 4):
        reason = f.redirected(f.next(), f"{HOST}/{n}")
    assert reason == "too many redirects"
    assert f.redirected(f_entry(), "https://dale.example/") == "out of scope"


def f_entry():
    f = frontier()
    f.add(found("/x"))
    return f.next()


PATHS = st.lists(
    st.sampled_from(["/", "/a", "/a/", "/b?x=1", "/tag/x", "/2014/05/a-b/", "/page/2/", "/a.jpg", "/about", "/?s=1"]),
    max_size=30,
)


@given(PATHS)
def test_the_same_finds_in_the_same_order_are_asked_in_the_same_order_once(paths):
    one, other = frontier(), frontier()
    for path in paths:
        one.add(found(path))
        other.add(found(path))
    asked = drained(one)
    assert asked == drained(other)
    assert len(asked) == len(set(asked))
    assert one.known == len(asked) + one.excluded.total()
