"""Pages on which no article stands out: what stands between their menus and their foot is read."""

from __future__ import annotations

from extract import extract_post

_MENU = "<nav><ul>" + "".join(f"<li><a href='/m{i}'>Menu entry {i}</a></li>" for i in range(12)) + "</ul></nav>"
_FOOT = "<footer><p>Charity 123456, registered in Ayling. All the small print stands here at some length.</p></footer>"


def _page(content: str, title: str = "Ayling Volunteer Centre") -> str:
    return f"<html><head><title>{title}</title></head><body>{_MENU}<main>{content}</main>{_FOOT}</body></html>"


def _cards(n: int) -> str:
    roles = ("Driver", "Gardener", "Treasurer", "Befriender", "Cook", "Tutor", "Trustee", "Steward")
    return "".join(
        f"<div class='card'><h3><a href='/role/{i}'>{roles[i % 8]} wanted in ward {i}</a></h3><div>Two hours a week</div></div>"
        for i in range(n)
    )


def test_a_catalogue_is_read_whole_without_menus_and_foot():
    intro = "<h1>Roles</h1><p>Find a way to help near you, for an hour or for a year, whatever you can do.</p>"
    post = extract_post(_page(intro + _cards(16)), "https://centre.example/category/roles/")
    assert post.kind == "listing"
    assert post.body_source == "region"
    assert all(f"wanted in ward {i}" in post.text for i in range(16))
    assert "Menu entry" not in post.text and "small print" not in post.text


def test_a_slider_that_repeats_its_cards_is_read_once():
    post = extract_post(_page("<h1>Roles</h1>" + _cards(8) + _cards(8)), "https://centre.example/category/roles/")
    assert post.text.count("Treasurer wanted in ward 2") == 1


def test_a_dated_post_among_teasers_stays_the_article():
    text = "".join(
        f"<p>Sentence {i} of the post speaks of volunteers in Ayling, and of what they did there.</p>" for i in range(8)
    )
    html = _page(
        f"<article><h1>A good year</h1><time datetime='2014-05-02'>2 May 2014</time>{text}</article>" + _cards(30)
    )
    post = extract_post(html, "https://centre.example/blog/a-good-year/")
    assert post.body_source != "region"
    assert "wanted in ward" not in post.text


def test_links_of_a_region_point_at_their_anchors():
    post = extract_post(_page("<h1>Roles</h1>" + _cards(12)), "https://centre.example/category/roles/")
    assert post.links
    assert all(post.text[link.start : link.end] == link.text for link in post.links)


def test_a_page_made_by_scripts_is_read_from_what_stands_for_readers_without_them():
    said = "<p>The board met in May and agreed that the hall will open on Sundays as well, from June on.</p>" * 2
    html = f"<html><head><title>Hall</title></head><body><div id='app'></div><noscript><h1>Hall</h1>{said}</noscript></body></html>"
    assert "open on Sundays" in extract_post(html, "https://hall.example/t/hall/7").text


def test_noscript_beside_other_text_is_left_out():
    text = "<p>The board met in May and agreed that the hall will open on Sundays as well, from June on.</p>"
    html = f"<html><body><article>{text}<noscript><p>Please switch scripts on to see the moving pictures of this fine page.</p></noscript></article></body></html>"
    assert "switch scripts on" not in extract_post(html, "https://hall.example/blog/hall").text


_SERVICES = "".join(
    f"<p>We advise the charities of ward {i} on leases and repairs, and on what to ask of a landlord.</p>"
    for i in range(8)
)


def test_a_page_on_which_nothing_tells_of_an_article_is_read_whole():
    offers = "".join(f"<div class='offer'>Help with matter {i} of a hall</div>" for i in range(12))
    html = _page(f"<h1>What we do</h1><div>{_SERVICES}</div>{offers}")
    post = extract_post(html, "https://centre.example/what-we-do")
    assert "ward 7" in post.text and "matter 11" in post.text


def test_small_print_below_the_region_is_not_the_text():
    points = "".join(f"<section><h2>Point {i}</h2><p>A hall that {i} can use</p></section>" for i in range(30))
    print_ = "".join(f"<p>Note {i}: offered where stocks last, as the terms of {2000 + i} say, and not elsewhere.</p>" for i in range(8))  # fmt: skip
    html = _page(f"<h1>Halls</h1>{points}").replace("</main>", f"</main><div class='notes'>{print_}</div>")
    post = extract_post(html, "https://centre.example/halls")
    assert "A hall that 7 can use" in post.text
    assert "stocks last" not in post.text


def test_the_dates_of_a_listings_entries_are_kept():
    entries = "".join(f"<div class='row'><h3><a href='/{i}'>Post wanted in ward {i}</a></h3><p>{i + 1} May 2014</p></div>" for i in range(16))  # fmt: skip
    post = extract_post(_page("<h1>Posts</h1>" + entries), "https://centre.example/category/posts/")
    assert post.body_source == "region"
    assert "16 May 2014" in post.text
