"""A made-up sector of any size for the benchmarks of the warehouse: seeded, with the word frequencies of prose.

Words follow Zipf's law with Mandelbrot's correction over 120,000 forms (the commonest are English function words, the
rest are made of syllables), posts have some 800 words in sentences and paragraphs, each speaks of a few themes of the default
lexicon, one in fifty is a copy of an earlier one on another blog with a sentence more, some have dates known to the month.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from extract.records import Blog, Citation, Dated, EntityMention, Name, Person, Post, Reference, payload_digest
from warehouse.records import PageRead
from warehouse.rows import tables
from warehouse.schemas import schema

BLOGS = 60
FORMS = 120_000
WORDS_A_POST = 800
THEMES = Path(__file__).parent.parent / "sector" / "themes.toml"
COMMON = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "that",
    "is",
    "for",
    "it",
    "on",
    "as",
    "with",
    "are",
    "be",
    "this",
    "we",
    "by",
    "at",
    "from",
    "have",
    "not",
    "but",
    "they",
    "or",
    "an",
    "has",
    "our",
    "was",
    "were",
    "their",
    "will",
    "can",
    "more",
    "who",
    "which",
    "people",
    "there",
    "about",
    "what",
    "when",
    "how",
    "been",
    "all",
    "also",
    "if",
    "its",
    "do",
    "many",
    "would",
    "work",
    "so",
    "need",
    "one",
    "up",
    "out",
    "these",
    "other",
    "into",
    "than",
    "them",
    "time",
    "new",
    "local",
    "some",
    "could",
    "over",
    "because",
    "us",
    "only",
    "first",
    "through",
    "most",
    "where",
    "after",
    "between",
    "while",
    "just",
    "years",
    "very",
    "much",
    "those",
    "make",
    "year",
    "may",
    "should",
    "well",
    "way",
    "own",
    "community",
    "services",
    "support",
    "charity",
    "council",
    "government",
    "public",
    "help",
    "health",
    "social",
    "care",
    "take",
    "good",
    "part",
    "report",
    "last",
    "still",
    "often",
    "between",
    "before",
    "group",
    "area",
    "change",
]
SYLLABLES = [
    c + v + e
    for c in ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl", "ch"]
    for v in "aeiou"
    for e in ("", "n", "r", "s", "l")
]
NAMES = [f"{given} {family}" for given in ["Ada", "Bo", "Cleo", "Dan", "Edie", "Finn", "Gwen", "Hal", "Ida", "Jem"] for family in
         ["Okafor", "Lind", "Marsh", "Thorne", "Vale", "Wick", "Yarrow", "Bray", "Croft", "Dell", "Eddy", "Frost", "Gale", "Hurst", "Isley"]]  # fmt: skip
PLACES = ["Eastmere", "Northwick", "Tarn Valley", "Saltby", "Harrowgate Trust", "Moor Foundation", "Fenland Council"]
POS = np.array(["NOUN", "VERB", "ADJ", "ADP", "PROPN", "DET"])


def blogs() -> list[Blog]:
    """The blogs that the posts are of."""
    keys = [f"blog{number:02d}" for number in range(BLOGS)]
    return [Blog(key=key, name=key, url=f"https://{key}.example/", scope=f"https://{key}.example/") for key in keys]


class Sector:
    """``posts`` posts; the same seed gives the same sector."""

    def __init__(self, posts: int, seed: int = 7) -> None:
        self.posts, self.seed = posts, seed

    @cached_property
    def forms(self) -> np.ndarray[Any, Any]:
        """The vocabulary, commonest first, capitalised twins behind it, then the words of the themes' terms."""
        rng = np.random.default_rng(self.seed)
        made: dict[str, None] = dict.fromkeys(COMMON)
        while len(made) < FORMS:
            made["".join(rng.choice(SYLLABLES, rng.integers(1, 4)))] = None
        lower = list(made)
        return np.array([*lower, *(word.capitalize() for word in lower), *self.terms[0]], dtype=object)

    @cached_property
    def terms(self) -> tuple[list[str], list[list[int]]]:
        """The words of the themes' terms, and each term as numbers of forms."""
        themes = tomllib.loads(THEMES.read_text(encoding="utf-8"))["themes"].values()
        written = [
            term for theme in themes for term in theme["terms"] if term.replace("*", "").replace(" ", "").isalpha()
        ]
        split = [[word + ("s" if word.endswith("*") else "") for word in term.split()] for term in written]
        split = [[word.replace("*", "") for word in words] for words in split]
        common = {word: at for at, word in enumerate(COMMON)}
        words = [word for word in dict.fromkeys(word for term in split for word in term) if word not in common]
        place = common | {word: 2 * FORMS + at for at, word in enumerate(words)}
        return words, [[place[word] for word in term] for term in split]

    @cached_property
    def chances(self) -> np.ndarray[Any, Any]:
        weights = 1 / (np.arange(1, FORMS + 1) + 2.7) ** 1.07
        return np.cumsum(weights / weights.sum())

    def batches(self, size: int = 200) -> Iterator[tuple[dict[str, Any], int]]:
        """Batches as a worker hands them to the loader, each with the characters of its texts."""
        for start in range(0, self.posts, size):
            yield self._batch(range(start, min(start + size, self.posts)))

    def _batch(self, numbers: range) -> tuple[dict[str, Any], int]:
        reads, words = [], []
        for number in numbers:
            ids, ends, breaks = self._words(number)
            text, starts = self._text(ids, ends, breaks)
            reads.append(self._read(number, text, len(ids)))
            words.append((ids, ends, breaks, starts))
        made = tables(reads)
        made |= self._coded(made["posts"], {read.url: word for read, word in zip(reads, words, strict=True)})
        return made, sum(len(read.post.text) for read in reads if read.post)

    def _words(self, number: int) -> tuple[Any, Any, Any]:
        """Numbers of forms, and which of the words end a sentence, and a paragraph."""
        copied = number >= 500 and number % 50 == 0
        rng = np.random.default_rng((self.seed, number - 499 if copied else number))
        size = max(60, int(rng.normal(WORDS_A_POST, 250)))
        ids = np.minimum(np.searchsorted(self.chances, rng.random(size)), FORMS - 1)
        for term in rng.choice(len(self.terms[1]), rng.integers(4, 24)):
            at = int(rng.integers(0, size - 8))
            words = self.terms[1][term]
            ids[at : at + len(words)] = words
        if copied:
            ids = np.concatenate([ids, np.arange(20, 40)])
        ends = rng.random(len(ids)) < 1 / 18
        ends[-1] = True
        breaks = ends & (rng.random(len(ids)) < 0.2)
        first = np.concatenate([[True], ends[:-1]]) & (ids < FORMS)
        return np.where(first, ids + FORMS, ids), ends, breaks

    def _text(self, ids: Any, ends: Any, breaks: Any) -> tuple[str, Any]:
        words = self.forms[ids]
        after = np.where(breaks, ".\n\n", np.where(ends, ". ", " ")).astype(object)
        pieces = words + after
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        return "".join(pieces).rstrip(), np.cumsum(lengths) - lengths

    def _gaps(self, ends: Any, breaks: Any) -> Any:
        gaps = np.full(len(ends), "", dtype=object)
        gaps[np.roll(ends, 1)] = "."
        gaps[np.roll(breaks, 1)] = None
        gaps[0] = None
        return gaps

    def _coded(self, posts: Any, words: dict[str, Any]) -> dict[str, Any]:
        import pyarrow as pa

        ordered = [
            (page_id, words[url])
            for page_id, url in zip(*(posts[n].to_pylist() for n in ("page_id", "url")), strict=True)
        ]
        ids = np.concatenate([word[0] for _, word in ordered])
        used, coded = np.unique(ids, return_inverse=True)
        forms = self.forms[used]
        sizes = [len(word[0]) for _, word in ordered]
        gaps = np.concatenate([self._gaps(ends, breaks) for _, (_, ends, breaks, _) in ordered])
        folded = [form.lower() for form in forms]
        columns = {
            "page_id": np.repeat([page_id for page_id, _ in ordered], sizes),
            "position": np.concatenate([np.arange(size) for size in sizes]),
            "sentence": np.concatenate([np.cumsum(e) - e for _, (_, e, _, _) in ordered]),
            "char_start": np.concatenate([starts for _, (_, _, _, starts) in ordered]),
            "form_id": coded,
            "gap": gaps,
        }
        dictionary = {
            "form_id": np.arange(len(used)), "form": forms, "folded": folded,
            "lemma": [word.rstrip("s") or word for word in folded], "pos": POS[used % len(POS)],
        }  # fmt: skip
        return {
            name: pa.table([pa.array(given[kind.name], kind.type) for kind in schema(name)], schema=schema(name))
            for name, given in (("forms", dictionary), ("tokens", columns))
        }

    def _read(self, number: int, text: str, words: int) -> PageRead:
        rng = np.random.default_rng((self.seed, number, 1))
        blog = f"blog{number % BLOGS:02d}"
        url = f"https://{blog}.example/{number}"
        day = date(2009, 1, 1) + timedelta(days=int(rng.integers(0, 6000)))
        precision: Any = "month" if rng.random() < 0.05 else "day"
        day = day.replace(day=1) if precision == "month" else day
        name = NAMES[int(rng.integers(0, len(NAMES)))]
        year = str(day.year - int(rng.integers(0, 8)))
        cited = NAMES[int(rng.integers(0, 60))].split()[1]
        entry = f"{cited}, A. ({year}) On the work of {PLACES[int(rng.integers(0, 4))]}. Eastmere: Tidewater Press."
        references = (
            (Reference(as_printed=entry, kind="book", authors=(Name(family=cited, given="A."),), year=year, title="On the work"),)
            if rng.random() < 0.3 else ()
        )  # fmt: skip
        named = rng.choice(len(PLACES), 6)
        spots = np.sort(rng.integers(0, max(1, len(text) - 40), 6))
        mentions = tuple(
            EntityMention(start=int(at), end=int(at) + 9, text=text[at : at + 9], label="ORG" if n > 3 else "GPE", name=PLACES[n])
            for at, n in zip(spots, named, strict=True)
        )  # fmt: skip
        post = Post(
            canonical_url=url, kind="post", kind_reason="article markup", title=f"Post {number}", title_source="h1",
            people=(Person(name=name, as_printed=f"By {name}", source="byline", given=name.split()[0], family=name.split()[1]),),
            published=Dated(value=day, precision=precision, source="meta", as_printed=day.isoformat()), modified=None, text=text,
            body_source="article", headings=(), links=(), breadcrumbs=(), tags=("funding",), references=references,
            citations=(Citation(para=0, start=0, end=2, as_printed=text[:2], references=(0,)),) if references else (),
            language="en", is_truncated=False, extractor_version="1",
        )  # fmt: skip
        return PageRead(
            blog=blog, url=url, status=200, how="link", digest=payload_digest(url.encode()), fetched_at=datetime(2026, 1, 5, tzinfo=UTC),
            warc_file=f"{blog}/2026-00000.warc.gz", warc_offset=number * 4096, profile="f00d", post=post, words=words,
            mentions=mentions, annotator="generated",
        )  # fmt: skip
