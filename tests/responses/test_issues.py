"""What stands in the way of many."""

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from responses import lifecycle
from responses.models import SystemicIssue
from tests import cast

LINE = "Beds for young people are full every winter."
READERS = {
    "originator",
    "in_the_room",
    "colleague",
    "lead",
    "assisting",
    "recused",
    "stranger",
    "agency_lead",
    "chair",
    "recorder",
    "coordinator",
    "steering",
    "privacy_officer",
}


def an_issue(table, *, by, kind="SYS-01", line=LINE):
    return lifecycle.raise_issue(table, issue_type=f"systemic_issue_type:{kind}", line=line, agency=by.agency, by=by)


def issues_page(client, **asked):
    return client.get(reverse("responses:issues"), {"view": "list"} | asked)


def board(client, **asked):
    """The columns of the board: for each state the kinds that stand in it."""
    columns = issues_page(client, view="board", **asked).context["board"]
    return {column.state: [card.line for card in column.cards] for column in columns}


def test_the_list_is_read_by_the_seated_agencies_and_the_tables_own_people(client_of, table):
    statuses = {part: issues_page(client_of(cast.the(part))).status_code for part in cast.PARTS}

    assert statuses == {part: 200 if part in READERS else 403 for part in cast.PARTS}


@pytest.mark.parametrize("part", ["originator", "chair", "coordinator"])
def test_an_issue_is_raised_by_an_agency_or_for_the_table(client_of, table, part):
    member = cast.the(part)

    client_of(member).post(reverse("responses:raise_issue"), {"issue_type": "systemic_issue_type:SYS-02", "line": LINE})

    raised = SystemicIssue.objects.get(table=table)
    assert (raised.issue_type_id, raised.line, raised.raised_by, raised.raised_for, raised.state) == (
        "systemic_issue_type:SYS-02",
        LINE,
        member,
        member.agency,
        "raised",
    )
    assert LedgerEntry.objects.filter(act="issue_raised", table_id=table.pk, situation_id=None).count() == 1


@pytest.mark.parametrize("part", ["steering", "privacy_officer", "administrator", "observer"])
def test_nobody_else_raises_one(client_of, table, part):
    assert client_of(cast.the(part)).get(reverse("responses:raise_issue")).status_code == 403


def test_a_line_in_which_someone_could_be_recognised_is_kept_only_once_confirmed(client_of, originator, table):
    asked = {"issue_type": "systemic_issue_type:SYS-02", "line": "Marie Tremblay waited since May 14."}
    client = client_of(originator)

    page = client.post(reverse("responses:raise_issue"), asked)
    before = SystemicIssue.objects.filter(table=table).count()
    client.post(reverse("responses:raise_issue"), asked | {"is_confirmed": "on"})

    assert (len(page.context["form"].errors["line"]), before, SystemicIssue.objects.filter(table=table).count()) == (1, 0, 1)
    assert page.context["form"]["line"].value() == asked["line"]


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("originator", 200),
        ("chair", 200),
        ("coordinator", 200),
        ("lead", 403),
        ("steering", 403),
        ("administrator", 404),
        ("observer", 404),
    ],
)
def test_an_issue_is_changed_by_the_agency_that_raised_it_and_the_tables_own_people(client_of, originator, table, part, status):
    issue = an_issue(table, by=originator)

    assert client_of(cast.the(part)).get(reverse("responses:change_issue", args=[issue.pk])).status_code == status


def test_an_issue_gets_an_owner_and_a_state(client_of, originator, coordinator, lead, table):
    issue = an_issue(table, by=originator)

    client_of(coordinator).post(
        reverse("responses:change_issue", args=[issue.pk]), {"state": "taken_up", "owner": lead.agency_id, "version": issue.version}
    )

    issue.refresh_from_db()
    assert (issue.state, issue.owner, issue.version) == ("taken_up", lead.agency, 2)
    assert LedgerEntry.objects.get(act="issue_changed").codes == ["taken_up"]


def test_a_form_opened_before_somebody_elses_change_shows_both_versions(client_of, originator, coordinator, lead, table):
    issue = an_issue(table, by=originator)
    lifecycle.change_issue(issue, state="solved", owner=None, by=originator)

    page = client_of(coordinator).post(
        reverse("responses:change_issue", args=[issue.pk]), {"state": "taken_up", "owner": lead.agency_id, "version": 1}
    )

    assert page.status_code == 409
    assert [(each.yours, each.theirs) for each in page.context["rows"]] == [
        ("Taken up", "Solved"),
        ("Otter Mental Health", "–"),
    ]


def test_the_list_is_narrowed_by_state_and_by_kind(client_of, originator, stranger, table):
    an_issue(table, by=originator, kind="SYS-01")
    solved = an_issue(table, by=originator, kind="SYS-02")
    lifecycle.change_issue(solved, state="solved", owner=None, by=originator)
    client = client_of(stranger, language="fr-ca")

    def found(**asked):
        return [row.record.pk for row in issues_page(client, **asked).context["table"].rows]

    assert (found(state="solved"), found(issue_type="systemic_issue_type:SYS-02"), len(found())) == ([solved.pk], [solved.pk], 2)


@pytest.mark.parametrize("column", ["issue_type", "state", "owner", "raised_at", "changed_at"])
def test_the_list_is_sorted_by_each_column_also_where_no_agency_has_taken_an_issue_up(client_of, originator, lead, table, column):
    taken_up = an_issue(table, by=originator, kind="SYS-02")
    lifecycle.change_issue(taken_up, state="taken_up", owner=lead.agency, by=originator)
    for _each in range(2):
        an_issue(table, by=originator)

    orders = [
        [row.record.pk for row in issues_page(client_of(originator), sort=sort).context["table"].rows] for sort in (column, f"-{column}")
    ]

    assert (len(orders[0]), taken_up.pk in (orders[0][0], orders[0][-1]), orders[0][0] != orders[1][0]) == (3, True, True)


def test_the_list_holds_what_it_shows_of_an_issue_and_no_row(client_of, originator, table):
    an_issue(table, by=originator)

    held = [row.record for row in issues_page(client_of(originator)).context["table"].rows]

    assert [isinstance(issue, SystemicIssue) for issue in held] == [False]


def test_an_issue_opens_only_for_those_who_may_change_it(client_of, originator, stranger, table):
    address = reverse("responses:change_issue", args=[an_issue(table, by=originator).pk])

    links = [address in issues_page(client_of(member)).content.decode() for member in (originator, stranger)]

    assert links == [True, False]


def test_an_issue_of_another_table_is_not_in_the_list(client_of, originator, sealed_table):
    an_issue(sealed_table, by=originator)

    assert list(issues_page(client_of(originator)).context["table"].rows) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client_of, originator, table, django_assert_num_queries, rows):
    for _row in range(rows):
        an_issue(table, by=originator)
    client = client_of(originator)
    issues_page(client)

    with django_assert_num_queries(12):
        issues_page(client)


# --- the board ---------------------------------------------------------------------------------------------------------------------


def test_the_board_has_a_column_for_each_state_and_what_changed_last_stands_first(client_of, originator, stranger, table, later):
    older, newer = an_issue(table, by=originator, line="older"), an_issue(table, by=originator, line="newer")
    for issue in (older, newer):
        with later(hours=1):
            lifecycle.change_issue(issue, state="taken_up", owner=originator.agency, by=originator)
    with later(hours=2):
        an_issue(table, by=originator, line="fresh")
        lifecycle.change_issue(older, state="taken_up", owner=stranger.agency, by=originator)

        assert board(client_of(stranger)) == {"raised": ["fresh"], "taken_up": ["older", "newer"], "solved": [], "set_aside": []}


def test_the_board_stands_where_nothing_is_asked_for_and_the_list_where_it_was_left(client_of, originator, table):
    client, address = client_of(originator), reverse("responses:issues")
    first = client.get(address).context["view"]
    client.get(address, {"view": "list", "sort": "owner"})

    assert (first, client.get(address).url) == ("board", f"{address}?view=list&sort=owner")


def test_the_board_is_narrowed_by_owner_kind_and_state(client_of, originator, lead, table):
    taken = an_issue(table, by=originator, kind="SYS-02", line="taken")
    lifecycle.change_issue(taken, state="taken_up", owner=lead.agency, by=originator)
    an_issue(table, by=originator, line="free")
    client = client_of(originator)

    assert board(client, owner=str(lead.agency_id)) == {"raised": [], "taken_up": ["taken"], "solved": [], "set_aside": []}
    assert board(client, owner="none")["raised"] == ["free"]
    assert board(client, issue_type="systemic_issue_type:SYS-02")["raised"] == []
    assert board(client, state="taken_up") == {"taken_up": ["taken"]}
    assert board(client, owner="x") == board(client)


def test_a_card_says_who_since_when_and_when_it_changed(client_of, originator, lead, table, later):
    issue = an_issue(table, by=originator)
    with later(days=2):
        lifecycle.change_issue(issue, state="taken_up", owner=lead.agency, by=originator)

    page = issues_page(client_of(originator), view="board").content.decode()

    said = [LINE, str(lead.agency), "Raised on", "Last change on", reverse("responses:change_issue", args=[issue.pk])]
    assert [words in page for words in said] == [True] * 5


def test_a_column_that_is_long_leads_to_the_list(client_of, originator, table):
    for _each in range(26):
        an_issue(table, by=originator)

    page = issues_page(client_of(originator), view="board")

    assert (len(page.context["board"][0].cards), "?view=list&amp;state=raised" in page.content.decode()) == (25, True)


def test_an_empty_board_says_what_will_stand_there(client_of, originator):
    page = client_of(originator, language="fr-ca").get(reverse("responses:issues"))

    assert (page.status_code, page.context["is_empty"]) == (200, True)
    assert "What stands in the way of many will be listed here." in issues_page(client_of(originator), view="board").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_the_same_number_of_questions(client_of, originator, table, django_assert_num_queries, rows):
    for _row in range(rows):
        an_issue(table, by=originator)
    client = client_of(originator)
    issues_page(client, view="board")

    with django_assert_num_queries(12):
        issues_page(client, view="board")
