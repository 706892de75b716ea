"""A deployment served by `schedule` fires by itself."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def test_a_schedule_fires_by_itself(start, workspace: Path, sector_server, monkeypatch) -> None:
    """Cron knows whole minutes: the run must begin within one, and leave a snapshot."""
    monkeypatch.delenv("SECTORSCOPE_TEST_PREFECT")  # it is to start a server of its own
    process = start("-w", workspace, "schedule", "--cron", "* * * * *")
    try:
        limit = time.monotonic() + 200
        while not list(workspace.glob("reports/*/report.html")) and time.monotonic() < limit:
            assert process.poll() is None, "schedule ended"
            time.sleep(0.5)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=120)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    assert sector_server.log, "nothing was crawled"
    assert list(workspace.glob("reports/*/report.html"))
