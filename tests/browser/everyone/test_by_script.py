"""The states that only a script makes: the warning before a page closes, the closed page, and the open list of the picker."""

import pytest
from django.urls import reverse

from tests import cast
from tests.browser.everyone.studio import TAGS, opened
from tests.conftest import browser_of

pytestmark = pytest.mark.browser


def pages(client_of, language) -> tuple[str, str]:
    """A first page, and the page on which risk factors are picked."""
    originator = cast.the("originator")
    client, draft = client_of(originator, language=language), cast.a_draft(cast.the_table(), by=originator)
    shown = (client.get(path) for path in (reverse("start"), reverse("situations:intake", args=[draft.pk, 2])))
    return tuple(page.content.decode() for page in shown)


def wrong(studio) -> dict[str, list[str]]:
    found = {}
    for width in (1280, 320):
        studio.window(width, 640)
        for check, *given in [("axeSays", TAGS), ("order",), ("reflow",), ("targets", 24)]:
            found[f"{check} at {width}"] = studio.ask(check, *given)
    return {check: said for check, said in found.items() if said}


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_warning_and_the_closed_page_are_for_everyone_and_a_key_keeps_it_open(in_the_house, chromium, language):
    first, _picking = in_the_house(pages, browser_of, language)
    with opened(chromium, language=language) as studio:
        studio.page.clock.install()
        studio.show(first)
        seconds = int(studio.page.locator("template#closed").get_attribute("data-seconds"))

        studio.page.clock.fast_forward((seconds - 122) * 1000)
        studio.page.clock.run_for(5_000)
        warned, while_warned = studio.page.locator(".closing").count(), wrong(studio)
        studio.page.keyboard.press("Shift")
        after_a_key = studio.page.locator(".closing").count()
        studio.page.clock.fast_forward((seconds + 1) * 1000)
        studio.page.clock.run_for(5_000)

        assert (warned, while_warned, after_a_key) == (1, {}, 0)
        assert (studio.page.locator("main:focus h1").count(), wrong(studio)) == (1, {})


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_open_list_of_the_picker_is_for_everyone(in_the_house, chromium, language):
    _first, picking = in_the_house(pages, browser_of, language)
    with opened(chromium, language=language) as studio:
        studio.show(picking)
        studio.page.get_by_role("combobox").first.press_sequentially("al")
        studio.page.get_by_role("option").first.wait_for()

        assert wrong(studio) == {}
