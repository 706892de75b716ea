"""The quick question must never say no where the table of patterns says yes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import post, zones
from extract.fragments import sieve

assert post  # whose readers name what they look for
WORDS = [pattern for _, pattern, _ in zones._TABLE]


@pytest.mark.parametrize("pattern", WORDS, ids=[zone for zone, _, _ in zones._TABLE])
def test_a_sieve_finds_what_a_zones_pattern_matches(pattern: str) -> None:
    found = sieve([pattern])

    @given(st.from_regex(pattern, fullmatch=True))
    def check(text: str) -> None:
        assert found.search(text)

    check()


@given(st.data())
def test_a_sieve_finds_what_any_name_matches(data: st.DataObject) -> None:
    names = data.draw(st.sampled_from(zones.Names.all))
    text = data.draw(st.from_regex(names.pattern))
    assert sieve(each.pattern for each in zones.Names.all).search(text)


@given(
    st.text(alphabet="-:abdeghimnorstuv0123456789", max_size=20)
    | st.sampled_from(["header--nav", "has-sidebar", "post-1"])
)
def test_a_word_opens_the_zone_that_the_table_alone_gives_it(word: str) -> None:
    text = zones._HOLDER.sub("", word)
    first = next((zone for zone, pattern in zones._PATTERNS if pattern.search(text)), None)
    assert zones.zone_of("div", word) == first


def test_a_sieve_seldom_finds_another_text() -> None:
    found = sieve([r"(?:\w+-)*related(?:-?\w+)*", "see-?also"])
    assert found.search("jp-related-posts") and found.search("seealso")
    assert not found.search("menu-item-1234")


def test_a_pattern_that_needs_no_text_has_no_sieve() -> None:
    with pytest.raises(ValueError, match="holds no text"):
        sieve([r"(?:ads)?\d+"])
    assert re.search(r"(?:ads)?\d+", "7")
