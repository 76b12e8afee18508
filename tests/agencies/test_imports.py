"""Agencies and people come from a spreadsheet: previewed first, then all of them or none."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from agencies import lifecycle
from agencies.enums import LedgerAct, Role
from agencies.models import Agency, Appointment, LedgerEntry, Member, Outbox, Seat
from agencies.spreadsheets import written_csv, written_xlsx

IMPORT, CONFIRM, TEMPLATE, PEOPLE = (reverse(f"agencies:{name}") for name in ("import", "confirm_import", "import_template", "people"))
HEADS = ["Agency", "Sector", "Kind of agency", "Name of the person", "E-mail address", "Telephone", "Language", "Roles"]
NEW = [
    "Spruce Clinic",
    "Health",
    "Community health centre",
    "Nova One",
    "nova@table.example",
    "+1 705 555-0100",
    "French",
    "Representative",
]


def sheet(*rows, heads=HEADS, written=written_csv, name="people.csv"):
    content = written([heads, *rows]) if written is written_csv else written({"Sheet": [heads, *rows]})
    return {"sheet": SimpleUploadedFile(name, content)}


@pytest.fixture
def client(client_of, coordinator):
    """The coordinator's browser."""
    return client_of(coordinator)


def confirmed(client, preview):
    return client.post(CONFIRM, {"rows": preview.context["form"].initial["rows"]})


def wrong(preview):
    return [(each["row"], each["sentence"]) for each in preview.context["wrong"]]


@pytest.mark.parametrize(("part", "status"), [("coordinator", 200), ("administrator", 200), ("agency_lead", 403), ("chair", 403)])
def test_sheets_are_brought_in_by_coordinators_and_administrators(request, part, status, client_of):
    client = client_of(request.getfixturevalue(part))

    assert [client.get(address).status_code for address in (IMPORT, TEMPLATE)] == [status, status]


@pytest.mark.parametrize("part", ["agency_lead", "in_the_room", "privacy_officer"])
def test_others_cannot_confirm_one(request, part, client_of):
    assert client_of(request.getfixturevalue(part)).post(CONFIRM, {"rows": "x"}).status_code == 403


def test_a_preview_writes_nothing(client):
    preview = client.post(IMPORT, sheet(NEW))

    assert (preview.status_code, [each["state"] for each in preview.context["agencies"] + preview.context["people"]]) == (
        200,
        ["new", "new"],
    )
    assert (Agency.objects.filter(name="Spruce Clinic").exists(), Member.objects.filter(email="nova@table.example").exists()) == (
        False,
        False,
    )


def test_what_was_previewed_is_brought_in_with_its_invitations(table, coordinator, client):
    page = confirmed(client, client.post(IMPORT, sheet(NEW)))

    person = Member.objects.get(email="nova@table.example")
    assert (page.url, person.full_name, person.telephone, person.language, person.agency.name) == (
        PEOPLE,
        "Nova One",
        "+1 705 555-0100",
        "fr-ca",
        "Spruce Clinic",
    )
    assert [each.role for each in Appointment.objects.filter(member=person, table=table)] == [Role.REPRESENTATIVE]
    assert Seat.objects.current().filter(table=table, agency=person.agency).count() == 1
    assert Outbox.objects.filter(recipient=person, notice="invitation").count() == 1
    assert LedgerEntry.objects.get(act=LedgerAct.IMPORTED, by_id=coordinator.pk).codes == ["agencies:1", "people:1"]


def test_a_sheet_can_be_in_french_and_a_workbook(client):
    heads = ["Organisme", "Secteur", "Type d’organisme", "Nom", "Courriel", "Téléphone", "Langue", "Rôles"]
    row = ["Clinique de l’Épinette", "santé", "AGT-09", "Zoé Roy", "zoe@table.example", 7055550100, "français", "Représentante"]

    confirmed(client, client.post(IMPORT, sheet(row, heads=heads, written=written_xlsx, name="gens.xlsx")))

    person = Member.objects.get(email="zoe@table.example")
    assert (person.agency.name, person.agency.sector_id, person.telephone, person.language) == (
        "Clinique de l’Épinette",
        "sector:SEC-02",
        "7055550100",
        "fr-ca",
    )


def test_what_is_known_already_stays_and_gets_only_what_is_new(table, client, lead):
    rows = [
        ["larch HOUSING", "", "", "In the Room", "in_the_room@table.example", "", "", "Representative"],
        ["Otter Mental Health", "", "", "", lead.email, "", "", "Representative, Agency lead"],
    ]

    preview = client.post(IMPORT, sheet(*rows))
    confirmed(client, preview)

    assert (preview.context["known"], [(each["email"], each["state"]) for each in preview.context["people"]]) == (3, [(lead.email, "role")])
    assert Appointment.objects.filter(member=lead, table=table, role=Role.AGENCY_LEAD).count() == 1
    assert Agency.objects.filter(name__icontains="larch").count() == 1


def test_a_known_agency_without_a_seat_gets_one_and_someone_who_left_comes_back(table, coordinator, client, stranger):
    lifecycle.end_seat(Seat.objects.get(table=table, agency=stranger.agency, ends_at=None), by=coordinator)
    lifecycle.end_membership(stranger, by=coordinator)

    preview = client.post(IMPORT, sheet(["Fern Income Support", "", "", "Stranger Person", stranger.email, "", "", ""]))
    confirmed(client, preview)

    assert [each["state"] for each in preview.context["agencies"] + preview.context["people"]] == ["seat", "back"]
    assert (Member.objects.get(pk=stranger.pk).is_active, Seat.objects.current().filter(table=table, agency=stranger.agency).count()) == (
        True,
        1,
    )


def test_a_sheet_of_which_everything_is_here_has_nothing_to_do(client):
    preview = client.post(IMPORT, sheet(["Larch Housing", "", "", "", "", "", "", ""]))

    assert (preview.context["brings_anything"], "There is nothing to do." in preview.content.decode()) == (False, True)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", "", "", "Nova", "not-an-address", "", "", "Recorder"], "“not-an-address” is not an e-mail address."),
        (["", "", "", "Nova", "", "", "", "Recorder"], "The person has no e-mail address; the invitation goes there."),
        (["", "", "", "", "n@table.example", "", "", "Recorder"], "The person has no name."),
        (["New One", "", "AGT-31", "", "", "", "", ""], "New One is new: choose its sector from the list of sectors."),
        (["New One", "Health", "", "", "", "", "", ""], "New One is new: choose the kind of agency from the list of kinds."),
        (["New One", "Helth", "AGT-31", "", "", "", "", ""], "“Helth” is not in the list of the column “Sector”."),
        (["Larch Housing", "", "", "Nova", "n@table.example", "", "Klingon", ""], "“Klingon” is not in the list of the column “Language”."),
        (["Larch Housing", "", "", "Nova", "n@table.example", "", "", "Boss"], "“Boss” is not a role at a table."),
        (["Larch Housing", "", "", "Nova", "n@table.example", "", "", "Administrator"], "You cannot give the role “Administrator”."),
        (
            ["Larch Housing", "", "", "Nova", "n@table.example", "", "", "Alternate"],
            "An alternate is chosen in the app, from a day to a day. Leave this role out.",
        ),
        (
            ["", "", "", "Nova", "n@table.example", "", "", "Representative"],
            "The role “Representative” is held for an agency. Name the agency.",
        ),
        (
            ["Larch Housing", "", "", "Lead", "lead@table.example", "", "", ""],
            "Lead Person is known already and acts for Otter Mental Health.",
        ),
        (["", "", "", "Me", "coordinator@table.example", "", "", "Chair"], "This row is about you. Nobody gives a role to themself."),
        (["Larch Housing", "", "", "x" * 121, "n@table.example", "", "", ""], "“Name of the person” is longer than 120 characters."),
        (["", "", "", "Nova", "n@table.example", "", "", ""], "The person has neither a role nor an agency for which to stand in."),
        (["", "Health", "", "", "", "", "", ""], "There is neither an agency nor a person in this row."),
    ],
)
def test_what_is_wrong_is_said_with_the_number_of_its_row(client, row, sentence):
    preview = client.post(IMPORT, sheet(NEW, row))

    assert wrong(preview) == [(3, sentence)]


@pytest.fixture
def seated_elsewhere(sealed_table):
    """Somebody whose agency has a seat at the sister table only."""
    agency = lifecycle.add_agency(
        name="Distant Clinic", sector="sector:SEC-02", agency_type="agency_type:AGT-09", table=sealed_table, by="tests"
    )
    invited = {"email": "far@table.example", "full_name": "Far Away", "telephone": "705 555 0199", "language": "fr-ca"}
    return lifecycle.invite(**invited, agency=agency, roles=["representative"], table=sealed_table, by="tests")


def test_a_preview_says_nothing_of_who_sits_at_another_table(client, seated_elsewhere):
    row = ["", "", "", "Nova", seated_elsewhere.email, "", "", "Observer"]

    preview = client.post(IMPORT, sheet(row))

    assert [(each["full_name"], each["telephone"], each["state"]) for each in preview.context["people"]] == [("Nova", "", "new")]
    assert [fact for fact in ("Far Away", "Distant Clinic", "705 555 0199") if fact in preview.content.decode()] == []


def test_an_address_that_is_taken_at_another_table_is_refused_without_a_name_or_an_agency(client, seated_elsewhere):
    preview = client.post(IMPORT, sheet(["Larch Housing", "", "", "Nova", seated_elsewhere.email, "", "", ""]))

    assert wrong(preview) == [(2, "This address cannot be used here. Ask the person which other address reaches them at work.")]


def test_who_sits_at_another_table_comes_to_this_one_by_a_sheet(client, table, seated_elsewhere):
    confirmed(client, client.post(IMPORT, sheet(["", "", "", "Nova", seated_elsewhere.email, "", "", "Observer"])))

    assert list(Member.objects.holding(table, "observer").filter(email=seated_elsewhere.email)) == [seated_elsewhere]


def test_the_same_address_twice_and_an_agency_described_in_two_ways_are_wrong(client):
    rows = [NEW, ["", "", "", "Twin", "nova@table.example", "", "", "Recorder"], ["Spruce Clinic", "Housing", "AGT-31", "", "", "", "", ""]]

    assert wrong(client.post(IMPORT, sheet(*rows))) == [
        (3, "The same e-mail address stands in row 2."),
        (4, "Row 2 describes Spruce Clinic in another way."),
    ]


def test_everything_that_is_wrong_with_a_row_is_said_at_once(client):
    preview = client.post(IMPORT, sheet(NEW, ["New One", "Helth", "", "", "not-an-address", "", "Klingon", "Boss, Alternate"]))

    assert wrong(preview) == [
        (3, "“Helth” is not in the list of the column “Sector”."),
        (3, "New One is new: choose the kind of agency from the list of kinds."),
        (3, "“not-an-address” is not an e-mail address."),
        (3, "The person has no name."),
        (3, "“Boss” is not a role at a table."),
        (3, "An alternate is chosen in the app, from a day to a day. Leave this role out."),
        (3, "“Klingon” is not in the list of the column “Language”."),
    ]
    assert "Nothing was imported" in preview.content.decode()


def test_what_is_wrong_in_a_sheet_stands_first_and_leads_to_its_row(client):
    page = client.post(IMPORT, sheet(NEW, ["New One", "Health", "", "", "", "", "", ""])).content.decode()

    sentence = "Row 3: New One is new: choose the kind of agency from the list of kinds."
    assert (f'<a href="#row-3">{sentence}</a>' in page, 'id="row-3"' in page) == (True, True)


def test_without_a_role_a_person_stands_in_for_others_of_the_agency_and_holds_none(client, table):
    preview = client.post(IMPORT, sheet(["Larch Housing", "", "", "Nova", "n@table.example", "", "", ""]))
    confirmed(client, preview)

    person = Member.objects.get(email="n@table.example")
    assert (preview.context["people"][0]["roles"], person.agency.name, person.appointments.count()) == ("", "Larch Housing", 0)


def test_a_sheet_with_a_wrong_row_brings_in_nothing(client):
    preview = client.post(IMPORT, sheet(NEW, ["", "", "", "Nova", "", "", "", ""]))

    page = confirmed(client, preview)

    assert (page.status_code, Member.objects.filter(email="nova@table.example").exists()) == (200, False)


def test_what_changed_since_the_preview_is_shown_and_nothing_is_written(table, client, lead):
    preview = client.post(IMPORT, sheet(NEW))
    lifecycle.invite(email="nova@table.example", full_name="Nova", agency=lead.agency, table=table, by="tests")

    page = confirmed(client, preview)

    assert wrong(page) == [(2, "Nova is known already and acts for Otter Mental Health.")]
    assert not Agency.objects.filter(name="Spruce Clinic").exists()


def test_rows_that_were_altered_after_the_preview_are_not_brought_in(client):
    signed = client.post(IMPORT, sheet(NEW)).context["form"].initial["rows"]

    page = client.post(CONFIRM, {"rows": signed[:-2] + "xx"}, follow=True)

    assert "The preview is older than an hour. Choose the file again." in page.content.decode()
    assert not Member.objects.filter(email="nova@table.example").exists()


def test_a_preview_belongs_to_whoever_made_it(client, administrator, client_of):
    preview = client.post(IMPORT, sheet(NEW))

    confirmed(client_of(administrator), preview)

    assert not Member.objects.filter(email="nova@table.example").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The sheet is empty."),
        (b"Colour,Shape\nred,round\n", "The first row does not name the columns. Take the template, and leave its first row as it is."),
        (b"\x00" * 1_000_001, "The file is larger than 1 MB. Leave out pictures and other sheets."),
    ],
)
def test_a_file_that_is_not_a_list_of_people_comes_back_with_a_sentence(client, content, sentence):
    page = client.post(IMPORT, {"sheet": SimpleUploadedFile("people.csv", content)})

    assert (page.status_code, page.context["form"].errors["sheet"]) == (200, [sentence])


def test_without_a_file_the_page_asks_for_one(client):
    assert client.post(IMPORT, {"form_token": "0b54ee0c-5bf4-4d6f-9b0c-4d1f1b9c2f10"}).context["form"].errors["sheet"] == ["Choose a file."]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_template_is_a_sheet_that_can_be_brought_in_as_it_is(coordinator, client_of, language):
    client = client_of(coordinator, language=language)

    template = client.get(TEMPLATE)

    heads = [cell.value for cell in load_workbook(io.BytesIO(template.content)).worksheets[0][1]]
    assert (len(heads), template["Content-Disposition"]) == (9, 'attachment; filename="agencies-and-people.xlsx"')
    assert wrong(client.post(IMPORT, {"sheet": SimpleUploadedFile("a.xlsx", template.content)})) == []


def test_a_sheet_is_brought_in_in_french(coordinator, client_of):
    client = client_of(coordinator, language="fr-ca")

    assert [client.get(IMPORT).status_code, client.post(IMPORT, sheet(NEW)).status_code] == [200, 200]


def test_a_preview_costs_the_same_for_one_row_and_for_three(client, django_assert_num_queries):
    def row(number):
        return [*NEW[:3], f"Nova {number}", f"nova{number}@table.example", "", "", ""]

    client.post(IMPORT, sheet(row(9)))  # the first act of a session is kept in it
    with django_assert_num_queries(19):
        client.post(IMPORT, sheet(row(1)))
    with django_assert_num_queries(19):
        client.post(IMPORT, sheet(row(1), row(2), row(3)))
