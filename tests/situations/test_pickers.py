"""What is found by two letters, and in which order."""

import pytest

from situations.forms.pickers import Option, find

OPTIONS = [
    Option("by_inner_name", "Drugs", "use", ("a life event",), (), ("", "")),
    Option("by_inner_word", "Crime", "victim of an event", (), (), ("", "")),
    Option("by_name", "Housing", "no home", ("eviction",), (), ("", "")),
    Option("by_words", "Family", "evening quarrels", (), (), ("", "")),
    Option("by_group", "Events", "a loss", (), (), ("", "")),
    Option("by_just_that_name", "Money", "poor", ("ev",), (), ("", "")),
]


def test_what_begins_so_comes_before_what_only_holds_such_a_word():
    assert [(option.key, other) for option, other in find(OPTIONS, "ev")] == [
        ("by_just_that_name", "ev"),
        ("by_group", ""),
        ("by_words", ""),
        ("by_name", "eviction"),
        ("by_inner_word", ""),
        ("by_inner_name", "a life event"),
    ]


@pytest.mark.parametrize("typed", ["vic ev", "ev vic", "crime event"])
def test_several_words_are_found_in_any_order(typed):
    assert [option.key for option, _other in find(OPTIONS, typed)] == ["by_inner_word"]


def test_a_name_in_the_other_language_is_found_after_ones_own():
    both = Option("both", "Housing", "no home", ("sans-abri",), ("sans-abri shelter", "homeless"), ("", ""))

    assert [other for typed in ("sans", "home", "shelter") for _option, other in find([both], typed)] == [
        "sans-abri",
        "homeless",
        "sans-abri shelter",
    ]
