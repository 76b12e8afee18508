"""Two people, or two tabs, answer the same question: both versions stand beside the fields, and one of them is chosen there."""

import re
import uuid

import pytest
from django.urls import reverse

from situations import sealing
from situations.models import Situation
from tests import cast

MINE, THEIRS = "Has stopped eating.", "Sleeps outside since last week."


def address(draft, step):
    return reverse("situations:intake", args=[draft.pk, step])


def now(draft):
    return Situation.objects.get(pk=draft.pk)


def words(draft):
    return sealing.unseal(now(draft), "why_now")


def posted(client, draft, step, *, version, **typed):
    return client.post(address(draft, step), {"version": version, "form_token": uuid.uuid4(), **typed})


@pytest.fixture
def old(client_of, originator, draft):
    """The version at which a page was opened; since then another tab has changed the age and the words."""
    client, version = client_of(originator), draft.version
    same = {name: getattr(draft, f"{name}_id") for name in ("discussion_type", "sex_gender", "language_of_service")}
    posted(client, draft, 1, version=version, go="leave", age_group="age_group:60+", **same)
    posted(client, draft, 7, version=now(draft).version, go="leave", why_now=THEIRS)
    return version


def test_autosave_tells_both_versions_at_once(client_of, originator, draft, old):
    response = client_of(originator).post(reverse("situations:autosave", args=[draft.pk]), {"step": 7, "version": old, "why_now": MINE})

    answer = response.json()
    assert (response.status_code, answer["rows"]) == (409, [{"label": "Why now", "yours": MINE, "theirs": THEIRS}])
    assert (answer["shown"], words(draft)) == (now(draft).version, THEIRS)


def test_the_page_itself_keeps_what_was_typed_and_shows_both(client_of, originator, draft, old):
    response = posted(client_of(originator), draft, 7, version=old, go="continue", why_now=MINE)

    page = response.content.decode()
    assert (response.status_code, f">\n{MINE}</textarea>" in page, THEIRS in page) == (409, True, True)
    assert (page.count("autofocus"), "<title>Error: " in page, "Not saved: this was changed meanwhile." in page) == (1, True, True)
    assert re.findall(r'name="settle" value="([^"]+)"', page) == [f"mine:{now(draft).version}", f"theirs:{now(draft).version}"]


def test_ones_own_version_stands_when_it_is_chosen(client_of, originator, draft, old):
    response = posted(client_of(originator), draft, 7, version=old, settle=f"mine:{now(draft).version}", why_now=MINE)

    assert (response.status_code, response.url, words(draft)) == (302, address(draft, 7), MINE)


def test_what_was_changed_once_more_is_not_overwritten_unseen(client_of, originator, draft, old):
    client, shown = client_of(originator), now(draft).version
    posted(client, draft, 7, version=shown, go="leave", why_now="A third version.")

    response = posted(client, draft, 7, version=old, settle=f"mine:{shown}", why_now=MINE)

    assert (response.status_code, words(draft)) == (409, "A third version.")


def test_the_other_version_stands_when_it_is_chosen_and_the_other_answers_of_the_page_are_kept(client_of, originator, draft, old):
    typed = {"age_group": "age_group:18-24", "language_of_service": "language_of_service:CRE", "sex_gender": draft.sex_gender_id}
    typed |= {"discussion_type": draft.discussion_type_id}

    response = posted(client_of(originator), draft, 1, version=old, settle=f"theirs:{now(draft).version}", **typed)

    assert response.status_code == 302
    assert (now(draft).age_group_id, now(draft).language_of_service_id) == ("age_group:60+", "language_of_service:CRE")


def test_the_other_words_stand_when_they_are_chosen(client_of, originator, draft, old):
    posted(client_of(originator), draft, 7, version=old, settle=f"theirs:{now(draft).version}", why_now=MINE)

    assert words(draft) == THEIRS


@pytest.mark.parametrize("settle", ["mine:", "mine:none", "theirs:", "neither:3"])
def test_what_no_button_says_overwrites_nothing(client_of, originator, draft, old, settle):
    posted(client_of(originator), draft, 7, version=old, settle=settle, why_now=MINE)

    assert words(draft) == THEIRS


def test_a_colleague_learns_of_the_conflict_too(client_of, table, in_the_room, colleague):
    draft = cast.a_draft(table, by=in_the_room)
    version = draft.version
    posted(client_of(colleague), draft, 7, version=version, go="leave", why_now=THEIRS)

    response = posted(client_of(in_the_room), draft, 7, version=version, go="continue", why_now=MINE)

    assert (response.status_code, words(draft)) == (409, THEIRS)
