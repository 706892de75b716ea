"""The files beside the report: whole, the same every time, and harmless in whatever opens them."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET  # ours, not the web's
import zipfile
from datetime import date

import pytest

from analysis import trend, write_report
from analysis.figure_files import CELL, FOLDER
from analysis.hit_file import write_hits

FORMULA = '=HYPERLINK("http://evil.example","x")'
TURNED = "\u202etxt.exe\u202c"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def written(tmp_path_factory, planted, report_input):
    posts = planted({2010: 0.1, 2011: 0.15, 2012: 0.5, 2014: 0.7}) + planted({2014: 0.5}, blogs=("dogwood",))
    folder = tmp_path_factory.mktemp("report")
    report = report_input(posts, png=True)
    return write_report(folder, report).parent, report


def table(folder, name):
    with (folder / FOLDER / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The sheets of a workbook, cell by cell, as a program reads them that knows nothing of ours."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = ["".join(part.text or "" for part in one.iter(f"{SHEET}t"))
                 for one in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")]  # fmt: skip
        named = [one.get("name") for one in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
        found = {}
        for number, name in enumerate(named, 1):
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{SHEET}f")), "a formula"
            assert not list(root.iter(f"{SHEET}hyperlink")), "a link"
            found[name] = [
                [texts[int(cell[0].text)] if cell.get("t") == "s" else cell[0].text for cell in row if len(cell)]
                for row in root.iter(f"{SHEET}row")
            ]
        return found


def test_the_same_report_gives_the_same_bytes_in_every_file(written, tmp_path):
    folder, report = written
    again = write_report(tmp_path, report).parent
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(again)) for path in again.rglob("*") if path.is_file())
    assert {path.rsplit(".", 1)[-1] for path in names} == {
        "html",
        "csv",
        "xlsx",
        "json",
        "parquet",
        "svg",
        "png",
        "bib",
    }
    assert [name for name in names if (again / name).read_bytes() != (folder / name).read_bytes()] == []


def test_what_the_figures_rest_on_is_told_in_every_form(written):
    folder, report = written
    figures = json.loads((folder / FOLDER / "figures.json").read_text(encoding="utf-8"))
    told = {row["name"]: row["value"] for row in table(folder, "about")}
    for name in ("lexicon", "data_date", "seed", "command", "grain"):
        assert str(figures[name]) == told[name]
    assert (figures["lexicon"], figures["data_date"], figures["seed"]) == (report.lexicon.digest, "2026-11-02", 0)
    assert figures["versions"] == {"sectorscope": "0.1.0"} and told["version: sectorscope"] == "0.1.0"
    assert figures["themes"]["cuts"]["counted"]["exclude"] == ["tax cut*"]


def test_every_form_has_the_figures_of_the_trend(written):
    import pyarrow.parquet as pq

    folder, report = written
    line = trend(report.posts, "cuts", resamples=100)
    figures = json.loads((folder / FOLDER / "figures.json").read_text(encoding="utf-8"))["themes"]["cuts"]["trend"]
    assert [point["share"] for point in figures["points"]] == [point.share for point in line.points]
    assert figures["points"][0]["rate_low"] == pytest.approx(line.points[0].rate_low, rel=1e-11)
    rows = [row for row in table(folder, "points") if (row["theme"], row["line"]) == ("cuts", "all")]
    assert [row["share"] for row in rows] == ["0.1", "0.15", "0.5", "", "0.65"]
    typed = pq.read_table(folder / FOLDER / "parquet" / "points.parquet")
    assert (str(typed.schema.field("start").type), str(typed.schema.field("rate").type)) == ("date32[day]", "double")
    assert typed["share"].to_pylist()[:5] == [point.share for point in line.points]
    book = sheets((folder / FOLDER / "figures.xlsx").read_bytes())
    assert list(book)[:3] == ["about", "themes", "points"]
    assert [float(row[9]) for row in book["points"][1:4]] == [0.1, 0.15, 0.5]
    tests = [row for row in table(folder, "tests") if row["theme"] == "cuts"]
    assert [row["figure"] for row in tests] == ["rate", "share"]
    lines = {
        (row["line"], row["period"]): float(row["rate"]) for row in table(folder, "lines") if row["theme"] == "cuts"
    }
    assert lines["equal blogs", "2010"] == pytest.approx(line.equal_blogs[0].rate)
    assert {row["term"] for row in table(folder, "terms") if row["theme"] == "cuts"} == {
        "budget cut*",
        "austerity",
        "never met",
    }


def test_the_page_links_to_files_that_are_there(written):
    folder, _ = written
    links = re.findall(r'href="([^"#:]+)"', (folder / "report.html").read_text(encoding="utf-8"))
    assert {"files/figures.xlsx", "files/figures.json", "files/quoted.bib", "hits.csv"} <= set(links)
    assert [link for link in links if not (folder / link).exists()] == []


def test_charts_stand_alone(written):
    folder, _ = written
    charts = sorted(path.name for path in (folder / FOLDER / "charts").iterdir())
    assert charts == [
        f"{theme}-{figure}.{form}"
        for theme in ("cuts", "volunteers")
        for figure in ("rate", "share")
        for form in ("png", "svg")
    ]
    svg = (folder / FOLDER / "charts" / "cuts-share.svg").read_text(encoding="utf-8")
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "background:#ffffff" in svg and "http" not in svg.replace("http://www.w3.org/", "")
    assert (folder / FOLDER / "charts" / "cuts-share.png").read_bytes().startswith(b"\x89PNG")


def test_injected_posts_do_nothing_in_any_file(tmp_path, post, report_input):
    posts = [
        post(f"{FORMULA}{n % 2}", date(2010, 1, 1 + n), f"In part {n} we speak of austerity in {FORMULA} {TURNED} here.", number=n,
             title="@SUM(A1)" + "A" * 1_000_000 if n == 3 else f"{FORMULA}<script>alert(1)</script></style>{TURNED}",
             authors=("+cmd|' /C calc'!A0", "-1+1"), warc="\t=1+1", fetched_at="=NOW()")
        for n in range(8)
    ]  # fmt: skip
    folder = write_report(tmp_path, report_input(posts, title=FORMULA, command=FORMULA)).parent
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            csv.field_size_limit(2_000_000)
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))], path.name
        assert not [cell for cell in cells if "\u202e" in cell], path.name
        assert not [cell for cell in cells if cell.startswith("-") and not re.fullmatch(r"-[\d.e-]+", cell)], path.name
    book = sheets((folder / FOLDER / "figures.xlsx").read_bytes())
    cells = [cell for rows in book.values() for row in rows for cell in row]
    assert max(map(len, cells)) == CELL and FORMULA in cells
    assert not [cell for cell in cells if "\u202e" in cell]
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "<script" not in html and "\u202e" not in html and len(html) < 900_000, page.name
    for name in ("quoted.bib", "quoted.csl.json"):
        assert "\u202e" not in (folder / FOLDER / name).read_text(encoding="utf-8")


def test_very_many_hits_come_as_parquet(written, tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    from analysis.findings import all_findings
    from analysis.report import within_dates

    report = within_dates(written[1])
    findings = all_findings(report)
    assert write_hits(tmp_path, report, findings).path == "hits.csv"
    with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    monkeypatch.setattr("analysis.hit_file.MOST_ROWS", 10)
    given = write_hits(tmp_path, report, findings)
    assert (given.path, (tmp_path / "hits.csv").exists()) == ("hits.parquet", False)
    assert "too many for a spreadsheet" in given.note
    found = pq.read_table(tmp_path / "hits.parquet")
    assert found.schema.metadata[b"lexicon"].decode() == report.lexicon.digest
    for name in ("theme", "term", "text", "url", "blog", "warc"):
        assert found[name].to_pylist() == [row[name] for row in rows]
    assert found["start"].to_pylist() == [int(row["start"]) for row in rows]


def test_what_an_older_report_left_is_taken_away(tmp_path, planted, report_input):
    posts = planted({2010: 0.2, 2011: 0.6})
    folder = write_report(tmp_path, report_input(posts)).parent
    (folder / "report.pdf").write_bytes(b"%PDF-1.4")
    write_report(tmp_path, report_input(posts, themes=("volunteers",)))
    assert sorted(path.name for path in (folder / FOLDER / "charts").iterdir()) == [
        "volunteers-rate.svg",
        "volunteers-share.svg",
    ]
    assert not (folder / "report.pdf").exists()


def test_a_report_on_nothing_has_its_files_too(tmp_path, report_input):
    folder = write_report(tmp_path, report_input([])).parent
    assert json.loads((folder / FOLDER / "figures.json").read_text(encoding="utf-8"))["posts"] == 0
    assert table(folder, "points") == []
    assert (folder / FOLDER / "quoted.bib").read_text() == ""
