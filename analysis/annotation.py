"""A text's tokens with what is known of each: sentence, lemma, part of speech. What is counted once is kept for good."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.records import Token
from analysis.tokens import Span, folded, joint, token_spans
from extract.records import ReadWord


def annotated_tokens(text: str, sentences: Sequence[Span], words: Sequence[ReadWord] = ()) -> list[Token]:
    """The tokens of ``text`` (`tokens.token_spans`), in order.

    ``sentences`` are the spans of its sentences, ``words`` what a language model read (none: lemma and part of speech
    are None). The two cut words differently: a model sees "do" and "n't" where we see "don't". A token takes lemma and
    part of speech from the model's word that begins with it; where the model's word reaches further ("R&D"), or began
    before, its part of speech, and the token is its own lemma.
    """
    tokens: list[Token] = []
    sentence = at = end = 0
    for start, stop in token_spans(text):
        gap = joint(text[end:start]) if tokens else None
        while sentence + 1 < len(sentences) and sentences[sentence + 1][0] <= start:
            sentence += 1
        while at + 1 < len(words) and words[at + 1].start <= start:
            at += 1
        form = text[start:stop]
        lemma = pos = None
        if words and words[at].start <= start < words[at].end:
            word = words[at]
            pos = word.pos
            lemma = folded(word.lemma if word.start == start and word.end <= stop else form)
        elif words:
            lemma, pos = folded(form), "X"
        tokens.append(Token(start, form, folded(form), gap, sentence, lemma, pos))
        end = stop
    return tokens
