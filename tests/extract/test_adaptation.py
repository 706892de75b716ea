"""What the namer has learnt is a difference of weights."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from extract.adaptation import adapt, adapted, differences
from extract.entities import DEFAULT_MODEL, FOR_WORDS, NOT_NEEDED


@pytest.fixture
def pipeline() -> Any:
    import spacy

    return spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS)


def test_differences_added_give_the_changed_weights(pipeline: Any) -> None:
    import spacy

    original = spacy.load(DEFAULT_MODEL, exclude=NOT_NEEDED + FOR_WORDS)
    assert adapted(pipeline)
    changes = differences(pipeline.get_pipe("ner"), original.get_pipe("ner"))
    assert any(numpy.abs(change).max() > 0.01 for change in changes.values())
    adapt(original.get_pipe("ner"), changes)
    left = differences(pipeline.get_pipe("ner"), original.get_pipe("ner"))
    assert all(numpy.abs(change).max() < 0.001 for change in left.values())


def test_another_version_of_the_pipeline_is_left_as_it_comes(pipeline: Any) -> None:
    pipeline.meta["version"] = "3.9.0"
    assert not adapted(pipeline)


def test_weights_of_another_build_are_refused(pipeline: Any) -> None:
    with pytest.raises(KeyError):
        adapt(pipeline.get_pipe("ner"), {})
