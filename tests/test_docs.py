"""The documents are true: each command that they show is run, each file that they link to is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# Commands that have tests of their own, because they crawl, serve, or set up.
ELSEWHERE = {
    "make demo": "tests/conftest.py",
    "make test": ".ci/run",
    "cd": None,
    "sectorscope init": "tests/flows/test_command_line.py",
    "sectorscope add": "tests/flows/test_bad_blogs.py",
    "sectorscope run": "tests/flows/test_rerun.py",
    "sectorscope crawl": "tests/flows/test_bad_blogs.py",
    "sectorscope demo": "tests/conftest.py",
    "sectorscope forget": "tests/flows/test_forget.py",
    "sectorscope schedule": "tests/flows/test_schedule.py",
}


def commands(document: Path) -> list[str]:
    """The lines after `$ ` in the document's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


SHOWN = [(document, line) for document in DOCUMENTS for line in commands(document)]


def elsewhere(line: str) -> bool:
    return any(line == name or line.startswith(name + " ") for name in ELSEWHERE)


@pytest.mark.parametrize(
    "line",
    dict.fromkeys(line for _, line in SHOWN if not elsewhere(line)),
    ids=lambda line: re.sub(r"\W+", "-", line)[:60],
)
def test_a_command_that_the_documents_show_works(command, demo: Path, tmp_path: Path, line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "sectorscope", f"how is `{line}` to be tested?"
    done = command("-w", demo, *words, cwd=tmp_path)
    assert done.stdout.strip()


def test_what_is_tested_elsewhere_is_tested_there() -> None:
    assert [file for file in ELSEWHERE.values() if file and not (ROOT / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []
