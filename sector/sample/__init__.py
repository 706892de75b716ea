"""A sector that does not exist: seven blogs in seven platforms' layouts, written, dated and counted by design.

`sectorscope demo` serves it on loopback and crawls it; the tests use it as their web. Because we wrote it, we know what
every reader of it should find: `truth.json` says so, post by post and year by year.
"""
