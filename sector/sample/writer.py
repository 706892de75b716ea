"""Draws sentences from the bank for one post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from sector.sample.bank import Topic, bank
from sector.sample.wording import escaped, plain, sentence_case

SMALL_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")


class Writer:
    """Fills sentences for one post: none twice, and one town, organisation and person throughout."""

    def __init__(self, random: Random, topic: Topic, second: Topic) -> None:
        self.random = random
        self._subjects = {"subject": topic.subject, "second": second.subject}
        self._used: set[str] = set()
        self.move()

    def move(self) -> None:
        """Go to another town, and meet other people there."""
        cast, random = bank().cast, self.random
        town, neighbour = random.sample(cast["towns"], 2)
        org, other_org = random.sample(cast["organisations"], 2)
        scene = {
            "town": town,
            "neighbour": neighbour,
            "region": random.choice(cast["regions"]),
            "org": org,
            "other_org": other_org,
            "person": random.choice(cast["people"]),
        }
        self._scene = {key: escaped(value) for key, value in (scene | self._subjects).items()}

    def say(self, sentence: str, links: Mapping[str, str] | None = None) -> str:
        """The sentence with its slots filled, as HTML. Numbers are new each time."""
        numbers = {
            "n": str(self.random.randrange(11, 59)),
            "pct": str(self.random.randrange(8, 78)),
            "big": f"{self.random.randrange(210, 9800, 10):,}",
            "years": self.random.choice(SMALL_NUMBERS),
        }
        return sentence_case(sentence.format_map(self._scene | numbers | dict(links or {})))

    def draw(self, sentences: Sequence[str], count: int = 1) -> list[str]:
        """``count`` sentences that the post does not have yet (or as many as are left), filled."""
        return [self.say(sentence) for sentence in self.choose(sentences, count)]

    def choose(self, sentences: Sequence[str], count: int = 1) -> list[str]:
        """As `draw`, but with the slots left open."""
        fresh = [sentence for sentence in sentences if sentence not in self._used]
        chosen = self.random.sample(fresh, min(count, len(fresh)))
        self._used.update(chosen)
        return chosen

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def title(self, patterns: Sequence[str], theme_patterns: Sequence[str], taken: frozenset[str]) -> str:
        """A title that no other post has; three in ten are about a planted theme, where there is one."""
        for _ in range(200):
            about_theme = theme_patterns and self.chance(0.3)
            title = plain(self.say(self.random.choice(theme_patterns if about_theme else patterns)))
            if title not in taken:
                return title
            self.move()
        raise RuntimeError("no new title is left: give the topic more patterns in sentences/topics-*.toml")
