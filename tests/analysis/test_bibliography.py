"""Quoted posts as references: what is written is what a reader of BibTeX and CSL gets back."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bibliography import SPECIALS, bibtex, csl_json, escaped, key_of
from analysis.records import Author
from analysis.templating import quoted

QUILL = Author("Ada Quill", "Ada", "Quill")
TRUST = Author("Moor Trust", is_organisation=True)
COMMANDS = {command: chr(sign) for sign, command in SPECIALS.items()}


def parsed(text: str) -> list[tuple[str, dict[str, str]]]:
    """The entries of a BibTeX file, read by its grammar: a value is what stands in balanced braces."""
    entries, at = [], 0
    while found := re.compile(r"@online\{([^,\s]+),\s*").search(text, at):
        fields, at = {}, found.end()
        while field := re.compile(r"\s*(\w+) = \{").match(text, at):
            depth, begin = 1, field.end()
            at = begin
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[field[1]] = text[begin : at - 1]
            assert text[at] == ","
            at += 1
        assert text[at:].startswith("\n}\n")
        entries.append((found[1], fields))
    return entries


def printed(value: str) -> str:
    """What TeX prints for ``value``: commands by their signs, grouping braces left out."""
    commands = "|".join(re.escape(command) for command in sorted(COMMANDS, key=len, reverse=True))
    return re.sub(f"{commands}|[{{}}]", lambda found: COMMANDS.get(found[0], ""), value)


def test_a_post_as_bibtex(post):
    one = post("ash", date(2012, 4, 3), title="Cuts & 100 % of {nothing}", signed=(QUILL, TRUST))
    ((key, fields),) = parsed(bibtex([one], {"ash": "Ash_Notes"}))
    assert key == key_of(one) and re.fullmatch(r"quill2012-[0-9a-f]{8}", key)
    assert fields == {
        "author": "{Quill}, {Ada} and {Moor Trust}",
        "title": r"{Cuts \& 100 \% of \textbraceleft{}nothing\textbraceright{}}",
        "organization": r"Ash\_Notes",
        "date": "2012-04-03",
        "url": "https://ash.example/2012-04-03/0",
        "urldate": "2026-11-02",
    }


def test_the_same_post_as_csl(post):
    one = post("ash", date(2012, 4, 3), title="Cuts & more", signed=(QUILL, TRUST))
    assert json.loads(csl_json([one], {"ash": "Ash Notes"})) == [
        {
            "id": key_of(one),
            "type": "post-weblog",
            "author": [{"family": "Quill", "given": "Ada"}, {"literal": "Moor Trust"}],
            "title": "Cuts & more",
            "container-title": "Ash Notes",
            "issued": {"date-parts": [[2012, 4, 3]]},
            "accessed": {"date-parts": [[2026, 11, 2]]},
            "URL": "https://ash.example/2012-04-03/0",
        }
    ]


@pytest.mark.parametrize(("precision", "day", "parts"), [("month", "2012-04", [2012, 4]), ("year", "2012", [2012])])
def test_a_date_is_no_finer_than_it_is_known(post, precision, day, parts):
    one = post("ash", date(2012, 4, 1), precision=precision)
    assert parsed(bibtex([one], {}))[0][1]["date"] == day
    assert json.loads(csl_json([one], {}))[0]["issued"]["date-parts"] == [parts]


def test_a_name_that_nobody_divided_is_left_whole_and_a_post_may_have_no_author(post):
    known, unsigned = post("ash", date(2012, 4, 1), number=1), post("ash", date(2012, 4, 1), number=3)
    (_, first), (key, second) = parsed(bibtex([known, unsigned], {}))
    assert first["author"] == "{Ada Quill}"
    assert "author" not in second and key.startswith("ash2012-")


def test_an_address_that_is_no_address_is_left_out(post):
    (_, fields), (_, kept) = parsed(bibtex([
        post("ash", date(2012, 4, 1), url="javascript:alert(1)"), post("ash", date(2012, 4, 1), url="https://ash.example/{x}%20#_&")
    ], {}))  # fmt: skip
    assert "url" not in fields
    assert kept["url"] == "https://ash.example/%7Bx%7D%20#_&"


@given(st.text(max_size=60))
def test_any_text_comes_back_as_it_was_and_keeps_the_braces_balanced(text):
    line = escaped(text)
    assert printed(line) == " ".join(quoted(text).split())
    depth = [sum((sign == "{") - (sign == "}") for sign in line[:end]) for end in range(len(line) + 1)]
    assert min(depth) == 0 == depth[-1]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(min_size=1, max_size=20), st.text(max_size=20)), max_size=5))
def test_any_posts_give_entries_with_keys_of_their_own_that_depend_on_the_post_alone(post, rows):
    posts = [
        post("ash", date(2012, 4, 1), title=title, authors=(), signed=(Author(f"{given} {family}", given or None, family),),
             url=f"https://ash.example/{number}")
        for number, (title, family, given) in enumerate(rows)
    ]  # fmt: skip
    found = parsed(bibtex(posts, {}))
    assert [key for key, _ in found] == [key_of(one) for one in posts]
    assert len({key for key, _ in found}) == len(posts)
    assert [printed(fields.get("title", "")) for _, fields in found] == [
        " ".join(quoted(one.title).split()) for one in posts
    ]
    assert bibtex(posts[::-1], {}).count("@online") == len(posts)
