"""What is not yours and what does not exist are one answer: in status, headers, words, length, and in what the database is asked.

The statements stand for the time that an answer takes, which no test can hold still; ``make fuzz`` measures that as well.
"""

import functools
import math
import re
import statistics
import time
import uuid

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpResponse
from django.urls import path as django_path
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies import clock
from agencies import lifecycle as agencies
from agencies.actor import for_the_table
from agencies.enums import AgreementKind, Role
from agencies.models import Appointment, LedgerEntry, Member
from cms_table.urls import urlpatterns as house
from meetings import lifecycle as meetings
from practice import codes
from practice.proof.crawl import addresses, arguments
from practice.proof.matrix import letter, relations_of
from responses import lifecycle as responses
from situations import lifecycle as situations
from situations.models import Situation
from tests import canaries, cast
from tests.odd_requests import Asked, doors
from tests.test_fuzz import SEED, Statements, Undone, gathered

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'(?:name="(?:csrfmiddlewaretoken|form_token|typed_on)" value="[^"]*")|(?:table_guard=[^;]*; expires=[^;]*)')
NOBODYS = "00000000-0000-4000-8000-0000000000aa"
SAVEPOINTS = re.compile(r'"s\d+_x\d+"')


def answer_to(client, asked: Asked, *, but: str):
    """All that an answer tells: status, headers, words, cookies and statements, without the tokens and without ``but``, which was asked."""
    counted = Statements()
    with Undone(client), connection.execute_wrapper(counted):
        answer = asked.sent_by(client)
        words = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    told = [answer.status_code, sorted(answer.headers.items()), str(answer.cookies), words]
    asked_of_it = [SAVEPOINTS.sub("", sql) for sql in counted.said]
    return [TOKENS.sub("", str(each)).replace(but, "…") for each in told], asked_of_it


def difference(client, name, path, key, *, other=NOBODYS, method="GET", fields=()):
    """In what the answers differ for an existing key and for one that nothing has: '' where they do not."""
    answers = []
    for but in (other, key):
        sent = [(field, but if value is None else value) for field, value in fields]
        sent += [("form_token", str(uuid.uuid4()))] if method == "POST" else []
        answers.append(answer_to(client, Asked(name, method, path.replace(key, but), fields=sent), but=but))
    (nothing, asked_of_nothing), (thing, asked_of_thing) = answers
    parts = [part for part, one, two in zip(("status", "headers", "cookies", "words"), nothing, thing, strict=True) if one != two]
    parts += ["statements"] if asked_of_nothing != asked_of_thing else []
    return f"{thing[0]}/{nothing[0]} {' '.join(parts)}" if parts else ""


ABOUT_ONE = ("situation", "situations:", "responses:", "meetings:")
STANDS_BESIDE = {"responses:change_issue"}  # tied to no situation
OF_A_MEETING = {
    "detail",
    "move",
    "cancel",
    "check_in",
    "check_out",
    "attendance",
    "member",
    "recorder",
    "chair",
    "open",
    "item_next",
    "extend",
    "close",
    "minutes",
}
OF_A_MEETING |= {"approve_minutes", "remove_exception", "undo", "wall", "show_wall", "blank_wall", "end_wall"}


def keyed(town):
    """The addresses that carry the key of this situation, of its item, its response or a part of it: name, path, key."""
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        if not wanted or name in STANDS_BESIDE or not name.startswith(ABOUT_ONE) or name.partition(":")[2] in OF_A_MEETING:
            continue
        for args in arguments(name, list(wanted), town) or []:
            yield name, reverse(name, args=args), str(args[0])


# Who may not even know of it, at which stage, as the matrix gives it. In the long run everybody is asked, and by both methods.
STAGES = [("draft", False), ("submitted", False), ("presented", False), ("identifying", True), ("responding", True)]
STAGES += [("concluded", False), ("rejected", False), ("withdrawn", False), ("ended_early", True), ("purged", False)]
SHORT = {
    ("submitted", False): ["stranger", "administrator"],
    ("presented", True): ["recused", "steering"],
    ("responding", True): ["stranger", "observer", "far chair"],
}
FAR = ["far chair", "far coordinator", "far member"]
ASKERS = {variant: [*cast.PARTS, *FAR] for variant in STAGES} if SEED else SHORT
OPEN_ALL_THE_SAME = {("stranger", "responses:answer_asked")}  # its agency was asked, and knows no situation


def elsewhere():
    """A third table with a chair, a coordinator and an agency of its own; nobody of the cast sits there."""
    table = agencies.create_table(name_en="Far Table", name_fr="Table lointaine", weekdays=[4], number_prefix="FAR", by="tests")
    agency = agencies.add_agency(name="Far Shelter", sector="sector:SEC-11", agency_type="agency_type:AGT-31", by="tests")
    agencies.give_seat(table, agency=agency, by="tests")
    people = {}
    for part, of, role in (("chair", None, Role.CHAIR), ("coordinator", None, Role.COORDINATOR), ("member", agency, Role.REPRESENTATIVE)):
        people[part] = agencies.invite(
            email=f"far_{part}@table.example", full_name=f"Far {part}", agency=of, roles=[role], table=table, by="tests"
        )
    Member.objects.filter(email__startswith="far_").update(joined_at=people["chair"].invited_at)
    codes.give_phones(Member.objects.filter(email__startswith="far_"))
    return table, agency, {part: Member.objects.get(pk=member.pk) for part, member in people.items()}


def may_know_of_it(part, stage, *, is_room_open) -> bool:
    """Whether the matrix gives this member at least that there is such a situation, or a look with a reason at it."""
    if part in FAR:
        return False
    by_look = part == "privacy_officer" and stage != "draft"
    return by_look or letter("number_stage_dates", stage, relations_of(part, stage, is_room_open=is_room_open)) in "OWR"


@pytest.mark.parametrize("variant", ASKERS, ids=lambda variant: "-room".join([variant[0], ""][: 1 + variant[1]]))
def test_who_may_not_know_of_a_situation_cannot_tell_it_from_none(client_of, variant):
    stage, is_room_open = variant
    town = canaries.town_at(stage, is_room_open=is_room_open)
    far, _agency, people = elsewhere()

    told = {}
    for part in ASKERS[variant]:
        if may_know_of_it(part, stage, is_room_open=is_room_open):
            continue
        client = client_of(people[part.removeprefix("far ")], at=far) if part in FAR else client_of(cast.the(part))
        difference(client, "situation", *warmed(town))
        for name, path, key in keyed(town):
            if (part, name) not in OPEN_ALL_THE_SAME:
                told |= {(part, name, method): said for method, said in differences(client, name, path, key) if said}

    assert told == {}


def warmed(town):
    """The first request of a process asks what no later one does."""
    return reverse("situation", args=[town.situation.pk]), str(town.situation.pk)


def differences(client, name, path, key):
    """In what the answers differ, by each method that the address takes; in the short run by one."""
    yield "GET", difference(client, name, path, key)
    if SEED or name in ONLY_POSTED:
        yield "POST", difference(client, name, path, key, method="POST")


ONLY_POSTED = {
    f"meetings:{name}"
    for name in ["item_open", "position", "involvement", "answers", "accept", "keep_open", "step_out", "recuse", "report"]
}
ONLY_POSTED |= {"situations:autosave", "situations:submit", "responses:settle_step"}


# Things of another table --------------------------------------------------------------------------------------------

KEEPERS = ["coordinator", "chair", "administrator"] if SEED else ["coordinator"]


def things_elsewhere():
    """What another table has of the kinds that addresses name: a person, an appointment, a meeting, an issue, an agreement."""
    far, agency, people = elsewhere()
    issue = responses.raise_issue(far, issue_type="systemic_issue_type:SYS-01", line="Far away.", agency=agency, by=people["member"])
    agreement = agencies.publish_agreement(
        far, kind=AgreementKind.CONFIDENTIALITY, text_en="Kept.", text_fr="Gardé.", by=people["coordinator"]
    )
    meeting = cast.a_planned_meeting(far)
    appointment = Appointment.objects.get(member=people["member"], table=far)
    by_name = {"agencies:end_role": appointment, "responses:change_issue": issue, "agencies:sit_at": far}
    by_name |= {f"meetings:{name}": meeting for name in OF_A_MEETING - {"remove_exception"}}
    for name in ("sign", "signatures", "remind", "take_back_reminder"):
        by_name[f"agencies:{name}"] = agreement
    for name in ["member", "invite_again", "give_role", "ask_recovery", "confirm_recovery", "decline_recovery", "end_membership"]:
        by_name[f"agencies:{name}"] = people["member"]
    return {name: str(thing.pk) for name, thing in by_name.items() if thing is not None}, people


@pytest.mark.parametrize("part", KEEPERS)
def test_what_another_table_has_is_to_who_keeps_this_one_like_what_does_not_exist(client_of, part, table):
    keys, _people = things_elsewhere()
    client = client_of(cast.the(part))
    difference(client, "agencies:member", reverse("agencies:member", args=[NOBODYS]), NOBODYS)

    told = {}
    for name, key in keys.items():
        for method in ("GET", "POST"):
            if said := difference(client, name, reverse(name, args=[key]), key, method=method):
                told[name, method] = said

    assert told == {}


@pytest.mark.parametrize(("stage", "parts"), [("responding", ["chair", "lead", "coordinator"]), ("identifying", ["chair"])])
def test_a_choice_of_another_table_is_refused_like_one_that_does_not_exist(client_of, stage, parts):
    town = canaries.town_at(stage, is_room_open=True)
    _table, agency, people = elsewhere()
    places = [each for each in doors(town) if SEED or each[0] in CHOOSING]

    told = {}
    for part in parts:
        client = client_of(cast.the(part))
        for form in [form for found in gathered({part: client}, places, is_whole=True).values() for _part, form in found]:
            for field in {each["name"] for each in form.fields if each.get("name") and (each["tag"] == "select" or is_chosen(each))}:
                willing = [(each, v) for each, values in dict(form.ways())["willingly"].items() for v in values if each != field]
                for other in (agency.pk, people["member"].pk):
                    fields = [*willing, (field, None)]
                    if said := difference(client, form.name, form.action.split("?")[0], str(other), method="POST", fields=fields):
                        told[part, form.name, field] = said

    assert told == {}


CHOOSING = {"meetings:respond", "responses:ask", "responses:hand_over", "responses:change_issue", "agencies:invite", "agencies:delegate"}
CHOOSING |= {"meetings:attendance", "meetings:chair", "responses:plan_step"}


def is_chosen(asked) -> bool:
    """Whether a field of a form takes the key of something."""
    return asked.get("type") in ("radio", "checkbox") and len(asked.get("value", "")) == len(NOBODYS)


# The door -----------------------------------------------------------------------------------------------------------

KNOWN, UNKNOWN = "stranger@table.example", "nobodyyy@table.example"  # as long as each other


def test_the_door_does_not_say_whose_address_is_known(client, db):
    Member.objects.filter(email=KNOWN).update(password=make_password("somebody’s own long words"))
    fields = [("login", None), ("password", "not the right words at all")]
    client.get(reverse("account_login"))

    assert difference(client, "account_login", reverse("account_login"), KNOWN, other=UNKNOWN, method="POST", fields=fields) == ""


def test_who_forgot_a_password_is_answered_alike_whether_the_address_is_known(client, db):
    client.get(reverse("account_reset_password"))

    path = reverse("account_reset_password")
    said = difference(client, "account_reset_password", path, KNOWN, other=UNKNOWN, method="POST", fields=[("email", None)])
    assert said == ""


def test_a_mail_server_that_is_away_does_not_say_whose_address_is_known(client, db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "localhost", 1

    answers = [client.post(reverse("account_reset_password"), {"email": address}) for address in (KNOWN, UNKNOWN)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, reverse("account_reset_password_done"))] * 2


def test_an_invitations_address_is_answered_alike_whoever_it_names(client, db):
    joined = urlsafe_base64_encode(force_bytes(cast.the("stranger").pk))
    nobody = urlsafe_base64_encode(force_bytes(NOBODYS))

    assert difference(client, "agencies:join", reverse("agencies:join", args=[joined, "x"]), joined, other=nobody) == ""
    assert difference(client, "agencies:ask_again", reverse("agencies:ask_again", args=[joined]), joined, other=nobody, method="POST") == ""


def test_a_calendar_that_was_revoked_is_like_one_that_never_was(client, stranger):
    key = agencies.make_calendar_key(stranger, by=stranger)
    agencies.revoke_calendar_key(stranger, by=stranger)
    other = "x" * len(key)

    assert difference(client, "calendar_feed", reverse("calendar_feed", args=[key]), key, other=other) == ""


def test_a_number_that_is_not_theirs_is_answered_like_one_that_does_not_exist(client_of, stranger, response):
    number = response.situation.reference
    other = f"{number.rpartition('-')[0]}-555"

    said = difference(
        client_of(stranger), "situations:find", reverse("situations:find"), number, other=other, method="POST", fields=[("number", None)]
    )
    assert said == ""


# What counts, what comes after the other, what a browser could compare --------------------------------------------------


def pages_of(client):
    """What each address without a key says, and what it asks."""
    return {
        name: answer_to(client, Asked(name, "GET", reverse(name)), but="\0")
        for name, wanted in sorted((name, tuple(wanted)) for name, wanted in addresses())
        if not wanted and not name.startswith(("account_", "mfa_"))
    }


@pytest.mark.parametrize("part", ["stranger", "agency_lead", "steering", "administrator", "observer"] if SEED else ["stranger", "steering"])
def test_a_draft_of_another_agency_changes_no_page(client_of, table, part, monkeypatch, originator):
    monkeypatch.setattr(clock, "now", functools.partial(lambda stands: stands, clock.now()))
    client = client_of(cast.the(part))
    pages_of(client)
    before = pages_of(client)
    for _each in range(3):
        cast.a_draft(table, by=originator)

    after = pages_of(client)

    assert {name for name, page in after.items() if page != before[name]} == set()


def test_what_is_never_presented_leaves_no_gap_between_numbers(table, originator, chair):
    meeting = cast.an_open_meeting(table, by=chair)
    numbers = []
    for _each in range(2):
        situations.discard(cast.a_draft(table, by=originator), by=originator)
        numbers.append(cast.the_item_of(cast.a_submitted(table, by=originator), meeting, by=chair).situation.sequence)
        meetings.defer(meeting.items.get(situation__sequence=numbers[-1]), reason="deferral_reason:DEF-01", by=chair)

    assert numbers[1] - numbers[0] == 1


def test_no_page_carries_what_a_browser_could_compare(client_of, response, originator):
    client = client_of(originator)
    marked = set()
    for name, wanted in addresses():
        if not wanted and name != "account_logout":
            marked |= {(name, mark) for mark in ("ETag", "Last-Modified") if mark in client.get(reverse(name)).headers}

    assert marked == set()


# The check itself, and what time tells -----------------------------------------------------------------------------------


def forbidden_but_there(request, pk):
    return HttpResponse(status=403 if for_all(pk) else 404)


def longer_where_there_is_one(request, pk):
    return HttpResponse("." * (2 if for_all(pk) else 1), status=404)


def asks_more_where_there_is_one(request, pk):
    if for_all(pk):
        LedgerEntry.objects.exists()
    return HttpResponse(status=404)


def for_all(pk) -> bool:
    with for_the_table("practice"):  # what both walls have let pass
        return Situation.objects.filter(pk=pk).exists()


PLANTED = {
    forbidden_but_there: "403/404 status",
    longer_where_there_is_one: "404/404 headers words",
    asks_more_where_there_is_one: "statements",
}


@pytest.mark.parametrize("view", PLANTED)
def test_an_oracle_is_noticed(client_of, stranger, draft, settings, view):
    settings.ROOT_URLCONF = __name__
    path = f"/planted/{list(PLANTED).index(view)}/{draft.pk}/"

    assert difference(client_of(stranger), "planted", path, str(draft.pk)).endswith(PLANTED[view])


def likely_by_chance(one, two) -> float:
    """How likely two rows of measurements would differ so in rank if they were of one kind (Mann and Whitney 1947, normal for many)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in two])
    ranks = sum(rank for rank, (_value, which) in enumerate(ranked, start=1) if which == 0)
    n, m = len(one), len(two)
    away = abs(ranks - n * (n + m + 1) / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(away / math.sqrt(2))


def test_ranks_tell_one_kind_from_two():
    assert likely_by_chance(range(0, 200, 2), range(1, 201, 2)) > 0.9
    assert likely_by_chance(range(100), range(50, 150)) < 0.001


TIMES = 300 if SEED else 3


def test_what_time_tells_is_measured(client_of, client, table, response, record_property):
    situation, far, there = response.situation, elsewhere()[2]["member"], cast.the("stranger")
    key = agencies.make_calendar_key(there, by=there)
    agencies.revoke_calendar_key(there, by=there)
    stranger, keeper = client_of(there), client_of(cast.the("coordinator"))
    number = situation.reference
    asked = {
        "a situation": (stranger, "situation", [situation.pk], NOBODYS, "GET", []),
        "a response": (stranger, "responses:contact", [response.pk], NOBODYS, "GET", []),
        "a situation, posted": (stranger, "meetings:withdraw", [situation.pk], NOBODYS, "POST", []),
        "a person elsewhere": (keeper, "agencies:member", [far.pk], NOBODYS, "GET", []),
        "a number": (stranger, "situations:find", [], f"{number[:4]}-555", "POST", [("number", number)]),
        "a calendar": (client, "calendar_feed", [key], "x" * len(key), "GET", []),
        "an address at the door": (client, "account_login", [], UNKNOWN, "POST", [("login", KNOWN), ("password", "wrong words")]),
        "a forgotten password": (client, "account_reset_password", [], UNKNOWN, "POST", [("email", KNOWN)]),
    }

    for what, (browser, name, args, other, method, fields) in asked.items():
        there, not_there = measured(browser, name, args, other, method, fields)
        for clock_of, one, two in zip(("processor", "wall"), zip(*there, strict=True), zip(*not_there, strict=True), strict=True):
            first, second = (statistics.median(each) * 1000 for each in (one, two))
            chance = likely_by_chance(one, two)
            record_property("time", f"{what:24} {clock_of:9} {first:6.2f} {second:6.2f}  {first - second:+.2f} ms  p = {chance:.3f}")

        assert len(there) == len(not_there) == TIMES


def measured(browser, name, args, other, method, fields):
    """How long an existing thing took each time, and one that does not exist, in turn: seconds of the processor and of the wall."""
    took = ([], [])
    for number in range(2 * TIMES + 2):
        is_there = number % 2 == 0
        path = reverse(name, args=args if is_there or not args else [other])
        sent = fields if is_there or not fields or args else [(fields[0][0], other), *fields[1:]]
        with Undone(browser):
            began = time.process_time(), time.perf_counter()
            Asked(name, method, path, fields=sent).sent_by(browser)
            took[not is_there].append((time.process_time() - began[0], time.perf_counter() - began[1]))
    return [each[1:] for each in took]  # the first of each warms up


urlpatterns = [*(django_path(f"planted/{number}/<uuid:pk>/", view) for number, view in enumerate(PLANTED)), *house]
