"""A deployment served by `schedule` fires by itself."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def test_a_schedule_fires_by_itself(start, workspace: Path, sector_server) -> None:
    """Cron knows whole minutes: the run must begin within one, and leave a snapshot."""
    process = start("-w", workspace, "schedule", "--cron", "* * * * *")
    try:
        limit = time.monotonic() + 200
        while not (workspace / "warehouse.duckdb").exists() and time.monotonic() < limit:
            assert process.poll() is None, "schedule ended"
            time.sleep(0.5)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    assert sector_server.log, "nothing was crawled"
    assert (workspace / "warehouse.duckdb").exists()
