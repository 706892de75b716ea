"""A workspace: the folder that holds a sector's settings, archive, warehouse and reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from extract.records import Blog
from flows.blog_rules import rules_of
from flows.errors import NotAWorkspace, SectorscopeError, SettingsBroken, UnknownBlog
from flows.settings import Settings, record, settings, toml

SETTINGS, BLOGS, THEMES = "sectorscope.toml", "blogs.toml", "themes.toml"

NEW_SETTINGS = """\
# How this workspace crawls, reads and reports. What is left out has a default; see docs/workspace.md.
[workspace]
name = {name}
# A crawler says who it is: an address or page where its operator can be reached.
contact = {contact}

[crawl]
delay = 1.0            # seconds between two requests to one host, unless its robots.txt asks for more
max_pages = 20000      # a blog

[enrich]
task_runner = "thread" # or "process", or "dask" with dask_address
batch_size = 200       # pages

[report]
grain = "year"         # or "quarter", "month"
"""

NEW_BLOGS = """\
# The blogs of the sector. `sectorscope add URL` looks at a blog and writes its entry here; mend it by hand as you like.
schema = 1
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where things are in the workspace at ``root``."""

    root: Path

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def warehouse(self) -> Path:
        """The published snapshot, which everyone reads."""
        return self.root / "warehouse.duckdb"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def blogs_file(self) -> Path:
        return self.root / BLOGS

    @property
    def themes_file(self) -> Path:
        return self.root / THEMES

    @property
    def hidden(self) -> Path:
        """What only the runs use: the working database, shards, locks, logs, Prefect's own files."""
        return self.root / ".sectorscope"

    @property
    def working(self) -> Path:
        return self.hidden / "working.duckdb"

    @property
    def kept(self) -> Path:
        """What a report worked out, for the next one."""
        return self.hidden / "kept"

    @property
    def snapshots(self) -> Path:
        """The snapshots that were published before."""
        return self.hidden / "snapshots"

    @property
    def search_index(self) -> Path:
        return self.hidden / "search.sqlite"

    @property
    def shards(self) -> Path:
        return self.hidden / "shards"

    def settings(self) -> Settings:
        return settings(self.root / SETTINGS)

    def blogs(self, keys: Iterable[str] = ()) -> tuple[Blog, ...]:
        """The enabled blogs, or those named by ``keys``, enabled or not. Raises SettingsBroken, UnknownBlog."""
        known = {blog.key: blog for blog in blogs(self.blogs_file)}
        wanted = tuple(keys)
        if not wanted:
            return tuple(blog for blog in known.values() if blog.enabled)
        for key in wanted:
            if key not in known:
                raise UnknownBlog(
                    f"There is no blog `{key}` in {self.blogs_file.name}.", f"Known: {', '.join(known) or 'none yet'}."
                )
        return tuple(known[key] for key in wanted)


def opened(folder: Path) -> Workspace:
    """The workspace at ``folder`` or the nearest one above it. Raises NotAWorkspace."""
    start = folder.resolve()
    for place in (start, *start.parents):
        if (place / SETTINGS).is_file():
            return Workspace(place)
    raise NotAWorkspace(
        f"{start} is not a Sectorscope workspace.",
        "Make one with `sectorscope init DIR`, or name one with --workspace DIR.",
    )


def make(folder: Path, *, name: str, contact: str, themes: str) -> Workspace:
    """A new workspace at ``folder``, with the theme lexicon ``themes``. What is there already is left as it is."""
    if (folder / SETTINGS).exists():
        raise SectorscopeError(f"{folder} is a workspace already.", "Add blogs with `sectorscope add URL`.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in (
            (BLOGS, NEW_BLOGS),
            (THEMES, themes),
            (SETTINGS, NEW_SETTINGS.format(name=quoted(name), contact=quoted(contact))),
        ):
            if not (folder / file).exists():
                (folder / file).write_text(text, encoding="utf-8")
    except OSError as refused:
        raise SectorscopeError(
            f"Cannot make a workspace at {folder}: {refused.strerror}.", "Choose a folder you may write to."
        ) from None
    return Workspace(folder.resolve())


def quoted(text: str) -> str:
    """``text`` as a TOML basic string."""
    import json

    return json.dumps(text, ensure_ascii=False)


def blogs(path: Path) -> tuple[Blog, ...]:
    """The blogs that a `blogs.toml` describes, in its order. Raises SettingsBroken, naming the entry that is wrong."""
    table = toml(path)
    found: dict[str, Blog] = {}
    for number, entry in enumerate(table.get("blog", ()), 1):
        where = f"blog {number} ({entry.get('key') or entry.get('url') or 'no key'})"
        url = entry.get("url", "")
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise SettingsBroken(f"{path.name}: {where} has no http(s) url.", f"Mend it in {path}.")
        filled = {"key": key_of(url), "name": urlsplit(url).hostname, "scope": scope_of(url)} | entry
        filled["rules"] = rules_of(entry.get("rules", ()), path, number, where)
        blog = record(Blog, filled, path, where)
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", blog.key):
            raise SettingsBroken(
                f"{path.name}: {where}: a key is made of a-z, 0-9, dot and hyphen.", f"Mend it in {path}."
            )
        if blog.key in found:
            raise SettingsBroken(
                f"{path.name}: two blogs have the key `{blog.key}`.", f"Give one another key in {path}."
            )
        found[blog.key] = blog
    return tuple(found.values())


def key_of(url: str) -> str:
    """A short name for the blog at ``url``: its host without www, and its path's last part where it has one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    tail = [p for p in parts.path.lower().split("/") if p and "." not in p]
    return re.sub(r"[^a-z0-9.-]+", "-", "-".join([host, *tail])).strip("-.")


def scope_of(url: str) -> str:
    """The folder that ``url`` lies in: a blog at /centre/blog has everything below /centre/blog."""
    parts = urlsplit(url)
    path = (
        parts.path
        if parts.path.endswith("/") or "." not in parts.path.rsplit("/", 1)[-1]
        else parts.path.rsplit("/", 1)[0]
    )
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}/"


def remove_blog(workspace: Workspace, key: str) -> None:
    """Take the blog ``key`` out of blogs.toml, keeping the rest of the file."""
    import tomlkit

    document = tomlkit.parse(workspace.blogs_file.read_text(encoding="utf-8"))
    known = {blog.url: blog.key for blog in blogs(workspace.blogs_file)}
    entries = document.get("blog", [])
    for place in reversed(range(len(entries))):
        if known.get(entries[place].get("url")) == key:
            del entries[place]
    temporary = workspace.blogs_file.with_suffix(".toml.new")
    temporary.write_text(tomlkit.dumps(document), encoding="utf-8")
    temporary.replace(workspace.blogs_file)


def add_blog(workspace: Workspace, blog: Blog) -> Blog:
    """Write ``blog`` into blogs.toml, keeping the file's comments; its key is made unique. Raises SectorscopeError if it is there."""
    import tomlkit

    present = blogs(workspace.blogs_file)
    for other in present:
        if other.scope.rstrip("/") == blog.scope.rstrip("/"):
            raise SectorscopeError(f"{blog.scope} is in blogs.toml already, as `{other.key}`.", "Nothing was changed.")
    taken = {other.key for other in present}
    key = next(k for n in range(1, len(taken) + 2) if (k := blog.key if n == 1 else f"{blog.key}-{n}") not in taken)
    blog = replace(blog, key=key)
    document = tomlkit.parse(workspace.blogs_file.read_text(encoding="utf-8"))
    entry = tomlkit.table()
    for name in ("key", "name", "url", "scope", "group", "delay", "max_pages"):
        if (value := getattr(blog, name)) is not None:
            entry[name] = value
    entries = document.setdefault("blog", tomlkit.aot())
    entries.append(entry)
    temporary = workspace.blogs_file.with_suffix(".toml.new")
    temporary.write_text(tomlkit.dumps(document), encoding="utf-8")
    temporary.replace(workspace.blogs_file)
    return blog
