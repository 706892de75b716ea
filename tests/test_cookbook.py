"""The cookbook of docs/sql.md: each question is asked of the sample sector, and the answer is the one shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.cli_common import print_markdown
from warehouse.query import rows

COOKBOOK = (Path(__file__).parent.parent / "docs" / "sql.md").read_text(encoding="utf-8").partition("## Cookbook")[2]
RECIPES = re.findall(
    r"\*\*(\d+\. [^\n]*?)\*\*\n\n```sql\n(.*?)```\n\n(For example:\n\n)?((?:\|[^\n]*\n)+)", COOKBOOK + "\n", re.DOTALL
)


def test_there_are_as_many_recipes_as_questions() -> None:
    assert len(RECIPES) == COOKBOOK.count("```sql") >= 25


@pytest.mark.parametrize(
    ("question", "sql", "is_example", "shown"), RECIPES, ids=[recipe[0][:40] for recipe in RECIPES]
)
def test_the_answer_is_the_one_shown(demo: Path, capsys, question: str, sql: str, is_example: str, shown: str) -> None:
    """Of an example, which may change with what is read from the pages, the columns, and that there is an answer."""
    import warehouse

    with warehouse.open(demo / "warehouse.duckdb") as snapshot:
        columns, found = rows(snapshot, sql)
    assert found
    print_markdown(columns, found)
    printed = capsys.readouterr().out
    if is_example:
        assert printed.splitlines()[:2] == shown.splitlines()[:2]
    else:
        assert printed == shown
