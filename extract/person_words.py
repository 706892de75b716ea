"""Words that tell names from what is no name, and roles from organisations."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    [
        "de",
        "la",
        "le",
        "du",
        "des",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "vom",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "y",
        "e",
        "i",
        "af",
        "av",
        "ap",
        "st",
        "d",
        "o",
    ]
)

ROLE_WORDS = frozenset(["director", "head", "chief", "executive", "officer", "ceo", "coo", "cfo", "cto", "chair", "chairman", "chairwoman", "chairperson", "president", "vice", "founder", "co-founder", "cofounder", "manager", "coordinator", "co-ordinator", "lead", "leader", "researcher", "professor", "lecturer", "fellow", "analyst", "adviser", "advisor", "consultant", "editor", "journalist", "reporter", "writer", "author", "correspondent", "columnist", "secretary", "trustee", "minister", "mp", "assistant", "associate", "senior", "principal", "deputy", "student", "engineer", "developer", "designer", "partner", "specialist", "strategist", "commissioner", "organiser", "organizer", "campaigner", "activist", "blogger", "curator", "librarian", "historian", "economist", "lawyer", "attorney", "physician", "treasurer", "convenor", "convener", "caseworker", "worker", "warden", "organist", "vicar", "bishop", "councillor", "mayor", "patron", "ambassador", "administrator", "expert", "experts", "redakteur", "redakteurin", "journalistin", "autorin", "giornalista", "periodista", "journaliste", "doctor", "nurse", "teacher", "volunteer", "intern", "member", "spokesperson", "scientist", "architect", "producer", "contributor", "freelance", "policy", "communications", "gardener"])  # fmt: skip

NOT_IN_NAMES = frozenset(["the", "a", "an", "and", "or", "of", "in", "on", "at", "to", "for", "from", "with", "by", "as", "is", "are", "was", "were", "be", "been", "this", "that", "these", "those", "it", "its", "our", "your", "my", "his", "her", "their", "we", "you", "i", "he", "she", "they", "not", "no", "all", "any", "more", "most", "other", "some", "such", "only", "own", "same", "so", "than", "too", "very", "can", "will", "just", "about", "above", "after", "again", "against", "before", "between", "both", "each", "admin", "administrator", "staff", "editor", "editors", "editorial", "team", "guest", "contributor", "contributors", "reporter", "reporters", "correspondent", "writer", "writers", "desk", "newsroom", "news", "blog", "blogs", "post", "posts", "posted", "press", "agency", "agencies", "office", "service", "services", "daily", "weekly", "times", "herald", "tribune", "gazette", "journal", "magazine", "media", "home", "page", "read", "share", "follow", "comment", "comments", "reply", "leave", "view", "views", "print", "email", "e-mail", "subscribe", "newsletter", "contact", "login", "search", "menu", "login", "register", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "ago", "updated", "published", "date", "time", "university", "college", "school", "institute", "institution", "foundation", "trust", "council", "centre", "center", "department", "ministry", "society", "association", "charity", "network", "group", "company", "inc", "ltd", "llc", "gmbh", "limited", "corp", "corporation", "union", "committee", "commission", "board", "government", "authority", "alliance", "partnership", "federation", "forum", "project", "programme", "program", "fund", "bank", "church", "hospital", "club", "library", "museum", "initiative", "organisation", "organization", "international", "national", "director", "manager", "chief", "executive", "officer", "president", "chairman", "secretary", "minister", "professor", "head", "lead", "senior", "how", "what", "when", "where", "why", "who", "which", "new", "here", "there", "now", "one", "two", "three", "first", "last", "next", "photo", "photograph", "photos", "image", "picture", "credit", "video", "audio", "gallery", "caption", "source", "category", "categories", "tag", "tags", "topic", "topics", "archive", "archives", "section", "uncategorized", "general", "latest", "related", "popular", "recent", "article", "articles", "story", "stories", "report", "reports", "review", "reviews", "opinion", "analysis", "interview", "feature", "features", "terms", "privacy", "policy", "cookies", "cookie", "copyright", "rights", "reserved", "about", "us", "help", "support", "donate", "http", "https", "www", "com", "org", "net", "html", "twitter", "facebook", "instagram", "linkedin", "youtube", "whatsapp", "reddit", "pinterest", "google", "redaktion", "autor", "autoren", "autorin", "verlag", "nachrichten", "von", "und", "der", "die", "das", "ein", "eine", "mit", "für", "im", "am", "den", "dem", "des", "redazione", "redacción", "rédaction", "redactie", "staff", "agencia", "agence", "agentur", "presse", "online", "web", "website", "site", "webmaster", "minutes", "minute", "min", "hours", "hour", "days", "day", "year", "years", "week", "month", "business", "technology", "politics", "sports", "sport", "health", "science", "culture", "education", "environment", "world", "europe", "money", "travel", "life", "style", "lifestyle", "food", "collective", "digest", "nation", "commerce", "getty", "images", "image", "studio", "studios", "lab", "labs", "solutions", "consulting", "systems", "software", "capital", "ventures", "marketing", "management", "security", "adventure", "adventures", "wellness", "fitness", "design", "insurance", "finance", "financial", "computing", "cloud", "workforce", "planning", "estate", "kitchen", "garden", "energy", "digital", "data", "industry", "global", "guide", "guides", "tips", "advice", "resources", "review", "ideas", "best", "how-to", "trends", "insights", "inhalte", "presse", "zeitung", "magazin", "verband", "verein", "stiftung", "pressemitteilung", "former", "text", "size", "small", "medium", "large", "weitere", "quellen", "sources", "disclosure", "disclaimer", "advertisement", "sponsored", "checklist", "original", "beitrag", "beiträge", "navigation", "ressort", "mitglied", "checked", "sobre", "escribe", "über", "says"]) - PARTICLES  # fmt: skip


def is_role_word(word: str) -> bool:
    """Whether roles are called by a word: ``editor``, ``editor-at-large``, ``poet-in-residence``."""
    bare = word.lower().strip(".,")
    return bare in ROLE_WORDS or _PLACED_ROLE.fullmatch(bare) is not None


_PLACED_ROLE = re.compile(r"[^\W\d_]+-(?:at|in)-[^\W\d_]+")

_GENERIC = re.compile(
    r"^\W*(?:(?:the |our |web ?|site |blog ?|super|news|guest |staff |agency |press |by )*"
    r"(?:log ?(?:in|out|off)|sign ?(?:in|out|up)|my account|admin(?:istrat(?:or|ion))?\d*|staff(?: writers?| reporters?)?|editor(?:s|ial)?(?: team| staff| board| desk)?|author|authors|team|guest(?: (?:author|blogger|contributor|post|writer))?|contributors?|webmaster|web ?team|reporters?|agenc(?:y|ies)(?: reporters?)?"
    r"|user|root|anonymous|unknown|none|null|undefined|n/?a|newsroom|desk|redaktion|redazione|redacción|redactie|rédaction|test|wordpress|default|blogger|moderator|owner|publisher|press ?office|press release|nachrichten|news|communications|comms|content|marketing|online|website|info|office|support|posted|post|published|comments?|share|home|blog)\W*)+$",
    re.I,
)  # fmt: skip


# Links and labels that stand where a name would.
_LABEL = re.compile(
    r"^\W*(?:view|see|read|show|more|all|follow|meet|about|learn|no|written|posted|published|updated|email|contact|visit|hosted|sponsored|human|guest|share|full|the editors?|our|weitere|mehr|alle|über|sobre|voir|tous|leggi|altri)\b",
    re.I,
)


def is_generic(name: str) -> bool:
    """Whether a signature names nobody: a role account, a label without a value."""
    return bool(_GENERIC.match(name) or _LABEL.match(name)) or not re.search(r"[^\W\d_]", name)


_ORGANISATION_WORDS = frozenset(["university", "college", "school", "institute", "institution", "foundation", "trust", "council", "centre", "center", "department", "ministry", "society", "association", "charity", "network", "group", "company", "inc", "ltd", "llc", "gmbh", "limited", "corp", "corporation", "union", "committee", "commission", "board", "government", "authority", "alliance", "partnership", "federation", "forum", "project", "programme", "fund", "bank", "church", "hospital", "museum", "initiative", "organisation", "organization", "agency", "press", "news", "times", "team"])  # fmt: skip


AGENCIES = frozenset(["dpa", "dpa-afx", "afp", "ap", "apa", "reuters", "ansa", "efe", "kna", "epd", "sda", "keystone-sda", "anp", "belga", "ntb", "ritzau", "pti", "ani", "ians", "aap", "jiji", "kyodo", "xinhua", "tass", "upi", "press association", "pa media", "associated press", "agence france-presse", "the canadian press"])  # fmt: skip
"""News agencies: they sign beside, or instead of, a paper's own people."""


def is_agency(name: str) -> bool:
    """Whether a signature is a news agency's. Its short name must be in capitals or all small: "Ap" is nobody's."""
    said = name.strip(" .()")
    return said.lower() in AGENCIES and (len(said) > 4 or said.isupper() or said.islower())


def is_organisation(name: str) -> bool:
    """Whether a signature is an organisation's, by its words."""
    return is_agency(name) or any(word.strip(".,()") in _ORGANISATION_WORDS for word in name.lower().split())
