"""What stands in the way of many is named, taken up, and solved or set aside."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Difference, Stale
from agencies.enums import LedgerAct
from responses.enums import IssueState
from responses.models import SystemicIssue


@transaction.atomic
def raise_issue(table, *, issue_type: str, line: str, by, agency=None) -> SystemicIssue:
    """What stands in the way of many is named, without anything about a person."""
    now = clock.now()
    issue = SystemicIssue.objects.create(
        table=table, issue_type_id=issue_type, line=line, raised_by=by, raised_for=agency, raised_at=now, changed_at=now
    )
    ledger.record(LedgerAct.ISSUE_RAISED, by=by, table=table, subject=issue, codes=[issue_type])
    return issue


@transaction.atomic
def change_issue(issue, *, state: IssueState, owner, by, version: int | None = None) -> SystemicIssue:
    """The issue gets an owner, or another state. Raises ``Stale`` when somebody else changed it since ``version``."""
    issue = SystemicIssue.objects.select_for_update(of=("self",)).select_related("owner").get(pk=issue.pk)
    if version is not None and version != issue.version:
        raise Stale(
            differences=[
                Difference(label=str(_("State")), yours=str(IssueState(state).label), theirs=issue.get_state_display()),
                Difference(label=str(_("Who takes it up")), yours=str(owner or "–"), theirs=str(issue.owner or "–")),
            ],
            version=issue.version,
        )
    issue.state, issue.owner, issue.changed_at = state, owner, clock.now()
    issue.version += 1
    issue.save()
    ledger.record(LedgerAct.ISSUE_CHANGED, by=by, table=issue.table_id, subject=issue, codes=[state])
    return issue
