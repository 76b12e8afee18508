"""The public page of what the table holds is made of the matrix, the settings and the models; nothing on it is typed twice."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from agencies.models import SituationTable
from cms_table.what_we_hold import codes_that_stay, data_that_stay, what_we_hold
from responses import lifecycle as responses
from responses.models import Contact, Step
from situations.disclosure import LETTERS, REVEALED, read
from situations.enums import Stage
from situations.models import SealedText
from situations.plainly import GIVES, HOLDS, WHO, in_plain_words, stages_with
from situations.withheld import WORDS

MATRIX = (Path(__file__).parent.parent / "situations" / "visibility.yaml").read_text()
PAGE = reverse("what_we_hold")


def said_of(datum, revealed=REVEALED):
    """The rows of one section: the stages, and by what may be done who may do it."""
    (section,) = [each for each in in_plain_words(revealed) if each.name == datum]
    return [
        (
            [] if row.is_always else [str(stage) for stage in row.stages],
            {str(one.words): [str(who) for who in one.who] for one in row.gives},
        )
        for row in section.rows
    ]


def test_every_row_and_every_column_of_the_matrix_has_words():
    columns = {relation for by_stage in REVEALED.values() for letters in by_stage.values() for relation in letters}
    stages = {stage for by_stage in REVEALED.values() for stage in by_stage}

    assert (set(HOLDS), set(HOLDS) <= set(WORDS)) == (set(REVEALED), True)
    assert columns <= set(WHO)
    assert stages == set(Stage)
    assert set(GIVES) == set(LETTERS) - {"-"}


def test_in_french_they_are_other_words():
    said = [*HOLDS.values(), *WHO.values(), *GIVES.values()]
    with translation.override("en-ca"):
        english = [str(words) for words in said]
    with translation.override("fr-ca"):
        french = [str(words) for words in said]

    assert [words for words, mots in zip(english, french, strict=True) if words == mots] == []


def test_a_row_says_when_and_who():
    assert said_of("identifiers") == [
        (
            ["Filter 3: who must act"],
            {"May read and write it": ["the agency that brought it"], "May read it": ["people in the room, while it is heard"]},
        ),
        (["Filter 4: responding"], {"May read it": ["the agencies that respond"]}),
        ([str(Stage(stage).label) for stage in Stage if stage not in ("identifying", "responding")], {}),
    ]


def test_what_belongs_to_no_situation_is_the_same_at_any_time_and_for_all_who_have_a_seat():
    assert said_of("minutes") == [
        (
            [],
            {
                "May read and write it": ["the chair", "the coordinator and the recorder"],
                "May read it": ["people of the agencies that have a seat", "the privacy officer"],
            },
        )
    ]


def test_looks_are_read_by_whoever_brought_the_situation_and_by_no_other_seated_agency():
    assert said_of("looks_in_the_ledger") == [
        (
            [],
            {
                "May read it": ["the agency that brought it", "the privacy officer"],
                "May write and read their own part": [
                    "people of the agencies that have a seat",
                    "the chair",
                    "the coordinator and the recorder",
                    "the steering committee",
                    "the administrator",
                ],
            },
        )
    ]


def test_nobody_stands_under_two_letters():
    assert said_of("systemic_issues") == [
        (
            [],
            {
                "May read and write it": ["the chair", "the coordinator and the recorder"],
                "May read it": ["people of the agencies that have a seat", "the steering committee", "the privacy officer"],
            },
        )
    ]


def test_a_changed_cell_changes_the_page(db):
    changed = read(MATRIX.replace('responding: "- - R - - - - - -"}      # sealed', 'responding: "- - R - - R - - -"}      # sealed'))
    request = RequestFactory().get(PAGE)
    request.user, request.table = type("Nobody", (), {"is_authenticated": False})(), None

    before, after = (what_we_hold(request, revealed).content.decode() for revealed in (REVEALED, changed))

    assert said_of("identifiers", changed)[1][1] == {"May read it": ["the agencies that respond", "the steering committee"]}
    assert (before == after, after.count("the steering committee") - before.count("the steering committee")) == (False, 1)


def test_how_long_words_are_kept_is_each_tables_setting(table):
    SituationTable.objects.filter(pk=table.pk).update(retention_days=17)
    SituationTable.objects.exclude(pk=table.pk).update(is_active=False)

    said = Client().get(PAGE).content.decode()

    assert ("Words are forgotten 17 days after" in said, "days after a situation has ended" in said.replace("17 days after", "")) == (
        True,
        False,
    )


def test_what_is_said_to_stay_stays_and_what_is_said_to_go_goes(response, lead, chair, later):
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=response.accepted_at, by=lead)
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    responses.conclude(response, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    responses.purge(response.situation, by=chair)

    about = {"response__situation": response.situation}
    assert (SealedText.objects.filter(situation=response.situation).count(), Step.objects.filter(**about).count()) == (0, 0)
    assert Contact.objects.filter(**about).count() == 1
    response.situation.refresh_from_db()
    assert response.situation.risk_factors
    assert ("Risk factors" in codes_that_stay(), "Contacts and the 48-hour clock" in map(str, data_that_stay())) == (True, True)
    assert {"Steps", "Why now", "Plan", "Minutes"} & {str(title) for title in data_that_stay()} == set()


def test_of_what_was_not_accepted_little_stays():
    assert [str(title) for title in stages_with(REVEALED, Stage.REJECTED)] == [
        "Number, stage and dates",
        "Who brought it",
        "Consent and legal ground",
        "Decision",
    ]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_everyone_may_read_it_and_finds_it(db, language):
    client = Client(headers={"accept-language": language})

    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get(reverse("privacy")).content.decode()
    assert PAGE in client.get(reverse("account_login")).content.decode()


def test_it_holds_nothing_of_a_situation_or_a_person(item):
    said = Client().get(PAGE).content.decode()

    assert [fact for fact in (item.situation.reference, "Heron", "Person", "Elm") if fact in said] == []
