from __future__ import annotations

from collections.abc import Iterator

import pytest

from sector.sample.records import Sector
from sector.sample.sector import build
from sector.sample.server import Server, serve


@pytest.fixture(scope="session")
def sector() -> Sector:
    return build()


@pytest.fixture
def server(sector: Sector) -> Iterator[Server]:
    with serve(sector) as running:
        yield running
