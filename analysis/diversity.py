"""How varied a text's words are, and how hard it is to read."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

NUMERAL = re.compile(r"\d[\d.,:/]*")
VOWELS = re.compile(r"[aeiouy]+")
# A final e is silent unless it is all there is, or follows a consonant and l (ta-ble).
SILENT_END = re.compile(r"(?<![aeiouy])(?:es|ed|e)$")
SPOKEN_END = re.compile(r"(?:[^aeiouyl]les?|[td]ed|(?:[sxz]|ch|sh|c|g)es)$")
# Two vowels side by side that are two syllables, by the letters that show it.
PARTED = re.compile(
    r"i[ao](?!u)|(?<!p)eo(?!u)|ua[tl]|uou|ying|ii|[aeiou]ing|[ds]n['’]t$|ism"
    r"|[dr]ien|iet[yi]|uiet|eali[stz]|crea[t]|idea|area|ire[sd]?$|^(?:h|s|fl|dev)?ours?$"
)
# An e at the end of a word's first part: large-ly, home-less.
SILENT_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouyl])e(?=ly$|less|ful|ness|ment|land|where|thing|body$)|rge(?=ly)|ole(?=ly)|usi(?=ness)|nte(?=rest)|afe(?=ty)"
)
JOINED = re.compile(r"[cstg]i(?:a[ln]|on|ou)|geou|eous")
WORD = re.compile(r"[^\W_]+(?:['’\-–.,&/](?=[^\W_])[^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")
TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Hon|Gen|Sen|No|vs|e\.g|i\.e)\.(?=\s)")


def lexical_diversity(words: Sequence[str], *, window: int = 100) -> dict[str, float]:
    """The measures in use, by their customary names; logs are to base 10.

    TTR; C (Herdan); R (Guiraud); CTTR (Carroll); U (Dugast); S (Summer); K (Yule); I (Yule); D (Simpson); Vm (Herdan);
    Maas, lgV0, lgeV0 (Maas 1972); MATTR (Covington & McFall 2010) and MSTTR over ``window`` words, absent where the text is
    shorter. Numerals are left out. All but the last two depend on the text's length. Raises ValueError for fewer than two different words.
    """
    words = [word for word in words if not NUMERAL.fullmatch(word)]
    counts = Counter(words)
    n, v = len(words), len(counts)
    if v < 2 or n < 11:
        raise ValueError(f"{n} words, {v} different ones: too few to speak of diversity")
    log_n, log_v = math.log10(n), math.log10(v)
    squares = math.fsum(count**2 for count in counts.values())
    base = math.sqrt(1 - (log_v / log_n) ** 2) if v < n else math.nan
    found = {
        "TTR": v / n,
        "C": log_v / log_n,
        "R": v / math.sqrt(n),
        "CTTR": v / math.sqrt(2 * n),
        "U": log_n**2 / (log_n - log_v) if v < n else math.inf,
        "S": math.log10(log_v) / math.log10(log_n),
        "K": 1e4 * (squares / n**2 - 1 / n),
        "I": v**2 / (squares - v) if squares > v else math.inf,
        "D": math.fsum(count * (count - 1) for count in counts.values()) / (n * (n - 1)),
        "Vm": math.sqrt(max(0.0, squares / n**2 - 1 / v)),
        "Maas": math.sqrt(log_n - log_v) / log_n,
        "lgV0": log_v / base,
        "lgeV0": math.log(v) / base,
    }
    if n >= window:
        found["MATTR"] = moving_ratio(words, window)
        whole = [words[k : k + window] for k in range(0, n - window + 1, window)]
        found["MSTTR"] = math.fsum(len(set(part)) / window for part in whole) / len(whole)
    return found


def moving_ratio(words: Sequence[str], window: int) -> float:
    """The mean type–token ratio of every run of ``window`` words."""
    inside = Counter(words[:window])
    ratios = [len(inside)]
    for old, new in zip(words, words[window:], strict=False):
        inside[new] += 1
        inside[old] -= 1
        if not inside[old]:
            del inside[old]
        ratios.append(len(inside))
    return math.fsum(ratios) / len(ratios) / window


def syllables(word: str) -> int:
    """How many syllables an English word has, by the usual rules of spelling; right in some nine words of ten."""
    lower = re.sub(r"['’]s?$", "", word.lower())
    count = len(VOWELS.findall(lower))
    if count > 1 and SILENT_END.search(lower) and not SPOKEN_END.search(lower):
        count -= 1
    count += len(PARTED.findall(lower)) - len(JOINED.findall(lower)) - len(SILENT_INSIDE.findall(lower))
    return max(1, count)


def readability(text: str) -> dict[str, float]:
    """The customary formulas for English, and the counts behind them (W words, St sentences, C letters, Sy syllables).

    Flesch 1948; Flesch.Kincaid 1975; FOG (Gunning 1952); SMOG (McLaughlin 1969); ARI (Smith & Senter 1967); Coleman.Liau
    1975. Syllables are guessed from the spelling. Raises ValueError for a text without words.
    """
    words = WORD.findall(text)
    if not words:
        raise ValueError("a text without words cannot be read, easily or not")
    tidy = TITLES.sub(lambda found: found[0][:-1], text).strip()
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(tidy))
    beats = Counter(syllables(word) for word in words)
    w, st = len(words), max(1, sentences)
    letters = sum(sum(c.isalnum() for c in word) for word in words)
    sy, long = sum(n * count for n, count in beats.items()), sum(count for n, count in beats.items() if n >= 3)
    coleman = 141.8401 - 0.214590 * (100 * letters / w) + 1.079812 * (100 * st / w)
    return {
        "Flesch": 206.835 - 1.015 * w / st - 84.6 * sy / w,
        "Flesch.Kincaid": 0.39 * w / st + 11.8 * sy / w - 15.59,
        "FOG": 0.4 * (w / st + 100 * long / w),
        "SMOG": 1.043 * math.sqrt(long * 30 / st) + 3.1291,
        "ARI": 4.71 * letters / w + 0.5 * w / st - 21.43,
        "Coleman.Liau.grade": -27.4004 * coleman / 100 + 23.06395,
        "W": w, "St": st, "C": letters, "Sy": sy, "W3Sy": long, "W2Sy": w - beats[1], "W_1Sy": beats[1],
        "Wlt3Sy": w - long, "W6C": sum(len(word) >= 6 for word in words), "W7C": sum(len(word) >= 7 for word in words),
    }  # fmt: skip
