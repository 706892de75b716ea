"""Writes the body of a post from the bank: an opening, points, a story, the planted themes, a close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sector.sample.bank import Theme, Topic, Voice, bank
from sector.sample.plan import Planned, random_for
from sector.sample.records import Block, Cited
from sector.sample.works import Style, bracket, named, reference
from sector.sample.writer import Writer

# How a second subject comes into a paragraph without a jolt.
BRIDGES = (
    "It is not so different with {second}.",
    "People who know about {second} will recognise the feeling.",
    "We hear much the same from those who think about {second}.",
    "The comparison with {second} is worth a moment.",
    "A reader who knows a good deal about {second} sent two parallels.",
)
# The share of a blog's posts that has a reference list, and its manner.
CITING: Mapping[str, tuple[float, Style]] = {
    "civic-practice": (0.85, "harvard"),
    "larkfield": (0.25, "harvard"),
    "small-numbers": (0.6, "apa"),
    "field-ledger": (0.35, "loose"),
    "neighbourhoods": (0.15, "loose"),
}
LINKING = 0.45  # the share of posts with a link to a report, another site or an earlier post
LISTING = 0.6  # … with a bullet list, among a blog's first posts on each topic: no blog makes the same list twice
HEADED = 0.55  # … with headings


@dataclass(slots=True)
class Section:
    """Part of a body: sentences by paragraph, and maybe a heading, a quotation set apart, or a bullet list."""

    paragraphs: list[list[str]]
    headings: Sequence[str] = ()
    quote: str = ""
    bullets: tuple[str, ...] = ()
    hits: tuple[tuple[str, int], ...] = ()

    def blocks(self, heading: str | None) -> Iterator[Block]:
        if heading:
            yield Block(tag="h2", html=heading)
        for sentences in self.paragraphs:
            yield Block(tag="p", html=" ".join(sentences), hits=self.hits)
        if self.quote:
            yield Block(tag="blockquote", html=self.quote)
        if self.bullets:
            yield Block(tag="ul", items=self.bullets)


@dataclass(frozen=True, slots=True)
class Body:
    title: str
    topic: Topic
    blocks: tuple[Block, ...]
    references: tuple[str, ...]
    citations: tuple[Cited, ...]


def compose(planned: Planned, links: Mapping[str, str], taken: frozenset[str]) -> Body:
    """The body of a planned post. ``links`` are the targets that it may link to, ``taken`` the titles already used."""
    topics, blog = bank().topics, planned.blog.key
    random = random_for("prose", blog, planned.number)
    # Subjects come round in turn, from a different start in each blog.
    start = random_for("subjects", blog).randrange(len(topics))
    topic = topics[(start + planned.number * 5) % len(topics)]
    second = random.choice([other for other in topics if other is not topic])
    writer, voice = Writer(random, topic, second), bank().voices[blog]
    themes = [bank().themes[key] for key in planned.themes]
    title = writer.title(topic.titles, [pattern for theme in themes for pattern in theme.titles], taken)
    opening, closing = _opening(writer, topic, voice), _closing(writer, topic, voice)
    sections = [_theme_section(writer, voice, theme) for theme in themes]
    sections += _topic_sections(
        writer, topic, second, short=len(themes) < 2, listing=planned.number <= len(topics) and writer.chance(LISTING)
    )
    random.shuffle(sections)
    references, citations = _cite(writer, planned, sections)
    if links and writer.chance(LINKING):
        usable = [text for text in bank().citing["linked"] if any(f"{{{name}}}" in text for name in links)]
        sections[0].paragraphs[-1].append(writer.say(random.choice(usable), links))
    blocks = (Block(tag="p", html=opening), *_laid_out(writer, sections), Block(tag="p", html=closing))
    return Body(title, topic, blocks, references, citations)


def _opening(writer: Writer, topic: Topic, voice: Voice) -> str:
    own = writer.draw(voice.open) if writer.chance(0.6) else []
    return " ".join([*own, *writer.draw(topic.open), *writer.draw(topic.points, 1 if own else 2)])


def _closing(writer: Writer, topic: Topic, voice: Voice) -> str:
    return " ".join([*writer.draw(topic.points), *writer.draw(topic.close), *writer.draw(voice.close)])


def _topic_sections(writer: Writer, topic: Topic, second: Topic, *, short: bool, listing: bool) -> list[Section]:
    """What a post says of its own subject, whatever themes are planted in it; more where it would be ``short``."""
    told = [*writer.draw(topic.stories), *writer.draw(topic.points)]
    story = Section([told], topic.headings)
    if writer.chance(0.4):
        story.quote = writer.draw(topic.quotes)[0]
    else:
        told.extend(writer.draw(topic.quotes))
    points = Section([writer.draw(topic.points, 3)], topic.headings)
    if listing:
        points.paragraphs[-1].append(writer.say(topic.list_intro))
        points.bullets = tuple(writer.say(item) for item in topic.list)
    sections = [story, points, Section([writer.draw(topic.points, 3)])]
    if short or writer.chance(0.5):
        more = writer.draw(second.stories) if short or writer.chance(0.2) else []
        sections.append(Section([[*writer.draw(BRIDGES), *writer.draw(second.points, 2), *more]]))
    return sections


def _theme_section(writer: Writer, voice: Voice, theme: Theme) -> Section:
    """A paragraph on a planted theme, and how many of its terms stand in it."""
    counts = dict(theme.sentences)
    chosen = writer.choose(list(counts), writer.random.choice((2, 2, 3)))
    told = [writer.say(sentence) for sentence in chosen]
    told[1:1] = writer.draw(voice.link)
    return Section([told], theme.headings, hits=((theme.key, sum(counts[sentence] for sentence in chosen)),))


def _cite(writer: Writer, planned: Planned, sections: list[Section]) -> tuple[tuple[str, ...], tuple[Cited, ...]]:
    """Adds citing sentences at the ends of paragraphs; gives the reference list and what cites it."""
    share, style = CITING.get(planned.blog.key, (0.0, "loose"))
    if not writer.chance(share):
        return (), ()
    known = [work for work in bank().works if work.year <= planned.day.year]
    works = sorted(writer.random.sample(known, writer.random.randint(3, 5)), key=lambda work: (work.authors, work.year))
    citations, left = [], list(range(len(works)))
    for section in sections:
        if not left:
            break
        form = writer.random.choice(("bracketed", "bracketed", "paired", "named"))
        if form == "paired" and len(left) < 2:
            form = "bracketed"
        cited = [left.pop(0) for _ in range(2 if form == "paired" else 1)]
        print_as = named if form == "named" else bracket
        printed = [print_as(works[position], style) for position in cited]
        if form == "bracketed":
            printed = [f"({printed[0]})"]
        slots = {"named": printed[0], "cite": printed[0], "cite_pair": f"({'; '.join(printed)})"}
        sentence = writer.choose(bank().citing[form])[0]
        section.paragraphs[0].append(
            writer.say(sentence, {key: text.replace("&", "&amp;") for key, text in slots.items()})
        )
        citations += [
            Cited(as_printed=text, references=(position,)) for text, position in zip(printed, cited, strict=True)
        ]
    return tuple(reference(work, style) for work in works), tuple(citations)


def _laid_out(writer: Writer, sections: Sequence[Section]) -> Iterator[Block]:
    """The sections' blocks, with headings over some of them; no heading comes twice."""
    headed = writer.chance(HEADED)
    for turn, section in enumerate(sections):
        heading = writer.draw(section.headings) if headed and turn % 2 and section.headings else []
        yield from section.blocks(heading[0] if heading else None)
