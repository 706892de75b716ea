"""The odd cases: guests, unsigned posts, a month without a day, a paywall, a cross-post, links that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from sector.sample.records import Author, Block, SamplePost
from sector.sample.wording import curled

GUESTS = (
    Author(name="Bernadette Oyelaran", role="Manager", affiliation="Great Yarrow Foodshare", bio="A guest this week."),
    Author(name="Tomasz Wiatrak", role="Trustee", affiliation="Ashmarsh Welcome", bio="A guest this week."),
    Author(name="Gwenllian Prosser-Tate", role="Chair", affiliation="Moorside Carers", bio="A guest this week."),
)
TEAM = Author(name="Larkfield Forum Policy Team", is_organisation=True, bio="The Forum's policy team.")
MISSING_PAGE = "http://larkfieldforum.example/2008/11/annual-lecture/"
MOVED = ("/2012/02/half-a-staff-member/", 14)  # an old address, and the number of the post that lives elsewhere now
CROSS_POST = ("church-hall", 24, "larkfield", timedelta(days=9))
CROSS_NOTE = 'This post first appeared on <a href="{url}">Notes from a Church Hall</a>, and is reprinted with thanks.'
PAYWALL_SHOWS = 2  # blocks that a reader without a subscription sees


def _guest(turn: int) -> Callable[[SamplePost], SamplePost]:
    return lambda post: replace(post, authors=(GUESTS[turn],), guest=True)


def _signed(signature: str | None) -> Callable[[SamplePost], SamplePost]:
    return lambda post: replace(post, authors=(), signature=signature)


def _with_links(*sentences: str) -> Callable[[SamplePost], SamplePost]:
    """Adds sentences with links to the paragraph that opens the post."""

    def changed(post: SamplePost) -> SamplePost:
        first = replace(post.blocks[0], html=" ".join((post.blocks[0].html, *sentences)))
        return replace(post, blocks=(first, *post.blocks[1:]))

    return changed


def _cut_short(post: SamplePost) -> SamplePost:
    """The post as a reader without a subscription sees it."""
    shown = post.blocks[:PAYWALL_SHOWS]
    return replace(post, kind="truncated", blocks=shown, references=(), citations=(), comments=())


# (blog, number of the post) → what is odd about it
SPECIAL: dict[tuple[str, int], Callable[[SamplePost], SamplePost]] = {
    ("larkfield", 2): _signed("Admin"),
    ("larkfield", 7): _signed("admin"),
    ("larkfield", 11): _guest(0),
    ("larkfield", 20): _with_links(f'A recording of <a href="{MISSING_PAGE}">the annual lecture</a> is on this site.'),
    ("larkfield", 25): _with_links(f'Some of this was said in <a href="{MOVED[0]}">an older post</a>.'),
    ("larkfield", 30): lambda post: replace(post, authors=(TEAM,)),
    ("larkfield", 33): _guest(1),
    ("field-ledger", 9): _guest(2),
    ("field-ledger", 21): _guest(0),
    ("field-ledger", 47): _cut_short,
    ("neighbourhoods", 8): _guest(1),
    ("tarnbridge", 3): _signed(None),
    ("tarnbridge", 7): lambda post: replace(post, precision="month"),
    ("tarnbridge", 12): _signed(None),
}


def with_special_cases(posts: Sequence[SamplePost]) -> tuple[SamplePost, ...]:
    """The posts with the odd cases among them, ordered by blog as given and by day."""
    changed = [special(post) if (special := SPECIAL.get((post.blog, post.number))) else post for post in posts]
    source = next(post for post in changed if (post.blog, post.number) == CROSS_POST[:2])
    copy = _reprinted(source, next(post for post in changed if post.blog == CROSS_POST[2]))
    at = next(at for at, post in enumerate(changed) if post.blog == copy.blog and post.published > copy.published)
    return (*changed[:at], copy, *changed[at:])


def _reprinted(source: SamplePost, host_post: SamplePost) -> SamplePost:
    """``source`` again on another blog, a little later, saying so."""
    day = source.published + CROSS_POST[3]
    blocks = tuple(
        replace(block, html=curled(block.html), items=tuple(map(curled, block.items))) for block in source.blocks
    )
    host = host_post.url.split("/")[2]
    slug = f"{source.slug}-reprinted"
    return replace(
        source,
        blog=host_post.blog,
        number=900,
        slug=slug,
        url=f"http://{host}/{day:%Y/%m}/{slug}/",
        published=day,
        guest=True,
        blocks=(Block(tag="p", html=CROSS_NOTE.format(url=source.url)), *blocks),
        comments=(),
        kind="duplicate",
        duplicate_of=source.url,
    )
