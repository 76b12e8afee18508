"""A newcomer's first morning: steps that the record ticks, what went beyond a filter, and a table that is laid for them."""

import pytest
from django.urls import reverse

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.models import Member
from meetings import lifecycle as meetings
from practice import first_morning as mornings
from practice import progress
from practice.enums import Guide
from practice.models import FirstMorning
from situations import lifecycle as situations
from situations import sealing
from situations.deidentification import LONGEST_TEXT
from situations.enums import LookReason, Relation, WordKind
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/first-morning/"


def begin(client, as_whom="as_representative"):
    client.post(PAGE, {"wish": as_whom})
    return client


def guide_of(client):
    """The first guide on the newcomer's page."""
    return client.get(PAGE).context["guides"][0]


def done(client):
    return [str(step["words"]) for step in guide_of(client)["steps"] if step["is_done"]]


def beyond(client):
    return [(str(each["words"])[:36], each["named"]) for each in guide_of(client)["beyond"]]


@pytest.mark.parametrize(
    ("part", "guides"), [("originator", [Guide.REPRESENTATIVE]), ("chair", [Guide.CHAIR]), ("coordinator", []), ("administrator", [])]
)
def test_the_guides_fit_what_one_is_at_the_table(client_of, part, guides):
    assert [guide["wish"] for guide in client_of(cast.the(part)).get(PAGE).context["guides"]] == [f"as_{guide}" for guide in guides]


def test_nobody_begins_a_guide_of_another_role(client_of, originator):
    response = client_of(originator).post(PAGE, {"wish": "as_chair"})

    assert (response.status_code, FirstMorning.objects.count()) == (403, 0)


def test_no_guide_begins_while_the_season_is_still_being_played(client_of, originator):
    client = client_of(originator)
    progress.tell(40)
    try:
        page, _answer = client.get(PAGE).content.decode(), client.post(PAGE, {"wish": "as_representative"})
    finally:
        progress.is_done()

    assert ("still being played (40 %)" in page, 'value="as_representative"' in page, FirstMorning.objects.count()) == (True, False, 0)


def test_before_it_begins_nothing_is_told(client_of, originator):
    assert guide_of(client_of(originator))["began_at"] is None


def test_a_step_is_done_when_the_record_says_so(client_of, originator, table):
    client = begin(client_of(originator))

    cast.a_submitted(table, by=originator)

    assert done(client) == [
        "Bring a situation: start a draft",
        "Say why now, in words that tell nobody who it is",
        "Check your answers and submit it to the table",
    ]


def test_what_comes_next_follows_the_last_that_is_done(client_of, chair, meeting, submitted):
    client = begin(client_of(chair), "as_chair")

    meetings.next_item(meeting, by=chair)

    assert guide_of(client)["next"]["words"] == "Ask someone to step out"


def test_what_somebody_else_did_ticks_nothing(client_of, originator, in_the_room, table):
    client = begin(client_of(in_the_room))

    cast.a_submitted(table, by=originator)

    assert done(client) == []


def test_to_begin_anew_forgets_what_was_done(client_of, originator, table):
    client = begin(client_of(originator))
    cast.a_submitted(table, by=originator)
    FirstMorning.objects.update(began_at="2100-01-01T00:00Z")

    assert (done(client), FirstMorning.objects.count()) == ([], 1)


def test_the_chair_is_told_what_is_done(client_of, chair, item, in_the_room):
    client = begin(client_of(chair), "as_chair")

    meetings.step_out(item, member=in_the_room, by=chair)
    meetings.accept(item, by=chair)

    assert done(client) == ["Ask someone to step out", "Record that the risk is found acute"]


def test_to_step_out_oneself_is_not_to_ask_another(client_of, chair, item):
    client = begin(client_of(chair), "as_chair")

    meetings.step_out(item, member=chair, by=chair)

    assert done(client) == []


# --- what went beyond a filter -----------------------------------------------------------------------------------------------------


def test_a_quiet_morning_went_beyond_nothing(client_of, originator):
    assert beyond(begin(client_of(originator))) == []


def test_a_refused_page_is_told_by_what_it_is_about(client_of, stranger, item):
    client = begin(client_of(stranger))

    client.get(reverse("situation", args=[item.situation_id]))

    assert beyond(client) == [("You tried to open a page that the ta", ["One situation, and who looked"])]


def test_marked_words_are_told_by_their_kind_and_never_themselves(client_of, originator, table):
    client = begin(client_of(originator))
    draft = cast.a_draft(table, by=originator)

    situations.write_why_now(draft, text="Sleeps at Zebulon Quartermaine’s since Friday.", overruled_because="Known", by=originator)

    assert beyond(client) == [
        (
            "“Why now” of what you brought still ",
            ["This looks like the name of a person or a place. Say who or what it is to the situation instead."],
        )
    ]
    assert "Zebulon" not in client.get(PAGE).content.decode()


def test_words_that_cannot_be_checked_are_never_called_fine(client_of, originator, table):
    client = begin(client_of(originator))
    draft = cast.a_draft(table, by=originator)

    sealing.seal(draft, kind=WordKind.WHY_NOW, text="a" * (LONGEST_TEXT + 1), by=originator)

    assert beyond(client) == [("“Why now” of what you brought could ", [])]


def test_to_read_the_words_again_is_a_look_on_the_record(client_of, originator, table):
    client = begin(client_of(originator))
    draft = cast.a_draft(table, by=originator)

    client.get(PAGE)

    assert ledger.looks(draft.pk).filter(by_id=originator.pk).count() == 1


def test_the_look_is_recorded_as_what_the_reader_is_by_now(client_of, originator, in_the_room, meeting, table, chair):
    client = begin(client_of(originator))
    heard = cast.the_item_of(cast.a_submitted(table, by=originator), meeting, by=chair).situation
    Member.objects.filter(pk=originator.pk).update(agency=in_the_room.agency)

    client.get(PAGE)

    assert [look.relation for look in ledger.looks(heard.pk).filter(by_id=originator.pk)][:1] == [Relation.IN_THE_ROOM]


def test_a_position_on_what_ones_own_agency_brought_is_told(client_of, originator, item):
    client = begin(client_of(originator))

    meetings.take_position(item, agency=originator.agency, position="position:MET", by=originator)

    assert [words for words, _named in beyond(client)] == ["You said that the risk of what your o"[:36]]


def test_a_position_on_what_another_brought_is_not(client_of, in_the_room, item):
    client = begin(client_of(in_the_room))

    meetings.take_position(item, agency=in_the_room.agency, position="position:MET", by=in_the_room)

    assert beyond(client) == []


def test_a_look_with_a_reason_names_the_reason(originator, submitted):
    entry = ledger.entry(LedgerAct.LOOKED_WITH_REASON, by=originator, situation=submitted, codes=[LookReason.AUDIT])

    (told,) = mornings.beyond([entry], member=originator, page_words=str)

    assert told["named"] == ["A planned audit"]


def test_what_stayed_within_the_filters_is_said_too(client_of, chair, item):
    client = begin(client_of(chair), "as_chair")

    meetings.accept(item, by=chair)

    assert [str(words)[:27] for words in guide_of(client)["within"]] == ["You recorded “accepted”. An"]


# --- the page ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["originator", "chair", "observer", "steering"])
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_page_opens_for_everyone(client_of, part, language):
    assert client_of(cast.the(part), language=language).get(PAGE).status_code == 200


def test_whoever_is_not_signed_in_is_led_to_the_door(client):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_page_asks_as_much_for_three_situations_as_for_one(client_of, originator, table, drafts, django_assert_num_queries):
    client = begin(client_of(originator))
    for _number in range(drafts):
        cast.a_submitted(table, by=originator)
    client.get(PAGE)

    with django_assert_num_queries(16):
        client.get(PAGE)


def test_without_the_invented_town_nothing_is_laid_out(client_of, originator):
    page = client_of(originator).post(PAGE, {"wish": "lay_out"}, follow=True)

    assert [str(message) for message in page.context["messages"]] == ["Nobody of the invented town sits at this table."]
