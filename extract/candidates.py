"""Where the article may stand: a handful of cheap guesses, each an interval of the page's blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import accumulate

from extract.layout import Block, Box, Layout
from extract.places import tail_of
from extract.zones import Names


@dataclass(frozen=True, slots=True)
class Candidate:
    """``start`` up to ``end`` is the guess of the reader ``source``; ``weight`` how far that reader is to be trusted."""

    source: str
    start: int
    end: int
    weight: float


LEARNT = "learnt place"
"""The source of a guess that the blog's other pages prove."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\s|$)")

# Class names under which themes keep the article text, the surest first.
_BODY_NAMES = tuple(Names(rf"(?:^|\s|--)(?:{names})(?=$|\s|--)") for names in (
    r"articlebody|article-body|article-?body-?(?:text|content|copy)|story-?body(?:-?text|-inner)?|entry-?content|post-?body|post-?content|postcontent|e-content"
    r"|article-?text|article-?content|article-copy|blog-?post-?(?:content|body)|field-name-body|node-content|story-?(?:content|text|copy)|post-?text|blog-?content|blog-?body"
    r"|body-?copy|article-?main-?body|single-?(?:post-)?content|td-post-content|the-content|entry-body|asset-body|body-?text|rich-?text(?:-\w+)?|wp-block-post-content|journal-content-article"
    r"|content-?body|text-?formatted|article-?wrap(?:per)?|article-inner|articletext|artikel-?(?:text|inhalt|body)|article-detail\S*|detail-?(?:text|body|content)|news-?(?:text|body|content|detail)|entrytext|entry-text|entry-inner|post-?entry|page-?content|paragraphs?|prose|markdown(?:-body)?|sqs-layout|govspeak",
    r"post|hentry|entry|article|story|blog-?post|node(?:-\w+)?|single(?:-\w+)?|h-entry|blogpost|news-?item|posts?-single|articles?|main-?article|beitrag|artikel",
    r"content|main(?:-?content)?|main-?col(?:umn)?|primary|center|middle|inner-?content|page-?body|content-?(?:main|area|wrap\w*|inner|container)|mid-?col\w*|inhalt|contenido|contenu|contents|text",
))  # fmt: skip


class Weighing:
    """Each block's worth as prose, and sums of it over any interval."""

    def __init__(self, layout: Layout) -> None:
        blocks = layout.blocks
        self.layout = layout
        said = self.said = [prose(block) for block in blocks]
        self._said_sums = [0.0, *accumulate(said)]
        self.zones = _live_zones(layout, self._said_sums)
        furniture = [False] * len(blocks)
        for box in self.zones:
            furniture[box.start : box.end] = [True] * (box.end - box.start)
        self.furniture = furniture
        self.prose = [0.0 if out else chars for chars, out in zip(said, furniture, strict=True)]
        self.worth = [_worth(block, p, out) for block, p, out in zip(blocks, self.prose, furniture, strict=True)]
        self._prose_sums = [0.0, *accumulate(self.prose)]
        self._worth_sums = [0.0, *accumulate(self.worth)]
        self._text_sums = [0, *accumulate(0 if out else len(b.text) for b, out in zip(blocks, furniture, strict=True))]

    def prose_of_all(self, start: int, end: int) -> float:
        """Prose in an interval, furniture zones included."""
        return self._said_sums[end] - self._said_sums[start]

    def prose_in(self, start: int, end: int) -> float:
        return self._prose_sums[end] - self._prose_sums[start]

    def text_in(self, start: int, end: int) -> int:
        return self._text_sums[end] - self._text_sums[start]

    def worth_in(self, start: int, end: int) -> float:
        return self._worth_sums[end] - self._worth_sums[start]


def prose(block: Block) -> float:
    """How many characters of running prose a block holds: sentences outside links; labels and menus hold none."""
    n = len(block.text)
    if n < 25 or block.is_heading:
        return 0.0
    density = block.link_density
    if density > 0.5:
        return 0.0
    if n < 80 and not _SENTENCE_END.search(block.text):
        return 0.0
    return n * (1.0 - density)


def _worth(block: Block, prose_chars: float, is_furniture: bool) -> float:
    if is_furniture:
        return -20.0 - 0.2 * min(len(block.text), 200)
    if prose_chars:
        return prose_chars
    if block.is_heading:
        return -5.0
    return -15.0 - 20.0 * block.link_density


def _live_zones(layout: Layout, total: list[float]) -> list[Box]:
    """The zones that are furniture on this page: a zone that holds most of its prose is the article under an odd name.

    ``total[i]`` is the prose before block i.
    """
    everything = total[-1]
    live = []
    for box in layout.zones:
        share = (total[box.end] - total[box.start]) / everything if everything else 0.0
        limit = 0.75 if box.zone in ("comments", "hidden") else 0.4
        if share <= limit or total[box.end] - total[box.start] < 200:
            live.append(box)
    return live


# --- the guesses ------------------------------------------------------------------------------------------------------


def _by_itemprop(weighing: Weighing) -> Box | None:
    return _most_prose(weighing, weighing.layout.boxes_named(_BODY_PROPERTY))


_BODY_PROPERTY = Names(r"(?:^|\s)itemprop=\S*articlebody")


def _by_name(level: int) -> Callable[[Weighing], Box | None]:
    def read(weighing: Weighing) -> Box | None:
        names = _BODY_NAMES[level]
        return _most_prose(weighing, [box for box in weighing.layout.boxes_named(names) if box.tag != "body"])

    return read


def _by_article(weighing: Weighing) -> Box | None:
    return _most_prose(
        weighing, [box for box in weighing.layout.boxes if box.tag == "article" or "role-article" in box.signs.hints]
    )


def _by_main(weighing: Weighing) -> Box | None:
    return _most_prose(
        weighing,
        [
            box
            for box in weighing.layout.boxes
            if box.tag == "main" or ("main" in box.signs.hints and box.element.get("role") == "main")
        ],
    )


def _by_worth(weighing: Weighing) -> Box | None:
    """The element whose blocks sum up best when prose counts for it and furniture against it; the innermost of equals."""
    best, best_sum = None, 0.0
    for box in weighing.layout.boxes:
        total = weighing.worth_in(box.start, box.end)
        if total > 0 and total >= best_sum:
            best, best_sum = box, total
    return best


def _by_parents(weighing: Weighing) -> Box | None:
    """The element that is parent of most prose, its grandchildren counting half (Readability's idea)."""
    scores: dict[Box, float] = {}
    box_of = weighing.layout.box_of
    for block, chars in zip(weighing.layout.blocks, weighing.prose, strict=True):
        if not chars:
            continue
        points = 1.0 + min(chars / 100.0, 4.0) + min(block.text.count(","), 6)
        holder = block.element.getparent() if block.tag in ("p", "li", "blockquote", "pre", "td") else block.element
        share = 1.0
        for _ in range(4):
            if holder is None:
                break
            box = box_of.get(holder)
            if box is not None:
                scores[box] = scores.get(box, 0.0) + points * share
                share *= 0.5
            holder = holder.getparent()
    return max(scores, key=lambda box: (scores[box], -box.start), default=None)


def _most_prose(weighing: Weighing, boxes: list[Box]) -> Box | None:
    """The box with the most prose; of boxes with nearly the same, the innermost."""
    best, best_chars = None, 0.0
    for box in boxes:
        chars = weighing.prose_in(box.start, box.end)
        if chars > best_chars * 1.02 or (
            best is not None and chars >= best_chars * 0.97 and best.start <= box.start and box.end <= best.end
        ):
            best, best_chars = box, chars
    return best if best_chars > 0 else None


# Reader, name, trust, and why.
_READERS: tuple[tuple[Callable[[Weighing], Box | None], str, float, str], ...] = (
    (_by_itemprop, "itemprop", 1.3, "the page says which element is the article body"),
    (_by_name(0), "body class", 1.2, "themes agree on a few names for the article body"),
    (_by_article, "article tag", 0.9, "may hold title, byline and teasers as well"),
    (_by_name(1), "post class", 0.6, "names the post with all that belongs to it"),
    (_by_worth, "density", 1.0, "needs no names at all"),
    (_by_parents, "parents", 0.8, "needs no names at all"),
    (_by_main, "main tag", 0.4, "often holds half the page"),
    (_by_name(2), "content class", 0.3, "often holds half the page"),
)


def candidates(weighing: Weighing, places: Collection[str] = ()) -> list[Candidate]:
    """Every reader's guess, the most trusted first; readers without one are left out.

    ``places`` are the paths of the elements that hold the article on the blog's other pages.
    """
    found = []
    if places:
        box = _most_prose(weighing, [box for box in weighing.layout.boxes if tail_of(box.element) in places])
        if box is not None:
            found.append(Candidate(LEARNT, box.start, box.end, 2.0))
    for read, source, weight, _ in _READERS:
        box = read(weighing)
        if box is not None:
            found.append(Candidate(source, box.start, box.end, weight))
    return found


_NEXT_TO_NOTHING, _FAINT = 0.08, 0.3
"""A guess with less than this share of the prose of another's holds a summary or a note at best: its reader is hardly heard."""


def agreements(weighing: Weighing, guesses: list[Candidate]) -> list[float]:
    """How far each guess agrees with all of them, each heard by its weight."""
    most = max((weighing.prose_in(guess.start, guess.end) for guess in guesses), default=0.0)
    heard = [
        replace(guess, weight=guess.weight * _FAINT)
        if weighing.prose_in(guess.start, guess.end) < _NEXT_TO_NOTHING * most
        else guess
        for guess in guesses
    ]
    return [sum(other.weight * _agreement(weighing, guess, other) for other in heard) for guess in guesses]


def chosen(weighing: Weighing, guesses: list[Candidate]) -> Candidate | None:
    """The guess that agrees best with all the others, each heard by its weight: agreement in prose and in all text."""
    best, best_sum = None, -1.0
    for guess, total in zip(guesses, agreements(weighing, guesses), strict=True):
        if total > best_sum + 1e-9:
            best, best_sum = guess, total
    return _widened(weighing, best, guesses) if best is not None else None


def _widened(weighing: Weighing, best: Candidate, guesses: list[Candidate]) -> Candidate:
    """``best``, or the element around it that holds far more prose at little cost: articles in several sections."""
    wide = next((guess for guess in guesses if guess.source == "density"), None)
    if wide is None or not (wide.start <= best.start and best.end <= wide.end):
        return best
    inner = max(1.0, weighing.worth_in(best.start, best.end))
    return (
        wide
        if weighing.worth_in(wide.start, wide.end) > 1.6 * inner
        and weighing.prose_in(wide.start, wide.end) > 1.5 * weighing.prose_in(best.start, best.end)
        else best
    )


_PIECE = 200  # characters of prose
_MANY_PIECES = 2


def with_its_like(weighing: Weighing, best: Candidate) -> Candidate:
    """``best``, or from the first to the last of the elements called as its own is where those hold more: the answers
    to a question, the sections of a text that a page builder made."""
    boxes = weighing.layout.boxes
    own = {
        (box.tag, box.signs.hints)
        for box in boxes
        if box.start == best.start and box.end == best.end and box.signs.hints
    }
    if not own:
        return best
    like = [
        box
        for box in boxes
        if (box.end <= best.start or box.start >= best.end)
        and (box.tag, box.signs.hints) in own
        and weighing.prose_in(box.start, box.end) >= _PIECE
    ]
    held = sum(weighing.prose_in(box.start, box.end) for box in like)
    if len(like) < _MANY_PIECES or held < weighing.prose_in(best.start, best.end):
        return best
    return replace(
        best, start=min(best.start, *(box.start for box in like)), end=max(best.end, *(box.end for box in like))
    )


def _agreement(weighing: Weighing, one: Candidate, other: Candidate) -> float:
    """F1 of two intervals in characters that are not in furniture zones."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    common = weighing.text_in(start, end) if end > start else 0.0
    both = weighing.text_in(one.start, one.end) + weighing.text_in(other.start, other.end)
    return 2 * common / both if both else 0.0
