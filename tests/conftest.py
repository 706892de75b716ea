"""What the tests share: the sample sector served on loopback, and a workspace in which the whole pipeline ran once."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Time is measured in benchmarks/: a busy machine fails no test.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def started(*words: str | Path) -> subprocess.Popen[str]:
    """Start the command line and leave it running; its process is a group of its own, so that all of it can be ended."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def sectorscope(
    *words: str | Path, cwd: Path | None = None, check: bool = True, timeout: float = 600, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        cwd=cwd or ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        input=input,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def environment() -> dict[str, str]:
    """The environment without the machine's proxies and Prefect settings, our rooms importable from anywhere."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.startswith("PREFECT_")}
    ours = (
        {"PREFECT_API_URL": os.environ["SECTORSCOPE_TEST_PREFECT"]} if "SECTORSCOPE_TEST_PREFECT" in os.environ else {}
    )
    return kept | ours | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


@pytest.fixture(scope="session")
def command() -> Command:
    return sectorscope


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[str]]:
    return started


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    """The sample sector's truth."""
    return json.loads((ROOT / "sector" / "sample" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace after one run of `sectorscope demo`; made once, however many processes test."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo.out").exists():
            done = sectorscope("demo", "--dir", folder)
            (shared / "demo.out").write_text(done.stdout)
    return folder


@pytest.fixture(scope="session")
def demo_output(demo: Path) -> str:
    """What `sectorscope demo` printed."""
    return (demo.parent / "demo.out").read_text()


@pytest.fixture
def sector_server() -> Iterator[Any]:
    """The sample sector, served anew for one test."""
    from sector.sample.sector import build
    from sector.sample.server import serve

    with serve(build()) as server:
        yield server


@pytest.fixture
def workspace(tmp_path: Path, sector_server: Any, truth: dict[str, Any]) -> Path:
    """A workspace of the sample's two smallest blogs, not yet crawled; its settings name the served sector as proxy."""
    folder = tmp_path / "sector"
    sectorscope("init", folder, "--name", "Two blogs", "--contact", "tests@sectorscope.example")
    sizes = Counter(post["blog"] for post in truth["posts"])
    blogs = tomllib.loads((ROOT / "sector" / "sample" / "blogs.toml").read_text(encoding="utf-8"))["blog"]
    for blog in sorted(blogs, key=lambda blog: sizes[blog["key"]])[:2]:
        add_entry(folder, blog)
    settings = (folder / "sectorscope.toml").read_text(encoding="utf-8")
    proxied = settings.replace("delay = 1.0 ", f'proxy = "{sector_server.proxy_url}"\ndelay = 0.0 ')
    (folder / "sectorscope.toml").write_text(proxied, encoding="utf-8")
    return folder


def add_entry(folder: Path, blog: dict[str, Any]) -> None:
    """Write a blog into blogs.toml as a person would."""
    with (folder / "blogs.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[blog]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in blog.items()))
