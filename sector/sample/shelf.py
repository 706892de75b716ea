"""A blog's posts in the orders in which its pages list them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from sector.sample.bank import bank
from sector.sample.records import Author, SampleBlog, SamplePost
from sector.sample.wording import slug_of

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Shelf:
    """``posts`` are newest first."""

    blog: SampleBlog
    posts: tuple[SamplePost, ...]

    @cached_property
    def months(self) -> dict[tuple[int, int], tuple[SamplePost, ...]]:
        return self._by(lambda post: [(post.published.year, post.published.month)])

    @cached_property
    def years(self) -> dict[int, tuple[SamplePost, ...]]:
        return self._by(lambda post: [post.published.year])

    @cached_property
    def tags(self) -> dict[str, tuple[SamplePost, ...]]:
        return self._by(lambda post: post.tags)

    @cached_property
    def authors(self) -> dict[Author, tuple[SamplePost, ...]]:
        return self._by(lambda post: post.authors)

    @cached_property
    def categories(self) -> dict[str, tuple[SamplePost, ...]]:
        """By topic, which serves as category."""
        return self._by(lambda post: [category_of(post)])

    def _by(self, keys: Callable[[SamplePost], Iterable[Key]]) -> dict[Key, tuple[SamplePost, ...]]:
        found: dict[Key, list[SamplePost]] = {}
        for post in self.posts:
            for key in keys(post):
                found.setdefault(key, []).append(post)
        return {key: tuple(posts) for key, posts in found.items()}

    def older(self, post: SamplePost) -> SamplePost | None:
        at = self.posts.index(post) + 1
        return self.posts[at] if at < len(self.posts) else None

    def newer(self, post: SamplePost) -> SamplePost | None:
        at = self.posts.index(post)
        return self.posts[at - 1] if at else None

    def related(self, post: SamplePost, count: int = 3) -> tuple[SamplePost, ...]:
        """Older posts that share a tag, else any."""
        others = [other for other in self.posts if other is not post]
        others.sort(key=lambda other: -len(set(other.tags) & set(post.tags)))
        return tuple(others[:count])


def category_of(post: SamplePost) -> str:
    return _category(post.topic)


@cache
def _category(topic: str) -> str:
    return next(each for each in bank().topics if each.key == topic).tags[0].capitalize()


def tag_slug(tag: str) -> str:
    return slug_of(tag)


def leaves(posts: Sequence[SamplePost], size: int) -> list[tuple[SamplePost, ...]]:
    """The posts in pages of ``size``; one empty page where there are none."""
    return [tuple(posts[at : at + size]) for at in range(0, max(len(posts), 1), size)]


def excerpt(post: SamplePost, words: int = 38) -> str:
    """The first words of the body, as listings show them."""
    text = post.paragraphs[0].split()
    return " ".join(text[:words]) + (" […]" if len(text) > words else "")
