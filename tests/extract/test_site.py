"""What is learnt from a blog's pages, and what it is good for."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_post, learn_site
from extract.records import SiteProfile

NAMES = ("Odile Marchbank", "Rhodri Talbot", "hutkeeper", "Estuary University")
WORK = "Okell, D. and Marsh, F. (2011) Sunday keys: a study of village halls, Harbour, Estuary Press."
TOPICS = ("keys", "kettles", "hedges", "minutes", "chairs", "boilers", "buses", "lamps", "ledgers", "gates")


def body(i: int) -> str:
    topic = TOPICS[i % len(TOPICS)]
    return "".join(
        f"<p>Number {i}.{k}: the committee spoke of {topic} again, and of who should pay for the next {i + k} of them.</p>"
        for k in range(5)
    )


def leaf(i: int) -> tuple[str, str]:
    """A post of a blog that marks neither byline nor date by any telling name."""
    title = f"Thoughts on {TOPICS[i % len(TOPICS)]}, part {i}"
    day = f"{i % 27 + 1}/{i % 11 + 1}/20{10 + i % 10}"
    references = f"<h3>References</h3><p>{WORK}</p>" if i % 2 else ""
    html = f"""<html lang="en"><head><title>{title} | Hut Notes</title></head><body><div class="top"><a href="/">Hut Notes</a></div>
    <div class="x1"><h2>{title}</h2><div class="x2">{day} by {NAMES[i % 4]}</div><div class="x3">{body(i)}{references}
    <p>The hut stands in Back Lane and is kept by those who use it, which may include you one day.</p></div></div>
    <div class="x4"><p>Hut Notes is a newsletter of the village, its hall and its hedges, and of all who sweep them.</p></div></body></html>"""
    return f"http://hutnotes.example/n/{i}-{TOPICS[i % len(TOPICS)]}", html


PAGES = [leaf(i) for i in range(24)]
LISTING = ("http://hutnotes.example/tag/keys/", "<html><head><title>keys | Hut Notes</title></head><body>" + "".join(f"<h2><a href='/n/{i}'>Post {i}</a></h2>" for i in range(9)) + "</body></html>")  # fmt: skip


@pytest.fixture(scope="module")
def site() -> SiteProfile:
    return learn_site([*PAGES, LISTING])


def test_what_is_learnt(site):
    assert site.pages == len(PAGES)
    assert site.title_affixes == ("| Hut Notes",)
    assert site.day_first is True
    assert [place.path for place in site.layout.date_places] == ["div.x1/div.x2"]
    assert [place.path for place in site.layout.byline_places] == ["div.x1/div.x2"]
    assert set(site.author_names) == set(NAMES)


def test_what_it_is_good_for(site):
    url, html = PAGES[9]
    alone, known = extract_post(html, url), extract_post(html, url, site=site)
    assert (known.kind, known.title) == ("post", "Thoughts on gates, part 9")
    assert [person.name for person in known.people] == ["Rhodri Talbot"]
    assert known.published.value.isoformat() == "2019-10-10"
    handle = extract_post(PAGES[2][1], PAGES[2][0], site=site)
    assert [person.name for person in handle.people] == ["hutkeeper"]
    (university,) = extract_post(PAGES[3][1], PAGES[3][0], site=site).people
    assert university.is_organisation
    assert "The hut stands in Back Lane" in alone.text
    assert "The hut stands in Back Lane" not in known.text
    assert known.text.count("the committee spoke of gates") == 5


def test_works_that_many_posts_cite_are_no_furniture(site):
    for i in (1, 3, 5):
        post = extract_post(PAGES[i][1], PAGES[i][0], site=site)
        assert [reference.year for reference in post.references] == ["2011"]
        assert "Okell" not in post.text


def test_a_page_without_the_blogs_date_is_no_post(site):
    html = f"<html><head><title>House rules | Hut Notes</title></head><body><div class='x1'><h2>House rules</h2><div class='x3'>{body(3)}</div></div></body></html>"
    post = extract_post(html, "http://hutnotes.example/n/house-rules", site=site)
    assert (post.kind, post.kind_reason) == ("other", "no date where this blog's posts have one")


def test_a_name_known_to_the_blog_is_believed_anywhere_about_the_text(site):
    html = f"<html><head><title>The lamp | Hut Notes</title></head><body><section><h1>The lamp</h1><div>{body(7)}</div><p>hutkeeper</p></section></body></html>"
    url = "http://hutnotes.example/n/lamp"
    assert extract_post(html, url).people == ()
    (person,) = extract_post(html, url, site=site).people
    assert (person.name, person.source) == ("hutkeeper", "known name")


def test_a_post_with_a_picture_only_is_a_post(site):
    html = "<html><head><title>The gate, painted | Hut Notes</title></head><body><div class='x1'><h2>The gate, painted</h2><div class='x2'>7/6/2014 by hutkeeper</div><div class='x3'><img src='gate.jpg'></div></div></body></html>"
    assert extract_post(html, "http://hutnotes.example/n/gate", site=site).kind == "post"


def test_of_four_pages_nothing_is_learnt():
    assert learn_site(PAGES[:4]) == SiteProfile(pages=4)
    assert learn_site([]) == SiteProfile(pages=0)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(12)))
def test_order_and_repeats_do_not_matter(order):
    wanted = learn_site(PAGES[:12])
    assert learn_site([PAGES[i] for i in order] + [PAGES[order[0]]]) == wanted
    assert learn_site([PAGES[i] for i in order]).digest == wanted.digest


def test_bytes_and_text_teach_the_same():
    assert learn_site((url, html.encode()) for url, html in PAGES) == learn_site(PAGES)


def test_two_layouts_of_one_blog():
    def other(i: int) -> tuple[str, str]:
        url, html = leaf(i + 100)
        return url, html.replace('class="x2"', 'class="y2"').replace('class="x1"', 'class="y1"')

    pages = PAGES + [other(i) for i in range(16)]
    site = learn_site(pages)
    assert [place.path for place in site.layout.byline_places] == ["div.x1/div.x2", "div.y1/div.y2"]
    url, html = other(1)
    assert [person.name for person in extract_post(html, url, site=site).people] == [NAMES[101 % 4]]


def test_a_name_that_is_on_every_page_does_not_outvote_the_byline():
    credit = "<div class='foot'><span class='author'>Themes by Grand Designs</span></div></body>"
    pages = [(url, html.replace("</body>", credit)) for url, html in PAGES]
    site = learn_site(pages)
    assert [place.path for place in site.layout.byline_places] == ["div.x1/div.x2"]


def test_a_month_where_the_blogs_dates_stand_is_date_enough(site):
    url, html = PAGES[4]
    post = extract_post(html.replace("5/5/2014", "May 2014"), url, site=site)
    assert post.kind == "post"
    assert post.published is not None
    assert (post.published.value.isoformat(), post.published.precision) == ("2014-05-01", "month")


def test_after_a_move_the_dates_shown_are_right():
    moved = '<meta property="article:published_time" content="2021-02-03T10:00:00+00:00"></head>'
    pages = [(url, html.replace("</head>", moved)) for url, html in PAGES]
    url, html = pages[9]
    assert extract_post(html, url).published.value.isoformat() == "2021-02-03"
    assert extract_post(html, url, site=learn_site(pages)).published.value.isoformat() == "2019-10-10"


# --- a blog with a theme for its body, pictures, and a change of theme --------------------------------------------------


def themed(i: int, *, old: bool = False) -> tuple[str, str]:
    """A post under one of two themes; both open and close with a salutation, and caption their pictures."""
    title, day = f"Letter {i}: {TOPICS[i % 10]} and after", f"{i % 27 + 1} March 20{10 + i % 10}"
    text = f"""<p>Dear {TOPICS[i % 10]} people,</p>{body(i)}<div class="teaser-strip"><p>Sweeping rota for week {i} is on the board</p></div>
    <p>Yours, hut and {TOPICS[i % 10]}</p>"""
    if old:
        html = f"""<body><div class="wrap"><div class="leftish"><h3 class="caps">{title}</h3><p class="when">{day}, {NAMES[i % 2]}</p>
        <div class="text-of-letter">{text}</div></div><div class="bottomline"><p class="smaller">Kept by hand since long ago</p></div></div></body>"""
    else:
        html = f"""<body><main class="page"><article class="letter"><h1 class="letter-title">{title}</h1><div class="letter-when">{day}</div>
        <p class="byline">By {NAMES[i % 2]}</p><div class="letter-text"><figure><img src="{i}.jpg"><figcaption>Volunteers count the {TOPICS[i % 10]} for letter {i}
        (Photo: Tamsin Vey)</figcaption></figure>{text}</div></article></main></body>"""
    head = f"<html lang='en'><head><title>{title} – Hut Letters</title></head>"
    return f"http://letters.example/{'old' if old else '2021/03'}/{i}-letter/", head + html + "</html>"


def tag_page(i: int) -> tuple[str, str]:
    entries = "".join(
        f"<article class='post'><h2><a href='/2021/03/{k}-letter/'>Letter {k}</a></h2><p>In letter {k} we hear of hedges.</p></article>"
        for k in range(4)
    )
    return f"http://letters.example/drawer/{i}x/", f"<html><head><title>Drawer {i}</title></head><body>{entries}</body></html>"  # fmt: skip


LETTERS = [themed(i) for i in range(12)] + [themed(i + 20, old=True) for i in range(8)]


@pytest.fixture(scope="module")
def letters() -> SiteProfile:
    return learn_site([*LETTERS, *(tag_page(i) for i in range(4))])


def test_each_layout_that_a_blog_had_is_learnt(letters):
    new, old = letters.templates
    assert (new.pages, old.pages) == (12, 8)
    assert "article.letter" in new.marks
    assert [place.path for place in new.body_places] == ["main.page/article.letter/div.letter-text"]
    assert [place.path for place in old.body_places] == ["div.wrap/div.leftish/div.text-of-letter"]
    assert [place.path for place in old.title_places] == ["div.wrap/div.leftish/h3.caps"]
    assert [place.path for place in new.title_places] == ["main.page/article.letter/h1.letter-title"]


@pytest.mark.parametrize("page", [themed(3), themed(27, old=True)], ids=["new", "old"])
def test_where_the_body_is_known_it_is_whole(letters, page):
    url, html = page
    post = extract_post(html, url, site=letters)
    assert post.body_source == "learnt place"
    assert [said for said in post.paragraphs[:2] if said.startswith("Dear ")]
    assert post.paragraphs[-1].startswith("Yours, hut and ")
    assert "Yours, hut and " not in extract_post(html, url).text


def test_captions_that_differ_from_page_to_page_are_the_authors(letters):
    url, html = themed(3)
    post = extract_post(html, url, site=letters)
    assert post.paragraphs[0] == "Volunteers count the minutes for letter 3"
    assert "Volunteers count" not in extract_post(html, url).text


def test_addresses_of_posts_and_listings(letters):
    assert set(letters.post_addresses) == {"/{year}/{month}/*/", "/old/*/"}
    assert letters.listing_addresses == ("/drawer/*/",)
    _, html = themed(5)
    post = extract_post(html, "http://letters.example/drawer/oak/", site=letters)
    assert (post.kind, post.kind_reason) == ("listing", "address like this blog's listings")


def test_the_blogs_clock():
    def late(i: int) -> tuple[str, str]:
        url, html = themed(i)
        ahead = i % 3 == 0  # sent before eight in the morning: still yesterday in UTC
        day = i % 27 + 1 - ahead
        moment = f"20{10 + i % 10}-03-{day:02}T{'17:30' if ahead else '13:30'}:00+00:00"
        meta = f'<meta property="article:published_time" content="{moment}"></head>'
        return url, html.replace("</head>", meta)

    pages = [late(i) for i in range(1, 13)]
    site = learn_site(pages)
    assert site.utc_offset is not None
    assert 7 <= site.utc_offset <= 10
    url, html = late(6)
    undated = html.replace("7 March 2016", "")
    assert extract_post(undated, url).published.value.isoformat() == "2016-03-06"
    assert extract_post(undated, url, site=site).published.value.isoformat() == "2016-03-07"


def test_a_profile_is_json_that_a_person_can_read(letters):
    said = json.loads(json.dumps(asdict(letters)))
    assert said["layout"]["byline_places"]
    repeated = asdict(learn_site(PAGES))["furniture"]
    assert any(block["opening"].startswith("Hut Notes is a newsletter of the village") for block in repeated)
    assert len(json.dumps(said)) < 20_000
