"""Opens every address of the house as one member, and says which canaries were found where."""

import re

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies import lifecycle
from agencies.models import Outbox
from tests import canaries, cast

CANARY = re.compile(r"zq-[a-z0-9_]+(?:-(?:lead|in_the_room)-)?|" + canaries.PREFIX + "-|" + canaries.EARLIER)
# Addresses that need nothing of a situation, by name; those with arguments say below what they ask for.
LEFT_OUT = {"account_logout"}  # it would end the crawl


def addresses(resolver=None, namespace="", above=()):
    """The full names of all addresses, with the names of their arguments."""
    for pattern in (resolver or get_resolver()).url_patterns:
        wanted = {*above, *pattern.pattern.regex.groupindex}
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, ":".join(part for part in (namespace, pattern.namespace) if part), wanted)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join(part for part in (namespace, pattern.name) if part), sorted(wanted)


SITUATION = {"situation", "meetings:emergency", "meetings:step_out", "meetings:withdraw"}
SITUATION |= {"meetings:write_identifiers", "meetings:reveal", "meetings:still_revealed", "meetings:write_plan"}
ACTS_ON_AN_ITEM = """
    item_open position involvement answers accept reject defer respond end_early report keep_open conclude recuse
"""
ITEM = {f"meetings:{name}" for name in ACTS_ON_AN_ITEM.split()}


def arguments(name, wanted, town):  # noqa: PLR0911  one line for each kind of address
    """The argument lists with which an address is opened; None where nobody has said what it asks for."""
    if not wanted:
        return [[]]
    if name in SITUATION or (name.startswith("situations:") and wanted == ["pk"]):
        return [[town.situation.pk]]
    if name == "situations:intake":
        return [[town.situation.pk, step] for step in range(1, 8)]
    if name in ITEM:
        return [[town.item.pk]] if town.item else []
    if name in ("agency_sign_in", "agency_arrived"):
        return [["no-such-agency"]]
    if name == "guide":
        return [["chair"]]
    if name == "meetings:remove_exception":
        return []
    if name.startswith("meetings:") and wanted == ["pk"]:
        return [[meeting.pk] for meeting in (town.meeting, town.closed_meeting) if meeting]
    if name.startswith("responses:"):
        return _of_the_response(name, town)
    if name in ("open_notice", "set_aside"):
        return [[mail.pk] for mail in Outbox.objects.order_by("-created_at")[:5]]
    if name == "calendar_feed":
        return [[lifecycle.make_calendar_key(cast.the("in_the_room"), by="tests")], ["no-such-key"]]
    if name.startswith(("agencies:", "account_", "mfa_", "reports:", "practice")):
        return _on_the_ground(name, town)
    return None


def _of_the_response(name, town):
    if name == "responses:change_issue":
        return [[town.issue.pk]]
    if town.response is None:
        return []
    if name == "responses:settle_step":
        return [[step.pk] for step in town.response.steps.all()]
    if name == "responses:follow_up":
        return [[follow_up.pk] for follow_up in town.response.follow_ups.all()]
    if name == "responses:answer_asked":
        return [[engagement.pk] for engagement in town.response.engagements.filter(agency__name="Fern Income Support")]
    return [[town.response.pk]]


def _on_the_ground(name, town):
    from agencies.models import Agency, Entry, Member

    agency = Agency.objects.get(name="Larch Housing")
    member = Member.objects.get(email="in_the_room@table.example")
    return {
        "agencies:agency": [[agency.pk]],
        "agencies:member": [[member.pk]],
        "agencies:ask_recovery": [[member.pk]],
        "agencies:entry": [[Entry.objects.get(pk="risk_factor:HOU-01").pk]],
        "agencies:vocabulary": [["sector"]],
        "agencies:end_sign_in": [[member.pk]],
        "agencies:unlink_agency": [["no-such-agency"]],
    }.get(name, [])


# The ground floor cannot know of a situation (test_house holds that), sign-in neither; one variant in three opens them all the same.
BELOW_THE_SITUATIONS = ("agencies:", "account_", "mfa_", "reports:", "components", "help", "guide", "privacy", "accessibility", "up")
SPEAKS_OF_SITUATIONS = {"agencies:ledger"}


def visit(client, town, *, is_whole=True):
    """Each address and the canaries on it: ``{address: {canary, …}}`` for those that held any."""
    found = {}
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        if name in LEFT_OUT or (not is_whole and name.startswith(BELOW_THE_SITUATIONS) and name not in SPEAKS_OF_SITUATIONS):
            continue
        for args in arguments(name, list(wanted), town) or []:
            path = reverse(name, args=args)
            response = client.get(path)
            said = response.content.decode(errors="replace") if not response.streaming else "".join(part.decode() for part in response)
            said += str(response.headers) + str(response.cookies)
            hits = set(CANARY.findall(said))
            if hits:
                found[f"{name} {response.status_code}"] = found.get(f"{name} {response.status_code}", set()) | hits
            assert response.status_code < 500, (name, response.status_code)
    return found
