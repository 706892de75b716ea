"""Serving `pipeline` as a Prefect deployment that runs by itself."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from flows.errors import SectorscopeError
from flows.lexicon import lexicon_of
from flows.progress import say
from flows.runtime import prepare
from flows.workspace import Workspace

START_LIMIT = 180.0  # seconds a Prefect server may take to answer


def serve(workspace: Workspace, cron: str, blogs: tuple[str, ...]) -> None:
    """Serve the deployment `pipeline/NAME` until stopped: on the server that PREFECT_API_URL names, else on one of our own.

    Prefect's embedded server does not fire schedules, so without a server at hand one is started, and stopped at the end.
    """
    prepare(workspace)
    checked(cron)
    lexicon_of(workspace)
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.types.entrypoint import EntrypointType

    with contextlib.ExitStack() as stack:
        if not PREFECT_API_URL.value():
            url = stack.enter_context(own_server())
            stack.enter_context(temporary_settings(updates={PREFECT_API_URL: url}))
        from flows.pipeline import pipeline

        say(f"pipeline of {workspace.root} runs at `{cron}` (UTC); stop with Ctrl-C")
        pipeline.serve(
            name=workspace.root.name,
            cron=cron,
            parameters={"root": str(workspace.root), "blogs": list(blogs)},
            entrypoint_type=EntrypointType.MODULE_PATH,  # by its path, flows/ would come first on the import path
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
    """A Prefect server of our own on a free port of this machine, while the block runs; gives its API's address.

    It is a session of its own: Ctrl-C is for us, and we end the server last.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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
    process = subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        url = f"http://127.0.0.1:{port}/api"
        wait_for(url, process)
        say(f"Prefect server at {url}")
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


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
