"""Which language a post is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LANGUAGES = ("en", "cy", "ga", "de", "fr", "es", "it", "pt", "nl", "ca", "da", "sv", "no", "fi", "pl", "cs", "sk", "sl",
             "hr", "hu", "ro", "el", "bg", "et", "lv", "lt", "tr", "ru", "uk")  # fmt: skip
"""What the identifier may choose from: the main languages of Europe. Fewer choices, fewer odd guesses on short texts."""

_ENOUGH = 200  # characters; below this the identifier guesses
_SURE = 0.95


def language(text: str, declared: str | None) -> str | None:
    """The language of ``text`` (ISO 639-1), by what it looks like; ``declared`` decides where the text is too short.

    A theme's ``lang`` attribute is often left at English, so a long text that is surely something else wins over it.
    """
    if len(text) < _ENOUGH:
        return declared
    code, certainty = _identifier().classify(text[:2000])
    if certainty < _SURE and declared:
        return declared
    return "no" if code in ("nb", "nn") else str(code)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The identifier, loaded once (0.2 s); a private instance, as the package's own one is shared by all its users."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
