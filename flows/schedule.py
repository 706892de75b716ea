"""Serving `pipeline` as a Prefect deployment that runs by itself."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from flows.errors import SectorscopeError
from flows.progress import say
from flows.runtime import prepare
from flows.workspace import Workspace

START_LIMIT = 180.0  # seconds a Prefect server may take to answer


def serve(workspace: Workspace, cron: str, blogs: tuple[str, ...]) -> None:
    """Serve the deployment `pipeline/NAME` until stopped: on the server that PREFECT_API_URL names, else on one of our own.

    Prefect's embedded server does not fire schedules, so without a server at hand one is started, and stopped at the end.
    """
    checked(cron)
    prepare(workspace)
    with contextlib.ExitStack() as stack:
        if "PREFECT_API_URL" not in os.environ:
            stack.enter_context(own_server())
        from flows.pipeline import pipeline

        say(f"pipeline of {workspace.root} runs at `{cron}` (UTC); stop with Ctrl-C")
        pipeline.serve(
            name=workspace.root.name,
            cron=cron,
            parameters={"root": str(workspace.root), "blogs": list(blogs)},
            limit=1,  # one run at a time: the next one waits for the one before
            print_starting_message=False,
        )


def checked(cron: str) -> None:
    """Raise SectorscopeError where ``cron`` is not a cron line that Prefect understands."""
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=cron)
    except (ValidationError, ValueError):
        hint = 'Five fields: minute hour day month weekday, such as "0 6 * * 1" (Mondays at six).'
        raise SectorscopeError(f"`{cron}` is not a cron schedule.", hint) from None


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """A Prefect server of our own on a free port of this machine; sets PREFECT_API_URL while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    os.environ["PREFECT_API_URL"] = url
    try:
        wait_for(url, process)
        say(f"Prefect server at {url}")
        yield url
    finally:
        del os.environ["PREFECT_API_URL"]
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    from urllib.request import urlopen

    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError):
            if urlopen(f"{url}/health", timeout=2).status == 200:  # noqa: S310 - our own loopback server
                return
        time.sleep(0.5)
    raise SectorscopeError(
        "The Prefect server did not start.", "Start one with `prefect server start` and set PREFECT_API_URL."
    )
