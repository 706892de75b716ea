"""The shell of `sectorscope sql`."""

import json
from pathlib import Path

import pytest

from flows.cli_common import Form
from flows.shell import completion, names_in, shell
from flows.workspace import opened


@pytest.fixture
def typed(demo: Path, capsys):
    """Types lines into a shell; what it printed to stdout and stderr."""

    def run(*lines: str, form: Form = Form.json) -> tuple[str, str]:
        waiting = iter(lines)

        def ask(prompt: str) -> str:
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        shell(opened(demo), form, ask)
        printed = capsys.readouterr()
        return printed.out, printed.err

    return run


def test_a_query_may_take_several_lines(typed) -> None:
    out, _ = typed("select count(*) as n", "from blogs;")
    assert json.loads(out) == [{"n": 7}]


def test_an_error_is_one_line_and_the_shell_goes_on(typed) -> None:
    out, err = typed("select nonsense;", "select 1 as one;")
    assert "error: " in err
    assert json.loads(out) == [{"one": 1}]


def test_it_tells_what_there_is_and_what_it_means(typed) -> None:
    out, _ = typed("\\d")
    kinds = {row["name"]: row["kind"] for row in json.loads(out)}
    assert (kinds["posts"], kinds["coverage"], kinds["kwic"]) == ("table", "view", "macro")
    assert all(row["comment"] for row in json.loads(out))
    out, _ = typed("\\d posts")
    assert all(row["comment"] for row in json.loads(out))
    (macro,) = json.loads(typed("\\d THEME_TREND")[0])
    assert macro["type"] == "macro(theme, grain)" and macro["comment"].startswith("theme_trend(theme, grain): ")
    (nothing,) = json.loads(typed("\\d nothing")[0])
    assert nothing["comment"] == "nothing is called so: see \\d"


def test_rows_of_many_columns_are_told_line_by_line(typed) -> None:
    columns = ", ".join(f"{number} as column{number}" for number in range(30))
    out, _ = typed(f"select repeat('long ', 200) as text, {columns};", form=Form.table)
    assert out.splitlines()[0] == "— row 1"
    assert out.splitlines()[1].startswith("text      long long") and out.splitlines()[1].endswith(" …")
    assert out.splitlines()[-1] == "column29  29"


def test_the_format_can_be_changed_and_the_shell_left(typed) -> None:
    out, _ = typed("\\f markdown", "select 'a|b' as x, null as y;", "\\q", "select 2;")
    assert out == "| x | y |\n|---|---|\n| a\\|b |  |\n"
    assert "Tab completes" in typed("\\f nothing")[1]


def test_nothing_can_be_changed(typed) -> None:
    assert "error: " in typed("delete from posts;")[1]


def test_names_are_completed(demo: Path) -> None:
    names = names_in(opened(demo))
    assert completion(names, "theme_tr", 0) == "theme_trend("
    assert completion(names, "POSTS_C", 0) == "posts_countable"
    assert completion(names, "no such thing", 0) is None


def test_a_query_from_a_file_and_as_markdown(command, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "query.sql").write_text("select count(*) as blogs from blogs")
    done = command("-w", demo, "sql", "-i", tmp_path / "query.sql", "-f", "markdown")
    assert done.stdout == "| blogs |\n|---|\n| 7 |\n"
