"""One agency brings a situation: a draft that nobody else can know of, one idea per page, until it is before the table."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils.html import escape

from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from situations import lifecycle, sealing
from situations.deidentification import EXPLANATIONS, Kind
from situations.models import SealedText, Situation
from tests import cast

MARKED = "Tyler Brown was seen on Elm Street at 3 am. Sleeps outside since Friday."
CLEAN = "Sleeps outside since last week, and the nights are below zero."
ABOUT = {
    "discussion_type": "discussion_type:PER",
    "age_group": "age_group:18-24",
    "sex_gender": "sex_gender:M",
    "language_of_service": "language_of_service:EN",
    "affected_0-5": "2",
    "affected_30-39": "1",
}
BEFORE = {"attempts": ["attempt:TRY-01", "attempt:TRY-05"], "discussed_before": "yes", "earlier_number": "2024-007"}
ACUTE = {
    "check_911": "not_needed",
    "check_DTR": "done",
    "check_MHA": "not_needed",
    "criteria": ["criterion:AER-A", "criterion:AER-B", "criterion:AER-C", "criterion:AER-D"],
}
CONSENT = {"consent": "consent:NO", "legal_ground": "legal_ground:FIPPA42"}
# step: what is posted, and what then stands in the situation
STEPS = [
    (
        1,
        ABOUT,
        {
            "discussion_type_id": "discussion_type:PER",
            "age_group_id": "age_group:18-24",
            "sex_gender_id": "sex_gender:M",
            "language_of_service_id": "language_of_service:EN",
            "affected_persons": ["age_group:0-5", "age_group:0-5", "age_group:30-39"],
        },
    ),
    (2, {"risk_factors": ["risk_factor:HOU-01", "risk_factor:SUI-01"]}, {"risk_factors": ["risk_factor:HOU-01", "risk_factor:SUI-01"]}),
    (
        3,
        {"protective_factors": ["protective_factor:PF-EDU-01"], "study_flags": ["study_flag:SF-16"]},
        {"protective_factors": ["protective_factor:PF-EDU-01"], "study_flags": ["study_flag:SF-16"]},
    ),
    (4, BEFORE, {"attempts": BEFORE["attempts"], "discussed_before": "yes", "earlier_number": "2024-007"}),
    (
        5,
        ACUTE,
        {
            "criteria": ACUTE["criteria"],
            "emergency_checks": {"emergency_check:911": "not_needed", "emergency_check:DTR": "done", "emergency_check:MHA": "not_needed"},
        },
    ),
    (6, CONSENT, {"consent_id": "consent:NO", "legal_ground_id": "legal_ground:FIPPA42"}),
]


@pytest.fixture
def empty(table, originator):
    """A draft without an answer."""
    return lifecycle.open_situation(table, agency=originator.agency, by=originator)


def address(situation, step):
    return reverse("situations:intake", args=[situation.pk, step])


def post(client, situation, step, go="continue", **typed):
    """A step as the browser sends it, with the version that stands now."""
    situation = Situation.objects.get(pk=situation.pk)
    return client.post(address(situation, step), {"version": situation.version, "go": go, "form_token": uuid.uuid4(), **typed})


def stands(situation, *fields):
    situation = Situation.objects.get(pk=situation.pk)
    return {field: getattr(situation, field) for field in fields}


def acts(situation):
    """What the ledger holds of it, in order, the looks left out."""
    entries = LedgerEntry.objects.filter(situation_id=situation.pk).exclude(act="looked")
    return list(entries.order_by("written_at").values_list("act", flat=True))


def looks(situation):
    return LedgerEntry.objects.filter(situation_id=situation.pk, act="looked").count()


def errors(response):
    """The sentences of the error summary."""
    found = re.search(r'class="error-summary".*?</div>', response.content.decode(), re.S)
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]*)", found[0]) if found else []


# --- opening ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "status"), [("originator", 200), ("stranger", 200), ("chair", 403), ("coordinator", 403), ("observer", 403)]
)
def test_only_who_acts_for_a_seated_agency_may_bring_a_situation(client_of, part, status):
    response = client_of(cast.the(part)).get(reverse("situations:open"))

    assert response.status_code == status


def test_a_draft_has_an_address_of_its_own(client_of, originator):
    response = client_of(originator).post(reverse("situations:open"), {"form_token": uuid.uuid4()})

    draft = Situation.objects.get(originating_agency=originator.agency)
    assert (response.status_code, response.url) == (302, address(draft, 1))
    assert acts(draft) == ["granted", "draft_opened"]


def test_a_double_click_opens_one_draft_and_both_lead_to_it(client_of, originator):
    client, token = client_of(originator), uuid.uuid4()

    first, second = (client.post(reverse("situations:open"), {"form_token": token}) for _click in range(2))

    assert Situation.objects.count() == 1
    assert first.url == second.url


@pytest.mark.parametrize(
    "part", ["stranger", "in_the_room", "chair", "recorder", "coordinator", "steering", "privacy_officer", "administrator"]
)
@pytest.mark.parametrize("name", ["check", "discard", "print_answers", "looks", "look", "correct"])
def test_nobody_outside_the_agency_can_know_of_a_draft(client_of, draft, part, name):
    response = client_of(cast.the(part)).get(reverse(f"situations:{name}", args=[draft.pk]))

    assert response.status_code == 404


def test_a_colleague_of_the_same_agency_goes_on_with_the_draft(client_of, table, in_the_room, colleague):
    draft = cast.a_draft(table, by=in_the_room)

    response = client_of(colleague).get(address(draft, 7))

    assert cast.WHY_NOW in response.content.decode()


# --- the steps --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
@pytest.mark.parametrize("step", range(1, 8))
def test_each_step_opens_in_both_languages_and_the_look_is_recorded(client_of, originator, draft, step, language):
    response = client_of(originator, language=language).get(address(draft, step))

    assert (response.status_code, looks(draft)) == (200, 1)


@pytest.mark.parametrize("step", [0, 8, 99])
def test_there_are_seven_steps(client_of, originator, draft, step):
    assert client_of(originator).get(address(draft, step)).status_code == 404


@pytest.mark.parametrize(("step", "typed", "expected"), STEPS)
def test_a_step_keeps_its_answers_and_leads_to_the_next(client_of, originator, empty, step, typed, expected):
    response = post(client_of(originator), empty, step, **typed)

    assert (response.status_code, response.url) == (302, address(empty, step + 1))
    assert stands(empty, *expected) == expected
    assert acts(empty)[-1] == "draft_saved"


def test_the_last_step_seals_the_words_and_leads_to_the_check(client_of, originator, empty):
    response = post(client_of(originator), empty, 7, why_now=CLEAN)

    assert (response.status_code, response.url) == (302, reverse("situations:check", args=[empty.pk]))
    assert sealing.unseal(empty, "why_now") == CLEAN


def test_a_change_from_the_check_page_comes_back_to_it(client_of, originator, draft):
    response = client_of(originator).post(f"{address(draft, 1)}?back=check", {"version": draft.version, "go": "continue", **ABOUT})

    assert response.url == reverse("situations:check", args=[draft.pk])


def test_leaving_asks_for_nothing_and_keeps_what_there_is(client_of, originator, empty):
    response = post(client_of(originator), empty, 1, go="leave", discussion_type="discussion_type:FAM")

    assert response.url == reverse("situations:list")
    assert stands(empty, "discussion_type_id", "age_group_id") == {"discussion_type_id": "discussion_type:FAM", "age_group_id": None}


def test_a_step_that_cannot_be_answered_yet_is_left_for_later(client_of, originator, empty):
    client = client_of(originator)
    asked = post(client, empty, 2)

    response = post(client, empty, 2, go="later")

    assert ('value="later"' in asked.content.decode(), response.status_code, response.url) == (True, 302, address(empty, 3))


def test_what_is_missing_is_asked_one_step_after_the_other_and_then_checked(client_of, originator, draft):
    lifecycle.save_answers(draft, by=originator, risk_factors=[], attempts=[])
    client, check = client_of(originator), reverse("situations:check", args=[draft.pk])
    first = re.search(r'btn-primary" href="([^"#]*)#id_risk_factors_0"', client.get(check).content.decode())[1]

    second = client.post(first, {"version": Situation.objects.get(pk=draft.pk).version, "risk_factors": ["risk_factor:HOU-01"]}).url
    last = client.post(second, {"version": Situation.objects.get(pk=draft.pk).version, **BEFORE}).url

    assert (first, second, last) == (f"{address(draft, 2)}?back=missing", f"{address(draft, 4)}?back=missing", check)


LACKING = [
    (1, {}, ["Say what kind of situation it is.", "Choose the language of service; “unknown” is an answer."]),
    (
        1,
        {"discussion_type": "discussion_type:PER", "language_of_service": "language_of_service:EN"},
        ["Choose an age group; the nearest one will do.", "Choose a sex or gender; “unknown” is an answer."],
    ),
    (2, {}, ["Choose at least one risk factor."]),
    (4, {}, ["Say what your agency has tried.", "Say whether it was discussed before."]),
    (
        5,
        {"check_911": "done"},
        [
            "Answer “done” or “not needed”: Report to child protection made, or no duty to report",
            "Answer “done” or “not needed”: Hospital or Mental Health Act route considered",
            "All four criteria of acutely elevated risk are needed.",
        ],
    ),
    (6, {}, ["Answer whether consent was obtained."]),
    (6, {"consent": "consent:NO"}, ["Without consent, choose the legal ground."]),
    (7, {"why_now": "  "}, ["Say in a sentence or two why now."]),
]


@pytest.mark.parametrize(("step", "typed", "asked"), LACKING)
def test_going_on_asks_for_what_the_step_needs(client_of, originator, empty, step, typed, asked):
    response = post(client_of(originator), empty, step, **typed)

    assert (response.status_code, errors(response)) == (200, asked)
    assert "<title>Error: Step" in response.content.decode()


@pytest.mark.parametrize("discussion_type", ["FAM", "DWE", "NEI", "ENV", "GRP"])
def test_age_and_sex_are_asked_of_a_person_only(client_of, originator, empty, discussion_type):
    typed = {"discussion_type": f"discussion_type:{discussion_type}", "language_of_service": "language_of_service:U"}

    assert post(client_of(originator), empty, 1, **typed).status_code == 302


INVALID = [
    (1, {**ABOUT, "affected_0-5": "-1"}, ["“0–5 years” is at least 0."]),
    (1, {**ABOUT, "affected_0-5": "many"}, ["“0–5 years” is a whole number."]),
    (1, {**ABOUT, "affected_0-5": "400"}, ["“0–5 years” is at most 20."]),
    (4, {**BEFORE, "earlier_number": "the one with the boy"}, ["Write the number like 2026-031."]),
    (4, {**BEFORE, "discussed_before": "no"}, ["You gave an earlier number, so answer that it was discussed before."]),
    (7, {"why_now": "x" * 281}, ["Keep it to 280 characters; it has 281."]),
]


@pytest.mark.parametrize(("step", "typed", "said"), INVALID)
@pytest.mark.parametrize("go", ["continue", "leave"])
def test_what_cannot_be_kept_is_said_and_everything_typed_stays(client_of, originator, empty, step, typed, said, go):
    response = post(client_of(originator), empty, step, go=go, **typed)

    assert (response.status_code, errors(response)) == (200, said)
    assert all(
        str(value) in response.content.decode() for given in typed.values() for value in (given if isinstance(given, list) else [given])
    )
    assert acts(empty) == ["granted", "draft_opened"]


FORGED = [
    (1, {**ABOUT, "age_group": "risk_factor:HOU-01"}),
    (1, {**ABOUT, "version": "none"}),
    (2, {"risk_factors": ["study_flag:SF-16"]}),
    (2, {"risk_factors": ["risk_factor:NO-SUCH"]}),
    (5, {**ACUTE, "check_911": "perhaps"}),
    (6, {**CONSENT, "consent": "consent:\x00"}),
]


@pytest.mark.parametrize(("step", "typed"), FORGED)
def test_an_answer_that_no_list_offers_is_not_kept(client_of, originator, empty, step, typed):
    response = post(client_of(originator), empty, step, **typed)

    assert (response.status_code, len(errors(response))) == (200, 1)
    assert acts(empty) == ["granted", "draft_opened"]


def test_a_line_break_counts_once_and_280_characters_are_kept(client_of, originator, empty):
    words = "a" * 139 + "\n" + "b" * 140

    response = post(client_of(originator), empty, 7, why_now=words.replace("\n", "\r\n"))

    assert response.status_code == 302
    assert sealing.unseal(empty, "why_now") == words


def test_consent_needs_no_ground_and_keeps_none(client_of, originator, draft):
    response = post(client_of(originator), draft, 6, **{**CONSENT, "consent": "consent:YES"})

    assert response.status_code == 302
    assert stands(draft, "consent_id", "legal_ground_id") == {"consent_id": "consent:YES", "legal_ground_id": None}


def test_for_someone_under_18_justice_is_one_coarse_factor(client_of, originator, empty):
    client = client_of(originator)
    post(client, empty, 2, risk_factors=["risk_factor:CRI-12"])

    post(client, empty, 1, **{**ABOUT, "age_group": "age_group:12-17"})

    page = client.get(address(empty, 2)).content.decode()
    assert stands(empty, "risk_factors") == {"risk_factors": ["risk_factor:CRI-00"]}
    assert sorted(set(re.findall(r'value="risk_factor:(CRI-\d\d)"', page))) == ["CRI-00"]


def test_the_other_language_keeps_the_page(client_of, originator, draft):
    response = client_of(originator).post(reverse("language"), {"language": "fr-ca", "next": address(draft, 3)})

    originator.refresh_from_db()
    assert (response.status_code, response.url, originator.language) == (302, address(draft, 3), "fr-ca")
    assert LedgerEntry.objects.get(act="member_changed", by_id=originator.pk).codes == ["language"]


# --- two people, two tabs ------------------------------------------------------------------------------------------------------


def test_a_stale_step_shows_both_versions_and_overwrites_nothing(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 1, **ABOUT)

    response = client.post(address(draft, 1), {"version": version, **ABOUT, "age_group": "age_group:60+"})

    page = response.content.decode()
    assert response.status_code == 409
    assert ("60 years and over" in page, "18–24 years" in page) == (True, True)
    assert stands(draft, "age_group_id") == {"age_group_id": "age_group:18-24"}


def test_stale_words_show_both_texts_and_overwrite_nothing(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 7, why_now=CLEAN)

    response = client.post(address(draft, 7), {"version": version, "why_now": "Has stopped eating."})

    page = response.content.decode()
    assert (response.status_code, CLEAN in page, "Has stopped eating." in page) == (409, True, True)
    assert sealing.unseal(draft, "why_now") == CLEAN


def test_two_people_who_answer_different_steps_of_one_draft_do_not_stand_in_each_others_way(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 1, **ABOUT)
    post(client, draft, 7, why_now=CLEAN)

    response = client.post(address(draft, 4), {"version": version, "go": "continue", **BEFORE, "attempts": ["attempt:TRY-02"]})

    assert response.status_code == 302
    assert stands(draft, "attempts", "age_group_id") == {"attempts": ["attempt:TRY-02"], "age_group_id": "age_group:18-24"}


def test_words_are_kept_although_somebody_answered_another_step_meanwhile(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 1, **ABOUT)

    response = client.post(address(draft, 7), {"version": version, "go": "continue", "why_now": CLEAN})

    assert (response.status_code, sealing.unseal(draft, "why_now")) == (302, CLEAN)


def test_what_was_changed_before_another_step_was_saved_is_still_a_conflict(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 1, **ABOUT)
    post(client, draft, 7, why_now=CLEAN)

    response = client.post(address(draft, 1), {"version": version, **ABOUT, "age_group": "age_group:60+"})

    assert response.status_code == 409
    assert stands(draft, "age_group_id") == {"age_group_id": "age_group:18-24"}


def test_an_age_under_18_given_on_an_older_page_makes_the_newer_factors_coarse(client_of, originator, draft):
    client = client_of(originator)
    post(client, draft, 1, **ABOUT)
    draft.refresh_from_db()
    version = draft.version
    post(client, draft, 2, risk_factors=["risk_factor:CRI-12"])

    response = client.post(address(draft, 1), {"version": version, "go": "continue", **ABOUT, "age_group": "age_group:12-17"})

    assert response.status_code == 302
    assert stands(draft, "risk_factors") == {"risk_factors": ["risk_factor:CRI-00"]}


def test_the_same_answers_from_two_tabs_are_no_conflict(client_of, originator, draft):
    client, version = client_of(originator), draft.version
    post(client, draft, 1, **ABOUT)

    response = client.post(address(draft, 1), {"version": version, "go": "continue", **ABOUT})

    assert response.status_code == 302


def test_a_repeated_post_has_one_effect_and_finds_the_first_result(client_of, originator, empty):
    client, typed = client_of(originator), {"version": empty.version, "form_token": uuid.uuid4(), "go": "continue", **ABOUT}

    first, second = (client.post(address(empty, 1), typed) for _click in range(2))

    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert acts(empty).count("draft_saved") == 1


# --- autosave -------------------------------------------------------------------------------------------------------------------


def autosave(client, situation, step, **typed):
    return client.post(reverse("situations:autosave", args=[situation.pk]), {"step": step, **typed})


def test_autosave_keeps_what_is_typed_and_says_when(client_of, originator, empty):
    response = autosave(client_of(originator), empty, 1, version=empty.version, discussion_type="discussion_type:FAM")

    answer = response.json()
    assert (response.status_code, answer["version"], answer["words"][:6]) == (200, empty.version + 1, "Saved ")
    assert stands(empty, "discussion_type_id") == {"discussion_type_id": "discussion_type:FAM"}


def test_autosave_keeps_what_is_valid_and_leaves_the_rest(client_of, originator, empty):
    response = autosave(client_of(originator), empty, 1, version=empty.version, **{**ABOUT, "affected_0-5": "many"})

    assert response.json()["words"] == "Not all of it is saved yet: an answer needs your attention."
    assert stands(empty, "age_group_id", "affected_persons") == {"age_group_id": "age_group:18-24", "affected_persons": []}


def test_a_stale_autosave_overwrites_nothing_and_says_so(client_of, originator, draft):
    opened_before_any_answer = draft.version - 2

    response = autosave(client_of(originator), draft, 1, version=opened_before_any_answer, **ABOUT)

    assert (response.status_code, response.json()["is_stale"]) == (409, True)
    assert stands(draft, "age_group_id") == {"age_group_id": "age_group:12-17"}


@pytest.mark.parametrize("step", ["", "0", "8", "two"])
def test_autosave_knows_seven_steps(client_of, originator, draft, step):
    assert autosave(client_of(originator), draft, step, version=draft.version).status_code == 404


# --- finding a factor ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("ho", "en-ca", "risk_factor:HOU-01"),
        ("evict", "en-ca", "risk_factor:HOU-01"),
        ("expulsion", "en-ca", "risk_factor:HOU-01"),
        ("logement", "fr-ca", "risk_factor:HOU-01"),
        ("démence", "en-ca", "risk_factor:COG-01"),
        ("demence", "fr-ca", "risk_factor:COG-01"),
        ("ALZHEIMER", "fr-ca", "risk_factor:COG-01"),
    ],
)
def test_two_letters_find_a_factor_in_either_language_by_its_other_names_too(client_of, originator, empty, typed, language, first):
    response = client_of(originator, language=language).post(
        address(empty, 2), {"version": empty.version, "find_risk_factors": typed, "stay": "risk_factors"}
    )

    found = re.findall(r'name="add" value="risk_factors=([^"]+)"', response.content.decode())
    assert found[0] == first


@pytest.mark.parametrize("typed", ["", "h", " ", "zzzz", "<script>"])
def test_what_finds_nothing_breaks_nothing(client_of, originator, empty, typed):
    response = client_of(originator).post(address(empty, 2), {"version": empty.version, "find_risk_factors": typed, "stay": "risk_factors"})

    assert (response.status_code, 'name="add"' in response.content.decode()) == (200, False)


def test_all_105_factors_stand_in_27_categories(client_of, originator, empty):
    page = client_of(originator).get(address(empty, 2)).content.decode()

    assert len(set(re.findall(r'type="checkbox"[^>]*value="(risk_factor:[^"]+)"', page))) == 105
    assert page.split("<main")[1].count("<details") == 27


def test_without_scripts_a_found_factor_is_added_and_the_chosen_ones_stay(client_of, originator, draft):
    typed = {"version": draft.version, "find_risk_factors": "gamb", "risk_factors": ["risk_factor:HOU-01"]}

    response = client_of(originator).post(address(draft, 2), {**typed, "add": "risk_factors=risk_factor:GAM-01"})

    assert stands(draft, "risk_factors") == {"risk_factors": ["risk_factor:HOU-01", "risk_factor:GAM-01"]}
    assert 'value="gamb"' in response.content.decode()


def test_without_scripts_a_chosen_factor_is_removed(client_of, originator, draft):
    typed = {"version": draft.version, "risk_factors": ["risk_factor:HOU-01", "risk_factor:ALC-02"]}

    client_of(originator).post(address(draft, 2), {**typed, "remove": "risk_factors=risk_factor:HOU-01"})

    assert stands(draft, "risk_factors") == {"risk_factors": ["risk_factor:ALC-02"]}


# --- why now ---------------------------------------------------------------------------------------------------------------------------


def test_marked_words_are_shown_explained_and_not_changed(client_of, originator, empty):
    response = post(client_of(originator), empty, 7, why_now=MARKED)

    page = response.content.decode()
    assert errors(response) == ["Some words could tell who it is. Write them in another way, or say why they must stay."]
    assert re.findall(r"<mark>([^<]*)</mark>", page) == ["Tyler Brown", "Elm Street"]
    assert (f">\n{MARKED}</textarea>" in page, escape(str(EXPLANATIONS[Kind.NAME])) in page) == (True, True)


def test_a_reason_overrules_the_marks_and_is_sealed(client_of, originator, empty):
    response = post(client_of(originator), empty, 7, why_now=MARKED, overruled_because="It is the name of a shelter.")

    assert response.status_code == 302
    assert sealing.unseal(empty, "overrule_reason") == "It is the name of a shelter."
    assert not any("shelter" in code for entry in LedgerEntry.objects.all() for code in entry.codes)


def test_a_reason_given_once_holds_while_the_words_stay(client_of, originator, empty):
    client = client_of(originator)
    post(client, empty, 7, why_now=MARKED, overruled_because="It is the name of a shelter.")

    again, changed = post(client, empty, 7, why_now=MARKED), post(client, empty, 7, why_now=f"{MARKED} Ana Roy knows.")

    assert (again.status_code, changed.status_code) == (302, 200)


def test_a_reason_does_not_cover_words_that_were_typed_since(client_of, originator, draft):
    client = client_of(originator)
    post(client, draft, 7, why_now=MARKED, overruled_because="It is the name of a shelter.")
    post(client, draft, 7, go="leave", why_now=f"{MARKED} Ana Roy knows.")

    again = post(client, draft, 7, why_now=f"{MARKED} Ana Roy knows.")
    submitted = client.post(reverse("situations:submit", args=[draft.pk]), {"form_token": uuid.uuid4()})

    assert (len(errors(again)), len(errors(submitted)), stands(draft, "stage")) == (1, 1, {"stage": "draft"})


def test_the_page_says_so_when_the_words_could_not_be_checked(client_of, originator, empty):
    response = post(client_of(originator), empty, 7, why_now="word " * 1200)

    assert "The words could not be checked." in response.content.decode()


def test_marked_words_that_were_left_keep_a_draft_from_the_table(client_of, originator, draft):
    client = client_of(originator)
    post(client, draft, 7, go="leave", why_now=MARKED)

    response = client.post(reverse("situations:submit", args=[draft.pk]), {"form_token": uuid.uuid4()})

    said = ["Some words of “why now” could tell who it is. Write them in another way, or say why they must stay."]
    assert (response.status_code, errors(response)) == (200, said)
    assert stands(draft, "stage") == {"stage": "draft"}


# --- check, submit, discard, print ----------------------------------------------------------------------------------------------------


def test_the_check_page_shows_every_answer_and_the_way_to_change_it(client_of, originator, draft):
    page = client_of(originator).get(reverse("situations:check", args=[draft.pk])).content.decode()

    assert [cast.WHY_NOW in page, "2024-007" in page, "12–17 years" in page, "Conference" in page] == [True, True, True, False]
    assert sorted(set(re.findall(r'href="([^"]*)\?back=check#[^"]*"', page))) == [address(draft, step) for step in range(1, 8)]


def test_the_check_page_says_that_written_notice_is_owed(client_of, originator, draft):
    client = client_of(originator)
    post(client, draft, 6, **CONSENT)

    page = client.get(reverse("situations:check", args=[draft.pk])).content.decode()

    assert "a step for it is planned" in page


def test_an_incomplete_draft_is_not_submitted_and_the_page_says_what_is_missing(client_of, originator, empty):
    response = client_of(originator).post(reverse("situations:submit", args=[empty.pk]), {"form_token": uuid.uuid4()})

    assert (response.status_code, len(errors(response))) == (200, 9)
    assert "<title>Error: Check your answers" in response.content.decode()
    assert stands(empty, "stage") == {"stage": "draft"}


def test_a_complete_draft_is_submitted_once(client_of, originator, draft):
    client, token = client_of(originator), uuid.uuid4()

    first, second = (client.post(reverse("situations:submit", args=[draft.pk]), {"form_token": token}) for _click in range(2))

    assert (first.status_code, first.url) == (302, reverse("situation", args=[draft.pk]))
    assert second.url == first.url
    assert (stands(draft, "stage"), acts(draft).count("submitted")) == ({"stage": "submitted"}, 1)


def test_what_is_said_after_submitting_names_the_filter_that_the_stepper_shows(client_of, originator, draft):
    page = client_of(originator).post(reverse("situations:submit", args=[draft.pk]), {"form_token": uuid.uuid4()}, follow=True)

    said = [str(message) for message in page.context["messages"]]
    assert (said, page.context["page"].filter) == (["It is submitted. It stays at Filter 1 until the table hears it."], 1)


def test_submitting_in_a_second_tab_says_where_it_stands(client_of, originator, submitted):
    response = client_of(originator).post(reverse("situations:submit", args=[submitted.pk]), {"form_token": uuid.uuid4()})

    assert response.status_code == 409
    assert "This situation stands at “Submitted”" in response.content.decode()


def test_a_discarded_draft_is_gone_with_its_words(client_of, originator, draft):
    client = client_of(originator)

    response = client.post(reverse("situations:discard", args=[draft.pk]), {"form_token": uuid.uuid4()})

    assert response.url == reverse("situations:list")
    assert (Situation.objects.count(), SealedText.objects.count(), acts(draft)[-1]) == (0, 0, "draft_discarded")
    assert client.get(reverse("situations:check", args=[draft.pk])).status_code == 404


def test_asking_to_discard_discards_nothing(client_of, originator, draft):
    response = client_of(originator).get(reverse("situations:discard", args=[draft.pk]))

    assert (response.status_code, Situation.objects.count()) == (200, 1)


@pytest.mark.parametrize("stage", ["draft", "submitted", "item"])
def test_ones_own_answers_are_printed_until_the_table_decides(client_of, originator, request, stage):
    situation = getattr(request.getfixturevalue(stage), "situation", None) or request.getfixturevalue(stage)

    response = client_of(originator).get(reverse("situations:print_answers", args=[situation.pk]))

    assert (response.status_code, cast.WHY_NOW in response.content.decode()) == (200, True)
    assert acts(situation)[-1] == "printed"


def test_after_the_decision_answers_are_not_printed(client_of, originator, accepted_item):
    response = client_of(originator).get(reverse("situations:print_answers", args=[accepted_item.situation_id]))

    assert (response.status_code, "printed" in acts(accepted_item.situation)) == (409, False)


@pytest.mark.parametrize("part", ["chair", "recorder", "coordinator"])
@pytest.mark.parametrize("name", ["check", "discard", "print_answers", "looks", "correct"])
def test_those_who_prepare_the_meeting_know_it_and_may_not_touch_it(client_of, submitted, part, name):
    assert client_of(cast.the(part)).get(reverse(f"situations:{name}", args=[submitted.pk])).status_code == 403


# --- after submission: what the matrix still lets the originator write ---------------------------------------------------------------


def test_until_it_is_presented_the_words_can_be_changed(client_of, originator, submitted):
    response = post(client_of(originator), submitted, 7, why_now=CLEAN)

    assert (response.status_code, response.url) == (302, reverse("situation", args=[submitted.pk]))
    assert sealing.unseal(submitted, "why_now") == CLEAN


def test_once_it_is_presented_the_words_stand(client_of, originator, item):
    response = post(client_of(originator), item.situation, 7, why_now=CLEAN)

    assert (response.status_code, sealing.unseal(item.situation, "why_now")) == (409, cast.WHY_NOW)


def test_at_the_table_the_profile_is_still_written_and_what_was_tried_is_only_read(client_of, originator, item):
    client = client_of(originator)
    post(client, item.situation, 1, **{**ABOUT, "age_group": "age_group:25-29"})

    post(client, item.situation, 4, **{**BEFORE, "attempts": ["attempt:TRY-09"]})

    assert stands(item.situation, "age_group_id", "attempts") == {
        "age_group_id": "age_group:25-29",
        "attempts": ["attempt:TRY-01", "attempt:TRY-03"],
    }


def test_the_recorder_writes_the_profile_at_the_table_and_not_the_worksheet(client_of, recorder, item):
    client = client_of(recorder)

    assert post(client, item.situation, 2, risk_factors=["risk_factor:HOU-01"]).status_code == 302
    assert stands(item.situation, "risk_factors") == {"risk_factors": ["risk_factor:HOU-01"]}
    assert client.get(address(item.situation, 5)).status_code == 409


@pytest.mark.parametrize(("part", "shown"), [("originator", True), ("recorder", False)])
def test_an_earlier_number_is_shown_to_the_agency_that_wrote_it_only(client_of, item, part, shown):
    client = client_of(cast.the(part))

    pages = [
        client.get(page).content.decode() for page in (address(item.situation, 4), reverse("situations:check", args=[item.situation_id]))
    ]

    assert ["2024-007" in page for page in pages] == [shown, shown]


def test_nothing_more_is_written_once_it_was_not_accepted(client_of, originator, item, chair):
    meetings.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=chair)

    response = post(client_of(originator), item.situation, 2, risk_factors=["risk_factor:HOU-01"])

    assert response.status_code == 409
    assert stands(item.situation, "risk_factors") == {"risk_factors": []}


# --- cost -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7])
def test_a_step_costs_the_same_for_few_answers_and_for_many(client_of, originator, draft, django_assert_num_queries, step):
    client = client_of(originator)
    client.get(address(draft, step))

    with django_assert_num_queries(14 if step in (2, 3, 7) else 13):  # what the reader chose lately; what the coach asks
        client.get(address(draft, step))
