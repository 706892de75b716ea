"""Terms found in coded tokens are those that the lexicon finds in the texts, whatever the lexicon and wherever a batch ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coded_lexicon import CodedLexicon
from analysis.themes import ThemesBroken, compile_themes
from analysis.tokens import joint, token_spans

WORDS = ["cut", "cuts", "Cut", "aid", "aid's", "Aid", "our", "own", "fund", "funds", "&"]
TAGS = [None, ("cut", "NOUN"), ("cut", "VERB"), ("fund", "NOUN"), ("aid", "PROPN")]
TERMS = st.lists(
    st.sampled_from(["cut", "cut*", "aid", "aid's", "our", "own", "fund*", "and", "*", "lemma:cut", "lemma:cut/NOUN", "lemma:fund"]),
    min_size=1, max_size=4,
).flatmap(
    lambda words: st.sampled_from([" ", "-", ", ", "/"]).map(lambda gap: gap.join(words))
).flatmap(lambda term: st.sampled_from([term, term, "Aa:" + term.title()]))  # fmt: skip
THEMES = st.fixed_dictionaries({"terms": st.lists(TERMS, min_size=1, max_size=5, unique=True)}, optional={
    "near": st.lists(TERMS, max_size=2, unique=True), "near_any": st.lists(TERMS, min_size=1, max_size=2, unique=True),
    "exclude": st.lists(TERMS, max_size=2, unique=True),
})  # fmt: skip
GAPS = st.sampled_from([" ", " ", " ", "-", ", ", "/", ". ", "\n\n"])
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), GAPS, st.sampled_from(TAGS)), max_size=50)


def lexicon_of(*themes, **more):
    given = {f"theme{at}": {"label": "A theme", **theme} for at, theme in enumerate(themes)}
    return compile_themes({"themes": given, **more}, reads_lemmas=True)


def columns(texts, tags, gaps):
    """The tokens of ``texts`` as columns, the dictionary of their forms, and where each token stands."""
    forms, rows, places = {}, [], []
    for post, (text, tagged) in enumerate(zip(texts, tags, strict=True)):
        spans = token_spans(text)
        for at, ((start, stop), tag) in enumerate(zip(spans, tagged, strict=True)):
            gap = joint(text[spans[at - 1][1] : start]) if at else None
            number = forms.setdefault((text[start:stop], tag), len(forms))
            rows.append((post, number, gaps.index(gap) if gap in gaps else -1))
            places.append((post, start, stop))
    return (*np.array(rows, np.int64).reshape(-1, 3).T, {number: form for form, number in forms.items()}, places)


def found(lexicon, texts, tags):
    coded = CodedLexicon(lexicon)
    posts, forms, gaps, dictionary, places = columns(texts, tags, coded.gaps)
    hits = coded.reader(dictionary).hits(posts, forms, gaps)
    rows = zip(hits.first.tolist(), hits.last.tolist(), hits.term.tolist(), strict=True)
    return sorted((*places[first][:2], places[last][2], *coded.terms[term]) for first, last, term in rows)


def expected(lexicon, texts, tags):
    hits = [(at, hit) for at, text in enumerate(texts) for hit in lexicon.find(text, tags[at])]
    return sorted((at, hit.start, hit.end, hit.theme, hit.term) for at, hit in hits)


@settings(max_examples=400, deadline=None)
@given(themes=st.lists(THEMES, min_size=1, max_size=3), parts=st.lists(TEXTS, max_size=4), possessives=st.booleans())
def test_any_lexicon_finds_in_columns_what_it_finds_in_texts(themes, parts, possessives):
    try:
        lexicon = lexicon_of(*themes, possessives=possessives)
    except ThemesBroken:
        return
    texts = ["".join(word + gap for word, gap, _ in text) for text in parts]
    tags = [[tag for _, _, tag in text] for text in parts]
    assert found(lexicon, texts, tags) == expected(lexicon, texts, tags)


def test_a_theme_that_counts_near_others_is_decided_as_a_whole():
    lexicon = lexicon_of({"terms": ["aid"], "near": ["cut", "our cut"], "near_any": ["fund"], "exclude": ["own cut"]})
    texts = ["fund own cut our cut aid", "our cut", "fund " + "our " * 13 + "cut cut"]
    tags = [[None] * len(token_spans(text)) for text in texts]
    assert found(lexicon, texts, tags) == expected(lexicon, texts, tags)
    assert [row[-1] for row in found(lexicon, texts, tags)] == ["our cut", "aid"]


def test_no_posts_and_no_terms_give_no_hits():
    assert found(lexicon_of({"terms": ["aid"]}), [], []) == []
    assert found(lexicon_of({"terms": ["aid"]}).only([]), ["mutual aid"], [[None, None]]) == []


@pytest.mark.parametrize(("change", "changed"), [
    ({"terms": ["cut", "aid"]}, {"theme1"}), ({"exclude": ["short cut"]}, {"theme1"}), ({"label": "Another name"}, set()),
])  # fmt: skip
def test_a_theme_has_a_digest_of_its_own(change, changed):
    before, after = ({"terms": ["fund"]}, {"terms": ["cut"]}), ({"terms": ["fund"]}, {"terms": ["cut"], **change})
    old, new = (CodedLexicon(lexicon_of(*themes)).themes for themes in (before, after))
    assert {theme for theme in new if new[theme] != old[theme]} == changed
