"""The rules that a `blogs.toml` holds for its blogs, checked as they are read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from extract.records import BlogRule
from flows.errors import SettingsBroken
from flows.settings import record


def rules_of(entries: Any, path: Path, blog: int, where: str) -> tuple[BlogRule, ...]:
    """The rules of one blog. Raises SettingsBroken, naming the blog, the line and the selector that is wrong."""
    if not entries:
        return ()
    from extract.rules import problem, selectors

    if not isinstance(entries, list | tuple) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsBroken(
            f"{path.name}: {where}: rules are tables, each under [[blog.rules]].", f"Mend it in {path}."
        )
    found = []
    for number, entry in enumerate(entries, 1):
        renamed = {("since" if name == "from" else name): value for name, value in entry.items()}
        if isinstance(renamed.get("drop"), str):
            renamed["drop"] = (renamed["drop"],)
        rule = record(BlogRule, renamed, path, f"{where}, rule {number}")
        for name, selector in selectors(rule):
            if why := problem(selector):
                line = line_of(path, blog, number, selector)
                raise SettingsBroken(
                    f"{path.name}{line}: {where}, rule {number}: {name} = {json.dumps(selector, ensure_ascii=False)} is no CSS selector: {why}.",
                    f"Mend it in {path}.",
                )
        if not any(selectors(rule)):
            raise SettingsBroken(
                f"{path.name}: {where}, rule {number} selects nothing.", "Give it a title, author, date, body or drop."
            )
        found.append(rule)
    return tuple(found)


def line_of(path: Path, blog: int, rule: int, selector: str) -> str:
    """``, line N`` where the selector stands in the file; empty where the file is written in another way."""
    blogs_seen = rules_seen = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"\s*\[\[\s*blog\s*\]\]", line):
            blogs_seen, rules_seen = blogs_seen + 1, 0
        elif re.match(r"\s*\[\[\s*blog\.rules\s*\]\]", line):
            rules_seen += 1
        elif (blogs_seen, rules_seen) == (blog, rule) and selector in line:
            return f", line {number}"
    return ""
