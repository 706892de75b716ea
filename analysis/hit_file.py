"""Every hit behind the figures, as a file: CSV with contexts, or, of very many, Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.report_records import GivenFile, ReportInput, ThemeFindings
from analysis.tables import hits_csv

if TYPE_CHECKING:
    from analysis.corpus import Corpus

CSV, PARQUET = "hits.csv", "hits.parquet"
MOST_ROWS = 200_000  # of a CSV file: some 80 MB. A spreadsheet ends at 1,048,576 rows, and is no joy long before


def write_hits(folder: Path, report: ReportInput, findings: Sequence[ThemeFindings]) -> GivenFile:
    """Write every hit of the themes reported into ``folder``, in the place of an older file."""
    from analysis.corpus import corpus_of

    for name in (CSV, PARQUET):
        (folder / name).unlink(missing_ok=True)
    corpus, themes = corpus_of(report.posts), [found.theme.key for found in findings]
    number = sum(len(corpus.hits_of(theme)) for theme in themes)
    what = "every hit, with its post, the time it was fetched and its archive record"
    if number <= MOST_ROWS:
        (folder / CSV).write_text(hits_csv(report, findings), encoding="utf-8", newline="")
        return GivenFile(CSV, "Hits", what)
    write_parquet(folder / PARQUET, corpus, themes, report.lexicon.digest)
    return GivenFile(
        PARQUET, "Hits", f"{what}; {number:,} rows are too many for a spreadsheet, so their contexts are left out"
    )


def write_parquet(file: Path, corpus: Corpus, themes: Sequence[str], digest: str) -> None:
    """The hits theme by theme, by date; the text's words around them are in the warehouse (`kwic`)."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    at = np.concatenate([corpus.hits_of(theme) for theme in themes])
    hits, post = corpus.hits, corpus.hits.post[at]

    def named(places: object, names: Sequence[object]) -> object:
        return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(names))

    of_post = {
        "url": [one.url for one in corpus], "blog": [one.blog for one in corpus],
        "published": [one.published for one in corpus], "precision": [one.precision for one in corpus],
        "fetched_at": [one.fetched_at for one in corpus], "warc": [one.warc for one in corpus],
    }  # fmt: skip
    table = pa.table({
        "theme": named(hits.theme[at], corpus.themes), "term": named(hits.term[at], corpus.terms),
        "text": named(hits.form[at], corpus.forms), "start": hits.start[at], "end": hits.end[at],
        **{name: pa.array(values).take(pa.array(post)) for name, values in of_post.items()},
    })  # fmt: skip
    pq.write_table(table.replace_schema_metadata({"lexicon": digest}), file, compression="zstd")
