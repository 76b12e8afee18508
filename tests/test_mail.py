"""What leaves by mail says that something awaits, in the reader's language, and holds no fact about anyone."""

from datetime import timedelta

from django.conf import settings
from django.core import mail

from agencies import clock
from agencies.models import Member, Outbox
from cms_table.mail import compose, send_waiting
from cms_table.timers import remind
from meetings import lifecycle as meetings
from responses import lifecycle as responses
from situations import lifecycle as situations
from tests import cast


def sent_to(part):
    return [message for message in mail.outbox if message.to == [f"{part}@table.example"]]


def test_those_who_act_are_told_half_a_minute_later(response, later):
    Outbox.objects.exclude(subject_id=response.pk).delete()
    assert send_waiting() == 0

    with later(seconds=31):
        send_waiting()

    assert sorted(message.to[0] for message in mail.outbox) == ["assisting@table.example", "lead@table.example"]


def test_a_mail_holds_no_number_no_word_and_no_label(response, later):
    with later(seconds=31):
        send_waiting()

    told = sent_to("lead")[-1]
    said = told.subject + told.body
    assert [fact for fact in (response.situation.reference, cast.WHY_NOW, "Housing", "Heron", "12–17") if fact in said] == []


def test_a_mail_speaks_the_readers_language(response, lead, later):
    Member.objects.filter(pk=lead.pk).update(language="fr-ca")

    with later(seconds=31):
        send_waiting()

    assert sent_to("lead")[-1].body.strip().startswith("Bonjour")


def test_a_mail_that_is_no_longer_true_is_dropped(response, lead, later):
    with later(hours=1):
        responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    with later(hours=41):
        remind()
        send_waiting()

    assert [message for message in sent_to("lead") if "first contact that" in message.body] == []


def test_the_lead_alone_is_reminded_of_the_first_contact_and_once(response, later):
    with later(hours=41):
        remind()
        remind()

    assert list(Outbox.objects.filter(notice="contact_due").values_list("recipient__email", flat=True)) == ["lead@table.example"]


def test_who_stepped_out_is_not_told_of_a_session_for_that_situation(submitted, originator, in_the_room, later):
    situations.recuse(submitted, member=in_the_room, by=in_the_room)
    begins = clock.now() + timedelta(minutes=20)
    meetings.call_emergency(submitted.table, situation=submitted, agencies=[in_the_room.agency], starts_at=begins, by=originator)

    with later(seconds=31):
        send_waiting()

    called = {part: [told.subject for told in sent_to(part) if "emergency" in told.subject] for part in ("in_the_room", "colleague")}
    assert {part: len(subjects) for part, subjects in called.items()} == {"in_the_room": 0, "colleague": 1}


def test_a_practice_mail_says_so_in_its_subject(response, later):
    with later(seconds=31):
        send_waiting()

    assert sent_to("lead")[-1].subject.startswith("[Practice]")


def test_what_several_things_have_in_common_is_said_once_with_the_link_of_each(lead):
    told = [Outbox(notice="follow_up_due", recipient=lead, address=address) for address in ("/one/", "/two/")]

    message = compose([*told, Outbox(notice="agreement_due", recipient=lead, address="/three/")])

    said = message.body.split("\n\n")
    assert (message.subject, said[1], said[4]) == (
        "[Practice] 3 things await you",
        "A follow-up question awaits an answer by number.",
        "An agreement of the table awaits your signature.",
    )
    assert [each.removeprefix(settings.SITE_ADDRESS) for each in (*said[2:4], said[5])] == ["/one/", "/two/", "/three/"]


def test_a_mail_leaves_at_most_once(response, later):
    with later(seconds=31):
        send_waiting()
        before = len(mail.outbox)
        send_waiting()

    assert len(mail.outbox) == before


def test_mails_that_cannot_be_written_hold_back_no_other(response, lead, assisting, later):
    Outbox.objects.exclude(recipient=assisting, subject_id=response.pk).delete()
    first = clock.now() - timedelta(hours=1)
    for minutes, broken in enumerate(["no_such_notice", "nor_this"]):
        Outbox.objects.create(notice=broken, recipient=lead, address="/", send_at=first + timedelta(minutes=minutes))

    with later(seconds=31):
        left = [send_waiting(limit=1) for _tick in range(3)]
        waits = clock.now() + timedelta(minutes=4)

    assert left == [0, 0, 1]
    assert list(Outbox.objects.filter(recipient=lead).values_list("sent_at", flat=True).filter(send_at__gt=waits)) == [None, None]


def test_what_ended_a_month_ago_is_forgotten_by_itself(response, lead, chair, later):
    from cms_table.timers import purge
    from meetings import lifecycle as meetings

    with later(days=7):
        meeting = cast.an_open_meeting_after(response, by=chair)
        item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
        meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)

    with later(days=36):
        early = purge()
    with later(days=37, minutes=1):
        due = purge()

    assert (early, due) == (0, 1)
    assert timedelta(days=30).days == response.table.retention_days
