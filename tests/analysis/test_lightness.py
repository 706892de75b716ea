"""Importing the room costs nothing that a command line would feel."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "scipy", "statsmodels", "pandas", "altair", "vl_convert", "jinja2"}


@pytest.mark.parametrize(
    "module", ["analysis", "analysis.themes", "analysis.trends", "analysis.report", "analysis.terminal"]
)
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    code = f"import sys, {module}; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_the_front_door_offers_what_it_names() -> None:
    import analysis

    assert all(callable(getattr(analysis, name)) for name in analysis.__all__)
    with pytest.raises(AttributeError, match="readings"):
        analysis.readings  # noqa: B018
