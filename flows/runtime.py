"""What Prefect needs to know before it is imported, and the sweeping up after runs that were killed."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from flows.workspace import Workspace

# How the command lines of Prefect's servers read: the embedded one, and the one that `schedule` starts
SERVERS = (b"prefect.server.api.server:create_app", b"-m\0prefect\0server\0start")

# name, value: set only where the environment does not say otherwise
PREFECT_ENVIRONMENT = (
    ("DO_NOT_TRACK", "1"),
    ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
    ("PREFECT_LOGGING_LEVEL", "CRITICAL"),  # our own lines say what a person wants to know, errors too
    ("PREFECT_SERVER_LOGGING_LEVEL", "ERROR"),
    (
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS",
        "300",
    ),  # a cold start took 13 s on two idle cores, minutes on busy ones
    ("PREFECT_RESULTS_PERSIST_BY_DEFAULT", "false"),  # the archive and the warehouse are our results
)


# What the rooms import when they first need it. Two threads that import `a.b` and `a` at the same moment can each get half a
# module (seen with warcio), so a flow imports these before its tasks run side by side.
CRAWLING = ("crawl.walk", "feedparser", "lxml.html", "protego", "w3lib.url", "warcio.recordloader", "warcio.warcwriter")
READING = ("bs4.dammit", "extract.post", "extract.site", "py3langid.langid", "pyarrow.parquet", "spacy")


def load(names: Iterable[str]) -> None:
    """Import the modules, here and now."""
    for name in names:
        import_module(name)


def prepare(workspace: Workspace) -> None:
    """Give Prefect a home in this workspace (unless the environment names a server or a home). Call before importing it."""
    for name, value in PREFECT_ENVIRONMENT:
        os.environ.setdefault(name, value)
    keep_loopback_direct()
    if "PREFECT_API_URL" not in os.environ and "PREFECT_HOME" not in os.environ:
        home = workspace.hidden / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        os.environ["PREFECT_HOME"] = str(home)
        sweep(home)


def keep_loopback_direct() -> None:
    """Keep requests to this machine off the environment's proxy: Prefect's server is here, and no proxy can reach it."""
    for name in ("no_proxy", "NO_PROXY"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


def sweep(home: Path) -> int:
    """Stop servers that a killed run left behind: Prefect's, of this home, whose parent is gone. Returns how many.

    Reads /proc, so it does something on Linux only; elsewhere such a server ends with the session.
    """
    stopped = 0
    mine = f"PREFECT_HOME={home}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ProcessLookupError, IndexError):
            words = (process / "cmdline").read_bytes()
            if not any(server in words for server in SERVERS):
                continue
            parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[1]
            if parent == "1" and mine in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGTERM)
                stopped += 1
    return stopped
