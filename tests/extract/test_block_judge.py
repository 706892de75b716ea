"""The learned judge of blocks: what it looks at, how its forest answers, and what it may not do."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import extract_post
from extract.article import REGION, article, standing
from extract.block_features import NAMES, Opinion, reach, rows
from extract.block_judge import Forest, forest_of, judged
from extract.page import parse_page
from extract.post import read_page

PS = "".join(f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6))  # fmt: skip
PAGE = f"<title>Keys</title><nav><a href='/'>Home</a></nav><h1>Keys</h1><div class='entry-content'>{PS}<ul><li>One</li><li>Two</li></ul></div><footer><p>Foot</p></footer>"
STUMP = Forest(
    np.array([[NAMES.index("prose"), NAMES.index("link density")]]),
    np.array([[24.0, 0.5]], np.float32),
    np.array([[-2.0, 2.0, -3.0, 0.0]], np.float32),
    0.5,
)
"""One tree: log odds −2 for what is no prose, 2 for prose, −3 for links that are no prose, 0 for prose in links; and 0.5 for all."""


def asked(html: str, kept: set[int] | None = None):
    where = standing(parse_page(html, "https://halls.example/blog/keys").layout)
    blocks = article(where) if kept is None else [b for b in where.layout.blocks if b.index in kept]
    return where, Opinion([b.index for b in blocks], "Keys", 1, "post", True)


def test_a_row_for_each_block_and_a_column_for_each_name():
    where, opinion = asked(PAGE)
    start, end = reach(where, opinion)
    matrix = rows(where, opinion, start, end)
    assert matrix.shape == (end - start, len(NAMES))
    assert np.isfinite(matrix).all()
    kept = matrix[:, NAMES.index("kept")]
    assert {start + i for i in np.flatnonzero(kept)} == set(opinion.kept)


def test_the_forest_answers_as_its_table_says():
    matrix = np.zeros((4, len(NAMES)), np.float32)
    matrix[[1, 3], NAMES.index("prose")] = 90
    matrix[[2, 3], NAMES.index("link density")] = 0.9
    odds = np.array([-1.5, 2.5, -2.5, 0.5])
    assert STUMP.likelihood(matrix) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_a_forest_is_written_and_read_back():
    again = forest_of(json.loads(json.dumps(STUMP.as_json())))
    assert (again.columns == STUMP.columns).all() and (again.leaves == STUMP.leaves).all()
    assert again.values == pytest.approx(STUMP.values) and again.base == STUMP.base


def test_the_judge_drops_and_adds_in_the_order_of_the_page():
    where, opinion = asked(PAGE)
    prose = [b.index for b in where.layout.blocks if b.text.startswith("Paragraph")]
    assert list(judged(where, Opinion(opinion.kept, "Keys", 1, "post", True), STUMP)) == prose  # the list goes
    assert (
        list(judged(where, Opinion(prose[:2], "Keys", 1, "post", True), STUMP)) == prose
    )  # what was missed comes back


def test_a_judge_that_would_drop_much_of_a_region_drops_nothing_unless_the_page_is_a_post():
    where, opinion = asked(PAGE)
    where = replace(where, choice=replace(where.choice, source=REGION))
    refuser = Forest(STUMP.columns, STUMP.values, np.full((1, 4), -9.0, np.float32), 0.0)
    assert list(judged(where, replace(opinion, kind="other"), refuser)) == sorted(opinion.kept)
    assert list(judged(where, replace(opinion, kind="post"), refuser)) == []


def test_the_judge_may_not_bring_back_what_is_refused_or_furniture():
    related = "<div class='related-posts'><p>You will like the boiler, another thing that we have written about at length.</p></div>"
    html = PAGE.replace("<ul>", f"<p>By Edwina Thrale</p><p>Keys</p><p>Sign up to our newsletter and get it in your inbox.</p>{related}<ul>")  # fmt: skip
    page = parse_page(html, "https://halls.example/blog/keys")
    everything = read_page(page, None, judge=lambda where, _: range(len(where.layout.blocks))).article.text
    for refused in ("Edwina Thrale", "Keys\n", "newsletter", "boiler", "Home", "Foot"):
        assert refused not in everything
    assert everything.startswith("Paragraph 0") and everything.endswith("Two")


PIECES = st.sampled_from(["<p>", "</p>", "<div class='x'>", "</div>", "<li>", "<td>", "<h2>", "<a href='#'>", "</a>", "Word", "A sentence, of sorts. ", "<nav>", "</nav>", "<figure>", "©", "…"])  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_page_has_finite_rows_and_a_likelihood(pieces):
    where, opinion = asked("<html><body>" + "".join(pieces))
    start, end = reach(where, opinion)
    if end > start:
        matrix = rows(where, opinion, start, end)
        assert np.isfinite(matrix).all()
    assert set(judged(where, opinion)) <= set(range(len(where.layout.blocks)))


def test_the_model_that_comes_with_the_package_keeps_a_plain_post():
    assert extract_post(PAGE, "https://halls.example/blog/keys").text.startswith("Paragraph 0")
