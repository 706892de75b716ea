"""How labelled references become a model: values found in their strings, papers kept whole, a model that reads."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.reference_gold import SETS, examples, fold_of, group_of
from benchmarks.train_references import train
from extract.reference_tagger import opened, tagged

RECORD = {
    "id": "invented-17-3",
    "raw": "Moss, A. & Reed, C. (2016). Nine winters in 9 halls. Village Studies, 9(1), 9–19.",
    "gold": {
        "authors": [{"family": "Moss", "given": "A."}, {"family": "Reed", "given": "C."}],
        "year": "2016",
        "title": "Nine winters in 9 halls",
        "container": "Village Studies",
        "volume": "9",
        "issue": "1",
        "pages": "9–19",
    },
}


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """The files of the sets, with one reference in the first and one whose values are not all found in the second."""
    missing = {**RECORD, "gold": {**RECORD["gold"], "container": "A Journal That Is Not There"}}
    for name, records in zip(SETS, ([RECORD], [missing], [], [], []), strict=True):
        with gzip.open(tmp_path / f"dev-{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(record) + "\n" for record in records)
    return tmp_path


def test_values_are_found_where_they_stand(sets: Path) -> None:
    found, missing = examples(sets)
    assert missing.labels is None
    assert found.labels == [
        "B-authors", "I-authors", "I-authors", "I-authors", "B-year",
        "B-title", "I-title", "I-title", "I-title", "I-title",
        "B-container", "I-container", "B-volume", "B-issue", "B-pages",
    ]  # fmt: skip
    assert len(found.features) == len(found.labels)


def test_references_of_one_paper_are_seen_or_unseen_together() -> None:
    assert group_of("excite-en-17-3") == group_of("excite-en-17-4") != group_of("excite-en-18-3")
    assert group_of("anystyle-gold-3") != group_of("anystyle-gold-4")
    assert fold_of(group_of("excite-en-17-3")) == fold_of(group_of("excite-en-17-4"))


def test_a_model_is_trained_and_reads_what_it_was_shown(sets: Path, tmp_path: Path) -> None:
    model = tmp_path / "new" / "tiny.crfsuite"
    train(list(examples(sets)) * 3, model)
    raw = str(RECORD["raw"])
    read = {span.field: raw[span.start : span.end] for span in tagged(raw, opened(model))}
    assert read == {
        "authors": "Moss, A. & Reed, C.",
        "year": "2016",
        "title": "Nine winters in 9 halls",
        "container": "Village Studies",
        "volume": "9",
        "issue": "1",
        "pages": "9–19",
    }
    assert [file.name for file in model.parent.iterdir()] == ["tiny.crfsuite"]
