"""The quoted posts as references for a paper: BibTeX (in biblatex's fields) and CSL-JSON.

Formats: the biblatex manual, §2.1 and §2.2 (``@online``; ``url`` is verbatim); the CSL-JSON schema 1.0 (``post-weblog``).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from analysis.figures import iso
from analysis.records import Author, PostView
from analysis.report_records import ThemeFindings
from analysis.templating import quoted, safe_url

# TeX's special characters (Knuth, The TeXbook, ch. 7). Braces by name: BibTeX counts even escaped ones.
SPECIALS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
})  # fmt: skip
# What would end a verbatim field, or is no address: by its percent-encoding (RFC 3986 §2.1)
IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"})
DIGITS = 8  # of the hash in a key


def quoted_posts(findings: Iterable[ThemeFindings]) -> tuple[PostView, ...]:
    """The posts that the report quotes, each once, by date."""
    posts = {one.post.url: one.post for found in findings for one in found.evidence}
    return tuple(sorted(posts.values(), key=lambda post: (post.published, post.blog, post.url)))


def bibtex(posts: Sequence[PostView], names: Mapping[str, str]) -> str:
    """An ``@online`` entry for each post; ``names`` are those of blogs. A post's key depends on that post alone."""
    return "\n".join(_entry(post, names.get(post.blog, post.blog)) for post in posts)


def csl_json(posts: Sequence[PostView], names: Mapping[str, str]) -> str:
    """A CSL item for each post, with the same keys."""
    return (
        json.dumps([_item(post, names.get(post.blog, post.blog)) for post in posts], ensure_ascii=False, indent=1)
        + "\n"
    )


def key_of(post: PostView) -> str:
    """``quill2012-1f3a5b7c``: first author or blog, year, and a hash of the address."""
    signed = authors_of(post)
    first = (signed[0].family or signed[0].name) if signed else post.blog
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().casefold()
    digest = hashlib.sha256(post.url.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    return f"{re.sub('[^a-z0-9]', '', plain)[:24] or 'post'}{post.published.year}-{digest}"


def authors_of(post: PostView) -> tuple[Author, ...]:
    """Those who sign; where only their names are known, as they stand."""
    return post.signed or tuple(Author(name) for name in post.authors)


def _entry(post: PostView, blog: str) -> str:
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in authors_of(post)),
        "title": f"{{{escaped(post.title)}}}",  # braced: its capitals are its own
        "organization": escaped(blog),
        "date": iso(post.published, post.precision),
        "url": (safe_url(quoted(post.url)) or "").translate(IN_URL),
        "urldate": fetch_day(post) or "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key_of(post)},", *lines, "}\n"])


def _bibtex_name(author: Author) -> str:
    """``Family, Given``; in braces where it is a body, or where nothing says what is the family name."""
    if author.family and not author.is_organisation:
        return ", ".join(f"{{{escaped(part)}}}" for part in (author.family, author.given) if part)
    return f"{{{escaped(author.name)}}}"


def escaped(text: str) -> str:
    """``text`` in one line, so that TeX prints it as it is."""
    return " ".join(quoted(text).split()).translate(SPECIALS)


def _item(post: PostView, blog: str) -> dict[str, object]:
    fields = {
        "id": key_of(post),
        "type": "post-weblog",
        "author": [_csl_name(author) for author in authors_of(post)],
        "title": " ".join(quoted(post.title).split()),
        "container-title": " ".join(quoted(blog).split()),
        "issued": {"date-parts": [_parts(iso(post.published, post.precision))]},
        "accessed": {"date-parts": [_parts(day)]} if (day := fetch_day(post)) else None,
        "URL": safe_url(quoted(post.url)),
    }
    return {name: value for name, value in fields.items() if value}


def _csl_name(author: Author) -> dict[str, str]:
    if author.family and not author.is_organisation:
        return {"family": author.family, **({"given": author.given} if author.given else {})}
    return {"literal": author.name}


def fetch_day(post: PostView) -> str | None:
    """The day on which the post was read."""
    found = re.match(r"\d{4}-\d\d-\d\d", post.fetched_at or "", re.ASCII)
    return found[0] if found else None


def _parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]
