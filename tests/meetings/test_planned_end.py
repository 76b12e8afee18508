"""What the first pages say once a meeting has passed its planned end and nobody closed it."""

import pytest
from django.urls import reverse

from tests import cast


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("part", "may_close"), [("chair", True), ("coordinator", False), ("in_the_room", False)])
def test_a_meeting_past_its_planned_end_is_said_to_be_so(client_of, meeting, later, part, may_close):
    client = client_of(cast.the(part))

    with later(hours=3):
        shown = text(client.get(reverse("start")))

    assert ("Meeting past its planned end" in shown, reverse("meetings:close", args=[meeting.pk]) in shown) == (True, may_close)


def test_a_report_is_not_owed_at_the_table_once_the_planned_end_has_passed(client_of, response, chair, lead, later):
    cast.an_open_meeting_after(response, by=chair)
    client = client_of(lead)
    kinds = [[owed.kind for owed in client.get(reverse("start")).context["agency"].owed]]

    with later(hours=3):
        kinds.append([owed.kind for owed in client.get(reverse("start")).context["agency"].owed])

    assert [("report_back" in each) for each in kinds] == [True, False]
