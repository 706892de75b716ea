"""Batches on disk: what can be seen is whole."""

import pytest

from warehouse import read_shard, tables, write_shard
from warehouse.errors import RowsBroken
from warehouse.shards import shards

HOST = "https://harbour-voices.example"


def test_a_shard_gives_back_what_was_written(tmp_path, page):
    batch = tables([page(), page(f"{HOST}/broken", None)])
    assert read_shard(write_shard(tmp_path, "0001", batch)) == batch


def test_a_batch_without_posts_keeps_its_types(tmp_path):
    empty = tables([])
    assert read_shard(write_shard(tmp_path, "0001", empty)) == empty


def test_writing_again_replaces_the_shard(tmp_path, page):
    write_shard(tmp_path, "0001", tables([page()]))
    newer = tables([page(post="Other words.")])
    assert read_shard(write_shard(tmp_path, "0001", newer)) == newer
    assert [path.name for path in tmp_path.iterdir()] == ["0001"]


def test_only_whole_shards_are_listed_in_order(tmp_path, page):
    assert shards(tmp_path / "none") == []
    write_shard(tmp_path, "0002", tables([page()]))
    write_shard(tmp_path, "0001", tables([page()]))
    (tmp_path / ".0003.making").mkdir()
    assert [path.name for path in shards(tmp_path)] == ["0001", "0002"]


def test_a_shard_with_a_file_missing_or_broken_says_what_to_do(tmp_path, page):
    shard = write_shard(tmp_path, "0001", tables([page()]))
    (shard / "links.parquet").write_bytes(b"PAR1 cut sh")
    with pytest.raises(RowsBroken, match=r"links\.parquet cannot be loaded.*process again"):
        read_shard(shard)
    (shard / "links.parquet").unlink()
    with pytest.raises(RowsBroken, match=r"links\.parquet cannot be loaded"):
        read_shard(shard)
