"""A concordance shows every hit with the words around it."""

from __future__ import annotations

from datetime import date

import pytest

from analysis import concordance
from analysis.terminal import kwic_lines, sparkline, trend_lines
from analysis.themes import ThemesBroken
from analysis.trends import trend

TEXT = "We lost two posts.\n\nThe  budget\ncuts, said Ada, were “fair”; austerity, she said, was not. Austerity!"


def test_a_term_with_its_context(post):
    lines = list(concordance([post("ash", date(2012, 3, 4), TEXT)], "budget cuts", width=3))
    assert [(line.left, line.keyword, line.right) for line in lines] == [
        ("two posts. The", "budget cuts", ", said Ada, were")
    ]
    assert (lines[0].blog, lines[0].published) == ("ash", date(2012, 3, 4))


def test_a_theme_gives_all_of_its_hits_in_the_order_of_the_posts(post, lexicon):
    posts = [post("birch", date(2013, 1, 1), "Austerity."), post("ash", date(2012, 3, 4), TEXT)]
    keywords = [line.keyword for line in concordance(posts, "cuts", lexicon)]
    assert keywords == ["Austerity", "budget cuts", "austerity", "Austerity"]


def test_term_in_front_means_the_word_not_the_theme(post, lexicon):
    posts = [post("ash", date(2012, 3, 4), TEXT)]
    assert [line.keyword for line in concordance(posts, "term:cuts", lexicon, width=1)] == ["cuts"]


def test_no_context_is_no_context(post):
    (line,) = concordance([post("ash", date(2012, 3, 4), TEXT)], "fair", width=0)
    assert (line.left, line.right) == ("", "")


def test_a_term_that_cannot_be_read_is_refused_at_once(post):
    with pytest.raises(ThemesBroken, match="not patterns"):
        concordance([], "cuts?|axes")
    with pytest.raises(ValueError, match="0 or more"):
        concordance([], "cuts", width=-1)


def test_keywords_stand_under_each_other(post, lexicon):
    posts = [post("ash", date(2012, 3, 4), TEXT), post("birch", date(2013, 1, 1), "Austerity begins.")]
    lines = kwic_lines(concordance(posts, "cuts", lexicon), columns=80)
    assert len({line.casefold().index(word) for line, word in zip(lines[1:], ["austerity"] * 3, strict=True)}) == 1
    assert lines[0].startswith("2012-03-04  ash  ")
    assert len(kwic_lines(concordance(posts, "cuts", lexicon), most=2)) == 2


def test_a_sparkline_tells_a_gap_from_a_zero():
    assert sparkline([0, 0.5, None, 1]) == "▁▅·█"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([]) == ""


def test_trend_lines_hold_the_figures_and_the_warnings(planted):
    lines = trend_lines(trend(planted({2010: 0.1, 2012: 0.5}), "cuts", resamples=100), "Cuts")
    assert lines[0].startswith("Cuts  ▂·█")
    row = next(line for line in lines if line.startswith("2012"))
    assert row.split()[:4] == ["2012", "60", "30", "50"]
    assert "38–62 %" in row
    assert any(line.startswith("! No posts at all in 2011") for line in lines)
