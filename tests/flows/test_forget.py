"""`sectorscope forget`: a post, an author or a blog goes everywhere, and does not come in again."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from crawl.archive import Archive


@pytest.fixture(scope="module")
def sector(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, to be changed."""
    return Path(shutil.copytree(demo, tmp_path_factory.mktemp("forgetting") / "sector"))


@pytest.fixture
def asked(command, sector: Path):
    def ask(query: str) -> list[dict[str, object]]:
        lines = command("-w", sector, "sql", "-f", "jsonl", query).stdout.splitlines()
        return [json.loads(line) for line in lines]

    return ask


HEAD = "theme,url,start,end,term,published,text,mark,lexicon\n"


def marked(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def archived(folder: Path) -> set[str]:
    archive = Archive(folder / "archive")
    return {fetch.url for blog in archive.blogs() for fetch in archive.ledger(blog)}


def test_a_post_goes_everywhere_and_does_not_come_back(command, sector: Path, asked) -> None:
    (post,) = asked("select canonical_url as url, url as page, blog, title from posts_countable order by url limit 1")
    before = asked("select canonical_url as url, warc_file, warc_offset from posts order by 1")
    (other,) = asked("select canonical_url as url from posts_countable order by url desc limit 1")
    marks = sector / "marks" / "funding.ada.csv"
    marks.parent.mkdir()
    line = 'funding,{},0,4,fund*,2019-10-02,"“a [fund] of, \n ours”",right,abc\n'
    marks.write_text(HEAD + line.format(post["url"]) + line.format(other["url"]), encoding="utf-8")
    said = command("-w", sector, "forget", post["url"], "--yes").stdout
    assert f"{post['blog']}: " in said
    assert "marks: 1 lines removed" in said
    assert [row["url"] for row in marked(marks)] == [other["url"]]
    assert "reports/" in said, "the report that used it is named"
    assert asked("select count(*) as n from posts where canonical_url = '{}'".format(post["url"])) == [{"n": 0}]
    after = asked("select canonical_url as url, warc_file, warc_offset from posts order by 1")
    assert after == [row for row in before if row["url"] != post["url"]]
    assert post["page"] not in archived(sector)
    assert post["url"] not in command("-w", sector, "search", f'"{post["title"]}"', "--json").stdout
    assert command("-w", sector, "snapshot", "list").stdout == ""
    assert "BAD" not in command("-w", sector, "doctor").stdout
    command("-w", sector, "process", post["blog"])
    assert asked("select canonical_url as url, warc_file, warc_offset from posts order by 1") == after
    assert command("-w", sector, "forget", post["url"], "--yes", check=False).returncode == 1


def test_an_author_goes_with_every_post_that_the_name_signs(command, sector: Path, asked) -> None:
    (author,) = asked(
        "select name, count(*) as posts from post_people group by name having count(*) > 1 order by posts, name limit 1"
    )
    command("-w", sector, "forget", "--author", author["name"], "--yes")
    assert asked("select 1 from people where name = '{}'".format(author["name"].replace("'", "''"))) == []
    assert "BAD" not in command("-w", sector, "doctor").stdout


def test_a_blog_goes_with_its_archive_and_its_entry(command, sector: Path, asked) -> None:
    (blog,) = asked("select blog from posts group by blog order by count(*), blog limit 1")
    (scope,) = asked("select scope from blogs where blog = '{}'".format(blog["blog"]))
    command("-w", sector, "forget", "--blog", blog["blog"], "--yes")
    assert asked("select blog from blogs where blog = '{}'".format(blog["blog"])) == []
    assert not (sector / "archive" / blog["blog"]).exists()
    entries = (sector / "blogs.toml").read_text(encoding="utf-8")
    assert f'"{scope["scope"]}"' not in entries
    (sector / "blogs.toml").write_text(
        entries + f'\n[[blog]]\nkey = "again"\nurl = "{scope["scope"]}"\nscope = "{scope["scope"]}"\n'
    )
    done = command("-w", sector, "crawl", "again", check=False)
    assert "not crawled again" in done.stderr
    assert done.returncode == 1


def test_just_one_thing_is_to_be_named(command, sector: Path) -> None:
    for words in ([], ["http://x.example/a", "--blog", "b"], ["http://nowhere.example/"]):
        done = command("-w", sector, "forget", *words, "--yes", check=False)
        assert done.returncode == 1 and done.stderr.startswith("error: ")
