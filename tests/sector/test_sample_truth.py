"""The sample is what its truth says, and its prose keeps the promises that the truth rests on."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from lxml import html as lxml_html

from sector.sample.bank import bank
from sector.sample.plan import THEMES
from sector.sample.posts import build_posts
from sector.sample.records import SamplePost, Sector
from sector.sample.truth import TRUTH, as_json, truth

POSTS = build_posts()
NAMES = {"town": "T", "neighbour": "U", "region": "R", "org": "O", "other_org": "P", "person": "Q", "second": "S",
         "subject": "S", "n": "12", "pct": "9", "big": "300", "years": "two", "cite": "", "cite_pair": "", "named": "",
         "pdf": "", "outside": "", "inside": ""}  # fmt: skip


def counted(theme: str, text: str) -> int:
    """How often the theme's words stand in the text, by a regular expression: the longest first, none twice."""
    words = sorted(bank().themes[theme].words, key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return len(re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE))


def test_the_truth_file_is_what_the_generator_gives() -> None:
    assert TRUTH.read_text(encoding="utf-8") == as_json(truth(POSTS)), "run python -m sector.sample.truth"


def test_the_truth_is_the_same_twice() -> None:
    assert as_json(truth(build_posts())) == as_json(truth(build_posts()))


@pytest.mark.parametrize("theme", THEMES)
def test_planted_counts_are_true_of_every_body(theme: str) -> None:
    wrong = [p.url for p in POSTS if counted(theme, "\n".join(p.paragraphs)) != p.hits.get(theme, 0)]
    assert wrong == []


@pytest.mark.parametrize("theme", THEMES)
def test_neutral_sentences_hold_no_planted_word(theme: str) -> None:
    neutral = [sentence for topic in bank().topics for sentence in (*topic.sentences, *topic.headings, topic.subject)]
    neutral += [s for voice in bank().voices.values() for s in (*voice.open, *voice.close, *voice.link)]
    neutral += [s for group in bank().citing.values() for s in group]
    neutral += [name for group in ("towns", "regions", "organisations", "people") for name in bank().cast[group]]
    assert [sentence for sentence in neutral if counted(theme, sentence)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_themes_sentences_hold_what_they_say_and_nothing_of_another(theme: str) -> None:
    for key, planted in bank().themes.items():
        for sentence, hits in planted.sentences:
            assert counted(theme, sentence.format(**NAMES)) == (hits if key == theme else 0), sentence
        assert not any(counted(theme, heading) for heading in planted.headings)


def test_the_default_lexicon_counts_what_was_planted() -> None:
    """The themes that ship with the tool, applied to the sample, must give the truth: same terms, same posts."""
    from analysis import compile_themes

    lexicon = compile_themes(Path(__file__).parents[2] / "sector" / "themes.toml")
    wrong = []
    for post in POSTS:
        found = Counter(hit.theme for hit in lexicon.find("\n\n".join(post.paragraphs)))
        wrong += [(post.url, t, found[t], post.hits.get(t, 0)) for t in THEMES if found[t] != post.hits.get(t, 0)]
    assert wrong == []


def shares(theme: str, blog: str | None = None) -> dict[int, float]:
    known = json.loads(TRUTH.read_text(encoding="utf-8"))
    years = known["themes_by_blog"][theme][blog] if blog else known["themes"][theme]
    return {int(year): row["posts_with_hit"] / row["posts"] for year, row in years.items()}


def mean(found: dict[int, float], years: range) -> float:
    return sum(found[year] for year in years) / len(years)


def test_austerity_rises_and_falls() -> None:
    found = shares("austerity")
    assert mean(found, range(2011, 2016)) > 0.5
    assert found[2009] < 0.15
    assert mean(found, range(2018, 2021)) < 0.25


def test_digital_rises_steadily_and_covid_is_a_step() -> None:
    digital, covid = shares("digital"), shares("covid")
    assert mean(digital, range(2009, 2012)) < 0.2 < 0.3 < mean(digital, range(2014, 2017)) < 0.5
    assert mean(digital, range(2018, 2021)) > 0.5
    assert sum(covid[year] for year in range(2009, 2020)) == 0
    assert covid[2020] > 0.5


@pytest.mark.parametrize("theme", ["volunteering", "funding"])
def test_flat_themes_are_flat(theme: str) -> None:
    found = shares(theme)
    assert abs(mean(found, range(2009, 2015)) - mean(found, range(2015, 2021))) < 0.06


def test_partnership_rises_by_composition_alone() -> None:
    raw = shares("partnership")
    assert mean(raw, range(2018, 2021)) - mean(raw, range(2009, 2012)) > 0.2, "the raw line must look like a rise"
    for blog, first in (("larkfield", 2009), ("field-ledger", 2016), ("civic-practice", 2011)):
        found = shares("partnership", blog)
        middle = (first + 2020) // 2
        early, late = mean(found, range(first, middle + 1)), mean(found, range(middle + 1, 2021))
        assert abs(late - early) < 0.15, blog


def test_the_sample_is_as_large_and_as_uneven_as_it_should_be() -> None:
    years = defaultdict(set)
    for post in POSTS:
        years[post.blog].add(post.published.year)
    assert len(POSTS) >= 160
    assert {min(found) for found in years.values()} >= {2009, 2016}
    assert max(years["church-hall"]) == 2015
    late = sum(post.blog == "field-ledger" for post in POSTS if post.published.year >= 2018)
    assert late > 0.5 * sum(post.published.year >= 2018 for post in POSTS)


def test_lengths_are_those_of_posts() -> None:
    whole = [row["words"] for row in truth(POSTS)["posts"] if row["kind"] != "truncated"]
    assert min(whole) >= 250
    assert max(whole) <= 700


def test_no_block_of_prose_is_repeated_within_a_blog() -> None:
    """A learner of furniture takes what repeats for furniture; the prose must not repeat by accident."""
    seen = Counter(
        (post.blog, block.html)
        for post in POSTS
        if post.kind == "post"
        for block in post.blocks
        if block.tag == "p" and len(block.html) > 60
    )
    assert sum(count > 1 for count in seen.values()) <= 3
    assert max(seen.values()) <= 2


def test_no_blog_makes_the_same_list_twice() -> None:
    items = Counter(
        (post.blog, item) for post in POSTS if post.kind == "post" for block in post.blocks for item in block.items
    )
    assert max(items.values()) == 1


def test_titles_and_addresses_are_each_posts_own() -> None:
    assert len({post.url for post in POSTS}) == len(POSTS)
    assert len({post.title for post in POSTS if post.kind != "duplicate"}) == sum(p.kind != "duplicate" for p in POSTS)


def test_odd_cases_are_there() -> None:
    assert sum(post.kind == "truncated" for post in POSTS) == 1
    copies = [post for post in POSTS if post.kind == "duplicate"]
    assert len(copies) == 1
    (source,) = [post for post in POSTS if post.url == copies[0].duplicate_of]
    assert source.published < copies[0].published
    assert source.hits == copies[0].hits
    assert any(post.precision == "month" for post in POSTS)
    assert any(post.signature == "Admin" for post in POSTS)
    assert any(not post.byline for post in POSTS)
    assert any(len(post.authors) == 2 for post in POSTS)
    assert any(post.guest for post in POSTS)
    assert any(post.authors and post.authors[0].is_organisation for post in POSTS)


@pytest.mark.parametrize("post", [p for p in POSTS if p.citations], ids=lambda post: post.slug)
def test_citations_stand_in_the_text_and_point_to_their_works(post: SamplePost) -> None:
    text = "\n".join(post.paragraphs)
    for cited in post.citations:
        assert cited.as_printed in text
        for position in cited.references:
            family = re.split(r" et al| and | & |,| \(| \d", cited.as_printed.strip("()"))[0]
            assert family in post.references[position]
            year = re.search(r"\d{4}", cited.as_printed)
            assert year and year.group() in post.references[position]
    assert at_in_order(text, [cited.as_printed for cited in post.citations])


def at_in_order(text: str, printed: list[str]) -> bool:
    at = 0
    for each in printed:
        at = text.find(each, at)
        if at < 0:
            return False
    return True


REAL = ("Oxfam", "NCVO", "Lloyds", "Rowntree", "Barnardo", "Shelter", "Nesta", "Carnegie", "Locality", "Mencap", "Open University",
        "Big Lottery", "King's Fund", "Guardian", "Cameron", "Osborne", "Blair", "Johnson")  # fmt: skip


def test_nobody_real_is_named() -> None:
    for post in POSTS:
        text = "\n".join((post.title, post.byline, *post.paragraphs, *post.references))
        assert [name for name in REAL if name in text] == []


@pytest.mark.shared
def test_no_phrase_is_taken_from_the_model_post() -> None:
    seed = Path(__file__).parents[3] / "shared" / "seed" / "seed.txt"
    if not seed.exists():
        pytest.skip("the evaluation sets are not beside this checkout")

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return set(zip(*(words[at:] for at in range(6)), strict=False))

    theirs = runs(seed.read_text(encoding="utf-8"))
    assert [post.url for post in POSTS if runs(" ".join(post.paragraphs)) & theirs] == []


def test_the_body_stands_on_its_page(sector: Sector) -> None:
    """What the truth counts is what the page shows, in any platform's layout."""
    for post in sector.posts:
        host = post.url.split("/")[2]
        response = sector.responses[host, post.path]
        charset = re.search(rb"charset=\"?([\w-]+)", response.body)
        assert charset
        tree = lxml_html.fromstring(response.body.decode(charset.group(1).decode()))
        shown = " ".join(tree.text_content().split())
        for paragraph in post.paragraphs:
            assert " ".join(paragraph.split()) in shown, (post.url, paragraph)


def test_furniture_is_full_of_theme_words(sector: Sector) -> None:
    """Bad boilerplate removal must be visible: around nearly every body stand words that would spoil the counts."""
    for post in sector.posts[::7]:
        host = post.url.split("/")[2]
        page = lxml_html.fromstring(sector.responses[host, post.path].body)
        shown = sum(counted(theme, page.text_content()) for theme in THEMES)
        assert shown >= sum(post.hits.values()) + 2, post.url


def test_blogs_toml_is_the_plan(sector: Sector) -> None:
    listed = tomllib.loads((TRUTH.parent / "blogs.toml").read_text(encoding="utf-8"))
    assert listed["schema"] == 1
    assert [{k: blog[k] for k in ("key", "name", "url", "scope", "group")} for blog in listed["blog"]] == [
        {k: getattr(blog, k) for k in ("key", "name", "url", "scope", "group")} for blog in sector.blogs
    ]
