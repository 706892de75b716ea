"""The sample's posts: the plan carried out, and then the odd cases that real blogs are full of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sector.sample.bank import bank
from sector.sample.plan import BLOGS, Planned, planned_posts, random_for
from sector.sample.prose import Body, compose
from sector.sample.records import Author, Comment, SampleBlog, SamplePost
from sector.sample.special import with_special_cases
from sector.sample.wording import curled, slug_of, straight

# How a platform addresses a post, below the blog's front page.
ADDRESSES: Mapping[str, str] = {
    "wordpress": "/{day:%Y/%m}/{slug}/",
    "drupal": "/centres/civic-practice/blog/{slug}",
    "blogger": "/{day:%Y/%m}/{slug}.html",
    "ghost": "/{slug}/",
    "jekyll": "/{day:%Y/%m/%d}/{slug}.html",
    "govuk": "/{day:%Y/%m/%d}/{slug}/",
    "handmade": "/news/{day:%Y}-{number:02d}.htm",
}
REPORTS: Mapping[str, str] = {
    "wordpress": "/wp-content/uploads/report-{number}.pdf",
    "drupal": "/sites/www.estermere.example/files/report-{number}.pdf",
    "ghost": "/content/files/report-{number}.pdf",
    "jekyll": "/assets/report-{number}.pdf",
    "govuk": "/wp-content/uploads/sites/12/report-{number}.pdf",
    "handmade": "/docs/report{number}.pdf",
}
OUTSIDE = "http://www.lanthornrow.example/reports/"
STRAIGHT_QUOTES = frozenset({"blogger", "handmade"})  # typed by hand, on keyboards without curly ones
TITLES_SHORTENED = {"blogger": 39}  # where the platform cuts its addresses


def build_posts() -> tuple[SamplePost, ...]:
    """All posts, blog by blog and in the order of their days."""
    taken: set[str] = set()
    posts = [post for blog in BLOGS for post in _posts_of(blog, taken)]
    return with_special_cases(posts)


def _posts_of(blog: SampleBlog, taken: set[str]) -> list[SamplePost]:
    posts: list[SamplePost] = []
    for planned in planned_posts(blog):
        body = compose(planned, _links(blog, planned, posts), frozenset(taken))
        taken.add(body.title)
        posts.append(_post(planned, body))
    return posts


def _links(blog: SampleBlog, planned: Planned, earlier: list[SamplePost]) -> dict[str, str]:
    """What this post may link to: a report, another site, an earlier post. Without a target a sentence is not used."""
    links = {"outside": f"{OUTSIDE}{planned.day.year}/{planned.number}"}
    if blog.platform in REPORTS and planned.number % 4 == 0:
        links = {"pdf": REPORTS[blog.platform].format(number=planned.number)}
    elif earlier and planned.number % 2:
        links = {"inside": earlier[-1 - planned.number % min(len(earlier), 5)].path}
    return links


def _post(planned: Planned, body: Body) -> SamplePost:
    blog = planned.blog
    typed = straight if blog.platform in STRAIGHT_QUOTES else curled
    slug = slug_of(body.title, TITLES_SHORTENED.get(blog.platform, 60))
    random = random_for("particulars", blog.key, planned.number)
    blocks = tuple(
        replace(block, html=typed(block.html), items=tuple(map(typed, block.items))) for block in body.blocks
    )
    path = ADDRESSES[blog.platform].format(day=planned.day, slug=slug, number=planned.number)
    return SamplePost(
        blog=blog.key,
        number=planned.number,
        slug=slug,
        url=f"http://{blog.host}{path}",
        title=typed(body.title),
        published=planned.day,
        authors=_authors(blog, random),
        topic=body.topic.key,
        tags=tuple(dict.fromkeys((*random.sample(body.topic.tags, 2), *planned.themes)))[:4],
        blocks=blocks,
        references=tuple(map(typed, body.references)),
        citations=tuple(replace(cited, as_printed=typed(cited.as_printed)) for cited in body.citations),
        comments=_comments(blog, planned.day, random),
        expected=planned.expected,
    )


def _authors(blog: SampleBlog, random: Random) -> tuple[Author, ...]:
    staff = bank().authors[blog.key]
    return tuple(random.sample(staff, 2 if len(staff) > 1 and random.random() < 0.07 else 1))


def _comments(blog: SampleBlog, day: date, random: Random) -> tuple[Comment, ...]:
    """What readers say; the themes' words stand in it, and none of it is the post."""
    if blog.platform in {"handmade", "jekyll"}:
        return ()
    cast = bank().cast
    texts = random.sample(cast["comments"], random.choice((0, 0, 1, 2, 3)))
    return tuple(
        Comment(name=random.choice(cast["commenters"]), day=day + timedelta(days=1 + turn), text=text)
        for turn, text in enumerate(texts)
    )
