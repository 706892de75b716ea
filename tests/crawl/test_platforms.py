"""Layouts that real platforms use: each a small site of our own, crawled whole, no post missed and none fetched twice."""

import pytest


def fetched(world):
    return {fetch.url.removeprefix(world.site.url) for fetch in world.archive.latest("hill")}


def asked_once(site):
    paths = [path for path, status, _ in site.log if status == 200]
    return len(paths) == len(set(paths))


def walks(count):
    return [f"walk-{n}" for n in range(count)]


def test_wordpress_with_plain_permalinks(world, site):
    posts = [f"/?p={n}" for n in range(10, 40)]
    for n, post in enumerate(posts):
        site.html(post, "/", f"/?cat={n % 3}", "/?page_id=2", post + "&replytocom=7")
    for page in range(3):
        path = "/" if page == 0 else f"/?paged={page + 1}"
        older = [f"/?paged={page + 2}"] if page < 2 else []
        site.html(path, *posts[page * 10 : page * 10 + 10], *older, "/?m=201405")
    site.html("/?page_id=2", "/")
    site.html("/?m=201405", *posts[:5])
    for cat in range(3):
        site.html(f"/?cat={cat}", *posts[cat::3])
    assert world.run().is_complete
    assert fetched(world) >= {*posts, "/?page_id=2"}
    assert asked_once(site)


def test_posts_behind_index_php(world, site):
    posts = [f"/index.php?p={n}" for n in range(5)] + [f"/index.php/2014/05/walk-{n}/" for n in range(5)]
    for post in posts:
        site.html(post, "/")
    site.html("/", *posts)
    assert world.run().is_complete
    assert fetched(world) >= set(posts)


def test_archives_by_month_and_year_only(world, site):
    """Movable Type: the front page shows the newest, the rest is in monthly archives of one page each."""
    months = [f"/{year}/{month:02d}/" for year in (2004, 2005) for month in range(1, 13)]
    for month in months:
        site.html(month, *(f"{month}the_walk_{n}.html" for n in range(3)))
        for n in range(3):
            site.html(f"{month}the_walk_{n}.html", "/")
    site.html("/archives.html", *months)
    site.html("/", f"{months[-1]}the_walk_0.html", "/archives.html")
    assert world.run().is_complete
    assert fetched(world) >= {f"{month}the_walk_{n}.html" for month in months for n in range(3)}
    assert asked_once(site)


def test_blogger_with_its_monthly_archive_and_labels(world, site):
    posts = [f"/{2010 + n // 12}/{1 + n % 12:02d}/walk-{n}.html" for n in range(24)]
    for n, post in enumerate(posts):
        site.html(post, "/", f"/search/label/hills?max-results={n}", post + "?m=1", post + "?showComment=1401#c1")
    months = [f"/{2010 + n // 12}_{1 + n % 12:02d}_01_archive.html" for n in range(24)]
    for month, post in zip(months, posts, strict=True):
        site.html(month, post)
    site.html("/", posts[-1], *months)
    assert world.run().is_complete
    assert fetched(world) >= set(posts)
    assert not any("m=1" in path or "showComment" in path for path in site.paths())


def test_posts_that_only_the_next_and_previous_links_name(world, site):
    names = walks(30)
    for n, name in enumerate(names):
        earlier = f'<link rel="prev" href="/notes/{names[n - 1]}">' if n else ""
        site.html(f"/notes/{name}", "/", head=earlier)
    site.html("/", f"/notes/{names[-1]}")
    assert world.run().is_complete
    assert fetched(world) >= {f"/notes/{name}" for name in names}


def test_a_listing_that_loads_more_by_rel_next(world, site):
    posts = [f"/journal/{name}" for name in walks(25)]
    for post in posts:
        site.html(post, "/journal")
    for page in range(5):
        path = "/journal" if page == 0 else f"/journal?offset={1_400_000_000 - page}"
        onward = f'<link rel="next" href="/journal?offset={1_400_000_000 - page - 1}">' if page < 4 else ""
        site.html(path, *posts[page * 5 : page * 5 + 5], head=onward)
    assert world.run("/journal").is_complete
    assert fetched(world) >= set(posts)


def test_posts_that_only_a_feed_names(world, site):
    posts = [f"/p/{name}" for name in walks(6)]
    for post in posts:
        site.html(post)
    site.html("/", head='<link rel="alternate" type="application/atom+xml" href="/atom.xml">')
    entries = "".join(
        f'<entry><id>{n}</id><link rel="alternate" href="{post}"/></entry>' for n, post in enumerate(posts)
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site.url}/"><title>W</title>{entries}</feed>'
    site.put("/atom.xml", feed, "application/atom+xml")
    assert world.run().is_complete
    assert fetched(world) >= set(posts)


def test_a_json_feed_with_a_second_page(world, site):
    site.html("/", head='<link rel="alternate" type="application/feed+json" href="/feed.json">')
    site.put("/feed.json", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "url": "{site.url}/one"}}], '
             f'"next_url": "{site.url}/feed.json?page=2"}}', "application/feed+json")  # fmt: skip
    site.put("/feed.json?page=2", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "2", "url": "{site.url}/two"}}]}}', "application/feed+json")  # fmt: skip
    site.html("/one")
    site.html("/two")
    assert world.run().is_complete
    assert fetched(world) >= {"/one", "/two"}


def test_capitals_slashes_and_letters_beyond_ascii_in_addresses(world, site):
    site.html("/", "/Archive/First-Walk/", "/archive/first-walk-two", "/archive/first-walk-two/", "/2014/05/über-den-hügel/",
              "/2014/05/%C3%BCber-den-h%C3%BCgel/", "/2014/05/прогулка/")  # fmt: skip
    site.html("/Archive/First-Walk/")
    site.html("/archive/first-walk-two")
    site.html("/2014/05/%C3%BCber-den-h%C3%BCgel/")
    site.html("/2014/05/%D0%BF%D1%80%D0%BE%D0%B3%D1%83%D0%BB%D0%BA%D0%B0/")
    assert world.run().is_complete
    assert sorted(fetched(world)) == [
        "/", "/2014/05/%C3%BCber-den-h%C3%BCgel/", "/2014/05/%D0%BF%D1%80%D0%BE%D0%B3%D1%83%D0%BB%D0%BA%D0%B0/",
        "/Archive/First-Walk/", "/archive/first-walk-two",
    ]  # fmt: skip
    assert asked_once(site)


def test_a_front_page_that_sends_on_by_meta_refresh(world, site):
    site.html("/", head='<meta http-equiv="refresh" content="0; url=weblog/index.html">')
    site.html("/weblog/", "walk-1.html", "walk-2.html")
    site.html("/weblog/walk-1.html")
    site.html("/weblog/walk-2.html")
    assert world.run().is_complete
    assert fetched(world) >= {"/weblog/walk-1.html", "/weblog/walk-2.html"}


def test_base_and_a_canonical_address_that_is_relative(world, site):
    head = '<base href="/notes/"><link rel="canonical" href="walk-1">'
    site.html("/", "walk-1", "walk-2")
    site.answers["/"].body = site.answers["/"].body.replace(b"<head>", b'<head><base href="/notes/">')
    site.html("/notes/walk-1", head=head)
    site.html("/notes/walk-2", head=head.replace("walk-1", "walk-2"))
    assert world.run().is_complete
    assert fetched(world) == {"/", "/notes/walk-1", "/notes/walk-2"}


def test_http_links_on_a_blog_that_moved_to_https_or_back(world, site):
    host = site.url.removeprefix("http://")
    site.html("/", f"https://{host}/walk-1/", f"//{host}/walk-2/", f"{site.url}/walk-1")
    site.html("/walk-1/")
    site.html("/walk-2/")
    assert world.run().is_complete
    assert fetched(world) == {"/", "/walk-1/", "/walk-2/"}


@pytest.mark.parametrize(
    "style", ["/blog?page={}", "/blog/p{}", "/blog/page-{}.html", "/blog/index-{}.html", "/blog/seite/{}/"]
)
def test_ways_to_number_the_pages_of_a_listing(world, site, style):
    posts = [f"/blog/{name}" for name in walks(40)]
    for post in posts:
        site.html(post, "/blog/")
    for page in range(1, 9):
        path = "/blog/" if page == 1 else style.format(page)
        onward = [style.format(page + 1)] if page < 8 else []
        site.html(path, *posts[(page - 1) * 5 : page * 5], *onward)
    assert world.run("/blog/").is_complete
    assert fetched(world) >= set(posts)


def test_drupal_taxonomy_and_node_addresses(world, site):
    posts = [f"/node/{n}" for n in range(1, 30)]
    for n, post in enumerate(posts):
        site.html(post, "/", f"/taxonomy/term/{n % 4}", f"/print/node/{n}", f"/comment/reply/{n}")
    for page in range(3):
        site.html(
            "/" if page == 0 else f"/?page={page}",
            *posts[page * 10 : page * 10 + 10],
            *([f"/?page={page + 1}"] if page < 2 else []),
        )
    for term in range(4):
        site.html(f"/taxonomy/term/{term}", *posts[term::4])
    assert world.run().is_complete
    assert fetched(world) >= set(posts)
    assert not any("print" in path or "reply" in path for path in site.paths())


def test_a_blog_beneath_a_site_takes_its_own_sitemap_and_no_more(world, site):
    site.put("/robots.txt", f"User-agent: *\nSitemap: {site.url}/sitemap.xml\n")
    inside = [f"/centre/blog/{name}" for name in walks(5)]
    outside = [f"/centre/news/{name}" for name in walks(5)]
    locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in inside + outside)
    site.put("/sitemap.xml", f"<urlset>{locs}</urlset>", "application/xml")
    for path in inside + outside:
        site.html(path, "/centre/", "/centre/blog/")
    site.html("/centre/blog/", "/centre/", inside[0])
    assert world.run("/centre/blog/").is_complete
    assert fetched(world) == {"/centre/blog/", *inside}
