"""What feeds and sitemaps say of a blog's posts."""

import pytest

from crawl.listed import listed_posts
from crawl.urls import same_page_key
from extract.records import ListedPost

SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc><lastmod>{}</lastmod></url></urlset>'
)


def rss(*items: tuple[str, str], title: str = "Walks") -> str:
    said = "".join(f"<item><link>{url}</link><pubDate>{day}</pubDate></item>" for url, day in items)
    return f'<rss version="2.0"><channel><title>{title}</title>{said}</channel></rss>'


@pytest.fixture
def hill(world, blog_site):
    """The blog, with ``says(…)`` to set what its feed and sitemap say, and ``listed(path)`` for what was made of it."""

    def says(*items, lastmod="2014-06-01", title="Walks"):
        told = rss(*((blog_site.url + path, day) for path, day in items), title=title)
        blog_site.put("/feed/", told, "application/rss+xml")
        blog_site.put(
            "/sitemap.xml", SITEMAP.format(blog_site.url + "/only-in-the-sitemap/", lastmod), "application/xml"
        )

    def listed(path):
        return listed_posts(world.archive, "hill").get(same_page_key(blog_site.url + path))

    world.says, world.listed = says, listed
    return world


WALK, OTHER = "/2014/06/the-5th-walk-up-the-hill/", "/2014/07/the-6th-walk-up-the-hill/"
DAY, LATER = "Mon, 02 Jun 2014 23:30:00 +0000", "Tue, 01 Jul 2014 10:00:00 +0000"


def test_feeds_say_when_published_and_sitemaps_when_changed(hill):
    hill.says((WALK, DAY))
    hill.run()
    assert hill.listed(WALK) == ListedPost(published=DAY)
    assert hill.listed("/only-in-the-sitemap/") == ListedPost(changed="2014-06-01")
    assert hill.listed("/about/") is None


def test_all_captures_count_and_what_was_said_first_stays(hill):
    hill.says((WALK, DAY))
    hill.run()
    hill.says((OTHER, LATER), (WALK, LATER), lastmod="2014-09-01")
    hill.run()
    assert (hill.listed(WALK).published, hill.listed(OTHER).published) == (DAY, LATER)
    assert hill.listed("/only-in-the-sitemap/").changed == "2014-06-01"


def test_a_feed_of_comments_has_other_days(hill):
    hill.says((WALK + "#comment-1", DAY), title="Comments on: The 5th walk")
    hill.run()
    assert hill.listed(WALK) is None


def test_a_feed_that_gives_one_day_for_all_says_when_it_was_made(hill):
    walks = [f"/2014/{n + 1:02d}/the-{n}th-walk-up-the-hill/" for n in range(6)]
    hill.says(*((walk, f"Mon, 02 Jun 2014 23:30:{n:02d} +0000") for n, walk in enumerate(walks)))
    hill.run()
    assert hill.listed(WALK) is None
    hill.says(*((walk, f"Mon, {n + 1:02d} Jun 2014 23:30:00 +0000") for n, walk in enumerate(walks)))
    hill.run()
    assert hill.listed(WALK).published.startswith("Mon, 06 Jun 2014")


def test_an_address_that_leads_to_the_post_speaks_of_the_post(hill):
    hill.says(("/?p=5", DAY))
    hill.site.redirect("/?p=5", WALK)
    hill.run()
    assert hill.listed(WALK) == ListedPost(published=DAY)
