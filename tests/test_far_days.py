"""A day at the end of the calendar is answered with a sentence, wherever a day can be given."""

import uuid

import pytest
from django.urls import reverse

from tests import cast

FAR = ["9999-12-31", "9999-12-30", "0001-01-01", "0001-01-02"]
SAID = "Choose a day between 2000 and 2100."


@pytest.mark.parametrize("day", FAR)
def test_the_record_says_so(coordinator, client_of, day):
    page = client_of(coordinator).get(reverse("agencies:ledger"), {"day": day})

    assert (page.status_code, page.context["filter_form"].errors) == (200, {"day": [SAID]})


ASKED = {
    "meetings:plan": ("coordinator", {"until": "{day}"}),
    "meetings:exceptions": ("coordinator", {"on": "{day}", "is_extra": "yes"}),
    "meetings:move": ("coordinator", {"on": "{day}", "at": "23:59", "version": "1"}),
    "meetings:emergency": ("originator", {"on": "{day}", "at": "23:59"}),
    "responses:contact": ("lead", {"result": "contact_result:CON-01", "at": "{day}T23:59"}),
    "responses:plan_step": ("lead", {"step_type": "step_type:STP-01", "due_at": "{day}T23:59"}),
    "agencies:delegate": ("in_the_room", {"first_on": "{day}", "last_on": "{day}"}),
}


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("name", ASKED)
def test_every_form_that_asks_for_a_day_says_so(request, client_of, name, day):
    part, answers = ASKED[name]
    posted = {key: value.format(day=day) for key, value in answers.items()} | {"form_token": str(uuid.uuid4())}
    key = {"meetings:move": "planned", "meetings:emergency": "submitted"}.get(name, "response" if name.startswith("responses") else "")

    page = client_of(request.getfixturevalue(part)).post(reverse(name, args=[request.getfixturevalue(key).pk] if key else []), posted)

    wrong = page.context["form"].errors
    assert (page.status_code, bool({"until", "on", "at", "due_at", "first_on"} & set(wrong))) == (200, True)


@pytest.fixture
def planned(table):
    return cast.a_planned_meeting(table)
