"""Shades: maps are read on a screen, in print and in grey."""

from itertools import pairwise

import pytest

from kodukant_analysis.figures.shades import (
    ALL,
    HELD,
    NEVER,
    NO_DATA,
    PLANNED,
    SHARES,
    UNSAID,
    contrast,
    ink_on,
    luminance,
    share_shade,
)


def lightness(colour: str) -> float:
    """CIE L*: equal steps look equal."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def test_larger_shares_are_darker_in_grey_by_steps_that_can_be_seen():
    lights = [lightness(shade.face) for shade in SHARES]
    assert all(before - after >= 10 for before, after in pairwise(lights))


def test_what_was_held_planned_and_never_differ_in_grey_and_in_their_strokes():
    lights = [lightness(shade.face) for shade in (NEVER, PLANNED, HELD)]
    assert all(before - after >= 18 for before, after in pairwise(lights))
    assert len({shade.hatch for shade in (NEVER, PLANNED, HELD)}) == 3


def test_too_few_to_say_none_and_every_share_look_different():
    assert UNSAID.hatch != NO_DATA.hatch
    assert UNSAID.hatch and NO_DATA.hatch
    assert {shade.hatch for shade in SHARES} == {""}


@pytest.mark.parametrize("shade", ALL, ids=lambda shade: shade.name)
def test_letters_can_be_read_on_every_shade(shade):
    assert contrast(ink_on(shade), shade.face) >= 4.5


def test_the_strokes_of_a_hatching_can_be_seen_on_their_ground():
    assert all(contrast(shade.strokes, shade.face) >= 3 for shade in ALL if shade.hatch)


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (0.0, "share_0"),
        (0.199, "share_0"),
        (3 / 5, "share_60"),
        (0.2 * 3, "share_60"),
        (0.8, "share_80"),
        (1, "share_80"),
    ],
)
def test_a_class_begins_with_its_lower_limit_and_the_last_holds_all(share, name):
    assert share_shade(share).name == name


def test_every_k_of_n_stands_in_the_class_that_whole_numbers_give():
    wrong = [(k, n) for n in range(1, 301) for k in range(n + 1) if share_shade(k / n) != SHARES[min(5 * k // n, 4)]]
    assert wrong == []


@pytest.mark.parametrize("share", [-0.3, 1.2, float("nan")])
def test_what_is_no_share_has_no_shade(share):
    with pytest.raises(ValueError, match=f"between 0 and 1, got {share}"):
        share_shade(share)


def test_rounding_does_not_take_a_share_beyond_its_ends():
    assert share_shade(1 + 2e-16) == SHARES[-1]
    assert share_shade(-1e-17) == SHARES[0]
