"""`sectorscope.toml`: the settings of a workspace, read once and frozen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar

from crawl.records import CrawlSettings
from flows.errors import SettingsBroken

Runner = Literal["thread", "process", "dask"]
Grain = Literal["year", "quarter", "month"]

T = TypeVar("T")

AGENT = "Sectorscope/0.1"
NO_CONTACT = "no contact given"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichSettings:
    """``task_runner`` says where the batches run; ``workers`` how many at once; ``batch_size`` counts pages."""

    task_runner: Runner = "thread"
    workers: int = 2
    batch_size: int = 200
    dask_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """``grain`` is the period the charts count by; ``seed`` fixes every resampling."""

    grain: Grain = "year"
    seed: int = 0
    resamples: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseSettings:
    """``snapshots`` is how many older ones are kept beside the published one."""

    snapshots: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    name: str = "My sector"
    contact: str = ""
    parallel_hosts: int = 4
    crawl: CrawlSettings = field(default_factory=lambda: CrawlSettings(user_agent=AGENT))
    enrich: EnrichSettings = field(default_factory=EnrichSettings)
    warehouse: WarehouseSettings = field(default_factory=WarehouseSettings)
    report: ReportSettings = field(default_factory=ReportSettings)


def settings(path: Path) -> Settings:
    """The settings in the file at ``path``. Raises SettingsBroken, naming the entry that is wrong."""
    table = toml(path)
    workspace = dict(table.pop("workspace", {}))
    crawl = dict(table.pop("crawl", {}))
    contact = str(workspace.get("contact", ""))
    crawl.setdefault("user_agent", f"{AGENT} (+{contact or NO_CONTACT})")
    parallel_hosts = crawl.pop("parallel_hosts", 4)
    sections: dict[str, Any] = {
        "crawl": record(CrawlSettings, crawl, path, "crawl"),
        "enrich": record(EnrichSettings, table.pop("enrich", {}), path, "enrich"),
        "warehouse": record(WarehouseSettings, table.pop("warehouse", {}), path, "warehouse"),
        "report": record(ReportSettings, table.pop("report", {}), path, "report"),
    }
    if table:
        raise SettingsBroken(f"{path.name} has an unknown section [{next(iter(table))}].", f"Remove it from {path}.")
    known = record(Settings, workspace | {"parallel_hosts": parallel_hosts}, path, "workspace")
    return Settings(name=known.name, contact=contact, parallel_hosts=known.parallel_hosts, **sections)


def toml(path: Path) -> dict[str, Any]:
    """The TOML file as a dict. Raises SettingsBroken with the line that does not parse."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsBroken(f"{path} is missing.", "Run `sectorscope init` in this folder to make it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise SettingsBroken(f"{path} is not valid TOML: {broken}.", "Mend that line and run again.") from None


def record(kind: type[T], table: dict[str, Any], path: Path, section: str) -> T:
    """``kind`` made from a TOML table, its keys and values checked. Raises SettingsBroken, naming the entry."""
    from pydantic import TypeAdapter, ValidationError

    allowed = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    for key in table:
        if key not in allowed:
            close = ", ".join(get_close_matches(key, allowed, 1)) or ", ".join(allowed)
            raise SettingsBroken(f"{path.name}: [{section}] has an unknown entry `{key}`.", f"Did you mean: {close}?")
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        entry = first["loc"][0] if first["loc"] else "?"
        raise SettingsBroken(f"{path.name}: [{section}] {entry}: {first['msg']}.", f"Mend it in {path}.") from None
