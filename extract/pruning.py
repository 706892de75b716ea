"""Which lines inside the chosen part of a page are furniture after all: labels, teasers, credits, asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.layout import Block
from extract.zones import attributes_text

# Name, pattern over the whole line, longest line it may judge, and why. All are anchored at the line's beginning.
# Patterns are of furniture that sites put between paragraphs; sentences of an author rarely begin so and are that short.
_LINES: tuple[tuple[str, str, int, str], ...] = (
    ("read more", r"(?:please )?(?:(?:>+|»|→|▶|•|-)\s*)?(?:also )?(?:read|see|watch|listen|view|learn|find out|more|check out|discover|explore)(?: more| also| next| now| the full| all| related| our| this| on| from|:)(?=\W|$).{0,120}(?<![.!?])$"
                  r"|read more\b.{0,160}|(?:read|see) (?:also|next|this|related)\s*:.*|more\s*:.*|also (?:read|see|on|in)\b.{0,140}|related(?: (?:articles?|stor(?:y|ies)|posts?|content|coverage|links?|topics?|news|reading|items))?\s*:?.{0,120}(?<![.!?])$"
                  r"|you (?:may|might) (?:also )?(?:like|be interested|want|enjoy)\b.*|recommended(?: (?:for you|reading|stories|articles))?\s*:?.{0,80}$|don['’]t miss(?:\s*:.*|\W*$)|continue reading\b.*|keep reading\b.*|click (?:here )?(?:to|for) (?:read|see|view|watch|more|enlarge|continue|share|subscribe|sign|get)\b.*"
                  r"|(?:lesen sie (?:auch|hier|mehr|dazu)|mehr (?:zum thema|dazu|lesen|informationen)|weiterlesen|lire aussi|à lire aussi|leggi anche|lee también|leia (?:também|mais)|lees ook|auch lesen|veja (?:também|mais)|puedes ver|te puede interesar|lea también|más sobre|aussi à lire|mehr (?:kolumnen|artikel|news|beiträge)|zum thema|siehe auch|das könnte (?:sie|dich))\b.{0,140}", 200, "links to other pages"),
    ("share", r"(?:share|tweet|pin|print|email|e-mail|facebook|twitter|linkedin|whatsapp|reddit|pinterest|copy link|save|like|google\+?|teilen|drucken|merken|condividi|partager|compartir|stampa|seguici|follow)(?:\W+(?:share|this|it|on|via|with|the|article|story|post|page|tweet|pin|print|email|e-mail|facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|tumblr|telegram|link|copy|friends?|a|to|your|us|me|by|\d+|like|loading|comments?|save|more|our|and|instagram|auf|teilen|su|sur))*\W*$"
              r"|shares?\s*\d*$|\d+ shares?$|share (?:this|on|via|your)\b.{0,60}$|like this:?$|loading\W*$|print this (?:post|page|article).*|(?:follow|join|find|like) (?:us|me|him|her|the \w+) on\b.{0,120}|follow @?\w+ on\b.{0,120}|follow @\w+.{0,60}$|s[ií]guenos\b.{0,140}|suivez-nous\b.{0,140}|folge(?:n sie)? uns\b.{0,140}|seguici\b.{0,140}|gefällt mir\b.{0,40}$|wird geladen\W*$|\[?czytaj więcej\]?$|mi piace\b.{0,40}$", 160, "share buttons"),
    ("newsletter", r"(?:please |to )?(?:sign[- ]?up|subscribe|register|join)\b.{0,60}\b(?:newsletter|e-?mails?|updates?|mailing list|inbox|bulletin|alerts?|digest|feed|channel|now|today|podcast|here)\b.{0,160}|get (?:the|our|your|more|all|daily|weekly)\b.{0,80}\b(?:newsletter|inbox|email|updates|delivered|alerts)\b.{0,160}"
                   r"|(?:enter|type) your e-?mail.*|your e-?mail( address)?\W*$|by (?:signing up|subscribing|clicking|submitting|providing)\b.*|(?:weekly|daily|our|free|email) newsletter\W*$|newsletter\W*$|thank(?:s| you) for (?:subscribing|signing up)\b.*|for more (?:news|stories|information|analysis|like this|from)\b.{0,160}\b(?:sign up|subscribe|newsletter|follow|visit|click)\b.*"
                   r"|(?:\()?to (?:read|continue|access|view)\b.{0,60}\b(?:subscribe|register|log ?in|sign|member|subscription)\b.*|already a (?:subscriber|member)\b.*|subscribe(?: (?:now|here|today|below|to .{0,60}))?\W*$|(?:jetzt|newsletter) (?:abonnieren|anmelden)\b.*|abonnez-vous\b.*|iscriviti\b.{0,100}|suscríbe(?:te|ase)\b.{0,100}|(?:jetzt |hier )?(?:kostenlos )?(?:registrieren|anmelden)\W*$|download (?:the|our) .{0,40}\bapp\b.{0,60}|(?:support|donate to) (?:us|our|the \w+)\W*$|donate(?: now| today)?\W*$", 320, "asks to subscribe"),
    ("credit", r"(?:(?:cr[eé]dits?(?: photos?)?|photo(?:graph)?s?|picture|image|images|foto|fotos|bild|illustration|video|graphic|credit|credits|photograph|photography|cover (?:photo|image)|featured image|header image|main image|top image|lead image)\s*(?:credits?|courtesy(?: of)?|source|by|via|from|copyright|licen[cs]e)?\s*[:©|/]|(?:photo|image|picture|illustration|foto|photograph|video)s? (?:by|credits?|courtesy|via|from|copyright|taken by|source)\b|©|\(c\)\s|copyright\b|getty images|istock|shutterstock|unsplash|reuters/|ap photo|afp/|bildquelle|bildnachweis|\((?:photo|image|picture|credit|foto|ap|reuters|getty|afp)\b).{0,180}", 200, "picture credits"),
    ("comments", r"(?:\d{1,9}|no|leave a|leave your|add a?|post a?|view|show|hide|read|write a|join the|be the first to|load|see|all)\s*(?:new |your |all |\d{1,9} )?(?:comments?|reply|replies|conversation|discussion|responses?)\b.{0,60}$|comments? (?:are|is|have been) (?:now )?closed\b.{0,60}|comments?(?: off| closed| \(\d+\)|\s*\d*|:)?\W*$|(?:please )?(?:log ?in|sign in|register) (?:or \w+ )?to (?:comment|post|reply|leave)\b.*|what do you think\?\W*(?:leave|let us|tell us|share|comment).{0,100}|let us know\b.{0,60}\b(?:comments?|below)\b.{0,60}|(?:please )?(?:comment|reply) below.{0,80}|comments? (?:powered by|policy)\b.*|kommentar(?:e|ieren)?\b.{0,40}$|disqus.*", 140, "the comments' frame"),
    ("byline", r"(?:(?:posted|written|published|submitted|reported|words?|story|text|interview|article|edited|reviewed|author|autor|autore|von|par|por|di)\s*(?:by|on|in|at|von|par|por|da)?\s*[:|]|(?:posted|written|published|submitted|reported|updated|last updated|edited|reviewed|medically reviewed|fact[- ]checked|photographed|illustrated) (?:by|on|in|at)\b).{0,120}(?<![.!?])$|by\s+[A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]*|and|&|de|van|von|der|la|del)){0,8}\W*(?:[|,•·–-].{0,80})?$|by(?: staff)?(?: reporters?| writers?)?\W*$", 160, "who wrote it"),
    ("date", r"(?:(?:published|posted|updated|last (?:updated|modified|reviewed)|created|modified|first published|date|veröffentlicht|aktualisiert|stand|publié|mis à jour|pubblicato|publicado|actualizado)(?: (?:on|am|le|il|el|at))?\W*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W+)?(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?[^\W\d]{3,9}\.?,?\s+\d{4}|[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})(?:\W+(?:at|um|@|-|–)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr)?\s*(?:\(?[A-Z]{2,4}\)?)?)?(?:\W+\d+ min(?:ute)?s? read)?\W*$|(?:published|posted|updated|last (?:updated|modified))\b[^.!?]{0,60}\d{4}[^.!?]{0,30}$|\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago\W*$|(?:updated|published|posted)\W*$", 120, "when it appeared"),
    ("reading time", r"(?:reading time|read time|time to read|estimated reading|lesezeit|temps de lecture)\b.{0,40}|\d{1,9}\s*[- ]?\s*min(?:ute)?s?\.?(?: read| de lecture| lesezeit)?\W*$|this article is more than \d+ (?:years?|months?) old\W*$|\d+ (?:views?|likes?|words)\W*$", 80, "counters"),
    ("tags", r"(?:tags?|tagged(?: (?:as|with|in|under))?|filed (?:under|in|to)|categor(?:y|ies)|posted in|topics?|keywords?|labels?|more on|schlagw(?:ort|örter|orte)|themen|etiquetas|mots[- ]clés|in this (?:article|story))\s*[:|].{0,240}|(?:tags?|topics|categories|labels|filed under|share this|in this article|table of contents|contents|jump to|on this page|quick links)\W*$", 260, "filing"),
    ("contact", r"(?:skip to|back to|return to|jump to|go to) (?:main |top|content|home|the top|navigation|all|blog|news|previous|next|listing|index).{0,40}$|back to (?:top|blog|news)\b.*|(?:top|bottom) of page\W*$|(?:previous|next|prev|older|newer)(?: (?:article|post|story|page|entry|posts))?\s*[:»›→]?.{0,10}$|rate this(?: content| article| page)?\W*.{0,20}$|no votes yet\W*$|was this (?:article|page|helpful|useful|information)\b.*|advert(?:isement)?\W*(?:continue.*)?$|advertising\W*$|this (?:slideshow|video|content|page|site) requires javascript.{0,60}$|\[/?[a-z][\w-]* [^\]]*\].*\[/[\w-]+\]$|anzeige\W*$|werbung\W*$|sponsored(?: content| by.{0,40})?\W*$|story continues(?: below)?.*|article continues\b.*|scroll (?:down|to continue).*|ad\W*$|close\W*$|menu\W*$|search\W*$|all rights reserved\W*.{0,60}$|reuse this content\W*$|home\s*[>»/›].{0,200}$|you are here\b.{0,200}$|image \d+ of \d+\W*$|\d+ ?/ ?\d+\W*$|photos?\W*$|video\W*$|gallery\W*$|play video\W*.*|(?:watch|listen)(?: now| live)?\W*$|download(?: (?:pdf|now|here))?\W*$|getting your.*trinity audio.*|listen to (?:this )?(?:article|story|post)\b.{0,40}$", 220, "of the machine"),
    ("contact", r"(?:contact|email|e-mail|reach|write to|tips?\b)\b.{0,60}(?:@|\bat\b).{0,80}(?:\.\w{2,4}).{0,40}$|(?:got|have) (?:a|any) (?:tip|story|news tip|question)s?\b.{0,160}|(?:this (?:article|story|post|piece|column) (?:was|is|has been|originally|first|appeared)\b.{0,40}\b(?:originally |first )?(?:published|appeared|written|posted|produced)\b.{0,160})$|(?:a version of this|this (?:article|story|post) (?:originally|first) appeared).{0,180}|(?:the )?views? (?:and opinions )?(?:expressed|above)\b.{0,260}|some (?:of the )?links (?:in this|may be)\b.{0,200}|(?:this (?:post|article|page|site) (?:may )?contains? affiliate links).{0,260}|we (?:may )?(?:earn|receive) (?:a |an )?(?:small |affiliate )?commission.{0,260}|all products (?:featured|recommended).{0,200}", 340, "standing notices"),
)  # fmt: skip


def _lowered(pattern: str) -> str:
    """``pattern`` for lines in lower case, which finds the same several times as fast as one that ignores case."""
    return re.sub(r"(?<!\\)[A-ZÀ-Þ]", lambda capital: capital.group().lower(), pattern)


_COMPILED = tuple((name, re.compile(rf"(?:{_lowered(said)})", re.S), longest) for name, said, longest, _ in _LINES)
_ANY = re.compile("|".join(pattern.pattern for _, pattern, _ in _COMPILED), re.S)
"""Asked first: most lines are none of these."""
_LONGEST = max(longest for _, _, longest in _COMPILED)
# The same of a line's end: agencies and photographers behind a caption.
_CAPTION_TAIL = re.compile(
    r"(?:[/|(]\s*(?:getty images|shutterstock|ap photo|ap|reuters|afp|epa|istock(?:photo)?|alamy|pa)\)?|via getty images|(?:photo|image|credit|photograph|picture|foto)\s*:\s*.{2,50})$",
    re.S,
)
_LONGEST_TAIL = 80  # characters
_CASED_BYLINE = re.compile(r"by\s+[A-Z]", re.S)

# Headings, in lower case, that open a part which is furniture to its end.
TAIL_HEADINGS = re.compile(
    r"\W*(?:related\b.{0,40}|(?:you )?(?:may|might) also (?:like|enjoy).*|more (?:from|on|in|like|stories|articles|posts|news|reading|to explore|about)\b.{0,60}|read (?:more|next|also)\b.{0,40}|recommended.{0,40}"
    r"|(?:leave|post|add|write) (?:a |your )?(?:reply|comment).*|\d* ?(?:comments?|responses?|replies|thoughts?)(?: (?:on|to)\b.{0,200})?\W*|share (?:this|on)\b.{0,40}|share\W*|(?:about )?the authors?\W*|about (?:the )?(?:author|writer|us|me)s?\b.{0,40}|author(?: bio(?:graphy)?)?\W*"
    r"|(?:sign up|subscribe|join our|newsletter|get our|stay (?:in touch|connected|informed|up to date|updated))\b.{0,80}|(?:latest|recent|popular|trending|top|similar|other|featured|previous|next)(?: \w+)? (?:news|posts?|articles?|stories|blogs?|entries|reads|content|videos)\W*|follow (?:us|me)\b.{0,40}|like this:?|tags\W*|categories\W*|trending\b.{0,20}|most (?:read|popular|viewed|shared)\b.{0,20}|what to read next\b.*|up next\W*|keep reading\W*|explore more.*|latest research\W*|das könnte .*|neueste (?:artikel|beiträge)\W*|ultime notizie\W*|últimas noticias\W*|mehr zum thema.*|ähnliche (?:artikel|beiträge).*|weitere (?:artikel|beiträge|themen|news).*|kommentare?\W*.{0,10}|lesen sie auch.*|articoli correlati.*|articles? (?:similaires|liés).*|artículos relacionados.*|contact us\W*|further information\W*about us.*|disclaimer\W*|disclosure\W*|advertisement\W*|sponsored.{0,20}|join the (?:conversation|discussion).*)$",
)  # fmt: skip


def is_furniture_line(block: Block) -> bool:
    """Whether a line is furniture by what it says."""
    return furniture_name(block) is not None


def furniture_name(block: Block) -> str | None:
    """What kind of furniture a line is by what it says; None if it may be text."""
    text = block.text
    n = len(text)
    if n > _LONGEST:
        return None
    said = text.lower()
    for name, pattern, longest in _COMPILED if _ANY.match(said) else ():
        if n <= longest and pattern.match(said):
            if (
                name == "byline"
                and said.startswith("by ")
                and not _CASED_BYLINE.match(text.replace("BY", "By").replace("by", "By", 1)[:1].lower() + text[1:])
            ):
                continue
            return name
    return "caption" if _is_caption(block) else None


def _is_caption(block: Block) -> bool:
    """Whether a line ends as captions do; one of several sentences is a paragraph that does so by chance."""
    text = block.text
    said = text.lower()
    if len(text) > 260 or not ("/" in said or ":" in said or "(" in said or "|" in said or "getty" in said):
        return False  # no such tail is without one
    tail = _CAPTION_TAIL.search(said, max(0, len(said) - _LONGEST_TAIL))
    if tail is None or tail.start() > 200:
        return False
    return len(text) <= 200 or block.is_heading or text.count(". ") <= 1


_CREDIT_TAIL = re.compile(
    r"[\s|(\[–—-]*(?:(?:photo|image|picture|foto)s? courtesy of\b|foto di\b|(?:photo|image|picture|foto|credit|photograph|illustration|courtesy)s?\b\s*(?:by|of|credit|courtesy)?\s*[:/©]|photos? by\b|(?:ap|reuters|afp|epa|getty)\b[ /]|©).{2,80}$",
    re.I | re.S,
)


def without_credit(block: Block) -> Block:
    """A caption without the name of the photographer or agency behind it; without any text if it is nothing else."""
    tail = _CREDIT_TAIL.search(block.text, max(0, len(block.text) - 100))
    if tail is None:
        return block
    text = block.text[: tail.start()].rstrip()
    return replace(block, text=text, parts=((text, None),), link_chars=0)


def picture_credits(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The lines of ``blocks`` that say whose a picture is, and what the others that are captions say of it at their end."""
    found: dict[str, None] = {}
    for block in blocks:
        name = furniture_name(block)
        if name == "credit":
            found[block.text] = None
        elif name == "caption" or block.tag == "figcaption":
            tail = block.text[len(without_credit(block).text) :].strip(_AROUND_CREDIT)
            if tail:
                found[tail] = None
    return tuple(found)


_AROUND_CREDIT = " \t\n|()[]–—-"


_CREDIT = re.compile(
    r"^\W*(?:note\W+)?(?:photo|picture|image|illustration|foto)(?:graph)?s?\W*(?:courtesy|credits?|by|di|von|via|from)\b.{2,120}$",
    re.I | re.S,
)


def without_credits_at_edges(blocks: list[Block]) -> list[Block]:
    """``blocks`` without the first and last where they only say whose the pictures are."""
    first, last = 0, len(blocks)
    while first < last and _CREDIT.match(blocks[first].text):
        first += 1
    while last > first and _CREDIT.match(blocks[last - 1].text):
        last -= 1
    return blocks[first:last]


def without_link_lists(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without runs of lines that are nothing but links: menus, teasers, related stories."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if _is_link_line(block):
            run.append(block)
            continue
        kept.extend(_surviving(run))
        run = []
        kept.append(block)
    kept.extend(_surviving(run))
    return kept


def _is_link_line(block: Block) -> bool:
    return block.link_density > 0.8 and not block.row


def _surviving(run: list[Block]) -> list[Block]:
    """One linked line in the flow may be a source that the author names; a heading that is a link is a teaser's."""
    if not run:
        return []
    if len(run) >= 3:
        return []
    return [block for block in run if not block.is_heading and len(block.text) > 12 and _names_its_source(block)]


_URL_LIKE = re.compile(r"^\W*(?:https?://|www\.|[\w-]+\.(?:org|com|net|eu|uk|gov)\b)", re.I)


def _names_its_source(block: Block) -> bool:
    """A printed address is what an author gives; a capitalised headline is a teaser."""
    if _URL_LIKE.match(block.text):
        return True
    letters = [c for c in block.text if c.isalpha()]
    return block.tag in ("li", "p", "blockquote") and sum(c.isupper() for c in letters) < 0.7 * len(letters)


def without_tail(blocks: list[Block]) -> list[Block]:
    """``blocks`` up to a heading that opens the page's tail, if the article's better part stands before it."""
    before = 0
    total = sum(len(block.text) for block in blocks)
    for i, block in enumerate(blocks):
        if before > 0.3 * total and _opens_tail(block):
            return blocks[:i]
        before += len(block.text)
    return blocks


def _opens_tail(block: Block) -> bool:
    is_label = (
        block.is_heading or (len(block.text) < 60 and block.bold_chars > 0.8 * len(block.text)) or len(block.text) < 40
    )
    return is_label and bool(TAIL_HEADINGS.match(block.text.lower()))


_PULLED = re.compile(r"quote|pull|highlight|callout|tweet|click-?to")


def without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without those said already, word for word, that are pull quotes or stand right behind their like.

    Other repeats are the author's: a question put to each guest, a step of a recipe.
    """
    seen: dict[str, int] = {}
    kept: list[Block] = []
    for block in blocks:
        if len(block.text) >= 40 and not block.row:
            earlier = seen.get(block.text)
            if earlier is not None and (len(kept) - earlier <= 2 or _is_pulled(block)):
                continue
            seen[block.text] = len(kept)
        kept.append(block)
    return kept


def _is_pulled(block: Block) -> bool:
    return block.tag == "blockquote" or _PULLED.search(attributes_text(block.element.attrib)) is not None


def without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` without headings that head nothing: followed by nothing, or by a heading of the same or a higher rank."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if block.is_heading:
            follower = kept[-1] if kept else None
            if follower is None or (follower.is_heading and follower.tag <= block.tag and block.tag != "h1"):
                continue
        kept.append(block)
    kept.reverse()
    return kept
