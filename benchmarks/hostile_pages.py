"""Time and memory of reading hostile pages: `extract.extract_post` on each kind of page, each in a forked process of its own.

    python -m benchmarks.hostile_pages [--kind NAME …] [--scale 1.0]

Shown are the seconds of CPU, the peak of memory in megabytes above that of the bare process, and what was read. A kind that
takes more than two seconds or 500 MB, or raises, is marked, and the exit code is 1. ``--scale`` shrinks or grows the pages.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable

SECONDS, MEGABYTES = 2.0, 500.0
PATIENCE = 300  # seconds by the clock
URL = "https://halls.example/2019/03/04/keys/"
SENTENCE = "The hut was open on Sunday, and nobody had to ask at the desk for the key to it. "

Make = Callable[[float], bytes]


def _times(unit: str, count: int, *, before: str = "", behind: str = "") -> Make:
    """``unit`` so many times (by the scale), between ``before`` and ``behind``."""
    return lambda scale: (before + unit * int(count * scale) + behind).encode()


def _post(inner: str, count: int, *, head: str = "") -> Make:
    """``inner`` so many times in one paragraph of a post that is otherwise sound."""
    before = f"<html><head><title>Keys to the hut</title>{head}</head><body><article><h1>Keys to the hut</h1><p>{SENTENCE * 5}</p><p>"
    return _times(inner, count, before=before, behind=f"</p><p>{SENTENCE * 5}</p></article></body></html>")


def _lines(inner: str, count: int) -> Make:
    """``inner`` in a paragraph of its own, so many times, in a post."""
    return _post(f"{inner}</p><p>", count)


def _jsonld(before: str, unit: str, count: int, behind: str) -> Make:
    return _times(unit, count, before=f'<script type="application/ld+json">{before}', behind=f"{behind}</script><p>{SENTENCE}")  # fmt: skip


MARKUP: dict[str, Make] = {
    "empty": _times("", 0),
    "no tags": _times(SENTENCE, 60_000),
    "nested 100,000 deep": _times("<div>", 100_000, behind="deep" + "</div>" * 100_000),
    "nested lists": _times("<ul><li class='post'>x", 100_000),
    "nested spans": _times("<span class='author'>", 100_000, before="<p>", behind="By Ann Example"),
    "nested tables": _times("<table><tr><td>", 100_000, behind=SENTENCE),
    "nested articles": _times("<article class='post'><p>" + SENTENCE, 100_000),
    "nested bold": _times("<b>x", 500_000),
    "nested links": _times("<a href='/x'>x", 200_000),
    "20 MB of paragraphs": _times(f"<p>{SENTENCE}</p>", 220_000),
    "20 MB of one word": _times("word ", 4_000_000, before="<p>"),
    "20 MB without a space": _times("word", 5_000_000, before="<p>"),
    "20 MB of tags": _times("<b>", 6_700_000),
    "20 MB of breaks": _times("<br>", 5_000_000),
    "20 MB of broken tags": _times("<", 20_000_000),
    "20 MB of ampersands": _times("&", 20_000_000, before="<p>"),
    "20 MB of entities": _times("&amp;", 4_000_000, before="<p>"),
    "20 MB of comments": _times("<!-- x -->", 2_000_000),
    "20 MB of an open comment": _times("- ", 10_000_000, before="<!--"),
    "500,000 siblings": _times("<i></i>", 500_000, before="<p>"),
    "500,000 paragraphs of a letter": _times("<p>x", 500_000),
    "500,000 items": _times("<li><a href='/x'>An item</a>", 500_000, before="<ul>"),
    "500,000 headings": _times("<h1>x</h1>", 500_000),
    "500,000 headings that repeat the title": _times("<h2>Keys to the hut</h2>", 250_000, before="<title>Keys to the hut</title>"),
    "500,000 times": _times("<time>4 March 2019</time>", 250_000),
    "500,000 bylines": _times("<span class='author'>By Ann Example</span>", 120_000, before="<p>"),
    "500,000 dated lines": _times("<p class='date'>4 March 2019</p>", 160_000),
    "500,000 rel=tag": _times("<a rel=tag href='/t'>tag</a>", 180_000),
    "500,000 metas": _times("<meta name=author content='Ann Example'>", 120_000),
    "500,000 links in one paragraph": _post("<a href='/x'>x</a> y ", 250_000),
    "500,000 classes": lambda scale: "".join(f"<p class='a{i} b{i}' id=c{i}>x</p>" for i in range(int(150_000 * scale))).encode(),
    "200,000 cells": _times("<td>1</td>", 200_000, before="<table><tr>"),
    "200,000 cells in rows": _times("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>", 50_000, before="<table>"),
    "200,000 sentences in cells": _times(f"<tr><td>{SENTENCE}</td></tr>", 50_000, before="<table>"),
    "a megabyte of attribute": _times("author ", 150_000, before="<div class='", behind="'>By Someone</div>"),
    "a megabyte of style": _times("display:", 125_000, before="<div style='", behind="'>x</div>"),
    "a megabyte of attributes": _times("a{} ", 250_000, before="<div ", behind=">x</div>"),
    "a megabyte of link": _times("a/../", 200_000, before="<p><a href='/", behind=f"'>{SENTENCE}</a></p>"),
    "a megabyte of query": _times("a=b&amp;", 125_000, before="<link rel=canonical href='https://halls.example/?", behind=f"'><p>{SENTENCE}"),
    "a megabyte of title": _times("Keys ", 200_000, before="<title>", behind=f"</title><h1>Keys</h1><p>{SENTENCE}"),
    "a megabyte of heading": _times("Keys | ", 150_000, before="<title>Keys</title><h1>", behind=f"</h1><p>{SENTENCE}"),
    "a megabyte of meta": _times("Ann Example, ", 80_000, before="<meta name=author content='", behind=f"'><p>{SENTENCE}"),
    "a megabyte of meta date": _times("2019-03-", 125_000, before="<meta name=date content='", behind=f"'><p>{SENTENCE}"),
    "a megabyte of byline": _times("Ann Example and ", 60_000, before="<span class=author>By ", behind=f"</span><p>{SENTENCE}"),
    "NULs": _times("\0", 5_000_000, before="<p>" + SENTENCE),
    "NULs between letters": _times("a\0", 2_500_000, before="<p>"),
    "controls": _times("\x01\x02\x0b ", 1_500_000, before="<p>"),
    "every byte": lambda scale: bytes(range(256)) * int(20_000 * scale),
    "UTF-16 without a mark": lambda scale: (f"<p>{SENTENCE}" * int(25_000 * scale)).encode("utf-16-le"),
    "UTF-16 with a mark": lambda scale: b"\xff\xfe" + (f"<p>{SENTENCE}" * int(25_000 * scale)).encode("utf-16-le"),
    "Latin-1 said to be UTF-8": lambda scale: b"<meta charset=utf-8>" + ("<p>caf\xe9 " * int(500_000 * scale)).encode("latin-1"),
    "a false code page": lambda scale: b"<meta charset=shift_jis>" + b"\x81\xff\xfd" * int(1_500_000 * scale),
    "surrogates": lambda scale: ("<p>\ud800 " * int(500_000 * scale)).encode("utf-8", "surrogatepass"),
    "right to left": _times("\u202e\u05d0 ", 700_000, before="<p>"),
    "marks without letters": _times("\u0301", 2_000_000, before="<p>a"),
    "scripts": _times("<script>var a = '</p>';</script>", 150_000),
    "an open script": _times("if (a < b) ", 450_000, before="<script>"),
    "100,000 JSON-LD scripts": _times('<script type="application/ld+json">{"@type":"Article","author":"Ann"}</script>', 60_000),
    "100,000 JSON-LD nodes": _jsonld("[", '{"@type":"Article","author":{"@id":"#a"}},', 100_000, '{"@id":"#b"}]'),
    "100,000 JSON-LD authors": _jsonld('{"@type":"Article","author":[', '{"name":"Ann Example"},', 100_000, "0]}"),
    "100,000 JSON-LD pointers": _jsonld('{"@type":"Article","author":[', '{"@id":"#a"},', 100_000, "0]}"),
    "100,000 JSON-LD keywords": _jsonld('{"@type":"Article","keywords":"', "tag, ", 500_000, '"}'),
    "100,000 JSON-LD crumbs": _jsonld('{"@type":"BreadcrumbList","itemListElement":[', '{"name":"x"},', 200_000, "0]}"),
    "deep JSON-LD": _jsonld("", "[", 1_000_000, ""),
    "deep JSON-LD graphs": _jsonld("", '{"@graph":', 100_000, ""),
    "broken JSON-LD": _jsonld('{"@type":"Article",', '"headline":"a" ', 300_000, ""),
    "JSON-LD of commas": _jsonld("[", ", ", 2_000_000, ""),
    "JSON-LD of quotes": _jsonld("{", '"datePublished":"', 250_000, ""),
    "JSON-LD of backslashes": _jsonld('{"headline":"', "\\\\", 2_000_000, ""),
    "JSON-LD of a long number": _jsonld("[", "9", 4_000_000, "]"),
    "JSON-LD of spaces": _jsonld("{", " ", 4_000_000, "x"),
}  # fmt: skip


def _titles(bait: str, long: int, short: int) -> Make:
    """``bait`` in the page's title, in its heading and in its byline."""

    def page(scale: float) -> bytes:
        line = bait * int(long * scale)
        return f"<title>{line}</title><h1>{line}</h1><p class=byline>{bait * short}</p><p>{SENTENCE * 9}".encode()

    return page


# Text on which a careless pattern takes quadratic time, each as one long line and as many lines of a size that readers look at.
BAITS: dict[str, str] = {
    "spaces": "&nbsp; ",
    "by": "by ",
    "By": "By ",
    "commas": ", ",
    "digits": "1",
    "digits apart": "1 ",
    "dots": ". ",
    "dots in a row": ".",
    "brackets": "(",
    "square brackets": "[",
    "quotes": "“",
    "dashes": "– ",
    "slashes": "/",
    "bars": "| ",
    "colons": ": ",
    "capitals": "A",
    "initials": "A. ",
    "names": "Ann ",
    "names and": "Ann and ",
    "names with commas": "Ann Example, ",
    "et al": "Ann et al. ",
    "years": "2019 ",
    "years in brackets": "(2019) ",
    "citations": "(Okell, 2011) ",
    "open citations": "(Okell, 2011; ",
    "references": "Okell, A. B. (2011) A hut. Leeds: Moor Press. ",
    "numbers in brackets": "[1] ",
    "months": "March ",
    "days": "4 March ",
    "dates": "4 March 2019, ",
    "slashed": "1/2/",
    "iso": "2019-03-",
    "of the": "of the ",
    "roles": "director of ",
    "read more": "read more ",
    "share": "share tweet ",
    "subscribe": "subscribe to ",
    "posted on": "posted on ",
    "photo:": "photo: ",
    "addresses": "https://halls.example/",
    "at": "a@",
    "apostrophes": "a'",
    "hyphens": "a-",
    "particles": "van der ",
    "raised": "a¹",
    "tabs and breaks": "\t\n\r ",
    "ideographs": "年月日",
}
LINE = 340  # characters: the longest line that most readers of lines look at


def kinds() -> dict[str, Make]:
    found = dict(MARKUP)
    for name, bait in BAITS.items():
        long = max(1, 1_000_000 // len(bait))
        short = max(1, LINE // len(bait))
        found[f"a line of {name}"] = _post(bait, long)
        found[f"lines of {name}"] = _lines(bait * short, 5_000)
        found[f"short lines of {name}"] = _lines(bait * max(1, 90 // len(bait)), 20_000)
        found[f"titles of {name}"] = _titles(bait, long // 10, short)
        found[f"attributes of {name}"] = _times(bait, long // 10, before=f"<div class='post {bait * short}'><p class='", behind=f"'>{SENTENCE * 9}<meta name=author content='{bait * short}'><meta name=date content='{bait * short}'>")  # fmt: skip
        found[f"list of {name}"] = _times(f"<li>{bait * short}</li>", 3_000, before=f"<h1>Keys</h1><p>{SENTENCE * 9}</p><h2>References</h2><ul>", behind="</ul>")  # fmt: skip
    return found


def measure(name: str, scale: float) -> tuple[int, float, float, str]:
    """Read one page of this kind in this process: its bytes, the seconds and megabytes it took, and what came of it."""
    from extract import extract_post

    page = kinds()[name](scale)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    try:
        post = extract_post(page, URL)
        said = f"{post.kind}, {len(post.text)} characters" + (f", stopped at {post.limit}" if post.limit else "")
    except Exception as error:  # noqa: BLE001 - what a benchmark of robustness is there to find
        said = f"RAISED {type(error).__name__}: {error}"[:200]
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return len(page), spent, (peak - before) / 1024, said


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kind", action="append", help="only kinds whose name holds this")
    arguments.add_argument("--scale", type=float, default=1.0)
    arguments.add_argument("--all", action="store_true", help="show the kinds that keep the limits too")
    asked = arguments.parse_args()
    from extract import extract_post

    extract_post(f"<article><h1>Keys</h1><p>{SENTENCE * 20}</article>", URL)  # what is loaded once is no page's cost
    names = [name for name in kinds() if not asked.kind or any(part in name for part in asked.kind)]
    print(f"{'':44}{'MB in':>7}{'seconds':>9}{'MB':>7}")
    worst = 0
    for name in names:
        with multiprocessing.get_context("fork").Pool(1) as process:
            try:
                size, spent, memory, said = process.apply_async(measure, (name, asked.scale)).get(timeout=PATIENCE)
            except multiprocessing.TimeoutError:
                size, spent, memory, said = 0, float(PATIENCE), 0.0, "NOT DONE"
        is_bad = spent > SECONDS or memory > MEGABYTES or said.split(" ")[0].isupper()
        worst += is_bad
        if is_bad or asked.all:
            print(f"{name:44}{size / 1e6:7.1f}{spent:9.2f}{memory:7.0f}  {'** ' if is_bad else ''}{said}", flush=True)
    print(f"{len(names)} kinds of page, {worst} of them beyond {SECONDS:.0f} seconds or {MEGABYTES:.0f} MB, or raising")
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
