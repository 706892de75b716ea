"""Sweeping up after runs that were killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.runtime import keep_loopback_direct, sweep

LEFT_BEHIND = "prefect.server.api.server:create_app"


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def orphan(home: Path) -> int:
    """A process that reads like a Prefect server of ``home`` and whose parent is gone; gives its number."""
    start = (
        "import os, subprocess, sys;"
        f"p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', '{LEFT_BEHIND}'],"
        f" env=os.environ | {{'PREFECT_HOME': '{home}'}}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(p.pid)"
    )
    return int(subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_server_left_behind_is_stopped_and_only_ours(tmp_path: Path) -> None:
    ours, theirs = orphan(tmp_path / "ours"), orphan(tmp_path / "theirs")
    try:
        limit = time.monotonic() + 10
        while sweep(tmp_path / "ours") == 0 and time.monotonic() < limit:
            time.sleep(0.05)  # until its parent is gone
        while alive(ours) and time.monotonic() < limit:
            time.sleep(0.05)
        assert not alive(ours)
        assert alive(theirs)
    finally:
        for process in (ours, theirs):
            if alive(process):
                os.kill(process, 9)


def test_loopback_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    monkeypatch.delenv("no_proxy", raising=False)
    keep_loopback_direct()
    assert os.environ["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"
