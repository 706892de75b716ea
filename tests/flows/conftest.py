"""One Prefect server for the tests of flows: each would else start, and stop, one of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from flows.schedule import own_server


@pytest.fixture(scope="session", autouse=True)
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Prefect server, on loopback; commands that the tests run find it in their environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)
        patch.setenv("DO_NOT_TRACK", "1")
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        with own_server() as url:
            patch.setenv("SECTORSCOPE_TEST_PREFECT", url)
            yield url
