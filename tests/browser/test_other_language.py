"""Without a script: the other language keeps what is half typed, and Enter sends the form instead of changing the language."""

import pytest

pytestmark = pytest.mark.browser


def test_half_typed_words_stand_in_the_other_language_and_back_again(seat_of):
    page = seat_of("coordinator", java_script_enabled=False)
    page.goto("/table/people/invite/")
    page.set_default_timeout(5_000)
    page.get_by_label("Name", exact=True).fill("Half Typed")

    page.get_by_role("button", name="Français").click()
    in_french = page.get_by_label("Nom", exact=True).input_value()
    page.get_by_role("button", name="English").click()

    assert (in_french, page.get_by_label("Name", exact=True).input_value()) == ("Half Typed", "Half Typed")
    assert page.locator(".error-summary").count() == 0


def test_enter_in_a_field_sends_the_form(seat_of):
    page = seat_of("coordinator", java_script_enabled=False)
    page.goto("/table/people/invite/")
    page.set_default_timeout(5_000)
    page.get_by_label("Name", exact=True).fill("Half Typed")

    page.get_by_label("Name", exact=True).press("Enter")

    assert page.locator(".error-summary").count() == 1
    assert page.locator("html").get_attribute("lang") == "en-ca"
