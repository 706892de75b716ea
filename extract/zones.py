"""Which parts of a page are furniture, by what their tags, roles and class names say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from lxml import etree

from extract.fragments import sieve

SKIPPED_TAGS = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "embed", "canvas", "audio", "video",
    "button", "select", "textarea", "input", "option", "datalist", "map", "area", "dialog", "progress", "applet",
})  # fmt: skip
"""What never holds article text; `noscript` repeats what scripts show."""

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

# Zone, pattern over "class id role" in lower case, and why. The first that matches names the zone.
# Words are matched between separators, so that "head" is not found in "heading" nor "ad" in "shadow".
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("hidden", r"element-invisible|visually-?hidden|sr-only|screen-reader\S*|(?:is-)?hidden|invisible|print-only|noprint", "for other media"),
    ("comments", r"(?:\w*-)?comments?(?:-?(?:list|area|section|form|wrapper|wrap|thread|body|box|container|holder|inner|block|count|link|text|content|respond))?"
                 r"|commentlist|respond|disqus\w*|livefyre|replies|reactions|trackbacks?|pingbacks?|leserkommentare|kommentare?", "others' words"),
    ("navigation", r"(?:\w+-)?nav(?:bar|igation|links?|list)?|(?:\w+-)?menu(?:-\w+)?|breadcrumbs?\S*|crumbs?|pagination|pager|paging|paginator|skip-?links?"
                   r"|prev(?:ious)?-?next|post-?navigation|sitemap|jump-?links?|site-?nav|toolbar|tool-?bar|topbar|a-z|tabs-nav", "ways around the site"),
    ("share", r"(?:\w+-)?(?:share|sharing)(?:-?\w+)?|sharedaddy|share(?:this|bar|box|buttons?|links?|tools?)|addthis\w*|addtoany\w*|a2a-\w+|social(?:-?\w+)*"
              r"|socials|socialmedia\w*|sociable|follow-?(?:us|me|buttons?)?|like-?box|fb-like|tweet-?button|jp-relatedposts|shariff|ssba|heateor\S*|bookmarks?", "buttons"),
    ("newsletter", r"(?:\w+-)?newsletters?(?:-\w+)*|(?:\w+-)?subscri(?:be|ption)\w*(?:-\w+)*|sign-?up(?:-\w+)*|mailchimp\w*|mc4wp\S*|mailing-?list|optin\S*|opt-in|email-?form"
                   r"|donat(?:e|ion)s?(?:-\w+)*|piano\S*|paywall\S*|premium-?teaser|membership-?promo|lead-?magnet|registration-?wall", "asks of the reader"),
    ("related", r"(?:\w+-)*related(?:-?\w+)*|(?:\w+-)*recommend(?:ed|ations?)?(?:-\w+)*|yarpp\S*|read-?(?:more|next|also)(?:-\w+)*|more-?(?:stories|news|articles|posts|links?|from|on|in)(?:-\w+)*"
                r"|also-?(?:read|like)\S*|see-?also|trending\S*|most-?(?:read|popular|viewed|recent|shared)\S*|popular(?:-?posts?|-\w+)?|latest-?(?:news|posts|articles|stories)\S*"
                r"|recent-?(?:posts?|articles|entries|stories)\S*|outbrain\w*|taboola\w*|zergnet|teasers?(?:-?(?:list|box|grid|item|wrapper|container))?|promo(?:-\w+)*|up-?next\S*|next-?(?:article|post|story)\S*"
                r"|prev(?:ious)?-?(?:article|post|story)\S*|similar-?\w+|crp-related|weiterlesen|mehr-zum-thema|in-?article-?links?|link-?(?:box|list)|linkbox|onward\S*|suggested\S*|spotim\S*|further-reading-links", "other pages"),
    ("author", r"(?:\w+-)*(?:author|writer|contributor|profile)-?(?:bio(?:graphy)?|box|info|desc(?:ription)?|about|card|profile|section|block|area|details?|footer|widget|container|wrap(?:per)?|blurb|list|image|avatar|module)(?:-\w+)*|about-?(?:the-?)?(?:author|writer|us|me|contributor)s?(?:-\w+)*"
               r"|bio(?:-?(?:box|text|info))?|biography|post-?author(?:s|-\w+)?|saboxplugin\S*|abh-\w+|m-a-box\S*|pp-multiple-authors\S*|autoren(?:box|info)?|authorbox|author--\w+|guest-author|vcard-bio", "who wrote, not what"),
    ("meta", r"(?:\w+-)*(?:entry|post|article|blog|story|news|content|item|page|single|node)-?(?:meta|info|date|author|byline|footer|details?|utility|data|categories|submitted)(?:-?\w+)*"
             r"|postmetadata\S*|byline\S*|by-line|dateline|date-?line|datestamp|timestamp|time-?stamp|pubdate|posted-?(?:on|by|in)|published(?:-?\w+)*|publish-?date|updated|submitted|metadata|meta(?:-?(?:info|data|wrapper|top|bottom|box|block|line|inner))?|reading-?time|read-?time|views-?count|post-?views\S*|post-?ratings\S*|ratings?|kk-star-ratings|fivestar\S*|views-field-created|field-name-post-date|rate-?\w+", "who, when, where filed"),
    ("tags", r"(?:\w+-)*tags?(?:-?(?:links?|list|cloud|s|container|wrapper|box|section|block|area))|tags|taxonomy\S*|cat-?links|post-?categories|categories|topics?(?:-?list)?|keywords|terms|labels|filed-?under|schlagw\w+|field-name-field-tags|field-type-taxonomy\S*", "filing"),
    ("caption", r"(?:\w+-)*caption(?:-?\w+)*|wp-caption\S*|(?:\w+-)*credits?(?:-?\w+)*|photo-?(?:credit|by|caption|info)|image-?(?:credit|caption|source|meta|info|description|author)|media-?(?:credit|caption|info|meta)\S*|figcaption|gallery(?:-\w+)*|slideshow\S*|carousel\S*|slider\S*|lightbox|copyright-?(?:info|text|notice)?|bildunterschrift|bildnachweis|img-?(?:caption|text|desc)|pic-?(?:caption|text)", "of pictures"),
    ("advert", r"ads?|advert\w*(?:-\w+)*|ad-?(?:slot|unit|box|container|wrapper|banner|block|space|zone|label)\S*|adsbygoogle|banner(?:-\w+)?|sponsor\w*(?:-\w+)*|dfp\S*|gpt-ad|werbung|anzeige\S*|commercial|affiliate-?(?:box|disclosure|disclaimer|links?|notice)?|cta(?:-\w+)*|call-?to-?action\S*|callout-cta|promoted-(?:content|posts?|stor(?:y|ies))", "paid for"),
    ("notice", r"cookie\w*(?:-\w+)*|consent\S*|gdpr\S*|(?:re)?modal(?:-\w+)*|mfp-hide|lity-hide|pop-?up\S*|overlay\S*|lightbox\S*|disclaimer\S*|disclosure\S*|notification\S*|toast|announcement-bar|login\S*|log-in|register-\w+|search-?(?:form|box|bar|results)?|searchform|print-?(?:link|button|only)|printfriendly\S*|pf-(?:button|print)\S*|feedback\S*|was-?this-?helpful|language-?(?:switcher|selector)|correction-?form|error-report|loading\S*|spinner", "of the machine"),
    ("header", r"site-?(?:header|branding|title|description|logo)|masthead\S*|page-?header|global-?header|top-?header|header-?(?:wrap\w*|top|inner|area)?|main-?header|logo|hero-?(?:banner|meta)", "the site's head"),
    ("footer", r"(?:site-?|page-?|global-?|main-?)?footer(?:-?\w+)*|colophon|copyright|legal(?:-\w+)?|bottom-?(?:bar|nav|links)|credits-footer|contentinfo|imprint|impressum", "the site's foot"),
    ("aside", r"(?:\w+-)*side-?bar(?:-?\w+)*|side-?(?:col|column|nav|rail|panel|content)|widgets?(?:-?(?:area|title|wrap|container|content|text|-\w+))?|widget-\S+|(?:right|left)-?(?:rail|col|column|sidebar|bar)|rightcol|leftcol|secondary|tertiary|complementary|aside(?:-\w+)?|infobox-nav|flyout|marginal\S*", "beside the article"),
)  # fmt: skip

_PATTERNS = tuple((zone, re.compile(rf"(?:^|\s|--)(?:{pattern})(?=$|\s|--)")) for zone, pattern, _ in _TABLE)
_TAG_ZONES = {"nav": "navigation", "footer": "footer", "aside": "aside", "header": "header", "figcaption": "caption",
              "menu": "navigation", "address": "meta", "caption": "caption", "object": "hidden"}  # fmt: skip
_CELLS = frozenset({"th", "td", "tr", "thead", "dt"})
"""Named a header, these are a table's, not the site's."""
# Words that name what holds the article; a furniture word beside them ("has-sidebar", "with-comments") describes the layout.
_HOLDER = re.compile(
    r"(?:^|\s)(?:(?:has|with|no|without)-\S+|\S*-(?:with|and)-(?:side-?bar|nav|menu|comments)\S*|(?:content|main)-side-?bar-?(?:wrap\w*|layout|container)?)(?=\s|$)|--\w{0,12}-?nav(?=\s|$)"
)


Attributes = Mapping[str, str] | etree._Attrib


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element says that it is not shown."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def attributes_text(attributes: Attributes) -> str:
    """An element's class, id and role, in lower case, camelCase parted: what the tables of hints are matched against."""
    role = attributes.get("role")
    said = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _folded(f"{said} {role}" if role else said)


def claims_text(attributes: Attributes) -> str:
    """What an element claims by ``rel``, ``itemprop``, ``property`` and ``pubdate``: ``rel=author itemprop=name`` …"""
    rel, itemprop, prop = attributes.get("rel"), attributes.get("itemprop"), attributes.get("property")
    if rel is None and itemprop is None and prop is None:
        return "pubdate" if "pubdate" in attributes else ""
    said = (("rel", rel), ("itemprop", itemprop), ("property", prop))
    return " ".join(f"{key}={word}" for key, value in said if value for word in value.lower().split())


@lru_cache(maxsize=20_000)
def _folded(said: str) -> str:
    said = said[:400]
    lower = said.lower()
    if lower != said:
        lower = _CAMEL.sub(r"\1-\2", said).lower()
    return " ".join(lower.replace("_", "-").split())


_CAMEL = re.compile(r"([a-z])([A-Z])")


class Names:
    """A pattern over elements' hints and claims that holds word by word: no match of it spans white space.

    Made when a module is loaded and never later, so that `signs_of` can tell for each element which ones match.
    """

    __slots__ = ("_compiled", "pattern")
    all: ClassVar[list[Names]] = []

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern)
        Names.all.append(self)
        _names_sieve.cache_clear()
        _named_by.cache_clear()
        _KNOWN_SIGNS.clear()

    def match(self, said: str) -> bool:
        """Whether the pattern is found in ``said``: one word, or several."""
        return self._compiled.search(said) is not None


@lru_cache(maxsize=1)
def _names_sieve() -> re.Pattern[str]:
    return sieve(names.pattern for names in Names.all)


@lru_cache(maxsize=50_000)
def _named_by(word: str) -> tuple[Names, ...]:
    """The `Names` that match a word: the pages of a blog repeat the same few hundred words, and most match none."""
    if _names_sieve().search(word) is None:
        return ()
    return tuple(names for names in Names.all if names.match(word))


class Signs:
    """What an element's tag and attributes say: its hints, the `Names` that match it, its zone, whether it is hidden.

    The zone is read when it is first asked for: that of a link or a span hardly ever is.
    """

    __slots__ = ("_tag", "_zone", "hints", "is_hidden", "names")

    def __init__(self, tag: str, hints: str, names: tuple[Names, ...], is_hidden: bool) -> None:
        self._tag = tag
        self._zone: str | None = _UNREAD
        self.hints = hints
        self.names = names
        self.is_hidden = is_hidden

    @property
    def zone(self) -> str | None:
        """The zone that the element opens, or None."""
        if self._zone is _UNREAD:
            self._zone = zone_of(self._tag, self.hints)
        return self._zone


_UNREAD = "unread"
NO_SIGNS = Signs("body", "", (), False)  # the body opens no zone

_TELLING = frozenset({"class", "id", "role", "rel", "itemprop", "property", "pubdate", "hidden", "style"})
_KNOWN_SIGNS: dict[str, Signs] = {}
_MOST_KNOWN = 50_000
_LONGEST_KNOWN = 500  # characters of attributes: a style may hold a whole picture


def signs_of(tag: str, attributes: Collection[tuple[Any, Any]]) -> Signs:
    """What an element with these attributes says of itself.

    Remembered, as the elements of a page and the pages of a blog repeat the same few hundred sets of attributes.
    """
    key = tag  # one string, as it is hashed faster than a tuple of tuples; no name or value holds a NUL
    for name, value in attributes:
        if name in _TELLING:
            key = f"{key}\0{name}\0{value}"
    known = _KNOWN_SIGNS.get(key)
    if known is None:
        known = _read_signs(tag, dict(attributes))
        if len(key) <= _LONGEST_KNOWN:
            if len(_KNOWN_SIGNS) >= _MOST_KNOWN:
                _KNOWN_SIGNS.clear()
            _KNOWN_SIGNS[key] = known
    return known


def _read_signs(tag: str, attributes: Attributes) -> Signs:
    hints, claims = attributes_text(attributes), claims_text(attributes)
    found: set[Names] = set()
    for word in f"{hints} {claims}".split() if claims else hints.split():
        named = _named_by(word)
        if named:
            found.update(named)
    names = tuple(sorted(found, key=Names.all.index)) if found else ()
    return Signs(tag, hints, names, is_hidden(attributes))


@lru_cache(maxsize=20_000)
def zone_of(tag: str, hints: str) -> str | None:
    """The zone that an element opens, or None. The body and the page itself open none."""
    if tag in ("body", "html"):
        return None
    first = min(map(_rank_of, hints.split()), default=_NONE) if hints else _NONE
    if first < _NONE and _PATTERNS[first][0] == "header" and tag in _CELLS:
        return None
    return _PATTERNS[first][0] if first < _NONE else _TAG_ZONES.get(tag)


_NONE = len(_PATTERNS)
_ZONE_SIEVE = sieve(pattern for _, pattern, _ in _TABLE)
_ANY_ZONE = re.compile(rf"(?:^|--)(?:{'|'.join(pattern for _, pattern, _ in _TABLE)})(?=$|--)")  # in one word


@lru_cache(maxsize=50_000)
def _rank_of(word: str) -> int:
    """The place in the table of the first zone that a word of the hints names; no pattern spans two words."""
    if _ZONE_SIEVE.search(word) is None:
        return _NONE
    text = _HOLDER.sub("", word)
    if _ANY_ZONE.search(text) is None:
        return _NONE
    return next((i for i, (_, pattern) in enumerate(_PATTERNS) if pattern.search(text)), _NONE)
