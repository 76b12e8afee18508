from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from agencies import lifecycle as agencies
from agencies.access import OutOfOrder, Refused
from agencies.enums import LedgerAct, Role
from agencies.models import Entry, LedgerEntry
from cms_table.mail import send_waiting
from reports import lifecycle
from reports.models import Release, ReleaseCell
from reports.suppression import STEERING_RULES, CellKey, rounded
from situations.models import NumberCounter
from tests import cast
from tests.reports.years import YEAR, a_year, answered, brought

SECRET = "a secret of the tests, never of a table"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.RELEASE_SECRET = SECRET


@pytest.fixture
def year(table):
    """Sixty situations of last year: enough of one age, too few of another, and worked on by everyone."""
    everyone = [cast.the(part).agency for part in ("originator", "in_the_room", "lead", "assisting", "stranger")]
    old = brought(table, 43, by=everyone, age_group_id="age_group:40-59", sex_gender_id="sex_gender:F")
    young = brought(table, 17, by=everyone, age_group_id="age_group:18-24", sex_gender_id="sex_gender:M")
    few = brought(table, 10, by=everyone, age_group_id="age_group:12-17", sex_gender_id="sex_gender:M")
    answered([*old, *young, *few], hours=20)


@pytest.fixture
def release(table, year, coordinator):
    return lifecycle.prepare(table, year=YEAR, by=coordinator)


def value(release, table_id, *codes):
    return release.cells.get(catalogue_table=table_id, codes=sorted(codes)).value


def entries(release):
    of_it = LedgerEntry.objects.filter(subject="release", subject_id=str(release.pk)).order_by("written_at")
    return [(entry.act, entry.by_id) for entry in of_it]


# Mail ------------------------------------------------------------------------------------------------------------------------


def told():
    """Who was sent a mail that a release awaits approval."""
    return [message.to for message in mail.outbox if "was prepared" in message.body]


def test_the_privacy_officer_is_told_by_mail_that_a_release_awaits_approval(release, later):
    with later(seconds=31):
        send_waiting()

    assert told() == [["privacy_officer@table.example"]]
    assert f"/releases/{release.pk}/" in mail.outbox[-1].body


def test_the_mail_about_a_release_holds_no_number_of_it(release, later):
    with later(seconds=31):
        send_waiting()

    said = mail.outbox[-1].subject + mail.outbox[-1].body.replace(str(release.pk), "")
    assert [fact for fact in (str(YEAR), "43", "60", "70") if fact in said] == []


def test_once_it_is_approved_nobody_is_asked_to_approve_it(release, privacy_officer, later):
    lifecycle.approve(release, by=privacy_officer)

    with later(seconds=31):
        send_waiting()

    assert told() == []


def test_whoever_prepared_it_is_not_asked_to_approve_it(table, year, privacy_officer, coordinator, later):
    agencies.appoint(coordinator, table=table, role=Role.PRIVACY_OFFICER, by="tests")
    lifecycle.prepare(table, year=YEAR, by=cast.the("coordinator"))

    with later(seconds=31):
        send_waiting()

    assert told() == [["privacy_officer@table.example"]]


# Preparing -------------------------------------------------------------------------------------------------------------------


def test_a_prepared_release_holds_what_may_be_shown_and_nothing_else(release):
    assert value(release, "K2", "age_group:12-17") is None
    assert value(release, "K2", "age_group:60+") is None
    assert value(release, "K1", "counted:rejected") is None


@pytest.mark.parametrize(
    ("table_id", "code", "true"), [("K2", "age_group:40-59", 43), ("K2", "age_group:18-24", 17), ("K3", "sex_gender:M", 27)]
)
def test_numbers_are_rounded_with_the_tables_own_secret(table, release, table_id, code, true):
    key = CellKey(str(table.pk), str(YEAR), frozenset({code}))

    assert value(release, table_id, code) == rounded(true, key, secret=SECRET.encode())


def test_every_value_is_a_multiple_of_five_of_ten_or_more(table, coordinator):
    a_year(table)

    release = lifecycle.prepare(table, year=YEAR, by=coordinator)

    shown = [cell.value for cell in release.cells.all() if cell.value is not None]
    assert [number for number in shown if number % 5 or number < 10] == []
    assert len(shown) > release.cells.count() / 2


def test_a_share_points_to_the_total_of_which_it_is_one(release):
    total = release.cells.get(catalogue_table="K1", codes=[])

    assert {cell.denominator_id for cell in release.cells.exclude(catalogue_table="K1")} == {total.pk}
    assert {cell.denominator_id for cell in release.cells.filter(catalogue_table="K1")} == {None}


def test_it_keeps_the_labels_of_the_day(release):
    Entry.objects.filter(pk="age_group:40-59").update(label_en="Changed", label_fr="Changé")

    cell = release.cells.get(codes=["age_group:40-59"])
    assert (cell.label_en, cell.label_fr) == ("40–59 years", "40 à 59 ans")


def test_it_carries_the_fingerprints_of_its_rules_and_of_its_cells(release):
    assert release.config_hash == STEERING_RULES.config_hash
    assert release.data_hash == lifecycle.fingerprint(release.cells.all())


@pytest.mark.parametrize("change", [{"value": 5}, {"label_fr": "Autre"}, {"codes": ["age_group:60+"]}, {"denominator": None}])
def test_a_changed_cell_gives_another_fingerprint(release, change):
    cells = list(release.cells.all())
    cell = next(cell for cell in cells if cell.codes == ["age_group:18-24"])
    for field, what in change.items():
        setattr(cell, field, what)

    assert lifecycle.fingerprint(cells) != release.data_hash


def test_a_missing_cell_gives_another_fingerprint(release):
    assert lifecycle.fingerprint(list(release.cells.all())[1:]) != release.data_hash


def test_the_same_year_has_the_same_numbers_however_often_it_is_prepared(table, release, coordinator):
    first = [cell.value for cell in release.cells.all()]
    lifecycle.withdraw(release, by=coordinator)

    again = lifecycle.prepare(table, year=YEAR, by=coordinator)

    assert [cell.value for cell in again.cells.all()] == first


def test_with_another_secret_the_numbers_would_be_drawn_anew(table, coordinator, settings):
    a_year(table)
    first = lifecycle.prepare(table, year=YEAR, by=coordinator)
    lifecycle.withdraw(first, by=coordinator)
    settings.RELEASE_SECRET = SECRET + ", another one"

    again = lifecycle.prepare(table, year=YEAR, by=coordinator)

    drawn = [[cell.value for cell in release.cells.all()] for release in (first, again)]
    assert drawn[0] != drawn[1]
    assert [value is None for value in drawn[0]] == [value is None for value in drawn[1]]


def test_a_situation_that_changes_later_changes_no_number(table, release):
    brought(table, 30, age_group_id="age_group:12-17")

    assert value(release, "K2", "age_group:12-17") is None
    assert Release.objects.get(pk=release.pk).data_hash == lifecycle.fingerprint(release.cells.all())


@pytest.mark.parametrize(
    ("moment", "can"), [(datetime(YEAR + 1, 1, 31, 4, 59, tzinfo=UTC), False), (datetime(YEAR + 1, 1, 31, 5, tzinfo=UTC), True)]
)
def test_a_year_is_prepared_from_its_cut_off_day_on(table, year, coordinator, at, moment, can):
    with at(moment):
        offered = lifecycle.years_to_prepare(table)
        try:
            lifecycle.prepare(table, year=YEAR, by=coordinator)
        except OutOfOrder as barred:
            assert "January 31" in str(barred.sentence)

    assert (Release.objects.exists(), offered) == (can, [YEAR] if can else [])


def test_a_year_in_which_too_few_were_heard_is_not_offered(table, year):
    NumberCounter.objects.filter(table=table, year=YEAR).update(last=19)

    assert lifecycle.years_to_prepare(table) == []


def test_a_year_that_has_its_release_is_not_prepared_twice(table, release, coordinator):
    with pytest.raises(OutOfOrder):
        lifecycle.prepare(table, year=YEAR, by=coordinator)

    assert lifecycle.years_to_prepare(table) == []


def test_a_year_that_was_approved_once_is_not_released_again(table, release, coordinator, privacy_officer):
    lifecycle.approve(release, by=privacy_officer)
    lifecycle.withdraw(release, by=coordinator)

    with pytest.raises(OutOfOrder):
        lifecycle.prepare(table, year=YEAR, by=coordinator)


def test_a_year_of_fewer_than_twenty_situations_is_not_released(table, coordinator):
    brought(table, 19)

    with pytest.raises(Refused, match="Too few"):
        lifecycle.prepare(table, year=YEAR, by=coordinator)
    assert ReleaseCell.objects.count() == 0


def test_a_sister_tables_year_is_its_own(table, sealed_table, release, coordinator):
    brought(sealed_table, 25)

    sisters = lifecycle.prepare(sealed_table, year=YEAR, by=coordinator)

    assert value(sisters, "K1") in (20, 25, 30)
    assert value(release, "K1") in (70,)


# A second person -----------------------------------------------------------------------------------------------------------------


def test_another_person_approves(release, privacy_officer, coordinator):
    approved = lifecycle.approve(release, by=privacy_officer)

    assert (approved.status, approved.approved_by, approved.approved_at is not None) == ("approved", privacy_officer, True)
    assert entries(release) == [(LedgerAct.RELEASE_PREPARED, coordinator.pk), (LedgerAct.RELEASE_APPROVED, privacy_officer.pk)]


def test_whoever_prepared_it_does_not_approve_it(release, coordinator):
    with pytest.raises(Refused, match="somebody else"):
        lifecycle.approve(release, by=coordinator)

    assert Release.objects.get(pk=release.pk).status == "prepared"


def test_the_database_refuses_one_person_twice(release, coordinator):
    release.status, release.approved_at, release.approved_by = "approved", release.built_at, coordinator

    with pytest.raises(IntegrityError, match="release_is_approved_by_another_person"), transaction.atomic():
        release.save(update_fields=["status", "approved_at", "approved_by"])


def test_the_database_refuses_an_approval_by_nobody(release):
    release.status = "approved"

    with pytest.raises(IntegrityError, match="release_approved_iff_it_says_so"), transaction.atomic():
        release.save(update_fields=["status"])


@pytest.mark.parametrize("verb", [lifecycle.approve, lifecycle.withdraw])
def test_what_was_withdrawn_stays_withdrawn(release, coordinator, privacy_officer, verb):
    lifecycle.withdraw(release, by=coordinator)

    with pytest.raises(OutOfOrder):
        verb(release, by=privacy_officer)


def test_withdrawing_is_on_the_record(release, coordinator):
    lifecycle.withdraw(release, by=coordinator)

    assert entries(release)[-1] == (LedgerAct.RELEASE_WITHDRAWN, coordinator.pk)


# Frozen --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_releasecell SET value = 1",
        "DELETE FROM reports_releasecell",
        "UPDATE reports_release SET data_hash = ''",
        "UPDATE reports_release SET prepared_by_id = approved_by_id",
        "DELETE FROM reports_release",
    ],
)
def test_the_web_cannot_change_what_was_released(release, sql):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# Who may read it -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "waiting", "approved"),
    [
        ("coordinator", True, True),
        ("privacy_officer", True, True),
        ("steering", False, True),
        ("originator", False, False),
        ("chair", False, False),
        ("administrator", False, False),
        ("stranger", False, False),
    ],
)
def test_the_steering_committee_reads_what_is_approved_and_others_nothing(release, part, waiting, approved):
    before = Release.objects.visible_to(cast.the(part)).exists()
    lifecycle.approve(release, by=cast.the("privacy_officer"))

    assert (before, Release.objects.visible_to(cast.the(part)).exists()) == (waiting, approved)


def test_the_steering_committee_of_another_table_reads_nothing(release, privacy_officer):
    lifecycle.approve(release, by=privacy_officer)
    elsewhere = agencies.create_table(name_en="Elsewhere", name_fr="Ailleurs", weekdays=[1], by="tests")
    member = agencies.invite(email="elsewhere@table.example", full_name="Else Where", roles=[Role.STEERING], table=elsewhere, by="tests")

    assert list(Release.objects.visible_to(member)) == []


# From the console --------------------------------------------------------------------------------------------------------------------


def command(**options):
    said = StringIO()
    call_command("build_release", **{"table": cast.TABLE, "year": YEAR, "by": "coordinator@table.example", **options}, stdout=said)
    return said.getvalue()


def test_the_console_prepares_a_release_in_a_coordinators_name(year, coordinator):
    said = command()

    assert Release.objects.get().prepared_by == coordinator
    assert f"{YEAR} is prepared" in said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"table": "Nowhere"}, "There is no table"),
        ({"by": "steering@table.example"}, "is not a coordinator"),
        ({"year": 2019}, "Too few situations"),
        ({"year": 2999}, "can be released from"),
    ],
)
def test_the_console_says_in_a_sentence_what_is_wrong(year, wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        command(**wrong)
