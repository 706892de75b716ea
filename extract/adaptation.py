"""What the namer has learnt on top of the pipeline it comes with, kept as the difference of their weights.

Card and figures: docs/models/names.md. Training: ``benchmarks/train_entities.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

MADE_FROM = "made_from"
"""The key under which the file names the pipeline that its differences fit, as `pipeline_name` does."""


def pipeline_name(pipeline: Any) -> str:
    """Language, name and version: "en_core_web_sm-3.8.0"."""
    return f"{pipeline.meta['lang']}_{pipeline.meta['name']}-{pipeline.meta['version']}"


def adapted(pipeline: Any) -> bool:
    """Add what was learnt to the namer of ``pipeline``, if it was learnt on that very version; says whether it was."""
    import numpy

    with files("extract").joinpath("models/names.npz").open("rb") as file:
        learnt = dict(numpy.load(file))
    if str(learnt.pop(MADE_FROM)) != pipeline_name(pipeline):
        return False
    adapt(pipeline.get_pipe("ner"), learnt)
    return True


def differences(changed: Any, original: Any) -> dict[str, Any]:
    """By which each array of weights of one spaCy component differs from that of another, in half precision."""
    before = dict(_weights(original))
    return {name: (array - before[name]).astype("float16") for name, array in _weights(changed)}


def adapt(component: Any, changes: Mapping[str, Any]) -> None:
    """Add ``changes`` to the weights of a component; raises `KeyError` if they were made from a component of another build."""
    for i, node in enumerate(component.model.walk()):
        for param in node.param_names:
            if node.has_param(param):
                node.set_param(param, node.get_param(param) + changes[f"{i}.{param}"].astype("float32"))


def _weights(component: Any) -> Iterator[tuple[str, Any]]:
    """Every array of a component's model, named by the place of its layer and its parameter."""
    for i, node in enumerate(component.model.walk()):
        for param in node.param_names:
            if node.has_param(param):
                yield f"{i}.{param}", node.get_param(param)
