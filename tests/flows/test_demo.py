"""The whole pipeline over the sample sector: what landed is what was planted."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def posts(command, demo: Path) -> dict[str, dict[str, Any]]:
    """The snapshot's posts, by URL, as an outside tool reads them."""
    lines = command("-w", demo, "sql", "-f", "jsonl", "from posts_flat").stdout.splitlines()
    return {row["url"]: row for row in map(json.loads, lines)}


def test_the_demo_says_what_it_did_in_ten_lines(demo: Path, demo_output: str) -> None:
    lines = demo_output.splitlines()
    assert len(lines) == 10
    report = next(line.removeprefix("Report: ") for line in lines if line.startswith("Report: "))
    assert Path(report).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sum("as planted in 12 of 12 years" in line for line in lines) == 5


def test_every_post_is_there_once_and_nothing_else(posts: dict[str, Any], truth: dict[str, Any]) -> None:
    planted = {post["url"] for post in truth["posts"]}
    assert planted - posts.keys() == set()
    assert posts.keys() - planted == set()


def test_dates_are_right_to_the_precision_that_the_page_gives(posts: dict[str, Any], truth: dict[str, Any]) -> None:
    wrong = {
        post["url"]: (posts[post["url"]]["date"], post["date"])
        for post in truth["posts"]
        if posts[post["url"]]["date"] != (post["date"][:7] if post.get("precision") == "month" else post["date"])
    }
    assert wrong == {}


def test_authors_are_right_and_none_is_invented(posts: dict[str, Any], truth: dict[str, Any]) -> None:
    wrong = {
        post["url"]: (posts[post["url"]]["authors"], post["authors"])
        for post in truth["posts"]
        if sorted(posts[post["url"]]["authors"]) != sorted(post["authors"])
    }
    assert wrong == {}


def test_titles_are_right(posts: dict[str, Any], truth: dict[str, Any]) -> None:
    assert {p["url"]: posts[p["url"]]["title"] for p in truth["posts"] if posts[p["url"]]["title"] != p["title"]} == {}


@pytest.fixture(scope="module")
def report(demo_output: str) -> Path:
    return Path(next(line for line in demo_output.splitlines() if line.startswith("Report: ")).removeprefix("Report: "))


def test_the_report_recovers_what_was_planted(report: Path, truth: dict[str, Any]) -> None:
    """Every year's posts, posts with a hit and hits, of every theme, as the page itself prints them."""
    html = report.read_text(encoding="utf-8")
    for theme, planted in truth["themes"].items():
        article = html[html.index(f'id="theme-{theme}"') :].split("</article>")[0]
        rows = re.findall(r'<tr><th scope="row">(\d{4})</th>\s*(.*?)</tr>', article.split("Tests of change")[0], re.S)
        cells = {year: [re.sub(r"<[^>]+>", "", cell) for cell in row.split("</td>")] for year, row in rows}
        printed = {year: tuple(int(row[k].strip().replace(",", "")) for k in (0, 1, 6)) for year, row in cells.items()}
        assert printed == {
            year: (point["posts"], point["posts_with_hit"], point["hits"]) for year, point in planted.items()
        }, theme


def test_behind_every_count_stand_the_planted_posts(report: Path, truth: dict[str, Any]) -> None:
    for theme in truth["themes"]:
        page = (report.parent / "evidence" / f"{theme}.html").read_text(encoding="utf-8")
        shown = re.findall(r'<p class="source" id="n\d+-s">.*?href="([^"]+)"', page, re.S)
        planted = {post["url"] for post in truth["posts"] if post["kind"] == "post" and post["hits"].get(theme)}
        assert len(shown) == len(set(shown))
        assert {unescape(url) for url in shown} == planted, theme


def test_the_report_says_what_it_does_not_know(report: Path, truth: dict[str, Any]) -> None:
    text = unescape(re.sub(r"<[^>]+>", " ", report.read_text(encoding="utf-8"))).replace("\u00a0", " ")
    copies = sum(bool(post.get("duplicate_of")) for post in truth["posts"])
    cut = sum(post["kind"] == "truncated" for post in truth["posts"])
    for words in (
        f"{copies} page the same text as another post",
        f"{cut} page cut short by a paywall or a teaser",
        "have not been validated on a labelled sample",
        "Changepoints: not looked for (",
        "The panel of ",
        "no change can be claimed",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ("partnership", ("They do not agree", "No steady drift of the rate is shown", "no change can be claimed")),
        ("digital", ("The lines agree", "The figure is higher now")),
        ("volunteering", ("The lines agree", "no change can be claimed", "No changepoint is shown")),
        ("covid", ("Changepoints: not looked for (only 5 blogs", "The figure is higher now")),
    ],
)
def test_the_report_tells_a_changed_panel_from_a_change(report: Path, theme: str, said: tuple[str, ...]) -> None:
    """Partnership is planted flat in every blog, and one late, heavy blog writes most of it; digital rises in all."""
    html = report.read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", " ", html[html.index(f'id="theme-{theme}"') :].split("</article>")[0]))
    for words in said:
        assert words in text, words


def test_the_index_of_reports_leads_to_it(report: Path) -> None:
    assert f'href="{report.parent.name}/report.html"' in (report.parent.parent / "index.html").read_text(
        encoding="utf-8"
    )


def test_theme_words_in_the_furniture_are_not_counted(command, demo: Path, truth: dict[str, Any]) -> None:
    """Menus and sidebars hold theme words: counts are right only where the boilerplate is off and the body is whole."""
    query = "select p.canonical_url as url, h.theme, count(*) as hits from theme_hits h join posts p using (post_id) group by all"
    rows = map(json.loads, command("-w", demo, "sql", "-f", "jsonl", query).stdout.splitlines())
    counted = {(row["url"], row["theme"]): row["hits"] for row in rows}
    planted = {(p["url"], theme): n for p in truth["posts"] for theme, n in p["hits"].items() if n}
    wrong = {key: (counted.get(key, 0), n) for key, n in planted.items() if counted.get(key, 0) != n}
    assert wrong == {}
    themes = {theme for _, theme in planted}
    assert {key: n for key, n in counted.items() if key[1] in themes and key not in planted} == {}


def test_references_and_citations_are_read(command, demo: Path, truth: dict[str, Any]) -> None:
    query = (
        "select p.canonical_url as url, count(*) as n from bib_references r join posts p using (post_id) group by all"
    )
    rows = map(json.loads, command("-w", demo, "sql", "-f", "jsonl", query).stdout.splitlines())
    counted = {row["url"]: row["n"] for row in rows}
    planted = {
        p["url"]: len(p["references"]) if isinstance(p["references"], list) else p["references"] for p in truth["posts"]
    }
    assert {url: (counted.get(url, 0), n) for url, n in planted.items() if counted.get(url, 0) != n} == {}


def test_a_cross_post_points_to_the_first_one_and_counts_once(command, demo: Path, truth: dict[str, Any]) -> None:
    copies = [post for post in truth["posts"] if post.get("duplicate_of")]
    assert copies
    query = "select c.canonical_url as url, o.canonical_url as first from posts c join posts o on c.duplicate_of = o.post_id"
    rows = map(json.loads, command("-w", demo, "sql", "-f", "jsonl", query).stdout.splitlines())
    assert {row["url"]: row["first"] for row in rows} == {post["url"]: post["duplicate_of"] for post in copies}
    countable = command("-w", demo, "sql", "-f", "jsonl", "select canonical_url as url from posts_countable").stdout
    assert [post["url"] for post in copies if f'"{post["url"]}"' in countable] == []


def test_truncated_posts_are_marked_and_not_counted(command, demo: Path, truth: dict[str, Any]) -> None:
    rows = command("-w", demo, "sql", "-f", "jsonl", "select canonical_url as url from posts where is_truncated").stdout
    marked = {json.loads(line)["url"] for line in rows.splitlines()}
    assert marked == {post["url"] for post in truth["posts"] if post["kind"] == "truncated"}


def test_status_and_doctor_find_it_well(command, demo: Path, truth: dict[str, Any]) -> None:
    rows = json.loads(command("-w", demo, "status", "--json").stdout)
    held = {row["blog"]: row["posts"] for row in rows}
    assert held == dict(Counter(post["blog"] for post in truth["posts"]))
    assert all(row["complete"] for row in rows)
    assert "BAD" not in command("-w", demo, "doctor").stdout


def test_exports_are_written_without_full_texts(command, demo: Path, tmp_path: Path, truth: dict[str, Any]) -> None:
    files = command("-w", demo, "export", tmp_path / "out", "-f", "csv", "-f", "jsonl").stdout.splitlines()
    assert files
    everything = b"".join(Path(file).read_bytes() for file in files)
    assert truth["posts"][0]["url"].encode() in everything
    longest = max(everything.split(b"\n"), key=len)
    assert len(longest) < 3000, "a full text got out"


def test_a_query_cannot_change_anything_or_reach_other_files(command, demo: Path) -> None:
    for query in (
        "delete from posts",
        "create table x as select 1",
        "from read_text('/etc/hostname')",
        "attach 'x.db'",
    ):
        done = command("-w", demo, "sql", query, check=False)
        assert done.returncode == 1, query
        assert done.stderr.startswith("error: ")


def test_a_query_may_use_other_files_where_that_is_asked_for(command, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("blog\nlarkfield\n")
    query = "select count(*) as n from posts join 'mine.csv' using (blog)"
    assert command("-w", demo, "sql", "-f", "csv", query, cwd=tmp_path, check=False).returncode == 1
    assert command("-w", demo, "sql", "--files", "-f", "csv", query, cwd=tmp_path).stdout.splitlines()[0] == "n"
    assert command("-w", demo, "sql", "--files", "delete from posts", cwd=tmp_path, check=False).returncode == 1
