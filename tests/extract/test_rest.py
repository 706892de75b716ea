"""The cycle collector rests while a page is read, and is as it was behind it."""

import gc

import pytest

from extract.rest import collector_at_rest


@pytest.fixture(autouse=True)
def as_it_was():
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("running", [True, False])
def test_it_is_afterwards_what_it_was_before(running: bool) -> None:
    (gc.enable if running else gc.disable)()
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() == running


def test_an_error_within_wakes_it() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="within"), collector_at_rest():
        raise ValueError("within")
    assert gc.isenabled()
