"""`sectorscope crawl --since` on the sample's two smallest blogs."""

from __future__ import annotations

import json
import re
from pathlib import Path


def test_a_crawl_since_a_day_says_what_it_left_out(command, workspace: Path) -> None:
    done = command("-w", workspace, "crawl", "--since", "2019")
    left_out = [int(number) for number in re.findall(r"(\d+) older than asked for", done.stderr)]
    assert sum(left_out) > 0
    rows = json.loads(command("-w", workspace, "status", "--json").stdout)
    assert sum(row["complete"] for row in rows) == len(rows) - len(left_out)
    assert sorted(row["left_out"].get("older than asked for", 0) for row in rows)[-len(left_out) :] == sorted(left_out)
