"""The working database: the one place where rows are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import duckdb

from crawl.records import Fetch
from extract.records import Blog, utc
from warehouse import copies, merge
from warehouse.citing import link_works
from warehouse.connection import connect, connect_writer, copy_database, registered
from warehouse.counting import Counts, count
from warehouse.errors import RowsBroken, WarehouseBroken
from warehouse.migrate import create_views, migrate
from warehouse.rows import fetch_rows, person_id
from warehouse.shards import read_shard
from warehouse.snapshot import replace_snapshot

SAVE_FETCHES = """
MERGE INTO fetches USING incoming_fetches AS i USING (fetch_id)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
"""


PAGES_OF = """
SELECT DISTINCT blog, url FROM pages
WHERE blog = $blog
    OR url = $url OR canonical_url = $url
    OR canonical_url IN (SELECT canonical_url FROM pages WHERE url = $url AND kind = 'post')
    OR post_id IN (SELECT post_id FROM post_people WHERE person_id = $person)
    OR page_id IN (SELECT page_id FROM spare.post_people WHERE person_id = $person)
ORDER BY ALL
"""


class Store:
    """The working database at ``path``, open for writing; use it in a ``with`` statement.

    Opening makes the file where there is none and brings an older one to the present schema. `WarehouseBusy` while
    another process has it open; `WarehouseBroken` where it is no database that this version can read.
    Every method is one transaction: it is done wholly or not at all, also when the process is killed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._con = connect_writer(path)
        # `publish` copies through this one handle, closed last: POSIX drops a process's locks on a file as soon as it
        # closes any handle of it, and another writer could then come in beside us.
        self._file: BinaryIO = path.open("rb")
        try:
            self._con.execute("SET TimeZone = 'UTC'")
            migrate(self._con, path)
            create_views(self._con)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._con.close()
        self._file.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """For reading what was just written (`status`, `post_views` …); writing is for the methods."""
        return self._con

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self._con.execute("BEGIN")
        try:
            yield self._con
            self._con.execute("COMMIT")
        except BaseException:
            self._con.execute("ROLLBACK")
            raise

    # --- what the crawl knows -----------------------------------------------------------------------------------------

    def save_blogs(self, blogs: Iterable[Blog]) -> None:
        """Add or update ``blogs``; blogs that are not named stay as they are."""
        rows = [[b.key, b.name, b.url, b.scope, b.group, b.enabled, b.retention] for b in blogs]
        with self._transaction() as con:
            for row in rows:
                con.execute("INSERT OR REPLACE INTO blogs VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def save_fetches(self, blog: str, fetches: Iterable[Fetch]) -> None:
        """Add lines of ``blog``'s ledger; a line that is there already stays one row."""
        rows = fetch_rows(fetches)
        if strangers := {str(name) for name in rows["blog"].unique().to_pylist()} - {blog}:
            raise RowsBroken(f"a ledger of {blog} has lines of {', '.join(sorted(strangers))}")
        with self._transaction() as con, registered(con, incoming_fetches=rows):
            con.execute(SAVE_FETCHES)

    def known_pages(self, blog: str) -> dict[str, tuple[str, str | None, str | None]]:
        """url → (digest, extractor version, profile) of each page's newest capture here, to tell what need not be read.

        The version is None where reading failed.
        """
        found = self._con.execute(
            "SELECT url, digest, extractor_version, profile FROM pages WHERE blog = ? "
            "QUALIFY row_number() OVER (PARTITION BY url ORDER BY fetched_at DESC, digest) = 1",
            [blog],
        ).fetchall()
        return {url: (digest, version, profile) for url, digest, version, profile in found}

    def save_profile(self, blog: str, profile: str, digest: str) -> None:
        """Keep ``profile`` (JSON) as what was last learnt of ``blog``."""
        with self._transaction() as con:
            con.execute("INSERT OR REPLACE INTO site_profiles VALUES (?, ?, ?)", [blog, digest, profile])

    def profile(self, blog: str) -> tuple[str, str] | None:
        """(JSON, digest) of ``blog``'s profile; None: nothing was learnt yet."""
        found = self._con.execute("SELECT profile, digest FROM site_profiles WHERE blog = ?", [blog]).fetchone()
        return (str(found[0]), str(found[1])) if found else None

    # --- what was read ------------------------------------------------------------------------------------------------

    def load(self, batch: Mapping[str, Any] | Path) -> None:
        """Load a batch (`rows.tables`, or the folder of a shard).

        The same batch loaded again changes nothing, and the order of batches does not matter. What a post had before
        (people, references, citations, links, mentions) gives way to what the batch says.
        """
        tables = read_shard(batch) if isinstance(batch, Path) else dict(batch)
        with self._transaction() as con:
            merge.merge(con, tables)

    def drop_pages(self, blog: str, urls: Iterable[str]) -> None:
        """Forget ``urls``: they are no longer part of the archive. Another page that claims the same post steps in."""
        with self._transaction() as con:
            merge.drop(con, blog, sorted(set(urls)))

    def pages_of(
        self, *, url: str | None = None, author: str | None = None, blog: str | None = None
    ) -> dict[str, list[str]]:
        """blog → URLs of the pages that a post is read from, or could be: the post at ``url``, those that a name signs, or
        all of a blog. A page that an address leads to counts with those that claim the same post."""
        found = self._con.execute(PAGES_OF, {"url": url, "person": person_id(author) if author else None, "blog": blog})
        pages: dict[str, list[str]] = {}
        for key, page in found.fetchall():
            pages.setdefault(str(key), []).append(str(page))
        return pages

    def posts_behind(self, blog: str, urls: Iterable[str]) -> set[str]:
        """The canonical URLs of the posts that the pages ``urls`` of ``blog`` are, or were, read as."""
        found = self._con.execute(
            "SELECT DISTINCT canonical_url FROM pages WHERE blog = ? AND list_contains(?::VARCHAR[], url) AND kind = 'post'",
            [blog, sorted(set(urls))],
        ).fetchall()
        return {str(url) for (url,) in found}

    def posts_of(self, blog: str) -> set[str]:
        """The URLs of the pages of ``blog`` that are posts."""
        found = self._con.execute("SELECT url FROM pages WHERE blog = ? AND kind = 'post'", [blog]).fetchall()
        return {str(url) for (url,) in found}

    def forget(self, blog: str, urls: Iterable[str], *, whole: bool = False) -> None:
        """Drop ``urls`` with everything that tells of them, ``whole``: and the blog itself."""
        wanted = sorted(set(urls))
        with self._transaction() as con:
            merge.drop(con, blog, wanted)
            merge.drop_fetches(con, blog, wanted)
            if whole:
                merge.drop_blog(con, blog)

    def compact(self) -> None:
        """Write the database anew, so that no byte of what was deleted is left in its file."""
        fresh = self.path.with_name(f".{self.path.name}.compacting")
        fresh.unlink(missing_ok=True)
        self._con.execute("CHECKPOINT")
        copy_database(self._con, fresh)
        self.close()
        fresh.replace(self.path)
        self._con = connect_writer(self.path)
        self._file = self.path.open("rb")
        self._con.execute("SET TimeZone = 'UTC'")

    def mark_duplicates(self) -> int:
        """Point every copy, exact or near, at the earliest post that it is a copy of (`copies`); how many there are."""
        with self._transaction() as con:
            return copies.mark(con)

    def link_works(self) -> int:
        """Make `works` and `work_citations` anew from all references and links (see `warehouse.works`).

        Returns how many works there are. Nothing is done where references and links are as they were.
        """
        with self._transaction() as con:
            return link_works(con)

    # --- theme counts -------------------------------------------------------------------------------------------------

    def count_themes(self, lexicon: Counts, labels: Mapping[str, str]) -> int:
        """Count ``lexicon`` in every post that was not yet counted with it, or not with this text; how many those were.

        Of a lexicon that counts otherwise than the last one only the themes that are new or were changed are counted, in
        every post; the hits of those that are gone go: figures of two lexicons never stand side by side. ``labels`` are
        the names of its themes for readers.
        """
        with self._transaction() as con:
            return count(con, lexicon, labels)

    # --- runs and publishing ------------------------------------------------------------------------------------------

    def start_run(self, command: str, versions: Mapping[str, str], started_at: datetime | None = None) -> int:
        """Note that a run begins and return its number. Runs that never ended were cut short, and are called so."""
        with self._transaction() as con:
            con.execute("UPDATE runs SET outcome = 'cut short' WHERE outcome = 'running'")
            found = con.execute("SELECT coalesce(max(run_id), 0) + 1 FROM runs").fetchone()
            run_id = int(found[0]) if found else 1
            con.execute(
                "INSERT INTO runs VALUES (?, ?, ?, NULL, 'running', map(?::VARCHAR[], ?::VARCHAR[]), MAP {})",
                [run_id, command, utc(started_at or datetime.now(UTC)), list(versions), list(versions.values())],
            )
        return run_id

    def finish_run(
        self, run_id: int, outcome: str, counts: Mapping[str, int], finished_at: datetime | None = None
    ) -> None:
        """Note how a run ended: ``finished``, ``partial`` or ``failed``, and what was done, by name."""
        with self._transaction() as con:
            con.execute(
                "UPDATE runs SET outcome = ?, finished_at = ?, counts = map(?::VARCHAR[], ?::BIGINT[]) WHERE run_id = ?",
                [outcome, utc(finished_at or datetime.now(UTC)), list(counts), list(counts.values()), run_id],
            )

    def publish(self, snapshot: Path, *, folder: Path | None = None, keep: int = 0) -> None:
        """Make the present state what readers see: mark duplicates, link works, then put a whole copy at ``snapshot`` in one step.

        Readers are never blocked and never block; who has the old snapshot open keeps it. The old one goes into
        ``folder``, where the newest ``keep`` stay.
        """
        self.mark_duplicates()
        self.link_works()
        self._con.execute("CHECKPOINT")
        replace_snapshot(self._file, snapshot, folder=folder, keep=keep)


def discard(path: Path) -> None:
    """Delete the working database at ``path``, sound or not, to begin anew; `WarehouseBusy` while somebody has it open.

    Its write-ahead log goes too: DuckDB would play a log that is left behind into the next file of that name.
    """
    if path.exists():
        with suppress(WarehouseBroken):
            connect(path, read_only=False).close()
    for file in (path.with_name(f"{path.name}.wal"), path):
        file.unlink(missing_ok=True)
