"""What belongs to the article text."""

from __future__ import annotations

import pytest

from extract import extract_post

SAID = [
    f"Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end."
    for i in range(6)
]
PS = [f"<p>{said}</p>" for said in SAID]


def text(inside: str, around: str = "{}") -> str:
    page = f"<html><head><title>Keys</title></head><body><h1>Keys</h1>{around.format('<div class=entry-content>' + inside + '</div>')}</body></html>"
    return extract_post(page, "https://halls.example/blog/keys").text


ALL = "\n\n".join(SAID)
BETWEEN = [
    "<p>Read more: <a href='/x'>The boiler and its friends</a></p>",
    "<p><a href='/x'>READ ALSO: THE BOILER AND ITS MANY FRIENDS IN THE VILLAGE</a></p>",
    "<div class='related-posts'><p>You may also like the boiler, which is another thing that we have written about at length.</p></div>",
    "<p>Sign up to our newsletter and get it in your inbox each week</p>",
    "<figure><img src='x.jpg'><figcaption>The hall in winter, seen from the lane by a person with a camera.</figcaption></figure>",
    "<p>Photo: A. Person</p>",
    "<p>Share this:</p><ul class='share'><li><a href='#'>Twitter</a></li></ul>",
    "<div style='display:none'>A hidden paragraph that nobody who reads the page is ever going to see at all.</div>",
    "<script>var paragraph = 'not text at all, though it is long enough to be taken for it';</script>",
    "<p>This article is more than 4 years old</p>",
    "<aside><p>A box beside the article speaks of something else, and does so in a whole sentence.</p></aside>",
    "<p>Advertisement</p>",
    "<div>Advert</div>",
    "<p>This slideshow requires JavaScript.</p>",
    "<p>[button link=”https://halls.example/join/” type=”big”] Join the hall[/button]</p>",
    "<p>DON’T MISS</p>",
    f"<p class='pullquote'>{SAID[0]}</p>",
]


@pytest.mark.parametrize("furniture", BETWEEN)
def test_furniture_between_paragraphs(furniture):
    assert text("".join(PS[:3]) + furniture + "".join(PS[3:])) == ALL


KEPT = [
    ("<ul><li>Two sets of keys</li><li>One caretaker</li></ul>", "Two sets of keys\n\nOne caretaker"),
    ("<table><tr><th>Key</th><th>Keeper</th></tr><tr><td>Front</td><td>Odile</td></tr></table>", "Key | Keeper\n\nFront | Odile"),
    ("<blockquote><p>Ask at the desk, he said, and she did.</p></blockquote>", "Ask at the desk, he said, and she did."),
    ("<h2>Money</h2>", "Money"),
    ("<h2><a href='#money'>Money</a></h2>", "Money"),
    ("<h2 id='money'>Money<a class='headerlink' href='#money'>¶</a></h2>", "Money"),
    ("<table><tr><th class='specs__header'>Key</th><th class='specs__header page-header'>Keeper</th></tr></table>", "Key | Keeper"),
    ("<p>First line of it, in full.<br><br>Second line   of\nit, in full.</p>", "First line of it, in full.\n\nSecond line of it, in full."),
    ("<p>By the time we met, the matter was settled.</p>", "By the time we met, the matter was settled."),
    ("<p>Share and share alike was the rule in those days, and nobody thought it odd.</p>", "Share and share alike was the rule in those days, and nobody thought it odd."),
    ("<p>Source: <a href='https://figures.example/'>https://figures.example/</a></p>", "Source: https://figures.example/"),
    ("<p>Published in 2009, the report was never read.</p>", "Published in 2009, the report was never read."),
    ("<p>More than forty people came.</p>", "More than forty people came."),
]  # fmt: skip


@pytest.mark.parametrize(("html", "want"), KEPT)
def test_what_is_kept(html, want):
    assert text("".join(PS[:3]) + html + "".join(PS[3:])) == "\n\n".join([*SAID[:3], want, *SAID[3:]])


AROUND = [
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About the hall and its committee</a></li></ul></nav>{}",
    "{}<footer><p>The hall is a charity registered in a country, and has been so for a good many years now.</p></footer>",
    "{}<div id='comments'><h3>2 comments</h3><p>I was there and can say that none of this is as it was told here, and more besides.</p></div>",
    "<div class='sidebar widget'><h3>About</h3><p>A person who keeps keys and writes about them, mostly on Sundays and on trains.</p></div>{}",
    "<div class='has-sidebar with-comments'>{}</div>",
    "{}<div class='cookie-notice'><p>We use cookies, as everybody does, and would like you to say that you do not mind.</p></div>",
]


@pytest.mark.parametrize("around", AROUND)
def test_furniture_around(around):
    assert text("".join(PS), around) == ALL


def test_whose_the_pictures_are_is_told_apart_from_the_text():
    pictures = "<p>Photo: A. Person</p><figure><img src='x.jpg'><figcaption>The hall in winter. Photo: Odile Example</figcaption></figure>"
    inside = "".join(PS[:3]) + pictures + "".join(PS[3:])
    page = f"<title>Keys</title><h1>Keys</h1><div class=entry-content>{inside}</div><p>Photo: of something else</p>"
    post = extract_post(page, "https://halls.example/blog/keys")
    assert post.text == ALL
    assert post.picture_credits == ("Photo: A. Person", "Photo: Odile Example")


def test_the_title_and_the_byline_are_not_repeated():
    assert text("<p>Keys</p><p>By Edwina Thrale</p><p>4 March 2019</p>" + "".join(PS)) == ALL


def test_an_article_begins_at_its_title():
    news = "".join(f"<li><a href='/n{i}'>Hall {i} opens</a> The hall in ward {i} opened its doors on Friday, after two years of works and a good many delays.</li>" for i in range(6))  # fmt: skip
    page = f"<html><head><title>Keys</title></head><body><div><h3>Breaking news</h3><ul>{news}</ul><h2>Keys</h2><p>4 March 2019</p>{''.join(PS)}</div></body></html>"
    assert extract_post(page, "https://halls.example/blog/keys").text == ALL


def test_an_article_in_several_sections():
    sections = "".join(
        f"<section><div class='richtext'><h2>Part {i}</h2>{PS[i] * 1}<p>And {SAID[i].lower()}</p></div></section>"
        for i in range(6)
    )
    found = extract_post(f"<title>Keys</title><h1>Keys</h1><main>{sections}</main>", "https://halls.example/blog/keys")
    assert [heading.text for heading in found.headings] == [f"Part {i}" for i in range(6)]


def test_sections_named_by_their_headings_are_no_furniture_by_these_names():
    names = ("More on lists", "Comments on the rules", "Related work")
    sections = "".join(
        f"<section id='{name.lower().replace(' ', '-')}'><h2>{name}</h2>{PS[2 * i]}{PS[2 * i + 1]}</section>"
        for i, name in enumerate(names)
    )
    assert [said for said in SAID if said not in text(sections)] == []


def test_a_related_box_stays_furniture_whatever_its_heading():
    box = "<div id='related-posts'><h3>Related posts</h3><p>The boiler is another thing that we wrote about at length, in the spring.</p></div>"
    assert text("".join(PS) + box) == ALL


def test_the_answers_to_a_question_belong_together():
    answers = "".join(
        f"<div class='cell'><div class='prose'>{said}<p>And {said[3:-4].lower()}</p></div><p>{i}</p></div>"
        for i, said in enumerate(PS)
    )
    page = f"<title>Keys</title><h1>Keys</h1><time datetime='2019-03-04'>4 March 2019</time><main><div>{answers}</div></main>"
    found = extract_post(page, "https://halls.example/questions/keys").text
    assert [said for said in SAID if said not in found] == []


def test_a_furniture_name_on_the_article_itself():
    assert text("".join(PS), "<div class='sidebar-main widget'>{}</div>") == ALL


def test_headings_without_text_are_dropped():
    assert text("".join(PS) + "<h2>Nothing follows</h2>") == ALL
