"""Themes counted over the stored tokens are what the lexicon finds in the texts."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from analysis.annotation import annotated_tokens
from analysis.coded_lexicon import CodedLexicon
from analysis.themes import compile_themes
from analysis.tokens import token_spans
from extract.records import ReadWord
from warehouse import Store, tables
from warehouse.query import counted_lexicon, post_views
from warehouse.recount import recount

HOST = "https://harbour-voices.example"
# Every rule of docs/themes.md meets here: stems, case, hyphens, punctuation, any word, exclusions, contexts, overlaps.
LEXICON = compile_themes({
    "themes": {
        "cuts": {"label": "Cuts", "terms": ["cut*", "spending cuts", "deep spending cuts"], "exclude": ["short cut*"]},
        "aid": {"label": "Aid", "terms": ["mutual aid", "Aa:Aid", "aid, mutual aid", "our * people", "our people"]},
        "money": {"label": "Money", "terms": ["grant*"], "near": ["fund", "fund cuts"], "near_any": ["aid", "public"]},
    }
})  # fmt: skip
WORDS = [
    "cuts",
    "Cut",
    "spending",
    "deep",
    "short",
    "mutual",
    "aid",
    "Aid",
    "aid's",
    "our",
    "own",
    "people",
    "grants",
    "fund",
    "public",
    "and",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", "-", ", ", ". ", "\n\n", " “"])), max_size=60
).map(lambda parts: "".join(word + gap for word, gap in parts).strip())


def hits(store: Store) -> dict[str, list[tuple[object, ...]]]:
    found = store.connection.execute(
        "SELECT canonical_url, theme, term, char_start, char_end, h.text FROM theme_hits AS h JOIN posts USING (post_id) "
        "ORDER BY char_start, char_end, theme"
    ).fetchall()
    return {url: [row[1:] for row in found if row[0] == url] for url, *_ in found}


def expected(texts: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    found = {
        url: sorted(
            ((hit.theme, hit.term, hit.start, hit.end, hit.text) for hit in LEXICON.find(text)),
            key=lambda hit: (hit[2], hit[3], hit[0]),
        )
        for url, text in texts.items()
    }
    return {url: some for url, some in found.items() if some}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_the_tokens_give_what_the_texts_give(texts, empty, page):
    posts = {f"{HOST}/{number}": text for number, text in enumerate(texts) if text}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder) / "working.duckdb")
        with Store(Path(folder) / "working.duckdb") as store:
            store.load(tables([page(url, text) for url, text in posts.items()]))
            assert store.count_themes(CodedLexicon(LEXICON), {}) == len(posts)
            assert hits(store) == expected(posts)


def test_a_term_of_many_words_is_found_to_its_end(store, page):
    lexicon = compile_themes({"themes": {"long": {"label": "Long", "terms": ["a b c d e f", "c d", "b * d e"]}}})
    store.load(tables([page(f"{HOST}/a", "a b c d e f, b x d e, a b c d e")]))
    store.count_themes(CodedLexicon(lexicon), {"long": "Long"})
    found = store.connection.execute("SELECT text FROM theme_hits ORDER BY char_start").fetchall()
    assert [text for (text,) in found] == ["a b c d e f", "b x d e", "b c d e"]


def test_only_what_is_new_is_counted_and_another_lexicon_counts_all(store, page, counted):
    store.load(tables([page(f"{HOST}/a", "The cuts.")]))
    counted(store, cuts=["cuts"])
    store.load(tables([page(f"{HOST}/b", "More cuts, more money.")]))
    again = compile_themes({"themes": {"cuts": {"label": "Cuts", "terms": ["cuts"]}}})
    assert store.count_themes(CodedLexicon(again), {"cuts": "Cuts"}) == 1
    other = compile_themes({"themes": {"money": {"label": "Money", "terms": ["money"]}}})
    assert store.count_themes(CodedLexicon(other), {"money": "Money"}) == 2
    assert store.connection.execute("SELECT DISTINCT theme FROM theme_hits").fetchall() == [("money",)]


def themed(store, **terms):
    """Count themes of these terms; gives in how many posts something was counted."""
    lexicon = compile_themes({"themes": {key: {"label": key, "terms": some} for key, some in terms.items()}})
    return store.count_themes(CodedLexicon(lexicon), {}), lexicon.digest


def test_only_the_theme_that_was_changed_is_counted_anew(store, page):
    store.load(tables([page(f"{HOST}/a", "The cuts and the aid.")]))
    themed(store, cuts=["cuts"], aid=["aid"], gone=["the"])
    # What a count of all themes would find is marked, so that one can see what was left alone.
    store.connection.execute("UPDATE theme_hits SET term = 'as it was'")
    store.load(tables([page(f"{HOST}/b", "More cuts, mutual aid.")]))
    counted, digest = themed(store, cuts=["cuts"], aid=["mutual aid", "the aid"], added=["more"])
    assert counted == 2
    assert [(row[0], row[1]) for row in hits(store)[f"{HOST}/a"]] == [("cuts", "as it was"), ("aid", "the aid")]
    assert [(row[0], row[1]) for row in hits(store)[f"{HOST}/b"]] == [
        ("added", "more"),
        ("cuts", "cuts"),
        ("aid", "mutual aid"),
    ]
    assert store.connection.execute("SELECT DISTINCT lexicon FROM theme_counts").fetchall() == [(digest,)]
    assert store.connection.execute("SELECT theme FROM themes ORDER BY theme").fetchall() == [
        ("added",),
        ("aid",),
        ("cuts",),
    ]
    assert themed(store, cuts=["cuts"], aid=["mutual aid", "the aid"])[0] == 0
    assert {row[0] for rows in hits(store).values() for row in rows} == {"aid", "cuts"}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(TEXTS.filter(bool), min_size=2, max_size=6, unique=True),
    lexicons=st.lists(
        st.fixed_dictionaries({}, optional={key: st.lists(st.sampled_from(["cut*", "mutual aid", "our *", "aid"]), min_size=1, unique=True) for key in "abc"}).filter(bool),
        min_size=2, max_size=4,
    ),
)  # fmt: skip
def test_whatever_was_counted_before_the_hits_are_those_of_the_last_lexicon(texts, lexicons, empty, page, everything):
    pages = [page(f"{HOST}/{number}", text) for number, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("stepwise", "at-once"):
            shutil.copy(empty, Path(folder) / name)
        with Store(Path(folder) / "stepwise") as store, Store(Path(folder) / "at-once") as other:
            for number, given in enumerate(lexicons):
                store.load(tables(pages[: number + 1]))
                themed(store, **given)
            other.load(tables(pages[: len(lexicons)]))
            themed(other, **lexicons[-1])
            tables_of_themes = ("main.theme_hits", "main.theme_counts", "main.themes")
            one, two = everything(store.connection), everything(other.connection)
            assert [one[name] for name in tables_of_themes] == [two[name] for name in tables_of_themes]


def test_tokens_that_lie_in_disorder_are_counted_in_order(store, page):
    texts = {f"{HOST}/{number}": "mutual aid, mutual aid " * 40 for number in range(3)}
    store.load(tables([page(url, text) for url, text in texts.items()]))
    store.connection.execute("CREATE TABLE mixed AS FROM tokens ORDER BY hash(position), hash(post_id)")
    store.connection.execute("DELETE FROM tokens; INSERT INTO tokens FROM mixed; DROP TABLE mixed")
    store.count_themes(CodedLexicon(LEXICON), {})
    assert hits(store) == expected(texts)


@pytest.mark.parametrize("rows", [1, 7, 64])
def test_a_post_is_read_whole_wherever_a_batch_of_tokens_ends(store, page, rows, monkeypatch):
    from warehouse import token_columns

    monkeypatch.setattr(token_columns, "ROWS_AT_ONCE", rows)
    texts = {
        f"{HOST}/{number}": "short cuts, deep spending cuts: our own people " * (number + 1) for number in range(4)
    }
    store.load(tables([page(url, text) for url, text in texts.items()]))
    store.count_themes(CodedLexicon(LEXICON), {})
    assert hits(store) == expected(texts)


@pytest.mark.parametrize("text", ["", "…"])
def test_a_post_without_words_is_counted_as_one_without_hits(store, page, post, counted, text):
    store.load(tables([page(f"{HOST}/a", post(f"{HOST}/a", text))]))
    counted(store, cuts=["cuts"])
    assert store.connection.execute("SELECT count(*) FROM theme_counts").fetchone() == (1,)


def test_a_post_whose_tokens_are_not_there_waits(store, page, counted):
    store.load(tables([page(f"{HOST}/a", "The cuts.", tokens=())]))
    counted(store, cuts=["cuts"])
    assert store.connection.execute("FROM theme_counts").fetchall() == []


def test_a_lemma_is_counted_by_the_part_of_speech_of_its_token(store, page):
    text = "Deep cuts hurt. They cut deep."
    tags = [("deep", "ADJ"), ("cut", "NOUN"), ("hurt", "VERB"), ("they", "PRON"), ("cut", "VERB"), ("deep", "ADV")]
    lexicon = compile_themes(
        {"themes": {"cuts": {"label": "Cuts", "terms": ["lemma:cut/NOUN", "they lemma:cut", "deep lemma:cut/VERB"]}}},
        reads_lemmas=True,
    )
    read = page(f"{HOST}/a", text)
    tokens = [token._replace(lemma=lemma, pos=pos) for token, (lemma, pos) in zip(read.tokens, tags, strict=True)]
    store.load(tables([replace(read, tokens=tokens)]))
    store.count_themes(CodedLexicon(lexicon), {"cuts": "Cuts"})
    assert [(row[1], row[4]) for row in hits(store)[f"{HOST}/a"]] == [
        ("lemma:cut/NOUN", "cuts"),
        ("they lemma:cut", "They cut"),
    ]


def test_lemmas_count_where_a_model_has_read_the_text(store, page):
    text = "They cut deep: cuts hurt.\n\nThe deepest cut of all, a cutting review."
    read = {"cut": ("cut", "VERB"), "cuts": ("cut", "NOUN"), "deepest": ("deep", "ADJ"), "of": ("of", "ADP")}
    words = [ReadWord(start, stop, *read.get(text[start:stop], ("x", "X"))) for start, stop in token_spans(text)]
    tokens = annotated_tokens(text, [], words)
    terms = {"nouns": ["lemma:cut/NOUN"], "all": ["lemma:cut"], "deep": ["lemma:deep/ADJ cut", "lemma:cut of all"]}
    given = {"themes": {key: {"label": key, "terms": some} for key, some in terms.items()}}
    lexicon = compile_themes(given, reads_lemmas=True)
    store.load(tables([page(f"{HOST}/a", text, tokens=tokens), page(f"{HOST}/unread", text)]))
    store.count_themes(CodedLexicon(lexicon), {})
    tags = [(token.lemma, token.pos) for token in tokens]
    expected = [(hit.theme, hit.term, hit.start, hit.end, hit.text) for hit in lexicon.find(text, tags)]
    assert hits(store) == {f"{HOST}/a": sorted(expected, key=lambda hit: (hit[2], hit[3], hit[0]))}
    assert len(expected) == 5


def test_a_snapshot_is_counted_anew_where_it_lies(store, snapshot, page):
    """Its posts stay those that were published, whatever the working database holds by now; nothing is left beside it."""
    store.load(tables([page(f"{HOST}/a", "Deep spending cuts, and our own people.")]))
    store.count_themes(CodedLexicon(LEXICON.only(["cuts"])), {})
    store.publish(snapshot)
    store.load(tables([page(f"{HOST}/b", "Other cuts.")]))
    with warehouse.open(snapshot) as reader:
        assert recount(snapshot, CodedLexicon(LEXICON), {"aid": "Aid"}) == 1
        assert counted_lexicon(reader) == LEXICON.only(["cuts"]).digest  # who had it open keeps what it was
    with warehouse.open(snapshot) as reader:
        assert counted_lexicon(reader) == LEXICON.digest
        (post,) = post_views(reader, LEXICON.digest)
        assert set(post.hits) == set(LEXICON.find(post.text))
        assert {hit.theme for hit in post.hits} == {"cuts", "aid"}
    assert [file.name for file in snapshot.parent.iterdir() if file.is_file()] == [snapshot.name]
