"""Publishing: readers see the old snapshot or the new one, whole, whatever happens to the writer."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

import warehouse
from warehouse import Store, integrity, tables, write_shard
from warehouse.errors import SnapshotMissing
from warehouse.snapshot import kept, restore

HOST = "https://harbour-voices.example"


def urls(path: Path) -> list[str]:
    with duckdb.connect(str(path), read_only=True) as con:
        return [url for (url,) in con.execute("SELECT url FROM posts_flat ORDER BY url").fetchall()]


def test_a_snapshot_is_the_state_when_it_was_published(store, snapshot, page):
    store.load(tables([page(f"{HOST}/a")]))
    store.publish(snapshot)
    store.load(tables([page(f"{HOST}/b", "Other words.")]))
    assert urls(snapshot) == [f"{HOST}/a"]
    store.publish(snapshot)
    assert urls(snapshot) == [f"{HOST}/a", f"{HOST}/b"]
    assert [file.name for file in snapshot.parent.iterdir() if file.is_file()] == [snapshot.name]


SCRIBBLER = """
import duckdb, os, signal, sys
con = duckdb.connect(sys.argv[1])
con.execute("PRAGMA disable_checkpoint_on_shutdown; DELETE FROM posts; CREATE TABLE scribble (i INTEGER)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_somebody_scribbled_into_a_snapshot_does_not_get_into_the_next(store, snapshot, page):
    store.load(tables([page(f"{HOST}/a")]))
    store.publish(snapshot)
    subprocess.run([sys.executable, "-c", SCRIBBLER, str(snapshot)], check=False)
    assert snapshot.with_name("warehouse.duckdb.wal").exists()
    store.publish(snapshot)
    assert urls(snapshot) == [f"{HOST}/a"]
    with warehouse.open(snapshot) as con:
        assert con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'scribble'").fetchall() == []


READER = """
import sys
import warehouse
con = warehouse.open(sys.argv[1])
for _ in sys.stdin:
    print(con.execute("SELECT count(*) FROM posts").fetchone()[0], flush=True)
"""


def test_a_reader_works_on_through_load_and_publish(store, snapshot, page):
    """The writer has its database open all the while; the reader keeps the snapshot that it opened."""
    store.load(tables([page(f"{HOST}/a")]))
    store.publish(snapshot)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(snapshot)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:

        def count() -> int:
            assert reader.stdin and reader.stdout
            reader.stdin.write("again\n")
            reader.stdin.flush()
            return int(reader.stdout.readline())

        assert count() == 1
        store.load(tables([page(f"{HOST}/b", "Other words.")]))
        assert count() == 1
        store.publish(snapshot)
        assert count() == 1
        assert reader.stdin
        reader.stdin.close()
        assert reader.wait(10) == 0
    with warehouse.open(snapshot) as con:
        assert con.execute("SELECT count(*) FROM posts").fetchone() == (2,)


WRITER = """
import os, signal, sys
from pathlib import Path
from warehouse import Store, merge, snapshot

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def die_half_way(source, copy):
    copy.write(source.read(4096)); copy.flush(); die()

POINTS = {
    "within the load": (merge, "_settle", die),
    "between load and publish": (Store, "publish", die),
    "before the copy": (snapshot, "_copy", die),
    "within the copy": (snapshot, "_copy", die_half_way),
    "before the rename": (Path, "replace", die),
    "after the rename": (snapshot, "_flush", lambda path: path.is_dir() and die()),
}
setattr(*POINTS[sys.argv[4]])
with Store(Path(sys.argv[1])) as store:
    store.load(Path(sys.argv[2]))
    store.publish(Path(sys.argv[3]))
"""
OLD, NEW = [f"{HOST}/a"], [f"{HOST}/a", f"{HOST}/b"]


def test_a_copy_that_fails_leaves_the_old_snapshot_and_no_litter(store, snapshot, page, monkeypatch):
    store.load(tables([page(f"{HOST}/a")]))
    store.publish(snapshot)
    store.load(tables([page(f"{HOST}/b", "Other words.")]))

    def disk_full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.copy_file_range", disk_full, raising=False)
    monkeypatch.setattr("shutil.copyfileobj", disk_full)
    with pytest.raises(OSError, match="No space left"):
        store.publish(snapshot)
    assert urls(snapshot) == [f"{HOST}/a"]
    assert [file.name for file in snapshot.parent.iterdir() if file.is_file()] == [snapshot.name]


@pytest.mark.parametrize(
    ("point", "published", "stored"),
    [
        ("within the load", OLD, OLD),
        ("between load and publish", OLD, NEW),
        ("before the copy", OLD, NEW),
        ("within the copy", OLD, NEW),
        ("before the rename", OLD, NEW),
        ("after the rename", NEW, NEW),
    ],
)
def test_a_kill_leaves_a_whole_snapshot_and_a_whole_database(
    point, published, stored, working, snapshot, page, tmp_path, everything
):
    batch = tables([page(f"{HOST}/a"), page(f"{HOST}/b", "Other words.")])
    shard = write_shard(tmp_path / "shards", "0001", batch)
    with Store(working) as store:
        store.load(tables([page(f"{HOST}/a")]))
        store.publish(snapshot)
    arguments = [str(working), str(shard), str(snapshot), point]
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WRITER), *arguments], capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    assert urls(snapshot) == published
    with Store(working) as store:
        found = store.connection.execute("SELECT canonical_url FROM posts ORDER BY ALL").fetchall()
        assert [url for (url,) in found] == stored
        assert integrity(store.connection) == []
        store.load(shard)
        store.publish(snapshot)
        assert len(everything(store.connection)["main.posts"]) == 2
    assert urls(snapshot) == NEW
    assert not list(tmp_path.glob(".*.publishing*"))


def test_older_snapshots_are_kept_and_can_be_published_again(store, snapshot, page, tmp_path):
    folder = tmp_path / "older"
    for name in "abcd":
        store.load(tables([page(f"{HOST}/{name}", f"Words of {name}.")]))
        store.publish(snapshot, folder=folder, keep=2)
    assert [len(urls(one.path)) for one in kept(folder)] == [3, 2]
    oldest = kept(folder)[-1]
    restore(oldest.name, folder, snapshot)
    assert urls(snapshot) == [f"{HOST}/a", f"{HOST}/b"]
    assert [len(urls(one.path)) for one in kept(folder)] == [4, 3, 2]
    store.publish(snapshot, folder=folder, keep=2)
    assert len(urls(snapshot)) == 4


def test_a_snapshot_that_is_not_kept_is_named_with_those_that_are(snapshot, tmp_path):
    with pytest.raises(SnapshotMissing, match="none is kept yet"):
        restore("20200101", tmp_path, snapshot)


@pytest.mark.parametrize("stops_after", [0, 1])
def test_where_the_kernel_cannot_copy_files_they_are_copied_by_hand(store, snapshot, page, stops_after, monkeypatch):
    from warehouse import snapshot as publishing

    copied = []

    def copy_file_range(source, copy, count, begin, place):
        if len(copied) == stops_after:
            raise OSError(18, "Invalid cross-device link")
        copied.append(os.pwrite(copy, os.pread(source, count, begin), place))
        return copied[-1]

    monkeypatch.setattr(os, "copy_file_range", copy_file_range, raising=False)
    monkeypatch.setattr(publishing, "AT_ONCE", 4096)
    store.load(tables([page()]))
    store.publish(snapshot)
    assert len(copied) == stops_after
    assert snapshot.read_bytes() == store.path.read_bytes()
