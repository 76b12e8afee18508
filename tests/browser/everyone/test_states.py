"""Every page, in every state in which it can stand, is for everyone: axe finds nothing, nor do the checks that axe cannot make.

``make test`` gathers every state in both languages and looks at each in one of them; ``make everyone`` looks at both, from every seat,
in every window.
"""

import os
import re
import uuid
from pathlib import Path

import pytest
import yaml
from django.urls import reverse

from tests.browser.everyone.studio import look_at, opened
from tests.browser.everyone.walk import Album, gather
from tests.conftest import browser_of

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent.parent / "templates"
INVENTORY = yaml.safe_load((HERE / "inventory.yaml").read_text())
IS_WHOLE = bool(os.environ.get("EVERYONE"))
LANGUAGES = ("en-ca", "fr-ca")


def is_of(kind, state) -> bool:
    """Whether a state is of a kind of the inventory."""
    told = INVENTORY["kinds"][kind]
    same = (told.get("status", state.status), told.get("template", state.page)) == (state.status, state.page)
    return same and re.search(told.get("mark", ""), state.html) is not None


def uncovered(album) -> dict[str, list[str]]:
    """The templates that no state draws, those said never to be drawn that one does, and the kinds of state that are not met."""
    every = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    never = {name for names in INVENTORY["never_drawn"].values() for name in names}
    return {
        "no state draws": sorted(every - album.templates - never),
        "drawn after all, or gone": sorted(never & album.templates | never - every),
        "kinds that no page shows": [kind for kind in INVENTORY["kinds"] if not any(is_of(kind, state) for state in album.states)],
    }


@pytest.mark.django_db
def test_a_page_is_kept_once_for_what_it_shows_and_again_when_it_shows_more(client_of, coordinator):
    album, address = Album(), reverse("agencies:invite")
    client = client_of(coordinator)

    for _again in range(2):
        album.add("inviting", address, client.get(address))
    album.add("inviting, with nothing", address, client.post(address, {"form_token": str(uuid.uuid4())}))

    assert [state.name for state in album.states] == ["inviting", "inviting, with nothing"]
    assert "no state draws" in uncovered(album)


@pytest.mark.parametrize("languages", [(language,) for language in LANGUAGES] if IS_WHOLE else [LANGUAGES], ids="+".join)
def test_every_page_in_every_state_is_for_everyone(in_the_house, chromium, languages):
    """In short, English at a desk and French, which is longer, on a phone; ``make everyone`` both in both."""
    albums = in_the_house(gather, browser_of, languages=languages, is_whole=IS_WHOLE)

    wrong = []
    for language, album in albums.items():
        with opened(chromium, language=language) as studio:
            for number, state in enumerate(album.states):
                if not IS_WHOLE and number % 2 != LANGUAGES.index(language):
                    continue  # in short each state is looked at in one language; `make everyone` looks at both
                found = look_at(studio, state, wide=IS_WHOLE or language == "en-ca", narrow=IS_WHOLE or language == "fr-ca")
                wrong += [f"{language}, {state.name}: {check}: {said}" for check, sentences in found.items() for said in sentences]

    assert not wrong, "\n".join(wrong)
    for album in albums.values():
        assert uncovered(album) == {"no state draws": [], "drawn after all, or gone": [], "kinds that no page shows": []}
