"""The house as DESIGN draws it: who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("crawl", "extract", "warehouse", "analysis", "flows")
RECORDS = {"crawl.records", "extract.records", "warehouse.records", "analysis.records"}

# room: what it may import of the other rooms
MAY_IMPORT = {
    "extract": set(),
    "crawl": {"extract.records"},
    "analysis": {"extract.records"},
    "warehouse": RECORDS,
}
# library: the only place that may import it
ONLY_IN = {"httpx": "crawl/fetcher.py", "duckdb": "warehouse/", "prefect": "flows/", "warcio": "crawl/"}
# Rooms that take values and give values: no network, no database, no clock, no settings.
DOORS = {
    "extract": {"socket", "urllib.request", "sqlite3", "subprocess", "tomllib"},
    "analysis": {"socket", "urllib.request", "sqlite3", "subprocess"},
}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(module: Path) -> set[str]:
    """Dotted names that a module imports anywhere in it, `from a import b` as `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide the room a name comes from"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def crossings(room: str) -> list[tuple[str, str]]:
    return [
        (str(module.relative_to(ROOT)), name)
        for module in modules(room)
        for name in imports(module)
        if (top := name.split(".")[0]) in ROOMS and top != room
    ]


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_the_map_allows(room: str) -> None:
    allowed = MAY_IMPORT[room]
    wrong = [
        (module, name)
        for module, name in crossings(room)
        if not any(name == record or name.startswith(record + ".") for record in allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize(("library", "place"), sorted(ONLY_IN.items()))
def test_a_library_lives_in_one_place(library: str, place: str) -> None:
    users = {
        str(module.relative_to(ROOT))
        for room in ROOMS
        for module in modules(room)
        if any(name.split(".")[0] == library for name in imports(module))
    }
    assert users
    assert all(user == place or (place.endswith("/") and user.startswith(place)) for user in users), users


@pytest.mark.parametrize("room", sorted(DOORS))
def test_pure_rooms_have_no_doors(room: str) -> None:
    wrong = [(module.name, name) for module in modules(room) for name in imports(module) & DOORS[room]]
    assert wrong == []


def test_no_module_shadows_a_room_or_the_standard_library() -> None:
    shadows = set(ROOMS) | {"html", "types", "queue"}
    assert [m for m in modules("flows") if m.stem in shadows] == []
    assert all(m.stem not in sys.stdlib_module_names for m in modules("flows"))


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    assert {room: set(owners.get(room, ())) - {"sectorscope"} for room in (*ROOMS, "sector")} == {
        room: set() for room in (*ROOMS, "sector")
    }


def test_every_room_is_described_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [room for room in ROOMS if f"`{room}/`" not in readme] == []
