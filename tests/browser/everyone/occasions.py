"""The rarer states: what is seen at the door, when something breaks, when somebody was quicker, when a year is released.

Each occasion yields what it is called, the answer, and whether an act led to it. Nothing of it stays.
"""

import contextlib
import re
import tempfile
import uuid
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.db import OperationalError, transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from agencies import ledger
from agencies import lifecycle as agencies
from agencies.enums import AgreementKind, Role
from agencies.models import Entry
from agencies.turns import Turn
from cms_table import middleware
from cms_table.mail import send_waiting
from cms_table.openid import Provider
from meetings import lifecycle as meetings
from meetings.wall import LONGEST
from practice.proof import notes, run
from reports import lifecycle as reports
from situations import lifecycle as situations
from tests import cast
from tests.agencies.test_imports import NEW, sheet
from tests.forms_of_a_page import forms_of
from tests.owner import connected_as
from tests.reports.years import YEAR, a_year
from tests.test_typed_words import INVITE, PASSWORD, hidden, opened, sign_in, with_password

SAID = "Half typed, and not yet sent"


def browser(language):
    """A browser in which nobody is signed in."""
    client = Client()
    client.raise_request_exception = False
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def at_the_door(client_of, language):
    client = browser(language)
    yield "the door", client.get(reverse("account_login")), False
    yield "the door, with nothing", client.post(reverse("account_login"), {}), True
    yield "the door, with a wrong password", client.post(reverse("account_login"), {"login": "a@table.example", "password": "wrong"}), True
    yield "nothing is here, nobody signed in", client.get("/nothing/"), False
    yield "the privacy page, nobody signed in", client.get(reverse("privacy")), False
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    yield "a form of another browser, nobody signed in", guarded.post(reverse("account_login"), {"login": "a"}), True
    yield "a host that is not ours", client.get("/", HTTP_HOST="elsewhere.example"), False


def with_a_password(client_of, language):
    member = with_password(cast.the("coordinator"))
    client = client_of(member, language=language)
    for name in ("account_change_password", "account_reauthenticate", "account_logout"):
        yield name, client.get(reverse(name)), False
        yield f"{name}, with nothing", client.post(reverse(name), {}) if name != "account_logout" else client.get(reverse(name)), True
    out = browser(language)
    out.post(reverse("account_reset_password"), {"email": member.email})
    send_waiting()
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body if mail.outbox else "")
    if link:
        asked = out.get(link.group(1), follow=True)
        yield "a new password", asked, False
        yield "a new password, with nothing", out.post(asked.request["PATH_INFO"], {}), True
    yield "a new password by an old link", out.get("/accounts/password/reset/key/1-set-password/"), False


def when_the_sign_in_ended(client_of, language):
    coordinator = with_password(cast.the("coordinator"))
    client = client_of(coordinator, language=language)
    marks = opened(client)
    client.logout()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    door = client.post(INVITE, {**marks, "full_name": SAID})
    yield "the sign-in has ended, with typed words", door, True
    back = sign_in(client, coordinator, door.content.decode())
    yield "signed in again, with typed words", back, True
    form = next((form for form in forms_of(back.content.decode(), INVITE) if "typed" in form.action or form.action == INVITE), None)
    if form:
        yield "the typed words again", client.post(form.action, {"typed": hidden(back.content.decode(), "typed")}, follow=True), True
    stray = {"read_in": "en-ca" if language == "fr-ca" else "fr-ca", "once_asked": SAID}
    yield "typed words whose field is gone", client_of(coordinator, language=language).post(INVITE, {**marks, **stray}), True
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies.update(client_of(coordinator, language=language).cookies)
    guarded.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    yield "a page that was open too long", guarded.post(INVITE, {**marks, "full_name": SAID}), True


def when_something_breaks(client_of, language):
    client = client_of(cast.the("coordinator"), language=language)
    client.raise_request_exception = False
    marks = opened(client)
    with override_settings(ROOT_URLCONF="tests.breaking_urls"):
        yield "a fault", client.get("/breaks/misread/", {"word": "x"}), False
        yield "a fault, with typed words", client.post("/breaks/misread/?word=x", {**marks, "full_name": SAID}), True
    request = RequestFactory().get("/")
    request.user = cast.the("coordinator")
    with RecordedTemplates() as drawn:
        answer = middleware.UnreachableDatabaseMiddleware(None).process_exception(request, OperationalError())
    answer.templates = drawn.templates
    yield "the database does not answer", answer, False


class RecordedTemplates:
    """What the test client notes of an answer, for an answer that it did not fetch."""

    def __enter__(self):
        from django.test.signals import template_rendered

        self.templates = []
        template_rendered.connect(self.note)
        return self

    def note(self, sender, template, **_also):
        self.templates.append(template)

    def __exit__(self, *_error):
        from django.test.signals import template_rendered

        template_rendered.disconnect(self.note)


def with_an_agreement(client_of, language):
    """One has signed, another has not: for the other nothing counts."""
    table, coordinator = cast.the_table(), cast.the("coordinator")
    texts = {"text_en": "We keep what we hear.\n\nWe say it to nobody.", "text_fr": "Nous gardons ce que nous entendons."}
    agreement = agencies.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, **texts, by=coordinator)
    agencies.sign_agreement(agreement, by=coordinator)
    signed, unsigned = (client_of(cast.the(part), language=language) for part in ("coordinator", "stranger"))
    sign, signatures = (reverse(f"agencies:{name}", args=[agreement.pk]) for name in ("sign", "signatures"))
    for path in (reverse("agencies:agreements"), sign, signatures, reverse("agencies:people"), reverse("start")):
        yield f"{path}, signed", signed.get(path), False
    for path in (reverse("agencies:agreements"), sign, reverse("start"), reverse("agencies:obstacles")):
        yield f"{path}, unsigned", unsigned.get(path, follow=True), False
    yield "signing, with nothing", unsigned.post(sign, {"form_token": str(uuid.uuid4())}), True
    signed_now = unsigned.post(sign, {"is_read": "on", "form_token": str(uuid.uuid4())}, follow=True)
    yield "signing, willingly", signed_now, True
    reminded = signed.post(reverse("agencies:remind", args=[agreement.pk]), {"form_token": str(uuid.uuid4())}, follow=True)
    yield "reminded of an agreement", reminded, True


def by_invitation(client_of, language):
    table, coordinator = cast.the_table(), cast.the("coordinator")
    agency = cast.the("in_the_room").agency
    member = agencies.invite(
        email="nova@table.example", full_name="N. Member", agency=agency, roles=[Role.REPRESENTATIVE], table=table, by=coordinator
    )
    link, client = agencies.invitation_address(member), browser(language)
    yield "joining", client.get(link), False
    yield "joining, with nothing", client.post(link, {}), True
    yield "a link that names nobody", client.get("/table/join/x/abc-123/"), False
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        yield "an old link", client.get(link), False
    yield "a new link asked for", client.post(reverse("agencies:ask_again", args=[link.split("/")[3]])), True


def with_a_spreadsheet(client_of, language):
    client, address = client_of(cast.the("coordinator"), language=language), reverse("agencies:import")
    wrong = [*NEW[:4], "not an address", *NEW[5:]]
    yield "a sheet", client.post(address, sheet(NEW)), True
    yield "a sheet with a row that says too little", client.post(address, sheet(NEW, wrong)), True


def with_a_year_released(client_of, language):
    table = cast.the_table()
    a_year(table, situations=120)
    release = reports.prepare(table, year=YEAR, by=cast.the("coordinator"))
    preparing, approving, reading = (
        client_of(cast.the(part), language=language) for part in ("coordinator", "privacy_officer", "steering")
    )
    approve = reverse("reports:approve", args=[release.pk])
    yield "a release, waiting", preparing.get(reverse("reports:release", args=[release.pk])), False
    yield "a release to approve", approving.get(approve), False
    yield "a release to approve, with nothing", approving.post(approve, {"form_token": str(uuid.uuid4())}, follow=True), True
    release.refresh_from_db()
    if not release.approved_at:
        reports.approve(release, by=cast.the("privacy_officer"))
    yield "a release", reading.get(reverse("reports:release", args=[release.pk])), False
    yield "releases", reading.get(reverse("reports:list")), False
    yield "the first page, with a release", reading.get(reverse("start"), follow=True), False


def when_it_is_late(client_of, language):
    """A response whose steps, contact and report are overdue; a meeting over its time."""
    table, originator, chair = cast.the_table(), cast.the("originator"), cast.the("chair")
    meeting = cast.an_open_meeting(table, by=chair)
    cast.a_response_to(cast.accepted(cast.the_item_of(cast.a_submitted(table, by=originator), meeting, by=chair), by=chair), by=chair)
    running = reverse("meetings:chair", args=[meeting.pk])
    with cast.later(hours=2, minutes=20):
        yield "a meeting over its time", client_of(chair, language=language).get(running), False
    meetings.close_meeting(meeting, by=chair)
    with cast.later(days=9):
        coordinator = client_of(cast.the("coordinator"), language=language)
        for path in (reverse("responses:overdue"), reverse("start"), reverse("responses:awaiting") if has("responses:awaiting") else "/"):
            yield f"{path}, late", coordinator.get(path), False
        desk = coordinator.get(reverse("responses:overdue")).content.decode()
        for form in forms_of(desk, reverse("responses:overdue")):
            if form.name.startswith("responses:remind"):
                filled = dict(form.ways())["willingly"] | {"form_token": str(uuid.uuid4())}
                yield f"{form.name}, late", coordinator.post(form.action, filled, follow=True), True
        yield "the first page of who owes", client_of(cast.the("lead"), language=language).get(reverse("start")), False


def has(name):
    from django.urls import NoReverseMatch

    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def in_two_tabs(client_of, language):
    """An answer that was changed elsewhere meanwhile: both versions beside the fields."""
    originator = cast.the("originator")
    draft = cast.a_draft(cast.the_table(), by=originator)
    typed = {"version": draft.version, "why_now": "Has stopped eating, and says so.", "go": "continue", "form_token": str(uuid.uuid4())}
    situations.write_why_now(draft, text="Sleeps outside since last week.", by=originator)
    step = reverse("situations:intake", args=[draft.pk, 7])
    yield "two versions of an answer", client_of(originator, language=language).post(step, typed), True


def of_the_gallery(client_of, language):
    client = client_of(cast.the("administrator"), language=language)
    for asked in ("", "?errors", "?page=3&sort=lead&number=2026"):
        yield f"the gallery {asked}", client.get(reverse("components") + asked), False
    entry = Entry.objects.get(pk="risk_factor:HOU-01")
    yield "an entry", client.get(reverse("agencies:entry", args=[entry.pk])), False


def with_more_than_one_part(client_of, language):
    """A chair who also sits in the steering committee; an agency that counted what it did not bring; an answer that was given."""
    table, chair, member = cast.the_table(), cast.the("chair"), cast.the("in_the_room")
    agencies.appoint(chair, table=table, role=Role.STEERING, by=cast.BY)
    yield "the first page of a chair in the steering committee", client_of(chair, language=language).get(reverse("start")), False
    situations.count_not_brought(table, agency=member.agency, by=member)
    lead = client_of(cast.the("agency_lead"), language=language)
    yield "what the own agency did", lead.get(reverse("meetings:activity")), False
    item = cast.the_item_of(cast.a_submitted(table, by=cast.the("originator")), cast.an_open_meeting(table, by=chair), by=chair)
    meetings.take_position(item, agency=member.agency, position="position:MET", by=member)
    answered = reverse("meetings:member", args=[item.meeting_id])
    yield "a question, answered", client_of(member, language=language).get(answered), False
    rare = cast.a_draft(table, by=member, answers=cast.ANSWERS | {"study_flags": ["study_flag:SF-01", "study_flag:SF-02"]})
    yield "a draft of which few are like it", client_of(member, language=language).get(reverse("situations:check", args=[rare.pk])), False


def with_an_agencys_own_sign_in(client_of, language):
    """An agency whose people may sign in there, while nobody answers there; and where one is signed in."""
    larch = Provider(id="larch", name="Larch Housing", issuer="http://localhost:9", client_id="the-table", client_secret="kept")
    with override_settings(AGENCY_SIGN_INS=[larch]):
        door, member = browser(language), client_of(cast.the("lead"), language=language)
        yield "the door, with an agency's own sign-in", door.get(reverse("account_login")), False
        yield "an agency's own sign-in that does not answer", door.post(reverse("agency_sign_in", args=["larch"])), True
        yield "where one is signed in, with an agency's own sign-in", member.get(reverse("agencies:sign_ins")), False


def at_the_second_step(client_of, language):
    """A phone and a passkey, set up, asked for and lost."""
    member, coordinator = with_password(cast.the("lead")), with_password(cast.the("coordinator"))
    door, client = browser(language), client_of(member, language=language)
    door.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    yield "the second step", door.get(reverse("mfa_authenticate")), False
    yield "the second step, with a wrong code", door.post(reverse("mfa_authenticate"), {"code": "000000"}), True
    yield "all factors, a phone", client.get(reverse("mfa_index")), False
    yield "another phone", client.get(reverse("mfa_activate_totp")), False
    yield "another phone, with a wrong code", client.post(reverse("mfa_activate_totp"), {"code": "000000"}), True
    yield "one more passkey", client.get(reverse("mfa_add_webauthn")), False
    yield "new recovery codes", client.get(reverse("mfa_generate_recovery_codes")), False
    yield "recovery codes, shown", client.post(reverse("mfa_generate_recovery_codes"), follow=True), True
    yield "recovery codes, not shown again", client.get(reverse("mfa_view_recovery_codes")), False
    passkey = Authenticator.objects.create(user=member, type="webauthn", data={"name": "Passkey 1", "credential": {}})
    yield "all factors, a phone and a passkey", client.get(reverse("mfa_index")), False
    yield "the phone, to be removed", client.get(reverse("mfa_deactivate_totp")), False
    yield "the passkey, to be removed", client.get(reverse("mfa_remove_webauthn", args=[passkey.pk])), False
    Authenticator.objects.filter(user=member).delete()
    bare = browser(language)
    bare.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    yield "no factor yet", bare.get(reverse("mfa_index")), False
    asking = client_of(coordinator, language=language)
    yield "is it you", asking.get(reverse("account_reauthenticate")), False
    yield "is it you, with a wrong password", asking.post(reverse("account_reauthenticate"), {"password": "wrong"}), True
    agencies.ask_recovery(cast.the("in_the_room"), table=cast.the_table(), by=cast.the("agency_lead"))
    person = reverse("agencies:member", args=[cast.the("in_the_room").pk])
    yield "somebody who waits to be let in anew", asking.get(person), False
    yield "the same, to who asked", client_of(cast.the("agency_lead"), language=language).get(person), False


def where_names_are_written(client_of, language):
    """Who it is is written and revealed at the sister table; those who act write the plan in words."""
    table, chair = cast.the_table(cast.SEALED_TABLE), cast.the("chair")
    situation = cast.a_submitted(table, by=cast.the("originator"))
    item = cast.accepted(cast.the_item_of(situation, cast.an_open_meeting(table, by=chair), by=chair), by=chair)
    originator, present, lead = (client_of(cast.the(part), language=language, at=table) for part in ("originator", "in_the_room", "lead"))
    write, reveal, plan = (reverse(f"meetings:{name}", args=[situation.pk]) for name in ("write_identifiers", "reveal", "write_plan"))
    yield "who it is, not written yet", originator.get(reveal), False
    yield "who it is, written", originator.get(write), False
    yield "who it is, with nothing", originator.post(write, {"version": "0"}), True
    situations.write_identifiers(
        situation, name="Wilhelmina Wren", born="spring of 1979", address="7 Juniper Lane", by=cast.the("originator")
    )
    yield "who it is, written anew", originator.get(write), False
    yield "a member, where names are written", originator.get(reverse("meetings:member", args=[item.meeting_id])), False
    yield "before a reveal", present.get(reveal), False
    yield "a reveal in the room", present.post(reveal), True
    cast.a_response_to(item, by=chair)
    yield "a reveal of who acts", lead.post(reveal), True
    yield "the plan in words", lead.get(plan), False
    yield "a plan that is too long", lead.post(plan, {"text": "x" * 2001, "version": "0"}), True
    yield "a situation of who acts, where names are written", lead.get(reverse("situation", args=[situation.pk])), False
    with override_settings(SEALING_KEYS=settings.SEALING_KEYS / "away"):
        yield "words out of reach", lead.get(reverse("situation", args=[situation.pk])), False


def too_often(client_of, language):
    """One search more than a minute allows."""
    client = client_of(cast.the("chair"), language=language)
    with override_settings(LIMITS=settings.LIMITS | {"search": "1/m/user"}):
        answers = [client.get(reverse("situations:find")) for _try in range(2)]
    yield "asked too often", answers[-1], False


def over_the_chain(client_of, language):
    """A record that was sealed: its head stands under the page of all looks."""
    ledger.seal()
    yield "all looks, sealed", client_of(cast.the("privacy_officer"), language=language).get(reverse("situations:all_looks")), False


def when_settings_are_proven(client_of, language):
    client, table = client_of(cast.the("administrator"), language=language), cast.the_table()
    with tempfile.TemporaryDirectory() as folder, override_settings(VAR=Path(folder)):
        yield "nothing proven yet", client.get(reverse("practice_proof")), False
        notes.ask(table)
        yield "a proof was asked for", client.get(reverse("practice_proof")), False
        notes.begin(table)
        yield "a proof was interrupted", client.get(reverse("practice_proof")), False
        with contextlib.closing(connected_as("default")) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [Turn.PROOF])
            yield "a proof runs", client.get(reverse("practice_proof")), False
        report = run.prove(table, stages=["presented"], who=["originator", "in_the_room", "nobody"])
        notes.keep(table, report)
        yield "proven, as decided", client.get(reverse("practice_proof")), False
        yield "a stage, as decided", client.get(reverse("practice_proof_stage", args=["presented"])), False
        report["stages"][0] |= {"wrong": 1}
        report["stages"][0]["rows"]["why_now"][0][3] = False
        wrong = {"stage": "presented", "who": "nobody", "datum": "why_now", "what": "found", "addresses": ["situation 200"]}
        notes.keep(table, report | {"is_as_decided": False, "digest": "another", "wrong": [wrong]})
        yield "proven, not as decided", client.get(reverse("practice_proof")), False
        yield "a stage, not as decided", client.get(reverse("practice_proof_stage", args=["presented"])), False


def on_the_wall(client_of, language):
    """Before, between and after items, at each filter, with more on the agenda than fits; blank; and how it is opened elsewhere."""
    table, chair, member = cast.the_table(), cast.the("chair"), cast.the("lead")
    table.number_prefix = "SUDBURY"
    table.save()
    client, planned = client_of(chair, language=language), cast.a_planned_meeting(table)
    yield "the wall, before", client.get(reverse("meetings:wall", args=[planned.pk])), False
    planned.delete()
    for _each in range(LONGEST + 4):
        cast.a_submitted(table, by=cast.the("originator"))
    meeting = cast.an_open_meeting(table, by=chair)
    wall, show = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("wall", "show_wall"))
    yield "the wall, a long agenda", client.get(wall), False
    item = meetings.next_item(meeting, by=chair)
    meetings.take_position(item, agency=member.agency, position="position:NOT", by=member)
    yield "the wall, Filter 2", client.get(wall), False
    with transaction.atomic():
        meetings.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=chair)
        yield "the wall, not accepted", client.get(wall), False
        transaction.set_rollback(True)
    meetings.accept(item, by=chair)
    yield "the wall, Filter 3", client.get(wall), False
    cast.a_response_to(item, by=chair, close=False)
    with cast.later(minutes=45):
        yield "the wall, Filter 4", client.get(wall), False
    meetings.close_item(item, by=chair)
    yield "the wall, between items", client.get(wall), False
    yield "a code for the wall", client.post(show, {"form_token": str(uuid.uuid4())}), True
    elsewhere = browser(language)
    yield "where a code is typed", elsewhere.get(reverse("the_wall")), False
    yield "a code that opens nothing", elsewhere.post(reverse("the_wall"), {"code": "AAAA AAAA"}), True
    elsewhere.post(reverse("the_wall"), {"code": meetings.make_wall_code(meeting, by=chair)})
    yield "the wall elsewhere", elsewhere.get(reverse("the_wall")), False
    yield "how the wall is shown, and where it is open", client.get(show), False
    meetings.blank_wall(meeting, is_blank=True, by=chair)
    yield "the wall, blank", client.get(wall), False
    yield "the chair, with a blank wall", client.get(reverse("meetings:chair", args=[meeting.pk])), False
    meetings.blank_wall(meeting, is_blank=False, by=chair)
    with cast.later(hours=2, minutes=20):
        yield "the wall, over its time", client.get(wall), False
    meetings.close_meeting(meeting, by=chair)
    yield "the wall, afterwards", client.get(wall), False
    yield "the wall elsewhere, ended", elsewhere.get(reverse("the_wall")), False


OCCASIONS = [
    on_the_wall,
    when_settings_are_proven,
    over_the_chain,
    too_often,
    where_names_are_written,
    at_the_second_step,
    with_an_agencys_own_sign_in,
    with_more_than_one_part,
    at_the_door,
    with_a_password,
    when_the_sign_in_ended,
    when_something_breaks,
    with_an_agreement,
    by_invitation,
    with_a_spreadsheet,
    with_a_year_released,
    when_it_is_late,
    in_two_tabs,
    of_the_gallery,
]
